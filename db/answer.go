package db

import (
	"slices"
	"strings"
)

// AnswerForm is what somebody answers: to which edition, and Shown by its hash is what
// was on screen beside it.
type AnswerForm struct {
	Edition         int
	Shown           string
	Outcome, Option string
	Comment         string
}

// maxAnswer is the length of an answer's words.
const maxAnswer = 5000

// Answer seals the actor's answer to a decision and settles what follows from it,
// all in one step. Errors: ErrPreview, ErrNotFound for who may not decide, Invalid,
// *Over when the question is not open any more as it was on screen.
func (s *Store) Answer(actor Actor, id ID, form AnswerForm) (ID, error) {
	sealed := NewID()
	err := s.write(func(tx *Tx) error {
		d, err := tx.mayAnswer(actor, id, form)
		if err != nil {
			return err
		}
		a, err := tx.cleanAnswer(d, form)
		if err != nil {
			return err
		}
		left, err := tx.notOpened(id, actor.ID)
		if err != nil {
			return err
		}
		if len(left) > 0 && a.Outcome != Changes && a.Outcome != Decline {
			return invalid("files", "decision.read-first", "Names", strings.Join(left, ", "))
		}
		if a.LateDays, err = tx.lateDays(d.DueOn); err != nil {
			return err
		}
		if err := tx.sealAnswer(sealed, actor, d, a); err != nil {
			return err
		}
		return tx.settleAnswer(actor, d, a)
	})
	return sealed, err
}

// mayAnswer is the decision, open as it was on screen and for the actor to answer.
func (tx *Tx) mayAnswer(actor Actor, id ID, form AnswerForm) (decisionOf, error) {
	if err := tx.notPreview(actor); err != nil {
		return decisionOf{}, err
	}
	type standing struct{ decides, may, signed bool }
	is, err := one(tx, func(s *standing) []any { return []any{&s.decides, &s.may, &s.signed} },
		`SELECT EXISTS (SELECT 1 FROM decider x JOIN may_client m ON m.viewer_id = x.person_id AND m.project_id = d.project_id AND m.right = 'decide' WHERE x.decision_id = d.id AND x.person_id = ?1),
			EXISTS (SELECT 1 FROM may_decide_client m WHERE m.viewer_id = ?1 AND m.decision_id = d.id),
			EXISTS (SELECT 1 FROM signoff s WHERE s.decision_id = d.id AND s.edition = d.edition AND s.person_id = ?1)
		FROM visible_decision_client v JOIN decision d ON d.id = v.decision_id WHERE v.viewer_id = ?1 AND d.id = ?2`, actor.ID, id)
	if err != nil {
		return decisionOf{}, err
	}
	d, err := tx.decisionOf(id)
	if err != nil || !is.decides {
		return d, orNotFound(err)
	}
	over := &Over{State: d.State, Edition: d.Edition, Had: form.Edition, Signed: is.signed}
	if closed, err := tx.closed(d); err != nil {
		return d, err
	} else if closed && d.State == Asked {
		over.State = Expired
		return d, over
	}
	if !is.may || form.Edition != d.Edition {
		return d, over
	}
	shown, err := tx.shown(d)
	if err == nil && shown.Hash() != form.Shown {
		over.Differs, err = true, over
	}
	return d, err
}

func orNotFound(err error) error {
	if err == nil {
		err = ErrNotFound
	}
	return err
}

// closed says that a question takes no answer any more, though nobody closed it yet.
func (tx *Tx) closed(d decisionOf) (bool, error) {
	if !d.Closes || d.DueOn == "" {
		return false, nil
	}
	talk, err := tx.talk()
	return Date(tx.now.In(talk.Office.Zone).Format("2006-01-02")) > d.DueOn, err
}

// lateDays is by how many working days an answer comes after its date.
func (tx *Tx) lateDays(due Date) (int, error) {
	talk, err := tx.talk()
	if err != nil {
		return 0, err
	}
	return talk.Office.WorkDays(due, Date(tx.now.In(talk.Office.Zone).Format("2006-01-02"))), nil
}

func (tx *Tx) cleanAnswer(d decisionOf, form AnswerForm) (a RecordAnswer, err error) {
	if a.Comment, err = cleanText("comment", form.Comment, maxAnswer); err != nil {
		return a, err
	}
	open, err := tx.askingOf(d)
	if err != nil {
		return a, err
	}
	plain := oneOf(d.Kind, KindQuestion, KindBudget, KindDirection)
	switch a.Outcome = form.Outcome; a.Outcome {
	case Choose:
		id, wrong := ParseID(form.Option)
		at := slices.IndexFunc(open.options, func(o Option) bool { return o.ID == id })
		if wrong != nil || at < 0 || !plain {
			return a, invalid("option", "decision.option-choose")
		}
		a.Option, a.OptionTitle = &open.options[at].ID, open.options[at].Title
		return a, nil
	case Approve:
		if !plain {
			return a, nil
		}
	case Free:
		if plain && open.edition.FreeAnswer {
			return a, needed(a.Comment, "decision.words-empty")
		}
	case Changes:
		if !plain {
			return a, needed(a.Comment, "decision.changes-empty")
		}
	case Decline:
		return a, needed(a.Comment, "decision.decline-empty")
	}
	return a, invalid("outcome", "decision.option-choose")
}

func needed(text, key string) error {
	if text == "" {
		return invalid("comment", key)
	}
	return nil
}

// settleAnswer says what a sealed answer means for the decision: the first that is not a
// yes ends it, otherwise it waits for everybody whom its mode asks.
func (tx *Tx) settleAnswer(actor Actor, d decisionOf, a RecordAnswer) error {
	state, err := tx.stateAfter(d, a)
	if err != nil {
		return err
	}
	if state == Asked {
		happened, err := tx.answerOf(actor, d, EventAnswered)
		if err != nil {
			return err
		}
		if err := tx.record(happened); err != nil {
			return err
		}
		if err := tx.answered(d.ID); err != nil {
			return err
		}
		return tx.asked(d.ID)
	}
	if err := tx.must("UPDATE decision SET state = ?1, option_id = iif(?1 = 'decided', ?2, NULL), ended_at = ?3, version = version + 1 WHERE id = ?4 AND state = 'asked'", state, a.Option, tx.now, d.ID); err != nil {
		return err
	}
	if err := tx.follow(actor, d, a, state); err != nil {
		return err
	}
	if err := tx.answered(d.ID); err != nil {
		return err
	}
	return tx.settled(d.ID)
}

func (tx *Tx) stateAfter(d decisionOf, a RecordAnswer) (string, error) {
	switch {
	case a.Outcome == Changes:
		return Changed, nil
	case a.Outcome == Decline:
		return Declined, nil
	case d.Mode == AnyOne:
		return Decided, nil
	}
	type said struct{ missing, options int }
	so, err := one(tx, func(s *said) []any { return []any{&s.missing, &s.options} },
		`SELECT (SELECT count(*) FROM decider x WHERE x.decision_id = ?1 AND NOT EXISTS (SELECT 1 FROM signoff s WHERE s.decision_id = ?1 AND s.edition = ?2 AND s.person_id = x.person_id)),
			(SELECT count(DISTINCT coalesce(option_id, 0)) FROM signoff WHERE decision_id = ?1 AND edition = ?2)`, d.ID, d.Edition)
	switch {
	case err != nil:
		return "", err
	case so.missing > 0:
		return Asked, nil
	case so.options > 1:
		return Declined, nil // they chose differently
	}
	return Decided, nil
}
