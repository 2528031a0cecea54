package db

// LabelColors are the colours that a label may have.
var LabelColors = []string{"green", "yellow", "orange", "red", "purple", "blue", "sky", "lime", "pink", "black", "grey"}

// ProjectLabels are the labels that tasks of a project may carry.
func (v *Viewer) ProjectLabels(project ID) ([]Label, error) {
	return all(v.source, labelFields, `SELECT 0, l.id, l.name, l.color, l.client_visible FROM visible_label_team v JOIN label l ON l.id = v.label_id
		WHERE v.viewer_id = ? AND l.project_id = ? ORDER BY l.name COLLATE NOCASE, l.id`, v.ID, project)
}

// SetLabel adds a label (id 0) or changes one.
func (s *Store) SetLabel(actor Actor, project, id ID, name, color string, clients bool) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayWork(actor, project); err != nil {
			return err
		}
		name, err := cleanLine("name", name, 60)
		if err != nil {
			return err
		}
		if name == "" {
			return invalid("name", "label.name-empty")
		}
		if !oneOf(color, LabelColors...) {
			return invalid("color", "choice.unknown")
		}
		shown, err := tx.labelShown(id, clients)
		if err != nil {
			return err
		}
		if id == 0 {
			err = tx.run("INSERT INTO label (id, project_id, name, color, client_visible) VALUES (?,?,?,?,?)", NewID(), project, name, color, clients)
		} else {
			err = tx.must("UPDATE label SET name = ?, color = ?, client_visible = ? WHERE id = ? AND project_id = ?", name, color, clients, id, project)
		}
		if err != nil {
			return err
		}
		return tx.touch(project, shown)
	})
}

// DeleteLabel takes a label off all tasks.
func (s *Store) DeleteLabel(actor Actor, project, id ID) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayWork(actor, project); err != nil {
			return err
		}
		shown, err := tx.labelShown(id, false)
		if err != nil {
			return err
		}
		if err := tx.must("DELETE FROM label WHERE id = ? AND project_id = ?", id, project); err != nil {
			return err
		}
		return tx.touch(project, shown)
	})
}
