package portal

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// Help is the client's quick reference. It tells of what this viewer has: nobody
// reads of a box that their pages do not show. Guards ask whether it is switched on.
func (p *Portal) Help(c *fiber.Ctx) error {
	var sections []web.HelpSection
	err := p.look(c, func(s sight) error {
		topics, err := s.Topics()
		if err != nil {
			return err
		}
		projects, err := s.Projects()
		if err != nil {
			return err
		}
		bills, err := s.Bills(0)
		sections = helpSections(topics, projects, bills.All > 0)
		return err
	})
	if err != nil {
		return err
	}
	return p.Send(c, fiber.StatusOK, "portal/help", p.Page(c, p.Words(c).T("help.title"), "help", p.App.Help(sections)))
}

func helpSections(topics map[string]bool, projects []db.ClientProject, bills bool) []web.HelpSection {
	list := []web.HelpSection{{Name: "start", Count: 3, Links: []views.Link{{URL: "/portal", Key: "help.to-home"}}}}
	if len(projects) > 0 {
		list = append(list, web.HelpSection{Name: "project", Count: 6, Links: []views.Link{{URL: "/portal/projects", Key: "help.to-yours"}}},
			web.HelpSection{Name: "live", Count: 3})
	}
	for _, project := range projects {
		if project.Replies != "" {
			list = append(list, web.HelpSection{Name: "reply", Count: 5})
			if topics["right-upload"] {
				list = append(list, web.HelpSection{Name: "files", Count: 1})
			}
			break
		}
	}
	if topics["right-decide"] && len(projects) > 0 {
		list = append(list, web.HelpSection{Name: "decide", Count: 4})
	}
	for _, project := range projects {
		if project.Budgets != "" {
			list = append(list, web.HelpSection{Name: "budgets", Count: 3, Links: []views.Link{{URL: "/portal/projects/" + project.ID.String() + "/budgets", Key: "help.to-budgets"}}})
			break
		}
	}
	if bills {
		list = append(list, web.HelpSection{Name: "bills", Count: 4, Links: []views.Link{{URL: "/portal/invoices", Key: "help.to-bills"}}})
	}
	if topics["right-company"] {
		list = append(list, web.HelpSection{Name: "colleagues", Count: 2, Links: []views.Link{{URL: "/portal/company", Key: "help.to-company"}}})
	}
	return append(list,
		web.HelpSection{Name: "mail", Count: 3, Links: []views.Link{{URL: "/portal/account/notifications", Key: "help.to-mail"}}},
		web.HelpSection{Name: "signin", Count: 3, Links: []views.Link{{URL: "/portal/account", Key: "help.to-account"}}},
		web.HelpSection{Name: "wrong", Count: 2})
}
