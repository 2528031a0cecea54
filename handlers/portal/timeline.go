package portal

import (
	"time"

	"vitrine/db"
	"vitrine/views/chart"
)

// timeline lays out a project's phases; nil when nothing has a date.
func (s sight) timeline(project db.ClientProject, milestones []db.ClientMilestone) *chart.Timeline {
	phases := make([]chart.Milestone, len(milestones))
	for i, m := range milestones {
		phases[i] = chart.Milestone{Name: m.Name, Start: midnight(m.StartsOn), Due: midnight(m.DueOn), Done: m.Done, Total: m.Tasks, Reached: m.ReachedOn != ""}
	}
	timeline, ok := chart.NewTimeline(phases, midnight(project.StartsOn), midnight(project.EndsOn), midnight(db.Date(s.Today())))
	if !ok {
		return nil
	}
	return &timeline
}

func midnight(date db.Date) time.Time {
	at, _ := date.Midnight()
	return at
}

func meterOf(p db.ClientProgress) []chart.Segment { return chart.Meter(p.Done, p.Doing, 0, p.Todo) }
