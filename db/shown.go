package db

// What clients notice. A change that they do not see must not raise their
// version: the hidden would tell of itself by waking their pages.

// face is what clients see of a task, as one text: while it stays the same,
// nothing has changed for them.
func (tx *Tx) face(task ID) (string, error) {
	return value[string](tx, `SELECT json_array(CASE WHEN t.client_title <> '' THEN t.client_title ELSE t.title END,
			t.description, t.acceptance, t.priority, t.estimate_minutes, t.starts_on, t.due_on, t.milestone_id,
			(SELECT json_group_array(person_id) FROM (SELECT a.person_id FROM task_assignee a JOIN membership m ON m.person_id = a.person_id AND m.project_id = t.project_id
				WHERE a.task_id = t.id ORDER BY a.person_id)),
			(SELECT json_group_array(id) FROM (SELECT l.id FROM task_label tl JOIN label l ON l.id = tl.label_id AND l.client_visible = 1 WHERE tl.task_id = t.id ORDER BY l.id)),
			(SELECT json_group_array(needs_id) FROM (SELECT n.needs_id FROM task_need n JOIN task o ON o.id = n.needs_id AND o.project_id = t.project_id AND o.private = 0 AND o.archived_at IS NULL WHERE n.task_id = t.id ORDER BY n.needs_id)))
		FROM task t WHERE t.id = ?`, task)
}

// labelShown says whether clients notice a change of a label: it marks a task
// that they see, and is for clients before or after the change.
func (tx *Tx) labelShown(id ID, after bool) (bool, error) {
	return value[bool](tx, `SELECT EXISTS (SELECT 1 FROM label l JOIN task_label tl ON tl.label_id = l.id
		JOIN task t ON t.id = tl.task_id AND t.private = 0 AND t.archived_at IS NULL WHERE l.id = ? AND (l.client_visible = 1 OR ?))`, id, after)
}

// touchColumn raises the clients' version when they see a task of the column:
// of the columns themselves they see nothing.
func (tx *Tx) touchColumn(column Column) error {
	shown, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM task WHERE column_id = ? AND private = 0 AND archived_at IS NULL)", column.ID)
	if err != nil {
		return err
	}
	return tx.touch(column.ProjectID, shown)
}

// shownPeople are the people of a project as its clients read them, with the
// tasks that they are shown on, as one text. Without a client it is "".
func (tx *Tx) shownPeople(project ID) (string, error) {
	return value[string](tx, "SELECT "+shownLines("?1"), project)
}

// projectsOf are the projects of a company, for shownWhere.
const projectsOf = "SELECT id FROM project WHERE company_id = ?"

// shownWhere is shownPeople of all the projects that a query with one argument
// names, by project.
func (tx *Tx) shownWhere(projects string, of any) (map[ID]string, error) {
	type shown struct {
		project ID
		people  string
	}
	list, err := all(tx, func(p *shown) []any { return []any{&p.project, &p.people} },
		"SELECT q.id, "+shownLines("q.id")+" FROM ("+projects+") q", of)
	people := make(map[ID]string, len(list))
	for _, p := range list {
		people[p.project] = p.people
	}
	return people, err
}

func shownLines(project string) string {
	return `(SELECT coalesce(group_concat(line), '') FROM (
		SELECT DISTINCT v.viewer_id || ' ' || coalesce(n.shown_id, '') || n.name || CASE WHEN n.shown_id IS NOT NULL THEN m.role ELSE '' END AS line
		FROM visible_person_client v JOIN shown_person_client n ON n.project_id = v.project_id AND n.person_id = v.person_id
		JOIN membership m ON m.project_id = v.project_id AND m.person_id = v.person_id WHERE v.project_id = ` + project + `
		UNION SELECT v.viewer_id || ' ' || a.task_id || ' ' || coalesce(n.shown_id, '') FROM visible_person_client v
		JOIN shown_person_client n ON n.project_id = v.project_id AND n.person_id = v.person_id
		JOIN task_assignee a ON a.person_id = v.person_id JOIN task t ON t.id = a.task_id AND t.project_id = v.project_id AND t.private = 0 AND t.archived_at IS NULL
		WHERE v.project_id = ` + project + ` ORDER BY 1))`
}

