package portal

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

const taskEvents = 12

// Task is one task with its conversation.
func (p *Portal) Task(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return p.page(c, live.PageKey{Kind: taskPage, Noun: id}, "projects", "portal/task", func(s sight) (string, any, error) {
		return s.taskBody(id, replyForm{})
	})
}

// taskBody is what the shell of a task's page shows beside its regions.
func (s sight) taskBody(id db.ID, box replyForm) (string, any, error) {
	task, err := s.Task(id)
	if err != nil {
		return "", nil, err
	}
	project, err := s.Project(task.ProjectID)
	if err != nil {
		return "", nil, err
	}
	people, err := s.People(task.ProjectID)
	box.W, box.Task, box.Workspace, box.May = s.Words, id, s.space.Name, project.MayComment
	names := s.team(people)
	box.Readers = append(names["Lead"], names["With"]...)
	return task.Title, map[string]any{"Project": project, "Task": task, "Reply": box}, err
}

// replyForm is the box in which a client answers.
type replyForm struct {
	W             *views.Words
	Task          db.ID
	Workspace     string
	May           bool
	Readers       []string // of the team, where the project names them
	Text, Mistake string
}

// Reply takes what a client says on a task.
func (p *Portal) Reply(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "body")
	_, err = p.Store.AddReply(p.Actor(c), id, form.Value("body"))
	if form.Refused(p.Words(c), err) {
		return p.replyRefused(c, id, form)
	}
	if err != nil {
		return err
	}
	if web.HTMX(c) {
		return p.replyTaken(c, id)
	}
	return c.Redirect("/portal/tasks/"+id.String()+"#talk", fiber.StatusSeeOther)
}

func (p *Portal) replyRefused(c *fiber.Ctx, id db.ID, form web.Form) error {
	return p.look(c, func(s sight) error {
		title, body, err := s.taskBody(id, replyForm{Text: form.Value("body"), Mistake: form.Mistake("body")})
		if err != nil {
			return err
		}
		if web.HTMX(c) {
			return p.SendFragment(c, fiber.StatusUnprocessableEntity, "fragments/client_reply", body.(map[string]any)["Reply"])
		}
		regions, err := s.taskRegions(id)
		if err != nil {
			return err
		}
		page := p.Page(c, title, "projects", body)
		page.Regions = web.RegionMap(regions)
		return p.Send(c, fiber.StatusUnprocessableEntity, "portal/task", page)
	})
}

// replyTaken answers htmx with an empty box and the conversation as it is now.
func (p *Portal) replyTaken(c *fiber.Ctx, id db.ID) error {
	return p.look(c, func(s sight) error {
		_, body, err := s.taskBody(id, replyForm{})
		if err != nil {
			return err
		}
		thread, err := s.thread(id)
		if err != nil {
			return err
		}
		box, err := views.Draw("fragments/client_reply", body.(map[string]any)["Reply"])
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
		return c.Send(append(box, web.Partial(thread.Name, thread.HTML)...))
	})
}

func (s sight) thread(id db.ID) (live.Region, error) {
	replies, err := s.Thread(id)
	if err != nil {
		return live.Region{}, err
	}
	for i := range replies {
		if replies[i].Author == "" {
			replies[i].Author = s.space.Name
		}
	}
	return s.region("thread", map[string]any{"W": s.Words, "Replies": replies})
}

func (s sight) taskRegions(id db.ID) ([]live.Region, error) {
	task, err := s.Task(id)
	if err != nil {
		return nil, err
	}
	items, err := s.Checklist(id)
	if err != nil {
		return nil, err
	}
	milestone := db.ClientMilestone{}
	milestones, err := s.Milestones(task.ProjectID)
	if err != nil {
		return nil, err
	}
	for _, m := range milestones {
		if m.ID == task.MilestoneID {
			milestone = m
		}
	}
	events, err := s.TaskLog(id, taskEvents)
	if err != nil {
		return nil, err
	}
	project, err := s.Project(task.ProjectID)
	if err != nil {
		return nil, err
	}
	row, ticked := s.row(task), 0
	for _, item := range items {
		if item.Done {
			ticked++
		}
	}
	return drawAll(
		s.drawer("task", map[string]any{"W": s.Words, "Task": row, "Items": items, "ItemsDone": ticked}),
		s.drawer("facts", map[string]any{"W": s.Words, "Task": row, "Milestone": milestone}),
		func() (live.Region, error) { return s.thread(id) },
		s.drawer("may", map[string]any{"W": s.Words, "May": project.MayComment, "Task": id}),
		s.drawer("tasklog", map[string]any{"W": s.Words, "Lines": s.lines(events, true)}))
}
