package db

// maxDeliverables keeps a project's list readable.
const maxDeliverables = 500

// DeliverableForm is what is filled in about a deliverable. Milestone and Tasks are
// ids of the same project, Milestone "" for none; Version is the version that the
// form was opened at.
type DeliverableForm struct {
	Name, Description, Milestone string
	Tasks                        []string
	Version                      int64
}

// deliverableOf is what a write needs to know of a deliverable.
type deliverableOf struct {
	ID, ProjectID, MilestoneID ID
	Name, Description          string
	Version                    int64
	Delivered                  bool // a version of it was: clients see it
}

// AddDeliverable begins a deliverable. Clients see nothing of it until a version is
// delivered.
func (s *Store) AddDeliverable(actor Actor, project ID, form DeliverableForm) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if err := tx.mayWork(actor, project); err != nil {
			return err
		}
		clean, err := tx.cleanDeliverable(project, form)
		if err != nil {
			return err
		}
		count, err := value[int](tx, "SELECT count(*) FROM deliverable WHERE project_id = ?", project)
		if err != nil {
			return err
		}
		if count >= maxDeliverables {
			return invalid("name", "deliverable.too-many", "Max", maxDeliverables)
		}
		if err := tx.run("INSERT INTO deliverable (id, project_id, milestone_id, name, description, created_by, created_at) VALUES (?,?,?,?,?,?,?)",
			id, project, clean.milestone, clean.Name, clean.Description, actor.ID, tx.now); err != nil {
			return err
		}
		if err := tx.linkTasks(id, clean.tasks); err != nil {
			return err
		}
		return tx.touch(project, false)
	})
	return id, err
}

// EditDeliverable changes the text and the links of a deliverable, not what was
// delivered. A version that is not the stored one is Conflict with the stored text.
func (s *Store) EditDeliverable(actor Actor, id ID, form DeliverableForm) error {
	return s.write(func(tx *Tx) error {
		of, err := tx.workDeliverable(actor, id)
		if err != nil {
			return err
		}
		if form.Version != of.Version {
			return &Conflict{Version: of.Version, Theirs: map[string]string{"name": of.Name, "description": of.Description}}
		}
		clean, err := tx.cleanDeliverable(of.ProjectID, form)
		if err != nil {
			return err
		}
		before, err := tx.linkedForClients(id)
		if err != nil {
			return err
		}
		if err := tx.must("UPDATE deliverable SET name = ?, description = ?, milestone_id = ?, version = version + 1 WHERE id = ?",
			clean.Name, clean.Description, clean.milestone, id); err != nil {
			return err
		}
		if err := tx.run("DELETE FROM deliverable_task WHERE deliverable_id = ?", id); err != nil {
			return err
		}
		if err := tx.linkTasks(id, clean.tasks); err != nil {
			return err
		}
		after, err := tx.linkedForClients(id)
		if err != nil {
			return err
		}
		return tx.touch(of.ProjectID, of.Delivered && (clean.Name != of.Name || clean.Description != of.Description || clean.milestone != of.MilestoneID || after != before))
	})
}

// linkedForClients are the tasks of a deliverable that clients see.
func (tx *Tx) linkedForClients(deliverable ID) (string, error) {
	return value[string](tx, `SELECT coalesce(group_concat(t.id, ' ' ORDER BY t.id), '') FROM deliverable_task w
		JOIN task t ON t.id = w.task_id AND t.private = 0 AND t.archived_at IS NULL WHERE w.deliverable_id = ?`, deliverable)
}

// DeleteDeliverable takes a deliverable away with what is being prepared of it, as
// long as nothing was delivered: what clients were given stays.
func (s *Store) DeleteDeliverable(actor Actor, id ID) error {
	return s.write(func(tx *Tx) error {
		of, err := tx.workDeliverable(actor, id)
		if err != nil {
			return err
		}
		if of.Delivered {
			return invalid("deliverable", "deliverable.delivered")
		}
		if err := tx.must("DELETE FROM deliverable WHERE id = ?", id); err != nil {
			return err
		}
		return tx.touch(of.ProjectID, false)
	})
}

// workDeliverable reads a deliverable that the actor may change.
func (tx *Tx) workDeliverable(actor Actor, id ID) (deliverableOf, error) {
	of, err := one(tx, func(d *deliverableOf) []any {
		return []any{&d.ID, &d.ProjectID, &d.MilestoneID, &d.Name, &d.Description, &d.Version, &d.Delivered}
	}, `SELECT d.id, d.project_id, d.milestone_id, d.name, d.description, d.version,
		EXISTS (SELECT 1 FROM deliverable_version n WHERE n.deliverable_id = d.id AND n.delivered_at IS NOT NULL) FROM deliverable d WHERE d.id = ?`, id)
	if err != nil {
		return of, err
	}
	return of, tx.mayWork(actor, of.ProjectID)
}

type cleanedDeliverable struct {
	DeliverableForm
	milestone ID
	tasks     []ID
}

func (tx *Tx) cleanDeliverable(project ID, form DeliverableForm) (c cleanedDeliverable, err error) {
	c.DeliverableForm = form
	if c.Name, err = cleanLine("name", form.Name, 200); err != nil {
		return c, err
	}
	if c.Name == "" {
		return c, invalid("name", "deliverable.name-empty")
	}
	if c.Description, err = cleanText("description", form.Description, 20000); err != nil {
		return c, err
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
	if c.tasks, err = parseIDs(form.Tasks); err != nil {
		return c, invalid("tasks", "choice.unknown")
	}
	list, err := jsonIDs(c.tasks)
	if err != nil {
		return c, err
	}
	known, err := value[int](tx, "SELECT count(*) FROM json_each(?) j JOIN task t ON t.id = j.value AND t.project_id = ?", list, project)
	if err == nil && known != len(c.tasks) {
		err = invalid("tasks", "choice.unknown")
	}
	return c, err
}

// parseIDs reads the ids of a form's list, each once, in its order.
func parseIDs(texts []string) ([]ID, error) {
	ids, seen := make([]ID, 0, len(texts)), map[ID]bool{}
	for _, text := range texts {
		id, err := ParseID(text)
		if err != nil {
			return nil, err
		}
		if !seen[id] {
			ids, seen[id] = append(ids, id), true
		}
	}
	return ids, nil
}

func (tx *Tx) linkTasks(deliverable ID, tasks []ID) error {
	list, err := jsonIDs(tasks)
	if err != nil {
		return err
	}
	return tx.run("INSERT OR IGNORE INTO deliverable_task (deliverable_id, task_id) SELECT ?, value FROM json_each(?)", deliverable, list)
}
