package db

import (
	"database/sql/driver"
	"encoding/json"
)

// JobLate looks at a thread when its promise has passed.
const JobLate = "late"

// Clock is with whom a thread lies, as the team reads it. HandledBy is who said
// that no answer is needed, HeldBy whose reply to it is still held.
type Clock struct {
	Thread                          ID
	LiesWith                        string
	Since, DueAt, LateAt, HandledAt Time
	HandledBy, HeldBy               string
	May                             bool // the project is not archived
}

// heldBy are those whose held reply will answer the thread h.
const heldBy = `coalesce((SELECT group_concat(w.name, ', ') FROM (SELECT DISTINCT a.name FROM reply r JOIN person a ON a.id = r.author_id
	WHERE r.thread_id = h.id AND r.released_at IS NULL AND r.deleted_at IS NULL AND r.stopped = 0 ORDER BY a.name) w), '')`

// Clock says with whom a thread lies, and since when.
func (v *Viewer) Clock(thread ID) (Clock, error) {
	return one(v.source, func(c *Clock) []any {
		return []any{&c.Thread, &c.LiesWith, &c.Since, &c.DueAt, &c.LateAt, &c.HandledAt, &c.HandledBy, &c.HeldBy, &c.May}
	}, `SELECT h.id, h.lies_with, h.since, h.due_at, h.late_at, iif(s.spoken AND h.lies_with = '', h.handled_at, NULL), coalesce(p.name, ''), `+heldBy+`,
			EXISTS (SELECT 1 FROM may_note n WHERE n.viewer_id = v.viewer_id AND n.thread_id = h.id)
		FROM visible_thread_team v JOIN thread h ON h.id = v.thread_id LEFT JOIN person p ON p.id = h.handled_by
		JOIN (SELECT EXISTS (SELECT 1 FROM reply r WHERE r.thread_id = ?2 AND r.released_at IS NOT NULL AND r.deleted_at IS NULL) AS spoken) s
		WHERE v.viewer_id = ?1 AND h.id = ?2`, v.ID, thread)
}

// Handle says that what waits in a thread needs no answer, or takes that back. It
// is everybody's of the team who may write there; on an archived project ErrDenied.
// What waits no longer, because somebody was quicker, stays as it is.
func (s *Store) Handle(actor Actor, thread ID, on bool) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		if _, err := tx.mayNote(actor, thread); err != nil {
			return err
		}
		query, args := "UPDATE thread SET handled_at = NULL, handled_by = NULL WHERE id = ? AND handled_at IS NOT NULL", []any{thread}
		if on {
			query, args = "UPDATE thread SET handled_at = ?, handled_by = ? WHERE id = ? AND lies_with = 'team'", []any{tx.now, actor.ID, thread}
		}
		changed, err := tx.exec(query, args...)
		if err != nil || changed == 0 {
			return err
		}
		return tx.settle(thread)
	})
}

// LateDue marks a thread as late that still waits past its promise, and both sides
// read that it is.
func (s *Store) LateDue(thread ID) error {
	return s.write(func(tx *Tx) error {
		changed, err := tx.exec("UPDATE thread SET late_at = due_at WHERE id = ? AND lies_with = 'team' AND late_at IS NULL AND due_at <= ?", thread, tx.now)
		if err != nil {
			return err
		}
		if changed == 0 {
			tx.hush()
			return nil
		}
		return tx.touchThread(thread)
	})
}

// SettleWaiting promises an answer to whatever waits when something waits without a
// promise: so it is after an update from a version that made none.
func (s *Store) SettleWaiting() error {
	waits := false
	if err := s.read(func(r source) (err error) {
		waits, err = value[bool](r, "SELECT EXISTS (SELECT 1 FROM thread WHERE lies_with = 'team' AND due_at IS NULL)")
		return err
	}); err != nil || !waits {
		return err
	}
	return s.write(func(tx *Tx) error { return tx.settleWaiting() })
}

