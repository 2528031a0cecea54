package team

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// templateRow is a template on the list: one that the team saved, or a ready one.
// Key is its address and what the form of a new project sends.
type templateRow struct {
	W   *views.Words
	Key string
	db.Template
}

func (s sight) readyRows() (rows []templateRow) {
	for _, name := range db.ReadyNames {
		mould, _ := db.ReadyMould(name, s.Language)
		rows = append(rows, templateRow{s.Words, name, db.Template{Name: mould.Name, Description: mould.Description, Tasks: len(mould.Tasks), Shown: mould.Shown(), Milestones: len(mould.Milestones)}})
	}
	return rows
}

func (s sight) savedRows() (rows []templateRow, err error) {
	list, err := s.Viewer.Templates()
	for _, saved := range list {
		rows = append(rows, templateRow{s.Words, saved.ID.String(), saved})
	}
	return rows, err
}

// Templates are what a project can begin as.
func (t *Team) Templates(c *fiber.Ctx) error {
	asked := web.ReadList(c, "/templates", "")
	return t.still(c, fiber.StatusOK, "team/templates", func(s sight) (content, []live.Region, error) {
		saved, err := s.savedRows()
		own, list := web.Pick(s.Words, asked, saved, func(r templateRow) string { return r.Name + " " + r.By },
			web.Column[templateRow]{Name: "name", Key: "template.name", Text: func(r templateRow) string { return r.Name }})
		return content{s.T("template.title"), map[string]any{"Own": own, "List": list, "Ready": s.readyRows()}}, nil, err
	})
}

// templatePage is one of them with what is in it, and the form that renames it.
type templatePage struct {
	templateRow
	Mould  db.Mould
	Phases []templatePhase
	Weeks  int
	Form   web.Form
	Theirs map[string]string
}

// Template shows what is in one.
func (t *Team) Template(c *fiber.Ctx) error {
	if mould, ready := db.ReadyMould(c.Params("id"), t.Words(c).Language); ready {
		return t.template(c, fiber.StatusOK, templateRow{Key: c.Params("id"), Template: db.Template{Name: mould.Name, Description: mould.Description}}, mould, nil, nil)
	}
	return t.savedTemplate(c, fiber.StatusOK, nil, nil)
}

// savedTemplate shows one that the team saved; form is one that was not taken.
func (t *Team) savedTemplate(c *fiber.Ctx, status int, form *web.Form, theirs *db.Conflict) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	saved, mould, err := t.Store.Template(t.Actor(c), id)
	if err != nil {
		return err
	}
	return t.template(c, status, templateRow{Key: id.String(), Template: saved}, mould, form, theirs)
}

func (t *Team) template(c *fiber.Ctx, status int, row templateRow, mould db.Mould, form *web.Form, theirs *db.Conflict) error {
	return t.still(c, status, "team/template", func(s sight) (content, []live.Region, error) {
		row.W, row.Tasks, row.Shown, row.Milestones = s.Words, len(mould.Tasks), mould.Shown(), len(mould.Milestones)
		page := templatePage{templateRow: row, Mould: mould, Phases: s.templatePhases(mould), Weeks: (mould.Days() + 6) / 7}
		page.Form = web.FormOf(map[string]string{"name": row.Name, "description": row.Description, "version": strconv.FormatInt(row.Version, 10)})
		if form != nil {
			page.Form = *form
		}
		if theirs != nil {
			page.Theirs = theirs.Theirs
			page.Form.Values["version"] = strconv.FormatInt(theirs.Version, 10)
		}
		return content{row.Name, page}, nil, nil
	})
}

// templateFields are what the forms of a template send.
var templateFields = []string{"name", "description", "internal", "sure", "version"}

func templateForm(form web.Form) db.TemplateForm {
	return db.TemplateForm{Name: form.Value("name"), Description: form.Value("description"), Internal: form.Value("internal") == "yes", Sure: form.Value("sure") == "yes", Version: number(form.Value("version"))}
}

// SaveTemplate keeps how a project is made for others like it.
func (t *Team) SaveTemplate(c *fiber.Ctx) error {
	project, err := t.inProject(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, templateFields...)
	id, err := t.Store.SaveTemplate(t.Actor(c), project, templateForm(form))
	if form.Refused(t.Words(c), err) {
		return t.settings(c, project, fiber.StatusUnprocessableEntity, refused{"template", form, nil})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, "/templates/"+id.String()+"?said=template-saved")
}

// EditTemplate renames one.
func (t *Team) EditTemplate(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, templateFields...)
	err = t.Store.EditTemplate(t.Actor(c), id, templateForm(form))
	if conflict := conflictOf(err); conflict != nil {
		return t.savedTemplate(c, fiber.StatusConflict, &form, conflict)
	}
	if form.Refused(t.Words(c), err) {
		return t.savedTemplate(c, fiber.StatusUnprocessableEntity, &form, nil)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, "/templates/"+id.String()+"?said=template-renamed")
}

// DeleteTemplate takes one away.
func (t *Team) DeleteTemplate(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	if err := t.Store.DeleteTemplate(t.Actor(c), id); err != nil {
		return err
	}
	return web.SeeOther(c, "/templates?said=template-deleted")
}
