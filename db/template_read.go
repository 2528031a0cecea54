package db

import (
	"cmp"
	"slices"
)

// mouldOf reads a project, or a template, as a mould. A project that is under way is
// read as if it had not begun: what is done or being done goes back to where new work
// goes, by its dates, and nothing is ticked or reached. What was put aside is left out.
func mouldOf(r source, project ID) (Mould, error) {
	p, err := one(r, func(p *Project) []any {
		return []any{&p.Name, &p.Description, &p.Internal, &p.TeamShown, &p.NewTasksPrivate, &p.StartsOn, &p.EndsOn}
	}, `SELECT name, description, internal_description, team_shown, new_tasks_private,
		coalesce(starts_on, (SELECT min(day) FROM (SELECT starts_on AS day FROM milestone WHERE project_id = ?1 UNION ALL SELECT due_on FROM milestone WHERE project_id = ?1
			UNION ALL SELECT starts_on FROM task WHERE project_id = ?1 AND archived_at IS NULL UNION ALL SELECT due_on FROM task WHERE project_id = ?1 AND archived_at IS NULL))),
		ends_on FROM project WHERE id = ?1`, project)
	if err != nil {
		return Mould{}, err
	}
	m := &moulding{source: r, project: project, start: p.StartsOn, Mould: Mould{Name: p.Name, Description: p.Description, Internal: p.Internal,
		TeamShown: p.TeamShown, NewTasksPrivate: p.NewTasksPrivate}}
	if p.EndsOn >= p.StartsOn {
		m.Ends = p.EndsOn.since(p.StartsOn)
	}
	for _, step := range []func() error{m.readColumns, m.readLabels, m.readMilestones, m.readTasks, m.readMarks, m.readItems, m.readSwitches} {
		if err := step(); err != nil {
			return Mould{}, err
		}
	}
	return m.Mould, nil
}

// moulding is one project being read; the maps say at which place a row stands.
type moulding struct {
	Mould
	source                             source
	project                            ID
	start                              Date
	columns, labels, milestones, tasks map[ID]int
}

func (m *moulding) readColumns() error {
	list, err := all(m.source, columnFields, "SELECT "+columnColumns+" FROM board_column c WHERE c.project_id = ? ORDER BY c.position, c.id", m.project)
	m.columns = map[ID]int{}
	for i, c := range list {
		m.columns[c.ID] = i
		m.Columns = append(m.Columns, MouldColumn{c.Name, c.Kind, c.ClientLabel})
	}
	return err
}

func (m *moulding) readLabels() error {
	list, err := all(m.source, labelFields, "SELECT 0, id, name, color, client_visible FROM label WHERE project_id = ? ORDER BY name COLLATE NOCASE, name, color, client_visible, id", m.project)
	m.labels = map[ID]int{}
	for i, l := range list {
		m.labels[l.ID] = i
		m.Labels = append(m.Labels, MouldLabel{l.Name, l.Color, l.ClientVisible})
	}
	return err
}

func (m *moulding) readMilestones() error {
	list, err := all(m.source, func(s *Milestone) []any { return []any{&s.ID, &s.Name, &s.StartsOn, &s.DueOn, &s.Gate} },
		"SELECT id, name, starts_on, due_on, gate FROM milestone WHERE project_id = ? ORDER BY position, id", m.project)
	m.milestones = map[ID]int{}
	for i, s := range list {
		m.milestones[s.ID] = i
		m.Milestones = append(m.Milestones, MouldMilestone{s.Name, s.StartsOn.since(m.start), s.DueOn.since(m.start), s.Gate})
	}
	return err
}

