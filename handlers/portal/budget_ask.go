package portal

import (
	"strings"

	"vitrine/db"
)

// quoted is what was typed, and a budget's line in it as a quote unless it is there already.
func (s sight) quoted(budget db.ID, line db.BudgetLine, typed string) (string, error) {
	b, err := s.Glass.Budget(budget, db.Date(s.Today()))
	if err != nil {
		return typed, err
	}
	what, much := line.Wording, s.Money(line.Amount, b.Currency)
	if !line.Spent {
		much = s.Hours(line.Minutes)
	}
	if what == "" {
		what = s.T("client-budget.work-on", "service", line.Service)
	}
	quote := "> " + s.T("client-budget.quote", "day", s.DayRecord(line.Day), "what", what, "much", much)
	if strings.Contains(typed, quote) {
		return typed, nil
	}
	if typed = strings.TrimRight(typed, "\n"); typed != "" {
		typed += "\n\n"
	}
	return typed + quote + "\n\n", nil
}
