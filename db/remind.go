package db

import "time"

// Jobs about an open question, whose subject is the decision: JobRemind climbs the
// ladder of reminders, JobExpire closes one that takes no answer after its day.
const (
	JobRemind = "remind"
	JobExpire = "expire"
)

// The ladder: some days before the day an answer is needed and on it, then every few
// working days; without a day every few working days from the first.
const (
	remindBefore  = 3
	remindAfter   = 2
	remindUndated = 3
	mostReminders = 10
	officeShut    = 14 // days before a due day on which a reminder of it may come early
)

// question is what reminders need to know of one that is open.
type question struct {
	askedAt       Time
	due           Date
	mode          string
	closes, begun bool // begun: somebody has answered this edition
}

// questionOf is an open question; ErrNotFound when it is not open any more.
func (tx *Tx) questionOf(id ID) (question, error) {
	return one(tx, func(q *question) []any { return []any{&q.askedAt, &q.due, &q.mode, &q.closes, &q.begun} },
		`SELECT e.asked_at, e.due_on, e.mode, e.closes, EXISTS (SELECT 1 FROM signoff s WHERE s.decision_id = d.id AND s.edition = d.edition)
			FROM decision d JOIN edition e ON e.decision_id = d.id AND e.number = d.edition WHERE d.id = ? AND d.state = 'asked'`, id)
}

// ladder are the moments, in order, at which people are reminded of what was asked then
// and is needed on the due day ("" for none): in the morning, on days when the office
// is open. Where it is closed three days before, the next open day takes its place, and
// the last open one that of the day itself.
func (o Office) ladder(asked time.Time, due Date) (rungs []time.Time) {
	add := func(at time.Time) {
		if at.After(asked) && len(rungs) < mostReminders {
			rungs = append(rungs, at)
		}
	}
	local, every := asked.In(o.Zone), remindUndated
	day := time.Date(local.Year(), local.Month(), local.Day(), 12, 0, 0, 0, o.Zone)
	if needed, ok := due.Midnight(); ok {
		needed = time.Date(needed.Year(), needed.Month(), needed.Day(), 12, 0, 0, 0, o.Zone)
		every = remindAfter
		on, open := o.openMorning(needed, -1, officeShut)
		first, early := o.openMorning(needed.AddDate(0, 0, -remindBefore), 1, remindBefore)
		if early && open && first.Before(on) {
			add(first)
		}
		if open {
			add(on)
		}
		day = latest(day, needed)
	}
	for worked, reached := 0, 0; reached < officeReach && len(rungs) < mostReminders; reached++ {
		day = day.AddDate(0, 0, 1)
		if at, open := o.morning(day); open {
			if worked++; worked%every == 0 {
				add(at)
			}
		}
	}
	return rungs
}

// morning is when people are written to on a day: as the office opens, and not before
// eight if it is still open then. A day on which it is closed has none.
func (o Office) morning(day time.Time) (time.Time, bool) {
	from, to, open := o.hours(day)
	if eight := time.Date(day.Year(), day.Month(), day.Day(), 8, 0, 0, 0, o.Zone); eight.Before(to) {
		from = latest(from, eight)
	}
	return from, open
}

// openMorning is the first of a day and those after it (step 1) or before it (-1) on
// which the office is open.
func (o Office) openMorning(day time.Time, step, days int) (time.Time, bool) {
	for range days {
		if at, open := o.morning(day); open {
			return at, true
		}
		day = day.AddDate(0, 0, step)
	}
	return day, false
}

// dayBegins and dayEnds are midnights in the office's zone.
func (o Office) dayBegins(at time.Time) Time {
	local := at.In(o.Zone)
	return At(time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, o.Zone))
}

func (o Office) dayEnds(day Date) Time {
	at, _ := day.Midnight()
	return At(time.Date(at.Year(), at.Month(), at.Day()+1, 0, 0, 0, 0, o.Zone))
}

// schedule asks for the first reminder of a question, and for its end.
func (tx *Tx) schedule(id ID, q question) error {
	talk, err := tx.talk()
	if err != nil {
		return err
	}
	if rungs := talk.Office.ladder(q.askedAt.Time, q.due); len(rungs) > 0 {
		if err := tx.later(JobRemind, id, At(rungs[0])); err != nil {
			return err
		}
	}
	if !q.closes {
		return nil
	}
	return tx.later(JobExpire, id, talk.Office.dayEnds(q.due))
}

// later asks for a job unless the very same waits already.
func (tx *Tx) later(kind string, subject ID, at Time) error {
	return tx.run(`INSERT INTO job (kind, subject_id, run_at) SELECT ?1, ?2, ?3
		WHERE NOT EXISTS (SELECT 1 FROM job WHERE done_at IS NULL AND run_at = ?3 AND kind = ?1 AND subject_id = ?2)`, kind, subject, at)
}

// RemindDue reminds those who have to answer a question of it when a rung of its ladder
// was reached, and asks for the next one. Rungs that were missed, because the program did
// not run, are one reminder. What is not open any more is left alone. Done again it
// reminds nobody twice, and nobody who was asked that day.
func (s *Store) RemindDue(id ID) error {
	return s.write(func(tx *Tx) error {
		tx.hush()
		q, err := tx.questionOf(id)
		if err == ErrNotFound {
			return nil
		}
		if err != nil {
			return err
		}
		talk, err := tx.talk()
		if err != nil {
			return err
		}
		reached := time.Time{}
		for _, rung := range talk.Office.ladder(q.askedAt.Time, q.due) {
			if rung.After(tx.now.Time) {
				err = tx.later(JobRemind, id, At(rung))
				break
			}
			reached = rung
		}
		if err != nil || reached.IsZero() {
			return err
		}
		return tx.tellOf(id, MailReminder, id, 0, hearsDecision+` AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = p.id AND o.subject_id = ?1
			AND o.kind IN ('asked', 'reminder') AND o.created_at >= ?7)`, talk.Office.dayBegins(reached))
	})
}

// ExpireDue closes a question that takes no answer after its day, once that is over,
// and tells the team. One that was answered, or asked anew for a later day, is left alone.
func (s *Store) ExpireDue(id ID) error {
	return s.write(func(tx *Tx) error {
		d, err := tx.decisionOf(id)
		if err == ErrNotFound || err == nil && (d.State != Asked || !d.Closes) {
			tx.hush()
			return nil
		}
		if err != nil {
			return err
		}
		over, err := tx.closed(d)
		if err != nil {
			return err
		}
		if !over {
			tx.hush()
			talk, err := tx.talk()
			if err != nil {
				return err
			}
			return tx.later(JobExpire, id, talk.Office.dayEnds(d.DueOn))
		}
		if err := tx.must("UPDATE decision SET state = 'expired', ended_at = ?, version = version + 1 WHERE id = ? AND state = 'asked'", tx.now, id); err != nil {
			return err
		}
		d.State = Expired
		if err := tx.record(d.happened(0, EventExpired)); err != nil {
			return err
		}
		if err := tx.tellOf(id, MailUnanswered, id, 0, hearsAnswer); err != nil {
			return err
		}
		return tx.settled(id)
	})
}
