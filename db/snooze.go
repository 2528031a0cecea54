package db

import "time"

// JobWake brings back what was put aside in a thread until now.
const JobWake = "wake"

// What is put aside comes back in the morning of its day, and after a year at most.
const (
	morning     = 8 * time.Hour
	asideAtMost = 366
)

// Snooze puts a waiting thread aside for the actor alone, until the morning of a
// day in their own zone, or until the client writes again. An empty day brings it
// back at once.
func (s *Store) Snooze(actor Actor, thread ID, until string) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		of, err := tx.mayNote(actor, thread)
		if err != nil {
			return err
		}
		if until == "" {
			changed, err := tx.exec("DELETE FROM snooze WHERE thread_id = ? AND person_id = ?", thread, actor.ID)
			if err != nil || changed == 0 {
				return err
			}
			return tx.touch(of.ProjectID, false)
		}
		back, err := tx.morningOf(actor, until)
		if err != nil {
			return err
		}
		changed, err := tx.exec(`INSERT INTO snooze (thread_id, person_id, at, until) SELECT h.id, ?2, ?3, ?4 FROM thread h WHERE h.id = ?1 AND h.lies_with = 'team'
			ON CONFLICT (thread_id, person_id) DO UPDATE SET at = excluded.at, until = excluded.until`, thread, actor.ID, tx.now, back)
		if err != nil || changed == 0 {
			return err
		}
		if err := tx.enqueue(JobWake, thread, back); err != nil {
			return err
		}
		return tx.touch(of.ProjectID, false)
	})
}

// morningOf is the morning of a day to come, where the actor is.
func (tx *Tx) morningOf(actor Actor, until string) (Time, error) {
	day, ok := ParseDate(until)
	midnight, given := day.Midnight()
	if !ok || !given {
		return Time{}, invalid("until", "inbox.aside-no-day")
	}
	now := tx.now.In(actor.Location())
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	if days := midnight.Sub(today) / (24 * time.Hour); days < 1 || days > asideAtMost {
		return Time{}, invalid("until", "inbox.aside-not-then")
	}
	return At(time.Date(midnight.Year(), midnight.Month(), midnight.Day(), int(morning/time.Hour), 0, 0, 0, actor.Location())), nil
}

// WakeDue brings back what people put aside in a thread until now.
func (s *Store) WakeDue(thread ID) error {
	return s.write(func(tx *Tx) error {
		changed, err := tx.exec("DELETE FROM snooze WHERE thread_id = ? AND until <= ?", thread, tx.now)
		if err != nil {
			return err
		}
		if changed == 0 {
			tx.hush()
			return nil
		}
		of, err := tx.threadOf(thread)
		if err != nil {
			return err
		}
		return tx.touch(of.ProjectID, false)
	})
}
