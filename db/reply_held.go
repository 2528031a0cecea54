package db

// Why a held reply could not go out.
const (
	StoppedPrivate = "private" // the task is private now
	StoppedTask    = "task"    // the task is archived
	StoppedProject = "project" // the project is archived
	StoppedAuthor  = "author"  // whoever wrote it may not write there any more
	StoppedClient  = "client"  // the people whom it was written to read there no more
)

// release lets clients see a held reply: its event is recorded, the clock goes on,
// those who want it are told. One that nobody may send any more, as on a task made
// private meanwhile, is stopped instead, and stays the team's.
func (tx *Tx) release(id ID) error {
	type held struct {
		thread, author ID
		stop           string
	}
	reply, err := one(tx, func(h *held) []any { return []any{&h.thread, &h.author, &h.stop} },
		`SELECT r.thread_id, r.author_id, CASE
				WHEN p.archived_at IS NOT NULL THEN 'project'
				WHEN t.archived_at IS NOT NULL THEN 'task'
				WHEN t.private = 1 THEN 'private'
				WHEN NOT EXISTS (SELECT 1 FROM may_reply m WHERE m.viewer_id = r.author_id AND m.thread_id = r.thread_id) THEN 'author'
				WHEN r.company_id IS NOT NULL AND (p.company_id IS NOT r.company_id OR NOT EXISTS (SELECT 1 FROM visible_thread_client c WHERE c.thread_id = r.thread_id)) THEN 'client'
				ELSE '' END
			FROM reply r JOIN thread h ON h.id = r.thread_id JOIN project p ON p.id = h.project_id LEFT JOIN task t ON t.id = h.task_id
			WHERE r.id = ? AND r.released_at IS NULL AND r.deleted_at IS NULL`, id)
	if err != nil {
		return err
	}
	of, err := tx.threadOf(reply.thread)
	if err != nil {
		return err
	}
	if reply.stop != "" {
		if err := tx.must("UPDATE reply SET stopped = 1, stopped_for = ?, held_until = NULL WHERE id = ?", reply.stop, id); err != nil {
			return err
		}
		return tx.touch(of.ProjectID, false)
	}
	if err := tx.must("UPDATE reply SET released_at = ?, held_until = NULL, stopped = 0, stopped_for = '' WHERE id = ?", tx.now, id); err != nil {
		return err
	}
	happened := of.said(reply.author, EventReply, true)
	happened.reply = id
	if err := tx.record(happened); err != nil {
		return err
	}
	if err := tx.tellReply(id); err != nil {
		return err
	}
	return tx.settle(of.ID)
}

// ReleaseDue lets clients see a held reply whose time has come; one that was taken
// back or sent meanwhile is left alone.
func (s *Store) ReleaseDue(id ID) error {
	return s.write(func(tx *Tx) error {
		due, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM reply WHERE id = ? AND released_at IS NULL AND deleted_at IS NULL AND held_until <= ?)", id, tx.now)
		if err != nil || !due {
			return err
		}
		return tx.release(id)
	})
}

// ReleaseOverdue does that for every one whose time has come: what became due while
// the program did not run, or was in hand when it died, goes out as it starts.
func (s *Store) ReleaseOverdue() error {
	var due []ID
	if err := s.read(func(r source) (err error) {
		due, err = all(r, itself[ID], "SELECT id FROM reply WHERE released_at IS NULL AND deleted_at IS NULL AND held_until <= ? ORDER BY held_until, id", At(s.Now()))
		return err
	}); err != nil {
		return err
	}
	for _, id := range due {
		if err := s.ReleaseDue(id); err != nil {
			return err
		}
	}
	return nil
}

// SendNow releases a held reply of the actor's at once. Whether it went out or was
// stopped again stands in the conversation. Too late is ErrSent, with the thread.
func (s *Store) SendNow(actor Actor, id ID) (thread ID, err error) {
	err = s.write(func(tx *Tx) error {
		held, err := tx.heldReply(actor, id, false)
		if thread = held.thread; err != nil {
			return err
		}
		return tx.release(id)
	})
	return thread, err
}

// TakenBack is a reply that was undone: its author has the words again.
type TakenBack struct{ Thread, Author ID }

