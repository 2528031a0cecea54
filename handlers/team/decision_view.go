package team

import (
	"slices"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// decisionView is what the regions of a decision's page show.
type decisionView struct {
	W *views.Words
	db.Decision
	Project db.Project
	Record  []recordLine
}

// Effect and Shift word what an option does to the budget and to the dates; End is
// when the project would end then.
func (v decisionView) Effect(cost *int64) string { return web.Effect(v.W, cost, v.Now.Currency) }

// Shift words by how many days an option moves the dates.
func (v decisionView) Shift(days *int64) string { return web.Shift(v.W, days) }

// End is when the project would end, moved by so many days; "" while that is not known.
func (v decisionView) End(days *int64) db.Date { return web.Shifted(v.Project.EndsOn, days) }

// Left are the names of those whose answer it waits for.
func (v decisionView) Left() []string { return leftOf(v.Decision) }

// Days is for how many days it has been open.
func (v decisionView) Days() int { return v.W.DaysLate(v.Now.AskedAt) }

// Fixed says that the files stay as they are.
func (v decisionView) Fixed() bool {
	return !v.Project.ArchivedAt.IsZero() || !slices.Contains([]string{db.Drafted, db.Proposed, db.Asked}, v.State)
}

// Sealed says that the newest edition was answered by somebody.
func (v decisionView) Sealed() bool {
	return slices.ContainsFunc(v.Signoffs, func(s db.Signoff) bool { return s.Edition == v.Now.Number })
}

// recordLine is one line of what happened to a decision: it was asked, answered or ended.
type recordLine struct {
	What     string // in words
	Comment  string
	Person   string
	Client   bool // the person is the client's
	At       db.Time
	Edition  int
	Signoff  db.ID // the certificate, 0 for none
	LateDays int
	Changes  []web.Difference // from the edition before
}

// decisionRecord are these lines, newest first.
func (s sight) decisionRecord(d db.Decision) ([]recordLine, error) {
	editions, err := s.editions(d.ID)
	if err != nil {
		return nil, err
	}
	var record []recordLine
	for i, e := range editions {
		if !e.AskedAt.IsZero() {
			line := recordLine{What: s.T("team-decisions.record-asked"), Person: e.AskedBy, At: e.AskedAt, Edition: e.Number}
			switch {
			case i > 0:
				line.What, line.Changes = s.T("team-decisions.record-anew"), web.Differences(s.Words, editions[i-1], e)
			case d.CreatedBySide == db.Client:
				line.What, line.Client = s.T("team-decisions.record-proposed"), true
			}
			record = append(record, line)
		}
		for _, signed := range d.Signoffs {
			if signed.Edition == e.Number {
				record = append(record, s.signed(d, e, signed))
			}
		}
	}
	if end := s.ended(d); end.What != "" {
		record = append(record, end)
	}
	slices.Reverse(record)
	return record, nil
}

// signed words an answer.
func (s sight) signed(d db.Decision, e web.Edition, signed db.Signoff) recordLine {
	option := ""
	if at := slices.IndexFunc(e.Options, func(o db.Option) bool { return o.ID == signed.OptionID }); at >= 0 {
		option = e.Options[at].Title
	}
	return recordLine{What: s.T("team-decisions.gave-"+signed.Outcome, "option", option), Comment: signed.Comment, Person: signed.Person, Client: true,
		At: signed.At, Edition: e.Number, Signoff: signed.ID, LateDays: signed.LateDays}
}

// ended words an end that no answer brought; What is "" where there is none.
func (s sight) ended(d db.Decision) recordLine {
	line := recordLine{At: d.EndedAt, Comment: d.Reason, Edition: d.Now.Number}
	switch {
	case d.State == db.Withdrawn, d.State == db.Expired:
		line.What = s.T("team-decisions.record-" + d.State)
	case d.State == db.Declined && !(decisionView{Decision: d}).Sealed():
		line.What = s.T("team-decisions.record-refused")
	case d.State == db.Declined && d.OptionID == 0 && len(d.Signoffs) > 1 && d.Signoffs[len(d.Signoffs)-1].Outcome != db.Decline:
		line.What = s.T("team-decisions.record-disagreed")
	}
	return line
}

// editions are what was asked each time, oldest first, with all that belongs to it.
func (s sight) editions(decision db.ID) ([]web.Edition, error) {
	list, err := s.Editions(decision)
	if err != nil {
		return nil, err
	}
	options, err := s.EditionOptions(decision)
	if err != nil {
		return nil, err
	}
	tasks, err := s.EditionTasks(decision)
	editions := make([]web.Edition, len(list))
	for i, e := range list {
		editions[i].Edition = e
		for _, o := range options {
			if o.Edition == e.Number {
				editions[i].Options = append(editions[i].Options, o)
			}
		}
		for _, task := range tasks {
			if task.Edition == e.Number {
				editions[i].NewTasks = append(editions[i].NewTasks, task.Title)
			}
		}
	}
	return editions, err
}
