package portal

import (
	"strings"

	"vitrine/db"
	"vitrine/db/bill"
	"vitrine/db/hours"
	"vitrine/handlers/live"
	"vitrine/views"
)

// budgetSum is what a budget comes to. All of it is made of what its reader sees.
type budgetSum struct {
	W      *views.Words
	B      db.ClientBudget
	F      hours.Figures
	Rows   []serviceLine
	Months []hours.Month // of a retainer, the newest first
	Pace   int           // minutes in the last four weeks
	Weeks  int           // for how many what is left will do at that pace; 0 for less than one
	Paced  bool          // that can be told
}

// serviceLine is a service with its figures.
type serviceLine struct {
	db.ClientService
	F hours.Figures
}

// monthsShown are the months of a retainer that its page tells of.
const monthsShown = 12

func (s sight) budgetSum(b db.ClientBudget) (budgetSum, error) {
	sum := budgetSum{W: s.Words, B: b, F: b.Figures()}
	for _, service := range b.Services {
		sum.Rows = append(sum.Rows, serviceLine{service, service.Figures()})
	}
	today := db.Date(s.Today())
	months, err := s.Months(b, today)
	if err != nil {
		return sum, err
	}
	for i := len(months) - 1; i >= max(0, len(months)-monthsShown); i-- {
		sum.Months = append(sum.Months, months[i])
	}
	if b.Closed || b.Kind == db.BudgetRetainer {
		return sum, nil
	}
	pace, err := s.Glass.Pace(b.ID, today)
	for _, minutes := range pace {
		sum.Pace += minutes
	}
	sum.Weeks, sum.Paced = hours.Weeks(sum.F.Initial-sum.F.Billable, pace)
	return sum, err
}

// budgets is the region with a line for each budget of a project.
func (s sight) budgets(project db.ClientProject) (live.Region, error) {
	var sums []budgetSum
	if project.Budgets != "" {
		list, err := s.Glass.Budgets(project.ID, db.Date(s.Today()))
		if err != nil {
			return live.Region{}, err
		}
		for _, b := range list { // a project has a handful of budgets, and each its own weeks and months
			sum, err := s.budgetSum(b)
			if err != nil {
				return live.Region{}, err
			}
			sums = append(sums, sum)
		}
	}
	return s.region("budgets", map[string]any{"W": s.Words, "Budgets": sums, "Project": project.ID})
}

// At is where the budget is shown.
func (s budgetSum) At() string { return budgetURL(s.B.ID) }

// Priced says that it is counted in money; else it is in hours.
func (s budgetSum) Priced() bool { return s.F.Planned > 0 || s.F.Used > 0 }

// Month is the present one of a retainer, nil of another kind.
func (s budgetSum) Month() *hours.Month {
	if len(s.Months) == 0 {
		return nil
	}
	return &s.Months[0]
}

// Name is a month's, with its year.
func (s budgetSum) Name(m hours.Month) string { return s.W.MonthHead(db.Date(m.Month + "-01")) }

// Line says in one line how much is used, and how long the rest will do.
func (s budgetSum) Line() string {
	f, w := s.F, s.W
	if m := s.Month(); m != nil {
		if m.Left < 0 {
			return w.T("client-budget.line-month-over", "used", w.Hours(m.Used), "planned", w.Hours(m.Included+m.Carried), "over", w.Hours(-m.Left))
		}
		return w.T("client-budget.line-month", "used", w.Hours(m.Used), "planned", w.Hours(m.Included+m.Carried), "left", w.Hours(m.Left))
	}
	used, planned := w.Hours(f.Billable), w.Hours(f.Initial)
	switch {
	case f.Initial == 0 && f.Billable == 0:
		return w.T("client-budget.line", "used", w.Money(f.Used, s.B.Currency), "planned", w.Money(f.Planned, s.B.Currency))
	case f.Billable > f.Initial:
		return w.T("client-budget.line-over", "used", used, "planned", planned, "over", w.Hours(f.Billable-f.Initial))
	case s.Paced && s.Weeks > 0:
		return w.N("client-budget.line-weeks", s.Weeks, "used", used, "planned", planned)
	case s.Paced:
		return w.T("client-budget.line-soon", "used", used, "planned", planned)
	}
	return w.T("client-budget.line", "used", used, "planned", planned)
}

