package cli

import (
	"cmp"
	"fmt"
	"strconv"

	"vitrine/db"
)

// demoTask is a task of the demo. Days count from today; 0 in started or done
// means not yet.
type demoTask struct {
	title, milestone, who      string
	hours                      int
	starts, due, started, done int
	after                      string // the task that has to be done before, by its title
	priority, label            string
	private                    bool
	description, acceptance    string
	internal                   string
	items                      []string // "x " stands before those that are done
	second                     string
}

// plan adds the tasks of a project as its leader would: made private, filled in,
// then shown together. Later each is started and finished on its day.
func (d *demo) plan(project string, day int, tasks []demoTask) {
	katerina := func() db.Actor { return d.people["Katerina"] }
	for _, task := range tasks {
		d.on(day, "10:00", func() error {
			id, err := d.store.AddTask(katerina(), d.projects[project], db.NewTask{Title: task.title, Column: db.Todo, Shown: "private"})
			d.tasks[task.title] = id
			if err != nil {
				return fmt.Errorf("%s: %w", task.title, err)
			}
			return d.fillIn(project, task)
		})
		if task.started != 0 {
			d.on(task.started, "09:40", d.move(task.title, task.who, db.Doing))
		}
		if task.done != 0 {
			d.on(task.done, "16:30", d.move(task.title, task.who, db.Done))
		}
	}
	d.on(day+1, "09:30", func() error {
		var shown []db.ID
		for _, task := range tasks {
			if !task.private {
				shown = append(shown, d.tasks[task.title])
			}
		}
		return d.store.ShowTasks(katerina(), d.projects[project], shown)
	})
}

func (d *demo) move(task, who, column string) func() error {
	return func() error {
		_, err := d.store.MoveTask(d.people[who], d.tasks[task], column, 0)
		return err
	}
}

// fillIn writes all of a task's fields.
func (d *demo) fillIn(project string, task demoTask) error {
	id := d.tasks[task.title]
	err := d.change(task.title, "Katerina", func(form *db.TaskForm) error {
		form.Description, form.Acceptance, form.Internal, form.Priority = task.description, task.acceptance, task.internal, task.priority
		form.DueOn = d.date(task.due)
		if starts := cmp.Or(task.starts, task.started); starts != 0 {
			form.StartsOn = d.date(starts)
		}
		form.Need = task.after
		if task.hours > 0 {
			form.Estimate = strconv.Itoa(task.hours * 60)
		}
		for _, who := range []string{task.who, task.second} {
			if who != "" {
				form.Assignees = append(form.Assignees, d.people[who].ID.String())
			}
		}
		return d.see(func(v *db.Viewer) error {
			milestones, err := v.Milestones(d.projects[project])
			if err != nil {
				return err
			}
			for _, m := range milestones {
				if m.Name == task.milestone {
					form.Milestone = m.ID.String()
				}
			}
			labels, err := v.ProjectLabels(d.projects[project])
			for _, l := range labels {
				if l.Name == task.label {
					form.Labels = append(form.Labels, l.ID.String())
				}
			}
			return err
		})
	})
	if err != nil {
		return fmt.Errorf("%s: %w", task.title, err)
	}
	return d.addItems(id, task.items)
}

// change edits a task as somebody who opened its form just now.
func (d *demo) change(title, who string, edit func(*db.TaskForm) error) error {
	var task db.Task
	var needs []db.Needed
	if err := d.see(func(v *db.Viewer) (err error) {
		if task, err = v.Task(d.tasks[title]); err == nil {
			needs, err = v.NeededBy(task.ID)
		}
		return err
	}); err != nil {
		return err
	}
	form := db.TaskForm{Title: task.Title, ClientTitle: task.ClientTitle, Description: task.Description, Internal: task.Internal, Acceptance: task.Acceptance,
		Priority: task.Priority, Size: task.Size, StartsOn: string(task.StartsOn), DueOn: string(task.DueOn), Version: task.Version}
	if task.Estimate > 0 {
		form.Estimate = strconv.FormatInt(task.Estimate, 10)
	}
	if task.MilestoneID != 0 {
		form.Milestone = task.MilestoneID.String()
	}
	for _, person := range task.Assignees {
		form.Assignees = append(form.Assignees, person.ID.String())
	}
	for _, label := range task.Labels {
		form.Labels = append(form.Labels, label.ID.String())
	}
	for _, need := range needs {
		form.Needs = append(form.Needs, need.ID.String())
	}
	if err := edit(&form); err != nil {
		return err
	}
	return d.store.EditTask(d.people[who], task.ID, form)
}

func (d *demo) addItems(task db.ID, items []string) error {
	ticked := map[string]bool{}
	for _, item := range items {
		text := item
		if len(item) > 2 && item[:2] == "x " {
			text = item[2:]
			ticked[text] = true
		}
		if err := d.store.AddItem(d.people["Katerina"], task, text); err != nil {
			return err
		}
	}
	var list []db.ChecklistItem
	if err := d.see(func(v *db.Viewer) (err error) { list, err = v.Checklist(task); return err }); err != nil {
		return err
	}
	for _, item := range list {
		if ticked[item.Text] {
			if _, err := d.store.TickItem(d.people["Katerina"], item.ID, true); err != nil {
				return err
			}
		}
	}
	return nil
}

// reply says something that the client reads, note something that only the team does.
func (d *demo) reply(day int, clock, who, task, body string) {
	d.on(day, clock, func() error {
		return d.say(who, d.tasks[task], body)
	})
}

// say is a reply in any conversation. What the team said in the past was sent then.
func (d *demo) say(who string, thread db.ID, body string) error {
	id, err := d.store.AddReply(d.people[who], thread, body)
	if err != nil || d.people[who].Side == db.Client {
		return err
	}
	_, err = d.store.SendNow(d.people[who], id)
	return err
}

func (d *demo) note(day int, clock, who, task, body string) {
	d.on(day, clock, func() error {
		_, err := d.store.AddNote(d.people[who], d.tasks[task], body)
		return err
	})
}
