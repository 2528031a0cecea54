package portal

import (
	"net/url"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

const (
	logAtOnce  = 50
	filesShown = 500
)

// taskStates are what a list of tasks can be narrowed to, as clients read it.
var taskStates = []string{"open", db.Todo, db.Doing, db.Done}

// Tasks are the viewer's tasks across their projects: those given to them, or all.
func (p *Portal) Tasks(c *fiber.Ctx) error {
	form := web.FormOf(map[string]string{})
	for _, field := range []string{"project", "state", "q", "mine", "late"} {
		form.Values[field] = c.Query(field)
	}
	return p.look(c, func(s sight) error {
		room, err := p.Room(c, s.Glass)
		if err != nil {
			return err
		}
		projects, err := s.projects(room.Current)
		if err != nil {
			return err
		}
		filter := db.TaskFilter{Mine: form.Value("mine") != "", Late: form.Value("late") != "", Text: form.Value("q"), Today: db.Date(s.Today())}
		if slices.Contains(taskStates, form.Value("state")) {
			filter.State = form.Value("state")
		}
		names := map[db.ID]string{}
		for _, project := range projects {
			names[project.ID] = project.Name
			if project.ID.String() == form.Value("project") {
				filter.Project = project.ID
			}
		}
		tasks, more, err := s.FindTasks(room.Current, filter)
		if err != nil {
			return err
		}
		rows := make([]taskRow, len(tasks))
		for i, task := range tasks {
			rows[i] = s.row(task)
			rows[i].Project = names[task.ProjectID]
		}
		page := p.Page(c, s.T("client-tasks.title"), "projects", map[string]any{"Rows": rows, "More": more, "Form": form, "Projects": projects, "States": taskStates})
		if err := room.Dress(s.Glass, page); err != nil {
			return err
		}
		return p.Send(c, fiber.StatusOK, "portal/tasks", page)
	})
}

// FinishTask takes the done mark of a task that was given to the reader.
func (p *Portal) FinishTask(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "done")
	if err := p.Store.FinishTask(p.Actor(c), id, form.Value("done") != "no"); err != nil {
		return err
	}
	return web.SeeOther(c, "/portal/tasks/"+id.String())
}

// Activity is a project's log, page by page through years.
func (p *Portal) Activity(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return p.still(c, "portal/activity", id, func(s sight, project db.ClientProject) (string, any, error) {
		form, filter := s.logFilter(c)
		events, more, err := s.LogPage(id, filter, logAtOnce)
		data := map[string]any{"Project": project, "Days": s.days(events), "Form": form, "Kinds": db.LogKinds}
		if more && err == nil {
			values := url.Values{"before": {events[len(events)-1].ID.String()}}
			for _, field := range []string{"of", "from", "to"} {
				if text := form.Value(field); text != "" {
					values.Set(field, text)
				}
			}
			data["Older"] = "?" + values.Encode()
		}
		return s.T("event.title"), data, err
	})
}

// logFilter reads what the address narrows the log to; what it does not understand
// narrows nothing. Days are those of the reader's time zone.
func (s sight) logFilter(c *fiber.Ctx) (form web.Form, filter db.LogFilter) {
	form = web.FormOf(map[string]string{"of": c.Query("of"), "from": c.Query("from"), "to": c.Query("to")})
	if slices.Contains(db.LogKinds, form.Value("of")) {
		filter.Of = form.Value("of")
	}
	if day, err := time.ParseInLocation(time.DateOnly, form.Value("from"), s.Zone); err == nil {
		filter.From = db.At(day)
	}
	if day, err := time.ParseInLocation(time.DateOnly, form.Value("to"), s.Zone); err == nil {
		filter.To = db.At(day.AddDate(0, 0, 1))
	}
	filter.Before, _ = db.ParseID(c.Query("before"))
	return form, filter
}

// Files are the files of a project, newest first.
func (p *Portal) Files(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return p.still(c, "portal/files", id, func(s sight, project db.ClientProject) (string, any, error) {
		files, err := s.RecentFiles(0, id, filesShown)
		return s.T("client-files.title"), map[string]any{"Project": project, "Files": files}, err
	})
}

// People are those whom a project shows.
func (p *Portal) People(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return p.still(c, "portal/people", id, func(s sight, project db.ClientProject) (string, any, error) {
		people, err := s.Glass.People(id)
		return s.T("people.title"), map[string]any{"Project": project, "People": s.named(people)}, err
	})
}

// month is the work that was done in one.
type month struct {
	Head string
	Rows []taskRow
}

// Completed is what was done, newest first, by month; and the approved deliverables.
func (p *Portal) Completed(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return p.still(c, "portal/completed", id, func(s sight, project db.ClientProject) (string, any, error) {
		tasks, more, err := s.FindTasks(0, db.TaskFilter{Project: id, State: db.Done})
		if err != nil {
			return "", nil, err
		}
		var months []month
		for _, task := range tasks {
			head := ""
			if !task.DoneAt.IsZero() {
				head = s.MonthHead(task.DoneAt)
			}
			if len(months) == 0 || months[len(months)-1].Head != head {
				months = append(months, month{Head: head})
			}
			last := &months[len(months)-1]
			last.Rows = append(last.Rows, s.row(task))
		}
		return s.T("completed.title"), map[string]any{"Project": project, "Months": months, "More": more, "Count": len(tasks) + more}, nil
	})
}
