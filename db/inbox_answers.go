package db

// AnswerLine is an answer of a client in the team's inbox, or a change that a client
// proposed and that nobody has asked or declined yet. Mine says that the viewer leads the
// project, asked it, or has spoken about it. Who is "" where a question closed without an
// answer; Comment are the words that were left.
type AnswerLine struct {
	ID, ProjectID, DeliverableID ID
	Kind, State, Title           string
	Number                       int // of the version that was approved or not
	Project, Company             string
	Who, Outcome, Comment        string
	At                           Time
	LateDays                     int
	Mine                         bool
}

const (
	answerJoins = ` FROM visible_decision_team v JOIN decision d ON d.id = v.decision_id JOIN project p ON p.id = d.project_id AND p.archived_at IS NULL
		LEFT JOIN deliverable_version n ON n.id = d.version_id`
	// isMyAnswer says of a decision d that the viewer v has to do with it.
	isMyAnswer = `(EXISTS (SELECT 1 FROM membership l WHERE l.project_id = d.project_id AND l.person_id = v.viewer_id AND l.role = 'leader')
		OR EXISTS (SELECT 1 FROM edition e WHERE e.decision_id = d.id AND e.asked_by = v.viewer_id)
		OR EXISTS (SELECT 1 FROM reply r WHERE r.thread_id = coalesce(n.deliverable_id, d.id) AND r.author_id = v.viewer_id AND r.deleted_at IS NULL)
		OR EXISTS (SELECT 1 FROM note r WHERE r.thread_id = coalesce(n.deliverable_id, d.id) AND r.author_id = v.viewer_id AND r.deleted_at IS NULL))`
)

// Answers are what waits for the team of decisions and what was answered since a day:
// proposals first, the oldest before the others, then answers, the newest first. What was
// followed up, by asking anew or by a newer version, is not among them.
func (v *Viewer) Answers(since string) ([]AnswerLine, error) {
	return all(v.source, func(l *AnswerLine) []any {
		return []any{&l.ID, &l.ProjectID, &l.DeliverableID, &l.Kind, &l.State, &l.Title, &l.Number, &l.Project, &l.Company, &l.Who, &l.Outcome, &l.Comment, &l.At, &l.LateDays, &l.Mine}
	}, `SELECT d.id, d.project_id, n.deliverable_id, d.kind, d.state, q.question, coalesce(n.number, 0), p.name, coalesce(co.name, ''),
			coalesce(CASE d.state WHEN 'proposed' THEN c.name ELSE a.name END, ''), coalesce(s.outcome, ''), substr(CASE d.state WHEN 'proposed' THEN q.context ELSE coalesce(s.comment, '') END, 1, 600),
			CASE d.state WHEN 'proposed' THEN d.created_at ELSE d.ended_at END, coalesce(s.late_days, 0), `+isMyAnswer+answerJoins+`
		JOIN edition q ON q.decision_id = d.id AND q.number = d.edition LEFT JOIN company co ON co.id = p.company_id LEFT JOIN person c ON c.id = d.created_by
		LEFT JOIN signoff s ON s.seq = (SELECT max(x.seq) FROM signoff x WHERE x.decision_id = d.id AND x.edition = d.edition) LEFT JOIN person a ON a.id = s.person_id
		WHERE v.viewer_id = ?1 AND (d.state = 'proposed' OR d.ended_at >= ?2 AND (d.state = 'expired' OR d.state IN ('decided', 'changes', 'declined') AND s.seq IS NOT NULL
			AND NOT EXISTS (SELECT 1 FROM deliverable_version l WHERE l.deliverable_id = n.deliverable_id AND l.number > n.number AND l.delivered_at IS NOT NULL)))
		ORDER BY d.state <> 'proposed', CASE d.state WHEN 'proposed' THEN d.created_at END, d.ended_at DESC, d.id`, v.ID, since)
}

// proposedToMe is how many proposals wait for the viewer.
func (v *Viewer) proposedToMe() (int, error) {
	return value[int](v.source, "SELECT count(*)"+answerJoins+" WHERE v.viewer_id = ? AND d.state = 'proposed' AND "+isMyAnswer, v.ID)
}
