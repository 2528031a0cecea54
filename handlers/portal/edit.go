package portal

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// editPage is where a client changes what they said.
type editPage struct {
	Reply   db.ClientReply
	Project db.ClientProject
	About   string // the conversation's title
	At      string // its address
	Form    web.Form
	Theirs  map[string]string // what was saved in another window meanwhile
	Gone    bool              // it was deleted meanwhile
}

// editPage reads it. Only one's own words are there, while one may say something there.
func (s sight) editPage(id db.ID) (page editPage, err error) {
	if page.Reply, err = s.Glass.Reply(id); err != nil {
		return page, err
	}
	thread, err := s.Thread(page.Reply.ThreadID)
	if err == nil && (page.Reply.AuthorID != s.Viewer() || !thread.MayReply) {
		err = db.ErrNotFound
	}
	if err != nil {
		return page, err
	}
	if page.Project, err = s.Project(thread.ProjectID); err != nil {
		return page, err
	}
	page.At, page.Gone = threadURL(thread), !page.Reply.DeletedAt.IsZero()
	page.Form = web.FormOf(map[string]string{"body": page.Reply.Body, "version": strconv.FormatInt(page.Reply.Version, 10)})
	if thread.Noun == db.OnTask {
		task, err := s.Task(thread.TaskID)
		page.About = task.Title
		return page, err
	}
	page.About, err = s.titleOf(thread, page.Project)
	return page, err
}

// EditForm shows a client their own reply, as it was typed.
func (p *Portal) EditForm(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return p.editing(c, id, fiber.StatusOK, nil, nil)
}

func (p *Portal) editing(c *fiber.Ctx, id db.ID, status int, sent *web.Form, conflict *db.Conflict) error {
	return p.look(c, func(s sight) error {
		body, err := s.editPage(id)
		if err == nil && body.Gone && sent == nil {
			err = db.ErrNotFound
		}
		if err != nil {
			return err
		}
		if sent != nil {
			body.Form = *sent
		}
		if conflict != nil {
			body.Theirs = conflict.Theirs
			body.Form.Values["version"] = strconv.FormatInt(conflict.Version, 10)
		}
		room, err := p.Room(c, s.Glass)
		if err != nil {
			return err
		}
		room.Enter(body.Project.CompanyID)
		page := p.Page(c, body.About, "projects", body)
		if err := room.Dress(s.Glass, page); err != nil {
			return err
		}
		return p.Send(c, status, "portal/comment_edit", page)
	})
}

// Edit takes the form. Where it was saved in another window meanwhile nothing is
// stored, and both texts are shown.
func (p *Portal) Edit(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "body", "version")
	version, _ := strconv.ParseInt(form.Value("version"), 10, 64) // none is one that is not stored
	thread, err := p.Store.EditReply(p.Actor(c), id, form.Value("body"), version)
	var conflict *db.Conflict
	if errors.As(err, &conflict) {
		return p.editing(c, id, fiber.StatusConflict, &form, conflict)
	}
	if form.Refused(p.Words(c), err) {
		return p.editing(c, id, fiber.StatusUnprocessableEntity, &form, nil)
	}
	if err != nil {
		return err
	}
	return p.toReply(c, thread, id)
}

// Delete takes back a client's own reply: its words go, a mark stays.
func (p *Portal) Delete(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	thread, err := p.Store.DeleteReply(p.Actor(c), id)
	if err != nil {
		return err
	}
	return p.toReply(c, thread, id)
}

// toReply leads to where a reply stands in its conversation.
func (p *Portal) toReply(c *fiber.Ctx, thread, id db.ID) error {
	var of db.ClientThread
	if err := p.look(c, func(s sight) (err error) { of, err = s.Thread(thread); return err }); err != nil {
		return err
	}
	return web.SeeOther(c, threadURL(of)+"#reply-"+id.String())
}

// Seen takes from a page which reply is the newest that its reader had on screen.
func (p *Portal) Seen(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	newest, err := db.ParseID(web.ReadForm(c, "reply").Value("reply"))
	if err != nil {
		return err
	}
	if err := p.Store.MarkRead(p.Actor(c), id, newest); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
