package db

import (
	"io"
	"strconv"
)

// MaxFiles is how many files hang on one draft at most.
const MaxFiles = 20

// usualUpload is the limit of one file in MB where the workspace has set none.
const usualUpload = 100

// uploadLimit reads the setting, in bytes.
func uploadLimit(set string) int64 {
	megabytes, err := strconv.ParseInt(set, 10, 32)
	if err != nil || megabytes < 1 {
		megabytes = usualUpload
	}
	return megabytes << 20
}

// MayAttach says, before anything is received, why the actor may not hang a file on
// what they write in a thread: ErrPreview, ErrNotFound, ErrDenied, or Invalid when
// there are as many as can be.
func (s *Store) MayAttach(actor Actor, thread ID, kind string) error {
	if actor.Preview != 0 {
		return ErrPreview
	}
	return s.read(func(r source) error {
		if err := mayAttach(r, actor, thread, kind); err != nil {
			return err
		}
		return roomOnDraft(r, actor, thread, kind, 1)
	})
}

func mayAttach(r source, actor Actor, thread ID, kind string) error {
	type right struct{ may, sees bool }
	found, err := one(r, func(f *right) []any { return []any{&f.may, &f.sees} }, `SELECT EXISTS (SELECT 1 FROM may_attach WHERE viewer_id = ?1 AND thread_id = ?2 AND kind = ?3),
		EXISTS (SELECT 1 FROM visible_thread_team WHERE viewer_id = ?1 AND thread_id = ?2)`, actor.ID, thread, kind)
	switch {
	case err != nil || found.may:
		return err
	case found.sees && kind == Note:
		return ErrDenied
	}
	return ErrNotFound
}

func roomOnDraft(r source, actor Actor, thread ID, kind string, more int) error {
	count, err := value[int](r, "SELECT count(*) FROM draft d JOIN file f ON f.draft_id = d.id WHERE d.person_id = ? AND d.thread_id = ? AND d.kind = ?", actor.ID, thread, kind)
	if err == nil && count+more > MaxFiles {
		err = invalid("file", "file.too-many", "Max", MaxFiles)
	}
	return err
}

// AddFile receives a file and hangs it on the actor's draft of that kind; errors as
// of Receive and AddFiles.
func (s *Store) AddFile(actor Actor, thread ID, kind, name string, from io.Reader, limit int64) (ID, error) {
	if err := s.MayAttach(actor, thread, kind); err != nil {
		return 0, err
	}
	received, err := s.Receive(from, limit)
	if err != nil {
		return 0, err
	}
	defer received.Discard()
	received.Name = name
	ids, err := s.AddFiles(actor, thread, kind, nil, []*Received{received})
	if err != nil {
		return 0, err
	}
	return ids[0], nil
}

// AddFiles hangs what was received on the actor's draft of that kind in a thread,
// all of it or nothing, and begins the draft when there is none. text, unless nil,
// becomes what the draft says. Errors: ErrPreview, ErrNotFound, ErrDenied, Invalid.
func (s *Store) AddFiles(actor Actor, thread ID, kind string, text *string, files []*Received) ([]ID, error) {
	var ids []ID
	err := s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		if err := mayAttach(tx, actor, thread, kind); err != nil {
			return err
		}
		if err := roomOnDraft(tx, actor, thread, kind, len(files)); err != nil {
			return err
		}
		if err := tx.must(`INSERT INTO draft (id, person_id, thread_id, kind, body, updated_at)
			SELECT ?1, m.viewer_id, m.thread_id, m.kind, '', ?2 FROM may_attach m WHERE m.viewer_id = ?3 AND m.thread_id = ?4 AND m.kind = ?5
			ON CONFLICT (person_id, thread_id, kind) DO UPDATE SET updated_at = excluded.updated_at`, NewID(), tx.now, actor.ID, thread, kind); err != nil {
			return err
		}
		if err := tx.keepText(actor, thread, kind, text); err != nil {
			return err
		}
		for _, file := range files {
			id, err := tx.attach(actor, thread, kind, file)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	return ids, err
}

// keepText stores what stood in the box beside the files, so that it is there
// again; of a draft that there is.
func (tx *Tx) keepText(actor Actor, thread ID, kind string, text *string) error {
	if text == nil {
		return nil
	}
	body, err := cleanText("body", *text, maxComment)
	if err != nil {
		return err
	}
	return tx.run("UPDATE draft SET body = ?, updated_at = ? WHERE person_id = ? AND thread_id = ? AND kind = ?", body, tx.now, actor.ID, thread, kind)
}

func (tx *Tx) attach(actor Actor, thread ID, kind string, file *Received) (ID, error) {
	id := NewID()
	thumbnail, width, height, err := tx.keepWhole(file)
	if err != nil {
		return 0, err
	}
	return id, tx.must(`INSERT INTO file (id, project_id, draft_id, name, media_type, size, sha256, thumbnail, width, height, created_by, created_at)
		SELECT ?1, h.project_id, d.id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, d.person_id, ?9 FROM draft d JOIN thread h ON h.id = d.thread_id
		WHERE d.person_id = ?10 AND d.thread_id = ?11 AND d.kind = ?12`,
		id, cleanFileName(file.Name), file.MediaType, file.Size, file.sha256, thumbnail, width, height, tx.now, actor.ID, thread, kind)
}

// keepWhole keeps received bytes and their thumbnail, and says what is stored of that.
func (tx *Tx) keepWhole(file *Received) (thumbnail, width, height any, err error) {
	if err = tx.keep(file); err == nil && file.Thumbnail != nil {
		err = tx.keep(file.Thumbnail)
		thumbnail, width, height = file.Thumbnail.sha256, file.Width, file.Height
	}
	return thumbnail, width, height, err
}

// RemoveFile takes a file off the actor's own draft and says which thread and kind
// that is; text as of AddFiles. What was sent is not taken apart: ErrNotFound. Of the
// version of a deliverable that is being prepared whoever works on the project takes
// files off: then the thread is the deliverable's, and the kind OnVersion. Off a question
// they come as RequireFile says: its thread, and the kind OnDecision.
func (s *Store) RemoveFile(actor Actor, id ID, text *string) (thread ID, kind string, err error) {
	type place struct {
		thread ID
		kind   string
	}
	var at place
	err = s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		at, err = one(tx, func(p *place) []any { return []any{&p.thread, &p.kind} },
			"SELECT d.thread_id, d.kind FROM visible_draft v JOIN draft d ON d.id = v.draft_id JOIN file f ON f.draft_id = d.id WHERE v.viewer_id = ? AND f.id = ?", actor.ID, id)
		if err == ErrNotFound {
			at.kind = OnVersion
			at.thread, err = tx.removeVersionFile(actor, id)
			if err == ErrNotFound && at.thread == 0 {
				at.kind = OnDecision
				at.thread, err = tx.removeDecisionFile(actor, id)
			}
			return err
		}
		if err != nil {
			return err
		}
		if err := tx.must("DELETE FROM file WHERE id = ?", id); err != nil {
			return err
		}
		return tx.keepText(actor, at.thread, at.kind, text)
	})
	return at.thread, at.kind, err
}

// dropFiles takes every file off a reply ("reply_id"), a note or a draft. Their bytes
// are erased by DropBlobs once nobody else names them.
func (tx *Tx) dropFiles(column string, of ID) error {
	return tx.run("DELETE FROM file WHERE "+column+" = ?", of)
}
