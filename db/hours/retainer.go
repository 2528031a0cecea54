package hours

import "time"

// What becomes of hours that are left at the end of a retainer's month: nothing, they can be
// used in the month after it, or they are kept for good (and what was too much is taken off).
const (
	CarryNone  = "none"
	CarryMonth = "month"
	CarryAll   = "all"
)

// Carries in the order in which they are offered.
var Carries = []string{CarryNone, CarryMonth, CarryAll}

// Month is one month of a retainer, in minutes. Left may be negative.
type Month struct {
	Month                         string // as in "2026-05"
	Included, Carried, Used, Left int
}

// Retainer is the balance of each month from the first to the last, both as in "2026-05";
// used has the minutes by month. Nothing for a month that is none.
func Retainer(included int, carry, first, last string, used map[string]int) []Month {
	from, err := time.Parse("2006-01", first)
	if err != nil {
		return nil
	}
	var months []Month
	carried := 0
	for ; from.Format("2006-01") <= last; from = from.AddDate(0, 1, 0) {
		m := Month{Month: from.Format("2006-01"), Included: included, Carried: carried, Used: used[from.Format("2006-01")]}
		m.Left = m.Included + m.Carried - m.Used
		months = append(months, m)
		switch carry {
		case CarryMonth: // what was carried here is used first and ends here
			carried = max(0, min(included, m.Left))
		case CarryAll:
			carried = m.Left
		}
	}
	return months
}

// Weeks says for how many weeks what is left will do at the pace of the last weeks (minutes used in
// each). ok is false where there is no pace.
func Weeks(left int, used []int) (weeks int, ok bool) {
	sum := 0
	for _, minutes := range used {
		sum += minutes
	}
	if sum <= 0 || left <= 0 {
		return 0, false
	}
	return (2*left*len(used) + sum) / (2 * sum), true
}
