package db

// Task is a card as the team sees it.
type Task struct {
	ID, ProjectID, ColumnID, MilestoneID            ID
	Title, ClientTitle, Description, Internal       string
	Acceptance, Priority, Kind, Column, ClientLabel string
	Milestone                                       string
	Private                                         bool
	Estimate                                        int64  // minutes, 0 for none
	Size                                            string // S, M or L, the team's guess where there is no estimate; "" for none
	StartsOn, DueOn                                 Date
	Position, Version                               int64
	DoneAt, ArchivedAt, CreatedAt                   Time
	Replies, Notes, Files, Items, ItemsDone         int
	Waits                                           string // for an answer of the team: "waits", "late", "" when not
	Assignees                                       []Assignee
	Labels                                          []Label
}

// Assignee is who works on a task.
type Assignee struct {
	TaskID, ID ID
	Name, Side string
}

// Label marks tasks of a project. Clients see it when ClientVisible is set.
type Label struct {
	TaskID, ID    ID
	Name, Color   string
	ClientVisible bool
}

// ChecklistItem is a small step of a task, under the heading of its list.
type ChecklistItem struct {
	ID, TaskID    ID
	Heading, Text string
	Done          bool
}

const taskColumns = `t.id, t.project_id, t.column_id, t.milestone_id, t.title, t.client_title, t.description, t.internal_details, t.acceptance, t.priority,
	c.kind, c.name, c.client_label, coalesce(m.name, ''), t.private, coalesce(t.estimate_minutes, 0), t.size, t.starts_on, t.due_on, t.position, t.version, t.done_at, t.archived_at, t.created_at,
	(SELECT count(*) FROM reply r WHERE r.thread_id = t.id AND r.deleted_at IS NULL), (SELECT count(*) FROM note n WHERE n.thread_id = t.id AND n.deleted_at IS NULL),
	(SELECT count(*) FROM file f WHERE f.task_id = t.id),
	(SELECT count(*) FROM checklist_item i WHERE i.task_id = t.id), (SELECT count(*) FROM checklist_item i WHERE i.task_id = t.id AND i.done = 1),
	coalesce((SELECT CASE WHEN h.late_at IS NULL THEN 'waits' ELSE 'late' END FROM thread h WHERE h.id = t.id AND h.lies_with = 'team'), '')`

const taskJoins = ` FROM visible_task_team v JOIN task t ON t.id = v.task_id JOIN board_column c ON c.id = t.column_id LEFT JOIN milestone m ON m.id = t.milestone_id`

func taskFields(t *Task) []any {
	return []any{&t.ID, &t.ProjectID, &t.ColumnID, &t.MilestoneID, &t.Title, &t.ClientTitle, &t.Description, &t.Internal, &t.Acceptance, &t.Priority,
		&t.Kind, &t.Column, &t.ClientLabel, &t.Milestone, &t.Private, &t.Estimate, &t.Size, &t.StartsOn, &t.DueOn, &t.Position, &t.Version, &t.DoneAt, &t.ArchivedAt, &t.CreatedAt,
		&t.Replies, &t.Notes, &t.Files, &t.Items, &t.ItemsDone, &t.Waits}
}

// Tasks are the open (not archived) tasks of a project in board order, with
// their people and labels.
func (v *Viewer) Tasks(project ID) ([]Task, error) {
	return v.tasks(" AND t.project_id = ? AND t.archived_at IS NULL ORDER BY c.position, c.id, t.position, t.id", project)
}

// ArchivedTasks are the tasks put aside, newest first.
func (v *Viewer) ArchivedTasks(project ID) ([]Task, error) {
	return v.tasks(" AND t.project_id = ? AND t.archived_at IS NOT NULL ORDER BY t.archived_at DESC, t.id", project)
}

// Task is one task of the viewer's projects.
func (v *Viewer) Task(id ID) (Task, error) {
	found, err := v.tasks(" AND t.id = ?", id)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Task{}, err
	}
	return found[0], nil
}

