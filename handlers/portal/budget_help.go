package portal

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// BudgetHelp is the page that tells what its reader sees on a budget, as it stands now. It goes when the
// budget's own page does.
func (p *Portal) BudgetHelp(c *fiber.Ctx) error {
	id, err := p.threadIn(c, db.OnBudget)
	if err != nil {
		return err
	}
	return p.page(c, live.PageKey{Kind: budgetPage, Noun: id}, "projects", "portal/budget_help", func(s sight) (string, any, error) {
		b, err := s.Glass.Budget(id, db.Date(s.Today()))
		if err != nil {
			return "", nil, err
		}
		project, err := s.Project(b.ProjectID)
		help := web.BudgetHelp{W: s.Words, Workspace: s.space.Name, Name: b.Name, Open: true, Approves: b.Approves, Closed: b.Closed, Monthly: b.Kind == db.BudgetRetainer}
		return s.T("budget-help.title"), map[string]any{"Help": help, "At": budgetURL(id), "Project": project}, err
	})
}
