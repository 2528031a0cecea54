package db

import (
	"errors"
	"time"
)

// JobPrune is the nightly clearing out.
const JobPrune = "prune"

const (
	jobLease = 10 * time.Minute
	jobTries = 12
)

// Job is something that happens later. Its subject is named by a kind of its own.
type Job struct {
	ID      int64
	Kind    string
	Subject ID
	Tries   int
}

// enqueue asks for a job, in the transaction that causes it.
func (tx *Tx) enqueue(kind string, subject ID, at Time) error {
	return tx.run("INSERT INTO job (kind, subject_id, run_at) VALUES (?,?,?)", kind, subject, at)
}

// Schedule asks for a job unless one of its kind waits already: for what repeats.
func (s *Store) Schedule(kind string, at time.Time) error {
	return s.write(func(tx *Tx) error {
		tx.hush()
		waits, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM job WHERE kind = ? AND done_at IS NULL)", kind)
		if err != nil || waits {
			return err
		}
		return tx.enqueue(kind, 0, At(at))
	})
}

// ClaimJob takes one job that is due. It is the caller's for ten minutes: then,
// should the caller have died, it is due again. ErrNotFound when none is.
func (s *Store) ClaimJob() (Job, error) {
	var claimed Job
	fields := func(j *Job) []any { return []any{&j.ID, &j.Kind, &j.Subject, &j.Tries} }
	const due = "SELECT id FROM job WHERE done_at IS NULL AND run_at <= ?1 ORDER BY run_at, id LIMIT 1"
	if err := s.read(func(r source) error {
		_, err := value[int64](r, due, At(s.Now()))
		return err
	}); err != nil {
		return claimed, err
	}
	err := s.write(func(tx *Tx) (err error) {
		tx.hush()
		claimed, err = one(tx, fields, "UPDATE job SET tries = tries + 1, run_at = ?2 WHERE id = ("+due+") RETURNING id, kind, subject_id, tries",
			tx.now, At(tx.now.Add(jobLease)))
		return err
	})
	return claimed, err
}

// JobDone ends a job.
func (s *Store) JobDone(job Job) error {
	return s.write(func(tx *Tx) error {
		tx.hush()
		return tx.run("UPDATE job SET done_at = ?, error = '' WHERE id = ?", tx.now, job.ID)
	})
}

// JobFailed notes why a job failed; it is tried again after a pause that doubles,
// and given up after a dozen tries.
func (s *Store) JobFailed(job Job, cause error) error {
	return s.write(func(tx *Tx) error {
		tx.hush()
		done := Time{}
		if job.Tries >= jobTries {
			done = tx.now
		}
		return tx.run("UPDATE job SET run_at = ?, error = ?, done_at = ? WHERE id = ?", At(tx.now.Add(pauseAfter(job.Tries))), reason(cause), done, job.ID)
	})
}

// What is kept: guesses for as long as they count, the rest for a month.
const keptFor = 30 * 24 * time.Hour

// pruned says what is too old in each table, and how old that is.
var pruned = []struct {
	table, where string
	age          time.Duration
}{
	{"challenge", "created_at < ? AND used_at IS NULL AND NOT known", guessWindow + 2*ChallengeLife},
	{"challenge", "created_at < ?", keptFor},
	{"way_in", "expires_at < ?", keptFor},
	{"preview", "expires_at < ?", keptFor},
	{"session", "ended_at < ?", keptFor},
	{"session", "last_used_at < ?", SessionIdle + keptFor},
	{"password_try", "at < ?", guessWindow},
	{"ceremony", "expires_at < ?", guessWindow},
	{"device", "last_used_at < ?", DeviceLife},
	{"job", "done_at < ?", keptFor},
	{"outbox", "sent_at < ?", keptFor},
	{"outbox", "failed_at < ?", keptFor},
}

// prunedAtOnce keeps every single write short.
const prunedAtOnce = 1000

// Prune clears out what nobody can use or ask for any more.
func (s *Store) Prune() error {
	var failed error
	for _, old := range pruned {
		for more := true; more; {
			err := s.write(func(tx *Tx) error {
				tx.hush()
				count, err := tx.exec("DELETE FROM "+old.table+" WHERE rowid IN (SELECT rowid FROM "+old.table+" WHERE "+old.where+" LIMIT ?)", At(tx.now.Add(-old.age)), prunedAtOnce)
				more = err == nil && count == prunedAtOnce
				return err
			})
			if err != nil {
				failed, more = errors.Join(failed, err), false
			}
		}
	}
	return errors.Join(failed, s.sweepBlobs())
}
