package team

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// sayingURL is where a reply or a note is changed.
func sayingURL(kind string, id db.ID) string {
	return map[string]string{db.Reply: "/replies/", db.Note: "/notes/"}[kind] + id.String()
}

func (s sight) saying(kind string, id db.ID) (db.Saying, error) {
	if kind == db.Note {
		return s.Viewer.Note(id)
	}
	return s.Viewer.Reply(id)
}

// sayingPage is what the pages about one reply or note have in common.
type sayingPage struct {
	head
	Saying db.Saying
	At     string // its own address
	Back   string // where it stands in its conversation
	About  string // the conversation's title
	Client string // who reads a reply, by the company's name
}

func (s sight) sayingPage(kind string, id db.ID) (page sayingPage, err error) {
	if page.Saying, err = s.saying(kind, id); err != nil {
		return page, err
	}
	thread, err := s.Thread(page.Saying.ThreadID)
	if err != nil {
		return page, err
	}
	page.head, err = s.head(thread.ProjectID, "talk")
	page.At, page.Back, page.About = sayingURL(kind, id), threadURL(thread)+"#"+kind+"-"+id.String(), thread.Title
	if page.Client = page.Project.Company; page.Client == "" {
		page.Client = page.Project.Name
	}
	return page, err
}

// edited is the page on which an author changes their words.
type edited struct {
	sayingPage
	Form   web.Form
	Stored map[string]string // what somebody saved meanwhile
	Gone   bool              // it was deleted meanwhile
}

// EditSayingForm shows a reply or a note to its author, as it was typed.
func (t *Team) EditSayingForm(kind string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := web.ParamID(c, "id")
		if err != nil {
			return err
		}
		return t.editingSaying(c, kind, id, fiber.StatusOK, nil, nil)
	}
}

func (t *Team) editingSaying(c *fiber.Ctx, kind string, id db.ID, status int, sent *web.Form, conflict *db.Conflict) error {
	return t.still(c, status, "team/comment_edit", func(s sight) (content, []live.Region, error) {
		base, err := s.sayingPage(kind, id)
		page := edited{sayingPage: base}
		switch page.Gone = !base.Saying.DeletedAt.IsZero(); {
		case err != nil:
			return content{}, nil, err
		case base.Saying.AuthorID != s.ID:
			return content{}, nil, db.ErrDenied
		case page.Gone && sent == nil:
			return content{}, nil, db.ErrNotFound
		}
		page.Form = web.FormOf(map[string]string{"body": base.Saying.Body, "version": strconv.FormatInt(base.Saying.Version, 10)})
		if sent != nil {
			page.Form = *sent
		}
		if conflict != nil {
			page.Stored = conflict.Theirs
			page.Form.Values["version"] = strconv.FormatInt(conflict.Version, 10)
		}
		return content{base.About, page}, nil, nil
	})
}

// EditSaying takes the form. Where it was saved in another window meanwhile nothing
// is stored, and both texts are shown.
func (t *Team) EditSaying(kind string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := web.ParamID(c, "id")
		if err != nil {
			return err
		}
		form, change := web.ReadForm(c, "body", "version"), t.Store.EditReply
		if kind == db.Note {
			change = t.Store.EditNote
		}
		thread, err := change(t.Actor(c), id, form.Value("body"), number(form.Value("version")))
		if conflict := conflictOf(err); conflict != nil {
			return t.editingSaying(c, kind, id, fiber.StatusConflict, &form, conflict)
		}
		if form.Refused(t.Words(c), err) {
			return t.editingSaying(c, kind, id, fiber.StatusUnprocessableEntity, &form, nil)
		}
		if err != nil {
			return err
		}
		return t.toThread(c, thread, "#"+kind+"-"+id.String())
	}
}

// DeleteSaying takes a reply or a note back everywhere.
func (t *Team) DeleteSaying(kind string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := web.ParamID(c, "id")
		if err != nil {
			return err
		}
		remove := t.Store.DeleteReply
		if kind == db.Note {
			remove = t.Store.DeleteNote
		}
		thread, err := remove(t.Actor(c), id)
		if err != nil {
			return err
		}
		if kind == db.Reply && web.ReadForm(c, "back").Value("back") == "drill" {
			return web.SeeOther(c, sayingURL(kind, id)+"/drill")
		}
		return t.toThread(c, thread, "#"+kind+"-"+id.String())
	}
}

// version is what something once said, beside what it had said before.
type version struct {
	db.Revision
	Changes []views.Change
}

// SayingHistory shows the team what a reply or a note has said, newest first.
func (t *Team) SayingHistory(kind string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := web.ParamID(c, "id")
		if err != nil {
			return err
		}
		return t.still(c, fiber.StatusOK, "team/history", func(s sight) (content, []live.Region, error) {
			page, err := s.sayingPage(kind, id)
			if err != nil {
				return content{}, nil, err
			}
			read := s.ReplyRevisions
			if kind == db.Note {
				read = s.NoteRevisions
			}
			list, err := read(id)
			return content{page.About, map[string]any{"Page": page, "Versions": versions(list)}}, nil, err
		})
	}
}

func versions(list []db.Revision) []version {
	shown := make([]version, len(list))
	for i, revision := range list {
		before := revision.Body // the first one differs from nothing
		if i > 0 {
			before = list[i-1].Body
		}
		shown[len(list)-1-i] = version{revision, views.Changes(before, revision.Body)}
	}
	return shown
}
