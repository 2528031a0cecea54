package hours

import "testing"

func TestKept(t *testing.T) {
	left := 0
	for name, c := range map[string]struct {
		service              Service
		used, final, planned bool
	}{
		"just used up":         {Service{Unit: Hour, Price: 6000, Quantity: 10_000, Billable: 600, Amount: 60_000, Left: &left}, true, true, true},
		"a cent too much":      {Service{Unit: Hour, Price: 6000, Quantity: 10_000, Billable: 600, Amount: 60_001, Left: &left}, false, false, true},
		"will be too much":     {Service{Unit: Hour, Price: 6000, Quantity: 10_000, Billable: 300, Amount: 30_000, Left: func() *int { n := 400; return &n }()}, true, false, true},
		"without prices":       {Service{Unit: Hour, Quantity: 10_000, Billable: 601}, false, false, true},
		"nothing planned":      {Service{Unit: Hour, Price: 6000, Billable: 60, Amount: 6000}, false, false, false},
		"of pieces, delivered": {Service{Unit: Piece, Price: 6000, Quantity: 1000, Pieces: 1000}, true, true, true},
	} {
		used, final, planned := c.service.Figures().Kept()
		if planned != c.planned || planned && (used != c.used || final != c.final) {
			t.Errorf("%s: %v %v %v", name, used, final, planned)
		}
	}
}
