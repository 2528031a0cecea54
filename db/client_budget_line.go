package db

// BudgetLine is an entry or an expense of a budget as somebody asks about it: Minutes are 0 of an
// expense, Amount is that of either.
type BudgetLine struct {
	Day     Date
	Wording string
	Service string // "" of an expense
	Minutes int
	Amount  int64
	Spent   bool // it is an expense
}

// BudgetLine is one of a budget's lines that the viewer sees.
func (g *Glass) BudgetLine(budget, id ID) (BudgetLine, error) {
	return one(g, func(l *BudgetLine) []any {
		return []any{&l.Day, &l.Wording, &l.Service, &l.Minutes, &l.Amount, &l.Spent}
	}, `SELECT e.day, e.wording, e.service, e.minutes, e.amount, 0 FROM client_time_entry e WHERE e.budget_id = ?1 AND e.id = ?2
		UNION ALL SELECT x.day, x.wording, '', 0, x.amount, 1 FROM client_expense x WHERE x.budget_id = ?1 AND x.id = ?2`, budget, id)
}
