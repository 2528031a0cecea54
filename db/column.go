package db

// Kinds of columns.
const (
	Todo   = "todo"
	Doing  = "doing"
	Review = "review"
	Done   = "done"
)

// Positions leave room, so that most moves change one row.
const positionStep = 1 << 16

// Column is a stage on the project's board. ClientLabel is what clients read
// instead of the kind's usual word; the name is the team's.
type Column struct {
	ID, ProjectID           ID
	Name, Kind, ClientLabel string
	Position                int64
}

func columnFields(c *Column) []any {
	return []any{&c.ID, &c.ProjectID, &c.Name, &c.Kind, &c.ClientLabel, &c.Position}
}

const columnColumns = "c.id, c.project_id, c.name, c.kind, c.client_label, c.position"

// Columns are the columns of a project's board, in order.
func (v *Viewer) Columns(project ID) ([]Column, error) {
	return all(v.source, columnFields, "SELECT "+columnColumns+" FROM visible_board_column v JOIN board_column c ON c.id = v.board_column_id WHERE v.viewer_id = ? AND c.project_id = ? ORDER BY c.position, c.id", v.ID, project)
}

func (tx *Tx) columns(project ID) ([]Column, error) {
	return all(tx, columnFields, "SELECT "+columnColumns+" FROM board_column c WHERE c.project_id = ? ORDER BY c.position, c.id", project)
}

// columnOf reads a form's column: an id or a kind of the project. A kind means
// the first column of that kind.
func (tx *Tx) columnOf(project ID, text string) (Column, error) {
	id, err := ParseID(text)
	if err == nil {
		return one(tx, columnFields, "SELECT "+columnColumns+" FROM board_column c WHERE c.project_id = ? AND c.id = ?", project, id)
	}
	return one(tx, columnFields, "SELECT "+columnColumns+" FROM board_column c WHERE c.project_id = ? AND c.kind = ? ORDER BY c.position, c.id LIMIT 1", project, text)
}

// firstColumn is where new work goes on a board: the first column of things to do, or
// the first of all where none is for that.
func (tx *Tx) firstColumn(project ID) (Column, error) {
	return one(tx, columnFields, "SELECT "+columnColumns+" FROM board_column c WHERE c.project_id = ? ORDER BY c.kind <> 'todo', c.position, c.id LIMIT 1", project)
}

// ColumnForm is what is filled in about a column.
type ColumnForm struct{ Name, Kind, ClientLabel string }

func (f *ColumnForm) clean() (err error) {
	if f.Name, err = cleanLine("name", f.Name, 100); err != nil {
		return err
	}
	if f.Name == "" {
		return invalid("name", "column.name-empty")
	}
	if f.ClientLabel, err = cleanLine("client_label", f.ClientLabel, 60); err != nil {
		return err
	}
	if !oneOf(f.Kind, Todo, Doing, Review, Done) {
		return invalid("kind", "choice.unknown")
	}
	return nil
}

// maxColumns keeps a board a board.
const maxColumns = 50

// AddColumn adds a column at the end of the board.
func (s *Store) AddColumn(actor Actor, project ID, form ColumnForm) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if err := tx.mayWork(actor, project); err != nil {
			return err
		}
		if err := form.clean(); err != nil {
			return err
		}
		columns, err := tx.columns(project)
		if err != nil {
			return err
		}
		if len(columns) >= maxColumns {
			return invalid("name", "column.too-many", "Max", maxColumns)
		}
		last := int64(0)
		for _, c := range columns {
			last = max(last, c.Position)
		}
		if err := tx.run("INSERT INTO board_column (id, project_id, name, kind, client_label, position) VALUES (?,?,?,?,?,?)",
			id, project, form.Name, form.Kind, form.ClientLabel, last+positionStep); err != nil {
			return err
		}
		return tx.record(happened{project: project, actor: actor.ID, kind: EventColumn, internal: form.Name})
	})
	return id, err
}

