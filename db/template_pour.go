package db

import "slices"

// maxMould keeps what is poured at once at a size that a writer can do between others.
const maxMould = 2000

// plainMould is the board of a project that begins with nothing.
func plainMould(columns [3]string) Mould {
	m := Mould{TeamShown: "first"}
	for i, kind := range []string{Todo, Doing, Done} {
		m.Columns = append(m.Columns, MouldColumn{Name: columns[i], Kind: kind})
	}
	return m
}

// over keeps what somebody chose about the project: whoever wants new tasks private
// wants these private too.
func (m Mould) over(f ProjectForm) Mould {
	m.Tasks = slices.Clone(m.Tasks)
	for i := range m.Tasks {
		m.Tasks[i].Private = m.Tasks[i].Private || f.NewTasksPrivate
	}
	return m
}

// under fills a form in where it says nothing; what somebody wrote stays. New tasks are
// private where either says so, since that shows nobody anything.
func (m Mould) under(f ProjectForm) (ProjectForm, error) {
	if f.Description == "" {
		f.Description = m.Description
	}
	if f.Internal == "" {
		f.Internal = m.Internal
	}
	if f.TeamShown == "" {
		f.TeamShown = m.TeamShown
	}
	f.NewTasksPrivate = f.NewTasksPrivate || m.NewTasksPrivate
	start, ok := ParseDate(f.StartsOn)
	if !ok {
		return f, invalid("starts_on", "date.invalid")
	}
	if start == "" && m.Dated() {
		return f, invalid("starts_on", "template.start-missing")
	}
	for _, day := range m.days() {
		if _, ok := start.after(day); !ok {
			return f, invalid("starts_on", "template.too-far")
		}
	}
	if f.EndsOn == "" {
		ends, _ := start.after(m.Ends)
		f.EndsOn = string(ends)
	}
	return f, nil
}

// pouring is a mould becoming rows of a project; the lists hold the new ids in its order.
type pouring struct {
	Mould
	tx                                 *Tx
	project, actor                     ID
	start                              Date
	columns, labels, milestones, tasks []ID
}

// pour fills a new project. Its dates are known to be possible.
func (tx *Tx) pour(m Mould, project, actor ID, start Date) error {
	if len(m.Tasks) > maxMould {
		return invalid("template", "template.too-many", "Max", maxMould)
	}
	p := &pouring{Mould: m, tx: tx, project: project, actor: actor, start: start}
	for _, step := range []func() error{p.pourColumns, p.pourLabels, p.pourMilestones, p.pourTasks, p.pourNeeds, p.pourSwitches} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (p *pouring) day(days *int) Date {
	day, _ := p.start.after(days)
	return day
}

func (p *pouring) pourColumns() error {
	for i, c := range p.Columns {
		id := NewID()
		p.columns = append(p.columns, id)
		if err := p.tx.run("INSERT INTO board_column (id, project_id, name, kind, client_label, position) VALUES (?,?,?,?,?,?)",
			id, p.project, c.Name, c.Kind, c.ClientLabel, (i+1)*positionStep); err != nil {
			return err
		}
	}
	return nil
}

func (p *pouring) pourLabels() error {
	for _, l := range p.Labels {
		id := NewID()
		p.labels = append(p.labels, id)
		if err := p.tx.run("INSERT INTO label (id, project_id, name, color, client_visible) VALUES (?,?,?,?,?)", id, p.project, l.Name, l.Color, l.ClientVisible); err != nil {
			return err
		}
	}
	return nil
}

func (p *pouring) pourMilestones() error {
	for i, s := range p.Milestones {
		id := NewID()
		p.milestones = append(p.milestones, id)
		if err := p.tx.run("INSERT INTO milestone (id, project_id, name, starts_on, due_on, gate, position) VALUES (?,?,?,?,?,?,?)",
			id, p.project, s.Name, p.day(s.Starts), p.day(s.Due), s.Gate, (i+1)*positionStep); err != nil {
			return err
		}
	}
	return nil
}

func (p *pouring) pourTasks() error {
	for i, t := range p.Tasks {
		id := NewID()
		p.tasks = append(p.tasks, id)
		milestone, estimate, done := ID(0), any(nil), Time{}
		if t.Milestone != nil {
			milestone = p.milestones[*t.Milestone]
		}
		if t.Estimate > 0 {
			estimate = t.Estimate
		}
		if p.Columns[t.Column].Kind == Done { // a board that has nothing but columns for what is done
			done = p.tx.now
		}
		if err := p.tx.run(`INSERT INTO task (id, project_id, column_id, milestone_id, title, client_title, description, internal_details, acceptance, private, priority, size, estimate_minutes,
			starts_on, due_on, position, done_at, created_by, created_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
			id, p.project, p.columns[t.Column], milestone, t.Title, t.ClientTitle, t.Description, t.Internal, t.Acceptance, t.Private, t.Priority, t.Size, estimate,
			p.day(t.Starts), p.day(t.Due), (i+1)*positionStep, done, p.actor, p.tx.now); err != nil {
			return err
		}
		if err := p.pourParts(id, t); err != nil {
			return err
		}
	}
	return nil
}

// pourParts gives a task its labels and steps.
func (p *pouring) pourParts(task ID, t MouldTask) error {
	for _, label := range t.Labels {
		if err := p.tx.run("INSERT INTO task_label (task_id, label_id) VALUES (?,?)", task, p.labels[label]); err != nil {
			return err
		}
	}
	for i, item := range t.Items {
		if err := p.tx.run("INSERT INTO checklist_item (id, task_id, heading, text, position) VALUES (?,?,?,?,?)", NewID(), task, item.Heading, item.Text, (i+1)*positionStep); err != nil {
			return err
		}
	}
	return nil
}

func (p *pouring) pourNeeds() error {
	for i, t := range p.Tasks {
		for _, other := range t.Needs {
			if err := p.tx.run("INSERT INTO task_need (task_id, needs_id) VALUES (?,?)", p.tasks[i], p.tasks[other]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *pouring) pourSwitches() error {
	for _, s := range p.Switches {
		if err := p.tx.run("INSERT INTO feature (scope, scope_id, name, is_on) VALUES ('project', ?, ?, ?)", int64(p.project), s.Name, s.On); err != nil {
			return err
		}
	}
	return nil
}
