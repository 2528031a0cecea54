package db

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sort"

	"github.com/gowebpki/jcs"
)

// PrepareVersion begins the next version of a deliverable, or is the one that is
// being prepared: there is one at a time, and its number is the next.
func (s *Store) PrepareVersion(actor Actor, deliverable ID) (ID, error) {
	var id ID
	err := s.write(func(tx *Tx) error {
		of, err := tx.workDeliverable(actor, deliverable)
		if err != nil {
			return err
		}
		id, err = tx.prepare(of)
		return err
	})
	return id, err
}

func (tx *Tx) prepare(of deliverableOf) (ID, error) {
	id, err := value[ID](tx, "SELECT id FROM deliverable_version WHERE deliverable_id = ? AND delivered_at IS NULL", of.ID)
	if err != ErrNotFound {
		return id, err
	}
	id = NewID()
	if err := tx.run("INSERT INTO deliverable_version (id, deliverable_id, number, created_at) SELECT ?, ?2, coalesce(max(number), 0) + 1, ?3 FROM deliverable_version WHERE deliverable_id = ?2",
		id, of.ID, tx.now); err != nil {
		return 0, err
	}
	return id, tx.touch(of.ProjectID, false)
}

// DeliverForm hands a version over. Deciders are the ids of those who are asked to
// approve it, in their order; Mode says who of them has to: any, all, or all in order.
type DeliverForm struct {
	Note, DueOn, Mode string
	Deciders          []string
	MustOpen          bool
}

type cleanedDeliver struct {
	DeliverForm
	due      Date
	deciders []ID
}

// Deliver hands the prepared version to the clients and asks for its approval. The
// approval of the version before it is withdrawn when it is still open. It gives the
// version's id. Whoever delivers what somebody has just delivered gets ErrSent; only
// the first version needs no preparing. Invalid fields are note, due_on, mode and deciders.
func (s *Store) Deliver(actor Actor, deliverable ID, form DeliverForm) (ID, error) {
	var id ID
	err := s.write(func(tx *Tx) error {
		of, err := tx.workDeliverable(actor, deliverable)
		if err != nil {
			return err
		}
		clean, err := tx.cleanDeliver(of.ProjectID, form)
		if err != nil {
			return err
		}
		if id, err = tx.readyVersion(of); err != nil {
			return err
		}
		number, err := tx.fixVersion(actor, of, id, clean)
		if err != nil {
			return err
		}
		return tx.askApproval(actor, of, id, number, clean)
	})
	return id, err
}

func (tx *Tx) cleanDeliver(project ID, form DeliverForm) (c cleanedDeliver, err error) {
	c.DeliverForm = form
	if c.Note, err = cleanText("note", form.Note, 20000); err != nil {
		return c, err
	}
	var ok bool
	if c.due, ok = ParseDate(form.DueOn); !ok {
		return c, invalid("due_on", "date.invalid")
	}
	if c.Mode == "" {
		c.Mode = "any"
	}
	if !oneOf(c.Mode, "any", "all", "order") {
		return c, invalid("mode", "choice.unknown")
	}
	if c.deciders, err = parseIDs(form.Deciders); err != nil {
		return c, invalid("deciders", "choice.unknown")
	}
	if len(c.deciders) == 0 {
		return c, invalid("deciders", "deliverable.nobody")
	}
	list, err := jsonIDs(c.deciders)
	if err != nil {
		return c, err
	}
	// Where deliverables are switched off nobody would see what they are asked.
	able, err := value[int](tx, `SELECT count(DISTINCT m.person_id) FROM json_each(?) j JOIN may_be_asked m ON m.person_id = j.value AND m.project_id = ?2
		WHERE EXISTS (SELECT 1 FROM feature_project_client f WHERE f.project_id = ?2 AND f.name = 'deliverables')`, list, project)
	if err == nil && able != len(c.deciders) {
		err = invalid("deciders", "choice.unknown")
	}
	return c, err
}

// readyVersion is the version that is being prepared. A form that is sent twice must
// not deliver twice: once something was delivered, the next has to be prepared.
func (tx *Tx) readyVersion(of deliverableOf) (ID, error) {
	if !of.Delivered {
		return tx.prepare(of)
	}
	id, err := value[ID](tx, "SELECT id FROM deliverable_version WHERE deliverable_id = ? AND delivered_at IS NULL", of.ID)
	if err == ErrNotFound {
		err = ErrSent
	}
	return id, err
}

