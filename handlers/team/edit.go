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
	Doubts doubting
}

// retyped is a form that is shown again: what was typed, and why it was not taken.
type retyped struct {
	form     *web.Form
	conflict *db.Conflict
	doubts   doubting
}

// EditSayingForm shows a reply or a note to its author, as it was typed.
func (t *Team) EditSayingForm(kind string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := web.ParamID(c, "id")
		if err != nil {
			return err
		}
		return t.editingSaying(c, kind, id, fiber.StatusOK, retyped{})
	}
}

func (t *Team) editingSaying(c *fiber.Ctx, kind string, id db.ID, status int, sent retyped) error {
	return t.still(c, status, "team/comment_edit", func(s sight) (content, []live.Region, error) {
		base, err := s.sayingPage(kind, id)
		page := edited{sayingPage: base, Doubts: sent.doubts}
		switch page.Gone = !base.Saying.DeletedAt.IsZero(); {
		case err != nil:
			return content{}, nil, err
		case base.Saying.AuthorID != s.ID:
			return content{}, nil, db.ErrDenied
		case page.Gone && sent.form == nil:
			return content{}, nil, db.ErrNotFound
		}
		page.Form = web.FormOf(map[string]string{"body": base.Saying.Body, "version": strconv.FormatInt(base.Saying.Version, 10)})
		if sent.form != nil {
			page.Form = *sent.form
		}
		if sent.conflict != nil {
			page.Stored = sent.conflict.Theirs
			page.Form.Values["version"] = strconv.FormatInt(sent.conflict.Version, 10)
		}
		return content{base.About, page}, nil, nil
	})
}

// EditSaying takes the form. Where it was saved in another window meanwhile nothing
// is stored, and both texts are shown. A reply is looked through as a new one is.
func (t *Team) EditSaying(kind string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := web.ParamID(c, "id")
		if err != nil {
			return err
		}
		form := web.ReadForm(c, append(doubtFields, "body", "version")...)
		asked, err := t.editDoubts(c, kind, id, form)
		if err == nil && asked.Asks() {
			return t.editingSaying(c, kind, id, fiber.StatusUnprocessableEntity, retyped{form: &form, doubts: asked})
		}
		var thread db.ID
		if err == nil {
			thread, err = t.change(kind, asked.Ticked)(t.Actor(c), id, form.Value("body"), number(form.Value("version")))
		}
		if conflict := conflictOf(err); conflict != nil {
			return t.editingSaying(c, kind, id, fiber.StatusConflict, retyped{form: &form, conflict: conflict})
		}
		if form.Refused(t.Words(c), err) {
			return t.editingSaying(c, kind, id, fiber.StatusUnprocessableEntity, retyped{form: &form})
		}
		if err != nil {
			return err
		}
		return t.toThread(c, thread, "#"+kind+"-"+id.String())
	}
}

// editDoubts are the doubts about new words for a reply. A note goes to no client,
// and a form that was outrun by another asks nothing: it is not stored as it is.
func (t *Team) editDoubts(c *fiber.Ctx, kind string, id db.ID, form web.Form) (doubting, error) {
	if kind == db.Note {
		return doubting{}, nil
	}
	var said db.Saying
	err := t.look(c, func(s sight) (err error) {
		said, err = s.saying(kind, id)
		return err
	})
	if err != nil || !said.DeletedAt.IsZero() || said.Version != number(form.Value("version")) {
		return doubting{}, err
	}
	return t.doubts(c, said.ThreadID, form)
}

// change is how the words of a reply or a note are stored; readAgain says that there
// were doubts about them.
func (t *Team) change(kind string, readAgain bool) func(db.Actor, db.ID, string, int64) (db.ID, error) {
	switch {
	case kind == db.Note:
		return t.Store.EditNote
	case readAgain:
		return t.Store.EditReplyRead
	}
	return t.Store.EditReply
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
