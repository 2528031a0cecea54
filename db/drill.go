package db

import (
	"strings"
	"time"
)

// Drill is what is known of a reply that should not have gone out: whom it has
// reached, whom it could reach now, and what else may have gone out like it.
type Drill struct {
	Saying
	Read   []Read   // who had it on screen
	Sees   []Person // of the client, who could have it on screen now
	Mails  []LeftMail
	Quotes []Comment // what quotes it, by others too
	Files  []File
	Alike  []Alike
	Kept   string // of a deleted one: its record, as AuditReplyDeleted says
}

// LeftMail is a mail about a reply: At is when it left, zero while it Waits.
type LeftMail struct {
	Name  string
	At    Time
	Waits bool
}

// Alike is another reply of the team that may have to be looked at too.
type Alike struct {
	ID, ThreadID, ProjectID ID
	Project, Author, Body   string
	AuthorID                ID
	At                      Time
	Leads                   bool
}

// Drill reads it. What others share with it is looked for wherever the viewer sees replies.
func (v *Viewer) Drill(id ID) (Drill, error) {
	said, err := v.Reply(id)
	if err != nil {
		return Drill{}, err
	}
	d := Drill{Saying: said}
	if err := v.drillReached(&d); err != nil {
		return d, err
	}
	if !said.DeletedAt.IsZero() {
		d.Kept, err = v.drillKept(said)
		return d, err
	}
	if err := v.drillOn(&d); err != nil {
		return d, err
	}
	d.Alike, err = v.alike(said)
	return d, err
}

// drillReached reads who has had a reply: on a page and by mail.
func (v *Viewer) drillReached(d *Drill) (err error) {
	if d.Read, err = all(v.source, readFields, "SELECT "+readColumns+` FROM visible_reply_team v JOIN reply_read m ON m.reply_id = v.reply_id
		JOIN person p ON p.id = m.person_id WHERE v.viewer_id = ? AND v.reply_id = ? ORDER BY m.at, p.id`, v.ID, d.ID); err != nil {
		return err
	}
	d.Mails, err = all(v.source, func(t *LeftMail) []any { return []any{&t.Name, &t.At, &t.Waits} },
		`SELECT coalesce(p.name, o.address), coalesce(m.told_at, o.sent_at), coalesce(m.told_at, o.sent_at) IS NULL FROM visible_reply_team v JOIN outbox_reply m ON m.reply_id = v.reply_id
			CROSS JOIN outbox o ON o.id = m.outbox_id LEFT JOIN person p ON p.id = o.person_id
			WHERE v.viewer_id = ? AND v.reply_id = ? AND (o.failed_at IS NULL OR m.told_at IS NOT NULL) ORDER BY m.outbox_id`, v.ID, d.ID)
	return err
}

// drillOn reads what hangs on a reply that is still there.
func (v *Viewer) drillOn(d *Drill) (err error) {
	if d.May && !d.Held {
		if d.Sees, err = v.Readers(d.ThreadID); err != nil {
			return err
		}
	}
	if d.Quotes, err = all(v.source, commentFields, "SELECT "+replyColumns+replyJoins+" WHERE v.viewer_id = ? AND r.thread_id = ? AND r.quote_id = ? AND r.deleted_at IS NULL", v.ID, d.ThreadID, d.ID); err != nil {
		return err
	}
	d.Files, err = all(v.source, func(f *File) []any { return []any{&f.ID, &f.Name, &f.URL, &f.Size} },
		`SELECT f.id, f.name, '', coalesce(f.size, 0) FROM visible_reply_team v JOIN file f ON f.reply_id = v.reply_id
			WHERE v.viewer_id = ? AND v.reply_id = ? ORDER BY f.name, f.id`, v.ID, d.ID)
	return err
}

