package db

// sealAnswer freezes what was on screen and what was answered.
func (tx *Tx) sealAnswer(id ID, actor Actor, d decisionOf, a RecordAnswer) error {
	r, err := tx.recordOf(d)
	if err != nil {
		return err
	}
	r.ID, r.Answer, r.At = id, a, tx.now
	if r.Person, err = one(tx, func(p *RecordPerson) []any { return []any{&p.ID, &p.Name, &p.Role} },
		`SELECT p.id, p.name, coalesce((SELECT cr.name FROM project pr JOIN contact c ON c.company_id = pr.company_id AND c.person_id = p.id JOIN client_role cr ON cr.id = c.role_id WHERE pr.id = ?2), '')
		FROM person p WHERE p.id = ?1`, actor.ID, d.ProjectID); err != nil {
		return err
	}
	if r.SignedIn, err = one(tx, func(s *RecordSession) []any { return []any{&s.Method, &s.At, &s.Passkey} },
		"SELECT coalesce(max(method), ''), max(created_at), max(passkey_at) IS NOT NULL FROM session WHERE id = ?", actor.Session); err != nil {
		return err
	}
	return tx.append(r, d.ID)
}

// recordOf is what clients have on screen of a decision, by the names that its project
// shows.
func (tx *Tx) recordOf(d decisionOf) (r Record, err error) {
	if r, err = one(tx, func(r *Record) []any {
		q := &r.Decision
		return []any{&r.Format, &r.Workspace, &r.Company.ID, &r.Company.Name, &r.Project.ID, &r.Project.Name, &q.ID, &q.Kind, &q.Edition, &q.Question, &q.Context, &q.IfSilent,
			&q.FreeAnswer, &q.Mode, &q.DueOn, &q.Closes, &q.Currency, &q.Price, &q.Days, &q.AskedAt, &q.AskedBy, &q.Milestone}
	}, `SELECT ?2, coalesce((SELECT value FROM setting WHERE key = 'workspace.name'), ''), p.company_id, coalesce(co.name, ''), p.id, p.name, d.id, d.kind, e.number, e.question, e.context, e.if_silent,
			e.free_answer, e.mode, e.due_on, e.closes, e.currency, e.price, e.days, e.asked_at,
			coalesce((SELECT n.name FROM shown_person_client n WHERE n.project_id = p.id AND n.person_id = e.asked_by), ''), coalesce(m.name, '')
		FROM decision d JOIN edition e ON e.decision_id = d.id AND e.number = d.edition JOIN project p ON p.id = d.project_id
		LEFT JOIN company co ON co.id = p.company_id LEFT JOIN milestone m ON m.id = d.milestone_id WHERE d.id = ?1`, d.ID, RecordFormat); err != nil {
		return r, err
	}
	q := &r.Decision
	if q.Options, err = all(tx, func(o *RecordOption) []any { return []any{&o.ID, &o.Title, &o.Text, &o.Cost, &o.Days, &o.Recommended} },
		"SELECT id, title, text, cost, days, recommended FROM decision_option WHERE decision_id = ? AND edition = ? ORDER BY position", d.ID, d.Edition); err != nil {
		return r, err
	}
	if q.NewTasks, err = all(tx, itself[string], "SELECT title FROM change_task WHERE decision_id = ? AND edition = ? ORDER BY position", d.ID, d.Edition); err != nil {
		return r, err
	}
	if q.Tasks, err = all(tx, itself[string], `SELECT CASE WHEN t.client_title <> '' THEN t.client_title ELSE t.title END FROM decision_task w
		JOIN task t ON t.id = w.task_id AND t.private = 0 AND t.archived_at IS NULL WHERE w.decision_id = ? ORDER BY 1, t.id`, d.ID); err != nil {
		return r, err
	}
	if q.Deciders, err = all(tx, func(n *Named) []any { return []any{&n.ID, &n.Name} },
		"SELECT p.id, p.name FROM decider x JOIN person p ON p.id = x.person_id WHERE x.decision_id = ? ORDER BY x.position", d.ID); err != nil {
		return r, err
	}
	if r.Files, err = all(tx, func(f *RecordFile) []any { return []any{&f.ID, &f.Name, &f.Size, &f.SHA256, &f.Required} },
		"SELECT id, name, coalesce(size, 0), sha256, required FROM file WHERE (decision_id = ?1 OR version_id = ?2) AND sha256 IS NOT NULL ORDER BY name, id", d.ID, d.VersionID); err != nil {
		return r, err
	}
	if d.VersionID == 0 {
		return r, nil
	}
	delivered, err := one(tx, func(v *RecordDeliverable) []any {
		return []any{&v.ID, &v.Name, &v.Description, &v.Version, &v.Note, &v.SHA256}
	},
		"SELECT x.id, x.name, x.description, n.number, n.note, n.sha256 FROM deliverable_version n JOIN deliverable x ON x.id = n.deliverable_id WHERE n.id = ?", d.VersionID)
	r.Deliverable = &delivered
	return r, err
}
