package portal

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// threadURL is the page on which a conversation is held.
func threadURL(thread db.ClientThread) string {
	switch thread.Noun {
	case db.OnTask:
		return "/portal/tasks/" + thread.TaskID.String()
	case db.OnMilestone:
		return "/portal/milestones/" + thread.MilestoneID.String()
	case db.OnDecision:
		return "/portal/decisions/" + thread.DecisionID.String()
	case db.OnDeliverable:
		return "/portal/deliverables/" + thread.DeliverableID.String()
	case db.OnBudget:
		return budgetURL(thread.ID)
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

// talkBody is the shell of that page.
func (s sight) talkBody(box replyForm) (string, any, error) {
	if box.Thread.Noun != db.OnMilestone && box.Thread.Noun != db.OnProject { // others have a page of their own
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
	switch thread.Noun {
	case db.OnProject:
		return project.Name, nil
	case db.OnDeliverable:
		d, err := s.Glass.Deliverable(thread.DeliverableID)
		return d.Name, err
	case db.OnBudget:
		b, err := s.Glass.Budget(thread.ID, db.Date(s.Today()))
		return b.Name, err
	case db.OnDecision:
		d, err := s.Glass.Decision(thread.DecisionID)
		return d.Now.Question, err
	}
	milestones, err := s.Milestones(project.ID)
	for _, milestone := range milestones {
		if milestone.ID == thread.MilestoneID {
			return milestone.Name, err
		}
	}
	return "", err
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
	if thread.Noun != db.OnMilestone && thread.Noun != db.OnProject {
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
