package portal

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views/chart"
)

// timeline lays out a project's phases; nil when nothing has a date.
func (s sight) timeline(project db.ClientProject, milestones []db.ClientMilestone, slips []db.Slip) *chart.Timeline {
	ghosts := web.StoodBefore(slips)
	phases := make([]chart.Milestone, len(milestones))
	for i, m := range milestones {
		phases[i] = chart.Milestone{Name: m.Name, Start: web.Midnight(m.StartsOn), Due: web.Midnight(m.DueOn), Done: m.Done, Total: m.Tasks, Reached: m.ReachedOn != "", Before: ghosts[m.ID]}
	}
	timeline, ok := chart.NewTimeline(phases, web.Midnight(project.StartsOn), web.Midnight(project.EndsOn), web.Midnight(db.Date(s.Today())))
	if !ok {
		return nil
	}
	return &timeline
}

func meterOf(p db.ClientProgress) []chart.Segment { return chart.Meter(p.Done, p.Doing, 0, p.Todo) }

// timelinePage is the kind of the page with the whole timeline.
const timelinePage = "timeline"

// Timeline is a project's timeline with its tasks. The whole of it lives; a month or a
// quarter fetches itself again when something has changed.
func (p *Portal) Timeline(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	span := web.SpanOf(c.Query("zoom"), c.Query("day"))
	return p.page(c, live.PageKey{Kind: timelinePage, Project: id, Noun: id}, "projects", "portal/timeline", func(s sight) (string, any, error) {
		project, err := s.Project(id)
		if err != nil {
			return "", nil, err
		}
		body := map[string]any{"Project": project}
		if !span.All() {
			planned, err := s.planned(project)
			if err != nil {
				return "", nil, err
			}
			body["Course"] = planned.Draw(s.Words, "found", timelineURL(id), span)
		}
		return s.Words.T("timeline.title") + ": " + project.Name, body, nil
	})
}

func (s sight) timelineRegions(id db.ID) ([]live.Region, error) {
	project, err := s.Project(id)
	if err != nil {
		return nil, err
	}
	planned, err := s.planned(project)
	if err != nil {
		return nil, err
	}
	return drawAll(s.drawer("plan", planned.Draw(s.Words, "region-plan", timelineURL(id), web.SpanOf("", ""))))
}

// planned reads what the timeline of a project draws.
func (s sight) planned(project db.ClientProject) (p web.Planned, err error) {
	p.Starts, p.Ends = project.StartsOn, project.EndsOn
	milestones, err := s.Milestones(project.ID)
	if err != nil {
		return p, err
	}
	tasks, err := s.PlanTasks(project.ID)
	if err != nil {
		return p, err
	}
	waits, err := s.waits(project.ID, nil)
	if err != nil {
		return p, err
	}
	for _, m := range milestones {
		p.Things = append(p.Things, web.Dated{ID: m.ID, IsPhase: true, Name: m.Name, URL: "/portal/milestones/" + m.ID.String(), State: web.PhaseState(m.ReachedOn, m.Done),
			StartsOn: m.StartsOn, DueOn: m.DueOn, Done: m.Done, Total: m.Tasks})
	}
	for _, task := range tasks {
		_, held := waits.holds[task.ID]
		p.Things = append(p.Things, web.Dated{ID: task.ID, Phase: task.MilestoneID, Name: task.Title, URL: "/portal/tasks/" + task.ID.String(), Kind: shownKind(task), Label: task.Label,
			State: web.PlanState(task.Kind, held), StartsOn: task.StartsOn, DueOn: task.DueOn})
	}
	return p, p.Read(s, project.ID)
}

// shownKind is the kind by whose word a task reads: as groups has it.
func shownKind(task db.ClientPlanTask) string {
	if task.Kind == db.Review && task.Label == "" {
		return db.Doing
	}
	return task.Kind
}

func timelineURL(id db.ID) string { return "/portal/projects/" + id.String() + "/timeline" }
