package db

// maxTasks keeps a project at a size that a board can show.
const maxTasks = 20000

// NewTask is a quick-added task. Shown is "shown", "private" or "" for the
// project's own rule; Column is a column's id or kind.
type NewTask struct{ Title, Column, Shown string }

// AddTask adds a task at the end of a column.
func (s *Store) AddTask(actor Actor, project ID, n NewTask) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if err := tx.mayWork(actor, project); err != nil {
			return err
		}
		title, err := cleanTitle(n.Title)
		if err != nil {
			return err
		}
		column, err := tx.columnOf(project, n.Column)
		if err != nil {
			return err
		}
		private, err := value[bool](tx, "SELECT new_tasks_private FROM project WHERE id = ?", project)
		if err != nil {
			return err
		}
		switch n.Shown {
		case "shown":
			private = false
		case "private":
			private = true
		case "":
		default:
			return invalid("shown", "choice.unknown")
		}
		count, err := value[int](tx, "SELECT count(*) FROM task WHERE project_id = ?", project)
		if err != nil {
			return err
		}
		if count >= maxTasks {
			return invalid("title", "task.too-many", "Max", maxTasks)
		}
		place, err := tx.place(column.ID, 0, id)
		if err != nil {
			return err
		}
		done := Time{}
		if column.Kind == Done {
			done = tx.now
		}
		if err := tx.run("INSERT INTO task (id, project_id, column_id, title, private, position, done_at, created_by, created_at) VALUES (?,?,?,?,?,?,?,?,?)",
			id, project, column.ID, title, private, place, done, actor.ID, tx.now); err != nil {
			return err
		}
		return tx.record(happened{project: project, actor: actor.ID, kind: EventTaskCreated, clients: !private, task: id, column: column})
	})
	return id, err
}

func cleanTitle(text string) (string, error) {
	title, err := cleanLine("title", text, 500)
	if err == nil && title == "" {
		err = invalid("title", "task.title-empty")
	}
	return title, err
}

// MoveTask puts a task into a column, before another task of it or at its end.
// The last move wins. Clients hear of it when their word for its state changes.
func (s *Store) MoveTask(actor Actor, id ID, column string, before ID) (Column, error) {
	var target Column
	err := s.write(func(tx *Tx) error {
		c, err := tx.workTask(actor, id)
		if err != nil {
			return err
		}
		if target, err = tx.columnOf(c.ProjectID, column); err != nil {
			return invalid("column", "column.unknown")
		}
		if before != 0 {
			if _, err := value[ID](tx, "SELECT id FROM task WHERE id = ? AND project_id = ?", before, c.ProjectID); err != nil {
				return invalid("before", "task.before-unknown")
			}
		}
		if before == id && target.ID == c.ColumnID {
			return nil // put before itself it stays where it is
		}
		place, err := tx.place(target.ID, before, id)
		if err != nil {
			return err
		}
		if err := tx.must("UPDATE task SET column_id = ?, position = ?, done_at = CASE WHEN ? = 'done' THEN coalesce(done_at, ?) END WHERE id = ?",
			target.ID, place, target.Kind, tx.now, id); err != nil {
			return err
		}
		if target.ID == c.ColumnID {
			return tx.touch(c.ProjectID, c.shown())
		}
		if err := tx.record(happened{project: c.ProjectID, actor: actor.ID, kind: EventTaskMoved, task: id, column: target, internal: target.Name,
			clients: c.shown() && target.clientWord() != c.Column.clientWord()}); err != nil {
			return err
		}
		return tx.run("UPDATE project SET client_version = client_version + ? WHERE id = ?", c.shown(), c.ProjectID)
	})
	return target, err
}

// clientWord tells apart what clients read as a task's state: "review" reads as
// "doing" unless the column has a label of its own.
func (c Column) clientWord() string {
	if c.Kind == Review {
		return Doing + c.ClientLabel
	}
	return c.Kind + c.ClientLabel
}

// place finds a position in a column before a task, or at its end when before is
// 0 or has moved elsewhere. Where no room is left the column is numbered anew.
func (tx *Tx) place(column, before, moving ID) (int64, error) {
	next, err := value[int64](tx, "SELECT position FROM task WHERE id = ? AND column_id = ? AND id <> ?", before, column, moving)
	if err == ErrNotFound {
		last, err := value[int64](tx, "SELECT coalesce(max(position), 0) FROM task WHERE column_id = ? AND id <> ?", column, moving)
		return last + positionStep, err
	}
	if err != nil {
		return 0, err
	}
	for {
		previous, err := value[int64](tx, "SELECT coalesce(max(position), 0) FROM task WHERE column_id = ? AND id <> ? AND (position < ? OR (position = ? AND id < ?))", column, moving, next, next, before)
		if err != nil {
			return 0, err
		}
		if next-previous > 1 {
			return previous + (next-previous)/2, nil
		}
		if err := tx.run(`UPDATE task SET position = n.place * ? FROM (SELECT id, row_number() OVER (ORDER BY position, id) AS place FROM task WHERE column_id = ?) n
			WHERE task.id = n.id`, positionStep, column); err != nil {
			return 0, err
		}
		if next, err = value[int64](tx, "SELECT position FROM task WHERE id = ?", before); err != nil {
			return 0, err
		}
	}
}

// ShowTasks lets clients see private tasks of a project; those it does not know
// are refused and nothing is shown.
func (s *Store) ShowTasks(actor Actor, project ID, tasks []ID) error {
	return s.setPrivate(actor, project, tasks, false, EventTaskShown)
}

// HideTasks makes tasks private: for clients they do not exist any more.
func (s *Store) HideTasks(actor Actor, project ID, tasks []ID) error {
	return s.setPrivate(actor, project, tasks, true, EventTaskHidden)
}

func (s *Store) setPrivate(actor Actor, project ID, tasks []ID, private bool, kind string) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayWork(actor, project); err != nil {
			return err
		}
		shown := false
		for _, id := range tasks {
			archived, err := value[bool](tx, "SELECT archived_at IS NOT NULL FROM task WHERE id = ? AND project_id = ?", id, project)
			if err != nil {
				return err
			}
			changed, err := tx.exec("UPDATE task SET private = ?, version = version + 1 WHERE id = ? AND private <> ?", private, id, private)
			if err != nil {
				return err
			}
			if changed == 0 {
				continue
			}
			shown = shown || !archived
			if err := tx.record(happened{project: project, actor: actor.ID, kind: kind, task: id}); err != nil {
				return err
			}
		}
		return tx.touch(project, shown)
	})
}

// ArchiveTask puts a task aside, or brings it back.
func (s *Store) ArchiveTask(actor Actor, id ID, archive bool) error {
	return s.write(func(tx *Tx) error {
		c, err := tx.workTask(actor, id)
		if err != nil {
			return err
		}
		kind, at := EventTaskRestored, Time{}
		if archive {
			kind, at = EventTaskArchived, tx.now
		}
		if err := tx.must("UPDATE task SET archived_at = ?, version = version + 1 WHERE id = ?", at, id); err != nil {
			return err
		}
		if err := tx.record(happened{project: c.ProjectID, actor: actor.ID, kind: kind, task: id}); err != nil {
			return err
		}
		return tx.touch(c.ProjectID, !c.Private && archive != c.Archived)
	})
}