// settleWaiting promises anew whatever waits for the team: after the office hours
// or the promises were changed. A promise that has passed by now is late at once.
func (tx *Tx) settleWaiting() error {
	type waiting struct {
		id         ID
		noun       string
		since, due Time
	}
	list, err := all(tx, func(w *waiting) []any { return []any{&w.id, &w.noun, &w.since, &w.due} }, "SELECT id, noun, since, due_at FROM thread WHERE lies_with = 'team'")
	if err != nil {
		return err
	}
	promise, err := tx.promises()
	if err != nil {
		return err
	}
	type line struct {
		ID  int64
		Due driver.Value
	}
	changed := []line{}
	for _, w := range list {
		if due := promise(w.noun, w.since); !due.Equal(w.due.Time) {
			stored, _ := due.Value()
			changed = append(changed, line{int64(w.id), stored})
		}
	}
	lines, err := json.Marshal(changed)
	if err != nil || len(changed) == 0 {
		return err
	}
	for _, statement := range promiseAnew {
		if err := tx.run(statement, string(lines), tx.now); err != nil {
			return err
		}
	}
	return nil
}

// promiseAnew writes the lines (ID, Due) of threads whose promise changed: the
// promise, a job for when it has passed, and the versions of their projects.
var promiseAnew = []string{
	`UPDATE thread SET due_at = j.value ->> 'Due', late_at = iif(j.value ->> 'Due' <= ?2, j.value ->> 'Due', NULL) FROM json_each(?1) j WHERE thread.id = j.value ->> 'ID'`,
	`INSERT INTO job (kind, subject_id, run_at) SELECT '` + JobLate + `', value ->> 'ID', value ->> 'Due' FROM json_each(?1) WHERE value ->> 'Due' > ?2`,
	`UPDATE project SET team_version = team_version + 1, client_version = client_version + 1 WHERE ?2 <> '' AND id IN (SELECT h.project_id FROM json_each(?1) j JOIN thread h ON h.id = j.value ->> 'ID' AND h.budget_id IS NULL WHERE ` + seenByClients + `)`,
	`UPDATE project SET team_version = team_version + 1, budget_version = budget_version + 1 WHERE ?2 <> '' AND id IN (SELECT h.project_id FROM json_each(?1) j JOIN thread h ON h.id = j.value ->> 'ID' AND h.budget_id IS NOT NULL WHERE ` + seenByClients + `)`,
	`UPDATE project SET team_version = team_version + 1 WHERE ?2 <> '' AND id IN (SELECT h.project_id FROM json_each(?1) j JOIN thread h ON h.id = j.value ->> 'ID' WHERE NOT ` + seenByClients + `)`,
}

// seenByClients says of the thread h that it is not hidden from clients.
const seenByClients = `(NOT EXISTS (SELECT 1 FROM task t WHERE t.id = h.task_id AND (t.private = 1 OR t.archived_at IS NOT NULL))
	AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.id = h.decision_id AND d.shown_at IS NULL)
	AND NOT EXISTS (SELECT 1 FROM budget b WHERE b.id = h.budget_id AND b.client_open = 0)
	AND (h.deliverable_id IS NULL OR EXISTS (SELECT 1 FROM deliverable_version n WHERE n.deliverable_id = h.deliverable_id AND n.delivered_at IS NOT NULL)))`

// touchThread raises the versions of a thread's project: the clients' too, when
// the thread is not hidden from them.
func (tx *Tx) touchThread(thread ID) error {
	type seen struct {
		project, budget ID
		clients         bool
	}
	found, err := one(tx, func(s *seen) []any { return []any{&s.project, &s.budget, &s.clients} }, "SELECT h.project_id, h.budget_id, "+seenByClients+" FROM thread h WHERE h.id = ?", thread)
	if err != nil {
		return err
	}
	return tx.touchBudget(found.project, found.budget, found.clients)
}

// touchSaid does so for something that was said: for clients when they have it.
func (tx *Tx) touchSaid(said remark) error {
	if said.released {
		return tx.touchThread(said.thread)
	}
	return tx.touch(said.project, false)
}
