package portal

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// threadURL is the page on which a conversation is held.
func threadURL(thread db.ClientThread) string {
	switch thread.Noun {
	case db.OnTask:
		return "/portal/tasks/" + thread.TaskID.String()
	case db.OnMilestone:
		return "/portal/milestones/" + thread.MilestoneID.String()
	}
	return "/portal/projects/" + thread.ProjectID.String() + "/conversation"
}

// ToThread leads from the id of a conversation to its page.
func (p *Portal) ToThread(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return p.look(c, func(s sight) error {
		thread, err := s.Thread(id)
		if err != nil {
			return err
		}
		return web.SeeOther(c, threadURL(thread)+"#talk")
	})
}

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

// Conversation is the page of what is said about a milestone or a project.
func (p *Portal) Conversation(noun string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := p.threadIn(c, noun)
		if err != nil {
			return err
		}
		return p.page(c, live.PageKey{Kind: talkPage, Noun: id}, "projects", "portal/talk", func(s sight) (string, any, error) {
			box, err := s.replyBox(id, "", "")
			if err != nil {
				return "", nil, err
			}
			return s.talkBody(box)
		})
	}
}

// threadIn is the conversation that an address means. The id of a thing of another
// noun is not found there.
func (p *Portal) threadIn(c *fiber.Ctx, noun string) (db.ID, error) {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return 0, err
	}
	return id, p.look(c, func(s sight) error {
		thread, err := s.Thread(id)
		if err == nil && thread.Noun != noun {
			err = db.ErrNotFound
		}
		return err
	})
}

// talkBody is the shell of that page. A task has a page of its own.
func (s sight) talkBody(box replyForm) (string, any, error) {
	if box.Thread.Noun == db.OnTask {
		return "", nil, db.ErrNotFound
	}
	project, err := s.Project(box.Thread.ProjectID)
	if err != nil {
		return "", nil, err
	}
	title, err := s.titleOf(box.Thread, project)
	return title, map[string]any{"Project": project, "Title": title, "Reply": box}, err
}

func (s sight) titleOf(thread db.ClientThread, project db.ClientProject) (string, error) {
	if thread.Noun == db.OnProject {
		return project.Name, nil
	}
	milestones, err := s.Milestones(project.ID)
	for _, milestone := range milestones {
		if milestone.ID == thread.MilestoneID {
			return milestone.Name, err
		}
	}
	return "", err
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
		if box.Thread.Noun == db.OnTask {
			template, kind, body = "portal/task", taskPage, s.taskBody
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

// thread is the region with what was said.
func (s sight) thread(id db.ID) (live.Region, error) {
	replies, err := s.Glass.Conversation(id)
	if err != nil {
		return live.Region{}, err
	}
	for i := range replies {
		if replies[i].Author == "" {
			replies[i].Author = s.space.Name
		}
		if !replies[i].DeletedAt.IsZero() && replies[i].DeletedBy == "" {
			replies[i].DeletedBy = s.space.Name
		}
	}
	for i := range replies {
		if quote := replies[i].Quote; quote != nil && quote.Author == "" {
			quote.Author = s.space.Name
		}
	}
	names, err := s.names(id)
	if err != nil {
		return live.Region{}, err
	}
	return s.region("thread", map[string]any{"W": s.Words, "Replies": replies, "Names": names, "Thread": id})
}

// may is the region that says whether the viewer may still answer.
func (s sight) may(id db.ID) (live.Region, error) {
	thread, err := s.Thread(id)
	if err != nil {
		return live.Region{}, err
	}
	return s.region("may", map[string]any{"W": s.Words, "May": thread.MayReply, "At": threadURL(thread)})
}

// threadLine is a conversation in a list, with its address.
type threadLine struct {
	db.ClientThreadLine
	URL string
}

func (s sight) threads(project db.ID) ([]threadLine, error) {
	threads, err := s.Threads(project)
	lines := make([]threadLine, len(threads))
	for i, thread := range threads {
		lines[i] = threadLine{thread, threadURL(thread.ClientThread)}
	}
	return lines, err
}

func (s sight) talkRegions(id db.ID) ([]live.Region, error) {
	thread, err := s.Thread(id)
	if err != nil {
		return nil, err
	}
	if thread.Noun == db.OnTask {
		return nil, db.ErrNotFound
	}
	project, err := s.Project(thread.ProjectID)
	if err != nil {
		return nil, err
	}
	title, err := s.titleOf(thread, project)
	if err != nil {
		return nil, err
	}
	threads, err := s.threads(project.ID)
	if err != nil {
		return nil, err
	}
	return drawAll(s.drawer("title", map[string]any{"W": s.Words, "Title": title, "Noun": thread.Noun}),
		func() (live.Region, error) { return s.thread(id) },
		func() (live.Region, error) { return s.clock(id) },
		func() (live.Region, error) { return s.may(id) },
		s.drawer("threads", map[string]any{"W": s.Words, "Threads": threads, "Here": id}))
}
