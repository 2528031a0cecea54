package db

// PlanTask is a task with a date, as the team's timeline draws it.
type PlanTask struct {
	ID, MilestoneID ID
	Title           string
	Kind, Column    string
	StartsOn, DueOn Date
	Private         bool
	Version         int64
}

// PlanTasks are the open (not archived) tasks of a project that have a date.
func (v *Viewer) PlanTasks(project ID) ([]PlanTask, error) {
	return all(v.source, func(t *PlanTask) []any {
		return []any{&t.ID, &t.MilestoneID, &t.Title, &t.Kind, &t.Column, &t.StartsOn, &t.DueOn, &t.Private, &t.Version}
	}, `SELECT t.id, t.milestone_id, t.title, c.kind, c.name, t.starts_on, t.due_on, t.private, t.version
		FROM visible_task_team v JOIN task t ON t.id = v.task_id JOIN board_column c ON c.id = t.column_id
		WHERE v.viewer_id = ? AND t.project_id = ? AND t.archived_at IS NULL AND (t.starts_on IS NOT NULL OR t.due_on IS NOT NULL) ORDER BY c.position, c.id, t.position, t.id`, v.ID, project)
}

// Undated is how many open tasks of a project have no date.
func (v *Viewer) Undated(project ID) (int, error) {
	return value[int](v.source, `SELECT count(*) FROM visible_task_team v JOIN task t ON t.id = v.task_id
		WHERE v.viewer_id = ? AND t.project_id = ? AND t.archived_at IS NULL AND t.starts_on IS NULL AND t.due_on IS NULL`, v.ID, project)
}

// Slips are the dates of a project that were moved, newest first, private ones too.
func (v *Viewer) Slips(project ID, limit int) ([]Slip, error) {
	return all(v.source, slipFields, `SELECT e.at, e.task_id, e.milestone_id, coalesce(t.title, m.name, ''), e.old_date, e.new_date, e.cause, count(*) OVER ()
		FROM visible_event_team v JOIN event e ON e.id = v.event_id LEFT JOIN task t ON t.id = e.task_id LEFT JOIN milestone m ON m.id = e.milestone_id
		WHERE v.viewer_id = ? AND e.project_id = ? AND e.`+moves+` ORDER BY e.seq DESC LIMIT ?`, v.ID, project, limit)
}

// ClientPlanTask is PlanTask as clients see it. Label is as of ClientTask.
type ClientPlanTask struct {
	ID, MilestoneID ID
	Title           string
	Kind, Label     string
	StartsOn, DueOn Date
}

// PlanTasks are the tasks of a project that have a date.
func (g *Glass) PlanTasks(project ID) ([]ClientPlanTask, error) {
	return all(g, func(t *ClientPlanTask) []any {
		return []any{&t.ID, &t.MilestoneID, &t.Title, &t.Kind, &t.Label, &t.StartsOn, &t.DueOn}
	}, `SELECT id, milestone_id, title, kind, label, starts_on, due_on FROM client_task
		WHERE project_id = ? AND (starts_on IS NOT NULL OR due_on IS NOT NULL) ORDER BY column_position, position, id`, project)
}

// Undated is how many tasks of a project have no date.
func (g *Glass) Undated(project ID) (int, error) {
	return value[int](g, "SELECT count(*) FROM client_task WHERE project_id = ? AND starts_on IS NULL AND due_on IS NULL", project)
}

// DatesForm is what is typed or dragged on the timeline: the dates of one thing.
type DatesForm struct {
	StartsOn, DueOn string
	Version         int64
}

func (f DatesForm) clean() (starts, due Date, err error) {
	var ok bool
	if starts, ok = ParseDate(f.StartsOn); !ok {
		return "", "", invalid("starts_on", "date.invalid")
	}
	if due, ok = ParseDate(f.DueOn); !ok {
		return "", "", invalid("due_on", "date.invalid")
	}
	if starts != "" && due != "" && due < starts {
		return "", "", invalid("due_on", "date.before-start")
	}
	return starts, due, nil
}

// SetTaskDates moves a task in time, and answers its project. Clients are told of a
// moved due date as EditTask tells them.
func (s *Store) SetTaskDates(actor Actor, id ID, form DatesForm) (project ID, err error) {
	err = s.write(func(tx *Tx) error {
		c, err := tx.workTask(actor, id)
		if err != nil {
			return err
		}
		project = c.ProjectID
		starts, due, err := form.clean()
		if err != nil {
			return err
		}
		if form.Version != c.Version {
			return &Conflict{Version: c.Version}
		}
		changed, err := tx.exec("UPDATE task SET starts_on = ?1, due_on = ?2, version = version + 1 WHERE id = ?3 AND (starts_on IS NOT ?1 OR due_on IS NOT ?2)", starts, due, id)
		if err != nil || changed == 0 {
			return err
		}
		return tx.recordEdit(actor, c, cleanedTask{due: due}, true)
	})
	return project, err
}

// SetMilestoneDates moves a phase in time, and answers its project.
func (s *Store) SetMilestoneDates(actor Actor, id ID, form DatesForm) (project ID, err error) {
	err = s.write(func(tx *Tx) error {
		old, err := tx.workMilestone(actor, id)
		if err != nil {
			return err
		}
		project = old.ProjectID
		starts, due, err := form.clean()
		if err != nil {
			return err
		}
		if form.Version != old.Version {
			return &Conflict{Version: old.Version}
		}
		changed, err := tx.exec("UPDATE milestone SET starts_on = ?1, due_on = ?2, version = version + 1 WHERE id = ?3 AND (starts_on IS NOT ?1 OR due_on IS NOT ?2)", starts, due, id)
		if err != nil || changed == 0 {
			return err
		}
		if due == old.DueOn {
			return tx.touch(old.ProjectID, true)
		}
		return tx.recordMove(happened{project: old.ProjectID, actor: actor.ID, kind: EventMilestoneMoved, clients: true, milestone: id, old: old.DueOn, new: due})
	})
	return project, err
}
