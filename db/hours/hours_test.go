package hours

import (
	"math/rand/v2"
	"reflect"
	"testing"
)

func left(minutes int) *int { return &minutes }

// The mock page of a budget, reckoned by hand: 300 hours at 62.00.
func TestWorkedExample(t *testing.T) {
	t.Parallel()
	services := []Service{
		{Unit: Hour, Price: 6200, Quantity: 40_000, Billable: 2310, Amount: Amount(2310, 6200, Hour), Left: left(0)},
		{Unit: Hour, Price: 6200, Quantity: 90_000, Billable: 5760, Amount: Amount(5760, 6200, Hour), Left: left(0), Worked: 6000, Cost: 3000, Spent: 300000},
		{Unit: Hour, Price: 6200, Quantity: 120_000, Billable: 3480, Amount: Amount(3480, 6200, Hour)},
		{Unit: Hour, Price: 6200, Quantity: 30_000, Billable: 570, Amount: Amount(570, 6200, Hour)},
		{Unit: Hour, Price: 6200, Quantity: 20_000},
	}
	want := []Figures{
		{2400, 2310, 0, 2310, 90, 248000, 238700, 0, 238700, 9300},
		{5400, 5760, 0, 5760, -360, 558000, 595200, 0, 595200, -37200},
		{7200, 3480, 3720, 7200, 0, 744000, 359600, 384400, 744000, 0},
		{1800, 570, 1230, 1800, 0, 186000, 58900, 127100, 186000, 0},
		{1200, 0, 1200, 1200, 0, 124000, 0, 124000, 124000, 0},
	}
	for i, s := range services {
		if got := s.Figures(); got != want[i] {
			t.Errorf("service %d: %+v, want %+v", i, got, want[i])
		}
	}
	total, inside := Total(services)
	if want := (Figures{18000, 12120, 6150, 18270, -270, 1860000, 1252400, 635500, 1887900, -27900}); total != want {
		t.Errorf("%+v, want %+v", total, want)
	}
	if total.Percent() != 67 {
		t.Error(total.Percent())
	}
	if want := (Inside{Worked: 6000, AtCompletion: 12150, Variance: 5850, Spent: 300000, Margin: 952400}); inside != want {
		t.Errorf("%+v", inside)
	}
}

func TestAmountsRoundHalfUp(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		minutes int
		price   int64
		unit    string
		want    int64
	}{{1, 6000, Hour, 100}, {1, 30, Hour, 1}, {1, 29, Hour, 0}, {30, 1, Hour, 1}, {29, 1, Hour, 0}, {480, 50000, Day, 50000}, {240, 1, Day, 1}, {60, 5, Piece, 0}, {1500, MaxPrice, Hour, 25_000_000_000}} {
		if got := Amount(one.minutes, one.price, one.unit); got != one.want {
			t.Errorf("%+v: %d", one, got)
		}
	}
	s := Service{Unit: Piece, Price: 999, Cost: 500, Quantity: 2500, Pieces: 1500}
	if f := s.Figures(); f.Planned != 2498 || f.Used != 1499 || f.ToCome != 999 || f.Final != 2498 || f.Initial != 0 || s.Inside().Spent != 750 || s.Inside().Margin != 749 {
		t.Errorf("%+v %+v", f, s.Inside())
	}
}

// What a client is shown cannot depend on what was worked: not one figure, no sum and no
// difference of figures changes when worked time and cost do.
func TestFiguresDoNotDependOnWorkedTime(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(8, 8))
	for range 10_000 {
		services := make([]Service, 1+random.IntN(5))
		for i := range services {
			services[i] = Service{Unit: Units[random.IntN(3)], Price: random.Int64N(20000), Quantity: random.Int64N(200_000), Pieces: random.Int64N(9000), Billable: random.IntN(9000), Amount: random.Int64N(1e6), Cost: 1, Worked: random.IntN(9000), Spent: 7}
			if random.IntN(2) == 0 {
				services[i].Left = left(random.IntN(5000))
			}
		}
		before, inside := Total(services)
		var each Figures
		for i := range services {
			each = each.Plus(services[i].Figures())
			services[i].Worked, services[i].Cost, services[i].Spent = services[i].Worked+random.IntN(500)+1, 99, 1e6
		}
		after, other := Total(services)
		if before != after || each != before || inside == other {
			t.Fatal(before, after, each)
		}
		if before.AtCompletion != before.Billable+before.ToComplete || before.Variance != before.Initial-before.AtCompletion || before.Spare != before.Planned-before.Used-before.ToCome {
			t.Fatalf("%+v", before)
		}
	}
}

