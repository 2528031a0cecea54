package db

// EditionOptions are the options that every edition of a decision offered, in order.
func (v *Viewer) EditionOptions(decision ID) ([]Option, error) {
	return all(v.source, optionFields, "SELECT "+optionColumns+` FROM visible_decision_team v JOIN decision_option o ON o.decision_id = v.decision_id
		WHERE v.viewer_id = ? AND v.decision_id = ? ORDER BY o.edition, o.position`, v.ID, decision)
}

// EditionTask is a task that a change request makes when it is accepted, by edition.
type EditionTask struct {
	Edition int
	Title   string
}

// EditionTasks are those of every edition of a decision, in order.
func (v *Viewer) EditionTasks(decision ID) ([]EditionTask, error) {
	return all(v.source, func(t *EditionTask) []any { return []any{&t.Edition, &t.Title} }, `SELECT t.edition, t.title FROM visible_decision_team v
		JOIN change_task t ON t.decision_id = v.decision_id WHERE v.viewer_id = ? AND v.decision_id = ? ORDER BY t.edition, t.position`, v.ID, decision)
}

// Given is an answer in a list: whose, and its sealed record.
type Given struct {
	ID, DecisionID          ID
	Person, Outcome, Option string
	At                      Time
	LateDays                int
}

// GivenAnswers are those to the newest editions of a project's decisions, oldest first.
func (v *Viewer) GivenAnswers(project ID) ([]Given, error) {
	return all(v.source, func(g *Given) []any {
		return []any{&g.ID, &g.DecisionID, &g.Person, &g.Outcome, &g.Option, &g.At, &g.LateDays}
	},
		`SELECT s.id, s.decision_id, coalesce(p.name, ''), s.outcome, coalesce(o.title, ''), s.at, s.late_days FROM visible_signoff_team v JOIN signoff s ON s.id = v.signoff_id
		JOIN decision d ON d.id = s.decision_id AND d.edition = s.edition LEFT JOIN decision_option o ON o.id = s.option_id LEFT JOIN person p ON p.id = s.person_id
		WHERE v.viewer_id = ? AND s.project_id = ? ORDER BY s.seq`, v.ID, project)
}
