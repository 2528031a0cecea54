package db

// DraftForm is what changed in a box that somebody writes in. What is nil stays as
// it was; a Quote of 0 is taken away.
type DraftForm struct {
	Body      *string
	Quote     *ID
	QuoteNote bool // the quote is a note, which only a note may quote
}

// empties says that the form leaves neither words nor a quote behind.
func (f DraftForm) empties() bool {
	return f.Body != nil && *f.Body == "" && (f.Quote == nil || *f.Quote == 0)
}

// SaveDraft keeps what the actor is writing in a thread, by kind; without words,
// quote and files it is gone. Where they may not write that kind, or may not see
// what they quote, they get ErrNotFound: the guard is part of the statement. What
// they wrote while they might can still be emptied.
func (s *Store) SaveDraft(actor Actor, thread ID, kind string, form DraftForm) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		form, err := form.clean()
		if err != nil {
			return err
		}
		if actor.Side == Team {
			tx.hush() // no page of the team is kept, and no other page shows it
		}
		if form.empties() {
			if err := tx.seesDrafts(actor, thread, kind); err != nil {
				return err
			}
			err = tx.run("UPDATE draft SET body = '', quote_reply_id = iif(?1, NULL, quote_reply_id), quote_note_id = iif(?1, NULL, quote_note_id), updated_at = ?2 WHERE person_id = ?3 AND thread_id = ?4 AND kind = ?5",
				form.Quote != nil, tx.now, actor.ID, thread, kind)
		} else {
			err = tx.keepDraft(actor, thread, kind, form)
		}
		if err != nil {
			return err
		}
		return tx.run(`DELETE FROM draft WHERE person_id = ? AND thread_id = ? AND kind = ? AND body = '' AND quote_reply_id IS NULL AND quote_note_id IS NULL
			AND NOT EXISTS (SELECT 1 FROM file f WHERE f.draft_id = draft.id)`, actor.ID, thread, kind)
	})
}

func (f DraftForm) clean() (DraftForm, error) {
	if f.Body == nil {
		return f, nil
	}
	text, err := cleanText("body", *f.Body, maxComment)
	f.Body = &text
	return f, err
}

// seesDrafts refuses who could not read a draft of theirs there.
func (tx *Tx) seesDrafts(actor Actor, thread ID, kind string) error {
	sees, err := value[bool](tx, `SELECT EXISTS (SELECT 1 FROM visible_thread_team WHERE viewer_id = ?1 AND thread_id = ?2)
		OR (?3 = 'reply' AND EXISTS (SELECT 1 FROM visible_thread_client WHERE viewer_id = ?1 AND thread_id = ?2))`, actor.ID, thread, kind)
	if err == nil && !sees {
		err = ErrNotFound
	}
	return err
}

// A draft of a reply quotes nothing but what clients can read; there is no way to
// put a note into the statement.
const keepReplyDraft = `INSERT INTO draft (id, person_id, thread_id, kind, body, quote_reply_id, updated_at)
	SELECT ?1, m.viewer_id, m.thread_id, 'reply', coalesce(?2, ''), ?3, ?4 FROM may_reply m WHERE m.viewer_id = ?5 AND m.thread_id = ?6
		AND (?3 IS NULL OR EXISTS (SELECT 1 FROM visible_reply v JOIN reply q ON q.id = v.reply_id
			WHERE v.viewer_id = m.viewer_id AND q.id = ?3 AND q.thread_id = m.thread_id AND q.released_at IS NOT NULL AND q.deleted_at IS NULL)) LIMIT 1
	ON CONFLICT (person_id, thread_id, kind) DO UPDATE SET body = coalesce(?2, body), updated_at = ?4, quote_reply_id = iif(?7, ?3, quote_reply_id)`

const keepNoteDraft = `INSERT INTO draft (id, person_id, thread_id, kind, body, quote_reply_id, quote_note_id, updated_at)
	SELECT ?1, m.viewer_id, m.thread_id, 'note', coalesce(?2, ''), ?3, ?8, ?4 FROM may_note m WHERE m.viewer_id = ?5 AND m.thread_id = ?6
		AND (?3 IS NULL OR EXISTS (SELECT 1 FROM visible_reply_team v JOIN reply q ON q.id = v.reply_id
			WHERE v.viewer_id = m.viewer_id AND q.id = ?3 AND q.thread_id = m.thread_id AND q.deleted_at IS NULL))
		AND (?8 IS NULL OR EXISTS (SELECT 1 FROM visible_note v JOIN note q ON q.id = v.note_id
			WHERE v.viewer_id = m.viewer_id AND q.id = ?8 AND q.thread_id = m.thread_id AND q.deleted_at IS NULL)) LIMIT 1
	ON CONFLICT (person_id, thread_id, kind) DO UPDATE SET body = coalesce(?2, body), updated_at = ?4,
		quote_reply_id = iif(?7, ?3, quote_reply_id), quote_note_id = iif(?7, ?8, quote_note_id)`

func (tx *Tx) keepDraft(actor Actor, thread ID, kind string, form DraftForm) error {
	var reply, note ID // 0 is stored as none
	if form.Quote != nil && form.QuoteNote {
		note = *form.Quote
	} else if form.Quote != nil {
		reply = *form.Quote
	}
	args := []any{NewID(), form.Body, reply, tx.now, actor.ID, thread, form.Quote != nil}
	switch {
	case kind == Note:
		return tx.must(keepNoteDraft, append(args, note)...)
	case kind == Reply && note == 0:
		return tx.must(keepReplyDraft, args...)
	}
	return ErrNotFound
}
