package chart

import "testing"

// All moves of one date share a scale, also when one of them is earlier.
func TestShifts(t *testing.T) {
	for _, c := range []struct {
		days []int64
		then float64
		now  []float64
	}{
		{[]int64{0, 4, 10}, 20, []float64{20, 46, 85}},
		{[]int64{0, 0}, 20, []float64{20, 20}},
		{[]int64{-5, 5}, 52.5, []float64{20, 85}},
		{[]int64{-3}, 85, []float64{20}},
		{nil, 0, nil},
	} {
		for i, shift := range Shifts(c.days) {
			near(t, "the date", shift.Then, c.then)
			near(t, "where it moves", shift.Now, c.now[i])
			if shift.Moves != (c.days[i] != 0) {
				t.Errorf("%d days: moves %v", c.days[i], shift.Moves)
			}
		}
	}
}