func (v *Viewer) tasks(which string, subject ID) ([]Task, error) {
	tasks, err := all(v.source, taskFields, "SELECT "+taskColumns+taskJoins+" WHERE v.viewer_id = ?"+which, v.ID, subject)
	if err != nil || len(tasks) == 0 {
		return tasks, err
	}
	place := make(map[ID]*Task, len(tasks))
	for i := range tasks {
		place[tasks[i].ID] = &tasks[i]
	}
	people, err := all(v.source, func(a *Assignee) []any { return []any{&a.TaskID, &a.ID, &a.Name, &a.Side} },
		`SELECT a.task_id, p.id, p.name, p.side FROM visible_task_team v JOIN task_assignee a ON a.task_id = v.task_id JOIN person p ON p.id = a.person_id
		WHERE v.viewer_id = ? AND a.task_id IN (SELECT t.id FROM task t WHERE t.project_id = ?) ORDER BY p.name, p.id`, v.ID, tasks[0].ProjectID)
	if err != nil {
		return nil, err
	}
	for _, person := range people {
		if task := place[person.TaskID]; task != nil {
			task.Assignees = append(task.Assignees, person)
		}
	}
	labels, err := all(v.source, labelFields, `SELECT tl.task_id, l.id, l.name, l.color, l.client_visible FROM visible_label_team v JOIN label l ON l.id = v.label_id JOIN task_label tl ON tl.label_id = l.id
		WHERE v.viewer_id = ? AND l.project_id = ? ORDER BY l.name, l.id`, v.ID, tasks[0].ProjectID)
	if err != nil {
		return nil, err
	}
	for _, label := range labels {
		if task := place[label.TaskID]; task != nil {
			task.Labels = append(task.Labels, label)
		}
	}
	return tasks, nil
}

func labelFields(l *Label) []any {
	return []any{&l.TaskID, &l.ID, &l.Name, &l.Color, &l.ClientVisible}
}

// Checklist is a task's checklist, in order.
func (v *Viewer) Checklist(task ID) ([]ChecklistItem, error) {
	return all(v.source, checklistFields, `SELECT i.id, i.task_id, i.heading, i.text, i.done FROM visible_checklist_item_team v JOIN checklist_item i ON i.id = v.checklist_item_id
		WHERE v.viewer_id = ? AND i.task_id = ? ORDER BY i.position, i.id`, v.ID, task)
}

func checklistFields(i *ChecklistItem) []any {
	return []any{&i.ID, &i.TaskID, &i.Heading, &i.Text, &i.Done}
}

// Files are the attachments of a task.
func (v *Viewer) Files(task ID) ([]File, error) {
	return all(v.source, func(f *File) []any { return []any{&f.ID, &f.Name, &f.URL, &f.Size} },
		"SELECT f.id, f.name, coalesce(f.url, ''), coalesce(f.size, 0) FROM visible_file_team v JOIN file f ON f.id = v.file_id WHERE v.viewer_id = ? AND f.task_id = ? ORDER BY f.created_at, f.id", v.ID, task)
}

// card is what the rules about changing a task need to know.
type card struct {
	ID, ProjectID, ColumnID ID
	Private                 bool
	Archived                bool
	Version                 int64
	DueOn                   Date
	Column                  Column
	Title, ClientTitle      string
}

// workTask reads a task that the actor may change.
func (tx *Tx) workTask(actor Actor, id ID) (card, error) {
	c, err := one(tx, func(c *card) []any {
		return append([]any{&c.ID, &c.ProjectID, &c.ColumnID, &c.Private, &c.Archived, &c.Version, &c.DueOn, &c.Title, &c.ClientTitle}, columnFields(&c.Column)...)
	}, "SELECT t.id, t.project_id, t.column_id, t.private, t.archived_at IS NOT NULL, t.version, t.due_on, t.title, t.client_title, "+columnColumns+" FROM task t JOIN board_column c ON c.id = t.column_id WHERE t.id = ?", id)
	if err != nil {
		return c, err
	}
	return c, tx.mayWork(actor, c.ProjectID)
}

// shown says whether clients see the task.
func (c card) shown() bool { return !c.Private && !c.Archived }
