package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// BudgetHelp is the page that tells the team what clients see on a budget, as it stands now.
func (t *Team) BudgetHelp(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.still(c, fiber.StatusOK, "team/budget_help", func(s sight) (content, []live.Region, error) {
		b, err := s.Viewer.Budget(id, db.Date(s.Today()))
		help := web.BudgetHelp{W: s.Words, Workspace: s.space, Name: b.Name, Team: true, Open: b.Open, Approves: b.Approves, Closed: b.Closed, Monthly: b.Kind == db.BudgetRetainer}
		return content{s.T("budget-help.title-team"), map[string]any{"Help": help, "B": b}}, nil, err
	})
}
