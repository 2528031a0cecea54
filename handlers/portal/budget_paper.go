package portal

import (
	"cmp"

	"vitrine/db"
	"vitrine/views"
)

// facts are a budget's figures, name by name, as its page tells them.
func (s budgetSum) facts() []views.InvoiceFact {
	w, f := s.W, s.F
	money := func(key string, amount int64, minutes int) views.InvoiceFact {
		fact := views.InvoiceFact{Name: w.T(key), Text: w.Hours(minutes)}
		switch {
		case s.Priced() && f.Initial+f.Billable > 0:
			fact.Text = w.Money(amount, s.B.Currency) + " (" + w.Hours(minutes) + ")"
		case s.Priced():
			fact.Text = w.Money(amount, s.B.Currency)
		}
		return fact
	}
	list := []views.InvoiceFact{{Name: w.T("client-budget.kind"), Text: w.T("client-budget.kind-" + s.B.Kind)}}
	if s.B.StartsOn != "" || s.B.EndsOn != "" {
		list = append(list, views.InvoiceFact{Name: w.T("client-budget.dates"), Text: w.Span(s.B.StartsOn, s.B.EndsOn)})
	}
	if m := s.Month(); m != nil {
		list = append(list, views.InvoiceFact{Name: s.Name(*m), Text: s.Line()})
	}
	list = append(list, money("client-budget.planned", f.Planned, f.Initial), money("client-budget.used", f.Used, f.Billable), money("client-budget.to-come", f.ToCome, f.ToComplete),
		money("client-budget.at-completion", f.Final, f.AtCompletion), views.InvoiceFact{Name: w.T("client-budget.against"), Text: s.Against()})
	if s.B.Expenses > 0 {
		list = append(list, views.InvoiceFact{Name: w.T("client-budget.expenses"), Text: w.Money(s.B.Expenses, s.B.Currency)})
	}
	if text := s.Forecast(); text != "" {
		list = append(list, views.InvoiceFact{Name: w.T("client-budget.forecast-title"), Text: text})
	}
	if s.B.Approves {
		list = append(list, views.InvoiceFact{Name: w.T("client-budget.time"), Text: w.T("client-budget.approved-only")})
	}
	return list
}

// Against says by how much a service takes more or less than was planned.
func (l serviceLine) Against(w *views.Words, currency string) string {
	by, late, even := w.Hours(abs(l.F.Variance)), l.F.Variance < 0, l.F.Variance == 0
	if l.Pieced() {
		by, late, even = w.Money(abs(l.F.Spare), currency), l.F.Spare < 0, l.F.Spare == 0
	}
	switch {
	case even:
		return w.T("client-budget.as-planned")
	case late:
		return "+\u00a0" + by
	}
	return "\u2212\u00a0" + by
}

// Late says that it takes more than was planned.
func (l serviceLine) Late() bool { return l.F.Variance < 0 || l.Pieced() && l.F.Spare < 0 }

// Planned, Used and ToCome are in its own unit.
func (l serviceLine) Planned(w *views.Words) string {
	if l.Pieced() {
		return l.Many(w, l.Quantity)
	}
	return w.Hours(l.F.Initial)
}

func (l serviceLine) Used(w *views.Words) string {
	if l.Pieced() {
		return l.Many(w, l.Pieces)
	}
	return w.Hours(l.F.Billable)
}

func (l serviceLine) ToCome(w *views.Words) string {
	if l.Pieced() {
		return l.Many(w, max(0, l.Quantity-l.Pieces))
	}
	return w.Hours(l.F.ToComplete)
}

func (s budgetSum) servicesTable() views.PaperTable {
	w := s.W
	t := views.PaperTable{Title: w.T("client-budget.services"), None: w.T("client-budget.services-none"), Heads: []string{w.T("client-budget.service"), w.T("client-budget.planned"), w.T("client-budget.used"), w.T("client-budget.to-come"), w.T("client-budget.against"), w.T("client-budget.so-far")}, Figures: 5}
	for _, l := range s.Rows {
		t.Rows = append(t.Rows, []string{l.Name, l.Planned(w), l.Used(w), l.ToCome(w), l.Against(w, s.B.Currency), w.Money(l.F.Used, s.B.Currency)})
	}
	t.Sum = []string{w.T("client-budget.all-services"), w.Hours(s.F.Initial), w.Hours(s.F.Billable), w.Hours(s.F.ToComplete), "", w.Money(s.F.Used, s.B.Currency)}
	return t
}

func (s budgetSum) timeTable(entries []db.ClientTimeEntry) views.PaperTable {
	w, minutes, amount := s.W, 0, int64(0)
	t := views.PaperTable{Title: w.T("client-budget.time"), None: w.T("client-budget.time-none"), Heads: []string{w.T("client-budget.what"), w.T("client-budget.day"), w.T("client-budget.who"), w.T("client-budget.service"), w.T("client-budget.time-used"), w.T("client-budget.amount")}, Figures: 2}
	for _, e := range entries {
		minutes, amount = minutes+e.Minutes, amount+e.Amount
		t.Rows = append(t.Rows, []string{e.Wording, w.DayRecord(e.Day), e.Author, e.Service, w.Hours(e.Minutes), w.Money(e.Amount, s.B.Currency)})
	}
	t.Sum = []string{w.T("client-budget.all-time"), "", "", "", w.Hours(minutes), w.Money(amount, s.B.Currency)}
	return t
}

func (s budgetSum) expensesTable(expenses []db.ClientExpense) views.PaperTable {
	w, sum := s.W, int64(0)
	t := views.PaperTable{Title: w.T("client-budget.expenses"), None: w.T("client-budget.expenses-none"), Heads: []string{w.T("client-budget.what"), w.T("client-budget.day"), w.T("client-budget.supplier"), w.T("client-budget.invoice"), w.T("client-budget.amount")}, Figures: 1}
	for _, x := range expenses {
		sum += x.Amount
		t.Rows = append(t.Rows, []string{x.Wording, w.DayRecord(x.Day), cmp.Or(x.Supplier, "\u2013"), x.Invoice, w.Money(x.Amount, s.B.Currency)})
	}
	t.Sum = []string{w.T("client-budget.all-expenses"), "", "", "", w.Money(sum, s.B.Currency)}
	return t
}
