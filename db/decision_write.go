package db

// What a write needs to know of a decision.
type decisionOf struct {
	ID, ProjectID, MilestoneID, VersionID ID
	Kind, State                           string
	Edition                               int
	Version                               int64
	DueOn                                 Date
	Mode                                  string
	Closes                                bool
	Question                              string
}

func (tx *Tx) decisionOf(id ID) (decisionOf, error) {
	return one(tx, func(d *decisionOf) []any {
		return []any{&d.ID, &d.ProjectID, &d.MilestoneID, &d.VersionID, &d.Kind, &d.State, &d.Edition, &d.Version, &d.DueOn, &d.Mode, &d.Closes, &d.Question}
	}, `SELECT d.id, d.project_id, d.milestone_id, d.version_id, d.kind, d.state, d.edition, d.version, e.due_on, e.mode, e.closes, e.question
		FROM decision d JOIN edition e ON e.decision_id = d.id AND e.number = d.edition WHERE d.id = ?`, id)
}

// workDecision is a decision that the actor may work on: a draft for everybody on
// the project, whatever clients have seen for those who lead it. The approval of a
// deliverable changes by its versions alone: here it is not found.
func (tx *Tx) workDecision(actor Actor, id ID) (decisionOf, error) {
	d, err := tx.decisionOf(id)
	if err != nil {
		return d, err
	}
	if err := tx.mayWork(actor, d.ProjectID); err != nil {
		return d, err
	}
	if d.Kind == KindApproval {
		return d, ErrNotFound
	}
	if d.State == Drafted {
		return d, nil
	}
	return d, tx.mayLead(actor, d.ProjectID)
}

// happened is an event about it, for clients once they have seen it.
func (d decisionOf) happened(actor ID, kind string) happened {
	return happened{project: d.ProjectID, actor: actor, kind: kind, clients: d.State != Drafted, decision: d.ID, number: d.Edition, milestone: d.MilestoneID}
}

// AddDecision writes a draft, which clients do not see. Errors: ErrPreview,
// ErrNotFound, ErrDenied, Invalid.
func (s *Store) AddDecision(actor Actor, project ID, form DecisionForm) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if err := tx.mayWork(actor, project); err != nil {
			return err
		}
		a, err := form.clean()
		if err != nil {
			return err
		}
		if err := tx.run("INSERT INTO decision (id, project_id, kind, state, milestone_id, created_by, created_at) VALUES (?,?,?,'draft',?,?,?)",
			id, project, a.kind, a.milestone, actor.ID, tx.now); err != nil {
			return err
		}
		if err := tx.putAsking(id, project, 1, a); err != nil {
			return err
		}
		return tx.touch(project, false)
	})
	return id, err
}

// EditDecision changes a draft; what was asked already is asked anew, as the next
// edition, and so is a change that a client proposed. Errors as of AddDecision, and
// *Conflict when it changed meanwhile.
func (s *Store) EditDecision(actor Actor, id ID, form DecisionForm) error {
	return s.write(func(tx *Tx) error {
		d, err := tx.workDecision(actor, id)
		if err != nil {
			return err
		}
		if form.Version != d.Version {
			return &Conflict{Version: d.Version, Theirs: map[string]string{"question": d.Question}}
		}
		form.Kind = d.Kind
		a, err := form.clean()
		if err != nil {
			return err
		}
		if d.State != Drafted {
			return tx.askAnew(actor, d, a)
		}
		if err := tx.run("DELETE FROM edition WHERE decision_id = ? AND number = ? AND asked_at IS NULL", id, d.Edition); err != nil {
			return err
		}
		if err := tx.must("UPDATE decision SET milestone_id = ?, version = version + 1 WHERE id = ?", a.milestone, id); err != nil {
			return err
		}
		if err := tx.putAsking(id, d.ProjectID, d.Edition, a); err != nil {
			return err
		}
		return tx.touch(d.ProjectID, false)
	})
}

