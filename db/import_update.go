package db

// updateTask takes over what changed at the source since the last import.
// Private or not, the wording for clients and all fields that a file does not
// know are never touched.
func (i *importing) updateTask(b *brought, old *settled, ends map[ID]int64) error {
	before := i.known.of("task", b.source)
	changed := func(field int) bool { return b.now.changed(before, field) }
	next, touched := *old, false
	set := func(field int, differs bool, take func()) {
		if changed(field) && differs {
			take()
			touched = true
		}
	}
	set(printTitle, old.title != b.Title, func() { next.title = b.Title })
	set(printStart, old.starts != b.starts, func() { next.starts = b.starts })
	set(printDue, old.due != b.due, func() { next.due = b.due })
	set(printArchived, old.archived != b.Archived, func() { next.archived = b.Archived })
	set(printColumn, old.ColumnID != b.column.ID, func() { next.ColumnID = b.column.ID })
	kept := false
	set(printDescription, old.description != b.description, func() {
		next.description, kept = textOf(before, printDescription, old.description, b.description)
	})
	if kept {
		i.left(LeftEdited, b.Title)
	}
	keptToo := false
	set(printInternal, old.internal != b.internal, func() {
		next.internal, keptToo = textOf(before, printInternal, old.internal, b.internal)
	})
	if keptToo && !kept {
		i.left(LeftEdited, b.Title)
	}
	if err := i.storeTask(b, *old, next, ends); err != nil {
		return err
	}
	lists, err := i.updateLists(b, old, changed)
	if err != nil {
		return err
	}
	if touched = touched && next != *old || lists; touched {
		i.done.Tasks.Updated++
		i.shown = i.shown || !old.private && !(old.archived && next.archived)
		if err := i.tx.run("UPDATE task SET version = version + 1 WHERE id = ?", old.ID); err != nil {
			return err
		}
	} else {
		i.done.Tasks.Unchanged++
	}
	if err := i.addSaid(old.ID, b); err != nil {
		return err
	}
	return i.tx.remember(i.known, i.project, "task", b.source, b.now)
}

// textOf decides about a long text that changed at the source: what somebody
// wrote here since the last import is not thrown away for it.
func textOf(before prints, field int, here, there string) (text string, kept bool) {
	if before != nil && here != "" && fingerprint(here) != before[field] {
		return here, true
	}
	return there, false
}

func (i *importing) storeTask(b *brought, old, next settled, ends map[ID]int64) error {
	if next == old {
		return nil
	}
	if next.starts != "" && next.due != "" && next.due < next.starts {
		next.starts = ""
	}
	if err := i.tx.run("UPDATE task SET title = ?, description = ?, internal_details = ?, starts_on = ?, due_on = ? WHERE id = ?",
		next.title, next.description, next.internal, next.starts, next.due, old.ID); err != nil {
		return err
	}
	if next.archived != old.archived {
		at := Time{}
		if next.archived {
			at = i.tx.now
		}
		if err := i.tx.run("UPDATE task SET archived_at = ? WHERE id = ?", at, old.ID); err != nil {
			return err
		}
	}
	if next.ColumnID == old.ColumnID {
		return nil
	}
	done := i.doneAt(b)
	if done.IsZero() {
		done = i.tx.now // since the last import
	}
	ends[next.ColumnID] += positionStep
	return i.tx.run("UPDATE task SET column_id = ?, position = ?, done_at = CASE WHEN ? = 'done' THEN coalesce(done_at, ?) END WHERE id = ?",
		next.ColumnID, ends[next.ColumnID], b.column.Kind, done, old.ID)
}

// updateLists replaces labels, people and checklist where they changed at the source.
func (i *importing) updateLists(b *brought, old *settled, changed func(int) bool) (touched bool, err error) {
	for _, list := range []struct {
		field int
		set   func(ID, *brought) error
	}{{printLabels, i.setLabels}, {printPeople, i.setPeople}, {printChecklist, i.setChecklist}} {
		if !changed(list.field) {
			continue
		}
		if err := list.set(old.ID, b); err != nil {
			return false, err
		}
		touched = true
	}
	if changed(printChecklist) {
		i.done.ChecklistItems.Updated += len(b.Checklist)
	} else {
		i.done.ChecklistItems.Unchanged += len(b.Checklist)
	}
	return touched, nil
}

// setLabels gives a task the labels of the file; labels made here stay on it.
func (i *importing) setLabels(task ID, b *brought) error {
	if err := i.tx.run("DELETE FROM task_label WHERE task_id = ? AND label_id IN (SELECT id FROM label WHERE project_id = ? AND source IS NOT NULL)", task, i.project); err != nil {
		return err
	}
	for _, source := range b.Labels {
		label, known := i.labels[source]
		if !known {
			continue
		}
		if err := i.tx.run("INSERT OR IGNORE INTO task_label (task_id, label_id) VALUES (?,?)", task, label); err != nil {
			return err
		}
	}
	return nil
}

func (i *importing) setPeople(task ID, b *brought) error {
	if err := i.tx.run("DELETE FROM task_assignee WHERE task_id = ?", task); err != nil {
		return err
	}
	for _, source := range b.Assignees {
		person, err := i.assignee(source)
		if err != nil {
			return err
		}
		if err := i.tx.run("INSERT OR IGNORE INTO task_assignee (task_id, person_id) VALUES (?,?)", task, person); err != nil {
			return err
		}
	}
	return nil
}

func (i *importing) setChecklist(task ID, b *brought) error {
	if err := i.tx.run("DELETE FROM checklist_item WHERE task_id = ?", task); err != nil {
		return err
	}
	for n, item := range b.Checklist {
		if err := i.tx.run("INSERT INTO checklist_item (id, task_id, heading, text, done, position) VALUES (?,?,?,?,?,?)",
			NewID(), task, item.Heading, item.Text, item.Done, (n+1)*positionStep); err != nil {
			return err
		}
	}
	return nil
}
