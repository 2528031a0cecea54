package db

// What publishing would reveal, and to whom: read by the team before it does so.

// Checklists are the checklists of several tasks, by task.
func (v *Viewer) Checklists(tasks []ID) (map[ID][]ChecklistItem, error) {
	list, err := jsonIDs(tasks)
	if err != nil {
		return nil, err
	}
	items, err := all(v.source, checklistFields, `SELECT i.id, i.task_id, i.heading, i.text, i.done FROM visible_checklist_item_team v JOIN checklist_item i ON i.id = v.checklist_item_id
		WHERE v.viewer_id = ? AND i.task_id IN (SELECT value FROM json_each(?)) ORDER BY i.position, i.id`, v.ID, list)
	checklists := make(map[ID][]ChecklistItem, len(tasks))
	for _, item := range items {
		checklists[item.TaskID] = append(checklists[item.TaskID], item)
	}
	return checklists, err
}

// Replies are what was said to clients on several tasks, by task, oldest first.
func (v *Viewer) Replies(tasks []ID) (map[ID][]Comment, error) {
	list, err := jsonIDs(tasks)
	if err != nil {
		return nil, err
	}
	type line struct {
		task ID
		Comment
	}
	lines, err := all(v.source, func(l *line) []any {
		return []any{&l.task, &l.ID, &l.Body, &l.AuthorID, &l.Author, &l.Side, &l.At}
	}, `SELECT r.thread_id, r.id, r.body, p.id, p.name, p.side, r.created_at FROM visible_reply_team v JOIN reply r ON r.id = v.reply_id JOIN person p ON p.id = r.author_id
		WHERE v.viewer_id = ? AND r.released_at IS NOT NULL AND r.thread_id IN (SELECT value FROM json_each(?)) AND r.deleted_at IS NULL ORDER BY r.created_at, r.id`, v.ID, list)
	replies := make(map[ID][]Comment, len(tasks))
	for _, l := range lines {
		replies[l.task] = append(replies[l.task], l.Comment)
	}
	return replies, err
}

// ShownAs are the names by which a project shows its people to its clients, by
// person: "" is the team as one. Who is missing is not shown.
func (v *Viewer) ShownAs(project ID) (map[ID]string, error) {
	type line struct {
		id   ID
		name string
	}
	lines, err := all(v.source, func(l *line) []any { return []any{&l.id, &l.name} },
		`SELECT n.person_id, n.name FROM visible_project_team v JOIN membership m ON m.project_id = v.project_id
		JOIN shown_person_client n ON n.project_id = v.project_id AND n.person_id = m.person_id
		JOIN person p ON p.id = m.person_id AND p.active = 1
		WHERE v.viewer_id = ?1 AND v.project_id = ?2
		AND (m.role <> 'client' OR EXISTS (SELECT 1 FROM visible_project_client c WHERE c.viewer_id = m.person_id AND c.project_id = ?2))`, v.ID, project)
	names := make(map[ID]string, len(lines))
	for _, l := range lines {
		names[l.id] = l.name
	}
	return names, err
}

// Rights are what each client of a project may do there, by person.
func (v *Viewer) Rights(project ID) (map[ID][]string, error) {
	type line struct {
		id    ID
		right string
	}
	lines, err := all(v.source, func(l *line) []any { return []any{&l.id, &l.right} },
		`SELECT c.person_id, r.right FROM visible_project_team v JOIN project pr ON pr.id = v.project_id
		JOIN membership m ON m.project_id = pr.id AND m.role = 'client'
		JOIN contact c ON c.company_id = pr.company_id AND c.person_id = m.person_id AND c.active = 1
		JOIN company co ON co.id = c.company_id AND co.status = 'active'
		JOIN client_role_right r ON r.role_id = c.role_id WHERE v.viewer_id = ? AND pr.id = ? ORDER BY c.person_id, r.right`, v.ID, project)
	rights := map[ID][]string{}
	for _, l := range lines {
		rights[l.id] = append(rights[l.id], l.right)
	}
	return rights, err
}
