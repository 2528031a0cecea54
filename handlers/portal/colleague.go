package portal

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// InviteColleague invites somebody to the client's own company, or again.
func (p *Portal) InviteColleague(c *fiber.Ctx) error {
	form := web.ReadForm(c, "company", "email", "name", "role", "project", "again")
	company, err := db.ParseID(form.Value("company"))
	if err != nil {
		return err
	}
	var sent db.ID
	if form.Value("again") != "" {
		sent, err = p.inviteAgain(c, form.Value("again"))
	} else {
		sent, err = p.invite(c, company, form)
	}
	if form.Refused(p.Words(c), err) {
		return p.company(c, fiber.StatusUnprocessableEntity, company.String(), form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, companyURL(company)+"&sent="+sent.String())
}

func (p *Portal) inviteAgain(c *fiber.Ctx, text string) (db.ID, error) {
	id, err := db.ParseID(text)
	if err != nil {
		return 0, err
	}
	return p.Store.InviteAgain(p.Actor(c), id)
}

func (p *Portal) invite(c *fiber.Ctx, company db.ID, form web.Form) (db.ID, error) {
	asked := db.ColleagueForm{Email: form.Value("email"), Name: form.Value("name")}
	asked.RoleID, _ = db.ParseID(form.Value("role")) // none is refused like one that is too high
	for _, text := range form.Lists["project"] {
		id, err := db.ParseID(text)
		if err != nil {
			return 0, err
		}
		asked.Projects = append(asked.Projects, id)
	}
	return p.Store.InviteColleague(p.Actor(c), company, asked)
}

// EndInvitation ends one that waits at the client's company.
func (p *Portal) EndInvitation(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	if err := p.Store.EndColleagueInvitation(p.Actor(c), id); err != nil {
		return err
	}
	if company, err := db.ParseID(web.ReadForm(c, "company").Value("company")); err == nil {
		return web.SeeOther(c, companyURL(company))
	}
	return web.SeeOther(c, "/portal/company")
}

func companyURL(company db.ID) string { return "/portal/company?company=" + company.String() }
