package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// threadURL is the page on which a conversation is held.
func threadURL(thread db.Thread) string {
	switch thread.Noun {
	case db.OnTask:
		return taskURL(thread.TaskID)
	case db.OnMilestone:
		return "/milestones/" + thread.MilestoneID.String()
	case db.OnDecision:
		return "/decisions/" + thread.DecisionID.String()
	case db.OnDeliverable:
		return "/deliverables/" + thread.DeliverableID.String()
	case db.OnBudget:
		return budgetURL(thread.ID)
	}
	return projectURL(thread.ProjectID) + "/conversation"
}

// TalkPages are the kinds of pages that show a conversation.
var TalkPages = []string{taskPage, talkPage, handedPage, decisionPage, budgetPage}

// threadKey is that page for the live hub.
func threadKey(thread db.Thread) live.PageKey {
	switch thread.Noun {
	case db.OnTask:
		return taskKey(thread.ID)
	case db.OnDeliverable:
		return deliverableKey(thread.ID)
	case db.OnDecision:
		return decisionKey(thread.ID)
	case db.OnBudget:
		return budgetKey(thread.ID)
	}
	return live.PageKey{Team: true, Kind: talkPage, Noun: thread.ID}
}

// Conversation is the page of what is said about a milestone or a project, live.
func (t *Team) Conversation(noun string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := t.threadIn(c, noun)
		if err != nil {
			return err
		}
		box := c.Query("box")
		return t.live(c, live.PageKey{Team: true, Kind: talkPage, Noun: id}, "team/talk", func(s sight) (content, error) {
			reply, err := s.reopened(id, box)
			if err != nil {
				return content{}, err
			}
			return s.talkBody(id, writing{}, reply)
		})
	}
}

// threadIn is the conversation that an address means. The id of a thing of another
// noun is not found there.
func (t *Team) threadIn(c *fiber.Ctx, noun string) (db.ID, error) {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return 0, err
	}
	return id, t.look(c, func(s sight) error {
		thread, err := s.Thread(id)
		if err == nil && thread.Noun != noun {
			err = db.ErrNotFound
		}
		return err
	})
}

// talkBody is the shell of that page.
func (s sight) talkBody(id db.ID, note, reply writing) (content, error) {
	box, err := s.composers(id)
	if err != nil {
		return content{}, err
	}
	if box.Thread.Noun != db.OnMilestone && box.Thread.Noun != db.OnProject { // others have a page of their own
		return content{}, db.ErrNotFound
	}
	h, err := s.head(box.Thread.ProjectID, "talk")
	if err != nil {
		return content{}, err
	}
	box, err = s.filled(box, note, reply)
	return content{box.Thread.Title, struct {
		head
		Box composers
	}{h, box}}, err
}

// threadBody is the shell of the page of any conversation.
func (s sight) threadBody(id db.ID, note, reply writing) (content, error) {
	thread, err := s.Thread(id)
	if err != nil {
		return content{}, err
	}
	switch thread.Noun {
	case db.OnTask:
		return s.taskBody(id, note, reply)
	case db.OnDeliverable:
		return s.deliverableBody(id, sentDeliverable{note: note, reply: reply})
	case db.OnDecision:
		return s.decisionBody(id, sentDecision{note: note, reply: reply})
	case db.OnBudget:
		return s.budgetBody(id, sentBudget{note: note, reply: reply})
	}
	return s.talkBody(id, note, reply)
}

func (s sight) threadRegions(id db.ID) ([]live.Region, error) {
	thread, err := s.Thread(id)
	if err != nil {
		return nil, err
	}
	project, err := s.Project(thread.ProjectID)
	if err != nil {
		return nil, err
	}
	return s.regions(project, threadKey(thread))
}

func (t *Team) templateOf(c *fiber.Ctx, id db.ID) (template string, err error) {
	err = t.look(c, func(s sight) error {
		thread, err := s.Thread(id)
		switch template = "team/talk"; thread.Noun {
		case db.OnTask:
			template = "team/task"
		case db.OnDeliverable:
			template = "team/deliverable"
		case db.OnDecision:
			template = "team/decision"
		case db.OnBudget:
			template = "team/budget"
		}
		return err
	})
	return template, err
}

// ToThread leads from the id of a conversation to its page: an address that outlives
// what it is about being moved.
func (t *Team) ToThread(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.toThread(c, id, "#talk")
}

// toThread leads to the page of a conversation.
func (t *Team) toThread(c *fiber.Ctx, id db.ID, anchor string) error {
	var thread db.Thread
	if err := t.look(c, func(s sight) (err error) { thread, err = s.Thread(id); return err }); err != nil {
		return err
	}
	return web.SeeOther(c, threadURL(thread)+anchor)
}

// talkView is what the regions of a conversation's page show.
type talkView struct {
	W       *views.Words
	Thread  db.Thread
	Team    []string    // who reads notes
	Readers []db.Person // of the client: who reads replies
	Here    map[db.ID]bool
}

// threadLine is a conversation in a list, with its address.
type threadLine struct {
	db.ThreadLine
	URL string
}

func (s sight) threads(project db.ID) ([]threadLine, error) {
	threads, err := s.Threads(project)
	lines := make([]threadLine, len(threads))
	for i, thread := range threads {
		lines[i] = threadLine{thread, threadURL(thread.Thread)}
	}
	return lines, err
}

func (s sight) talkRegions(project db.Project, id db.ID) ([]live.Region, error) {
	thread, err := s.Thread(id)
	if err != nil {
		return nil, err
	}
	if thread.Noun != db.OnMilestone && thread.Noun != db.OnProject || thread.ProjectID != project.ID {
		return nil, db.ErrNotFound
	}
	threads, err := s.threads(project.ID)
	if err != nil {
		return nil, err
	}
	spoken, err := s.spoken(project, id)
	if err != nil {
		return nil, err
	}
	return s.drawAll(append(spoken,
		drawing{"title", map[string]any{"Title": thread.Title}},
		drawing{"threads", map[string]any{"W": s.Words, "Threads": threads, "Here": id}})...)
}

// spoken are the regions of a conversation, on whatever page it is held.
func (s sight) spoken(project db.Project, id db.ID) ([]drawing, error) {
	view := talkView{W: s.Words, Here: map[db.ID]bool{}}
	var err error
	if view.Thread, err = s.Thread(id); err != nil {
		return nil, err
	}
	if view.Readers, err = s.Readers(id); err != nil {
		return nil, err
	}
	roster, err := s.Roster(project.ID)
	if err != nil {
		return nil, err
	}
	said, err := s.Viewer.Conversation(id)
	if err != nil {
		return nil, err
	}
	mentioned, err := s.MentionNames([]db.ID{id})
	if err != nil {
		return nil, err
	}
	clock, err := s.Viewer.Clock(id)
	if err != nil {
		return nil, err
	}
	view.Team = teamOf(roster, 0)
	for _, one := range s.present {
		view.Here[one.Viewer] = true
	}
	return []drawing{
		{"watching", watching{s.Words, s.watchers(roster, nil), true}},
		{"thread", map[string]any{"W": s.Words, "Thread": said, "Names": s.names(mentioned)}},
		{"clock", clockView{s.Words, clock}},
		{"goes", view}}, nil
}
