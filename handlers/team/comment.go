package team

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// composers are the two boxes below a conversation. They are two forms with two
// addresses: what is typed into one can never go out by the other.
type composers struct {
	W       *views.Words
	Thread  db.Thread
	At      string // the address of what the conversation is about
	Closed  bool   // the project is archived: nothing can be written
	Private bool   // nobody of the client reads here, so there is no reply
	Client  string // who a reply goes to, by the company's name
	Team    []string
	Seen    string                         // stands for the readers that the reply form was drawn with
	Names   func(id string) (string, bool) // of those whom the conversation mentions
	Note    writing
	Reply   writing
	Attach  map[string]web.Attach // the files of what is being written, by kind
}

// writing is what stands in a box.
type writing struct {
	Text, Mistake string
	Open          bool // the reply's box was open, or a fresh note's box takes the focus
	Focus         bool // the words were taken back: the box takes the focus
	Stopped       bool // the reply cannot be sent any more, only kept as a note
	Doubts        doubting
	Kept          bool // the text is a draft
	Quote         *db.Quoted
}

// composers reads who would read what is written in a thread.
func (s sight) composers(id db.ID) (composers, error) {
	thread, err := s.Thread(id)
	if err != nil {
		return composers{}, err
	}
	project, err := s.Project(thread.ProjectID)
	if err != nil {
		return composers{}, err
	}
	roster, err := s.Roster(project.ID)
	if err != nil {
		return composers{}, err
	}
	readers, err := s.Readers(id)
	box := composers{W: s.Words, Thread: thread, At: threadURL(thread), Closed: !thread.MayNote, Private: !thread.MayReply,
		Client: project.Company, Team: teamOf(roster, s.ID)}
	if box.Client == "" {
		box.Client = project.Name
	}
	parts := []any{box.Client, box.Private}
	for _, reader := range readers {
		parts = append(parts, reader.ID)
	}
	box.Seen = live.Stamp(live.Audience{}, live.PageKey{}, parts...)
	if err != nil {
		return box, err
	}
	box.Attach, err = s.attach(thread)
	return box, err
}

// Note takes what the team says among itself.
func (t *Team) Note(noun string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := t.threadIn(c, noun)
		if err != nil {
			return err
		}
		return t.note(c, id)
	}
}

func (t *Team) note(c *fiber.Ctx, id db.ID) error {
	form := web.ReadForm(c, "body", "from")
	if form.Value("from") == db.Reply { // it was begun in the other box
		return t.noteInstead(c, id, form)
	}
	_, err := t.Store.AddNote(t.Actor(c), id, form.Value("body"))
	if form.Refused(t.Words(c), err) {
		return t.writeRefused(c, id, "note", writing{Text: form.Value("body"), Mistake: form.Mistake("body")})
	}
	if err != nil {
		return err
	}
	return t.written(c, id, "note", writing{Open: true})
}

// Reply takes what the client is to read.
func (t *Team) Reply(noun string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := t.threadIn(c, noun)
		if err != nil {
			return err
		}
		return t.reply(c, id)
	}
}

func (t *Team) reply(c *fiber.Ctx, id db.ID) error {
	form := web.ReadForm(c, append(doubtFields, "body", "seen")...)
	stopped, err := t.stillRead(c, id, form.Value("seen"))
	if err == nil {
		asked, failed := t.doubts(c, id, form)
		if failed == nil && asked.Asks() {
			return t.writeRefused(c, id, "reply", writing{Text: form.Value("body"), Open: true, Doubts: asked})
		}
		err = failed
		if err == nil {
			err = t.sendReply(c, id, form.Value("body"), asked.Ticked)
		}
	}
	if form.Refused(t.Words(c), err) {
		return t.writeRefused(c, id, "reply", writing{Text: form.Value("body"), Mistake: form.Mistake("body"), Open: true, Stopped: stopped})
	}
	if err != nil {
		return err
	}
	return t.written(c, id, "reply", writing{})
}

// sendReply stores a reply; readAgain says that there were doubts about it.
func (t *Team) sendReply(c *fiber.Ctx, id db.ID, body string, readAgain bool) error {
	add := t.Store.AddReply
	if readAgain {
		add = t.Store.AddReplyRead
	}
	_, err := add(t.Actor(c), id, body)
	return err
}

// stillRead refuses a reply whose readers are not those that its form named.
// stopped says that no reply is possible here any more.
func (t *Team) stillRead(c *fiber.Ctx, id db.ID, seen string) (stopped bool, err error) {
	err = t.look(c, func(s sight) error {
		box, err := s.composers(id)
		switch {
		case err != nil:
			return err
		case box.Closed:
			return db.ErrDenied
		case box.Private:
			stopped = true
			return &db.Invalid{Field: "body", Key: "write.stopped-private"}
		case seen != "" && seen != box.Seen:
			return &db.Invalid{Field: "body", Key: "write.stopped-readers"}
		}
		return nil
	})
	return stopped, err
}

// writeRefused shows the box again, with the text in it and what is wrong.
func (t *Team) writeRefused(c *fiber.Ctx, id db.ID, kind string, text writing) error {
	if web.HTMX(c) {
		return t.box(c, id, kind, text, fiber.StatusUnprocessableEntity)
	}
	note, reply := text, writing{}
	if kind == "reply" {
		note, reply = writing{}, text
	}
	template, err := t.templateOf(c, id)
	if err != nil {
		return err
	}
	return t.still(c, fiber.StatusUnprocessableEntity, template, func(s sight) (content, []live.Region, error) {
		body, err := s.threadBody(id, note, reply)
		if err != nil {
			return body, nil, err
		}
		regions, err := s.threadRegions(id)
		return body, regions, err
	})
}

// written answers a taken note or reply: an empty box and the conversation.
func (t *Team) written(c *fiber.Ctx, id db.ID, kind string, fresh writing) error {
	if !web.HTMX(c) {
		return t.toThread(c, id, "#talk")
	}
	return t.box(c, id, kind, fresh, fiber.StatusOK)
}

// box answers htmx with one of the two boxes, and with the conversation as it is now.
func (t *Team) box(c *fiber.Ctx, id db.ID, kind string, text writing, status int) error {
	var box composers
	var drawn live.Drawing
	settings := t.Workspace().Version
	err := t.look(c, func(s sight) (err error) {
		if box, err = s.composers(id); err != nil {
			return err
		}
		note, reply := text, writing{}
		if kind == db.Reply {
			note, reply = reply, text
		}
		if box, err = s.filled(box, note, reply); err != nil {
			return err
		}
		drawn, err = t.draw(s, threadKey(box.Thread), settings, "")
		return err
	})
	if err != nil {
		return err
	}
	template, data := "fragments/team_note_form", any(nil)
	if kind == "note" {
		data = box
	} else {
		if template = "fragments/team_reply"; status != fiber.StatusOK {
			template = "fragments/team_reply_form" // in its open box
		}
		data = map[string]any{"Box": box, "Goes": web.RegionMap(drawn.Regions)["goes"]}
	}
	answer, err := views.Draw(template, data)
	if err != nil {
		return err
	}
	if kind == "note" {
		quote, err := views.Draw("fragments/team_quote", box.NoteQuote())
		if err != nil {
			return err
		}
		answer = append(answer, web.PartialAt("#note-quote", quote)...)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Status(status).Send(append(answer, partialOf(drawn, "thread")...))
}

// conflictOf finds a Conflict in an error.
func conflictOf(err error) *db.Conflict {
	var conflict *db.Conflict
	errors.As(err, &conflict)
	return conflict
}
