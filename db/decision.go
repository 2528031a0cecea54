package db

// Kinds of decisions.
const (
	KindQuestion  = "question"
	KindBudget    = "budget"
	KindDirection = "direction"
	KindMilestone = "milestone"
	KindChange    = "change"
	KindApproval  = "approval" // of a version of a deliverable
)

// States of a decision.
const (
	Drafted   = "draft"
	Proposed  = "proposed" // by a client
	Asked     = "asked"
	Decided   = "decided"
	Changed   = "changes" // changes are asked for
	Declined  = "declined"
	Withdrawn = "withdrawn"
	Expired   = "expired"
)

// Modes: who of the deciders has to answer.
const (
	AnyOne  = "any"
	All     = "all"
	InOrder = "order"
)

// Edition is what was asked, as it was asked that time. Price is in minor units of
// Currency, Days are those by which the dates move; both may be absent.
type Edition struct {
	Number                      int
	Question, Context, IfSilent string
	FreeAnswer, Closes          bool
	Mode                        string
	DueOn                       Date
	Currency                    string
	Price, Days                 *int64
	AskedByID                   ID
	AskedBy                     string
	AskedAt                     Time
}

const editionColumns = "e.number, e.question, e.context, e.if_silent, e.free_answer, e.closes, e.mode, e.due_on, e.currency, e.price, e.days"

func editionFields(e *Edition) []any {
	return []any{&e.Number, &e.Question, &e.Context, &e.IfSilent, &e.FreeAnswer, &e.Closes, &e.Mode, &e.DueOn, &e.Currency, &e.Price, &e.Days}
}

// Option is one of the answers that are offered. Cost is in minor units of its
// edition's currency, Days are those by which the end moves.
type Option struct {
	ID          ID
	Edition     int
	Title, Text string
	Cost, Days  *int64
	Recommended bool
}

const optionColumns = "o.id, o.edition, o.title, o.text, o.cost, o.days, o.recommended"

func optionFields(o *Option) []any {
	return []any{&o.ID, &o.Edition, &o.Title, &o.Text, &o.Cost, &o.Days, &o.Recommended}
}

// Decider is somebody who has to answer. May says that they still could, were they asked.
type Decider struct {
	ID            ID
	Name          string
	Answered, May bool
}

// Waiter is a task that waits for a decision.
type Waiter struct {
	ID      ID
	Title   string
	Kind    string // of its column
	DueOn   Date
	Private bool
}

// Decision is a question that the client answers, as the team reads it.
type Decision struct {
	ID, ProjectID            ID
	Kind, State              string
	MilestoneID              ID
	Milestone                string
	VersionID, DeliverableID ID // of an approval
	Number                   int
	OptionID                 ID
	Reason                   string
	CreatedAt, ShownAt       Time
	EndedAt                  Time
	Version                  int64
	CreatedByID              ID
	CreatedBy, CreatedBySide string
	Now                      Edition // the newest
	Options                  []Option
	Deciders                 []Decider
	Tasks                    []Waiter
	NewTasks                 []string
	Files                    []File
	Signoffs                 []Signoff
	MayLead, MayWork         bool
}

const decisionColumns = `d.id, d.project_id, d.kind, d.state, d.milestone_id, coalesce(m.name, ''), d.version_id, n.deliverable_id, coalesce(n.number, 0), d.option_id, d.reason,
	d.created_at, d.shown_at, d.ended_at, d.version, d.created_by, coalesce(c.name, ''), coalesce(c.side, ''),
	EXISTS (SELECT 1 FROM may_lead l WHERE l.viewer_id = v.viewer_id AND l.project_id = d.project_id), EXISTS (SELECT 1 FROM may_work l WHERE l.viewer_id = v.viewer_id AND l.project_id = d.project_id), ` +
	editionColumns + ", e.asked_by, coalesce(a.name, ''), e.asked_at"

const decisionJoins = ` FROM visible_decision_team v JOIN decision d ON d.id = v.decision_id
	JOIN edition e ON e.decision_id = d.id AND e.number = d.edition
	LEFT JOIN milestone m ON m.id = d.milestone_id LEFT JOIN deliverable_version n ON n.id = d.version_id
	LEFT JOIN person a ON a.id = e.asked_by LEFT JOIN person c ON c.id = d.created_by`

func decisionFields(d *Decision) []any {
	return append(append([]any{&d.ID, &d.ProjectID, &d.Kind, &d.State, &d.MilestoneID, &d.Milestone, &d.VersionID, &d.DeliverableID, &d.Number, &d.OptionID, &d.Reason,
		&d.CreatedAt, &d.ShownAt, &d.EndedAt, &d.Version, &d.CreatedByID, &d.CreatedBy, &d.CreatedBySide, &d.MayLead, &d.MayWork}, editionFields(&d.Now)...),
		&d.Now.AskedByID, &d.Now.AskedBy, &d.Now.AskedAt)
}

