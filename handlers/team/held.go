package team

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// TakeBack undoes a held reply: its words are in its author's reply box again.
func (t *Team) TakeBack(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	back, err := t.Store.TakeBack(t.Actor(c), id)
	if err == nil && back.Author == t.Actor(c).ID {
		return t.reopen(c, back.Thread)
	}
	return t.heldChanged(c, id, back.Thread, "?said=held-theirs", err)
}

// SendNow lets clients see a held reply at once.
func (t *Team) SendNow(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	thread, err := t.Store.SendNow(t.Actor(c), id)
	return t.heldChanged(c, id, thread, "", err)
}

// MakeNote keeps a held reply within the team.
func (t *Team) MakeNote(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	thread, err := t.Store.MakeNote(t.Actor(c), id)
	return t.heldChanged(c, id, thread, "?said=note", err)
}

// noteInstead takes as a note what was typed into the reply box, which is empty then.
func (t *Team) noteInstead(c *fiber.Ctx, id db.ID, form web.Form) error {
	_, err := t.Store.AddInstead(t.Actor(c), id, form.Value("body"))
	if form.Refused(t.Words(c), err) {
		return t.writeRefused(c, id, "reply", writing{Text: form.Value("body"), Mistake: form.Mistake("body"), Open: true})
	}
	if err != nil {
		return err
	}
	return t.written(c, id, "reply", writing{})
}

// heldChanged answers with the conversation as it is now. Who came too late reads
// there that clients have the words already.
func (t *Team) heldChanged(c *fiber.Ctx, id, thread db.ID, said string, err error) error {
	late := errors.Is(err, db.ErrSent)
	if err != nil && !late {
		return err
	}
	if !web.HTMX(c) {
		if late {
			said = "?said=held-late"
		}
		return t.toThread(c, thread, said+"#talk")
	}
	_, drawn, err := t.conversation(c, thread)
	if err != nil {
		return err
	}
	answer := partialOf(drawn, "thread")
	if late {
		told, err := views.Draw("fragments/team_held_late", map[string]any{"W": t.Words(c), "ID": id})
		if err != nil {
			return err
		}
		answer = append(answer, told...)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(answer)
}

// reopen shows the reply box with what was taken back. Where no reply is possible
// any more, or without a box on the page, that is the page once more.
func (t *Team) reopen(c *fiber.Ctx, thread db.ID) error {
	box, drawn, err := t.conversation(c, thread)
	if err != nil {
		return err
	}
	if !web.HTMX(c) || box.Private || box.Closed {
		return web.SeeOther(c, box.At+"?box=reply#write-reply")
	}
	if err := t.look(c, func(s sight) (err error) { box.Reply, err = s.reopened(thread, "reply"); return err }); err != nil {
		return err
	}
	form, err := views.Draw("fragments/team_reply", map[string]any{"Box": box, "Goes": web.RegionMap(drawn.Regions)["goes"]})
	if err != nil {
		return err
	}
	answer := append([]byte(`<hx-partial hx-target="#write-reply" hx-swap="outerHTML">`), form...)
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(append(append(answer, "</hx-partial>"...), partialOf(drawn, "thread")...))
}

// conversation reads the boxes of a conversation and draws its page's regions.
func (t *Team) conversation(c *fiber.Ctx, thread db.ID) (box composers, drawn live.Drawing, err error) {
	settings := t.Workspace().Version
	err = t.look(c, func(s sight) (err error) {
		if box, err = s.composers(thread); err != nil {
			return err
		}
		drawn, err = t.draw(s, threadKey(box.Thread), settings, "")
		return err
	})
	return box, drawn, err
}

// reopened is the reply box as it is shown once, after a reply was taken back:
// open, with the words in it. The address asks for it; a box is never remembered.
func (s sight) reopened(thread db.ID, asked string) (writing, error) {
	if asked != "reply" {
		return writing{}, nil
	}
	drafts, err := s.Drafts(thread)
	if err != nil || drafts[db.Reply].Body == "" {
		return writing{}, err
	}
	of, err := s.Thread(thread)
	return writing{Text: drafts[db.Reply].Body, Open: true, Focus: true, Stopped: !of.MayReply}, err
}
