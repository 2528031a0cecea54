package db

// Event is one line of a project's log, as the team reads it. Its words are made
// when it is read, in the reader's language.
type Event struct {
	ID                                ID
	Kind, Audience                    string
	At                                Time
	ActorID                           ID
	Actor, ActorSide                  string
	TaskID                            ID
	Task                              string
	MilestoneID                       ID
	Milestone                         string
	DecisionID, DeliverableID         ID
	BudgetID                          ID
	Question, Deliverable, Budget     string
	Number                            int // of the edition or the version
	Outcome, Choice                   string
	LateDays                          int // working days by which the answer came late
	ColumnKind, ColumnLabel, Internal string
	OldDate, NewDate                  Date
}

// Kinds of events. What clients may read is decided by whoever records one.
const (
	EventTaskCreated    = "task.created"
	EventTaskMoved      = "task.moved"
	EventTaskShown      = "task.shown"
	EventTaskHidden     = "task.hidden"
	EventTaskRenamed    = "task.renamed"
	EventTaskDue        = "task.due"
	EventTaskArchived   = "task.archived"
	EventTaskRestored   = "task.restored"
	EventTaskEdited     = "task.edited"
	EventReply          = "reply"
	EventNote           = "note"
	EventMilestone      = "milestone.added"
	EventMilestoneMoved = "milestone.moved"
	EventMilestoneDone  = "milestone.reached"
	EventProject        = "project.edited"
	EventProjectCreated = "project.created"
	EventProjectMoved   = "project.moved" // its end
	EventArchived       = "project.archived"
	EventRestored       = "project.restored"
	EventMemberAdded    = "member.added"
	EventMemberRemoved  = "member.removed"
	EventColumn         = "column.changed"
	EventImported       = "imported"
	EventAsked          = "decision.asked"
	EventAskedAnew      = "decision.asked-anew"
	EventProposed       = "decision.proposed"
	EventAnswered       = "decision.answered" // by one of several
	EventDecided        = "decision.decided"
	EventChanges        = "decision.changes"
	EventDeclined       = "decision.declined"
	EventDeclinedByTeam = "decision.declined-by-team"
	EventDisagreed      = "decision.disagreed"
	EventWithdrawn      = "decision.withdrawn"
	EventExpired        = "decision.expired"
	EventUpdate         = "update.posted"
	EventDelivered      = "deliverable.delivered"
	EventApproved       = "deliverable.approved"
	EventChangesAsked   = "deliverable.changes"
	EventRefused        = "deliverable.declined"
	EventBudget         = "budget.added"
	EventBudgetOpened   = "budget.opened" // to clients
	EventBudgetShut     = "budget.shut"
	EventBudgetAlert    = "budget.alert" // number is the share in percent
)

// happened is what an event records.
type happened struct {
	project   ID
	actor     ID
	kind      string
	clients   bool // for clients too, while they see the task it is about
	task      ID
	milestone ID
	column    Column
	old, new  Date
	internal  string
	reply     ID
	note      ID

	decision, deliverable ID
	budget                ID // of which clients hear who see that budget
	number                int
	cause                 string // why a date moved: one of causes
}

// record writes an event and raises the project's versions in one step.
func (tx *Tx) record(h happened) error {
	audience := Team
	if h.clients {
		audience = Client
	}
	var kind, label any
	if h.column.Kind != "" {
		kind, label = h.column.Kind, h.column.ClientLabel
	}
	number := any(nil)
	if h.number != 0 {
		number = h.number
	}
	if err := tx.run(`INSERT INTO event (id, project_id, actor_id, kind, audience, task_id, milestone_id, column_kind, column_label, old_date, new_date, internal, reply_id, note_id, decision_id, deliverable_id, budget_id, number, cause, at)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, NewID(), h.project, h.actor, h.kind, audience, h.task, h.milestone, kind, label, h.old, h.new, h.internal, h.reply, h.note, h.decision, h.deliverable, h.budget, number, h.cause, tx.now); err != nil {
		return err
	}
	return tx.touchBudget(h.project, h.budget, h.clients)
}

const eventColumns = `e.id, e.kind, e.audience, e.at, e.actor_id, coalesce(p.name, ''), coalesce(p.side, ''), e.task_id, coalesce(t.title, ''),
	e.milestone_id, coalesce(m.name, ''), coalesce(e.column_kind, ''), coalesce(e.column_label, ''), e.internal, e.old_date, e.new_date,
	e.decision_id, e.deliverable_id, coalesce((SELECT x.question FROM decision d JOIN edition x ON x.decision_id = d.id AND x.number = d.edition WHERE d.id = e.decision_id), ''),
	coalesce((SELECT x.name FROM deliverable x WHERE x.id = e.deliverable_id), ''), e.budget_id, coalesce((SELECT x.name FROM budget x WHERE x.id = e.budget_id), ''), coalesce(e.number, 0),
	coalesce((SELECT s.outcome` + itsSignoff + `), ''), coalesce((SELECT o.title FROM decision_option o WHERE o.id = (SELECT s.option_id` + itsSignoff + `)), ''), coalesce((SELECT s.late_days` + itsSignoff + `), 0)`

// itsSignoff is the answer that an event e tells of, c being the approval of its version.
const itsSignoff = " FROM signoff s WHERE s.decision_id = coalesce(e.decision_id, c.id) AND s.edition = coalesce(c.edition, e.number) AND s.person_id = e.actor_id"

func eventFields(e *Event) []any {
	return []any{&e.ID, &e.Kind, &e.Audience, &e.At, &e.ActorID, &e.Actor, &e.ActorSide, &e.TaskID, &e.Task,
		&e.MilestoneID, &e.Milestone, &e.ColumnKind, &e.ColumnLabel, &e.Internal, &e.OldDate, &e.NewDate,
		&e.DecisionID, &e.DeliverableID, &e.Question, &e.Deliverable, &e.BudgetID, &e.Budget, &e.Number, &e.Outcome, &e.Choice, &e.LateDays}
}

const eventJoins = ` FROM visible_event_team v JOIN event e ON e.id = v.event_id
	LEFT JOIN person p ON p.id = e.actor_id LEFT JOIN task t ON t.id = e.task_id LEFT JOIN milestone m ON m.id = e.milestone_id
	LEFT JOIN deliverable_version n ON n.deliverable_id = e.deliverable_id AND n.number = e.number LEFT JOIN decision c ON c.version_id = n.id`

// Log is the project's newest events, at most limit.
func (v *Viewer) Log(project ID, limit int) ([]Event, error) {
	return all(v.source, eventFields, "SELECT "+eventColumns+eventJoins+" WHERE v.viewer_id = ? AND e.project_id = ? ORDER BY e.seq DESC LIMIT ?", v.ID, project, limit)
}

// TaskLog is the newest events of one task, at most limit.
func (v *Viewer) TaskLog(task ID, limit int) ([]Event, error) {
	return all(v.source, eventFields, "SELECT "+eventColumns+eventJoins+" WHERE v.viewer_id = ? AND e.task_id = ? ORDER BY e.seq DESC LIMIT ?", v.ID, task, limit)
}
