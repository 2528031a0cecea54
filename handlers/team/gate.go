package team

import "vitrine/db"

// holds is what keeps the tasks of a project waiting: the open question of each, and by
// milestone the one before it that has to be approved first.
type holds struct {
	asks  map[db.ID]db.ID
	gates map[db.ID]db.Milestone
}

// holds reads it.
func (s sight) holds(project db.ID) (h holds, err error) {
	if h.asks, err = s.WaitingTasks(project); err != nil {
		return h, err
	}
	milestones, err := s.Milestones(project)
	h.gates = gatesOf(milestones)
	return h, err
}

// gatesOf are the milestones that wait, each for the one before it.
func gatesOf(milestones []db.Milestone) map[db.ID]db.Milestone {
	gates := map[db.ID]db.Milestone{}
	for i := 1; i < len(milestones); i++ {
		if before := milestones[i-1]; before.Gate && !before.Approved {
			gates[milestones[i].ID] = before
		}
	}
	return gates
}

// held is what a task waits for: a question, a milestone's approval.
type held struct {
	Asks db.ID
	Gate db.Milestone
}

// of is what holds a task; nothing holds what is done.
func (h holds) of(task db.Task) (on held) {
	if task.Kind != db.Done {
		on = held{h.asks[task.ID], h.gates[task.MilestoneID]}
	}
	return on
}