// Decisions are those of a project, what waits first, then the newest; approvals of
// deliverables are among them. Who has to answer is named, the rest is on their pages.
func (v *Viewer) Decisions(project ID) ([]Decision, error) {
	list, err := all(v.source, decisionFields, "SELECT "+decisionColumns+decisionJoins+` WHERE v.viewer_id = ? AND d.project_id = ?
		ORDER BY d.state <> 'proposed', d.state <> 'draft', d.state <> 'asked', e.due_on IS NULL, CASE d.state WHEN 'asked' THEN e.due_on END, d.ended_at DESC, d.created_at DESC, d.id`, v.ID, project)
	if err != nil {
		return nil, err
	}
	type named struct {
		decision ID
		Decider
	}
	deciders, err := all(v.source, func(n *named) []any { return []any{&n.decision, &n.ID, &n.Name, &n.Answered, &n.May} },
		"SELECT d.id, "+deciderColumns+" FROM visible_decision_team v JOIN decision d ON d.id = v.decision_id "+deciderJoins+" WHERE v.viewer_id = ? AND d.project_id = ? ORDER BY x.position, p.id", v.ID, project)
	place := make(map[ID]*Decision, len(list))
	for i := range list {
		place[list[i].ID] = &list[i]
	}
	for _, n := range deciders {
		if d := place[n.decision]; d != nil {
			d.Deciders = append(d.Deciders, n.Decider)
		}
	}
	return list, err
}

const (
	deciderColumns = `p.id, p.name, EXISTS (SELECT 1 FROM signoff s WHERE s.decision_id = d.id AND s.edition = d.edition AND s.person_id = p.id),
		EXISTS (SELECT 1 FROM may_be_asked b WHERE b.person_id = p.id AND b.project_id = d.project_id)`
	deciderJoins = "JOIN decider x ON x.decision_id = d.id JOIN person p ON p.id = x.person_id"
)

// Decision is one of them with everything about it.
func (v *Viewer) Decision(id ID) (Decision, error) {
	d, err := one(v.source, decisionFields, "SELECT "+decisionColumns+decisionJoins+" WHERE v.viewer_id = ? AND d.id = ?", v.ID, id)
	if err != nil {
		return d, err
	}
	if d.Options, err = v.Options(id, d.Now.Number); err != nil {
		return d, err
	}
	if d.Deciders, err = all(v.source, func(x *Decider) []any { return []any{&x.ID, &x.Name, &x.Answered, &x.May} },
		"SELECT "+deciderColumns+" FROM visible_decision_team v JOIN decision d ON d.id = v.decision_id "+deciderJoins+" WHERE v.viewer_id = ? AND d.id = ? ORDER BY x.position, p.id", v.ID, id); err != nil {
		return d, err
	}
	if d.Tasks, err = all(v.source, waiterFields, `SELECT t.id, t.title, c.kind, t.due_on, t.private FROM visible_decision_team v JOIN decision_task w ON w.decision_id = v.decision_id
		JOIN task t ON t.id = w.task_id AND t.archived_at IS NULL JOIN board_column c ON c.id = t.column_id WHERE v.viewer_id = ? AND v.decision_id = ? ORDER BY t.due_on IS NULL, t.due_on, t.title, t.id`, v.ID, id); err != nil {
		return d, err
	}
	if d.NewTasks, err = all(v.source, itself[string], `SELECT t.title FROM visible_decision_team v JOIN decision d ON d.id = v.decision_id
		JOIN change_task t ON t.decision_id = d.id AND t.edition = d.edition WHERE v.viewer_id = ? AND d.id = ? ORDER BY t.position`, v.ID, id); err != nil {
		return d, err
	}
	if d.Files, err = all(v.source, fileFields, "SELECT "+fileColumns+`'' FROM visible_decision_team v JOIN file f ON f.decision_id = v.decision_id
		WHERE v.viewer_id = ? AND v.decision_id = ? ORDER BY f.created_at, f.name, f.id`, v.ID, id); err != nil {
		return d, err
	}
	d.Signoffs, err = v.Signoffs(id)
	return d, err
}

func waiterFields(w *Waiter) []any { return []any{&w.ID, &w.Title, &w.Kind, &w.DueOn, &w.Private} }

// Options are what an edition of a decision offered, in order.
func (v *Viewer) Options(decision ID, edition int) ([]Option, error) {
	return all(v.source, optionFields, "SELECT "+optionColumns+` FROM visible_decision_team v JOIN decision_option o ON o.decision_id = v.decision_id
		WHERE v.viewer_id = ? AND v.decision_id = ? AND o.edition = ? ORDER BY o.position`, v.ID, decision, edition)
}

// Editions are what was asked each time, oldest first.
func (v *Viewer) Editions(decision ID) ([]Edition, error) {
	return all(v.source, func(e *Edition) []any { return append(editionFields(e), &e.AskedByID, &e.AskedBy, &e.AskedAt) },
		"SELECT "+editionColumns+`, e.asked_by, coalesce(a.name, ''), e.asked_at FROM visible_decision_team v JOIN edition e ON e.decision_id = v.decision_id
		LEFT JOIN person a ON a.id = e.asked_by WHERE v.viewer_id = ? AND v.decision_id = ? ORDER BY e.number`, v.ID, decision)
}

// MayBeAsked are the clients of a project who could answer a decision of it.
func (v *Viewer) MayBeAsked(project ID) ([]Person, error) {
	return all(v.source, personFields, "SELECT "+personColumns+` FROM visible_project_team v JOIN may_be_asked m ON m.project_id = v.project_id JOIN person p ON p.id = m.person_id
		WHERE v.viewer_id = ? AND v.project_id = ? ORDER BY p.name, p.id`, v.ID, project)
}
