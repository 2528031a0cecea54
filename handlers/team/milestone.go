package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

var milestoneFields = []string{"name", "starts_on", "due_on", "reached_on", "why", "gate", "version"}

func milestoneForm(form web.Form) db.MilestoneForm {
	return db.MilestoneForm{Name: form.Value("name"), StartsOn: form.Value("starts_on"), DueOn: form.Value("due_on"),
		ReachedOn: form.Value("reached_on"), Why: form.Value("why"), Gate: form.Value("gate") != "", Version: number(form.Value("version"))}
}

// AddMilestone adds a phase at the end.
func (t *Team) AddMilestone(c *fiber.Ctx) error {
	project, err := t.inProject(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, milestoneFields...)
	_, err = t.Store.AddMilestone(t.Actor(c), project, milestoneForm(form))
	return t.changed(c, project, "milestone", "#milestones", form, err)
}

// milestone reads both ids of the path: one of another project is not found.
func (t *Team) milestone(c *fiber.Ctx) (project, milestone db.ID, err error) {
	if project, err = web.ParamID(c, "id"); err != nil {
		return
	}
	if milestone, err = web.ParamID(c, "milestone"); err != nil {
		return
	}
	err = t.look(c, func(s sight) error {
		list, err := s.Milestones(project)
		for _, one := range list {
			if one.ID == milestone {
				return err
			}
		}
		if err == nil {
			err = db.ErrNotFound
		}
		return err
	})
	return
}

// EditMilestone changes a phase.
func (t *Team) EditMilestone(c *fiber.Ctx) error {
	project, milestone, err := t.milestone(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, milestoneFields...)
	return t.changed(c, project, "milestone-"+milestone.String(), "#milestones", form, t.Store.EditMilestone(t.Actor(c), milestone, milestoneForm(form)))
}

// DeleteMilestone takes a phase away; its tasks stay.
func (t *Team) DeleteMilestone(c *fiber.Ctx) error {
	project, milestone, err := t.milestone(c)
	if err != nil {
		return err
	}
	return t.changed(c, project, "milestone-"+milestone.String(), "#milestones", web.Form{}, t.Store.DeleteMilestone(t.Actor(c), milestone))
}
