package db

import "time"

// Why a date moved, as far as it is known.
const (
	Waited   = "waited" // an answer came late, or has not come yet
	Scope    = "scope"  // a change was accepted
	TeamLate = "team"   // the work took longer
	Replan   = "plan"   // it was agreed
)

// causes are what a person may say, "" for none.
var causes = []string{"", Waited, Scope, TeamLate, Replan}

// waitedFor is how long after a late answer a date that moves is put down to it.
const waitedFor = 14 * 24 * time.Hour

// recordMove records what may be a date moved, with its cause: the one that was given,
// or what it looks like. A date that comes nearer, or is the first or the last one, has none.
func (tx *Tx) recordMove(h happened) (err error) {
	if h.old == "" || h.new <= h.old {
		h.cause = ""
	} else if h.cause == "" {
		if h.cause, err = tx.causeOf(h); err != nil {
			return err
		}
	}
	return tx.record(h)
}

// causeOf looks for a question or an approval that clients see, that this work waits
// for, and whose day went by without an answer, by the workspace's calendar.
func (tx *Tx) causeOf(h happened) (string, error) {
	home, err := value[string](tx, "SELECT value FROM setting WHERE key = 'workspace.time_zone'")
	if err != nil {
		return "", err
	}
	zone := Person{TimeZone: home}.Location()
	dayOf := func(at Time) Date { return Date(at.UTC().In(zone).Format(time.DateOnly)) }
	type question struct {
		due   Date
		ended Time // zero while it is open
	}
	questions, err := all(tx, func(q *question) []any { return []any{&q.due, &q.ended} }, `SELECT e.due_on, CASE d.state WHEN 'asked' THEN NULL ELSE d.ended_at END
		FROM decision d JOIN edition e ON e.decision_id = d.id AND e.number = d.edition
		WHERE d.project_id = ?1 AND d.shown_at IS NOT NULL AND e.due_on IS NOT NULL
		  AND EXISTS (SELECT 1 FROM feature_project_client f WHERE f.project_id = d.project_id AND f.name = CASE d.kind WHEN 'approval' THEN 'deliverables' ELSE 'decisions' END)
		  AND (d.state = 'asked' OR d.ended_at >= ?4)
		  AND (d.milestone_id = ?3 OR EXISTS (SELECT 1 FROM decision_task w JOIN task t ON t.id = w.task_id AND t.private = 0
		       WHERE w.decision_id = d.id AND (t.id = ?2 OR t.milestone_id = ?3))
		    OR EXISTS (SELECT 1 FROM deliverable_version n JOIN deliverable b ON b.id = n.deliverable_id WHERE n.id = d.version_id AND (b.milestone_id = ?3
		       OR EXISTS (SELECT 1 FROM deliverable_task w JOIN task t ON t.id = w.task_id AND t.private = 0 WHERE w.deliverable_id = b.id AND (t.id = ?2 OR t.milestone_id = ?3)))))`,
		h.project, h.task, h.milestone, At(tx.now.Add(-waitedFor)))
	for _, q := range questions {
		if q.ended.IsZero() && q.due < dayOf(tx.now) || !q.ended.IsZero() && q.due < dayOf(q.ended) {
			return Waited, err
		}
	}
	return TeamLate, err
}

// Slip is a date that clients see and that was moved: of a milestone, of a task, or the
// end of the project, which has no Name here.
type Slip struct {
	At          Time
	TaskID      ID // 0 of the others
	MilestoneID ID // likewise
	Name        string
	Old, New    Date
	Cause       string
	All         int // how many there are, shown or not
}

func slipFields(s *Slip) []any {
	return []any{&s.At, &s.TaskID, &s.MilestoneID, &s.Name, &s.Old, &s.New, &s.Cause, &s.All}
}

// moves are the events that tell of a date that was moved.
const moves = `kind IN ('` + EventTaskDue + `', '` + EventMilestoneMoved + `', '` + EventProjectMoved + `') AND old_date IS NOT NULL AND new_date IS NOT NULL AND old_date <> new_date`

// Days is by how many days, negative when it comes nearer.
func (s Slip) Days() int {
	before, _ := s.Old.Midnight()
	after, _ := s.New.Midnight()
	return int(after.Sub(before).Hours() / 24)
}

// Slips are the dates of a project that were moved, newest first.
func (g *Glass) Slips(project ID, limit int) ([]Slip, error) {
	return all(g, slipFields, `SELECT at, task_id, milestone_id, coalesce(task_title, milestone_name, ''), old_date, new_date, cause, count(*) OVER () FROM client_event
		WHERE project_id = ? AND `+moves+` ORDER BY at DESC, id DESC LIMIT ?`, project, limit)
}

// Forecast is that of a project, from what the viewer sees. today is the viewer's, in zone.
func (g *Glass) Forecast(project ID, today Date, zone *time.Location, left int) (Forecast, error) {
	times, err := all(g, itself[Time], "SELECT done_at FROM client_task WHERE project_id = ? AND kind = 'done' AND done_at IS NOT NULL", project)
	days := make([]Date, len(times))
	for i, at := range times {
		days[i] = Date(at.UTC().In(zone).Format(time.DateOnly))
	}
	return Foresee(today, weekly(today, days), left), err
}