// TakeBack undoes a held reply of the actor's, or one in a project that the actor
// leads: its words, its quote and its files are in its author's reply box again,
// before any draft that was begun meanwhile. Too late is ErrSent, with the thread.
func (s *Store) TakeBack(actor Actor, id ID) (back TakenBack, err error) {
	err = s.write(func(tx *Tx) error {
		held, err := tx.heldReply(actor, id, true)
		if back = (TakenBack{held.thread, held.author}); err != nil {
			return err
		}
		if err := tx.run(`INSERT INTO draft (id, person_id, thread_id, kind, body, quote_reply_id, updated_at)
			SELECT ?1, author_id, thread_id, 'reply', body, quote_id, ?2 FROM reply WHERE id = ?3
			ON CONFLICT (person_id, thread_id, kind) DO UPDATE SET body = excluded.body || iif(draft.body = '', '', char(10) || char(10) || draft.body),
				quote_reply_id = coalesce(draft.quote_reply_id, excluded.quote_reply_id), updated_at = excluded.updated_at`, NewID(), tx.now, id); err != nil {
			return err
		}
		if err := tx.run("UPDATE file SET reply_id = NULL, draft_id = (SELECT id FROM draft WHERE person_id = ? AND thread_id = ? AND kind = 'reply') WHERE reply_id = ?", held.author, held.thread, id); err != nil {
			return err
		}
		if err := tx.must("DELETE FROM reply WHERE id = ?", id); err != nil {
			return err
		}
		return tx.touch(held.project, false)
	})
	return back, err
}

// MakeNote turns a held reply into a note of its author's, at its place, with its
// quote and its files; the reply is gone. The other way does not exist. Too late is
// ErrSent, with the thread.
func (s *Store) MakeNote(actor Actor, id ID) (thread ID, err error) {
	err = s.write(func(tx *Tx) error {
		held, err := tx.heldReply(actor, id, true)
		if thread = held.thread; err != nil {
			return err
		}
		of, err := tx.mayNote(actor, thread)
		if err != nil {
			return err
		}
		note := NewID()
		if err := tx.run(`INSERT INTO note (id, thread_id, project_id, author_id, body, quote_reply_id, created_at)
			SELECT ?1, thread_id, project_id, author_id, body, quote_id, created_at FROM reply WHERE id = ?2`, note, id); err != nil {
			return err
		}
		if err := tx.run("UPDATE file SET reply_id = NULL, note_id = ? WHERE reply_id = ?", note, id); err != nil {
			return err
		}
		if err := tx.run("UPDATE mention SET reply_id = NULL, note_id = ?1 WHERE reply_id = ?2 AND person_id IN (SELECT viewer_id FROM visible_note WHERE note_id = ?1)", note, id); err != nil {
			return err
		}
		if err := tx.must("DELETE FROM reply WHERE id = ?", id); err != nil {
			return err
		}
		happened := of.said(actor.ID, EventNote, false)
		happened.note = note
		if err := tx.record(happened); err != nil {
			return err
		}
		return tx.tellNote(note)
	})
	return thread, err
}

// heldReply is what a deed on one needs to know of it.
type heldReply struct {
	thread, project, author ID
	sent, leads             bool
}

// heldReply is a held reply that the actor sees and wrote; led also allows whoever
// leads its project. Others of the team get ErrDenied, all who come late ErrSent.
func (tx *Tx) heldReply(actor Actor, id ID, led bool) (heldReply, error) {
	if err := tx.notPreview(actor); err != nil {
		return heldReply{}, err
	}
	held, err := one(tx, func(h *heldReply) []any { return []any{&h.thread, &h.project, &h.author, &h.sent, &h.leads} },
		`SELECT r.thread_id, r.project_id, r.author_id, r.released_at IS NOT NULL OR r.deleted_at IS NOT NULL,
				EXISTS (SELECT 1 FROM may_lead l WHERE l.viewer_id = v.viewer_id AND l.project_id = r.project_id)
			FROM visible_reply_team v JOIN reply r ON r.id = v.reply_id WHERE v.viewer_id = ? AND r.id = ?`, actor.ID, id)
	switch {
	case err != nil:
		return held, err
	case held.author != actor.ID && !(led && held.leads):
		return held, ErrDenied
	case held.sent:
		return held, ErrSent
	}
	return held, nil
}