// EditColumn renames a column or changes its kind and client label.
func (s *Store) EditColumn(actor Actor, id ID, form ColumnForm) error {
	return s.write(func(tx *Tx) error {
		column, err := tx.workColumn(actor, id)
		if err != nil {
			return err
		}
		if err := form.clean(); err != nil {
			return err
		}
		if err := tx.must("UPDATE board_column SET name = ?, kind = ?, client_label = ? WHERE id = ?", form.Name, form.Kind, form.ClientLabel, id); err != nil {
			return err
		}
		if form.Kind != column.Kind {
			if err := tx.stampDone(column.ID, form.Kind); err != nil {
				return err
			}
		}
		if err := tx.record(happened{project: column.ProjectID, actor: actor.ID, kind: EventColumn, internal: form.Name}); err != nil {
			return err
		}
		if form.Kind != column.Kind || form.ClientLabel != column.ClientLabel {
			return tx.touchColumn(column)
		}
		return nil
	})
}

// stampDone keeps the time at which the tasks of a column became done.
func (tx *Tx) stampDone(column ID, kind string) error {
	if kind == Done {
		return tx.run("UPDATE task SET done_at = ? WHERE column_id = ? AND done_at IS NULL", tx.now, column)
	}
	return tx.run("UPDATE task SET done_at = NULL WHERE column_id = ?", column)
}

// MoveColumn puts a column before another one; 0 is the end.
func (s *Store) MoveColumn(actor Actor, id, before ID) error {
	return s.write(func(tx *Tx) error {
		column, err := tx.workColumn(actor, id)
		if err != nil {
			return err
		}
		columns, err := tx.columns(column.ProjectID)
		if err != nil {
			return err
		}
		var order []ID
		for _, c := range columns {
			if c.ID == before {
				order = append(order, id)
			}
			if c.ID != id {
				order = append(order, c.ID)
			}
		}
		if before == 0 {
			order = append(order, id)
		}
		if len(order) != len(columns) {
			return ErrNotFound
		}
		for i, c := range order {
			if err := tx.run("UPDATE board_column SET position = ? WHERE id = ?", (i+1)*positionStep, c); err != nil {
				return err
			}
		}
		if err := tx.record(happened{project: column.ProjectID, actor: actor.ID, kind: EventColumn, internal: column.Name}); err != nil {
			return err
		}
		return tx.touchColumn(column)
	})
}

// DeleteColumn takes a column away and puts its tasks at the end of another one.
func (s *Store) DeleteColumn(actor Actor, id, to ID) error {
	return s.write(func(tx *Tx) error {
		column, err := tx.workColumn(actor, id)
		if err != nil {
			return err
		}
		target, err := tx.columnOf(column.ProjectID, to.String())
		if err != nil || target.ID == id {
			return invalid("to", "column.choose-other")
		}
		if err := tx.touchColumn(column); err != nil {
			return err
		}
		last, err := value[int64](tx, "SELECT coalesce(max(position), 0) FROM task WHERE column_id = ?", target.ID)
		if err != nil {
			return err
		}
		if err := tx.run("UPDATE task SET column_id = ?, position = position + ?, done_at = CASE WHEN ? = 'done' THEN coalesce(done_at, ?) END WHERE column_id = ?",
			target.ID, last+positionStep, target.Kind, tx.now, id); err != nil {
			return err
		}
		if err := tx.must("DELETE FROM board_column WHERE id = ?", id); err != nil {
			return err
		}
		if err := tx.record(happened{project: column.ProjectID, actor: actor.ID, kind: EventColumn, internal: column.Name}); err != nil {
			return err
		}
		return nil
	})
}

func (tx *Tx) workColumn(actor Actor, id ID) (Column, error) {
	column, err := one(tx, columnFields, "SELECT "+columnColumns+" FROM board_column c WHERE c.id = ?", id)
	if err != nil {
		return column, err
	}
	return column, tx.mayWork(actor, column.ProjectID)
}
