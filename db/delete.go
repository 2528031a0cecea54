package db

import "fmt"

// DeleteReply takes a reply back everywhere: its words, its revisions, its files, its
// mentions and the mail that still waits to tell of it are gone, and a mark stays.
// Its author may, and of the team whoever leads the project. A second time does nothing.
func (s *Store) DeleteReply(actor Actor, id ID) (thread ID, err error) {
	err = s.write(func(tx *Tx) error {
		thread, err = tx.unsay(actor, Reply, id)
		return err
	})
	return thread, err
}

// DeleteNote is DeleteReply for a note.
func (s *Store) DeleteNote(actor Actor, id ID) (thread ID, err error) {
	err = s.write(func(tx *Tx) error {
		thread, err = tx.unsay(actor, Note, id)
		return err
	})
	return thread, err
}

func (tx *Tx) unsay(actor Actor, kind string, id ID) (ID, error) {
	said, err := tx.remark(actor, kind, id)
	switch {
	case err != nil:
		return 0, err
	case !said.team && (!said.own || !said.may):
		return 0, ErrNotFound
	case !said.own && !said.leads:
		return said.thread, ErrDenied
	case said.deleted:
		return said.thread, nil
	}
	if kind == Reply {
		if err := tx.keepCounts(actor, said); err != nil {
			return said.thread, err
		}
	}
	if err := tx.erase(actor, said); err != nil {
		return said.thread, err
	}
	if err := tx.settle(said.thread); err != nil {
		return said.thread, err
	}
	return said.thread, tx.touchSaid(said)
}

// keepCounts is the record of what a deleted reply has reached: numbers, no words.
func (tx *Tx) keepCounts(actor Actor, said remark) error {
	type reached struct{ read, left int }
	found, err := one(tx, func(r *reached) []any { return []any{&r.read, &r.left} },
		`SELECT (SELECT count(*) FROM reply_read WHERE reply_id = ?1), (SELECT count(*) FROM outbox_reply m JOIN outbox o ON o.id = m.outbox_id
			WHERE m.reply_id = ?1 AND coalesce(m.told_at, o.sent_at) IS NOT NULL)`, said.id)
	if err != nil || !said.released {
		return err
	}
	return tx.audit(actor.ID, AuditReplyDeleted, said.author, said.project, fmt.Sprint(said.id, " ", found.read, " ", found.left))
}

// AuditReplyDeleted is the kind of that record: its detail is the reply's id, how
// many had read it and how many mails had left.
const AuditReplyDeleted = "reply.deleted"

// erase overwrites what was said and what hangs on it; secure_delete makes the
// file forget it too. The rows that quote it keep their own words.
func (tx *Tx) erase(actor Actor, said remark) error {
	column, quotes := "note_id", []string{
		"UPDATE note SET quote_note_id = NULL WHERE thread_id = ?2 AND quote_note_id = ?1",
		"UPDATE draft SET quote_note_id = NULL WHERE thread_id = ?2 AND quote_note_id = ?1",
		"UPDATE note SET body = '', quote_reply_id = NULL, quote_note_id = NULL, edited_at = NULL, deleted_at = ?3, deleted_by = ?4, version = version + 1 WHERE id = ?1 AND thread_id = ?2",
	}
	if said.kind == Reply {
		column, quotes = "reply_id", []string{
			"UPDATE reply SET quote_id = NULL WHERE thread_id = ?2 AND quote_id = ?1",
			"UPDATE note SET quote_reply_id = NULL WHERE thread_id = ?2 AND quote_reply_id = ?1",
			"UPDATE draft SET quote_reply_id = NULL WHERE thread_id = ?2 AND quote_reply_id = ?1",
			"UPDATE reply SET body = '', quote_id = NULL, edited_at = NULL, held_until = NULL, stopped = 0, deleted_at = ?3, deleted_by = ?4, version = version + 1 WHERE id = ?1 AND thread_id = ?2",
		}
	}
	for _, statement := range quotes {
		if err := tx.run(statement, said.id, said.thread, tx.now, actor.ID); err != nil {
			return err
		}
	}
	for _, table := range []string{"revision", "mention"} {
		if err := tx.run("DELETE FROM "+table+" WHERE "+column+" = ?", said.id); err != nil {
			return err
		}
	}
	if err := tx.dropFiles(column, said.id); err != nil {
		return err
	}
	return tx.unmail(column, said.id)
}

// unmail drops the mail that waits to tell of a reply or a note, and takes it out of
// mail that tells of more. One that somebody may be sending right now keeps its rows,
// so that it is known to have left, and so does one that has told of it in a try that failed;
// before each try the words are read again.
func (tx *Tx) unmail(column string, id ID) error {
	table := map[string]string{"reply_id": "outbox_reply", "note_id": "outbox_note"}[column]
	other := map[string]string{"reply_id": "outbox_note", "note_id": "outbox_reply"}[column]
	const waits = "o.sent_at IS NULL AND o.failed_at IS NULL AND NOT (o.tries > 0 AND o.next_at > ?2 AND o.next_at <= ?3)"
	lease := At(tx.now.Add(mailLease))
	if err := tx.run(`DELETE FROM outbox WHERE id IN (SELECT o.id FROM `+table+` m JOIN outbox o ON o.id = m.outbox_id WHERE m.`+column+` = ?1 AND m.told_at IS NULL AND `+waits+`
		AND NOT EXISTS (SELECT 1 FROM `+table+` x WHERE x.outbox_id = o.id AND x.`+column+` <> ?1) AND NOT EXISTS (SELECT 1 FROM `+other+` y WHERE y.outbox_id = o.id))`, id, tx.now, lease); err != nil {
		return err
	}
	return tx.run("DELETE FROM "+table+" WHERE "+column+" = ?1 AND told_at IS NULL AND outbox_id IN (SELECT o.id FROM outbox o JOIN "+table+" m ON m.outbox_id = o.id WHERE m."+column+" = ?1 AND "+waits+")", id, tx.now, lease)
}
