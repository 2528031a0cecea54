package db

import "strings"

// The rows that client pages receive. They come from the glass alone and have no
// fields for what a client may not see.

// ClientProject is a project as its clients see it.
type ClientProject struct {
	ID, CompanyID              ID
	Name, Description, Company string
	Status                     string
	StartsOn, EndsOn           Date
	Archived                   bool
	Replies                    string // the nouns in whose threads the viewer may reply
	Asks                       string // which decisions the viewer has to answer now
	MayPropose                 bool   // a change
	Mine                       string // the ids of open tasks given to the viewer, as numbers
	Budgets                    string // those of budgets that the viewer sees
	Version                    int64
}

// Standing is Asks, MayPropose, Mine and Budgets as Standings write them.
func (p ClientProject) Standing() string {
	proposes := ""
	if p.MayPropose {
		proposes = "+"
	}
	return p.Asks + proposes + "/" + p.Mine + "/" + p.Budgets
}

func clientProjectFields(p *ClientProject) []any {
	return []any{&p.ID, &p.CompanyID, &p.Name, &p.Description, &p.Company, &p.Status, &p.StartsOn, &p.EndsOn, &p.Archived, &p.Replies, &p.Asks, &p.MayPropose, &p.Mine, &p.Budgets, &p.Version}
}

const clientProjectColumns = "id, company_id, name, description, company, status, starts_on, ends_on, archived, replies, asks, may_propose, mine, budgets, version"

// Projects are the viewer's projects, open ones first.
func (g *Glass) Projects() ([]ClientProject, error) {
	return all(g, clientProjectFields, "SELECT "+clientProjectColumns+" FROM client_project ORDER BY archived, lower(name), id")
}

// Project is one of them.
func (g *Glass) Project(id ID) (ClientProject, error) {
	return one(g, clientProjectFields, "SELECT "+clientProjectColumns+" FROM client_project WHERE id = ?", id)
}

// Me is the viewer.
func (g *Glass) Me() (Person, error) {
	return one(g, func(p *Person) []any { return []any{&p.ID, &p.Name, &p.Email, &p.Language, &p.TimeZone, &p.Theme} },
		"SELECT id, name, email, language, time_zone, theme FROM client_me")
}

// Viewer is whose eyes these are.
func (g *Glass) Viewer() ID { return g.viewer }

// ClientTask is a task as clients see it. Kind is its column's kind, Label the
// column's own word for clients, "" for the usual one.
type ClientTask struct {
	ID, ProjectID, MilestoneID     ID
	Title, Description, Acceptance string
	Priority, Kind, Label          string
	StartsOn, DueOn                Date
	DoneAt                         Time
	Mine                           bool // given to the viewer
	Assignees                      []ClientPerson
	Labels                         []ClientLabel
}

// ClientLabel is a label that clients may see.
type ClientLabel struct {
	TaskID      ID
	Name, Color string
}

// ClientPerson is somebody by the name that the project shows; ID 0 and Name ""
// stand for "the team".
type ClientPerson struct {
	ID         ID
	Side, Name string
	Leads      bool
	Avatar     ID // 0 without a picture
}

const clientTaskColumns = "id, project_id, milestone_id, title, description, acceptance, priority, kind, label, starts_on, due_on, done_at, mine"

func clientTaskFields(t *ClientTask) []any {
	return []any{&t.ID, &t.ProjectID, &t.MilestoneID, &t.Title, &t.Description, &t.Acceptance, &t.Priority, &t.Kind, &t.Label, &t.StartsOn, &t.DueOn, &t.DoneAt, &t.Mine}
}

// Tasks are a project's tasks: in board order, done ones newest first.
func (g *Glass) Tasks(project ID) ([]ClientTask, error) {
	tasks, err := all(g, clientTaskFields, "SELECT "+clientTaskColumns+` FROM client_task WHERE project_id = ?
		ORDER BY column_position, CASE WHEN kind = 'done' THEN done_at END DESC, position, id`, project)
	if err != nil {
		return nil, err
	}
	return tasks, g.dress(tasks, ofProject, project)
}

// Task is one task.
func (g *Glass) Task(id ID) (ClientTask, error) {
	task, err := one(g, clientTaskFields, "SELECT "+clientTaskColumns+" FROM client_task WHERE id = ?", id)
	if err != nil {
		return task, err
	}
	dressed := []ClientTask{task}
	err = g.dress(dressed, "task_id = ?", id)
	return dressed[0], err
}

