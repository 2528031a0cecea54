package db

// AddNote says something within the team. The quote and the files of the actor's
// draft go with it.
func (s *Store) AddNote(actor Actor, thread ID, body string) (id ID, err error) {
	err = s.write(func(tx *Tx) error { id, err = tx.addNote(actor, thread, body, Note); return err })
	return id, err
}

// AddInstead makes a note of what the actor began as a reply: the quote and the
// files of that draft go with it. There is no way in the other direction.
func (s *Store) AddInstead(actor Actor, thread ID, body string) (id ID, err error) {
	err = s.write(func(tx *Tx) error { id, err = tx.addNote(actor, thread, body, Reply); return err })
	return id, err
}

// addNote makes a note; draft is the kind of the draft that ends with it.
func (tx *Tx) addNote(actor Actor, thread ID, body, draft string) (ID, error) {
	if err := tx.notPreview(actor); err != nil {
		return 0, err
	}
	of, err := tx.mayNote(actor, thread)
	if err != nil {
		return 0, err
	}
	text, err := cleanComment(body)
	if err != nil {
		return 0, err
	}
	text, mentioned, err := tx.withMentions(actor, thread, Note, text)
	if err != nil {
		return 0, err
	}
	id := NewID()
	if err := tx.run(`INSERT INTO note (id, thread_id, project_id, author_id, body, quote_reply_id, quote_note_id, created_at)
		SELECT ?1, ?2, ?3, ?4, ?5, (SELECT q.id FROM draft d JOIN reply q ON q.id = d.quote_reply_id AND q.thread_id = d.thread_id WHERE d.thread_id = ?2 AND d.person_id = ?4 AND d.kind = ?7),
			(SELECT q.id FROM draft d JOIN note q ON q.id = d.quote_note_id AND q.thread_id = d.thread_id WHERE d.thread_id = ?2 AND d.person_id = ?4 AND d.kind = ?7), ?6`,
		id, thread, of.ProjectID, actor.ID, text, tx.now, draft); err != nil {
		return 0, err
	}
	if err := tx.keepMentions(Note, id, mentioned); err != nil {
		return 0, err
	}
	if err := tx.sendDraft(actor.ID, thread, draft, Note, id); err != nil {
		return 0, err
	}
	happened := of.said(actor.ID, EventNote, false)
	happened.note = id
	if err := tx.record(happened); err != nil {
		return 0, err
	}
	return id, tx.tellNote(id)
}

// mayNote is the thread, when the actor may write notes there. An archived project
// that they see is ErrDenied.
func (tx *Tx) mayNote(actor Actor, thread ID) (threadOf, error) {
	type right struct{ sees, may bool }
	found, err := one(tx, func(r *right) []any { return []any{&r.sees, &r.may} },
		`SELECT EXISTS (SELECT 1 FROM visible_thread_team WHERE viewer_id = ?1 AND thread_id = ?2), EXISTS (SELECT 1 FROM may_note WHERE viewer_id = ?1 AND thread_id = ?2)`, actor.ID, thread)
	switch {
	case err != nil:
		return threadOf{}, err
	case !found.sees:
		return threadOf{}, ErrNotFound
	case !found.may:
		return threadOf{}, ErrDenied
	}
	return tx.threadOf(thread)
}
