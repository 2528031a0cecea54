package db

import (
	"slices"

	"vitrine/db/importers"
)

// usualColumns are what a board cannot be without.
var usualColumns = []importers.Column{{Name: "To do", Kind: Todo}, {Name: "In progress", Kind: Doing}, {Name: "Done", Kind: Done}}

// takeColumns matches the board's columns with those of the project and adds
// what is missing. The kind is confirmed here and so never changed by a file.
func (i *importing) takeColumns() error {
	here, err := all(i.tx, func(c *sourced) []any { return append(columnFields(&c.Column), &c.source) },
		"SELECT "+columnColumns+", coalesce(c.source, '') FROM board_column c WHERE c.project_id = ? ORDER BY c.position, c.id", i.project)
	if err != nil {
		return err
	}
	had := len(here)
	i.columns = make(map[string]Column, len(i.plan.Columns))
	place := 0 // after the column of the board that came before
	for _, c := range i.plan.Columns {
		at := slices.IndexFunc(here, func(h sourced) bool { return h.source == i.source(c.SourceID) })
		if at < 0 && c.Added {
			at = slices.IndexFunc(here, func(h sourced) bool { return h.Kind == c.Kind })
		}
		switch {
		case at >= 0:
			if err := i.renameColumn(c, &here[at]); err != nil {
				return err
			}
			place = at + 1
		case c.Archived || i.known.of("column", c.SourceID) != nil:
			continue // archived there, or deleted here: its tasks go where their kind is
		default:
			here = slices.Insert(here, place, sourced{Column{ID: NewID(), ProjectID: i.project, Name: c.Name, Kind: c.Kind}, i.source(c.SourceID), true})
			at, place = place, place+1
			i.done.Columns.Created++
		}
		i.columns[c.SourceID] = here[at].Column
		if !c.Added {
			if err := i.tx.remember(i.known, i.project, "column", c.SourceID, prints{fingerprint(c.Name)}); err != nil {
				return err
			}
		}
	}
	for _, usual := range usualColumns {
		if !slices.ContainsFunc(here, func(h sourced) bool { return h.Kind == usual.Kind }) {
			here = append(here, sourced{Column{ID: NewID(), ProjectID: i.project, Name: usual.Name, Kind: usual.Kind}, "", true})
			i.done.Columns.Created++
		}
	}
	for _, c := range i.plan.Columns {
		if _, placed := i.columns[c.SourceID]; !placed {
			i.columns[c.SourceID] = stand(here, c.Kind)
		}
	}
	return i.storeColumns(here, len(here) > had)
}

// sourced is a column with its name at the source.
type sourced struct {
	Column
	source string
	fresh  bool
}

// stand is the column that stands in for one of a kind that the project does not have.
func stand(here []sourced, kind string) Column {
	for _, k := range []string{kind, Doing, Todo} {
		if at := slices.IndexFunc(here, func(h sourced) bool { return h.Kind == k }); at >= 0 {
			return here[at].Column
		}
	}
	return here[0].Column
}

// renameColumn follows a new name at the source.
func (i *importing) renameColumn(c importers.Column, here *sourced) error {
	before := i.known.of("column", c.SourceID)
	if c.Added || before == nil || !(prints{fingerprint(c.Name)}).changed(before, 0) || here.Name == c.Name {
		i.done.Columns.Unchanged++
		return nil
	}
	here.Name = c.Name
	i.done.Columns.Updated++
	return i.tx.run("UPDATE board_column SET name = ? WHERE id = ?", c.Name, here.ID)
}

// storeColumns adds the new columns and, when there are any, numbers all anew.
func (i *importing) storeColumns(here []sourced, grown bool) error {
	for n, c := range here {
		position := (n + 1) * positionStep
		if c.fresh {
			if err := i.tx.run("INSERT INTO board_column (id, project_id, name, kind, position, source) VALUES (?,?,?,?,?,nullif(?, ''))",
				c.ID, i.project, c.Name, c.Kind, position, c.source); err != nil {
				return err
			}
		} else if grown {
			if err := i.tx.run("UPDATE board_column SET position = ? WHERE id = ?", position, c.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// takeLabels adds the board's labels, hidden from clients, and follows new names
// and colours. A label that was deleted here stays away.
func (i *importing) takeLabels() error {
	type label struct {
		Label
		source string
	}
	list, err := all(i.tx, func(l *label) []any { return []any{&l.ID, &l.Name, &l.Color, &l.ClientVisible, &l.source} },
		"SELECT id, name, color, client_visible, source FROM label WHERE project_id = ? AND source LIKE ?", i.project, i.fromSource())
	if err != nil {
		return err
	}
	here := make(map[string]label, len(list))
	for _, l := range list {
		here[l.source] = l
	}
	i.labels = make(map[string]ID, len(i.plan.Labels))
	for _, l := range i.plan.Labels {
		now, before := prints{fingerprint(l.Name, l.Color)}, i.known.of("label", l.SourceID)
		old, exists := here[i.source(l.SourceID)]
		switch {
		case !exists && before != nil:
			continue
		case !exists:
			old.ID = NewID()
			i.done.Labels.Created++
			err = i.tx.run("INSERT INTO label (id, project_id, name, color, source) VALUES (?,?,?,?,?)", old.ID, i.project, l.Name, l.Color, i.source(l.SourceID))
		case now.changed(before, 0) && (old.Name != l.Name || old.Color != l.Color):
			i.done.Labels.Updated++
			i.shown = i.shown || old.ClientVisible
			err = i.tx.run("UPDATE label SET name = ?, color = ? WHERE id = ?", l.Name, l.Color, old.ID)
		default:
			i.done.Labels.Unchanged++
		}
		if err != nil {
			return err
		}
		i.labels[l.SourceID] = old.ID
		if err := i.tx.remember(i.known, i.project, "label", l.SourceID, now); err != nil {
			return err
		}
	}
	return nil
}
