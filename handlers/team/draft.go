package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// Draft keeps what somebody types into one of the two boxes, and what it quotes.
func (t *Team) Draft(kind string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := web.ParamID(c, "id")
		if err != nil {
			return err
		}
		draft, quotes, err := web.ReadDraft(c)
		if err != nil {
			return err
		}
		if err := t.Store.SaveDraft(t.Actor(c), id, kind, draft); err != nil {
			return err
		}
		switch {
		case !quotes:
			return c.SendStatus(fiber.StatusNoContent)
		case !web.HTMX(c):
			return t.toThread(c, id, "#write-"+kind)
		}
		return t.quoteIn(c, id, kind)
	}
}

// quoteIn answers with what a box quotes now.
func (t *Team) quoteIn(c *fiber.Ctx, id db.ID, kind string) error {
	var box composers
	if err := t.look(c, func(s sight) (err error) {
		if box, err = s.composers(id); err == nil {
			box, err = s.filled(box, writing{}, writing{})
		}
		return err
	}); err != nil {
		return err
	}
	return t.SendFragment(c, fiber.StatusOK, "fragments/team_quote", box.quoteOf(kind))
}

// quotation is what the top of a box shows of what is quoted.
type quotation struct {
	W     *views.Words
	Kind  string
	At    string // where its draft is kept
	Quote *db.Quoted
	Names func(id string) (string, bool)
}

func (b composers) quoteOf(kind string) quotation {
	text := b.Note
	if kind == db.Reply {
		text = b.Reply
	}
	return quotation{W: b.W, Kind: kind, At: b.DraftAt(kind), Quote: text.Quote, Names: b.Names}
}

// NoteQuote and ReplyQuote are what the two boxes quote.
func (b composers) NoteQuote() quotation  { return b.quoteOf(db.Note) }
func (b composers) ReplyQuote() quotation { return b.quoteOf(db.Reply) }

// DraftAt is where what is typed into a box is kept.
func (b composers) DraftAt(kind string) string {
	return "/threads/" + b.Thread.ID.String() + "/drafts/" + kind
}

// MentionsAt is where a box asks whom it may mention.
func (b composers) MentionsAt(kind string) string {
	return "/threads/" + b.Thread.ID.String() + "/mentions/" + kind
}

// filled puts into each box what was typed into a refused form, else the draft. A
// reply begun before its task became private can only become a note.
func (s sight) filled(box composers, note, reply writing) (composers, error) {
	drafts, err := s.Drafts(box.Thread.ID)
	if err != nil {
		return box, err
	}
	if box.Note, err = s.draftIn(note, drafts[db.Note]); err != nil {
		return box, err
	}
	if box.Reply, err = s.draftIn(reply, drafts[db.Reply]); err != nil {
		return box, err
	}
	box.Reply.Stopped = box.Reply.Stopped || box.Private
	names, err := s.MentionNames([]db.ID{box.Thread.ID})
	box.Names = s.names(names)
	return box, err
}

func (s sight) draftIn(box writing, draft db.Draft) (writing, error) {
	if box.Text == "" && box.Mistake == "" && draft.ID != 0 {
		box.Text, box.Kept = draft.Body, draft.Body != ""
	}
	var err error
	box.Quote, err = s.Quoted(draft.ThreadID, draft.Quote)
	return box, err
}

// names says how those are called whom a conversation mentions.
func (s sight) names(names map[db.ID]string) func(id string) (string, bool) {
	return web.NameOf(names, s.T("mention.somebody"), s.T("mention.somebody"))
}

// Mentions suggests whom a box of that kind may mention.
func (t *Team) Mentions(kind string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := web.ParamID(c, "id")
		if err != nil {
			return err
		}
		var names []string
		if err := t.look(c, func(s sight) error {
			thread, err := s.Thread(id)
			if err != nil {
				return err
			}
			if kind == db.Reply && !thread.MayReply || !thread.MayNote {
				return db.ErrNotFound
			}
			people, err := s.Mentionables(id, kind)
			names = web.Suggested(people, s.ID, c.Query("q"))
			return err
		}); err != nil {
			return err
		}
		return t.SendFragment(c, fiber.StatusOK, "fragments/mentions", map[string]any{"W": t.Words(c), "Kind": kind, "Names": names})
	}
}
