package team

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// updates is the page of a project's posts, with the form for a new one, or the form
// of one that is changed.
type updates struct {
	head
	Updates []db.StatusUpdate
	Update  db.StatusUpdate // the one that is changed
	Form    web.Form
	Doubts  doubting
	Stored  map[string]string // what somebody saved meanwhile
}

// Updates are what the team posted about a project.
func (t *Team) Updates(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.updates(c, id, fiber.StatusOK, web.FormOf(map[string]string{}), doubting{})
}

func (t *Team) updates(c *fiber.Ctx, id db.ID, status int, form web.Form, asked doubting) error {
	return t.still(c, status, "team/updates", func(s sight) (content, []live.Region, error) {
		h, err := s.head(id, "updates")
		if err != nil {
			return content{}, nil, err
		}
		list, err := s.Viewer.Updates(id)
		return content{h.Project.Name, updates{head: h, Updates: list, Form: form, Doubts: asked}}, nil, err
	})
}

// PostUpdate takes a post, once what may be wrong about its words was read again.
func (t *Team) PostUpdate(c *fiber.Ctx) error {
	project, err := t.inProject(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, append(doubtFields, "body")...)
	asked, err := t.doubts(c, project, form)
	if err == nil && asked.Asks() {
		return t.updates(c, project, fiber.StatusUnprocessableEntity, form, asked)
	}
	var id db.ID
	if err == nil {
		id, err = t.Store.PostUpdate(t.Actor(c), project, form.Value("body"))
	}
	if form.Refused(t.Words(c), err) {
		return t.updates(c, project, fiber.StatusUnprocessableEntity, form, doubting{})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, projectURL(project)+"/updates#update-"+id.String())
}

// EditUpdateForm shows a post to whoever may change it.
func (t *Team) EditUpdateForm(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.editingUpdate(c, id, fiber.StatusOK, retyped{})
}

func (t *Team) editingUpdate(c *fiber.Ctx, id db.ID, status int, sent retyped) error {
	return t.still(c, status, "team/update_edit", func(s sight) (content, []live.Region, error) {
		update, err := s.Update(id)
		if err == nil && !update.May {
			err = db.ErrDenied
		}
		if err != nil {
			return content{}, nil, err
		}
		h, err := s.head(update.ProjectID, "updates")
		page := updates{head: h, Update: update, Doubts: sent.doubts,
			Form: web.FormOf(map[string]string{"body": update.Body, "version": strconv.FormatInt(update.Version, 10)})}
		if sent.form != nil {
			page.Form = *sent.form
		}
		if sent.conflict != nil {
			page.Stored = sent.conflict.Theirs
			page.Form.Values["version"] = strconv.FormatInt(sent.conflict.Version, 10)
		}
		return content{h.Project.Name, page}, nil, err
	})
}

// EditUpdate takes the form; where somebody else was quicker both texts are shown.
func (t *Team) EditUpdate(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	project, err := t.updateOf(c, id)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, append(doubtFields, "body", "version")...)
	asked, err := t.doubts(c, project, form)
	if err == nil && asked.Asks() {
		return t.editingUpdate(c, id, fiber.StatusUnprocessableEntity, retyped{form: &form, doubts: asked})
	}
	if err == nil {
		err = t.Store.EditUpdate(t.Actor(c), id, form.Value("body"), number(form.Value("version")))
	}
	if conflict := conflictOf(err); conflict != nil {
		return t.editingUpdate(c, id, fiber.StatusConflict, retyped{form: &form, conflict: conflict})
	}
	if form.Refused(t.Words(c), err) {
		return t.editingUpdate(c, id, fiber.StatusUnprocessableEntity, retyped{form: &form})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, projectURL(project)+"/updates#update-"+id.String())
}

// DeleteUpdate takes a post back.
func (t *Team) DeleteUpdate(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	project, err := t.updateOf(c, id)
	if err != nil {
		return err
	}
	if err := t.Store.DeleteUpdate(t.Actor(c), id); err != nil {
		return err
	}
	return web.SeeOther(c, projectURL(project)+"/updates")
}

// updateOf is the project of a post that the viewer sees.
func (t *Team) updateOf(c *fiber.Ctx, id db.ID) (project db.ID, err error) {
	err = t.look(c, func(s sight) error {
		update, err := s.Update(id)
		project = update.ProjectID
		return err
	})
	return project, err
}
