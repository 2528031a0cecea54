package portal

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// Draft keeps what a client types into the box of a conversation, and what it quotes.
func (p *Portal) Draft(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	draft, quotes, err := web.ReadDraft(c)
	if err != nil {
		return err
	}
	if err := p.Store.SaveDraft(p.Actor(c), id, db.Reply, draft); err != nil {
		return err
	}
	if !quotes {
		return c.SendStatus(fiber.StatusNoContent)
	}
	return p.look(c, func(s sight) error {
		box, err := s.replyBox(id, "", "")
		switch {
		case err != nil:
			return err
		case web.HTMX(c):
			return p.SendFragment(c, fiber.StatusOK, "fragments/client_quote", box)
		}
		return web.SeeOther(c, box.At+"#reply-box")
	})
}

// draft is what the viewer began to write and what it quotes. Whoever looks through
// somebody sees nothing of it.
func (s sight) draft(thread db.ID) (db.Draft, *db.Quoted, error) {
	if !s.own {
		return db.Draft{}, nil, nil
	}
	draft, err := s.Glass.Draft(thread)
	if err != nil {
		return draft, nil, err
	}
	quote, err := s.Quoted(thread, draft.Quote)
	if quote != nil && quote.Author == "" {
		quote.Author = s.space.Name
	}
	return draft, quote, err
}

// names says how those are called whom a conversation mentions.
func (s sight) names(thread db.ID) (func(id string) (string, bool), error) {
	names, err := s.MentionNames(thread)
	return web.NameOf(names, s.space.Name, s.T("mention.somebody")), err
}

// Mentions suggests whom a client may mention: those whom the project shows them.
func (p *Portal) Mentions(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return p.look(c, func(s sight) error {
		thread, err := s.Thread(id)
		if err != nil {
			return err
		}
		if !thread.MayReply {
			return db.ErrNotFound
		}
		people, err := s.People(thread.ProjectID)
		if err != nil {
			return err
		}
		var list []db.Mentionable
		for _, person := range people {
			if person.ID != 0 {
				list = append(list, db.Mentionable{ID: person.ID, Name: person.Name})
			}
		}
		return p.SendFragment(c, fiber.StatusOK, "fragments/mentions", map[string]any{"W": s.Words, "Kind": db.Reply, "Names": web.Suggested(list, s.Viewer(), c.Query("q"))})
	})
}
