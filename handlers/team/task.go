package team

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// Task is one task with its conversation, live.
func (t *Team) Task(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	box := c.Query("box")
	return t.live(c, taskKey(id), "team/task", func(s sight) (content, error) {
		reply, err := s.reopened(id, box)
		if err != nil {
			return content{}, err
		}
		return s.taskBody(id, writing{}, reply)
	})
}

func taskKey(id db.ID) live.PageKey { return live.PageKey{Team: true, Kind: taskPage, Noun: id} }

// taskBody is the shell of a task's page; note and reply are what was typed into
// a form that was refused.
func (s sight) taskBody(id db.ID, note, reply writing) (content, error) {
	task, err := s.Task(id)
	if err != nil {
		return content{}, err
	}
	h, err := s.head(task.ProjectID, "board")
	if err != nil {
		return content{}, err
	}
	box, err := s.composers(id)
	if err != nil {
		return content{}, err
	}
	if box, err = s.filled(box, note, reply); err != nil {
		return content{}, err
	}
	places, err := s.Viewer.Bookables()
	places = slices.DeleteFunc(places, func(b db.Bookable) bool { return b.ProjectID != task.ProjectID })
	return content{task.Title, struct {
		head
		Task   db.Task
		Box    composers
		Places []db.Bookable // on which time on it can be booked
	}{h, task, box, places}}, err
}

// taskView is what the regions of a task's page show.
type taskView struct {
	W *views.Words
	db.Task
	held
	Project  db.Project
	Columns  []db.Column // where it may go
	Items    []db.ChecklistItem
	Files    []db.File
	DueStone db.Milestone
	Needs    []db.Needed // what has to be done before
	Team     []string    // who reads notes
	Readers  []db.Person // of the client: who reads replies
	Here     map[db.ID]bool
	Open     bool // the project's work may be changed
}

// Everybody names all who read a reply.
func (v taskView) Everybody() []string {
	return append(append([]string{}, v.Team...), names(v.Readers)...)
}

// ReaderNames are the names of the readers.
func (v taskView) ReaderNames() []string { return names(v.Readers) }

func names(people []db.Person) []string {
	list := make([]string, len(people))
	for i, person := range people {
		list[i] = person.Name
	}
	return list
}

func (s sight) taskView(project db.Project, id db.ID) (v taskView, roster []db.RosterLine, err error) {
	v = taskView{W: s.Words, Project: project, Open: project.ArchivedAt.IsZero(), Here: map[db.ID]bool{}}
	if v.Task, err = s.Task(id); err != nil {
		return
	}
	if v.ProjectID != project.ID {
		return v, nil, db.ErrNotFound
	}
	if v.Items, err = s.Checklist(id); err != nil {
		return
	}
	if v.Files, err = s.Viewer.Files(id); err != nil {
		return
	}
	if v.Readers, err = s.Readers(id); err != nil {
		return
	}
	if v.Columns, err = s.Viewer.Columns(project.ID); err != nil {
		return
	}
	milestones, err := s.Milestones(project.ID)
	if err != nil {
		return
	}
	for _, m := range milestones {
		if m.ID == v.MilestoneID {
			v.DueStone = m
		}
	}
	asks, err := s.WaitingTasks(project.ID)
	if err != nil {
		return
	}
	v.held = holds{asks, gatesOf(milestones)}.of(v.Task)
	for _, one := range s.present {
		v.Here[one.Viewer] = true
	}
	if roster, err = s.Roster(project.ID); err == nil {
		v.Team = teamOf(roster, 0)
	}
	return
}

// teamOf names the team people of a roster, but one.
func teamOf(roster []db.RosterLine, but db.ID) []string {
	var list []string
	for _, line := range roster {
		if line.MemberRole != db.Client && line.ID != but {
			list = append(list, line.Name)
		}
	}
	return list
}

func (s sight) taskRegions(project db.Project, id db.ID) ([]live.Region, error) {
	view, roster, err := s.taskView(project, id)
	if err != nil {
		return nil, err
	}
	if view.Needs, err = s.NeededBy(id); err != nil {
		return nil, err
	}
	thread, err := s.Conversation(id)
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
	events, err := s.TaskLog(id, taskEvents)
	if err != nil {
		return nil, err
	}
	return s.drawAll(
		drawing{"title", map[string]any{"Title": view.Title}},
		drawing{"meta", view},
		drawing{"watching", watching{s.Words, s.watchers(roster, []db.Task{view.Task}), true}},
		drawing{"task", view},
		drawing{"thread", map[string]any{"W": s.Words, "Thread": thread, "Names": s.names(mentioned)}},
		drawing{"clock", clockView{s.Words, clock}},
		drawing{"goes", view},
		drawing{"facts", view},
		drawing{"inside", view},
		drawing{"reads", view},
		drawing{"log", map[string]any{"W": s.Words, "Lines": s.lines(events, true)}})
}
