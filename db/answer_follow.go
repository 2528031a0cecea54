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
	before, err := tx.acceptedBefore(d)
	if err != nil {
		return err
	}
	if open.edition.Price != nil {
		err = tx.run("INSERT INTO budget_line (id, project_id, decision_id, text, amount, currency, created_at) VALUES (?,?,?,?,?,?,?) ON CONFLICT (decision_id) DO UPDATE SET text = excluded.text, amount = excluded.amount, currency = excluded.currency",
			NewID(), d.ProjectID, d.ID, d.Question, *open.edition.Price, open.edition.Currency, tx.now)
	} else {
		err = tx.run("DELETE FROM budget_line WHERE decision_id = ?", d.ID)
	}
	if err != nil {
		return err
	}
	days := int64(0)
	if open.edition.Days != nil {
		days = *open.edition.Days
	}
	if before.milestone == d.MilestoneID {
		days -= before.days
	} else if err := tx.moveDates(actor, d.ProjectID, before.milestone, -before.days); err != nil {
		return err
	}
	if err := tx.moveDates(actor, d.ProjectID, d.MilestoneID, days); err != nil {
		return err
	}
	return tx.makeTasks(actor, d)
}

type acceptedChange struct {
	milestone ID
	days      int64
}

// acceptedBefore is what an earlier edition of a change moved when that was accepted:
// the next one that is accepted takes its place and does not come on top of it.
func (tx *Tx) acceptedBefore(d decisionOf) (acceptedChange, error) {
	was, err := one(tx, func(c *acceptedChange) []any { return []any{&c.milestone, &c.days} },
		`SELECT n.milestone_id, coalesce(e.days, 0) FROM event n JOIN edition e ON e.decision_id = n.decision_id AND e.number = n.number
		WHERE n.decision_id = ? AND n.kind = '`+EventDecided+`' AND n.number < ? ORDER BY n.number DESC LIMIT 1`, d.ID, d.Edition)
	if err == ErrNotFound {
		err = nil
	}
	return was, err
}

// moveDates moves the end of a project, a milestone, and the later ones with what is
// left to do in them. What is reached or done stays; nothing ends before it starts.
func (tx *Tx) moveDates(actor Actor, project, milestone ID, days int64) error {
	if days == 0 {
		return nil
	}
	const later = "(SELECT m.id FROM milestone m JOIN milestone n ON n.id = ?2 WHERE m.project_id = n.project_id AND m.reached_on IS NULL AND (m.position, m.id) > (n.position, n.id))"
	var (
		starts, due = moved("starts_on"), moved("due_on")
		ends        = "max(" + due + ", coalesce(starts_on, ''))"
	)
	if err := tx.run(`INSERT INTO event (id, project_id, actor_id, kind, audience, milestone_id, old_date, new_date, cause, internal, at)
		SELECT abs(random()) & 0x3fffffffffffffff | 1, m.project_id, ?3, '`+EventMilestoneMoved+`', 'client', m.id, m.due_on, iif(m.id = ?2, `+ends+`, `+due+`), '`+Scope+`', '', ?4 FROM milestone m
		 WHERE m.due_on IS NOT NULL AND m.reached_on IS NULL AND (m.id = ?2 OR m.id IN `+later+") ORDER BY m.position", days, milestone, actor.ID, tx.now); err != nil {
		return err
	}
	if err := tx.run("UPDATE task SET starts_on = "+starts+", due_on = "+due+", version = version + 1 WHERE milestone_id IN "+later+" AND done_at IS NULL AND archived_at IS NULL", days, milestone); err != nil {
		return err
	}
	if err := tx.run("UPDATE milestone SET starts_on = "+starts+", due_on = "+due+", version = version + 1 WHERE id IN "+later, days, milestone); err != nil {
		return err
	}
	if err := tx.run("UPDATE milestone SET due_on = "+ends+", version = version + 1 WHERE id = ?2 AND reached_on IS NULL", days, milestone); err != nil {
		return err
	}
	return tx.run("UPDATE project SET ends_on = max("+moved("ends_on")+", coalesce(starts_on, '')), version = version + 1 WHERE id = ?2", days, project)
}

// moved is a date moved by ?1 days, as far as there are dates that people can type.
func moved(column string) string {
	return "max(coalesce(date(" + column + ", ?1 || ' days'), " + column + "), '1970-01-01')"
}

// makeTasks makes the tasks that were named in the question: the client has read their
// titles, so they are shown. Those that an earlier edition made stand there already.
func (tx *Tx) makeTasks(actor Actor, d decisionOf) error {
	titles, err := all(tx, itself[string], `SELECT title FROM change_task WHERE decision_id = ?1 AND edition = ?2 AND title NOT IN (SELECT c.title FROM event n
		JOIN change_task c ON c.decision_id = n.decision_id AND c.edition = n.number WHERE n.decision_id = ?1 AND n.kind = '`+EventDecided+`' AND n.number < ?2) ORDER BY position`, d.ID, d.Edition)
	if err != nil || len(titles) == 0 {
		return err
	}
	column, err := tx.firstColumn(d.ProjectID)
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