// Ongoing are the tasks of some kinds of columns in the viewer's open projects, soonest due
// first: those of one company, or of all (0).
func (g *Glass) Ongoing(company ID, kinds []string, limit int) ([]ClientTask, error) {
	tasks, err := all(g, clientTaskFields, `SELECT t.id, t.project_id, t.milestone_id, t.title, t.description, t.acceptance, t.priority, t.kind, t.label, t.starts_on, t.due_on, t.done_at, t.mine
		FROM client_task t JOIN client_project p ON p.id = t.project_id AND p.archived = 0
		WHERE instr(?3, ' ' || t.kind || ' ') AND (?1 IS NULL OR p.company_id = ?1) ORDER BY t.due_on IS NULL, t.due_on, t.title, t.id LIMIT ?2`, company, limit, " "+strings.Join(kinds, " ")+" ")
	if err != nil {
		return nil, err
	}
	return tasks, g.dress(tasks, ofProject, 0)
}

const ofProject = "?1 IS NULL OR project_id = ?1"

// dress adds people and labels to tasks of one project, or of all (0), or to one task.
func (g *Glass) dress(tasks []ClientTask, which string, subject ID) error {
	place := make(map[ID]*ClientTask, len(tasks))
	for i := range tasks {
		place[tasks[i].ID] = &tasks[i]
	}
	type given struct {
		task ID
		ClientPerson
	}
	people, err := all(g, func(a *given) []any { return []any{&a.task, &a.ID, &a.Side, &a.Name} },
		"SELECT task_id, person_id, side, name FROM client_assignee WHERE "+which+" ORDER BY name, person_id", subject)
	if err != nil {
		return err
	}
	for _, person := range people {
		if task := place[person.task]; task != nil {
			task.Assignees = append(task.Assignees, person.ClientPerson)
		}
	}
	labels, err := all(g, func(l *ClientLabel) []any { return []any{&l.TaskID, &l.Name, &l.Color} },
		"SELECT task_id, name, color FROM client_task_label WHERE "+which+" ORDER BY name, color", subject)
	for _, label := range labels {
		if task := place[label.TaskID]; task != nil {
			task.Labels = append(task.Labels, label)
		}
	}
	return err
}

// Checklist is a task's checklist.
func (g *Glass) Checklist(task ID) ([]ChecklistItem, error) {
	return all(g, checklistFields, "SELECT id, task_id, heading, text, done FROM client_checklist_item WHERE task_id = ? ORDER BY position, id", task)
}

// shareLeft is the share of effort that is left: never all of it once something is
// done, nor nothing while something is left, whatever it was rounded to.
const shareLeft = "CASE WHEN p.done = 0 OR p.done = p.total THEN p.effort_left ELSE min(95, max(5, p.effort_left)) END"

// ClientMilestone is a phase with the count of its visible tasks.
type ClientMilestone struct {
	ID, ProjectID              ID
	Name                       string
	StartsOn, DueOn, ReachedOn Date
	Tasks, Done                int
	EffortLeft                 int  // as of ClientProgress, 0 while it may not be told
	Gate, Approved             bool // the next phase waits for its approval, and it is approved
}

// Milestones are a project's phases, in order.
func (g *Glass) Milestones(project ID) ([]ClientMilestone, error) {
	return all(g, func(m *ClientMilestone) []any {
		return []any{&m.ID, &m.ProjectID, &m.Name, &m.StartsOn, &m.DueOn, &m.ReachedOn, &m.Tasks, &m.Done, &m.EffortLeft, &m.Gate, &m.Approved}
	}, `SELECT m.id, m.project_id, m.name, m.starts_on, m.due_on, m.reached_on, coalesce(p.total, 0), coalesce(p.done, 0), coalesce(`+shareLeft+`, 0), m.gate, m.approved
		FROM client_milestone m LEFT JOIN client_milestone_progress p ON p.milestone_id = m.id AND p.project_id = m.project_id WHERE m.project_id = ?1 ORDER BY m.position, m.id`, project)
}