// fixVersion fixes what a version is: from here on neither its note nor its files change.
func (tx *Tx) fixVersion(actor Actor, of deliverableOf, version ID, form cleanedDeliver) (number int, err error) {
	if number, err = value[int](tx, "SELECT number FROM deliverable_version WHERE id = ?", version); err != nil {
		return 0, err
	}
	files, err := all(tx, func(f *versionFile) []any { return []any{&f.Name, &f.SHA256, &f.Size} }, "SELECT name, sha256, size FROM file WHERE version_id = ?", version)
	if err != nil {
		return 0, err
	}
	if len(files) == 0 && form.Note == "" {
		return 0, invalid("note", "deliverable.empty")
	}
	sum, err := versionSHA256(of.ID, number, form.Note, files)
	if err != nil {
		return 0, err
	}
	return number, tx.must("UPDATE deliverable_version SET note = ?, must_open = ?, sha256 = ?, delivered_by = ?, delivered_at = ? WHERE id = ? AND delivered_at IS NULL",
		form.Note, form.MustOpen, sum, actor.ID, tx.now, version)
}

// versionFile is what the hash of a version covers of a file.
type versionFile struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

// versionSHA256 names what was delivered: the SHA-256 over the canonical JSON
// (RFC 8785) of the deliverable's id, the number, the note and the files by name and
// hash. Whoever has these can work it out again.
func versionSHA256(deliverable ID, number int, note string, files []versionFile) (string, error) {
	sorted := append([]versionFile{}, files...)
	sort.Slice(sorted, func(i, j int) bool {
		return sorted[i].Name < sorted[j].Name || sorted[i].Name == sorted[j].Name && sorted[i].SHA256 < sorted[j].SHA256
	})
	text, err := json.Marshal(map[string]any{"deliverable": deliverable, "number": number, "note": note, "files": sorted})
	if err == nil {
		text, err = jcs.Transform(text)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), err
}

// askApproval asks the deciders whether they approve a version, and nobody any more
// about the versions before it.
func (tx *Tx) askApproval(actor Actor, of deliverableOf, version ID, number int, form cleanedDeliver) error {
	before, err := all(tx, itself[ID], `UPDATE decision SET state = 'withdrawn', ended_at = ?, version = version + 1
		WHERE state = 'asked' AND version_id IN (SELECT id FROM deliverable_version WHERE deliverable_id = ?) RETURNING id`, tx.now, of.ID)
	if err != nil {
		return err
	}
	id := NewID()
	if err := tx.run(`INSERT INTO decision (id, project_id, kind, state, edition, version_id, created_by, created_at, shown_at) VALUES (?1, ?2, 'approval', 'asked', 1, ?3, ?4, ?5, ?5)`,
		id, of.ProjectID, version, actor.ID, tx.now); err != nil {
		return err
	}
	if err := tx.run("INSERT INTO edition (decision_id, number, question, mode, due_on, asked_by, asked_at) VALUES (?, 1, ?, ?, ?, ?, ?)",
		id, of.Name, form.Mode, form.due, actor.ID, tx.now); err != nil {
		return err
	}
	list, err := jsonIDs(form.deciders)
	if err != nil {
		return err
	}
	if err := tx.run("INSERT INTO decider (decision_id, person_id, position) SELECT ?, value, key + 1 FROM json_each(?)", id, list); err != nil {
		return err
	}
	if err := tx.record(happened{project: of.ProjectID, actor: actor.ID, kind: EventDelivered, clients: true, deliverable: of.ID, number: number}); err != nil {
		return err
	}
	for _, one := range before { // at most one
		if err := tx.tellClosed(one); err != nil {
			return err
		}
	}
	return tx.asked(id)
}

// changesTask makes the task of somebody who asked for changes to a version: the
// comment is its text, and it is linked back to the deliverable. It stands in the
// first column of things to do and is as private as the project's new tasks are.
func (tx *Tx) changesTask(actor Actor, version ID, comment string) error {
	type about struct {
		deliverable, project, milestone ID
		name                            string
		number                          int
		private                         bool
	}
	of, err := one(tx, func(a *about) []any {
		return []any{&a.deliverable, &a.project, &a.milestone, &a.name, &a.number, &a.private}
	}, `SELECT d.id, d.project_id, d.milestone_id, d.name, n.number, p.new_tasks_private
		FROM deliverable_version n JOIN deliverable d ON d.id = n.deliverable_id JOIN project p ON p.id = d.project_id WHERE n.id = ?`, version)
	if err != nil {
		return err
	}
	column, err := tx.firstColumn(of.project)
	if err != nil {
		return err
	}
	id := NewID()
	place, err := tx.place(column.ID, 0, id)
	if err != nil {
		return err
	}
	if err := tx.run(`INSERT INTO task (id, project_id, column_id, milestone_id, title, description, private, position, created_by, created_at) VALUES (?,?,?,?,?,?,?,?,?,?)`,
		id, of.project, column.ID, of.milestone, fmt.Sprintf("%s, version %d", of.name, of.number), comment, of.private, place, actor.ID, tx.now); err != nil {
		return err
	}
	if err := tx.linkTasks(of.deliverable, []ID{id}); err != nil {
		return err
	}
	return tx.record(happened{project: of.project, actor: actor.ID, kind: EventTaskCreated, clients: !of.private, task: id, column: column})
}
