package db

// Hold is the open decision that a task waits for. Mine says that the viewer has to
// answer it now; otherwise Deciders are those who still have to, in order.
type Hold struct {
	TaskID, DecisionID ID
	Mode               string
	Mine               bool
	Deciders           []string
}

// Holds says which tasks wait for an open decision: in one project, or in all (0). Of
// several the one that waits for the viewer counts.
func (g *Glass) Holds(project ID) (map[ID]Hold, error) {
	type line struct {
		Hold
		decider string
	}
	list, err := all(g, func(l *line) []any { return []any{&l.TaskID, &l.DecisionID, &l.Mode, &l.Mine, &l.decider} },
		`SELECT w.task_id, e.id, e.mode, e.may_decide, coalesce(x.name, '') FROM client_decision_task w JOIN client_decision e ON e.id = w.decision_id AND e.state = 'asked'
		LEFT JOIN client_decider x ON x.decision_id = e.id AND x.answered = 0 WHERE ?1 IS NULL OR w.project_id = ?1 ORDER BY e.may_decide DESC, e.id, x.position, x.person_id`, project)
	holds := make(map[ID]Hold, len(list))
	for _, l := range list {
		hold, known := holds[l.TaskID]
		if known && hold.DecisionID != l.DecisionID {
			continue
		}
		if !known {
			hold = l.Hold
		}
		if l.decider != "" {
			hold.Deciders = append(hold.Deciders, l.decider)
		}
		holds[l.TaskID] = hold
	}
	return holds, err
}

// StillToAnswer names those who still have to answer the open decisions of a project,
// by decision and in order.
func (g *Glass) StillToAnswer(project ID) (map[ID][]string, error) {
	type line struct {
		decision ID
		name     string
	}
	list, err := all(g, func(l *line) []any { return []any{&l.decision, &l.name} }, `SELECT x.decision_id, x.name FROM client_decision e
		JOIN client_decider x ON x.decision_id = e.id AND x.answered = 0 WHERE e.state = 'asked' AND e.project_id = ? ORDER BY x.position, x.person_id`, project)
	names := make(map[ID][]string, len(list))
	for _, l := range list {
		names[l.decision] = append(names[l.decision], l.name)
	}
	return names, err
}

// HeldUp are the titles of the tasks that wait for what the viewer has to answer now,
// by decision: in the projects of one company, or in all (0).
func (g *Glass) HeldUp(company ID) (map[ID][]string, error) {
	type line struct {
		decision ID
		title    string
	}
	list, err := all(g, func(l *line) []any { return []any{&l.decision, &l.title} }, `SELECT e.id, t.title FROM client_decision e JOIN client_project p ON p.id = e.project_id
		JOIN client_decision_task w ON w.decision_id = e.id JOIN client_task t ON t.id = w.task_id WHERE e.may_decide AND (?1 IS NULL OR p.company_id = ?1) ORDER BY t.due_on IS NULL, t.due_on, t.title, t.id`, company)
	titles := make(map[ID][]string, len(list))
	for _, l := range list {
		titles[l.decision] = append(titles[l.decision], l.title)
	}
	return titles, err
}

// HeldBy are the tasks that wait, or waited, for a decision: what is on a list of them.
func (g *Glass) HeldBy(decision ID) ([]ClientTask, error) {
	return all(g, func(t *ClientTask) []any { return []any{&t.ID, &t.ProjectID, &t.Title, &t.Kind, &t.Label, &t.DueOn} },
		`SELECT t.id, t.project_id, t.title, t.kind, t.label, t.due_on FROM client_decision_task w JOIN client_task t ON t.id = w.task_id
		WHERE w.decision_id = ? ORDER BY t.due_on IS NULL, t.due_on, t.title, t.id`, decision)
}

// Waits is how many answers and tasks the viewer owes now: at one company, or at all (0).
func (g *Glass) Waits(company ID) (int, error) {
	return value[int](g, `SELECT (SELECT count(e.id) FROM client_decision e JOIN client_project p ON p.id = e.project_id WHERE e.may_decide AND (?1 IS NULL OR p.company_id = ?1))
		+ (SELECT count(t.id) FROM client_task t JOIN client_project p ON p.id = t.project_id AND p.archived = 0 WHERE t.mine AND t.kind <> 'done' AND (?1 IS NULL OR p.company_id = ?1))`, company)
}

// ClientAnswer is an answer to a decision as it stands, in a list.
type ClientAnswer struct {
	DecisionID              ID
	Person, Outcome, Option string
	At                      Time
}

// Answers are those to the decisions of a project, oldest first.
func (g *Glass) Answers(project ID) (map[ID][]ClientAnswer, error) {
	list, err := all(g, func(a *ClientAnswer) []any { return []any{&a.DecisionID, &a.Person, &a.Outcome, &a.Option, &a.At} },
		`SELECT e.id, coalesce(s.person, ''), s.outcome, coalesce(o.title, ''), s.at FROM client_decision e JOIN client_signoff s ON s.decision_id = e.id AND s.edition = e.edition
		LEFT JOIN client_decision_option o ON o.decision_id = e.id AND o.id = s.option_id WHERE e.project_id = ? ORDER BY s.at, s.id`, project)
	answers := make(map[ID][]ClientAnswer, len(list))
	for _, a := range list {
		answers[a.DecisionID] = append(answers[a.DecisionID], a)
	}
	return answers, err
}

// Wordings are what was asked each time, oldest first, with what was offered and the
// tasks that a change would make.
func (g *Glass) Wordings(decision ID) ([]Wording, error) {
	editions, err := g.Editions(decision)
	if err != nil {
		return nil, err
	}
	options, err := all(g, optionFields, "SELECT "+optionColumns+" FROM client_decision_option o WHERE o.decision_id = ? ORDER BY o.edition, o.position", decision)
	if err != nil {
		return nil, err
	}
	type task struct {
		edition int
		title   string
	}
	tasks, err := all(g, func(t *task) []any { return []any{&t.edition, &t.title} }, "SELECT edition, title FROM client_change_task WHERE decision_id = ? ORDER BY edition, position", decision)
	list := make([]Wording, len(editions))
	for i, edition := range editions {
		list[i].Edition = edition
		for _, o := range options {
			if o.Edition == edition.Number {
				list[i].Options = append(list[i].Options, o)
			}
		}
		for _, t := range tasks {
			if t.edition == edition.Number {
				list[i].NewTasks = append(list[i].NewTasks, t.title)
			}
		}
	}
	return list, err
}
