package db

// maxItems keeps a checklist readable.
const maxItems = 500

// AddItem adds a step at the end of a task's checklist.
func (s *Store) AddItem(actor Actor, task ID, text string) error {
	return s.write(func(tx *Tx) error {
		c, err := tx.workTask(actor, task)
		if err != nil {
			return err
		}
		if text, err = cleanLine("text", text, 500); err != nil {
			return err
		}
		if text == "" {
			return invalid("text", "checklist.empty")
		}
		count, err := value[int](tx, "SELECT count(*) FROM checklist_item WHERE task_id = ?", task)
		if err != nil {
			return err
		}
		if count >= maxItems {
			return invalid("text", "checklist.too-many", "Max", maxItems)
		}
		if err := tx.run(`INSERT INTO checklist_item (id, task_id, heading, text, position)
			SELECT ?, ?, coalesce((SELECT heading FROM checklist_item WHERE task_id = ? ORDER BY position DESC LIMIT 1), ''), ?, coalesce(max(position), 0) + ? FROM checklist_item WHERE task_id = ?`,
			NewID(), task, task, text, positionStep, task); err != nil {
			return err
		}
		return tx.touch(c.ProjectID, c.shown())
	})
}

// TickItem marks a step as done or not.
func (s *Store) TickItem(actor Actor, item ID, done bool) (task ID, err error) {
	return s.changeItem(actor, item, "UPDATE checklist_item SET done = ? WHERE id = ?", done)
}

// DeleteItem takes a step off its checklist.
func (s *Store) DeleteItem(actor Actor, item ID) (task ID, err error) {
	return s.changeItem(actor, item, "DELETE FROM checklist_item WHERE ?1 AND id = ?2", true)
}

func (s *Store) changeItem(actor Actor, item ID, change string, done bool) (task ID, err error) {
	err = s.write(func(tx *Tx) error {
		if task, err = value[ID](tx, "SELECT task_id FROM checklist_item WHERE id = ?", item); err != nil {
			return err
		}
		c, err := tx.workTask(actor, task)
		if err != nil {
			return err
		}
		if err := tx.must(change, done, item); err != nil {
			return err
		}
		return tx.touch(c.ProjectID, c.shown())
	})
	return task, err
}