// Balance is how a retainer's present month stands, in one line.
func (s budgetSum) Balance() string {
	m, w := s.Month(), s.W
	said := []string{w.T("client-budget.balance", "included", w.Hours(m.Included), "used", w.Hours(m.Used))}
	switch {
	case m.Carried > 0:
		said = append(said, w.T("client-budget.carried", "hours", w.Hours(m.Carried)))
	case m.Carried < 0:
		said = append(said, w.T("client-budget.carried-less", "hours", w.Hours(-m.Carried)))
	}
	if m.Left < 0 {
		said = append(said, w.T("client-budget.left-less", "hours", w.Hours(-m.Left)))
	} else {
		said = append(said, w.T("client-budget.left", "hours", w.Hours(m.Left)))
	}
	return strings.Join(append(said, w.T("client-budget.carry-"+s.B.Carry)), " ")
}

// Forecast says when the rest will be used at the pace of the last weeks, "" where that cannot be told.
func (s budgetSum) Forecast() string {
	left, used := s.W.Hours(max(0, s.F.Initial-s.F.Billable)), s.W.Hours(s.Pace)
	switch {
	case !s.Paced:
		return ""
	case s.Weeks == 0:
		return s.W.T("client-budget.forecast-soon", "left", left, "used", used)
	}
	return s.W.N("client-budget.forecast", s.Weeks, "left", left, "used", used)
}

// Late says that it will take more than was planned.
func (s budgetSum) Late() bool {
	if s.Priced() {
		return s.F.Spare < 0
	}
	return s.F.Variance < 0
}

// Against says by how much it will take more or less than was planned.
func (s budgetSum) Against() string {
	by := s.W.Hours(abs(s.F.Variance))
	even := s.F.Variance == 0
	if s.Priced() {
		by, even = s.W.Money(abs(s.F.Spare), s.B.Currency), s.F.Spare == 0
	}
	switch {
	case even:
		return s.W.T("client-budget.as-planned")
	case s.Late():
		return s.W.T("client-budget.over", "by", by)
	}
	return s.W.T("client-budget.under", "by", by)
}

func abs[N int | int64](n N) N { return max(n, -n) }

// Bar is the part that is used; of a retainer that of the present month.
func (s budgetSum) Bar() bar {
	switch m := s.Month(); {
	case m != nil:
		return newBar(int64(m.Used), int64(max(0, m.Included+m.Carried)))
	case s.F.Initial > 0:
		return newBar(int64(s.F.Billable), int64(s.F.Initial))
	}
	return newBar(s.F.Used, s.F.Planned)
}

// Bar is that of a service: by time, of pieces by what was delivered.
func (l serviceLine) Bar() bar {
	if l.Pieced() {
		return newBar(l.Pieces, l.Quantity)
	}
	return newBar(int64(l.F.Billable), int64(l.F.Initial))
}

// Pieced says that it is sold by the piece and not by time.
func (l serviceLine) Pieced() bool { return hours.Minutes(l.Unit) == 0 }

// Stage is how far it is: "new", "doing" or "done".
func (l serviceLine) Stage() string {
	used, left := l.F.Billable > 0, l.F.ToComplete > 0
	if l.Pieced() {
		used, left = l.Pieces > 0, l.Pieces < l.Quantity
	}
	switch {
	case !used:
		return "new"
	case left:
		return "doing"
	}
	return "done"
}

// Many writes a number of pieces, which is kept in thousandths.
func (l serviceLine) Many(w *views.Words, n int64) string { return w.Quantity(bill.Quantity(n)) }

// bar is what a meter draws, in percent of its width: what is within the plan, and what beyond.
type bar struct{ Within, Beyond string }

func newBar(used, planned int64) bar {
	switch {
	case used <= 0:
		return bar{Within: "0%"}
	case planned <= 0:
		return bar{Within: "0%", Beyond: "100%"}
	case used <= planned:
		return bar{Within: percent(used, planned)}
	}
	return bar{Within: percent(planned, used), Beyond: percent(used-planned, used)}
}

// percent writes a part of a whole with one decimal, as a length: "58.3%". Both are far below what a
// thousandfold would break.
func percent(part, whole int64) string { return bill.Short(part*1000/whole, 1) + "%" }
