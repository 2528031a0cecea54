package team

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/db/importers"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// importForm is the page on which a file is chosen.
type importForm struct {
	Form      web.Form
	Projects  []db.Project
	Companies []string
}

// Import asks for a file.
func (t *Team) Import(c *fiber.Ctx) error {
	return t.importForm(c, fiber.StatusOK, web.FormOf(map[string]string{"project": c.Query("project")}))
}

func (t *Team) importForm(c *fiber.Ctx, status int, form web.Form) error {
	companies, err := t.Store.Companies(t.Actor(c))
	if err != nil {
		return err
	}
	return t.still(c, status, "team/import", func(s sight) (content, []live.Region, error) {
		list, err := s.Projects()
		page := importForm{Form: form, Companies: companies}
		for _, project := range list {
			if project.ArchivedAt.IsZero() {
				page.Projects = append(page.Projects, project)
			}
		}
		return content{s.T("import.title"), page}, nil, err
	})
}

// Upload takes a file and leads to what an import of it would do. Nothing of the
// board is stored yet.
func (t *Team) Upload(c *fiber.Ctx) error {
	form := web.ReadForm(c, "project", "name", "company", "archived", "descriptions")
	one, err := t.receive(c, form)
	if err == nil {
		return web.SeeOther(c, "/import/"+one.Token)
	}
	var bad *importers.BadFile
	if errors.As(err, &bad) {
		form.Mistakes = web.Mistakes{"file": t.Words(c).T(bad.Key, lower(bad.Args)...)}
	} else if !form.Refused(t.Words(c), err) {
		return err
	}
	return t.importForm(c, fiber.StatusUnprocessableEntity, form)
}

func lower(args []any) []any {
	for i := 0; i < len(args); i += 2 {
		args[i] = strings.ToLower(fmt.Sprint(args[i]))
	}
	return args
}

// receive keeps the file, reads it and asks the store what would become of it.
func (t *Team) receive(c *fiber.Ctx, form web.Form) (*upload, error) {
	target := db.ImportTarget{ProjectName: form.Value("name"), Company: form.Value("company")}
	if id := form.Value("project"); id != "" {
		project, err := db.ParseID(id)
		if err != nil {
			return nil, &db.Invalid{Field: "project", Key: "choice.unknown"}
		}
		target = db.ImportTarget{Project: project, Company: form.Value("company")}
	}
	header, err := c.FormFile("file")
	if err != nil {
		return nil, &db.Invalid{Field: "file", Key: "import.choose"}
	}
	file, err := header.Open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	one, err := t.uploads.keep(t.Store.Dir(), t.Actor(c).ID, t.Store.Now(), file)
	if err != nil {
		return nil, err
	}
	one.Target, one.Options = target, db.ImportOptions{Archived: form.Value("archived") == "yes", Descriptions: form.Value("descriptions")}
	if err := t.try(c, one); err != nil {
		t.uploads.drop(one)
		return nil, err
	}
	return one, nil
}

// try reads the file and lets the store import it without keeping anything.
func (t *Team) try(c *fiber.Ctx, one *upload) error {
	plan, err := readPlan(one.path)
	if err != nil {
		return err
	}
	one.Plan = planOf(plan, one.Options)
	options := one.Options
	options.DryRun = true
	one.Would, err = t.Store.Import(t.Actor(c), one.Target, plan, options)
	if errors.Is(err, db.ErrNotFound) {
		err = &db.Invalid{Field: "project", Key: "choice.unknown"}
	}
	one.Name = one.Would.Name
	return err
}

func readPlan(path string) (*importers.Plan, error) {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, db.ErrGone
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return importers.ReadTrello(file, nil)
}

// planOf picks what the preview shows.
func planOf(plan *importers.Plan, options db.ImportOptions) planned {
	p := planned{Counts: plan.Counts()}
	tasks, titles := map[string]int{}, map[string]string{}
	for _, column := range plan.Columns {
		titles[column.SourceID] = column.Name
	}
	for _, task := range plan.Tasks {
		if task.Archived && !options.Archived {
			p.Skipped++
			continue
		}
		tasks[task.ColumnSourceID]++
		if !task.Archived && len(p.Sample) < sampleTasks {
			p.Sample = append(p.Sample, plannedTask{task.Title, titles[task.ColumnSourceID], len(task.Notes), len(task.Checklist), len(task.Links)})
		}
	}
	for _, column := range plan.Columns {
		if !column.Archived || tasks[column.SourceID] > 0 {
			p.Columns = append(p.Columns, plannedColumn{column, tasks[column.SourceID]})
		}
	}
	return p
}

// Imported shows an upload: what it would do, how far it is, or what it did.
func (t *Team) Imported(c *fiber.Ctx) error {
	one, err := t.uploads.find(c.Params("token"), t.Actor(c).ID, t.Store.Now())
	if err != nil {
		return err
	}
	return t.importPage(c, fiber.StatusOK, one, nil)
}

func (t *Team) importPage(c *fiber.Ctx, status int, one *upload, mistakes web.Mistakes) error {
	words := t.Words(c)
	page := t.Page(c, words.T("import.title"), "projects", importPage{Upload: one, State: one.state(words), Mistakes: mistakes})
	template := map[string]string{waiting: "team/import_preview", running: "team/import_progress", done: "team/import_report", failed: "team/import_report"}[one.Stage()]
	return t.Send(c, status, template, page)
}

// importPage is what the pages of an upload show.
type importPage struct {
	Upload   *upload
	State    importState
	Mistakes web.Mistakes
}

// importState is an upload at one moment.
type importState struct {
	W           *views.Words
	Token       string
	Stage       string
	Tasks, Most int
	Result      db.Imported
	Sentence    string // why it failed
}

func (one *upload) state(w *views.Words) importState {
	one.mu.Lock()
	defer one.mu.Unlock()
	state := importState{W: w, Token: one.Token, Stage: one.stage, Tasks: one.tasks, Most: one.most, Result: one.result}
	if mistakes, ok := web.MistakesOf(w, one.err); ok {
		for _, sentence := range mistakes {
			state.Sentence = sentence
		}
	}
	return state
}
