package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// timeline is the shell around a project's plan.
type timeline struct {
	head
	Course  *web.Course // where it is not the region: a month, a quarter, a refused form
	Address string
}

// Timeline is a project's timeline with its tasks, as clients have it, with all that is
// private and with fields for the dates. The whole of it lives; a month or a quarter
// fetches itself again when something has changed.
func (t *Team) Timeline(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	span := web.SpanOf(c.Query("zoom"), c.Query("day"))
	key := live.PageKey{Team: true, Kind: timelinePage, Project: id, Noun: id}
	return t.live(c, key, "team/timeline", func(s sight) (content, error) { return s.timelineBody(id, span) })
}

func (s sight) timelineBody(id db.ID, span web.Span) (content, error) {
	h, err := s.head(id, "timeline")
	page := timeline{head: h, Address: span.Address(timelineURL(id))}
	if err == nil && !span.All() {
		var course web.Course
		course, err = s.course(h.Project, "found", span)
		page.Course = &course
	}
	return content{h.Project.Name, page}, err
}

func (s sight) timelineRegions(project db.Project) ([]live.Region, error) {
	course, err := s.course(project, "region-plan", web.SpanOf("", ""))
	if err != nil {
		return nil, err
	}
	return s.drawAll(drawing{"title", map[string]any{"Title": project.Name}}, drawing{"plan", course})
}

func (s sight) course(project db.Project, element string, span web.Span) (web.Course, error) {
	planned, err := s.planned(project)
	course := planned.Draw(s.Words, element, timelineURL(project.ID), span)
	course.Open = project.ArchivedAt.IsZero()
	return course, err
}

// planned reads what the timeline of a project draws.
func (s sight) planned(project db.Project) (p web.Planned, err error) {
	p.Starts, p.Ends = project.StartsOn, project.EndsOn
	milestones, err := s.Milestones(project.ID)
	if err != nil {
		return p, err
	}
	tasks, err := s.PlanTasks(project.ID)
	if err != nil {
		return p, err
	}
	asks, err := s.WaitingTasks(project.ID)
	if err != nil {
		return p, err
	}
	for _, m := range milestones {
		p.Things = append(p.Things, web.Dated{ID: m.ID, IsPhase: true, Name: m.Name, URL: "/milestones/" + m.ID.String(), State: web.PhaseState(m.ReachedOn, m.Done),
			StartsOn: m.StartsOn, DueOn: m.DueOn, Done: m.Done, Total: m.Tasks, Version: m.Version})
	}
	for _, task := range tasks {
		p.Things = append(p.Things, web.Dated{ID: task.ID, Phase: task.MilestoneID, Name: task.Title, URL: taskURL(task.ID), Kind: task.Kind, Label: task.Column,
			State: web.PlanState(task.Kind, asks[task.ID] != 0), StartsOn: task.StartsOn, DueOn: task.DueOn, Inner: task.Private, Version: task.Version})
	}
	return p, p.Read(s, project.ID)
}

// SetDates takes the dates of one line of a timeline, of a task or of a phase.
func (t *Team) SetDates(noun string) fiber.Handler {
	store := map[string]func(db.Actor, db.ID, db.DatesForm) (db.ID, error){db.OnTask: t.Store.SetTaskDates, db.OnMilestone: t.Store.SetMilestoneDates}[noun]
	return func(c *fiber.Ctx) error {
		id, err := web.ParamID(c, "id")
		if err != nil {
			return err
		}
		form := web.ReadForm(c, "starts_on", "due_on", "version", "zoom", "day")
		span := web.SpanOf(form.Value("zoom"), form.Value("day"))
		project, err := store(t.Actor(c), id, db.DatesForm{StartsOn: form.Value("starts_on"), DueOn: form.Value("due_on"), Version: number(form.Value("version"))})
		if conflictOf(err) != nil {
			form.Mistakes = web.Mistakes{"starts_on": t.Words(c).T("plan.changed")}
			return t.datesRefused(c, fiber.StatusConflict, project, id, span, form)
		}
		if form.Refused(t.Words(c), err) {
			return t.datesRefused(c, fiber.StatusUnprocessableEntity, project, id, span, form)
		}
		if err != nil {
			return err
		}
		said := "?said=dates#dates-"
		if !span.All() {
			said = "&said=dates#dates-"
		}
		return web.SeeOther(c, span.Address(timelineURL(project))+said+id.String())
	}
}

// datesRefused shows the timeline again, with what was typed and what is wrong; where
// somebody was quicker, with what is stored now.
func (t *Team) datesRefused(c *fiber.Ctx, status int, project, id db.ID, span web.Span, form web.Form) error {
	return t.still(c, status, "team/timeline", func(s sight) (content, []live.Region, error) {
		h, err := s.head(project, "timeline")
		if err != nil {
			return content{}, nil, err
		}
		course, err := s.course(h.Project, "found", span)
		course.Refused, course.Form = id, form
		course.Stale = status == fiber.StatusConflict
		return content{h.Project.Name, timeline{h, &course, ""}}, nil, err
	})
}

func timelineURL(id db.ID) string { return projectURL(id) + "/timeline" }