// touchPeople raises the versions after somebody came, left or changed role: the
// clients' when they read other people than before.
func (tx *Tx) touchPeople(project ID, before string) error {
	after, err := tx.shownPeople(project)
	if err != nil {
		return err
	}
	if err := tx.touch(project, after != before); err != nil {
		return err
	}
	return tx.touchAuthority()
}

// touchShown does the same for all projects of shownWhere.
func (tx *Tx) touchShown(before map[ID]string) error {
	every := make([]ID, 0, len(before))
	for project := range before {
		every = append(every, project)
	}
	list, err := jsonIDs(every)
	if err != nil {
		return err
	}
	after, err := tx.shownWhere("SELECT value AS id FROM json_each(?)", list)
	if err != nil {
		return err
	}
	var differ []ID
	for project, people := range after {
		if people != before[project] {
			differ = append(differ, project)
		}
	}
	if err := tx.touchAll(every, differ); err != nil {
		return err
	}
	return tx.touchAuthority()
}

// touchAll raises the team's version of projects, and the clients' of those where
// something changed for them.
func (tx *Tx) touchAll(projects, clients []ID) error {
	every, err := jsonIDs(projects)
	if err != nil {
		return err
	}
	some, err := jsonIDs(clients)
	if err != nil {
		return err
	}
	return tx.run(`UPDATE project SET team_version = team_version + 1, client_version = client_version + (id IN (SELECT value FROM json_each(?2)))
		WHERE id IN (SELECT value FROM json_each(?1))`, every, some)
}

// shownNames are the projects that tell of a person, with what their clients
// read as the name: a member, somebody who said something, or who did. It has to
// look through all that was said and done, so nobody asks when the name is the same.
func (tx *Tx) shownNames(person ID, same bool) (map[ID]string, error) {
	if same {
		return nil, nil
	}
	type shown struct {
		project ID
		name    string
		clients bool
	}
	list, err := all(tx, func(n *shown) []any { return []any{&n.project, &n.name, &n.clients} },
		"SELECT n.project_id, n.name, "+toldClients+toldOf, person)
	names := make(map[ID]string, len(list))
	for _, n := range list {
		if names[n.project] = ""; n.clients {
			names[n.project] = n.name
		}
	}
	return names, err
}

// touchNames raises the versions of these projects after a change of the name:
// the clients' where they read another one than before.
func (tx *Tx) touchNames(person ID, same bool, before map[ID]string) error {
	after, err := tx.shownNames(person, same)
	if err != nil {
		return err
	}
	var every, differ []ID
	for project, name := range after {
		if every = append(every, project); name != before[project] {
			differ = append(differ, project)
		}
	}
	return tx.touchAll(every, differ)
}

// toldClients says whether clients read of a person (?1) in a project, toldOf
// which projects tell of them at all.
const (
	toldClients = `(EXISTS (SELECT 1 FROM visible_person_client v WHERE v.project_id = n.project_id AND v.person_id = n.person_id)
			OR EXISTS (SELECT 1 FROM reply r WHERE r.project_id = n.project_id AND r.author_id = n.person_id)
			OR EXISTS (SELECT 1 FROM event e WHERE e.project_id = n.project_id AND e.actor_id = n.person_id AND e.audience = 'client'))`
	toldOf = ` FROM (SELECT project_id FROM membership WHERE person_id = ?1 UNION SELECT project_id FROM reply WHERE author_id = ?1
			UNION SELECT project_id FROM event WHERE actor_id = ?1) j
		JOIN shown_person_client n ON n.project_id = j.project_id AND n.person_id = ?1`
)
