package portal

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// ChangeForm is where a client proposes a change. Whoever may not does not find it.
func (p *Portal) ChangeForm(c *fiber.Ctx) error {
	return p.changeForm(c, fiber.StatusOK, web.FormOf(map[string]string{}))
}

func (p *Portal) changeForm(c *fiber.Ctx, status int, form web.Form) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return p.look(c, func(s sight) error {
		project, err := s.Project(id)
		if err == nil && !project.MayPropose {
			err = db.ErrNotFound
		}
		if err != nil {
			return err
		}
		room, err := p.Room(c, s.Glass)
		if err != nil {
			return err
		}
		room.Enter(project.CompanyID)
		page := p.Page(c, s.T("propose.title"), "projects", map[string]any{"Project": project, "Form": form})
		if err := room.Dress(s.Glass, page); err != nil {
			return err
		}
		return p.Send(c, status, "portal/change", page)
	})
}

// ProposeChange takes what a client would like to have otherwise. The team prices it
// and asks, or declines it.
func (p *Portal) ProposeChange(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "question", "context")
	proposed, err := p.Store.ProposeChange(p.Actor(c), id, form.Value("question"), form.Value("context"))
	if form.Refused(p.Words(c), err) {
		if strings.TrimSpace(form.Value("question")) == "" {
			form.Mistakes["question"] = p.Words(c).T("propose.what-empty") // a client asks nothing here
		}
		return p.changeForm(c, fiber.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, decisionURL(proposed))
}
