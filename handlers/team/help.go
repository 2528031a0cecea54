package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/handlers/web"
	"vitrine/views"
)

var helpSections = []web.HelpSection{
	{Name: "team-introduce", Count: 6, Links: []views.Link{{URL: "/companies", Key: "help.to-clients"}}},
	{Name: "team-kinds", Count: 6},
	{Name: "team-answers", Count: 4, Links: []views.Link{{URL: "/inbox", Key: "help.to-inbox"}}},
	{Name: "team-decide", Count: 6},
	{Name: "team-publish", Count: 3, Links: []views.Link{{URL: "/projects", Key: "help.to-projects"}}},
	{Name: "team-course", Count: 5, Links: []views.Link{{URL: "/templates", Key: "help.to-templates"}}},
	{Name: "team-home", Count: 4, Links: []views.Link{{URL: "/meetings", Key: "help.to-meetings"}}},
	{Name: "team-bills", Count: 5},
	{Name: "team-budgets", Count: 4},
	{Name: "team-names", Count: 3},
	{Name: "team-eyes", Count: 6, Links: []views.Link{{URL: "/portal", Key: "help.to-eyes"}}},
	{Name: "team-trouble", Count: 4},
	{Name: "team-leak", Count: 4},
}

// Help is the team's quick reference.
func (t *Team) Help(c *fiber.Ctx) error {
	return t.Send(c, fiber.StatusOK, "team/help", t.Page(c, t.Words(c).T("help.title"), "help", t.App.Help(helpSections)))
}