// ClientProgress is how far a project is, over what the viewer sees. Accepted are those
// done that were signed off. EffortLeft is the share of the work that is left in percent,
// in steps of 5, by Basis: "estimate", "size" or "count"; Measured is false while it may
// not be told. Heavy says that the three heaviest tasks are among what is left.
type ClientProgress struct {
	ProjectID                          ID
	Total, Accepted, Done, Doing, Todo int
	EffortLeft                         int
	Basis                              string
	Measured, Heavy                    bool
}

// Progress is the progress of all the viewer's projects that have tasks.
func (g *Glass) Progress() (map[ID]ClientProgress, error) {
	list, err := all(g, func(p *ClientProgress) []any {
		return []any{&p.ProjectID, &p.Total, &p.Accepted, &p.Done, &p.Doing, &p.Todo, &p.EffortLeft, &p.Basis, &p.Measured, &p.Heavy}
	}, "SELECT project_id, total, accepted, done, doing, todo, coalesce("+shareLeft+", 0), basis, effort_left IS NOT NULL, heavy FROM client_progress p")
	byProject := make(map[ID]ClientProgress, len(list))
	for _, progress := range list {
		byProject[progress.ProjectID] = progress
	}
	return byProject, err
}

// People are those whom a project shows to its clients: the team, then colleagues.
func (g *Glass) People(project ID) ([]ClientPerson, error) {
	return all(g, func(p *ClientPerson) []any { return []any{&p.ID, &p.Side, &p.Name, &p.Leads, &p.Avatar} },
		"SELECT id, side, name, leads, avatar_id FROM client_person WHERE project_id = ? ORDER BY side DESC, leads DESC, name, id", project)
}

// ClientEvent is a line of a project's log, for clients.
type ClientEvent struct {
	ID, ProjectID, TaskID   ID
	Kind                    string
	At                      Time
	Task, Milestone         string
	ColumnKind, ColumnLabel string
	OldDate, NewDate        Date
	ActorSide, Actor        string

	DecisionID, DeliverableID ID
	BudgetID                  ID
	Question, Deliverable     string
	Budget                    string
	Number                    int // of the edition or the version
	Outcome, Choice           string
	LateDays                  int
	Asks                      bool // the viewer has to answer now what it tells of
}

const clientEventColumns = `id, project_id, task_id, kind, at, coalesce(task_title, ''), coalesce(milestone_name, ''), coalesce(column_kind, ''), coalesce(column_label, ''),
	old_date, new_date, coalesce(actor_side, ''), coalesce(actor, ''), decision_id, deliverable_id, coalesce(question, ''), coalesce(deliverable, ''), budget_id, coalesce(budget, ''), coalesce(number, 0), coalesce(outcome, ''), coalesce(choice, ''), coalesce(late_days, 0), asks`

func clientEventFields(e *ClientEvent) []any {
	return []any{&e.ID, &e.ProjectID, &e.TaskID, &e.Kind, &e.At, &e.Task, &e.Milestone, &e.ColumnKind, &e.ColumnLabel, &e.OldDate, &e.NewDate, &e.ActorSide, &e.Actor,
		&e.DecisionID, &e.DeliverableID, &e.Question, &e.Deliverable, &e.BudgetID, &e.Budget, &e.Number, &e.Outcome, &e.Choice, &e.LateDays, &e.Asks}
}

// Log is a project's newest events, at most limit.
func (g *Glass) Log(project ID, limit int) ([]ClientEvent, error) {
	return all(g, clientEventFields, "SELECT "+clientEventColumns+" FROM client_event WHERE project_id = ? ORDER BY at DESC, id DESC LIMIT ?", project, limit)
}

// TaskLog is a task's newest events.
func (g *Glass) TaskLog(task ID, limit int) ([]ClientEvent, error) {
	return all(g, clientEventFields, "SELECT "+clientEventColumns+" FROM client_event WHERE task_id = ? ORDER BY at DESC, id DESC LIMIT ?", task, limit)
}

// Activity is the newest of the viewer's projects: of one company, or of all (0).
func (g *Glass) Activity(company ID, limit int) ([]ClientEvent, error) {
	return all(g, clientEventFields, "SELECT "+clientEventColumns+` FROM client_event
		WHERE ?1 IS NULL OR project_id IN (SELECT id FROM client_project WHERE company_id = ?1) ORDER BY at DESC, id DESC LIMIT ?2`, company, limit)
}

// Workspace is whose portal this is.
func (g *Glass) Workspace() (Workspace, error) {
	return readWorkspace(g, "SELECT key, value FROM client_workspace")
}