// DeleteDecision throws a draft away.
func (s *Store) DeleteDecision(actor Actor, id ID) error {
	return s.write(func(tx *Tx) error {
		d, err := tx.workDecision(actor, id)
		if err != nil {
			return err
		}
		if d.State != Drafted {
			return &Over{State: d.State, Edition: d.Edition}
		}
		if err := tx.must("DELETE FROM decision WHERE id = ? AND shown_at IS NULL", id); err != nil {
			return err
		}
		return tx.touch(d.ProjectID, false)
	})
}

// putAsking stores what is asked in an edition, who has to answer it and what waits
// for it. Things of other projects, and people who could not answer, are refused.
func (tx *Tx) putAsking(id, project ID, number int, a asking) error {
	if err := tx.ofProject(project, a); err != nil {
		return err
	}
	e := a.edition
	if err := tx.run(`INSERT INTO edition (decision_id, number, question, context, if_silent, free_answer, mode, due_on, closes, currency, price, days) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
		id, number, e.Question, e.Context, e.IfSilent, e.FreeAnswer, e.Mode, e.DueOn, e.Closes, e.Currency, e.Price, e.Days); err != nil {
		return err
	}
	for _, table := range []string{"decision_option", "change_task"} {
		if err := tx.run("DELETE FROM "+table+" WHERE decision_id = ? AND edition = ?", id, number); err != nil {
			return err
		}
	}
	for i, o := range a.options {
		if err := tx.run("INSERT INTO decision_option (id, decision_id, edition, position, title, text, cost, days, recommended) VALUES (?,?,?,?,?,?,?,?,?)",
			NewID(), id, number, i+1, o.Title, o.Text, o.Cost, o.Days, o.Recommended); err != nil {
			return err
		}
	}
	for i, title := range a.newTasks {
		if err := tx.run("INSERT INTO change_task (decision_id, edition, position, title) VALUES (?,?,?,?)", id, number, i+1, title); err != nil {
			return err
		}
	}
	return tx.putPeople(id, a)
}

func (tx *Tx) putPeople(id ID, a asking) error {
	for _, table := range []string{"decision_task", "decider"} {
		if err := tx.run("DELETE FROM "+table+" WHERE decision_id = ?", id); err != nil {
			return err
		}
	}
	tasks, err := jsonIDs(a.tasks)
	if err != nil {
		return err
	}
	if err := tx.run("INSERT INTO decision_task (decision_id, task_id) SELECT ?, value FROM json_each(?)", id, tasks); err != nil {
		return err
	}
	deciders, err := jsonIDs(a.deciders)
	if err != nil {
		return err
	}
	return tx.run("INSERT INTO decider (decision_id, person_id, position) SELECT ?, value, key + 1 FROM json_each(?)", id, deciders)
}

// ofProject refuses what belongs elsewhere, and to ask people who would not see the question.
func (tx *Tx) ofProject(project ID, a asking) error {
	type found struct {
		milestones, tasks, deciders int
	}
	tasks, err := jsonIDs(a.tasks)
	if err != nil {
		return err
	}
	deciders, err := jsonIDs(a.deciders)
	if err != nil {
		return err
	}
	n, err := one(tx, func(f *found) []any { return []any{&f.milestones, &f.tasks, &f.deciders} },
		`SELECT (SELECT count(*) FROM milestone WHERE id = ?2 AND project_id = ?1), (SELECT count(*) FROM json_each(?3) j JOIN task t ON t.id = j.value AND t.project_id = ?1),
		(SELECT count(*) FROM json_each(?4) j JOIN may_be_asked m ON m.person_id = j.value AND m.project_id = ?1
			WHERE EXISTS (SELECT 1 FROM feature_project_client f WHERE f.project_id = ?1 AND f.name = 'decisions'))`, project, a.milestone, tasks, deciders)
	switch {
	case err != nil:
		return err
	case a.milestone != 0 && n.milestones == 0:
		return invalid("milestone", "choice.unknown")
	case n.tasks < len(a.tasks):
		return invalid("tasks", "choice.unknown")
	case n.deciders < len(a.deciders):
		return invalid("deciders", "decision.decider-may-not")
	}
	return nil
}
