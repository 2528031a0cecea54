package db

import "strings"

// Need says that a task cannot begin before another one is done.
type Need struct{ TaskID, NeedsID ID }

// Needed is a task that another one waits for.
type Needed struct {
	ID    ID
	Title string
}

// needsMost is how many tasks one can wait for.
const needsMost = 20

func needFields(n *Need) []any { return []any{&n.TaskID, &n.NeedsID} }

// Needs are what the tasks of a project wait for.
func (v *Viewer) Needs(project ID) ([]Need, error) {
	return all(v.source, needFields, `SELECT n.task_id, n.needs_id FROM visible_task_team v JOIN task t ON t.id = v.task_id CROSS JOIN task_need n ON n.task_id = t.id
		JOIN task o ON o.id = n.needs_id AND o.project_id = t.project_id AND o.archived_at IS NULL
		WHERE v.viewer_id = ? AND t.project_id = ? AND t.archived_at IS NULL ORDER BY n.task_id, n.needs_id`, v.ID, project)
}

// NeededBy are the tasks that a task waits for.
func (v *Viewer) NeededBy(task ID) ([]Needed, error) {
	return all(v.source, neededFields, `SELECT o.id, o.title FROM visible_task_team v JOIN task t ON t.id = v.task_id JOIN task_need n ON n.task_id = t.id
		JOIN task o ON o.id = n.needs_id AND o.project_id = t.project_id
		WHERE v.viewer_id = ? AND v.task_id = ? ORDER BY o.due_on IS NULL, o.due_on, o.title, o.id`, v.ID, task)
}

// Needable are tasks of a project that others may have to wait for, as far as a form
// offers them: what is not done, soonest due first.
func (v *Viewer) Needable(project ID, limit int) ([]Needed, error) {
	return all(v.source, neededFields, `SELECT t.id, t.title FROM visible_task_team v JOIN task t ON t.id = v.task_id
		WHERE v.viewer_id = ? AND t.project_id = ? AND t.archived_at IS NULL AND t.done_at IS NULL ORDER BY t.due_on IS NULL, t.due_on, t.title, t.id LIMIT ?`, v.ID, project, limit)
}

func neededFields(n *Needed) []any { return []any{&n.ID, &n.Title} }

// Needs are what the tasks of a project wait for, where the viewer sees both.
func (g *Glass) Needs(project ID) ([]Need, error) {
	return all(g, needFields, "SELECT task_id, needs_id FROM client_task_need WHERE project_id = ? ORDER BY task_id, needs_id", project)
}

// NeededBy are the tasks that a task waits for, where the viewer sees both.
func (g *Glass) NeededBy(task ID) ([]Needed, error) {
	return all(g, neededFields, `SELECT o.id, o.title FROM client_task_need n JOIN client_task o ON o.id = n.needs_id
		WHERE n.task_id = ? ORDER BY o.due_on IS NULL, o.due_on, o.title, o.id`, task)
}

// setNeeds stores what a task waits for: tasks of its project by id, and one more as it
// was typed, by its title or its address. What would wait for itself in the end is refused.
func (tx *Tx) setNeeds(c card, needs []string, typed string) error {
	if err := tx.run("DELETE FROM task_need WHERE task_id = ?", c.ID); err != nil {
		return err
	}
	for _, text := range needs {
		id, err := ParseID(text)
		if err == nil {
			_, err = value[ID](tx, "SELECT id FROM task WHERE id = ? AND project_id = ?", id, c.ProjectID)
		}
		if err != nil {
			return invalid("needs", "choice.unknown")
		}
		if err := tx.need(c, id, "needs"); err != nil {
			return err
		}
	}
	if strings.TrimSpace(typed) != "" {
		id, err := tx.typedTask(c, typed)
		if err != nil {
			return err
		}
		if err := tx.need(c, id, "need"); err != nil {
			return err
		}
	}
	count, err := value[int](tx, "SELECT count(*) FROM task_need WHERE task_id = ?", c.ID)
	if err == nil && count > needsMost {
		err = invalid("need", "task-need.too-many", "max", needsMost)
	}
	return err
}

// typedTask finds the task that somebody means.
func (tx *Tx) typedTask(c card, typed string) (ID, error) {
	text, err := cleanLine("need", typed, 1000)
	if err != nil {
		return 0, err
	}
	if at := strings.LastIndex(text, "/tasks/"); at >= 0 {
		id, err := ParseID(strings.TrimRight(text[at+len("/tasks/"):], "/"))
		if err == nil {
			_, err = value[ID](tx, "SELECT id FROM task WHERE id = ? AND project_id = ?", id, c.ProjectID)
		}
		if err != nil {
			err = invalid("need", "task-need.unknown")
		}
		return id, err
	}
	found, err := all(tx, itself[ID], "SELECT id FROM task WHERE project_id = ? AND archived_at IS NULL AND id <> ? AND title = ? ORDER BY id LIMIT 2", c.ProjectID, c.ID, text)
	switch {
	case err != nil:
		return 0, err
	case len(found) == 0:
		return 0, invalid("need", "task-need.unknown")
	case len(found) > 1:
		return 0, invalid("need", "task-need.several")
	}
	return found[0], nil
}

// need adds one, unless it waits for this task itself, directly or through others.
func (tx *Tx) need(c card, on ID, field string) error {
	title, err := value[string](tx, `WITH RECURSIVE reach(id) AS (SELECT ?1 UNION SELECT n.needs_id FROM task_need n JOIN reach r ON n.task_id = r.id)
		SELECT t.title FROM reach r JOIN task t ON t.id = ?1 WHERE r.id = ?2`, on, c.ID)
	if err == nil {
		return invalid(field, "task-need.circle", "task", title)
	}
	if err != ErrNotFound {
		return err
	}
	return tx.run("INSERT OR IGNORE INTO task_need (task_id, needs_id) VALUES (?,?)", c.ID, on)
}
