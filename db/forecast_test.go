package db

import (
	"slices"
	"testing"
	"time"
)

// exactly is the week by which all is done with at least that chance, computed without
// chance: the sum of n weeks drawn with replacement has the n-fold convolution as its
// distribution. sure says that no neighbouring week is as good within the simulation's
// error (1 % of 10,000 runs is four standard deviations of a half).
func exactly(done []int, left int, chance float64) (week int, sure bool) {
	rest := map[int]float64{left: 1}
	over, before := 0.0, 0.0
	for week = 1; week < 1000; week++ {
		next := map[int]float64{}
		before = over
		for at, p := range rest {
			for _, n := range done {
				if at <= n {
					over += p / float64(len(done))
				} else {
					next[at-n] += p / float64(len(done))
				}
			}
		}
		if rest = next; over >= chance {
			return week, over-chance > 0.02 && chance-before > 0.02
		}
	}
	return week, false
}

func TestForecastAgainstTheExactDistribution(t *testing.T) {
	t.Parallel()
	const today = Date("2026-05-14")
	start, _ := today.Midnight()
	compared := 0
	for _, c := range []struct {
		done []int
		left int
	}{
		{[]int{2, 3, 1, 4, 2, 3}, 10}, {[]int{1, 1, 1, 2}, 7}, {[]int{0, 5, 0, 3, 0, 2, 1}, 20}, {[]int{4, 4, 4, 4}, 12},
		{[]int{0, 0, 1, 1, 3, 0, 2, 0, 1, 0, 2, 1}, 30}, {[]int{30, 12, 8, 40}, 400}, {[]int{2, 0, 3, 2, 2}, 1},
	} {
		got := Foresee(today, c.done, c.left)
		for which, want := range map[float64]Date{0.5: got.Likely, 0.85: got.Safe} {
			week, sure := exactly(c.done, c.left, which)
			if day := after(start, week); sure && day != want {
				t.Errorf("%v with %d left, %v: %s, exactly %s", c.done, c.left, which, want, day)
			} else if sure {
				compared++
			}
		}
		if again := Foresee(today, slices.Clone(c.done), c.left); again != got {
			t.Errorf("another forecast from the same numbers: %v, %v", got, again)
		}
	}
	if compared < 10 {
		t.Errorf("only %d were compared", compared)
	}
}

// Fixed numbers: four tasks each week leave no doubt, and a change of the rule moves these.
func TestForecastOfFixedNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what         string
		today        Date
		done         []int
		left         int
		likely, safe Date
	}{
		{"no doubt", "2026-05-14", []int{4, 4, 4, 4}, 12, "2026-06-04", "2026-06-04"},
		{"a range", "2026-05-14", []int{2, 3, 1, 4, 2, 3}, 10, "2026-06-11", "2026-06-18"},
		{"across the year", "2026-12-17", []int{2, 3, 1, 4, 2, 3}, 10, "2027-01-14", "2027-01-21"},
		{"three weeks are too few", "2026-05-14", []int{4, 4, 4}, 12, "", ""},
		{"one busy day", "2026-05-14", []int{0, 0, 0, 40}, 12, "", ""},
		{"four done", "2026-05-14", []int{1, 1, 1, 1}, 12, "", ""},
		{"nothing done for long", "2026-05-14", []int{0, 0, 0, 0, 0, 0}, 12, "", ""},
		{"nothing left", "2026-05-14", []int{4, 4, 4, 4}, 0, "", ""},
		{"none at all", "2026-05-14", nil, 12, "", ""},
		{"beyond two years", "2026-05-14", []int{2, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0}, 1000, "", ""},
		{"no day", "", []int{4, 4, 4, 4}, 12, "", ""},
		{"an absurd number", "2026-05-14", []int{4, 4, 4, 4}, -3, "", ""},
	} {
		if f := Foresee(c.today, c.done, c.left); f.Likely != c.likely || f.Safe != c.safe || f.Known() != (c.likely != "") {
			t.Errorf("%s: %s to %s, want %s to %s", c.what, f.Likely, f.Safe, c.likely, c.safe)
		}
	}
}

func TestWeeksOfThePast(t *testing.T) {
	t.Parallel()
	const today = Date("2026-05-14")
	ago := func(days ...int) (dates []Date) {
		at, _ := today.Midnight()
		for _, n := range days {
			dates = append(dates, Date(at.AddDate(0, 0, -n).Format(time.DateOnly)))
		}
		return dates
	}
	for _, c := range []struct {
		what string
		done []Date
		want []int
	}{
		{"none", nil, nil},
		{"only today", ago(0), []int{}},
		{"six days ago is a week", ago(6, 0), []int{2}},
		{"the week that is not whole is left out", ago(7, 6, 0), []int{2}},
		{"two weeks", ago(13, 7, 6, 0), []int{2, 2}},
		{"twelve at most", ago(200, 83, 84, 0, 0), []int{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}},
		{"what lies ahead, and what is no day", append(ago(13, -3), "x"), []int{1, 0}},
	} {
		if got := weekly(today, c.done); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}
