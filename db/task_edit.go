package db

import "strconv"

// TaskForm is a task as its edit form sends it. Version is the version that the
// form was opened at; Estimate is in minutes, "" for none.
type TaskForm struct {
	Title, ClientTitle, Description, Internal, Acceptance string
	Priority, Estimate, Size, StartsOn, DueOn, Milestone  string
	Why                                                   string // a date that clients see moves later: a cause, "" to find one
	Assignees, Labels                                     []string
	Needs                                                 []string // the ids of what has to be done before
	Need                                                  string   // one more, by its title or its address
	Version                                               int64
}

// EditTask changes a task. When somebody else changed its text since the form
// was opened it answers Conflict with the stored text and stores nothing.
func (s *Store) EditTask(actor Actor, id ID, form TaskForm) error {
	return s.write(func(tx *Tx) error {
		c, err := tx.workTask(actor, id)
		if err != nil {
			return err
		}
		if form.Version != c.Version {
			return tx.taskConflict(id)
		}
		clean, err := tx.cleanTask(c.ProjectID, form)
		if err != nil {
			return err
		}
		before, err := tx.face(id)
		if err != nil {
			return err
		}
		if err := tx.must(`UPDATE task SET title = ?, client_title = ?, description = ?, internal_details = ?, acceptance = ?, priority = ?,
			estimate_minutes = ?, size = ?, starts_on = ?, due_on = ?, milestone_id = ?, version = version + 1 WHERE id = ?`,
			clean.Title, clean.ClientTitle, clean.Description, clean.Internal, clean.Acceptance, clean.Priority,
			clean.estimate, clean.Size, clean.starts, clean.due, clean.milestone, id); err != nil {
			return err
		}
		if err := tx.setPeople(c, form.Assignees); err != nil {
			return err
		}
		if err := tx.setLabels(c, form.Labels); err != nil {
			return err
		}
		if err := tx.setNeeds(c, form.Needs, form.Need); err != nil {
			return err
		}
		after, err := tx.face(id)
		if err != nil {
			return err
		}
		return tx.recordEdit(actor, c, clean, before != after)
	})
}

// recordEdit tells clients of a moved due date, the team of everything.
func (tx *Tx) recordEdit(actor Actor, c card, clean cleanedTask, changed bool) error {
	h := happened{project: c.ProjectID, actor: actor.ID, kind: EventTaskEdited, task: c.ID}
	if clean.due != c.DueOn {
		h.kind, h.old, h.new, h.clients, h.cause = EventTaskDue, c.DueOn, clean.due, c.shown(), clean.Why
	}
	if err := tx.recordMove(h); err != nil {
		return err
	}
	return tx.touch(c.ProjectID, changed && c.shown())
}

func (tx *Tx) taskConflict(id ID) error {
	t, err := one(tx, func(t *Task) []any {
		return []any{&t.Title, &t.ClientTitle, &t.Description, &t.Internal, &t.Acceptance, &t.Version}
	}, "SELECT title, client_title, description, internal_details, acceptance, version FROM task WHERE id = ?", id)
	if err != nil {
		return err
	}
	return &Conflict{Version: t.Version, Theirs: map[string]string{"title": t.Title, "client_title": t.ClientTitle,
		"description": t.Description, "internal": t.Internal, "acceptance": t.Acceptance}}
}

type cleanedTask struct {
	TaskForm
	estimate    any
	starts, due Date
	milestone   ID
}

func (tx *Tx) cleanTask(project ID, form TaskForm) (c cleanedTask, err error) {
	c.TaskForm = form
	if c.Title, err = cleanTitle(form.Title); err != nil {
		return c, err
	}
	if c.ClientTitle, err = cleanLine("client_title", form.ClientTitle, 500); err != nil {
		return c, err
	}
	for _, text := range []struct {
		field string
		text  *string
	}{{"description", &c.Description}, {"internal", &c.Internal}, {"acceptance", &c.Acceptance}} {
		if *text.text, err = cleanText(text.field, *text.text, 50000); err != nil {
			return c, err
		}
	}
	if c.Priority == "" {
		c.Priority = "normal"
	}
	if !oneOf(c.Priority, "highest", "high", "normal", "low") {
		return c, invalid("priority", "choice.unknown")
	}
	if !oneOf(c.Size, "", "S", "M", "L") {
		return c, invalid("size", "choice.unknown")
	}
	if !oneOf(c.Why, causes...) {
		return c, invalid("why", "choice.unknown")
	}
	if form.Estimate != "" {
		minutes, err := strconv.ParseInt(form.Estimate, 10, 32)
		if err != nil || minutes <= 0 || minutes > 60*100000 {
			return c, invalid("estimate", "estimate.invalid")
		}
		c.estimate = minutes
	}
	var ok bool
	if c.starts, ok = ParseDate(form.StartsOn); !ok {
		return c, invalid("starts_on", "date.invalid")
	}
	if c.due, ok = ParseDate(form.DueOn); !ok {
		return c, invalid("due_on", "date.invalid")
	}
	if c.starts != "" && c.due != "" && c.due < c.starts {
		return c, invalid("due_on", "date.before-start")
	}
	if form.Milestone != "" {
		id, err := ParseID(form.Milestone)
		if err == nil {
			c.milestone, err = value[ID](tx, "SELECT id FROM milestone WHERE id = ? AND project_id = ?", id, project)
		}
		if err != nil {
			return c, invalid("milestone", "choice.unknown")
		}
	}
	return c, nil
}

// setPeople gives a task to members of its project.
func (tx *Tx) setPeople(c card, people []string) error {
	if err := tx.run("DELETE FROM task_assignee WHERE task_id = ?", c.ID); err != nil {
		return err
	}
	for _, text := range people {
		id, err := ParseID(text)
		if err == nil {
			_, err = tx.exec("INSERT OR IGNORE INTO task_assignee (task_id, person_id) VALUES (?,?)", c.ID, id)
		}
		if err != nil {
			return invalid("assignees", "choice.unknown")
		}
	}
	strangers, err := value[int](tx, `SELECT count(*) FROM task_assignee a JOIN person p ON p.id = a.person_id
		WHERE a.task_id = ? AND p.email IS NOT NULL AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.project_id = ? AND m.person_id = a.person_id)`, c.ID, c.ProjectID)
	if err == nil && strangers > 0 {
		err = invalid("assignees", "choice.unknown")
	}
	return err
}

func (tx *Tx) setLabels(c card, labels []string) error {
	if err := tx.run("DELETE FROM task_label WHERE task_id = ?", c.ID); err != nil {
		return err
	}
	for _, text := range labels {
		id, err := ParseID(text)
		if err == nil {
			err = tx.must("INSERT OR IGNORE INTO task_label (task_id, label_id) SELECT ?, id FROM label WHERE id = ? AND project_id = ?", c.ID, id, c.ProjectID)
		}
		if err != nil {
			return invalid("labels", "choice.unknown")
		}
	}
	return nil
}
