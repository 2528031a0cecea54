package db

// FinishTask says that a task that was given to a client is done, or that it is not
// after all: it goes to the board's first column of that kind. Only whom it was given to
// may say so; for anybody else it is ErrNotFound.
func (s *Store) FinishTask(actor Actor, id ID, done bool) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		project, err := value[ID](tx, "SELECT t.project_id FROM may_finish_client f JOIN task t ON t.id = f.task_id WHERE f.viewer_id = ? AND f.task_id = ?", actor.ID, id)
		if err != nil {
			return err
		}
		is, err := value[bool](tx, "SELECT c.kind = 'done' FROM task t JOIN board_column c ON c.id = t.column_id WHERE t.id = ?", id)
		if err != nil || is == done {
			return err
		}
		kinds := []string{Doing, Todo, Review}
		if done {
			kinds = []string{Done}
		}
		var to Column
		for _, kind := range kinds { // one query in most cases, three at most
			if to, err = tx.columnOf(project, kind); err != ErrNotFound {
				break
			}
		}
		if err == ErrNotFound {
			return invalid("done", "finish.no-column")
		}
		if err != nil {
			return err
		}
		place, err := tx.place(to.ID, 0, id)
		if err != nil {
			return err
		}
		at := Time{}
		if done {
			at = tx.now
		}
		if err := tx.must("UPDATE task SET column_id = ?, position = ?, done_at = ? WHERE id = ?", to.ID, place, at, id); err != nil {
			return err
		}
		if err := tx.touchAuthority(); err != nil { // it waits for them no more, or again
			return err
		}
		if done {
			if err := tx.tellFinished(actor.Name, id, project); err != nil {
				return err
			}
		}
		return tx.record(happened{project: project, actor: actor.ID, kind: EventTaskMoved, task: id, column: to, internal: to.Name, clients: true})
	})
}
