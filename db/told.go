package db

import (
	"encoding/hex"
	"slices"
)

// Told is what a mail says of a conversation: only what its recipient may read now,
// and has not read on screen. Title is that of what the conversation is about.
type Told struct {
	ProjectID, ThreadID  ID
	Noun, Title, Project string
	Said                 []Said
	Names                map[string]string // of people whom it mentions, by their ids
}

// Said is one reply or note of it. Author is "" where the project does not show who
// of the team it was. Files are names.
type Said struct {
	ID           ID
	Author, Body string
	At           Time
	Files        []string
}

func saidFields(s *Said) []any { return []any{&s.ID, &s.Author, &s.Body, &s.At} }

// attached is the name of a file of a reply or note.
type attached struct {
	to   ID
	name string
}

func attachedFields(a *attached) []any { return []any{&a.to, &a.name} }

// Told reads what a mail about replies or notes says, with its recipient's eyes: a
// client's through the glass, the team's as a Viewer. ErrNotFound says that nothing is left.
func (s *Store) Told(m Mail) (Told, error) {
	ids, since, err := s.untold(m)
	if err != nil {
		return Told{}, err
	}
	var told Told
	if m.To.Side == Client && m.Kind == MailReplies {
		err = s.Glass(m.To.ID, func(g *Glass) (err error) { told, err = g.Told(m.Subject, since, ids); return err })
	} else {
		err = s.ViewOf(m.To.ID, func(v *Viewer) (err error) { told, err = v.Told(m.Kind, m.Subject, ids); return err })
	}
	if err == nil && len(told.Said) == 0 {
		err = ErrNotFound
	}
	return told, err
}

// untold are the replies or notes of a mail that its recipient has not read on screen,
// and when the first of them was said; none when they do not want such mails any more.
// It says nothing of who may see them.
func (s *Store) untold(m Mail) (ids []ID, since Time, err error) {
	err = s.read(func(r source) error {
		said, err := all(r, func(s *Said) []any { return []any{&s.ID, &s.At} }, `WITH told (id, at) AS (SELECT r.id, coalesce(r.released_at, r.created_at) FROM outbox_reply o JOIN reply r ON r.id = o.reply_id WHERE o.outbox_id = ?1
				AND NOT EXISTS (SELECT 1 FROM reply_read d WHERE d.reply_id = o.reply_id AND d.person_id = ?2)
			UNION ALL SELECT n.id, n.created_at FROM outbox_note o JOIN note n ON n.id = o.note_id WHERE o.outbox_id = ?1)
			SELECT id, at FROM told WHERE NOT EXISTS (SELECT 1 FROM notification WHERE person_id = ?2 AND kind = ?3 AND mail = 0) ORDER BY at`, m.ID, m.To.ID, m.Kind)
		for _, one := range said {
			ids = append(ids, one.ID)
		}
		if len(said) > 0 {
			since = said[0].At
		}
		return err
	})
	return ids, since, err
}

// Told is what was said in a thread since then, of the replies named.
func (g *Glass) Told(thread ID, since Time, ids []ID) (Told, error) {
	about, err := g.Thread(thread)
	if err != nil {
		return Told{}, err
	}
	told := Told{ProjectID: about.ProjectID, ThreadID: about.ID, Noun: about.Noun}
	if told.Project, told.Title, err = g.titles(about); err != nil {
		return Told{}, err
	}
	said, err := all(g, saidFields, "SELECT id, author, body, at FROM client_reply WHERE thread_id = ? AND at >= ? AND deleted_at IS NULL ORDER BY at, id", thread, since)
	if err != nil {
		return Told{}, err
	}
	told.Said = slices.DeleteFunc(said, func(s Said) bool { return !slices.Contains(ids, s.ID) })
	files, err := all(g, attachedFields, `SELECT f.reply_id, f.name FROM client_reply r JOIN client_file f ON f.reply_id = r.id
		WHERE r.thread_id = ? AND r.at >= ? AND r.deleted_at IS NULL ORDER BY f.name, f.id`, thread, since)
	if err != nil {
		return Told{}, err
	}
	told.attach(files)
	people, err := g.People(about.ProjectID)
	told.Names = make(map[string]string, len(people))
	for _, person := range people {
		told.Names[person.ID.String()] = person.Name
	}
	return told, err
}

