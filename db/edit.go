package db

import "slices"

// EditReply changes what a reply says: its author may, while they may reply there.
// Clients who see it read the new words at once; one that is held stays held. A
// version that is not the stored one is Conflict with the stored text, without a
// text when the reply was deleted meanwhile. Somebody else's is ErrDenied for the
// team, and not there for clients.
func (s *Store) EditReply(actor Actor, id ID, body string, version int64) (thread ID, err error) {
	err = s.write(func(tx *Tx) error {
		thread, err = tx.edit(actor, Reply, id, body, version)
		return err
	})
	return thread, err
}

// EditReplyRead is EditReply with a text that gave rise to Doubts and that the author
// has read again: the audit keeps that they did, and none of the words.
func (s *Store) EditReplyRead(actor Actor, id ID, body string, version int64) (thread ID, err error) {
	err = s.write(func(tx *Tx) error {
		if thread, err = tx.edit(actor, Reply, id, body, version); err != nil {
			return err
		}
		return tx.readAgain(actor, thread)
	})
	return thread, err
}

// EditNote is EditReply for a note.
func (s *Store) EditNote(actor Actor, id ID, body string, version int64) (thread ID, err error) {
	err = s.write(func(tx *Tx) error {
		thread, err = tx.edit(actor, Note, id, body, version)
		return err
	})
	return thread, err
}

// remark is what a write needs to know of a reply or a note that the actor sees.
type remark struct {
	kind                        string
	id, thread, project, author ID
	body                        string
	version                     int64
	own, team, leads            bool // the actor wrote it, is of the team, leads the project
	released, deleted           bool // clients have it; its words are gone
	may, open                   bool // the actor may say this here; the project is not archived
}

func remarkFields(s *remark) []any {
	return []any{&s.id, &s.thread, &s.project, &s.author, &s.body, &s.version, &s.own, &s.team, &s.leads, &s.released, &s.deleted, &s.may, &s.open}
}

const (
	remarkColumns = `x.id, x.thread_id, x.project_id, x.author_id, x.body, x.version, x.author_id = v.viewer_id, p.side = 'team',
		EXISTS (SELECT 1 FROM may_lead l WHERE l.viewer_id = v.viewer_id AND l.project_id = x.project_id), `
	remarkOpen  = `, EXISTS (SELECT 1 FROM may_note o WHERE o.viewer_id = v.viewer_id AND o.thread_id = x.thread_id)`
	remarkReply = "SELECT " + remarkColumns + `x.released_at IS NOT NULL, x.deleted_at IS NOT NULL,
		EXISTS (SELECT 1 FROM may_reply m WHERE m.viewer_id = v.viewer_id AND m.thread_id = x.thread_id)` + remarkOpen + `
		FROM visible_reply v JOIN reply x ON x.id = v.reply_id JOIN person p ON p.id = v.viewer_id WHERE v.viewer_id = ? AND x.id = ?`
	remarkNote = "SELECT " + remarkColumns + `0, x.deleted_at IS NOT NULL,
		EXISTS (SELECT 1 FROM may_note m WHERE m.viewer_id = v.viewer_id AND m.thread_id = x.thread_id)` + remarkOpen + `
		FROM visible_note v JOIN note x ON x.id = v.note_id JOIN person p ON p.id = v.viewer_id WHERE v.viewer_id = ? AND x.id = ?`
)

// remark is a reply or a note with what the actor may do about it.
func (tx *Tx) remark(actor Actor, kind string, id ID) (remark, error) {
	if err := tx.notPreview(actor); err != nil {
		return remark{}, err
	}
	found, err := one(tx, remarkFields, map[string]string{Reply: remarkReply, Note: remarkNote}[kind], actor.ID, id)
	found.kind = kind
	return found, err
}

func (tx *Tx) edit(actor Actor, kind string, id ID, body string, version int64) (ID, error) {
	said, err := tx.remark(actor, kind, id)
	if err == nil {
		err = said.mayEdit()
	}
	if err != nil {
		return said.thread, err
	}
	text, err := cleanComment(body)
	if err != nil {
		return said.thread, err
	}
	text, mentioned, err := tx.withMentions(actor, said.thread, kind, text)
	switch {
	case err != nil:
		return said.thread, err
	case text == said.body:
		return said.thread, nil
	case version != said.version:
		people, err := tx.mentionables(actor, said.thread, kind)
		if err != nil {
			return said.thread, err
		}
		return said.thread, &Conflict{Version: said.version, Theirs: map[string]string{"body": typedMentions(said.body, namesByID(people))}}
	}
	if err := tx.keepMentions(kind, id, mentioned); err != nil {
		return said.thread, err
	}
	if err := tx.rewrite(actor, said, text); err != nil {
		return said.thread, err
	}
	before := mentionsIn(said.body)
	return said.thread, tx.tellMentioned(kind, id, slices.DeleteFunc(mentioned, func(person ID) bool { return slices.Contains(before, person) }))
}

// mayEdit refuses whoever did not write it, and what can no longer be said there.
// The text of the form is kept in all cases in which its author lost nothing but the moment.
func (s remark) mayEdit() error {
	switch {
	case !s.team && (!s.own || !s.may):
		return ErrNotFound
	case !s.own:
		return ErrDenied
	case s.deleted:
		return &Conflict{Version: s.version}
	case !s.open && s.team:
		return ErrDenied
	case !s.may:
		return invalid("body", "edit.private")
	}
	return nil
}

// rewrite is the one place where words that were said become other words. The old
// ones stay for the team until it is deleted. No mail tells anybody of it a second time.
func (tx *Tx) rewrite(actor Actor, said remark, text string) error {
	column := map[string]string{Reply: "reply_id", Note: "note_id"}[said.kind]
	if err := tx.run("INSERT INTO revision ("+column+", body, person_id, at) VALUES (?,?,?,?)", said.id, said.body, actor.ID, tx.now); err != nil {
		return err
	}
	if err := tx.must("UPDATE "+said.kind+" SET body = ?, edited_at = ?, version = version + 1 WHERE id = ?", text, tx.now, said.id); err != nil {
		return err
	}
	return tx.touchSaid(said)
}
