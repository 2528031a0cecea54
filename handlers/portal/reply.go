package portal

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// replyForm is the box in which a client answers.
type replyForm struct {
	W             *views.Words
	Thread        db.ClientThread
	At            string // the address of what the conversation is about
	Workspace     string
	May           bool
	Readers       []string // of the team, where the project names them
	Text, Mistake string
	Attach        web.Attach // the files of what is being written
	Quote         *db.Quoted
	Names         func(id string) (string, bool) // of those whom the conversation mentions
}

// DraftAt and MentionsAt are where what is typed is kept, and whom it may mention.
func (f replyForm) DraftAt() string { return "/portal/threads/" + f.Thread.ID.String() + "/draft" }
func (f replyForm) MentionsAt() string {
	return "/portal/threads/" + f.Thread.ID.String() + "/mentions"
}

// replyBox is the box below a conversation, with what was typed in it.
func (s sight) replyBox(id db.ID, text, mistake string) (replyForm, error) {
	thread, err := s.Thread(id)
	if err != nil {
		return replyForm{}, err
	}
	draft, quote, err := s.draft(id)
	if err != nil {
		return replyForm{}, err
	}
	if text == "" && mistake == "" {
		text = draft.Body
	}
	mentioned, err := s.names(id)
	if err != nil {
		return replyForm{}, err
	}
	people, err := s.People(thread.ProjectID)
	if err != nil {
		return replyForm{}, err
	}
	attach, err := s.attach(thread)
	names := s.team(people)
	return replyForm{Attach: attach, Quote: quote, Names: mentioned, W: s.Words, Thread: thread, At: threadURL(thread), Workspace: s.space.Name, May: thread.MayReply,
		Readers: append(names["Lead"], names["With"]...), Text: text, Mistake: mistake}, err
}

// Reply takes what a client says in a conversation.
func (p *Portal) Reply(noun string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := p.threadIn(c, noun)
		if err != nil {
			return err
		}
		return p.reply(c, id)
	}
}

func (p *Portal) reply(c *fiber.Ctx, id db.ID) error {
	form := web.ReadForm(c, "body")
	_, err := p.Store.AddReply(p.Actor(c), id, form.Value("body"))
	if form.Refused(p.Words(c), err) {
		return p.replyRefused(c, id, form)
	}
	if err != nil {
		return err
	}
	return p.look(c, func(s sight) error {
		box, err := s.replyBox(id, "", "")
		switch {
		case err != nil:
			return err
		case web.HTMX(c):
			return s.replyTaken(c, box)
		}
		return web.SeeOther(c, box.At+"#talk")
	})
}

func (p *Portal) replyRefused(c *fiber.Ctx, id db.ID, form web.Form) error {
	return p.look(c, func(s sight) error {
		box, err := s.replyBox(id, form.Value("body"), form.Mistake("body"))
		if err != nil {
			return err
		}
		if web.HTMX(c) {
			return p.SendFragment(c, fiber.StatusUnprocessableEntity, "fragments/client_reply", box)
		}
		template, kind, body := "portal/talk", talkPage, s.talkBody
		switch box.Thread.Noun {
		case db.OnTask:
			template, kind, body = "portal/task", taskPage, s.taskBody
		case db.OnDecision:
			template, kind, body = "portal/decision", decisionPage, s.decidedBody
		case db.OnDeliverable:
			template, kind, body = "portal/deliverable", handedPage, s.handedBody
		case db.OnBudget:
			template, kind, body = "portal/budget", budgetPage, s.askedBody
		}
		title, data, err := body(box)
		if err != nil {
			return err
		}
		regions, err := s.regions(live.PageKey{Kind: kind, Noun: id, Project: box.Thread.ProjectID})
		if err != nil {
			return err
		}
		page := p.Page(c, title, "projects", data)
		page.Regions = web.RegionMap(regions)
		return p.Send(c, fiber.StatusUnprocessableEntity, template, page)
	})
}

// replyTaken answers htmx with an empty box and the conversation as it is now.
func (s sight) replyTaken(c *fiber.Ctx, box replyForm) error {
	thread, err := s.thread(box.Thread.ID)
	if err != nil {
		return err
	}
	answer, err := views.Draw("fragments/client_reply", box)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(append(answer, web.Partial(thread.Name, thread.HTML)...))
}
