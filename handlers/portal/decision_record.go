package portal

import (
	"slices"

	"vitrine/db"
	"vitrine/handlers/web"
)

// recordLine is one line of what was asked and answered.
type recordLine struct {
	What, Who   string
	Quote       string
	Notes       []string
	At          db.Time
	By          db.Date // of an answer that is still to come
	Edition     int
	Certificate string
}

// record is everything that was asked and answered, newest first.
func (s sight) record(d db.ClientDecision, sealed []given) ([]recordLine, error) {
	asked, err := s.Wordings(d.ID)
	if err != nil {
		return nil, err
	}
	lines := make([]recordLine, 0, len(asked)+len(sealed)+2)
	for i, wording := range asked {
		lines = append(lines, s.askedLine(d, asked, i, wording))
	}
	for _, answer := range sealed {
		lines = append(lines, s.answeredLine(d, answer))
	}
	if byTeam := d.State == db.Declined && len(sealed) == 0; byTeam || d.State == db.Withdrawn || d.State == db.Expired {
		ended := recordLine{What: s.T("decide-record." + d.State), Who: s.space.Name, Quote: d.Reason, At: d.EndedAt, Edition: d.Now.Number}
		if d.State == db.Expired {
			ended.Who = ""
		}
		lines = append(lines, ended)
	}
	slices.SortStableFunc(lines, func(a, b recordLine) int { return b.At.Compare(a.At.Time) })
	if d.State == db.Asked {
		waiting := recordLine{What: s.T("decide-record.waiting"), Who: s.stillTo(d.Now.Mode, namesOf(d.Deciders)), By: d.Now.DueOn, Edition: d.Now.Number}
		lines = slices.Insert(lines, 0, waiting)
	}
	return lines, nil
}

func (s sight) askedLine(d db.ClientDecision, asked []db.Wording, i int, wording db.Wording) recordLine {
	line := recordLine{Who: wording.AskedBy, At: wording.AskedAt, Edition: wording.Number}
	if line.Who == "" {
		line.Who = s.space.Name
	}
	switch {
	case i == 1 && d.Kind == db.KindChange && unpriced(asked[0]):
		before := asked[0] // what stands above as the change itself is not told again
		before.Price, before.Currency, before.Days, before.NewTasks = wording.Price, wording.Currency, wording.Days, wording.NewTasks
		line.What, line.Notes = s.T("decide-record.priced"), web.Changed(s.Words, before, wording)
	case i > 0:
		line.What, line.Notes = s.T("decide-record.anew"), web.Changed(s.Words, asked[i-1], wording)
	case len(wording.Options) > 0:
		line.What = s.N("decide-record.options", len(wording.Options))
	case d.Kind == db.KindChange:
		line.What = s.T("decide-record.asked-change")
	default:
		line.What = s.T("decide-record.asked")
	}
	return line
}

// unpriced says that a change has no figures yet, as somebody proposed it.
func unpriced(w db.Wording) bool { return w.Price == nil && w.Days == nil && len(w.NewTasks) == 0 }

func (s sight) answeredLine(d db.ClientDecision, answer given) recordLine {
	line := recordLine{Who: answer.Person, At: answer.At, Edition: answer.Edition, Quote: answer.Comment, Certificate: answer.Certificate()}
	if answer.Outcome == db.Choose {
		line.What = s.T("decide-record.choose", "option", answer.Option)
	} else {
		line.What = s.T("decide-record." + answer.Outcome)
	}
	if answer.LateDays > 0 {
		line.Notes = append(line.Notes, s.N("decide-record.late", answer.LateDays))
	}
	if answer.Edition != d.Now.Number {
		line.Notes = append(line.Notes, s.T("decide-record.no-longer", "number", answer.Edition))
	}
	return line
}
