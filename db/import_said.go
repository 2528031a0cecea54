package db

import (
	"strconv"

	"vitrine/db/importers"
)

// notedBefore are the notes and links that earlier imports brought. A note that
// was deleted here keeps its row, so that it does not come back.
func (i *importing) notedBefore() (map[string]bool, error) {
	sources, err := all(i.tx, itself[string], "SELECT source FROM note WHERE project_id = ?1 AND source LIKE ?2 UNION ALL SELECT source FROM file WHERE project_id = ?1 AND source LIKE ?2",
		i.project, i.fromSource())
	noted := make(map[string]bool, len(sources))
	for _, source := range sources {
		noted[source] = true
	}
	return noted, err
}

// addSaid adds the comments of a task, as notes of the time they were written,
// and its attachments, as links.
func (i *importing) addSaid(task ID, b *brought) error {
	for _, n := range b.Notes {
		if err := i.addNote(task, b, n); err != nil {
			return err
		}
	}
	twins := map[string]int{}
	for _, l := range b.Links {
		source := b.source + ":link:" + fingerprint(l.URL, l.Name)
		if twins[source]++; twins[source] > 1 {
			source += ":" + strconv.Itoa(twins[source])
		}
		if i.noted[source] {
			i.done.Links.Unchanged++
			continue
		}
		i.noted[source] = true
		i.done.Links.Created++
		var size any
		if l.Size > 0 {
			size = l.Size
		}
		if err := i.tx.run("INSERT INTO file (id, project_id, task_id, name, size, url, source, created_by, created_at) VALUES (?,?,?,?,?,?,?,?,?)",
			NewID(), i.project, task, l.Name, size, l.URL, source, i.actorID(), i.tx.now); err != nil {
			return err
		}
	}
	return nil
}

func (i *importing) addNote(task ID, b *brought, n importers.Note) error {
	at := At(n.At)
	if n.At.IsZero() || at.After(i.tx.now.Time) {
		at = i.tx.now
	}
	source := i.source(n.SourceID)
	if n.SourceID == "" {
		source = b.source + ":note:" + fingerprint(n.Author, n.Body, n.At.String())
	}
	if i.noted[source] {
		i.done.Notes.Unchanged++
		return nil
	}
	i.noted[source] = true
	author, err := i.author(n)
	if err != nil {
		return err
	}
	i.done.Notes.Created++
	return i.tx.run("INSERT INTO note (id, project_id, thread_id, author_id, body, created_at, source) VALUES (?,?,?,?,?,?,?)",
		NewID(), i.project, task, author, n.Body, at, source)
}

// publish shows the board's tasks to clients: not the archived ones, and not
// those that somebody made private here.
func (i *importing) publish() error {
	if !i.options.Publish {
		return nil
	}
	type line struct {
		ID
		source string
		hidden bool
	}
	lines, err := all(i.tx, func(l *line) []any { return []any{&l.ID, &l.source, &l.hidden} },
		`SELECT t.id, t.source, EXISTS (SELECT 1 FROM event e WHERE e.task_id = t.id AND e.kind = ?3)
		FROM task t WHERE t.project_id = ?1 AND t.source LIKE ?2 AND t.private = 1 AND t.archived_at IS NULL`, i.project, i.fromSource(), EventTaskHidden)
	if err != nil {
		return err
	}
	twins, inFile := map[string]int{}, make(map[string]bool, len(i.plan.Tasks))
	for n := range i.plan.Tasks {
		inFile[i.taskSource(&i.plan.Tasks[n], twins)] = true
	}
	for _, l := range lines {
		switch {
		case !inFile[l.source]:
		case l.hidden:
			i.done.KeptPrivate++
		default:
			i.done.Shown++
			if err := i.tx.run("UPDATE task SET private = 0, version = version + 1 WHERE id = ?", l.ID); err != nil {
				return err
			}
		}
	}
	i.shown = i.shown || i.done.Shown > 0
	return nil
}
