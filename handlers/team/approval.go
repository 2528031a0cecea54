package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// approvals is the page of work on a project that waits to be approved.
type approvals struct {
	head
	Entries  []db.TimeEntry
	Expenses []db.Expense
	Form     web.Form
	Approves bool
	Own      bool // the workspace lets people approve their own work
	Admin    bool
}

// Approvals shows it to all of the project's team; who leads it judges.
func (t *Team) Approvals(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.approvals(c, id, fiber.StatusOK, web.FormOf(map[string]string{}))
}

func (t *Team) approvals(c *fiber.Ctx, id db.ID, status int, form web.Form) error {
	return t.still(c, status, "team/approvals", func(s sight) (content, []live.Region, error) {
		h, err := s.head(id, "budgets")
		if err != nil {
			return content{}, nil, err
		}
		page := approvals{head: h, Form: form}
		if page.Approves, err = s.Approves(id); err != nil {
			return content{}, nil, err
		}
		if page.Own, err = s.Viewer.OwnTime(); err != nil {
			return content{}, nil, err
		}
		page.Admin = s.Admins()
		page.Entries, page.Expenses, err = s.Viewer.Approvals(id)
		return content{h.Project.Name, page}, nil, err
	})
}

// Judge approves or returns what was ticked.
func (t *Team) Judge(c *fiber.Ctx) error {
	project, err := t.inProject(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "do", "reason", "entry", "expense")
	judgement := db.Judgement{Approve: form.Value("do") == "approve", Reason: form.Value("reason")}
	if judgement.Entries, err = ids(form.Lists["entry"]); err == nil {
		judgement.Expenses, err = ids(form.Lists["expense"])
	}
	if err == nil {
		err = t.Store.Judge(t.Actor(c), judgement)
	}
	if form.Refused(t.Words(c), err) {
		return t.approvals(c, project, fiber.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, projectURL(project)+"/approvals?said=saved")
}

// ids reads a list of them; one that is none is not found.
func ids(texts []string) (list []db.ID, err error) {
	for _, text := range texts {
		id, err := db.ParseID(text)
		if err != nil {
			return nil, err
		}
		list = append(list, id)
	}
	return list, nil
}

// SetApproves says whether clients see work of a project once it was approved.
func (t *Team) SetApproves(c *fiber.Ctx) error {
	project, err := t.inProject(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "approves")
	if err := t.Store.SetApproves(t.Actor(c), project, form.Value("approves") == "1"); err != nil {
		return err
	}
	return web.SeeOther(c, projectURL(project)+"/approvals?said=saved")
}

// SetOwnTime says whether people of the workspace may approve their own work.
func (t *Team) SetOwnTime(c *fiber.Ctx) error {
	form := web.ReadForm(c, "own", "project")
	if err := t.Store.SetOwnTime(t.Actor(c), form.Value("own") == "1"); err != nil {
		return err
	}
	if project, err := db.ParseID(form.Value("project")); err == nil {
		return web.SeeOther(c, projectURL(project)+"/approvals?said=saved")
	}
	return web.SeeOther(c, "/settings?said=saved-settings")
}
