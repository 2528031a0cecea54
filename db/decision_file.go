package db

// MayAddDecisionFile says, before anything is received, why the actor may not hang a
// file on a question: ErrPreview, ErrNotFound, ErrDenied, or Invalid when there are as
// many as can be, or when it was answered.
func (s *Store) MayAddDecisionFile(actor Actor, decision ID) error {
	if actor.Preview != 0 {
		return ErrPreview
	}
	type right struct {
		works, leads bool
		state        string
	}
	return s.read(func(r source) error {
		may, err := one(r, func(f *right) []any { return []any{&f.works, &f.leads, &f.state} },
			`SELECT EXISTS (SELECT 1 FROM may_work w WHERE w.viewer_id = v.viewer_id AND w.project_id = d.project_id),
			EXISTS (SELECT 1 FROM may_lead l WHERE l.viewer_id = v.viewer_id AND l.project_id = d.project_id), d.state
			FROM visible_decision_team v JOIN decision d ON d.id = v.decision_id AND d.kind <> 'approval' WHERE v.viewer_id = ? AND d.id = ?`, actor.ID, decision)
		switch {
		case err != nil:
			return err
		case !may.works, !may.leads && may.state != Drafted:
			return ErrDenied
		case !takesFiles(may.state):
			return invalid("file", "decision-file.stays")
		}
		return roomOnDecision(r, decision, 1)
	})
}

// takesFiles says that the files of a question may still change: nobody has ended it.
func takesFiles(state string) bool { return oneOf(state, Drafted, Proposed, Asked) }

func roomOnDecision(r source, decision ID, more int) error {
	count, err := value[int](r, "SELECT count(*) FROM file WHERE decision_id = ?", decision)
	if err == nil && count+more > MaxFiles {
		err = invalid("file", "file.too-many", "Max", MaxFiles)
	}
	return err
}

// AddDecisionFiles hangs what was received on a question, all of it or nothing: on a
// draft whoever works on the project, on what clients see who leads it. Errors as of
// MayAddDecisionFile.
func (s *Store) AddDecisionFiles(actor Actor, decision ID, files []*Received) ([]ID, error) {
	var ids []ID
	err := s.write(func(tx *Tx) error {
		d, err := tx.workDecision(actor, decision)
		if err != nil {
			return err
		}
		if !takesFiles(d.State) {
			return invalid("file", "decision-file.stays")
		}
		if err := roomOnDecision(tx, decision, len(files)); err != nil {
			return err
		}
		for _, file := range files {
			id, err := tx.hang(actor, d.ProjectID, "decision_id", decision, file)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return tx.filesChanged(d)
	})
	return ids, err
}

// RequireFile says whether a file of a question is to be opened before it is answered,
// and of which question it is. Errors as of AddDecisionFiles; what is part of a sealed
// record stays as it is (Invalid).
func (s *Store) RequireFile(actor Actor, file ID, required bool) (decision ID, err error) {
	err = s.write(func(tx *Tx) error {
		d, err := tx.workDecisionFile(actor, file)
		if decision = d.ID; err != nil {
			return err
		}
		if err := tx.must("UPDATE file SET required = ? WHERE id = ?", required, file); err != nil {
			return err
		}
		return tx.filesChanged(d)
	})
	return decision, err
}

func (tx *Tx) removeDecisionFile(actor Actor, file ID) (decision ID, err error) {
	d, err := tx.workDecisionFile(actor, file)
	if err != nil {
		return d.ID, err
	}
	if err := tx.must("DELETE FROM file WHERE id = ?", file); err != nil {
		return d.ID, err
	}
	return d.ID, tx.filesChanged(d)
}

// workDecisionFile is the question that a file hangs on, when the actor may change
// that. The question is named also where its file has to stay.
func (tx *Tx) workDecisionFile(actor Actor, file ID) (decisionOf, error) {
	id, err := value[ID](tx, "SELECT decision_id FROM file WHERE id = ? AND decision_id IS NOT NULL", file)
	if err != nil {
		return decisionOf{}, err
	}
	d, err := tx.workDecision(actor, id)
	if err != nil {
		return decisionOf{}, err
	}
	sealed, err := value[bool](tx, `SELECT EXISTS (SELECT 1 FROM signoff s, json_each(s.record, '$.files') f
		WHERE s.decision_id = ? AND json_extract(f.value, '$.id') = ?)`, d.ID, file.String())
	if err == nil && sealed {
		err = invalid("file", "decision-file.sealed")
	}
	if err == nil && !takesFiles(d.State) {
		err = invalid("file", "decision-file.stays")
	}
	return d, err
}

func (tx *Tx) filesChanged(d decisionOf) error { return tx.touch(d.ProjectID, d.State != Drafted) }
