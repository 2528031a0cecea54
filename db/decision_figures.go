package db

import (
	"slices"
	"time"
)

// DecisionFigures are what a project's decisions say about working together: of how
// many accepted deliverables the first version was, and the usual (median) time from
// a question to an answer, counted while the office is open, of so many answers.
type DecisionFigures struct {
	Accepted, First int
	Answers         int
	Usual           time.Duration
}

// DecisionFigures of a project. What was not accepted or answered yet counts nowhere.
func (v *Viewer) DecisionFigures(project ID) (DecisionFigures, error) {
	f, err := one(v.source, func(f *DecisionFigures) []any { return []any{&f.Accepted, &f.First} },
		`SELECT count(*), count(*) FILTER (WHERE number = 1) FROM (SELECT min(n.number) AS number FROM visible_decision_team v JOIN decision d ON d.id = v.decision_id AND d.state = 'decided'
			JOIN deliverable_version n ON n.id = d.version_id WHERE v.viewer_id = ? AND d.project_id = ? GROUP BY n.deliverable_id)`, v.ID, project)
	if err != nil {
		return f, err
	}
	type answer struct {
		decision  ID
		edition   int
		inOrder   bool
		asked, at Time
	}
	answers, err := all(v.source, func(a *answer) []any { return []any{&a.decision, &a.edition, &a.inOrder, &a.asked, &a.at} },
		`SELECT s.decision_id, s.edition, e.mode = 'order', e.asked_at, s.at FROM visible_signoff_team v JOIN signoff s ON s.id = v.signoff_id
			JOIN edition e ON e.decision_id = s.decision_id AND e.number = s.edition WHERE v.viewer_id = ? AND s.project_id = ? ORDER BY s.decision_id, s.edition, s.seq`, v.ID, project)
	if err != nil || len(answers) == 0 {
		return f, err
	}
	settings, err := readTalk(v.source)
	if err != nil {
		return f, err
	}
	took := make([]time.Duration, len(answers))
	for i, a := range answers {
		from := a.asked // whose turn comes later has the time since the answer before
		if before := answers[max(i-1, 0)]; i > 0 && a.inOrder && before.decision == a.decision && before.edition == a.edition {
			from = before.at
		}
		took[i] = settings.Office.Between(from.Time, a.at.Time)
	}
	slices.Sort(took)
	f.Answers, f.Usual = len(took), (took[(len(took)-1)/2]+took[len(took)/2])/2
	return f, nil
}
