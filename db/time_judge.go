package db

// Judgement is what somebody who leads a project says of work on it: that it is approved, or
// returned for a reason, which only the team reads.
type Judgement struct {
	Entries, Expenses []ID
	Approve           bool
	Reason            string
}

const judgedAtOnce = 500

// Judge approves or returns entries and expenses, all of them or none. What the actor does not see is
// ErrNotFound, what they may not judge (their own work, where the workspace does not let them, or what
// stands on an invoice) ErrDenied. Clients see what was approved at once, and what was returned no more.
func (s *Store) Judge(actor Actor, j Judgement) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		reason, err := cleanText("reason", j.Reason, 500)
		switch {
		case err != nil:
			return err
		case len(j.Entries)+len(j.Expenses) == 0:
			return invalid("entries", "time.none-chosen")
		case len(j.Entries)+len(j.Expenses) > judgedAtOnce:
			return invalid("entries", "choice.too-many", "Max", judgedAtOnce)
		case !j.Approve && reason == "":
			return invalid("reason", "time.reason-empty")
		}
		if j.Approve {
			reason = ""
		}
		if err := tx.judge(actor, "time_entry", j.Entries, j.Approve, reason); err != nil {
			return err
		}
		return tx.judge(actor, "expense", j.Expenses, j.Approve, reason)
	})
}

// judge does so for rows of one table and lets everybody hear who sees their budgets.
func (tx *Tx) judge(actor Actor, table string, ids []ID, approve bool, reason string) error {
	if len(ids) == 0 {
		return nil
	}
	list, err := jsonIDs(ids)
	if err != nil {
		return err
	}
	type counts struct{ all, seen, may int }
	c, err := one(tx, func(c *counts) []any { return []any{&c.all, &c.seen, &c.may} }, `SELECT count(DISTINCT j.value), count(DISTINCT v.`+table+`_id), count(DISTINCT m.`+table+`_id) FROM json_each(?1) j
		LEFT JOIN visible_`+table+`_team v ON v.`+table+`_id = j.value AND v.viewer_id = ?2 LEFT JOIN may_judge_`+table+` m ON m.`+table+`_id = j.value AND m.viewer_id = ?2`, list, actor.ID)
	switch {
	case err != nil:
		return err
	case c.seen < c.all:
		return ErrNotFound
	case c.may < c.all:
		return ErrDenied
	}
	state := WorkReturned
	if approve {
		state = WorkApproved
	}
	if err := tx.run("UPDATE "+table+" SET state = ?, reason = ?, judged_by = ?, judged_at = ?, version = version + 1 WHERE id IN (SELECT value FROM json_each(?))", state, reason, actor.ID, tx.now, list); err != nil {
		return err
	}
	booked := "SELECT DISTINCT s.budget_id FROM json_each(?) j JOIN time_entry e ON e.id = j.value JOIN budget_service s ON s.id = e.service_id"
	if table == "expense" {
		booked = "SELECT DISTINCT x.budget_id FROM json_each(?) j JOIN expense x ON x.id = j.value"
	}
	budgets, err := all(tx, itself[ID], booked, list)
	for _, id := range budgets { // the few of a project
		b, err := tx.budgetOf(id)
		if err == nil {
			err = tx.reckoned(b)
		}
		if err != nil {
			return err
		}
	}
	if err != nil || table == "expense" {
		return err
	}
	return tx.run("UPDATE project SET team_version = team_version + 1 WHERE id IN (SELECT e.project_id FROM json_each(?) j JOIN time_entry e ON e.id = j.value WHERE e.service_id IS NULL)", list)
}

// Approvals are the entries and expenses of a project that wait to be approved, the oldest first.
func (v *Viewer) Approvals(project ID) (entries []TimeEntry, expenses []Expense, err error) {
	if entries, err = all(v.source, timeEntryFields, teamEntry+" WHERE v.viewer_id = ? AND e.project_id = ? AND e.state = 'open' AND e.invoice_id IS NULL ORDER BY e.day, e.person_id, e.created_at, e.id LIMIT ?", v.ID, project, judgedAtOnce); err != nil {
		return nil, nil, err
	}
	expenses, err = all(v.source, expenseFields, teamExpense+" WHERE v.viewer_id = ? AND b.project_id = ? AND x.state = 'open' AND x.invoice_id IS NULL ORDER BY x.day, x.created_at, x.id LIMIT ?", v.ID, project, judgedAtOnce)
	return entries, expenses, err
}

// OwnTime says whether people may approve their own work.
func (v *Viewer) OwnTime() (bool, error) {
	return value[bool](v.source, "SELECT EXISTS (SELECT 1 FROM setting t WHERE t.key = 'time.own' AND t.value = '1') WHERE EXISTS (SELECT 1 FROM visible_project_team v WHERE v.viewer_id = ?)", v.ID)
}

// SetOwnTime lets people approve their own work, or not; owner and admins only.
func (s *Store) SetOwnTime(actor Actor, own bool) error {
	return s.write(func(tx *Tx) error {
		boss, err := tx.mayAdminister(actor)
		if err != nil {
			return err
		}
		if err := tx.must("UPDATE setting SET value = ? WHERE key = 'time.own'", own); err != nil {
			return err
		}
		return tx.audit(boss.ID, "time.own", 0, 0, map[bool]string{true: "on", false: "off"}[own])
	})
}
