package db

// OnVersion is the kind that RemoveFile names for a file of a version that is being
// prepared, beside those of drafts.
const OnVersion = "version"

// MayAddVersionFile says, before anything is received, why the actor may not hang a
// file on the next version of a deliverable: ErrPreview, ErrNotFound, ErrDenied, or
// Invalid when there are as many as can be.
func (s *Store) MayAddVersionFile(actor Actor, deliverable ID) error {
	if actor.Preview != 0 {
		return ErrPreview
	}
	return s.read(func(r source) error {
		may, err := value[bool](r, `SELECT EXISTS (SELECT 1 FROM may_work w WHERE w.viewer_id = v.viewer_id AND w.project_id = d.project_id)
			FROM visible_deliverable_team v JOIN deliverable d ON d.id = v.deliverable_id WHERE v.viewer_id = ? AND d.id = ?`, actor.ID, deliverable)
		if err == nil && !may {
			err = ErrDenied
		}
		if err != nil {
			return err
		}
		return roomOnVersion(r, deliverable, 1)
	})
}

func roomOnVersion(r source, deliverable ID, more int) error {
	count, err := value[int](r, "SELECT count(*) FROM deliverable_version n JOIN file f ON f.version_id = n.id WHERE n.deliverable_id = ? AND n.delivered_at IS NULL", deliverable)
	if err == nil && count+more > MaxFiles {
		err = invalid("file", "file.too-many", "Max", MaxFiles)
	}
	return err
}

// AddVersionFiles hangs what was received on the version of a deliverable that is
// being prepared, all of it or nothing, and begins one when there is none.
func (s *Store) AddVersionFiles(actor Actor, deliverable ID, files []*Received) ([]ID, error) {
	var ids []ID
	err := s.write(func(tx *Tx) error {
		of, err := tx.workDeliverable(actor, deliverable)
		if err != nil {
			return err
		}
		if err := roomOnVersion(tx, deliverable, len(files)); err != nil {
			return err
		}
		version, err := tx.prepare(of)
		if err != nil {
			return err
		}
		for _, file := range files {
			id, err := tx.hang(actor, of.ProjectID, "version_id", version, file)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return tx.touch(of.ProjectID, false)
	})
	return ids, err
}

// hang keeps received bytes as a file on something of a project: on what the column
// ("version_id", "decision_id") names.
func (tx *Tx) hang(actor Actor, project ID, column string, on ID, file *Received) (ID, error) {
	id := NewID()
	thumbnail, width, height, err := tx.keepWhole(file)
	if err != nil {
		return 0, err
	}
	return id, tx.run("INSERT INTO file (id, project_id, "+column+", name, media_type, size, sha256, thumbnail, width, height, created_by, created_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
		id, project, on, cleanFileName(file.Name), file.MediaType, file.Size, file.sha256, thumbnail, width, height, actor.ID, tx.now)
}

// removeVersionFile takes a file off the version that is being prepared, and says of
// which deliverable. What was delivered stays as it was.
func (tx *Tx) removeVersionFile(actor Actor, id ID) (deliverable ID, err error) {
	type place struct {
		deliverable, project ID
		delivered            bool
	}
	at, err := one(tx, func(p *place) []any { return []any{&p.deliverable, &p.project, &p.delivered} },
		`SELECT d.id, d.project_id, n.delivered_at IS NOT NULL FROM file f JOIN deliverable_version n ON n.id = f.version_id JOIN deliverable d ON d.id = n.deliverable_id WHERE f.id = ?`, id)
	if err != nil {
		return 0, err
	}
	if err := tx.mayWork(actor, at.project); err != nil {
		return 0, err
	}
	if at.delivered {
		return at.deliverable, invalid("file", "deliverable.delivered-stays")
	}
	if err := tx.must("DELETE FROM file WHERE id = ?", id); err != nil {
		return at.deliverable, err
	}
	return at.deliverable, tx.touch(at.project, false)
}

// OpenFile keeps that somebody of the client opened a file of a question or of a
// version, once: an answer may depend on it. Nothing is kept of the team, of other
// files, and of whoever looks through a client (ErrPreview). A client who does not
// see the file gets ErrNotFound.
func (s *Store) OpenFile(actor Actor, file ID) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		opened, err := tx.exec(`INSERT OR IGNORE INTO file_open (file_id, person_id, at) SELECT f.id, v.viewer_id, ? FROM visible_file_client v
			JOIN file f ON f.id = v.file_id AND (f.decision_id IS NOT NULL OR f.version_id IS NOT NULL) WHERE v.viewer_id = ? AND f.id = ?`, tx.now, actor.ID, file)
		if err != nil {
			return err
		}
		if opened > 0 { // the team's pages tell of it, and the viewer's own are put together anew
			project, err := value[ID](tx, "SELECT project_id FROM file WHERE id = ?", file)
			if err != nil {
				return err
			}
			return tx.touch(project, false)
		}
		tx.hush()
		if actor.Side == Team {
			return nil
		}
		seen, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM visible_file_client WHERE viewer_id = ? AND file_id = ?)", actor.ID, file)
		if err == nil && !seen {
			err = ErrNotFound
		}
		return err
	})
}

// notOpened names the files that somebody still has to open before they answer: those
// that are required, and all of a version that must be opened.
func (tx *Tx) notOpened(decision, person ID) ([]string, error) {
	return all(tx, itself[string], `WITH needed (id, name) AS (
			SELECT f.id, f.name FROM file f WHERE f.decision_id = ?1 AND f.required = 1
			UNION ALL SELECT f.id, f.name FROM decision d JOIN deliverable_version n ON n.id = d.version_id JOIN file f ON f.version_id = n.id
				WHERE d.id = ?1 AND (n.must_open = 1 OR f.required = 1))
		SELECT name FROM needed WHERE NOT EXISTS (SELECT 1 FROM file_open o WHERE o.file_id = needed.id AND o.person_id = ?2) ORDER BY name, id`, decision, person)
}
