package db

// Wording is what an edition asked.
type Wording struct {
	Edition
	Options  []Option
	NewTasks []string
}

// Ask is what a mail says to somebody who is asked: the decision as they may read it,
// what was asked before if this is not the first time, and the note of the version that
// is to be approved.
type Ask struct {
	ClientDecision
	Before *Wording
	Note   string
}

// Ask reads what a mail to somebody who is asked says, through the recipient's glass.
// ErrNotFound says that nothing is left to say: they need not answer it any more, it was
// asked anew since, or they do not want such mails.
func (s *Store) Ask(m Mail) (ask Ask, err error) {
	if err := s.stillTold(m); err != nil {
		return ask, err
	}
	err = s.Glass(m.To.ID, func(g *Glass) (err error) { ask, err = g.Ask(m.Subject); return err })
	if err == nil && m.Kind != MailClosed && (!ask.MayDecide || m.CreatedAt.Before(ask.Now.AskedAt.Time)) {
		err = ErrNotFound
	}
	return ask, err
}

// stillTold says whether the recipient of a mail about a decision wants it, and of one
// about its end that there is something to end. It says nothing of who may see what.
func (s *Store) stillTold(m Mail) error {
	return s.read(func(r source) error {
		refused, err := value[bool](r, "SELECT EXISTS (SELECT 1 FROM notification WHERE person_id = ? AND kind = ? AND mail = 0)", m.To.ID, m.Notification())
		if err == nil && !refused && m.Kind == MailClosed {
			_, err = value[ID](r, "SELECT h.person_id FROM ("+hearsClosed("sent_at IS NOT NULL")+") h WHERE h.person_id = ?2", m.Subject, m.To.ID)
		}
		if err == nil && refused {
			err = ErrNotFound
		}
		return err
	})
}

// Ask is a decision with what was asked before.
func (g *Glass) Ask(id ID) (ask Ask, err error) {
	if ask.ClientDecision, err = g.Decision(id); err != nil {
		return ask, err
	}
	if ask.VersionID != 0 {
		ask.Note, err = value[string](g, "SELECT note FROM client_deliverable_version WHERE id = ?", ask.VersionID)
		return ask, err
	}
	editions, err := g.Editions(id)
	for i := range editions {
		if editions[i].Number != ask.Now.Number-1 {
			continue
		}
		before := Wording{Edition: editions[i]}
		if before.Options, err = g.Options(id, before.Number); err != nil {
			return ask, err
		}
		before.NewTasks, err = all(g, itself[string], "SELECT title FROM client_change_task WHERE decision_id = ? AND edition = ? ORDER BY position", id, before.Number)
		ask.Before = &before
	}
	return ask, err
}

// Answered is what a mail says to the team about a decision: it with its project's name
// and, where somebody answered, the sealed answer.
type Answered struct {
	Decision
	Project string
	Sealed  Signoff
	Option  string // the title of what was chosen
}

// Answered reads what a mail to the team about a decision says, with the recipient's
// eyes. ErrNotFound says that nothing is left to say.
func (s *Store) Answered(m Mail) (a Answered, err error) {
	if err := s.stillTold(m); err != nil {
		return a, err
	}
	err = s.ViewOf(m.To.ID, func(v *Viewer) (err error) {
		if m.Kind == MailAnswered {
			a, err = v.Sealed(m.Subject)
		} else {
			a, err = v.About(m.Subject)
		}
		return err
	})
	if err == nil && (m.Kind == MailProposed && a.State != Proposed || m.Kind == MailUnanswered && a.State != Expired) {
		err = ErrNotFound
	}
	return a, err
}

// About is a decision with its project's name.
func (v *Viewer) About(decision ID) (a Answered, err error) {
	if a.Decision, err = v.Decision(decision); err != nil {
		return a, err
	}
	a.Project, err = value[string](v.source, "SELECT p.name FROM visible_project_team v JOIN project p ON p.id = v.project_id WHERE v.viewer_id = ? AND p.id = ?", v.ID, a.ProjectID)
	return a, err
}

// Sealed is an answer with what it answers.
func (v *Viewer) Sealed(signoff ID) (a Answered, err error) {
	sealed, err := v.Signoff(signoff)
	if err != nil {
		return a, err
	}
	if a, err = v.About(sealed.DecisionID); err != nil {
		return a, err
	}
	record, err := ReadRecord(sealed.Record)
	a.Sealed, a.Option = sealed, record.Answer.OptionTitle
	return a, err
}
