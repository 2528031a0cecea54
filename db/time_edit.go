package db

import "vitrine/db/hours"

// EditTime changes an entry and keeps what it said before. Whoever booked it may until it was approved,
// who leads the project at any time; nobody once it stands on an invoice. One that was returned waits to be
// approved again. Its price stays that of when it was booked, unless it moves to another service. Errors
// as of AddTime, and *Conflict.
func (s *Store) EditTime(actor Actor, id ID, form TimeForm) error {
	return s.write(func(tx *Tx) error {
		old, err := tx.entryOf(actor, id)
		if err != nil {
			return err
		}
		if form.Version != old.Version {
			return &Conflict{Version: old.Version, Theirs: map[string]string{"minutes": hours.Clock(old.Minutes), "billable": hours.Clock(old.Billable), "remark": old.Remark, "wording": old.Wording}}
		}
		b, err := form.clean()
		if err != nil {
			return err
		}
		b.person = actor.ID // whoever may change it may, for whomever it was booked
		if err := tx.placed(actor, &b); err != nil {
			return err
		}
		b.person = old.PersonID
		if b.service == old.ServiceID {
			b.price, b.rate = old.price, old.rate
		}
		if err := tx.spanned(&b, form); err != nil {
			return err
		}
		if b.from.IsZero() && b.day == old.Day && b.minutes == old.Minutes {
			b.from, b.to = old.StartedAt, old.EndedAt
		}
		if err := tx.question(b, id); err != nil {
			return err
		}
		return tx.rebook(actor, old, b)
	})
}

// rebook stores an entry as it is booked now.
func (tx *Tx) rebook(actor Actor, old entryOf, b booking) error {
	before, err := tx.shows(old.ID)
	if err != nil {
		return err
	}
	if err := tx.run(`INSERT INTO time_entry_version (time_entry_id, number, changed_by, changed_at, service, task, day, minutes, billable, remark, wording)
		SELECT e.id, e.version, ?, ?, coalesce(s.name, ''), coalesce(t.title, ''), e.day, e.minutes, e.billable, e.remark, e.wording FROM time_entry e
		LEFT JOIN budget_service s ON s.id = e.service_id LEFT JOIN task t ON t.id = e.task_id WHERE e.id = ?`, actor.ID, tx.now, old.ID); err != nil {
		return err
	}
	if err := tx.must(`UPDATE time_entry SET project_id = ?, service_id = ?, task_id = ?, day = ?, minutes = ?, billable = ?, started_at = ?, ended_at = ?, remark = ?, wording = ?, price = ?, rate = ?, amount = ?, cost = ?,
		state = iif(state = 'returned', 'open', state), version = version + 1 WHERE id = ?`, b.project, b.service, b.task, b.day, b.minutes, b.billable, b.from, b.to, b.remark, b.wording, b.price, b.rate,
		hours.Amount(b.billable, b.price, b.unit), hours.Amount(b.minutes, b.rate, b.unit), old.ID); err != nil {
		return err
	}
	return tx.moved(old, before, b.project, b.budget)
}

// moved lets everybody hear of an entry where it was and where it is.
func (tx *Tx) moved(old entryOf, before bool, project ID, budget budgetOf) error {
	after := false
	if budget.ID != 0 {
		var err error
		if after, err = tx.shows(old.ID); err != nil {
			return err
		}
	}
	if old.BudgetID != budget.ID || old.ProjectID != project {
		if err := tx.left(old, before); err != nil {
			return err
		}
		before = false
	}
	if budget.ID == 0 {
		return tx.touch(project, false)
	}
	budget.Open = before || after
	return tx.reckoned(budget)
}

// left lets everybody hear of a budget that an entry is not on any more.
func (tx *Tx) left(old entryOf, shown bool) error {
	if old.BudgetID == 0 {
		return tx.touch(old.ProjectID, false)
	}
	budget, err := tx.budgetOf(old.BudgetID)
	if err != nil {
		return err
	}
	budget.Open = shown
	return tx.reckoned(budget)
}

// DeleteTime takes an entry back, with its history. Who may is as of EditTime.
func (s *Store) DeleteTime(actor Actor, id ID) error {
	return s.write(func(tx *Tx) error {
		old, err := tx.entryOf(actor, id)
		if err != nil {
			return err
		}
		before, err := tx.shows(id)
		if err != nil {
			return err
		}
		if err := tx.must("DELETE FROM time_entry WHERE id = ?", id); err != nil {
			return err
		}
		return tx.left(old, before)
	})
}

// entryOf is what a write needs to know of an entry.
type entryOf struct {
	ID, ProjectID, PersonID, ServiceID, BudgetID, TaskID, InvoiceID ID
	Day                                                             Date
	Minutes, Billable                                               int
	StartedAt, EndedAt                                              Time
	Remark, Wording, State                                          string
	Version                                                         int64
	price, rate                                                     int64
	may                                                             bool
}

func entryOfFields(e *entryOf) []any {
	return []any{&e.ID, &e.ProjectID, &e.PersonID, &e.ServiceID, &e.BudgetID, &e.TaskID, &e.InvoiceID, &e.Day, &e.Minutes, &e.Billable, &e.StartedAt, &e.EndedAt, &e.Remark, &e.Wording, &e.State, &e.Version, &e.price, &e.rate, &e.may}
}

const entryOfColumns = "e.id, e.project_id, e.person_id, e.service_id, s.budget_id, e.task_id, e.invoice_id, e.day, e.minutes, e.billable, e.started_at, e.ended_at, e.remark, e.wording, e.state, e.version, e.price, e.rate"

// entryOf is an entry that the actor may change: ErrDenied where they see it and may not, ErrSent
// once it stands on an invoice.
func (tx *Tx) entryOf(actor Actor, id ID) (entryOf, error) {
	if err := tx.notPreview(actor); err != nil {
		return entryOf{}, err
	}
	e, err := one(tx, entryOfFields, "SELECT "+entryOfColumns+`, EXISTS (SELECT 1 FROM may_edit_time_entry m WHERE m.viewer_id = v.viewer_id AND m.time_entry_id = e.id)
		FROM visible_time_entry_team v JOIN time_entry e ON e.id = v.time_entry_id LEFT JOIN budget_service s ON s.id = e.service_id WHERE v.viewer_id = ? AND e.id = ?`, actor.ID, id)
	switch {
	case err != nil:
	case e.InvoiceID != 0:
		err = ErrSent
	case !e.may:
		err = ErrDenied
	}
	return e, err
}
