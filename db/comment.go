package db

import "sort"

// Comment is a reply, which clients see, or a note, which they never do.
type Comment struct {
	ID           ID
	Note         bool
	Body         string
	AuthorID     ID
	Author, Side string
	At, EditedAt Time
	DeletedAt    Time
	Avatar       ID // of the author, 0 without one
}

const maxComment = 20000

// Thread is everything said on a task, replies and notes, oldest first. A
// deleted comment keeps its place without its words.
func (v *Viewer) Thread(task ID) ([]Comment, error) {
	fields := func(c *Comment) []any {
		return []any{&c.ID, &c.Body, &c.AuthorID, &c.Author, &c.Side, &c.At, &c.EditedAt, &c.DeletedAt, &c.Avatar}
	}
	replies, err := all(v.source, fields, `SELECT r.id, CASE WHEN r.deleted_at IS NULL THEN r.body ELSE '' END, p.id, p.name, p.side, r.created_at, r.edited_at, r.deleted_at,
			(SELECT a.id FROM avatar a WHERE a.person_id = p.id)
		FROM visible_reply_team v JOIN reply r ON r.id = v.reply_id JOIN person p ON p.id = r.author_id WHERE v.viewer_id = ? AND r.task_id = ?`, v.ID, task)
	if err != nil {
		return nil, err
	}
	notes, err := all(v.source, fields, `SELECT n.id, CASE WHEN n.deleted_at IS NULL THEN n.body ELSE '' END, p.id, p.name, p.side, n.created_at, n.edited_at, n.deleted_at,
			(SELECT a.id FROM avatar a WHERE a.person_id = p.id)
		FROM visible_note v JOIN note n ON n.id = v.note_id JOIN person p ON p.id = n.author_id WHERE v.viewer_id = ? AND n.task_id = ?`, v.ID, task)
	if err != nil {
		return nil, err
	}
	for i := range notes {
		notes[i].Note = true
	}
	thread := append(replies, notes...)
	sort.SliceStable(thread, func(i, j int) bool {
		if !thread[i].At.Equal(thread[j].At.Time) {
			return thread[i].At.Before(thread[j].At.Time)
		}
		return thread[i].ID < thread[j].ID
	})
	return thread, nil
}

// Readers are the client people who see a task, by name: to whom a reply goes.
func (v *Viewer) Readers(task ID) ([]Person, error) {
	return all(v.source, personFields, "SELECT "+personColumns+` FROM visible_task_team v JOIN visible_task_client c ON c.task_id = v.task_id JOIN person p ON p.id = c.viewer_id
		WHERE v.viewer_id = ? AND v.task_id = ? ORDER BY p.name, p.id`, v.ID, task)
}

// AddReply says something that the client sees. Whoever may not, by role, by a
// private task or by an archived project, gets ErrNotFound: the guard is part of
// the statement.
func (s *Store) AddReply(actor Actor, task ID, body string) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		text, err := cleanComment(body)
		if err != nil {
			return err
		}
		if err := tx.must(`INSERT INTO reply (id, project_id, task_id, author_id, body, created_at)
			SELECT ?, t.project_id, t.id, m.viewer_id, ?, ? FROM may_comment m JOIN task t ON t.id = m.task_id WHERE m.viewer_id = ? AND m.task_id = ? LIMIT 1`,
			id, text, tx.now, actor.ID, task); err != nil {
			return err
		}
		project, err := value[ID](tx, "SELECT project_id FROM reply WHERE id = ?", id)
		if err != nil {
			return err
		}
		return tx.record(happened{project: project, actor: actor.ID, kind: EventReply, clients: true, task: task})
	})
	return id, err
}

// AddNote says something within the team.
func (s *Store) AddNote(actor Actor, task ID, body string) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		c, err := tx.workTask(actor, task)
		if err != nil {
			return err
		}
		text, err := cleanComment(body)
		if err != nil {
			return err
		}
		if err := tx.run("INSERT INTO note (id, project_id, task_id, author_id, body, created_at) VALUES (?,?,?,?,?,?)", id, c.ProjectID, task, actor.ID, text, tx.now); err != nil {
			return err
		}
		return tx.record(happened{project: c.ProjectID, actor: actor.ID, kind: EventNote, task: task})
	})
	return id, err
}

func cleanComment(body string) (string, error) {
	text, err := cleanText("body", body, maxComment)
	if err == nil && text == "" {
		err = invalid("body", "comment.empty")
	}
	return text, err
}
