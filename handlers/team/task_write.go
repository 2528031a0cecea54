package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// MoveTask puts a task into a column, before another one or at the end.
func (t *Team) MoveTask(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form, before := web.ReadForm(c, "column", "before", "back"), db.ID(0)
	if text := form.Value("before"); text != "" {
		if before, err = db.ParseID(text); err != nil {
			return &db.Invalid{Field: "before", Key: "task.before-unknown"}
		}
	}
	column, err := t.Store.MoveTask(t.Actor(c), id, form.Value("column"), before)
	if err != nil {
		return err
	}
	if !web.HTMX(c) {
		return c.Redirect(db.OwnPath(form.Value("back"), boardURL(c, column.ProjectID)), fiber.StatusSeeOther)
	}
	return t.partials(c, live.PageKey{Team: true, Kind: boardPage, Project: column.ProjectID, Noun: column.ProjectID}, "board")
}

// ArchiveTask puts a task aside, or brings it back.
func (t *Team) ArchiveTask(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	archive, said := web.ReadForm(c, "archive").Value("archive") != "no", "restored"
	if err := t.Store.ArchiveTask(t.Actor(c), id, archive); err != nil {
		return err
	}
	if archive {
		said = "archived"
	}
	return web.SeeOther(c, taskURL(id)+"?said="+said)
}

// AddTask is the quick add below a column.
func (t *Team) AddTask(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "title", "column", "shown")
	_, err = t.Store.AddTask(t.Actor(c), id, db.NewTask{Title: form.Value("title"), Column: form.Value("column"), Shown: form.Value("shown")})
	if form.Refused(t.Words(c), err) {
		return t.addRefused(c, id, form)
	}
	if err != nil {
		return err
	}
	if !web.HTMX(c) {
		return c.Redirect(boardURL(c, id), fiber.StatusSeeOther)
	}
	return t.partials(c, live.PageKey{Team: true, Kind: boardPage, Project: id, Noun: id}, "board", "bounds")
}

// addRefused shows the form again, with what was typed and what is wrong.
func (t *Team) addRefused(c *fiber.Ctx, id db.ID, form web.Form) error {
	column, err := db.ParseID(form.Value("column"))
	if err != nil {
		return &db.Invalid{Field: "column", Key: "column.unknown"}
	}
	mistake := form.Mistake("title") + form.Mistake("shown")
	if web.HTMX(c) {
		var project db.Project
		if err := t.look(c, func(s sight) (err error) { project, err = s.Project(id); return err }); err != nil {
			return err
		}
		box := adding{W: t.Words(c), Project: id, Column: column, Shown: !project.NewTasksPrivate, Title: form.Value("title"), Mistake: mistake}
		return t.SendFragment(c, fiber.StatusUnprocessableEntity, "fragments/team_add", box)
	}
	return t.still(c, fiber.StatusUnprocessableEntity, "team/board", func(s sight) (content, []live.Region, error) {
		body, err := s.boardBody(id, through{})
		if err != nil {
			return body, nil, err
		}
		project, err := s.Project(id)
		if err != nil {
			return body, nil, err
		}
		regions, err := s.boardWith(project, adding{Column: column, Title: form.Value("title"), Mistake: mistake})
		return body, regions, err
	})
}
