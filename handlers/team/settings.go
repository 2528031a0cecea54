package team

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// settings is the page of a project's settings: several forms, each at a place of
// its own, so that a refused one shows what was typed and what is wrong.
type settings struct {
	head
	Columns    []db.Column
	Counts     map[db.ID]int // tasks by column
	Labels     []db.Label
	Milestones []db.Milestone
	Companies  []string
	Shown      []shownChoice
	Admin      bool
	Theirs     map[string]string // stored texts, where somebody was quicker
	forms      map[string]web.Form
}

// Form is the form at a place: "project", "column", "column-ID" and so on.
func (p settings) Form(place string) web.Form { return p.forms[place] }

// refused is a form that was sent to a place and not taken.
type refused struct {
	place  string
	form   web.Form
	theirs *db.Conflict
}

// Settings shows them.
func (t *Team) Settings(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.settings(c, id, fiber.StatusOK, refused{})
}

func (t *Team) settings(c *fiber.Ctx, id db.ID, status int, sent refused) error {
	companies, err := t.Store.Companies(t.Actor(c))
	if err != nil {
		return err
	}
	return t.still(c, status, "team/settings", func(s sight) (content, []live.Region, error) {
		page, err := s.settings(id)
		page.Companies, page.Admin = companies, s.Admins()
		if sent.place != "" {
			page.forms[sent.place] = sent.form
		}
		if sent.theirs != nil {
			page.Theirs = sent.theirs.Theirs
			sent.form.Values["version"] = strconv.FormatInt(sent.theirs.Version, 10)
		}
		return content{page.Project.Name, page}, nil, err
	})
}

// settings reads the page with every form as it is stored.
func (s sight) settings(id db.ID) (page settings, err error) {
	page.forms = map[string]web.Form{}
	project, err := s.Project(id)
	if err != nil {
		return page, err
	}
	roster, err := s.Roster(id)
	if err != nil {
		return page, err
	}
	page.head, page.Shown = newHead(project, roster, "settings"), shownChoices(s.Words, roster, s.Person, s.space)
	if page.Columns, err = s.Columns(id); err != nil {
		return page, err
	}
	if page.Labels, err = s.ProjectLabels(id); err != nil {
		return page, err
	}
	if page.Milestones, err = s.Milestones(id); err != nil {
		return page, err
	}
	tasks, err := s.Tasks(id)
	page.Counts = map[db.ID]int{}
	for _, task := range tasks {
		page.Counts[task.ColumnID]++
	}
	page.fill()
	return page, err
}

// fill puts what is stored into the forms.
func (p *settings) fill() {
	project := p.Project
	p.forms["template"] = web.FormOf(map[string]string{"name": project.Name, "description": project.Description})
	p.forms["project"] = web.FormOf(map[string]string{"name": project.Name, "company": project.Company, "description": project.Description, "internal": project.Internal,
		"status": project.Status, "team_shown": project.TeamShown, "starts_on": string(project.StartsOn), "ends_on": string(project.EndsOn),
		"new_tasks": map[bool]string{false: "shown", true: "private"}[project.NewTasksPrivate], "version": strconv.FormatInt(project.Version, 10)})
	p.forms["column"] = web.FormOf(map[string]string{"kind": db.Doing})
	for _, column := range p.Columns {
		p.forms["column-"+column.ID.String()] = web.FormOf(map[string]string{"name": column.Name, "kind": column.Kind, "client_label": column.ClientLabel})
	}
	p.forms["label"] = web.FormOf(map[string]string{"color": "green"})
	for _, label := range p.Labels {
		p.forms["label-"+label.ID.String()] = web.FormOf(map[string]string{"name": label.Name, "color": label.Color, "clients": map[bool]string{true: "yes"}[label.ClientVisible]})
	}
	p.forms["milestone"] = web.FormOf(map[string]string{})
	for _, m := range p.Milestones {
		p.forms["milestone-"+m.ID.String()] = web.FormOf(map[string]string{"name": m.Name, "starts_on": string(m.StartsOn), "due_on": string(m.DueOn),
			"reached_on": string(m.ReachedOn), "gate": map[bool]string{true: "yes"}[m.Gate], "version": strconv.FormatInt(m.Version, 10)})
	}
}

// EditProject takes the form about the project itself.
func (t *Team) EditProject(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, projectFields...)
	return t.changed(c, id, "project", "", form, t.Store.EditProject(t.Actor(c), id, projectForm(form)))
}

// changed answers a form of the settings: back to its section, or the page with
// the form as it was sent and what is wrong with it.
func (t *Team) changed(c *fiber.Ctx, id db.ID, place, section string, form web.Form, err error) error {
	var conflict *db.Conflict
	switch {
	case errors.As(err, &conflict):
		return t.settings(c, id, fiber.StatusConflict, refused{place, form, conflict})
	case form.Refused(t.Words(c), err):
		return t.settings(c, id, fiber.StatusUnprocessableEntity, refused{place, form, nil})
	case err != nil:
		return err
	}
	return web.SeeOther(c, projectURL(id)+"/settings?said=saved"+section)
}

// number reads a version; anything else is 0, which no version is.
func number(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}
