package web

import (
	"vitrine/db"
	"vitrine/db/bill"
	"vitrine/db/hours"
	"vitrine/views"
)

// BudgetSheet is a budget's figures as both sides read them. Inside is nil for clients and for those of
// the team who do not manage it.
type BudgetSheet struct {
	W        *views.Words
	Currency string
	Kind     string
	Rows     []ServiceRow
	Total    hours.Figures
	Inside   *hours.Inside
	Months   []hours.Month // of a retainer
	Expenses int64
	Weeks    int // for how many what is left will do, 0 where nobody can tell
}

// ServiceRow is a service with its figures.
type ServiceRow struct {
	ID               db.ID
	Name, Unit       string
	Price            int64
	Quantity, Pieces int64
	Changed          bool // it came with an accepted change
	F                hours.Figures
	Inside           *hours.Inside
}

// NewBudgetSheet sums up what a reader sees of a budget's services.
func NewBudgetSheet(w *views.Words, currency, kind string, rows []ServiceRow, months []hours.Month, pace []int, expenses int64) BudgetSheet {
	s := BudgetSheet{W: w, Currency: currency, Kind: kind, Rows: rows, Months: months, Expenses: expenses}
	inside := hours.Inside{}
	for _, row := range rows {
		s.Total = s.Total.Plus(row.F)
		if row.Inside != nil {
			inside.Worked, inside.Spent, inside.Margin = inside.Worked+row.Inside.Worked, inside.Spent+row.Inside.Spent, inside.Margin+row.Inside.Margin
			s.Inside = &inside
		}
	}
	if kind != db.BudgetRetainer {
		s.Weeks, _ = hours.Weeks(s.Total.Initial-s.Total.Billable, pace)
	}
	return s
}

// Month is the present one of a retainer, nil of another kind.
func (s BudgetSheet) Month() *hours.Month {
	if len(s.Months) == 0 {
		return nil
	}
	return &s.Months[len(s.Months)-1]
}

// Used is the part of the plan that is used, in tenths of a percent, for a bar: within the plan and beyond
// it, together at most 1000.
func Used(used, planned int) (within, beyond int) {
	switch {
	case planned <= 0 && used <= 0:
		return 0, 0
	case used <= planned:
		return used * 1000 / planned, 0
	}
	within = planned * 1000 / used
	return within, 1000 - within
}

// Bar is that of a service: by time, of pieces by money.
func (r ServiceRow) Bar() Bar {
	if r.Unit == hours.Piece {
		return NewBar(int(min(r.F.Used, 1<<40)), int(min(r.F.Planned, 1<<40)))
	}
	return NewBar(r.F.Billable, r.F.Initial)
}

// Bar is what a meter draws, in percent of its width.
type Bar struct{ Within, Beyond string }

// NewBar reckons one.
func NewBar(used, planned int) Bar {
	within, beyond := Used(used, planned)
	b := Bar{Within: tenths(within)}
	if beyond > 0 {
		b.Beyond = tenths(beyond)
	}
	return b
}

// tenths writes tenths of a percent as a length: "58.3%".
func tenths(n int) string { return bill.Short(int64(n), 1) + "%" }
