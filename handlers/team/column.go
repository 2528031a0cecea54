package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

const columnSection = "#columns"

func columnForm(form web.Form) db.ColumnForm {
	return db.ColumnForm{Name: form.Value("name"), Kind: form.Value("kind"), ClientLabel: form.Value("client_label")}
}

// AddColumn adds a column at the end of the board.
func (t *Team) AddColumn(c *fiber.Ctx) error {
	project, err := t.inProject(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "name", "kind", "client_label")
	_, err = t.Store.AddColumn(t.Actor(c), project, columnForm(form))
	return t.changed(c, project, "column", columnSection, form, err)
}

// column reads both ids of the path: a column of another project is not found.
func (t *Team) column(c *fiber.Ctx) (project, column db.ID, columns []db.Column, err error) {
	if project, err = web.ParamID(c, "id"); err != nil {
		return
	}
	if column, err = web.ParamID(c, "column"); err != nil {
		return
	}
	err = t.look(c, func(s sight) (err error) { columns, err = s.Columns(project); return err })
	if err == nil && placeOf(columns, column) < 0 {
		err = db.ErrNotFound
	}
	return
}

func placeOf(columns []db.Column, id db.ID) int {
	for i, column := range columns {
		if column.ID == id {
			return i
		}
	}
	return -1
}

// EditColumn renames a column or changes what it means.
func (t *Team) EditColumn(c *fiber.Ctx) error {
	project, column, _, err := t.column(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "name", "kind", "client_label")
	return t.changed(c, project, "column-"+column.String(), columnSection, form, t.Store.EditColumn(t.Actor(c), column, columnForm(form)))
}

// MoveColumn puts a column one place to the left or to the right.
func (t *Team) MoveColumn(c *fiber.Ctx) error {
	project, column, columns, err := t.column(c)
	if err != nil {
		return err
	}
	form, at, before := web.ReadForm(c, "to"), placeOf(columns, column), db.ID(0)
	switch {
	case form.Value("to") == "left" && at > 0:
		before = columns[at-1].ID
	case form.Value("to") == "right" && at+2 < len(columns):
		before = columns[at+2].ID
	case form.Value("to") == "right":
	default:
		return &db.Invalid{Field: "to", Key: "choice.unknown"}
	}
	return t.changed(c, project, "column-"+column.String(), columnSection, form, t.Store.MoveColumn(t.Actor(c), column, before))
}

// DeleteColumn takes a column away; its tasks go to another one.
func (t *Team) DeleteColumn(c *fiber.Ctx) error {
	project, column, columns, err := t.column(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "to")
	to, err := db.ParseID(form.Value("to"))
	if err != nil || placeOf(columns, to) < 0 {
		err = &db.Invalid{Field: "to", Key: "column.choose-other"}
	} else {
		err = t.Store.DeleteColumn(t.Actor(c), column, to)
	}
	return t.changed(c, project, "column-"+column.String(), columnSection, form, err)
}
