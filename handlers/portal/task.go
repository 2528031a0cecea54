package portal

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

const taskEvents = 12

// Task is one task with its conversation.
func (p *Portal) Task(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return p.page(c, live.PageKey{Kind: taskPage, Noun: id}, "projects", "portal/task", func(s sight) (string, any, error) {
		box, err := s.replyBox(id, "", "")
		if err != nil {
			return "", nil, err
		}
		return s.taskBody(box)
	})
}

// taskBody is what the shell of a task's page shows beside its regions.
func (s sight) taskBody(box replyForm) (string, any, error) {
	task, err := s.Task(box.Thread.TaskID)
	if err != nil {
		return "", nil, err
	}
	project, err := s.Project(task.ProjectID)
	return task.Title, map[string]any{"Project": project, "Task": task, "Reply": box}, err
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
	waits, err := s.waits(task.ProjectID, milestones)
	if err != nil {
		return nil, err
	}
	needs, err := s.NeededBy(id)
	if err != nil {
		return nil, err
	}
	row, ticked := waits.on(s.row(task)), 0
	for _, item := range items {
		if item.Done {
			ticked++
		}
	}
	return drawAll(
		s.drawer("task", map[string]any{"W": s.Words, "Task": row, "Items": items, "ItemsDone": ticked}),
		s.drawer("facts", map[string]any{"W": s.Words, "Task": row, "Milestone": milestone, "Needs": needs}),
		func() (live.Region, error) { return s.thread(id) },
		func() (live.Region, error) { return s.clock(id) },
		func() (live.Region, error) { return s.may(id) },
		s.drawer("tasklog", map[string]any{"W": s.Words, "Lines": s.lines(events, true)}))
}
