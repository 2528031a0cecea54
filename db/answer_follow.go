package db

// follow does what an answer brings about, and records it: the event, the task of asked
// changes, and all that an accepted change request moves.
func (tx *Tx) follow(actor Actor, d decisionOf, a RecordAnswer, state string) error {
	if d.Kind == KindApproval {
		return tx.followApproval(actor, d, a, state)
	}
	kind := map[string]string{Decided: EventDecided, Changed: EventChanges, Declined: EventDeclined}[state]
	if state == Declined && a.Outcome != Decline {
		kind = EventDisagreed
	}
	if err := tx.record(d.happened(actor.ID, kind)); err != nil {
		return err
	}
	if d.Kind == KindChange && state == Decided {
		return tx.acceptChange(actor, d)
	}
	return nil
}

func (tx *Tx) followApproval(actor Actor, d decisionOf, a RecordAnswer, state string) error {
	happened, err := tx.answerOf(actor, d, map[string]string{Decided: EventApproved, Changed: EventChangesAsked, Declined: EventRefused}[state])
	if err != nil {
		return err
	}
	if err := tx.record(happened); err != nil {
		return err
	}
	if state == Changed {
		return tx.changesTask(actor, d.VersionID, a.Comment)
	}
	return nil
}

// answerOf is an event about an answer: to an approval it is about the deliverable and
// the number of its version.
func (tx *Tx) answerOf(actor Actor, d decisionOf, kind string) (happened, error) {
	if d.Kind != KindApproval {
		return d.happened(actor.ID, kind), nil
	}
	h := happened{project: d.ProjectID, actor: actor.ID, kind: kind, clients: true}
	var err error
	h.deliverable, h.number, err = tx.versionOf(d.VersionID)
	return h, err
}

func (tx *Tx) versionOf(id ID) (deliverable ID, number int, err error) {
	type version struct {
		deliverable ID
		number      int
	}
	v, err := one(tx, func(v *version) []any { return []any{&v.deliverable, &v.number} }, "SELECT deliverable_id, number FROM deliverable_version WHERE id = ?", id)
	return v.deliverable, v.number, err
}

// acceptChange adds the price to what is sold, moves the milestone it names and all
// that comes after, and makes its tasks.
func (tx *Tx) acceptChange(actor Actor, d decisionOf) error {
	open, err := tx.askingOf(d)
	if err != nil {
		return err
	}
	if open.edition.Price != nil {
		if err := tx.run("INSERT INTO budget_line (id, project_id, decision_id, text, amount, currency, created_at) VALUES (?,?,?,?,?,?,?) ON CONFLICT (decision_id) DO UPDATE SET text = excluded.text, amount = excluded.amount, currency = excluded.currency",
			NewID(), d.ProjectID, d.ID, d.Question, *open.edition.Price, open.edition.Currency, tx.now); err != nil {
			return err
		}
	}
	if days := open.edition.Days; days != nil && *days != 0 {
		if err := tx.moveDates(actor, d, *days); err != nil {
			return err
		}
	}
	return tx.makeTasks(actor, d)
}

// moveDates moves the end of a project, the milestone that a change belongs to, and the
// later ones with what is left to do in them. What is reached or done stays.
func (tx *Tx) moveDates(actor Actor, d decisionOf, days int64) error {
	const later = "(SELECT m.id FROM milestone m JOIN milestone n ON n.id = ?2 WHERE m.project_id = n.project_id AND m.reached_on IS NULL AND (m.position, m.id) > (n.position, n.id))"
	const by = " || ' days'"
	if err := tx.run(`INSERT INTO event (id, project_id, actor_id, kind, audience, milestone_id, old_date, new_date, internal, at)
		SELECT abs(random()) & 0x3fffffffffffffff | 1, m.project_id, ?3, '`+EventMilestoneMoved+`', 'client', m.id, m.due_on, date(m.due_on, ?1`+by+`), '', ?4 FROM milestone m
		 WHERE m.due_on IS NOT NULL AND m.reached_on IS NULL AND (m.id = ?2 OR m.id IN `+later+") ORDER BY m.position", days, d.MilestoneID, actor.ID, tx.now); err != nil {
		return err
	}
	if err := tx.run("UPDATE task SET starts_on = date(starts_on, ?1"+by+"), due_on = date(due_on, ?1"+by+"), version = version + 1 WHERE milestone_id IN "+later+" AND done_at IS NULL AND archived_at IS NULL", days, d.MilestoneID); err != nil {
		return err
	}
	if err := tx.run("UPDATE milestone SET starts_on = date(starts_on, ?1"+by+"), due_on = date(due_on, ?1"+by+"), version = version + 1 WHERE id IN "+later, days, d.MilestoneID); err != nil {
		return err
	}
	if err := tx.run("UPDATE milestone SET due_on = date(due_on, ?1"+by+"), version = version + 1 WHERE id = ?2 AND reached_on IS NULL", days, d.MilestoneID); err != nil {
		return err
	}
	return tx.run("UPDATE project SET ends_on = date(ends_on, ?1"+by+"), version = version + 1 WHERE id = ?2", days, d.ProjectID)
}

// makeTasks makes the tasks that were named in the question: the client has read their
// titles, so they are shown.
func (tx *Tx) makeTasks(actor Actor, d decisionOf) error {
	titles, err := all(tx, itself[string], "SELECT title FROM change_task WHERE decision_id = ? AND edition = ? ORDER BY position", d.ID, d.Edition)
	if err != nil || len(titles) == 0 {
		return err
	}
	column, err := tx.columnOf(d.ProjectID, Todo)
	if err != nil {
		return err
	}
	for _, title := range titles {
		id := NewID()
		place, err := tx.place(column.ID, 0, id)
		if err != nil {
			return err
		}
		if err := tx.run("INSERT INTO task (id, project_id, column_id, milestone_id, title, private, position, created_by, created_at) VALUES (?,?,?,?,?,0,?,?,?)",
			id, d.ProjectID, column.ID, d.MilestoneID, title, place, actor.ID, tx.now); err != nil {
			return err
		}
		if err := tx.record(happened{project: d.ProjectID, actor: actor.ID, kind: EventTaskCreated, clients: true, task: id, column: column}); err != nil {
			return err
		}
	}
	return nil
}
