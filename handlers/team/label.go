package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// SetLabel adds a label, or changes the one that the path names.
func (t *Team) SetLabel(c *fiber.Ctx) error {
	project, err := t.inProject(c)
	if err != nil {
		return err
	}
	label, place := db.ID(0), "label"
	if text := c.Params("label"); text != "" {
		if label, err = db.ParseID(text); err != nil {
			return err
		}
		place += "-" + label.String()
	}
	form := web.ReadForm(c, "name", "color", "clients")
	err = t.Store.SetLabel(t.Actor(c), project, label, form.Value("name"), form.Value("color"), form.Value("clients") == "yes")
	return t.changed(c, project, place, "#labels", form, err)
}

// DeleteLabel takes a label off all tasks.
func (t *Team) DeleteLabel(c *fiber.Ctx) error {
	project, err := t.inProject(c)
	if err != nil {
		return err
	}
	label, err := web.ParamID(c, "label")
	if err != nil {
		return err
	}
	return t.changed(c, project, "label-"+label.String(), "#labels", web.Form{}, t.Store.DeleteLabel(t.Actor(c), project, label))
}