func (m *moulding) readTasks() error {
	list, err := all(m.source, func(t *Task) []any {
		return []any{&t.ID, &t.ColumnID, &t.MilestoneID, &t.Title, &t.ClientTitle, &t.Description, &t.Internal, &t.Acceptance, &t.Priority, &t.Size, &t.Private, &t.Estimate, &t.StartsOn, &t.DueOn, &t.Kind}
	}, `SELECT t.id, t.column_id, t.milestone_id, t.title, t.client_title, t.description, t.internal_details, t.acceptance, t.priority, t.size, t.private, coalesce(t.estimate_minutes, 0), t.starts_on, t.due_on, c.kind
		FROM task t JOIN board_column c ON c.id = t.column_id WHERE t.project_id = ? AND t.archived_at IS NULL ORDER BY c.position, c.id, t.position, t.id`, m.project)
	if err != nil {
		return err
	}
	list = m.anew(list)
	m.tasks = map[ID]int{}
	for i, t := range list {
		task := MouldTask{Title: t.Title, ClientTitle: t.ClientTitle, Description: t.Description, Internal: t.Internal, Acceptance: t.Acceptance, Priority: t.Priority, Size: t.Size,
			Private: t.Private, Estimate: t.Estimate, Starts: t.StartsOn.since(m.start), Due: t.DueOn.since(m.start), Column: m.columns[t.ColumnID]}
		if at, some := m.milestones[t.MilestoneID]; some {
			task.Milestone = &at
		}
		m.tasks[t.ID] = i
		m.Tasks = append(m.Tasks, task)
	}
	return nil
}

// anew puts tasks that are not to do where new work goes. That column is then in the
// order of dates: on the board the work that was done first stands last.
func (m *moulding) anew(list []Task) []Task {
	first := slices.IndexFunc(m.Columns, func(c MouldColumn) bool { return c.Kind == Todo })
	if first < 0 || !slices.ContainsFunc(list, func(t Task) bool { return t.Kind != Todo }) {
		return list
	}
	for id, at := range m.columns {
		if at != first {
			continue
		}
		for i := range list {
			if list[i].Kind != Todo {
				list[i].ColumnID = id
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Task) int {
		at, other := m.columns[a.ColumnID], m.columns[b.ColumnID]
		if at != other || at != first {
			return cmp.Compare(at, other)
		}
		return cmp.Compare(lastDay(a), lastDay(b))
	})
	return list
}

// lastDay sorts a task by its end, those without dates to the end.
func lastDay(t Task) Date {
	if day := cmp.Or(t.DueOn, t.StartsOn); day != "" {
		return day
	}
	return "~"
}

// readMarks reads which labels tasks carry, and what they wait for.
func (m *moulding) readMarks() error {
	fields := func(n *Need) []any { return []any{&n.TaskID, &n.NeedsID} }
	labels, err := all(m.source, fields, "SELECT tl.task_id, tl.label_id FROM task_label tl JOIN task t ON t.id = tl.task_id WHERE t.project_id = ?", m.project)
	if err != nil {
		return err
	}
	needs, err := all(m.source, fields, "SELECT n.task_id, n.needs_id FROM task t CROSS JOIN task_need n ON n.task_id = t.id WHERE t.project_id = ?", m.project)
	for _, n := range labels {
		task, known := m.tasks[n.TaskID]
		if label, here := m.labels[n.NeedsID]; known && here {
			m.Tasks[task].Labels = append(m.Tasks[task].Labels, label)
		}
	}
	for _, n := range needs {
		task, known := m.tasks[n.TaskID]
		if other, here := m.tasks[n.NeedsID]; known && here {
			m.Tasks[task].Needs = append(m.Tasks[task].Needs, other)
		}
	}
	for _, task := range m.Tasks {
		slices.Sort(task.Labels)
		slices.Sort(task.Needs)
	}
	return err
}

func (m *moulding) readItems() error {
	list, err := all(m.source, func(i *ChecklistItem) []any { return []any{&i.TaskID, &i.Heading, &i.Text} },
		"SELECT i.task_id, i.heading, i.text FROM checklist_item i JOIN task t ON t.id = i.task_id WHERE t.project_id = ? ORDER BY i.task_id, i.position, i.id", m.project)
	for _, i := range list {
		if task, known := m.tasks[i.TaskID]; known {
			m.Tasks[task].Items = append(m.Tasks[task].Items, MouldItem{i.Heading, i.Text})
		}
	}
	return err
}

func (m *moulding) readSwitches() (err error) {
	m.Switches, err = all(m.source, func(s *MouldSwitch) []any { return []any{&s.Name, &s.On} },
		"SELECT name, is_on FROM feature WHERE scope = 'project' AND scope_id = ? ORDER BY name", int64(m.project))
	return err
}
