package db

import "time"

// JobRelease lets clients see a reply that was held.
const JobRelease = "release"

const maxComment = 20000

// AddReply says something that the client sees: what the team says after the time
// that the workspace holds replies, what a client says at once. The quote and the
// files of the actor's draft go with it. Whoever may not, by role, by a private task
// or by an archived project, gets ErrNotFound: the guard is part of the statement.
func (s *Store) AddReply(actor Actor, thread ID, body string) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		text, err := cleanComment(body)
		if err != nil {
			return err
		}
		hold, err := tx.hold(actor)
		if err != nil {
			return err
		}
		if err := tx.must(`INSERT INTO reply (id, thread_id, project_id, author_id, body, quote_id, created_at, held_until)
			SELECT ?1, h.id, h.project_id, m.viewer_id, ?2, (SELECT q.id FROM draft d JOIN reply q ON q.id = d.quote_reply_id AND q.thread_id = h.id
				WHERE d.thread_id = h.id AND d.person_id = m.viewer_id AND d.kind = 'reply'), ?3, ?4
			FROM may_reply m JOIN thread h ON h.id = m.thread_id WHERE m.viewer_id = ?5 AND m.thread_id = ?6 LIMIT 1`,
			id, text, tx.now, At(tx.now.Add(hold)), actor.ID, thread); err != nil {
			return err
		}
		if err := tx.sendDraft(actor.ID, thread, Reply, id); err != nil {
			return err
		}
		if hold == 0 {
			return tx.release(id)
		}
		of, err := tx.threadOf(thread)
		if err != nil {
			return err
		}
		if err := tx.enqueue(JobRelease, id, At(tx.now.Add(hold))); err != nil {
			return err
		}
		return tx.touch(of.ProjectID, false)
	})
	return id, err
}

// hold is for how long what the actor says to clients is held: a client's own words never are.
func (tx *Tx) hold(actor Actor) (time.Duration, error) {
	return value[time.Duration](tx, `SELECT CASE WHEN p.side = 'team' THEN 1000000000 * CAST((SELECT value FROM setting WHERE key = 'talk.hold') AS INTEGER) ELSE 0 END FROM person p WHERE p.id = ?`, actor.ID)
}

// release lets clients see a held reply: its event is recorded, the clock goes on,
// those who want it are told. One whose author may not reply there any more, as on
// a task made private meanwhile, is stopped instead, and stays the team's.
func (tx *Tx) release(id ID) error {
	type held struct {
		thread, author ID
		may            bool
	}
	reply, err := one(tx, func(h *held) []any { return []any{&h.thread, &h.author, &h.may} },
		`SELECT r.thread_id, r.author_id, EXISTS (SELECT 1 FROM may_reply m WHERE m.viewer_id = r.author_id AND m.thread_id = r.thread_id)
		FROM reply r WHERE r.id = ? AND r.released_at IS NULL AND r.deleted_at IS NULL`, id)
	if err != nil {
		return err
	}
	of, err := tx.threadOf(reply.thread)
	if err != nil {
		return err
	}
	if !reply.may {
		if err := tx.must("UPDATE reply SET stopped = 1, held_until = NULL WHERE id = ?", id); err != nil {
			return err
		}
		return tx.touch(of.ProjectID, false)
	}
	if err := tx.must("UPDATE reply SET released_at = ?, held_until = NULL, stopped = 0 WHERE id = ?", tx.now, id); err != nil {
		return err
	}
	happened := of.said(reply.author, EventReply, true)
	happened.reply = id
	if err := tx.record(happened); err != nil {
		return err
	}
	return tx.settle(of.ID)
}

// ReleaseDue lets clients see a held reply whose time has come; one that was taken
// back or sent meanwhile is left alone.
func (s *Store) ReleaseDue(id ID) error {
	return s.write(func(tx *Tx) error {
		due, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM reply WHERE id = ? AND released_at IS NULL AND held_until <= ?)", id, tx.now)
		if err != nil || !due {
			return err
		}
		return tx.release(id)
	})
}

// SendNow releases a held reply of the actor's at once.
func (s *Store) SendNow(actor Actor, id ID) (thread ID, err error) {
	err = s.write(func(tx *Tx) error {
		if thread, err = tx.ownHeld(actor, id); err != nil {
			return err
		}
		if err := tx.must("UPDATE reply SET stopped = 0 WHERE id = ?", id); err != nil {
			return err
		}
		return tx.release(id)
	})
	return thread, err
}

// TakeBack undoes a held reply of the actor's: its words, its quote and its files
// are in the reply box again, before any draft that was begun meanwhile.
func (s *Store) TakeBack(actor Actor, id ID) (thread ID, err error) {
	err = s.write(func(tx *Tx) error {
		if thread, err = tx.ownHeld(actor, id); err != nil {
			return err
		}
		if err := tx.run(`INSERT INTO draft (id, person_id, thread_id, kind, body, quote_reply_id, updated_at)
			SELECT ?1, author_id, thread_id, 'reply', body, quote_id, ?2 FROM reply WHERE id = ?3
			ON CONFLICT (person_id, thread_id, kind) DO UPDATE SET body = excluded.body || iif(draft.body = '', '', char(10) || char(10) || draft.body),
				quote_reply_id = coalesce(draft.quote_reply_id, excluded.quote_reply_id), updated_at = excluded.updated_at`, NewID(), tx.now, id); err != nil {
			return err
		}
		if err := tx.run("UPDATE file SET reply_id = NULL, draft_id = (SELECT id FROM draft WHERE person_id = ? AND thread_id = ? AND kind = 'reply') WHERE reply_id = ?", actor.ID, thread, id); err != nil {
			return err
		}
		if err := tx.must("DELETE FROM reply WHERE id = ?", id); err != nil {
			return err
		}
		of, err := tx.threadOf(thread)
		if err != nil {
			return err
		}
		return tx.touch(of.ProjectID, false)
	})
	return thread, err
}

// ownHeld is the thread of a held reply that the actor wrote and still sees.
func (tx *Tx) ownHeld(actor Actor, id ID) (ID, error) {
	if err := tx.notPreview(actor); err != nil {
		return 0, err
	}
	return value[ID](tx, "SELECT r.thread_id FROM visible_reply_team v JOIN reply r ON r.id = v.reply_id WHERE v.viewer_id = ? AND r.id = ? AND r.author_id = v.viewer_id AND r.released_at IS NULL AND r.deleted_at IS NULL", actor.ID, id)
}

func cleanComment(body string) (string, error) {
	text, err := cleanText("body", body, maxComment)
	if err == nil && text == "" {
		err = invalid("body", "comment.empty")
	}
	return text, err
}
