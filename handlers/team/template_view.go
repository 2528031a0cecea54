package team

import (
	"vitrine/db"
	"vitrine/views"
)

// templatePhase is a phase of a template with its tasks; without a name, those of none.
type templatePhase struct {
	Name, Days string
	Gate       bool
	Tasks      []templateTask
}

// templateTask is a task of a template in words.
type templateTask struct {
	W *views.Words
	db.MouldTask
	Days, Column string
	Marks        []db.MouldLabel
	After        []string // titles of what it waits for
}

// Texts says whether there is more to read than its title.
func (t templateTask) Texts() bool {
	return t.Description != "" || t.Acceptance != "" || t.Internal != "" || len(t.Items) > 0
}

func (s sight) templatePhases(m db.Mould) []templatePhase {
	phases := make([]templatePhase, len(m.Milestones)+1)
	for i, milestone := range m.Milestones {
		phases[i] = templatePhase{Name: milestone.Name, Days: s.daysFrom(milestone.Starts, milestone.Due), Gate: milestone.Gate}
	}
	for _, task := range m.Tasks {
		at := len(m.Milestones)
		if task.Milestone != nil {
			at = *task.Milestone
		}
		row := templateTask{W: s.Words, MouldTask: task, Days: s.daysFrom(task.Starts, task.Due), Column: m.Columns[task.Column].Name}
		for _, label := range task.Labels {
			row.Marks = append(row.Marks, m.Labels[label])
		}
		for _, other := range task.Needs {
			row.After = append(row.After, m.Tasks[other].Title)
		}
		phases[at].Tasks = append(phases[at].Tasks, row)
	}
	if len(phases[len(m.Milestones)].Tasks) == 0 {
		phases = phases[:len(m.Milestones)]
	}
	return phases
}

// daysFrom counts days from the start, which is day 1; what lies before it is negative.
func (s sight) daysFrom(starts, due *int) string {
	count := func(days int) string {
		if days >= 0 {
			days++
		}
		return s.Num(days)
	}
	switch {
	case starts == nil && due == nil:
		return ""
	case starts == nil:
		return s.T("template.by-day", "day", count(*due))
	case due == nil:
		return s.T("template.from-day", "day", count(*starts))
	case *starts == *due:
		return s.T("template.day", "day", count(*due))
	}
	return s.T("template.days", "from", count(*starts), "to", count(*due))
}