func (v *Viewer) drillKept(said Saying) (string, error) {
	kept, err := all(v.source, itself[string], `SELECT a.detail FROM visible_reply_team v JOIN reply r ON r.id = v.reply_id JOIN audit a ON a.project_id = r.project_id
		WHERE v.viewer_id = ? AND v.reply_id = ? AND a.kind = ? AND instr(a.detail, ?) = 1`, v.ID, said.ID, AuditReplyDeleted, said.ID.String()+" ")
	if err != nil || len(kept) == 0 {
		return "", err
	}
	return kept[0], nil
}

const alikeColumns = `SELECT r.id, r.thread_id, r.project_id, pr.name, p.name, r.body, r.author_id, coalesce(r.released_at, r.created_at),
	EXISTS (SELECT 1 FROM may_lead l WHERE l.viewer_id = v.viewer_id AND l.project_id = r.project_id)
	FROM visible_reply_team v JOIN reply r ON r.id = v.reply_id JOIN person p ON p.id = r.author_id AND p.side = 'team' JOIN project pr ON pr.id = r.project_id`

func alikeFields(a *Alike) []any {
	return []any{&a.ID, &a.ThreadID, &a.ProjectID, &a.Project, &a.Author, &a.Body, &a.AuthorID, &a.At, &a.Leads}
}

// alike are the team's other replies that repeat what this one says or what it
// repeats of the internal words of its thread, and those of the same author, a day
// before or after, that repeat internal words of their own threads.
func (v *Viewer) alike(said Saying) ([]Alike, error) {
	inside, err := v.insideOf([]ID{said.ThreadID})
	if err != nil {
		return nil, err
	}
	leaked, own := said.Body, runsOf(said.Body, repeatedWords)
	for _, text := range inside[said.ThreadID] {
		if own.shared(text) != "" { // what it repeats may have got out elsewhere in other words of the same note
			leaked += "\n\n" + text
		}
	}
	looked := runsOf(leaked, repeatedWords)
	others, err := all(v.source, alikeFields, alikeColumns+" WHERE v.viewer_id = ? AND r.id <> ? AND r.deleted_at IS NULL ORDER BY r.created_at DESC", v.ID, said.ID)
	if err != nil {
		return nil, err
	}
	var near []ID
	for _, other := range others {
		if other.by(said) {
			near = append(near, other.ThreadID)
		}
	}
	if inside, err = v.insideOf(near); err != nil {
		return nil, err
	}
	var list []Alike
	for _, other := range others {
		if looked.shared(other.Body) != "" || other.by(said) && sharedRun(other.Body, strings.Join(inside[other.ThreadID], "\n\n"), repeatedWords) != "" {
			list = append(list, other)
		}
	}
	return list, nil
}

// by says that it was posted by the same author within a day.
func (a Alike) by(said Saying) bool {
	apart := a.At.Sub(said.At.Time)
	return a.AuthorID == said.AuthorID && apart.Abs() < 24*time.Hour
}

// insideOf are the texts of threads that no client may read: notes and, on a task,
// its internal details.
func (v *Viewer) insideOf(threads []ID) (map[ID][]string, error) {
	type text struct {
		thread ID
		body   string
	}
	ids, err := jsonIDs(threads)
	if err != nil || len(threads) == 0 {
		return nil, err
	}
	list, err := all(v.source, func(t *text) []any { return []any{&t.thread, &t.body} },
		`SELECT n.thread_id, n.body FROM json_each(?2) CROSS JOIN visible_thread_team v ON v.thread_id = json_each.value JOIN note n ON n.thread_id = v.thread_id AND n.deleted_at IS NULL WHERE v.viewer_id = ?1
		UNION SELECT t.id, t.internal_details FROM json_each(?2) CROSS JOIN visible_thread_team v ON v.thread_id = json_each.value JOIN task t ON t.id = v.thread_id WHERE v.viewer_id = ?1`, v.ID, ids)
	texts := map[ID][]string{}
	for _, one := range list {
		texts[one.thread] = append(texts[one.thread], one.body)
	}
	return texts, err
}
