package team

import (
	"errors"
	"slices"
	"sort"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

var deliverableFields = []string{"name", "about", "milestone", "tasks", "version"}

func deliverableForm(form web.Form) db.DeliverableForm {
	return db.DeliverableForm{Name: form.Value("name"), Description: form.Value("about"), Milestone: form.Value("milestone"),
		Tasks: form.Lists["tasks"], Version: number(form.Value("version"))}
}

// aboutText gives a mistake in the description to its field on the page.
func aboutText(form *web.Form) {
	if mistake, ok := form.Mistakes["description"]; ok {
		form.Mistakes["about"] = mistake
	}
}

// fill puts into the forms what is stored, or what was sent and not taken.
func (p *deliverablePage) fill(sent sentDeliverable) {
	d := p.Deliverable
	p.Text = web.FormOf(map[string]string{"name": d.Name, "about": d.Description, "version": strconv.FormatInt(d.Version, 10)})
	if d.MilestoneID != 0 {
		p.Text.Values["milestone"] = d.MilestoneID.String()
	}
	for _, task := range d.Tasks {
		p.Text.Lists["tasks"] = append(p.Text.Lists["tasks"], task.ID.String())
	}
	if sent.text != nil {
		p.Text = *sent.text
	}
	if sent.theirs != nil {
		p.Text.Values["version"] = strconv.FormatInt(sent.theirs.Version, 10)
		p.Theirs = map[string]string{"name": sent.theirs.Theirs["name"], "about": sent.theirs.Theirs["description"]}
	}
	p.Handing = web.FormOf(map[string]string{"mode": db.AnyOne})
	if len(p.Deciders) == 1 {
		p.Handing.Lists["deciders"] = []string{p.Deciders[0].ID.String()}
	}
	if sent.handing != nil {
		p.Handing = *sent.handing
	}
}

// linkable are the tasks of a project that a deliverable may be linked to: those that
// are not archived, and those that it is linked to.
func (s sight) linkable(project db.ID, linked []db.Task) ([]db.Task, error) {
	tasks, err := s.Tasks(project)
	for _, task := range linked {
		if !slices.ContainsFunc(tasks, func(one db.Task) bool { return one.ID == task.ID }) {
			tasks = append(tasks, task)
		}
	}
	return tasks, err
}

// AddDeliverable begins one, and leads to its page.
func (t *Team) AddDeliverable(c *fiber.Ctx) error {
	project, err := t.inProject(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, deliverableFields...)
	id, err := t.Store.AddDeliverable(t.Actor(c), project, deliverableForm(form))
	if form.Refused(t.Words(c), err) {
		return t.decisionsRefused(c, project, form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, deliverableURL(id))
}

// EditDeliverable changes its text and its links.
func (t *Team) EditDeliverable(c *fiber.Ctx) error {
	id, err := t.deliverable(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, deliverableFields...)
	err = t.Store.EditDeliverable(t.Actor(c), id, deliverableForm(form))
	var conflict *db.Conflict
	switch {
	case errors.As(err, &conflict):
		return t.deliverableStill(c, id, fiber.StatusConflict, sentDeliverable{text: &form, theirs: conflict})
	case form.Refused(t.Words(c), err):
		aboutText(&form)
		return t.deliverableStill(c, id, fiber.StatusUnprocessableEntity, sentDeliverable{text: &form})
	case err != nil:
		return err
	}
	return web.SeeOther(c, deliverableURL(id)+"?said=saved-deliverable")
}

// DeleteDeliverable takes one away of which nothing was delivered.
func (t *Team) DeleteDeliverable(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	var project db.ID
	if err := t.look(c, func(s sight) error { d, err := s.Viewer.Deliverable(id); project = d.ProjectID; return err }); err != nil {
		return err
	}
	if err := t.Store.DeleteDeliverable(t.Actor(c), id); err != nil {
		return err
	}
	return web.SeeOther(c, projectURL(project)+"/decisions?said=deliverable-deleted#deliverables")
}

// deliverable reads the id of the path; what is not the viewer's is not found.
func (t *Team) deliverable(c *fiber.Ctx) (db.ID, error) {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return 0, err
	}
	return id, t.look(c, func(s sight) error { _, err := s.Viewer.Deliverable(id); return err })
}

// PrepareVersion begins the next version.
func (t *Team) PrepareVersion(c *fiber.Ctx) error {
	id, err := t.deliverable(c)
	if err != nil {
		return err
	}
	if _, err := t.Store.PrepareVersion(t.Actor(c), id); err != nil {
		return err
	}
	return web.SeeOther(c, deliverableURL(id)+"#prepare")
}

// Deliver hands the prepared version to the client, as it was on screen.
func (t *Team) Deliver(c *fiber.Ctx) error {
	id, err := t.deliverable(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "note", "due_on", "mode", "deciders", "places", "must_open", "seen")
	var page deliverablePage
	if err := t.look(c, func(s sight) error {
		body, err := s.deliverableBody(id, sentDeliverable{})
		if err == nil {
			page = body.Data.(deliverablePage)
		}
		return err
	}); err != nil {
		return err
	}
	late := func(key string) error {
		form.Mistakes = web.Mistakes{"seen": t.Words(c).T(key)}
		return t.deliverableStill(c, id, fiber.StatusConflict, sentDeliverable{handing: &form})
	}
	if form.Value("seen") != page.Upload.Seen {
		return late("delivery.changed")
	}
	_, err = t.Store.Deliver(t.Actor(c), id, db.DeliverForm{Note: form.Value("note"), DueOn: form.Value("due_on"), Mode: form.Value("mode"),
		Deciders: inOrder(form, page.Deciders), MustOpen: form.Value("must_open") != ""})
	switch {
	case errors.Is(err, db.ErrSent):
		return late("delivery.twice")
	case form.Refused(t.Words(c), err):
		return t.deliverableStill(c, id, fiber.StatusUnprocessableEntity, sentDeliverable{handing: &form})
	case err != nil:
		return err
	}
	return web.SeeOther(c, deliverableURL(id)+"?said=delivered")
}

// inOrder are the ticked deciders, in the order of the numbers beside their names:
// "places" has one for each who is offered.
func inOrder(form web.Form, offered []db.Person) []string {
	place := map[string]int{}
	for i, person := range offered {
		if i < len(form.Lists["places"]) {
			place[person.ID.String()], _ = strconv.Atoi(form.Lists["places"][i])
		}
	}
	chosen := slices.Clone(form.Lists["deciders"])
	sort.SliceStable(chosen, func(i, j int) bool { return place[chosen[i]] < place[chosen[j]] })
	return chosen
}

// decisionsRefused shows the project's page again with the form of a deliverable
// that was not taken.
func (t *Team) decisionsRefused(c *fiber.Ctx, project db.ID, form web.Form) error {
	aboutText(&form)
	return t.still(c, fiber.StatusUnprocessableEntity, "team/decisions", func(s sight) (content, []live.Region, error) {
		body, err := s.decisionsBody(project, form)
		if err != nil {
			return body, nil, err
		}
		of, err := s.Project(project)
		if err != nil {
			return body, nil, err
		}
		regions, err := s.decisionsRegions(of)
		return body, regions, err
	})
}

// deliverableAdd is the form with which one is begun.
type deliverableAdd struct {
	Form       web.Form
	Milestones []db.Milestone
	Tasks      []db.Task
}

func (s sight) deliverableAdd(project db.ID, refused web.Form) (add deliverableAdd, err error) {
	add.Form = refused
	if add.Milestones, err = s.Milestones(project); err != nil {
		return add, err
	}
	add.Tasks, err = s.Tasks(project)
	return add, err
}
