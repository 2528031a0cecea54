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
	Task    db.ID
	Closed  bool   // the project is archived: nothing can be written
	Private bool   // nobody of the client reads here, so there is no reply
	Client  string // who a reply goes to, by the company's name
	Team    []string
	Seen    string // stands for the readers that the reply form was drawn with
	Note    writing
	Reply   writing
}

// writing is what stands in a box.
type writing struct {
	Text, Mistake string
	Open          bool // the reply's box was open, or a fresh note's box takes the focus
	Stopped       bool // the reply cannot be sent any more, only kept as a note
}

// composers reads who would read what is written on a task.
func (s sight) composers(task db.Task) (composers, error) {
	project, err := s.Project(task.ProjectID)
	if err != nil {
		return composers{}, err
	}
	roster, err := s.Roster(project.ID)
	if err != nil {
		return composers{}, err
	}
	readers, err := s.Readers(task.ID)
	box := composers{W: s.Words, Task: task.ID, Closed: !project.ArchivedAt.IsZero(), Private: task.Private || !task.ArchivedAt.IsZero(),
		Client: project.Company, Team: teamOf(roster, s.ID)}
	if box.Client == "" {
		box.Client = project.Name
	}
	parts := []any{box.Client, box.Private}
	for _, reader := range readers {
		parts = append(parts, reader.ID)
	}
	box.Seen = live.Stamp(live.Audience{}, live.PageKey{}, parts...)
	return box, err
}

// Note takes what the team says among itself.
func (t *Team) Note(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "body")
	_, err = t.Store.AddNote(t.Actor(c), id, form.Value("body"))
	if form.Refused(t.Words(c), err) {
		return t.writeRefused(c, id, "note", writing{Text: form.Value("body"), Mistake: form.Mistake("body")})
	}
	if err != nil {
		return err
	}
	return t.written(c, id, "note", writing{Open: true})
}

// Reply takes what the client is to read.
func (t *Team) Reply(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "body", "seen")
	stopped, err := t.stillRead(c, id, form.Value("seen"))
	if err == nil {
		_, err = t.Store.AddReply(t.Actor(c), id, form.Value("body"))
	}
	if form.Refused(t.Words(c), err) {
		return t.writeRefused(c, id, "reply", writing{Text: form.Value("body"), Mistake: form.Mistake("body"), Open: true, Stopped: stopped})
	}
	if err != nil {
		return err
	}
	return t.written(c, id, "reply", writing{})
}

// stillRead refuses a reply whose readers are not those that its form named.
// stopped says that no reply is possible here any more.
func (t *Team) stillRead(c *fiber.Ctx, id db.ID, seen string) (stopped bool, err error) {
	err = t.look(c, func(s sight) error {
		task, err := s.Task(id)
		if err != nil {
			return err
		}
		box, err := s.composers(task)
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
	return t.still(c, fiber.StatusUnprocessableEntity, "team/task", func(s sight) (content, []live.Region, error) {
		body, err := s.taskBody(id, note, reply)
		if err != nil {
			return body, nil, err
		}
		task, err := s.Task(id)
		if err != nil {
			return body, nil, err
		}
		project, err := s.Project(task.ProjectID)
		if err != nil {
			return body, nil, err
		}
		regions, err := s.taskRegions(project, id)
		return body, regions, err
	})
}

// written answers a taken note or reply: an empty box and the conversation.
func (t *Team) written(c *fiber.Ctx, id db.ID, kind string, fresh writing) error {
	if !web.HTMX(c) {
		return c.Redirect(taskURL(id)+"#talk", fiber.StatusSeeOther)
	}
	return t.box(c, id, kind, fresh, fiber.StatusOK)
}

// box answers htmx with one of the two boxes, and with the conversation as it is now.
func (t *Team) box(c *fiber.Ctx, id db.ID, kind string, text writing, status int) error {
	var box composers
	var drawn live.Drawing
	settings := t.Workspace().Version
	err := t.look(c, func(s sight) error {
		task, err := s.Task(id)
		if err != nil {
			return err
		}
		if box, err = s.composers(task); err != nil {
			return err
		}
		drawn, err = t.draw(s, taskKey(id), settings, "")
		return err
	})
	if err != nil {
		return err
	}
	template, data := "fragments/team_note_form", any(nil)
	if box.Note = text; kind == "note" {
		data = box
	} else {
		box.Note, box.Reply = writing{}, text
		if template = "fragments/team_reply"; status != fiber.StatusOK {
			template = "fragments/team_reply_form" // in its open box
		}
		data = map[string]any{"Box": box, "Goes": web.RegionMap(drawn.Regions)["goes"]}
	}
	answer, err := views.Draw(template, data)
	if err != nil {
		return err
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
