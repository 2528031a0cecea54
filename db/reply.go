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
	err := s.write(func(tx *Tx) error { return tx.addReply(actor, thread, id, body) })
	return id, err
}

// AddReplyRead is AddReply of a text that gave rise to Doubts and that the actor
// has read again: the audit keeps that they did, and none of the words.
func (s *Store) AddReplyRead(actor Actor, thread ID, body string) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if err := tx.addReply(actor, thread, id, body); err != nil {
			return err
		}
		return tx.readAgain(actor, thread)
	})
	return id, err
}

// readAgain keeps that the actor sent something to a thread in spite of doubts.
func (tx *Tx) readAgain(actor Actor, thread ID) error {
	of, err := tx.threadOf(thread)
	if err != nil {
		return err
	}
	return tx.audit(actor.ID, "reply.confirmed", 0, of.ProjectID, "")
}

func (tx *Tx) addReply(actor Actor, thread, id ID, body string) error {
	if err := tx.notPreview(actor); err != nil {
		return err
	}
	text, err := cleanComment(body)
	if err != nil {
		return err
	}
	text, mentioned, err := tx.withMentions(actor, thread, Reply, text)
	if err != nil {
		return err
	}
	hold, err := tx.hold(actor)
	if err != nil {
		return err
	}
	if err := tx.must(`INSERT INTO reply (id, thread_id, project_id, author_id, body, quote_id, created_at, held_until, company_id)
			SELECT ?1, h.id, h.project_id, ?5, ?2, (SELECT q.id FROM draft d JOIN reply q ON q.id = d.quote_reply_id AND q.thread_id = h.id
				WHERE d.thread_id = h.id AND d.person_id = ?5 AND d.kind = 'reply'), ?3, ?4,
				(SELECT p.company_id FROM project p WHERE p.id = h.project_id AND EXISTS (SELECT 1 FROM visible_thread_client c WHERE c.thread_id = h.id))
			FROM thread h WHERE h.id = ?6 AND EXISTS (SELECT 1 FROM may_reply m WHERE m.viewer_id = ?5 AND m.thread_id = ?6)`,
		id, text, tx.now, At(tx.now.Add(hold)), actor.ID, thread); err != nil {
		return err
	}
	if err := tx.keepMentions(Reply, id, mentioned); err != nil {
		return err
	}
	if err := tx.sendDraft(actor.ID, thread, Reply, Reply, id); err != nil {
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
}

// hold is for how long what the actor says to clients is held: a client's own words
// never are. What is held already is not touched by a later change of the setting.
func (tx *Tx) hold(actor Actor) (time.Duration, error) {
	return value[time.Duration](tx, `SELECT CASE WHEN p.side = 'team' THEN 1000000000 * max(0, coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'talk.hold'), 30)) ELSE 0 END FROM person p WHERE p.id = ?`, actor.ID)
}

func cleanComment(body string) (string, error) {
	text, err := cleanText("body", body, maxComment)
	if err == nil && text == "" {
		err = invalid("body", "comment.empty")
	}
	return text, err
}
