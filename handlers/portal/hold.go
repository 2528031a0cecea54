package portal

import (
	"vitrine/db"
	"vitrine/views"
)

// hold is the open decision that a task waits for.
type hold struct {
	W   *views.Words
	URL string
	For string // for whom it waits, "" for the viewer
}

// waits says what the tasks of a project wait for.
type waits struct {
	holds map[db.ID]hold
	gates map[db.ID]string // by milestone, the phase that has to be approved before
}

// waits reads it for one project, or for all (0): then without the gates.
func (s sight) waits(project db.ID, milestones []db.ClientMilestone) (waits, error) {
	w := waits{map[db.ID]hold{}, map[db.ID]string{}}
	list, err := s.Holds(project)
	for task, held := range list {
		one := hold{W: s.Words, URL: decisionURL(held.DecisionID)}
		if !held.Mine {
			one.For = s.stillTo(held.Mode, held.Deciders)
		}
		w.holds[task] = one
	}
	for i, m := range milestones {
		if m.Gate && !m.Approved && i+1 < len(milestones) {
			w.gates[milestones[i+1].ID] = m.Name
		}
	}
	return w, err
}

// on adds to a task what it waits for. What is done waits for nothing, and what has
// begun waits for no gate.
func (w waits) on(row taskRow) taskRow {
	if held, ok := w.holds[row.ID]; ok && row.Kind != db.Done {
		row.Hold = &held
	}
	if row.Kind == db.Todo {
		row.Gate = w.gates[row.MilestoneID]
	}
	return row
}