func TestRetainer(t *testing.T) {
	t.Parallel()
	used := map[string]int{"2026-01": 300, "2026-02": 900, "2026-03": 600, "2026-04": 1000}
	for carry, want := range map[string][]int{CarryNone: {300, -300, 0, -400}, CarryMonth: {300, 0, 0, -400}, CarryAll: {300, 0, 0, -400}} {
		var got []int
		for _, month := range Retainer(600, carry, "2026-01", "2026-04", used) {
			got = append(got, month.Left)
		}
		if !reflect.DeepEqual(got, want) {
			t.Error(carry, got)
		}
	}
	idle := Retainer(600, CarryMonth, "2025-12", "2026-02", nil)
	if len(idle) != 3 || idle[2].Carried != 600 || idle[2].Left != 1200 {
		t.Error(idle) // never more than one month's hours
	}
	if kept := Retainer(600, CarryAll, "2025-12", "2026-02", nil); kept[2].Left != 1800 {
		t.Error(kept)
	}
	if Retainer(600, CarryAll, "", "2026-01", nil) != nil || Retainer(1, CarryAll, "2026-02", "2026-01", nil) != nil {
		t.Error("no month is no month")
	}
}

func TestWeeks(t *testing.T) {
	t.Parallel()
	if weeks, ok := Weeks(56*60, []int{1000, 1200, 1100, 1180}); weeks != 3 || !ok {
		t.Error(weeks, ok)
	}
	for _, left := range []int{0, -5} {
		if _, ok := Weeks(left, []int{60}); ok {
			t.Error("nothing is left")
		}
	}
	if _, ok := Weeks(60, []int{0, 0}); ok {
		t.Error("no pace")
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		minutes int
		rest    string
	}{
		"1:30 gallery": {90, "gallery"}, "1h30 gallery": {90, "gallery"}, "1h 30m gallery": {90, "gallery"}, "90m": {90, ""}, "90 min gallery, large": {90, "gallery, large"},
		"1.5 gallery": {90, "gallery"}, "1,5 Gallery": {90, "Gallery"}, "1.5h x": {90, "x"}, ".5": {30, ""}, "0:45": {45, ""}, "2 gallery": {120, "gallery"}, "2h": {120, ""}, "8 hours Büro": {480, "Büro"},
		"9:00-10:30 text": {90, "text"}, "22:00 – 0:30": {150, ""}, "9:00 to 9:20 call": {20, "call"}, "1ω 30λ κείμενο": {90, "κείμενο"}, "2 ώρες ΓΚΑΛΕΡΊ": {120, "ΓΚΑΛΕΡΊ"}, "45λ": {45, ""}, "1:30": {90, ""},
		"0.01": {1, ""}, "0.333": {20, ""}, "25:00": {1500, ""}, "0:00": {0, ""}, "3 pages": {180, "pages"}, "1:30h gallery": {90, "gallery"},
	} {
		minutes, rest, err := Parse(text)
		if minutes != want.minutes || rest != want.rest || err != nil {
			t.Errorf("%q: %d %q %v", text, minutes, rest, err)
		}
	}
	for text, want := range map[string]error{"": ErrNone, "gallery": ErrNone, "-1:00": ErrNone, "1:75": ErrNone, "x 1:30": ErrNone, "1e3": ErrNone, "25:01": ErrTooLong, "1600m": ErrTooLong, "99h": ErrTooLong, "NaN": ErrNone, "25:00-26:00": ErrNone, "123": ErrNone} {
		if minutes, _, err := Parse(text); err != want {
			t.Errorf("%q: %d %v", text, minutes, err)
		}
	}
	for minutes := range MaxMinutes + 1 {
		if got, _, err := Parse(Clock(minutes)); got != minutes || err != nil {
			t.Fatal(minutes, got, err)
		}
	}
	for text, want := range map[string]int{"120:30": 7230, "40": 2400, " 0 ": 0, "1.5": 90, "2h": 120, "99999:59": 99999*60 + 59} {
		if got, ok := ParseLong(text); got != want || !ok {
			t.Error(text, got, ok)
		}
	}
	for _, text := range []string{"", "-1", "1:60", "2 weeks", "100000"} {
		if got, ok := ParseLong(text); ok {
			t.Error(text, got)
		}
	}
	if from, to, ok := Span("22:30-1:00 call"); from != 1350 || to != 1500 || !ok {
		t.Error(from, to, ok)
	}
	if _, _, ok := Span("1:30 call"); ok {
		t.Error("that is no span")
	}
	if Clock(-75) != "-1:15" {
		t.Error(Clock(-75))
	}
}
