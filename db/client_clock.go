package db

// ClientClock is with whom a thread lies, as clients see it: since when, and until
// when the team promises to answer. What is urgent goes the way that Urgent says.
type ClientClock struct {
	LiesWith     string
	Since, DueAt Time
	Late         bool // the promise has passed
	Urgent       string
}

// Clock says with whom a thread lies. In an archived project nobody's turn is told.
func (g *Glass) Clock(thread ID) (ClientClock, error) {
	return one(g, func(c *ClientClock) []any { return []any{&c.LiesWith, &c.Since, &c.DueAt, &c.Late, &c.Urgent} },
		`SELECT CASE p.archived WHEN 0 THEN t.lies_with ELSE '' END, t.since, t.due_at, t.late, coalesce((SELECT w.value FROM client_workspace w WHERE w.key = 'urgent.text'), '')
		FROM client_thread t JOIN client_project p ON p.id = t.project_id WHERE t.id = ?`, thread)
}

// ClientWaiting is a thread in which the team has the next word.
type ClientWaiting struct {
	ClientThread
	Title, Project string
}

// Waiting are the threads in which the viewer's company waits for the team, or
// those of all their companies (0), the oldest promise first.
func (g *Glass) Waiting(company ID, limit int) ([]ClientWaiting, error) {
	return all(g, func(w *ClientWaiting) []any { return append(clientThreadFields(&w.ClientThread), &w.Title, &w.Project) },
		"SELECT "+clientThreadColumns+`, coalesce(k.title, m.name, q.question, l.name, b.name, p.name), p.name FROM client_thread t JOIN client_project p ON p.id = t.project_id AND p.archived = 0
		LEFT JOIN client_task k ON k.id = t.task_id LEFT JOIN client_milestone m ON m.id = t.milestone_id LEFT JOIN client_decision q ON q.id = t.decision_id LEFT JOIN client_deliverable l ON l.id = t.deliverable_id LEFT JOIN client_budget b ON b.id = t.id
		WHERE t.lies_with = 'team' AND (?1 IS NULL OR p.company_id = ?1) ORDER BY t.due_at IS NULL, t.due_at, t.since, t.id LIMIT ?2`, company, limit)
}
