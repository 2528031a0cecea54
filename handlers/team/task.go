package team

import (
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
	box, err = s.filled(box, note, reply)
	return content{task.Title, struct {
		head
		Task db.Task
		Box  composers
	}{h, task, box}}, err
}

// taskView is what the regions of a task's page show.
type taskView struct {
	W *views.Words
	db.Task
	Project  db.Project
	Columns  []db.Column // where it may go
	Items    []db.ChecklistItem
	Files    []db.File
	DueStone db.Milestone
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

// MoveTask puts a task into a column, before another one or at the end.
func (t *Team) MoveTask(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form, before := web.ReadForm(c, "column", "before", "back"), db.ID(0)
	if text := form.Value("before"); text != "" {
		if before, err = db.ParseID(text); err != nil {
			return &db.Invalid{Field: "before", Key: "task.before-unknown"}
		}
	}
	column, err := t.Store.MoveTask(t.Actor(c), id, form.Value("column"), before)
	if err != nil {
		return err
	}
	if !web.HTMX(c) {
		return c.Redirect(db.OwnPath(form.Value("back"), projectURL(column.ProjectID)), fiber.StatusSeeOther)
	}
	return t.partials(c, live.PageKey{Team: true, Kind: boardPage, Project: column.ProjectID, Noun: column.ProjectID}, "board")
}

// ArchiveTask puts a task aside, or brings it back.
func (t *Team) ArchiveTask(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	archive, said := web.ReadForm(c, "archive").Value("archive") != "no", "restored"
	if err := t.Store.ArchiveTask(t.Actor(c), id, archive); err != nil {
		return err
	}
	if archive {
		said = "archived"
	}
	return web.SeeOther(c, taskURL(id)+"?said="+said)
}

// AddTask is the quick add below a column.
func (t *Team) AddTask(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "title", "column", "shown")
	_, err = t.Store.AddTask(t.Actor(c), id, db.NewTask{Title: form.Value("title"), Column: form.Value("column"), Shown: form.Value("shown")})
	if form.Refused(t.Words(c), err) {
		return t.addRefused(c, id, form)
	}
	if err != nil {
		return err
	}
	if !web.HTMX(c) {
		return c.Redirect(projectURL(id), fiber.StatusSeeOther)
	}
	return t.partials(c, live.PageKey{Team: true, Kind: boardPage, Project: id, Noun: id}, "board", "bounds")
}

// addRefused shows the form again, with what was typed and what is wrong.
func (t *Team) addRefused(c *fiber.Ctx, id db.ID, form web.Form) error {
	column, err := db.ParseID(form.Value("column"))
	if err != nil {
		return &db.Invalid{Field: "column", Key: "column.unknown"}
	}
	mistake := form.Mistake("title") + form.Mistake("shown")
	if web.HTMX(c) {
		var project db.Project
		if err := t.look(c, func(s sight) (err error) { project, err = s.Project(id); return err }); err != nil {
			return err
		}
		box := adding{W: t.Words(c), Project: id, Column: column, Shown: !project.NewTasksPrivate, Title: form.Value("title"), Mistake: mistake}
		return t.SendFragment(c, fiber.StatusUnprocessableEntity, "fragments/team_add", box)
	}
	return t.still(c, fiber.StatusUnprocessableEntity, "team/board", func(s sight) (content, []live.Region, error) {
		body, err := s.boardBody(id)
		if err != nil {
			return body, nil, err
		}
		project, err := s.Project(id)
		if err != nil {
			return body, nil, err
		}
		regions, err := s.boardWith(project, adding{Column: column, Title: form.Value("title"), Mistake: mistake})
		return body, regions, err
	})
}
