package db

// ClientDecision is a question as clients see it. AskedBy "" stands for the team.
type ClientDecision struct {
	ID, ProjectID          ID
	Kind, State            string
	MilestoneID            ID
	VersionID              ID // of an approval
	DeliverableID          ID
	Number                 int // of that version
	OptionID               ID
	Reason                 string
	ShownAt, EndedAt       Time
	Now                    Edition
	AskedSide              string
	MayDecide              bool // the viewer has to answer it now
	Options                []Option
	Deciders               []Decider
	Tasks                  []Waiter
	NewTasks               []string
	Files                  []ClientFile
	Signoffs               []Signoff
	Deliverable, Milestone string
	Project                string
}

const clientDecisionColumns = `e.id, e.project_id, e.kind, e.state, e.milestone_id, e.version_id, n.deliverable_id, coalesce(n.number, 0), e.option_id, e.reason, e.shown_at, e.ended_at, coalesce(e.asked_side, ''), e.may_decide,
	coalesce(l.name, ''), coalesce(m.name, ''), p.name, e.edition, e.question, e.context, e.if_silent, e.free_answer, e.closes, e.mode, e.due_on, e.currency, e.price, e.days, coalesce(e.asked_by, ''), e.asked_at`

const clientDecisionJoins = ` FROM client_decision e JOIN client_project p ON p.id = e.project_id
	LEFT JOIN client_deliverable_version n ON n.id = e.version_id LEFT JOIN client_deliverable l ON l.id = n.deliverable_id LEFT JOIN client_milestone m ON m.id = e.milestone_id`

func clientDecisionFields(d *ClientDecision) []any {
	return append(append([]any{&d.ID, &d.ProjectID, &d.Kind, &d.State, &d.MilestoneID, &d.VersionID, &d.DeliverableID, &d.Number, &d.OptionID, &d.Reason, &d.ShownAt, &d.EndedAt, &d.AskedSide, &d.MayDecide,
		&d.Deliverable, &d.Milestone, &d.Project}, editionFields(&d.Now)...), &d.Now.AskedBy, &d.Now.AskedAt)
}

// Decisions are those of a project, open ones first by their date, then what was
// answered last; approvals of deliverables are among them.
func (g *Glass) Decisions(project ID) ([]ClientDecision, error) {
	return all(g, clientDecisionFields, "SELECT "+clientDecisionColumns+clientDecisionJoins+` WHERE e.project_id = ?
		ORDER BY e.state <> 'asked', e.state <> 'proposed', CASE e.state WHEN 'asked' THEN coalesce(e.due_on, '9999') END, e.ended_at DESC, e.shown_at DESC, e.id`, project)
}

// Asks are what the viewer has to answer now, soonest due first: in the projects of one
// company, or in all (0).
func (g *Glass) Asks(company ID) ([]ClientDecision, error) {
	return all(g, clientDecisionFields, "SELECT "+clientDecisionColumns+clientDecisionJoins+` WHERE e.may_decide AND (?1 IS NULL OR p.company_id = ?1)
		ORDER BY coalesce(e.due_on, '9999'), e.asked_at, e.id`, company)
}

// Decision is one of them with everything about it.
func (g *Glass) Decision(id ID) (ClientDecision, error) {
	d, err := one(g, clientDecisionFields, "SELECT "+clientDecisionColumns+clientDecisionJoins+" WHERE e.id = ?", id)
	if err != nil {
		return d, err
	}
	if d.Options, err = g.Options(id, d.Now.Number); err != nil {
		return d, err
	}
	if d.Deciders, err = all(g, func(x *Decider) []any { return []any{&x.ID, &x.Name, &x.Answered} },
		"SELECT person_id, name, answered FROM client_decider WHERE decision_id = ? ORDER BY position, person_id", id); err != nil {
		return d, err
	}
	if d.Tasks, err = all(g, waiterFields, "SELECT t.id, t.title, t.kind, t.due_on, 0 FROM client_decision_task w JOIN client_task t ON t.id = w.task_id WHERE w.decision_id = ? ORDER BY t.due_on IS NULL, t.due_on, t.title, t.id", id); err != nil {
		return d, err
	}
	if d.NewTasks, err = all(g, itself[string], "SELECT title FROM client_change_task WHERE decision_id = ? AND edition = ? ORDER BY position", id, d.Now.Number); err != nil {
		return d, err
	}
	d.Signoffs, err = g.Signoffs(id)
	return d, err
}

// Options are what an edition of a decision offered, in order.
func (g *Glass) Options(decision ID, edition int) ([]Option, error) {
	return all(g, optionFields, "SELECT "+optionColumns+" FROM client_decision_option o WHERE o.decision_id = ? AND o.edition = ? ORDER BY o.position", decision, edition)
}

// Editions are what was asked each time, oldest first.
func (g *Glass) Editions(decision ID) ([]Edition, error) {
	return all(g, func(e *Edition) []any { return append(editionFields(e), &e.AskedBy, &e.AskedAt) },
		"SELECT "+editionColumns+", coalesce(e.asked_by, ''), e.asked_at FROM client_edition e WHERE e.decision_id = ? ORDER BY e.number", decision)
}

// WaitingTasks are the tasks of a project that wait for an open decision, each with it.
func (g *Glass) WaitingTasks(project ID) (map[ID]ID, error) {
	type pair struct{ task, decision ID }
	list, err := all(g, func(p *pair) []any { return []any{&p.task, &p.decision} }, "SELECT task_id, decision_id FROM client_decision_task WHERE project_id = ? AND state = 'asked' ORDER BY decision_id", project)
	waits := make(map[ID]ID, len(list))
	for _, p := range list {
		waits[p.task] = p.decision
	}
	return waits, err
}

// WaitingTasks are the same for the team.
func (v *Viewer) WaitingTasks(project ID) (map[ID]ID, error) {
	type pair struct{ task, decision ID }
	list, err := all(v.source, func(p *pair) []any { return []any{&p.task, &p.decision} }, `SELECT w.task_id, d.id FROM visible_decision_team v JOIN decision d ON d.id = v.decision_id AND d.state = 'asked'
		JOIN decision_task w ON w.decision_id = d.id WHERE v.viewer_id = ? AND d.project_id = ? ORDER BY d.id`, v.ID, project)
	waits := make(map[ID]ID, len(list))
	for _, p := range list {
		waits[p.task] = p.decision
	}
	return waits, err
}