// titles are the names of a conversation's project and of what it is about.
func (g *Glass) titles(thread ClientThread) (project, title string, err error) {
	if project, err = value[string](g, "SELECT name FROM client_project WHERE id = ?", thread.ProjectID); err != nil {
		return "", "", err
	}
	switch thread.Noun {
	case OnTask:
		title, err = value[string](g, "SELECT title FROM client_task WHERE id = ?", thread.TaskID)
	case OnMilestone:
		title, err = value[string](g, "SELECT name FROM client_milestone WHERE id = ?", thread.MilestoneID)
	case OnDecision:
		title, err = value[string](g, "SELECT question FROM client_decision WHERE id = ?", thread.DecisionID)
	case OnDeliverable:
		title, err = value[string](g, "SELECT name FROM client_deliverable WHERE id = ?", thread.DeliverableID)
	case OnBudget:
		title, err = value[string](g, "SELECT name FROM client_budget WHERE id = ?", thread.ID)
	default:
		title = project
	}
	return project, title, err
}

const (
	toldReplies = `SELECT r.id, p.name, r.body, r.released_at FROM visible_reply_team v JOIN reply r ON r.id = v.reply_id AND r.released_at IS NOT NULL AND r.deleted_at IS NULL
		JOIN person p ON p.id = r.author_id WHERE v.viewer_id = ? AND r.thread_id = ? AND r.id IN (SELECT value FROM json_each(?)) ORDER BY r.released_at, r.id`
	toldNotes = `SELECT n.id, p.name, n.body, n.created_at FROM visible_note v JOIN note n ON n.id = v.note_id AND n.deleted_at IS NULL
		JOIN person p ON p.id = n.author_id WHERE v.viewer_id = ? AND n.thread_id = ? AND n.id IN (SELECT value FROM json_each(?)) ORDER BY n.created_at, n.id`
)

// Told is what was said in a thread, of the notes or replies named; what is held or
// deleted is not told.
func (v *Viewer) Told(kind string, thread ID, ids []ID) (Told, error) {
	about, err := v.Thread(thread)
	if err != nil {
		return Told{}, err
	}
	told := Told{ProjectID: about.ProjectID, ThreadID: about.ID, Noun: about.Noun, Title: about.Title}
	if told.Project, err = value[string](v.source, "SELECT p.name FROM visible_project_team v JOIN project p ON p.id = v.project_id WHERE v.viewer_id = ? AND p.id = ?", v.ID, about.ProjectID); err != nil {
		return Told{}, err
	}
	list, err := jsonIDs(ids)
	if err != nil {
		return Told{}, err
	}
	if kind == MailNotes {
		told.Said, err = all(v.source, saidFields, toldNotes, v.ID, thread, list)
	} else {
		told.Said, err = all(v.source, saidFields, toldReplies, v.ID, thread, list)
	}
	if err != nil {
		return Told{}, err
	}
	return told, v.dressTold(&told, list)
}

// dressTold adds the names of files and of those who are mentioned.
func (v *Viewer) dressTold(told *Told, list string) error {
	files, err := all(v.source, attachedFields, `SELECT coalesce(f.reply_id, f.note_id), f.name FROM visible_file_team v JOIN file f ON f.id = v.file_id
		WHERE v.viewer_id = ? AND coalesce(f.reply_id, f.note_id) IN (SELECT value FROM json_each(?)) ORDER BY f.name, f.id`, v.ID, list)
	if err != nil {
		return err
	}
	told.attach(files)
	type named struct {
		id   ID
		name string
	}
	people, err := all(v.source, func(n *named) []any { return []any{&n.id, &n.name} },
		`SELECT p.id, p.name FROM visible_thread_team v JOIN visible_thread w ON w.thread_id = v.thread_id JOIN person p ON p.id = w.viewer_id WHERE v.viewer_id = ? AND v.thread_id = ?`, v.ID, told.ThreadID)
	told.Names = make(map[string]string, len(people))
	for _, person := range people {
		told.Names[person.id.String()] = person.name
	}
	return err
}

func (t *Told) attach(files []attached) {
	for i, said := range t.Said {
		for _, file := range files {
			if file.to == said.ID {
				t.Said[i].Files = append(t.Said[i].Files, file.name)
			}
		}
	}
}

// ThreadMark is the left part of a Message-ID that all mails to one person about one
// conversation refer to, so that mail programs keep them together. It tells nothing
// of the conversation and differs from person to person.
func (s *Store) ThreadMark(m Mail) string {
	return hex.EncodeToString(s.keyed("mail thread", m.Kind, m.To.ID.String(), m.Subject.String())[:16])
}
