package team

import (
	"cmp"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
	"vitrine/views/chart"
)

// projectRow is a project on the list, with how far it is.
type projectRow struct {
	W *views.Words
	db.Project
	Meter []chart.Segment
	Waits int // threads that wait for the team
}

// projects is the list and the form for a new one.
type projects struct {
	Open, Archived []projectRow
	List, Old      web.List // of the open ones, and of the archived
	Companies      []string
	Ready, Saved   []templateRow // what a new one can be made of
	Form           web.Form
	Refused        bool
}

// projectFields are what the form of a project sends.
var projectFields = []string{"name", "company", "description", "internal", "status", "team_shown", "starts_on", "ends_on", "new_tasks", "template", "version"}

// Projects lists what the viewer works on.
func (t *Team) Projects(c *fiber.Ctx) error {
	form := map[string]string{"new_tasks": "shown", "template": c.Query("template")}
	if form["template"] != "" {
		form["starts_on"] = t.Words(c).Today()
	}
	return t.projects(c, fiber.StatusOK, web.FormOf(form))
}

func (t *Team) projects(c *fiber.Ctx, status int, form web.Form) error {
	companies, err := t.Store.Companies(t.Actor(c))
	if err != nil {
		return err
	}
	asked, old := web.ReadList(c, "/projects", ""), web.ReadList(c, "/projects#archived", "old-")
	return t.still(c, status, "team/projects", func(s sight) (content, []live.Region, error) {
		list, err := s.Projects()
		if err != nil {
			return content{}, nil, err
		}
		waits, err := s.WaitingByProject()
		if err != nil {
			return content{}, nil, err
		}
		page := projects{Companies: companies, Form: form, Refused: len(form.Mistakes) > 0, Ready: s.readyRows()}
		if page.Saved, err = s.savedRows(); err != nil {
			return content{}, nil, err
		}
		var open, archived []projectRow
		for _, project := range list {
			row := projectRow{s.Words, project, chart.Meter(project.Done, 0, 0, project.Tasks-project.Done), waits[project.ID]}
			if project.ArchivedAt.IsZero() {
				open = append(open, row)
			} else {
				archived = append(archived, row)
			}
		}
		page.Open, page.List = s.pickProjects(asked, open)
		page.Archived, page.Old = s.pickProjects(old, archived)
		return content{s.T("projects.title"), page}, nil, err
	})
}

func (s sight) pickProjects(asked web.Asked, rows []projectRow) ([]projectRow, web.List) {
	return web.Pick(s.Words, asked, rows, func(r projectRow) string { return r.Name + " " + r.Company + " " + s.T("project."+r.Status) },
		web.Column[projectRow]{Name: "name", Key: "project.name", Text: func(r projectRow) string { return r.Name }},
		web.Column[projectRow]{Name: "company", Key: "project.company", Text: func(r projectRow) string { return r.Company }},
		web.Column[projectRow]{Name: "end", Key: "project.ends", Order: func(a, b projectRow) int { return cmp.Compare(dateLast(a.EndsOn), dateLast(b.EndsOn)) }})
}

// AddProject makes a project with the usual columns, or of a template, in its maker's
// language. Days of a template count from today where no other day is said.
func (t *Team) AddProject(c *fiber.Ctx) error {
	form, words := web.ReadForm(c, projectFields...), t.Words(c)
	if form.Value("template") != "" && form.Value("starts_on") == "" {
		form.Values["starts_on"] = words.Today()
	}
	columns := [3]string{words.T("status.todo"), words.T("status.doing"), words.T("status.done")}
	filled := projectForm(form)
	filled.Template, filled.Language = form.Value("template"), words.Language
	id, err := t.Store.AddProject(t.Actor(c), filled, columns)
	if form.Refused(words, err) {
		return t.projects(c, fiber.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, projectURL(id))
}

func projectForm(form web.Form) db.ProjectForm {
	return db.ProjectForm{Name: form.Value("name"), Company: form.Value("company"), Description: form.Value("description"), Internal: form.Value("internal"),
		Status: form.Value("status"), TeamShown: form.Value("team_shown"), StartsOn: form.Value("starts_on"), EndsOn: form.Value("ends_on"),
		NewTasksPrivate: form.Value("new_tasks") == "private", Version: number(form.Value("version"))}
}

// ArchiveProject puts a project aside, or brings it back.
func (t *Team) ArchiveProject(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	archive := web.ReadForm(c, "archive").Value("archive") == "yes"
	if err := t.Store.ArchiveProject(t.Actor(c), id, archive); err != nil {
		return err
	}
	return web.SeeOther(c, projectURL(id)+"/settings")
}
