package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// AddItem adds a step to a task's checklist.
func (t *Team) AddItem(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "text")
	err = t.Store.AddItem(t.Actor(c), id, form.Value("text"))
	if form.Refused(t.Words(c), err) {
		return t.itemRefused(c, id, form)
	}
	return t.itemChanged(c, id, err)
}

// TickItem marks a step as done or not.
func (t *Team) TickItem(c *fiber.Ctx) error {
	item, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	task, err := t.Store.TickItem(t.Actor(c), item, web.ReadForm(c, "done").Value("done") == "yes")
	return t.itemChanged(c, task, err)
}

// DeleteItem takes a step off its checklist.
func (t *Team) DeleteItem(c *fiber.Ctx) error {
	item, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	task, err := t.Store.DeleteItem(t.Actor(c), item)
	return t.itemChanged(c, task, err)
}

func (t *Team) itemChanged(c *fiber.Ctx, task db.ID, err error) error {
	if err != nil {
		return err
	}
	if !web.HTMX(c) {
		return c.Redirect(taskURL(task)+"#checklist", fiber.StatusSeeOther)
	}
	return t.partials(c, taskKey(task), "task")
}

// itemRefused shows the box for a new step again.
func (t *Team) itemRefused(c *fiber.Ctx, id db.ID, form web.Form) error {
	box := map[string]any{"W": t.Words(c), "ID": id, "Text": form.Value("text"), "Mistake": form.Mistake("text")}
	if web.HTMX(c) {
		return t.SendFragment(c, fiber.StatusUnprocessableEntity, "fragments/team_item", box)
	}
	return t.still(c, fiber.StatusUnprocessableEntity, "team/item", func(s sight) (content, []live.Region, error) {
		task, err := s.Task(id)
		return content{task.Title, map[string]any{"Task": task, "Box": box}}, nil, err
	})
}
