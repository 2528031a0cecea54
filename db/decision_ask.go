package db

// AskDecision sends a draft to the client. Errors: ErrPreview, ErrNotFound,
// ErrDenied, Invalid when it cannot be answered as it stands, *Conflict.
func (s *Store) AskDecision(actor Actor, id ID, version int64) error {
	return s.write(func(tx *Tx) error {
		d, err := tx.workDecision(actor, id)
		if err != nil {
			return err
		}
		if err := tx.mayLead(actor, d.ProjectID); err != nil {
			return err
		}
		if d.State != Drafted {
			return &Over{State: d.State, Edition: d.Edition}
		}
		if version != d.Version {
			return &Conflict{Version: d.Version, Theirs: map[string]string{"question": d.Question}}
		}
		a, err := tx.askingOf(d)
		if err != nil {
			return err
		}
		if err := a.answerable(); err != nil {
			return err
		}
		if err := tx.ofProject(d.ProjectID, a); err != nil {
			return err
		}
		return tx.ask(actor, d)
	})
}

// askingOf is what a stored question would ask.
func (tx *Tx) askingOf(d decisionOf) (a asking, err error) {
	a.kind, a.milestone = d.Kind, d.MilestoneID
	if a.edition, err = one(tx, editionFields, "SELECT "+editionColumns+" FROM edition e WHERE e.decision_id = ? AND e.number = ?", d.ID, d.Edition); err != nil {
		return a, err
	}
	if a.options, err = all(tx, optionFields, "SELECT "+optionColumns+" FROM decision_option o WHERE o.decision_id = ? AND o.edition = ?", d.ID, d.Edition); err != nil {
		return a, err
	}
	a.deciders, err = all(tx, itself[ID], "SELECT person_id FROM decider WHERE decision_id = ? ORDER BY position", d.ID)
	return a, err
}

// ask lets clients see the newest edition and waits for their answer.
func (tx *Tx) ask(actor Actor, d decisionOf) error {
	if err := tx.must("UPDATE edition SET asked_by = ?, asked_at = ? WHERE decision_id = ? AND number = ? AND asked_at IS NULL", actor.ID, tx.now, d.ID, d.Edition); err != nil {
		return err
	}
	if err := tx.must("UPDATE decision SET state = 'asked', option_id = NULL, reason = '', ended_at = NULL, shown_at = coalesce(shown_at, ?), version = version + 1 WHERE id = ?", tx.now, d.ID); err != nil {
		return err
	}
	kind := EventAsked
	if d.Edition > 1 {
		kind = EventAskedAnew
	}
	d.State = Asked
	if err := tx.record(d.happened(actor.ID, kind)); err != nil {
		return err
	}
	return tx.asked(d.ID)
}

// askAnew asks again with another edition: whoever answered an earlier one is asked
// again, and what they sealed stays.
func (tx *Tx) askAnew(actor Actor, d decisionOf, a asking) error {
	if err := a.answerable(); err != nil {
		return err
	}
	d.Edition++
	d.MilestoneID = a.milestone
	if err := tx.must("UPDATE decision SET edition = ?, milestone_id = ? WHERE id = ?", d.Edition, a.milestone, d.ID); err != nil {
		return err
	}
	if err := tx.putAsking(d.ID, d.ProjectID, d.Edition, a); err != nil {
		return err
	}
	return tx.ask(actor, d)
}

// WithdrawDecision takes a question back, or declines what a client proposed; the
// reason is for the client to read and needed for the latter. It stays readable.
func (s *Store) WithdrawDecision(actor Actor, id ID, reason string) error {
	return s.write(func(tx *Tx) error {
		d, err := tx.workDecision(actor, id)
		if err != nil {
			return err
		}
		reason, err := cleanText("reason", reason, 2000)
		if err != nil {
			return err
		}
		state, kind := Withdrawn, EventWithdrawn
		switch d.State {
		case Asked:
		case Proposed:
			if state, kind = Declined, EventDeclinedByTeam; reason == "" {
				return invalid("reason", "decision.reason-empty")
			}
		default:
			return &Over{State: d.State, Edition: d.Edition}
		}
		if err := tx.must("UPDATE decision SET state = ?, reason = ?, ended_at = ?, version = version + 1 WHERE id = ?", state, reason, tx.now, id); err != nil {
			return err
		}
		if err := tx.record(d.happened(actor.ID, kind)); err != nil {
			return err
		}
		if err := tx.tellClosed(d.ID); err != nil {
			return err
		}
		return tx.settled(d.ID)
	})
}

// ProposeChange is a client's wish: the team prices it and asks, or declines it. The
// guard is part of the statement. Errors: ErrPreview, ErrNotFound, Invalid.
func (s *Store) ProposeChange(actor Actor, project ID, question, context string) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		form := DecisionForm{Kind: KindChange, Question: question, Context: context}
		a, invalid := form.clean()
		may, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM may_propose_client WHERE viewer_id = ? AND project_id = ?)", actor.ID, project)
		switch {
		case err != nil:
			return err
		case !may:
			return ErrNotFound
		case invalid != nil:
			return invalid
		}
		if err := tx.must(`INSERT INTO decision (id, project_id, kind, state, created_by, created_at, shown_at)
			SELECT ?1, m.project_id, 'change', 'proposed', m.viewer_id, ?2, ?2 FROM may_propose_client m WHERE m.viewer_id = ?3 AND m.project_id = ?4`, id, tx.now, actor.ID, project); err != nil {
			return err
		}
		if err := tx.putAsking(id, project, 1, a); err != nil {
			return err
		}
		if err := tx.must("UPDATE edition SET asked_by = ?, asked_at = ? WHERE decision_id = ?", actor.ID, tx.now, id); err != nil {
			return err
		}
		if err := tx.record(happened{project: project, actor: actor.ID, kind: EventProposed, clients: true, decision: id, number: 1}); err != nil {
			return err
		}
		return tx.proposed(id)
	})
	return id, err
}

// settled is called when nobody has to answer any more, or somebody else than before:
// open pages are looked at again, because what waits for whom is part of them.
func (tx *Tx) settled(ID) error { return tx.touchAuthority() }
