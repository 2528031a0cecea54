package db

// Milestone is a dated phase of a project. Gate says that the next one waits until it
// is approved, Approved that it was. AskID is the newest question for that, 0 when
// there is none or it was taken back, and AskState how that stands.
type Milestone struct {
	ID, ProjectID              ID
	Name                       string
	StartsOn, DueOn, ReachedOn Date
	Position, Version          int64
	Gate, Approved             bool
	AskID                      ID
	AskState                   string
	Tasks, Done                int
}

// Milestones are the phases of a project, in order.
func (v *Viewer) Milestones(project ID) ([]Milestone, error) {
	return all(v.source, milestoneFields, `SELECT m.id, m.project_id, m.name, m.starts_on, m.due_on, m.reached_on, m.position, m.version,
		m.gate, EXISTS (SELECT 1 FROM decision d WHERE d.milestone_id = m.id AND d.kind = 'milestone' AND d.state = 'decided'), a.id, coalesce(a.state, ''),
		(SELECT count(*) FROM task t WHERE t.milestone_id = m.id AND t.archived_at IS NULL),
		(SELECT count(*) FROM task t JOIN board_column c ON c.id = t.column_id AND c.kind = 'done' WHERE t.milestone_id = m.id AND t.archived_at IS NULL)
		FROM visible_milestone_team v JOIN milestone m ON m.id = v.milestone_id
		LEFT JOIN decision a ON a.id = (SELECT d.id FROM decision d WHERE d.milestone_id = m.id AND d.kind = 'milestone' AND d.state NOT IN ('withdrawn', 'expired') ORDER BY d.created_at DESC, d.id LIMIT 1)
		WHERE v.viewer_id = ? AND m.project_id = ? ORDER BY m.position, m.id`, v.ID, project)
}

func milestoneFields(m *Milestone) []any {
	return []any{&m.ID, &m.ProjectID, &m.Name, &m.StartsOn, &m.DueOn, &m.ReachedOn, &m.Position, &m.Version, &m.Gate, &m.Approved, &m.AskID, &m.AskState, &m.Tasks, &m.Done}
}

// MilestoneForm is what is filled in about a milestone. ReachedOn "" means not yet.
type MilestoneForm struct {
	Name, StartsOn, DueOn, ReachedOn string
	Gate                             bool
	Why                              string // the date moves later: a cause, "" to find one
	Version                          int64
}

func (f *MilestoneForm) clean() (starts, due, reached Date, err error) {
	if f.Name, err = cleanLine("name", f.Name, 200); err != nil {
		return
	}
	if f.Name == "" {
		return "", "", "", invalid("name", "milestone.name-empty")
	}
	for _, date := range []struct {
		field, text string
		into        *Date
	}{{"starts_on", f.StartsOn, &starts}, {"due_on", f.DueOn, &due}, {"reached_on", f.ReachedOn, &reached}} {
		var ok bool
		if *date.into, ok = ParseDate(date.text); !ok {
			return "", "", "", invalid(date.field, "date.invalid")
		}
	}
	if starts != "" && due != "" && due < starts {
		return "", "", "", invalid("due_on", "date.before-start")
	}
	if !oneOf(f.Why, causes...) {
		return "", "", "", invalid("why", "choice.unknown")
	}
	return starts, due, reached, nil
}

// AddMilestone adds a phase at the end.
func (s *Store) AddMilestone(actor Actor, project ID, form MilestoneForm) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if err := tx.mayWork(actor, project); err != nil {
			return err
		}
		starts, due, reached, err := form.clean()
		if err != nil {
			return err
		}
		if err := tx.run(`INSERT INTO milestone (id, project_id, name, starts_on, due_on, reached_on, gate, position)
			SELECT ?, ?, ?, ?, ?, ?, ?, coalesce(max(position), 0) + ? FROM milestone WHERE project_id = ?`,
			id, project, form.Name, starts, due, reached, form.Gate, positionStep, project); err != nil {
			return err
		}
		return tx.record(happened{project: project, actor: actor.ID, kind: EventMilestone, clients: true, milestone: id, new: due})
	})
	return id, err
}

// EditMilestone changes a phase; a moved date and a reached phase are told to clients.
func (s *Store) EditMilestone(actor Actor, id ID, form MilestoneForm) error {
	return s.write(func(tx *Tx) error {
		old, err := tx.workMilestone(actor, id)
		if err != nil {
			return err
		}
		if form.Version != old.Version {
			return &Conflict{Version: old.Version, Theirs: map[string]string{"name": old.Name}}
		}
		starts, due, reached, err := form.clean()
		if err != nil {
			return err
		}
		if err := tx.must("UPDATE milestone SET name = ?, starts_on = ?, due_on = ?, reached_on = ?, gate = ?, version = version + 1 WHERE id = ?",
			form.Name, starts, due, reached, form.Gate, id); err != nil {
			return err
		}
		if due != old.DueOn {
			if err := tx.recordMove(happened{project: old.ProjectID, actor: actor.ID, kind: EventMilestoneMoved, clients: true, milestone: id, old: old.DueOn, new: due, cause: form.Why}); err != nil {
				return err
			}
		}
		if reached != "" && old.ReachedOn == "" {
			return tx.record(happened{project: old.ProjectID, actor: actor.ID, kind: EventMilestoneDone, clients: true, milestone: id, new: reached})
		}
		return tx.touch(old.ProjectID, true)
	})
}

// DeleteMilestone takes a phase away; its tasks stay, without a phase.
func (s *Store) DeleteMilestone(actor Actor, id ID) error {
	return s.write(func(tx *Tx) error {
		old, err := tx.workMilestone(actor, id)
		if err != nil {
			return err
		}
		if err := tx.must("DELETE FROM milestone WHERE id = ?", id); err != nil {
			return err
		}
		return tx.touch(old.ProjectID, true)
	})
}

func (tx *Tx) workMilestone(actor Actor, id ID) (Milestone, error) {
	old, err := one(tx, func(m *Milestone) []any {
		return []any{&m.ProjectID, &m.Name, &m.DueOn, &m.ReachedOn, &m.Version}
	}, "SELECT project_id, name, due_on, reached_on, version FROM milestone WHERE id = ?", id)
	if err != nil {
		return old, err
	}
	return old, tx.mayWork(actor, old.ProjectID)
}
