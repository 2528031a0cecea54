package db

import "time"

// What is said in conversations, told by mail: replies to everybody who reads them,
// notes to those of the team whom they concern.
const (
	MailReplies = "replies"
	MailNotes   = "notes"
)

// tellAfter is how long what is said in a thread is gathered for one mail, from its
// first word on.
const tellAfter = 5 * time.Minute

// Those who hear of a reply (?1): clients who see its thread and have been here or
// were invited, because nobody is written to before the team says so; of the team those who
// are on the project, are mentioned in it or have spoken in the thread before. Owner
// and admins see every project: they are not written to about each.
const hearsReply = `SELECT v.viewer_id AS person_id, r.thread_id FROM reply r JOIN visible_thread v ON v.thread_id = r.thread_id AND v.viewer_id <> r.author_id
	JOIN may_sign_in i ON i.person_id = v.viewer_id JOIN person p ON p.id = v.viewer_id
	WHERE r.id = ?1 AND r.released_at IS NOT NULL AND r.deleted_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM notification n WHERE n.person_id = p.id AND n.kind = 'replies' AND n.mail = 0)
	AND (p.side = 'client' AND (p.joined_at IS NOT NULL OR EXISTS (SELECT 1 FROM invitation n WHERE n.person_id = p.id AND n.ended_at IS NULL)) OR p.side = 'team' AND (EXISTS (SELECT 1 FROM membership l WHERE l.project_id = r.project_id AND l.person_id = p.id)
		OR EXISTS (SELECT 1 FROM mention s WHERE s.reply_id = r.id AND s.person_id = p.id) OR ` + spoke + `))`

// Those who hear of a note (?1): people of the team who see it and are mentioned in
// it, have spoken in the thread before, or lead the project. The others read it there.
const hearsNote = `SELECT v.viewer_id AS person_id, r.thread_id FROM note r JOIN visible_thread_team v ON v.thread_id = r.thread_id AND v.viewer_id <> r.author_id
	JOIN may_sign_in i ON i.person_id = v.viewer_id JOIN person p ON p.id = v.viewer_id
	WHERE r.id = ?1 AND r.deleted_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM notification n WHERE n.person_id = p.id AND n.kind = 'notes' AND n.mail = 0)
	AND (EXISTS (SELECT 1 FROM membership l WHERE l.project_id = r.project_id AND l.person_id = p.id AND l.role = 'leader')
		OR EXISTS (SELECT 1 FROM mention s WHERE s.note_id = r.id AND s.person_id = p.id) OR ` + spoke + `)`

const spoke = `EXISTS (SELECT 1 FROM reply s WHERE s.thread_id = r.thread_id AND s.author_id = p.id AND s.released_at IS NOT NULL AND s.deleted_at IS NULL)
	OR EXISTS (SELECT 1 FROM note s WHERE s.thread_id = r.thread_id AND s.author_id = p.id AND s.deleted_at IS NULL)`

// tellReply has those who hear of a released reply told: it joins the mail about its
// thread that waits for them, or begins one. Who it says what to is asked again when
// the mail is sent.
func (tx *Tx) tellReply(id ID) error { return tx.tell(Reply, id, nil) }

// tellNote is the same for a note.
func (tx *Tx) tellNote(id ID) error { return tx.tell(Note, id, nil) }

// tellMentioned is the same for those alone whom the author of a reply or a note
// mentioned later.
func (tx *Tx) tellMentioned(noun string, id ID, people []ID) error {
	if len(people) == 0 {
		return nil
	}
	return tx.tell(noun, id, people)
}

// gathers is a mail that nobody has tried to send yet: only such a one takes more in,
// because a Message-ID stands for one content.
const gathers = `o.person_id = h.person_id AND o.kind = ?2 AND o.subject_id = h.thread_id AND o.tries = 0 AND o.sent_at IS NULL AND o.failed_at IS NULL`

// tell tells people of a reply or a note, or all who hear of it; nobody twice.
func (tx *Tx) tell(noun string, id ID, people []ID) error {
	only, err := jsonIDs(people)
	if err != nil {
		return err
	}
	kind, hears, told := MailReplies, hearsReply, "outbox_"+noun
	if noun == Note {
		kind, hears = MailNotes, hearsNote
	}
	hears = "SELECT n.person_id, n.thread_id FROM (" + hears + `) n WHERE (?3 = '[]' OR n.person_id IN (SELECT value FROM json_each(?3)))
		AND NOT EXISTS (SELECT 1 FROM ` + told + " t JOIN outbox o ON o.id = t.outbox_id WHERE t." + noun + "_id = ?1 AND o.person_id = n.person_id)"
	if err := tx.run(`INSERT INTO outbox (kind, person_id, subject_id, message_id, created_at, expires_at, next_at)
		SELECT ?2, h.person_id, h.thread_id, lower(hex(randomblob(16))), ?4, ?5, ?6 FROM (`+hears+`) h WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE `+gathers+`)`,
		id, kind, only, tx.now, At(tx.now.Add(newsLife)), At(tx.now.Add(tellAfter))); err != nil {
		return err
	}
	return tx.run("INSERT INTO "+told+" (outbox_id, "+noun+"_id) SELECT o.id, ?1 FROM ("+hears+") h JOIN outbox o ON "+gathers+" WHERE true ON CONFLICT DO NOTHING", id, kind, only)
}

// MailLeaves notes when what a mail tells of is handed over: from then on it may have
// been read. An earlier time stays.
func (s *Store) MailLeaves(m Mail, told []ID) (Time, error) {
	list, err := jsonIDs(told)
	if err != nil {
		return Time{}, err
	}
	now := Time{}
	err = s.write(func(tx *Tx) error {
		tx.hush()
		now = tx.now
		for _, table := range []string{Reply, Note} {
			if err := tx.run("UPDATE outbox_"+table+" SET told_at = ? WHERE outbox_id = ? AND told_at IS NULL AND "+table+"_id IN (SELECT value FROM json_each(?))", tx.now, m.ID, list); err != nil {
				return err
			}
		}
		return nil
	})
	return now, err
}

// stayed takes that back for a mail that the server has certainly not taken.
func (tx *Tx) stayed(m Mail) error {
	if m.LeftAt.IsZero() {
		return nil
	}
	if err := tx.run("UPDATE outbox_reply SET told_at = NULL WHERE outbox_id = ? AND told_at = ?", m.ID, m.LeftAt); err != nil {
		return err
	}
	return tx.run("UPDATE outbox_note SET told_at = NULL WHERE outbox_id = ? AND told_at = ?", m.ID, m.LeftAt)
}

// MailEmpty ends a mail that has nothing left to say to its recipient.
func (s *Store) MailEmpty(m Mail) error {
	return s.write(func(tx *Tx) error {
		tx.hush()
		return tx.run("UPDATE outbox SET failed_at = ?, error = '"+MailNothing+"', sealed = NULL WHERE id = ? AND sent_at IS NULL", tx.now, m.ID)
	})
}

// ForgetTold drops the mails about conversations and decisions that wait: for a workspace whose
// people cannot be written to.
func (s *Store) ForgetTold() error {
	return s.write(func(tx *Tx) error {
		return tx.run("DELETE FROM outbox WHERE kind IN ('replies', 'notes', 'asked', 'reminder', 'closed', 'answered', 'proposed', 'unanswered') AND sent_at IS NULL")
	})
}
