package team

import (
	"errors"
	"os"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/db/importers"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// plannedTime is what the preview shows of a report of time.
type plannedTime struct {
	Tool          string
	Entries, Rows int
	Seconds       int64
	Billed        int // entries that were billed there
	People        []importers.TimePerson
	Projects      []importers.TimeProject
	Problems      []importers.TimeProblem
	More          int // problems that are not shown
	Doubt         *importers.DateDoubt
	Order         importers.DateOrder // as it was answered
	Sources       []string
	Done          *db.TimeImported
}

// problemsShown bounds how many rows the preview names.
const problemsShown = 100

// ImportTime asks for a report of time.
func (t *Team) ImportTime(c *fiber.Ctx) error {
	return t.importTime(c, fiber.StatusOK, web.FormOf(map[string]string{}))
}

func (t *Team) importTime(c *fiber.Ctx, status int, form web.Form) error {
	return t.stillAt(c, "time", status, "team/import_time", func(s sight) (content, []live.Region, error) {
		return content{s.T("import-time.title"), form}, nil, nil
	})
}

// UploadTime takes a report and leads to what an import of it would do. Nothing of it is stored yet.
func (t *Team) UploadTime(c *fiber.Ctx) error {
	form := web.ReadForm(c)
	one, err := t.receiveTime(c)
	if err == nil {
		return web.SeeOther(c, "/import/time/"+one.Token)
	}
	if !t.badReport(c, &form, err) {
		return err
	}
	return t.importTime(c, fiber.StatusUnprocessableEntity, form)
}

// badReport words what is wrong with a file or a form.
func (t *Team) badReport(c *fiber.Ctx, form *web.Form, err error) bool {
	var bad *importers.BadFile
	if errors.As(err, &bad) {
		form.Mistakes = web.Mistakes{"file": t.Words(c).T(bad.Key, lower(bad.Args)...)}
		return true
	}
	return form.Refused(t.Words(c), err)
}

// receiveTime keeps the file and reads it.
func (t *Team) receiveTime(c *fiber.Ctx) (*upload, error) {
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
	plan, err := readTime(one.path, "")
	if err != nil {
		t.uploads.drop(one)
		return nil, err
	}
	one.Name = header.Filename
	one.setTime(planTime(plan))
	return one, nil
}

func readTime(path string, order importers.DateOrder) (*importers.TimePlan, error) {
	file, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, db.ErrGone
	}
	if err != nil {
		return nil, err
	}
	return importers.ReadTime(file, importers.TimeReading{Dates: order})
}

// planTime picks what the preview shows.
func planTime(plan *importers.TimePlan) *plannedTime {
	p := &plannedTime{Tool: plan.Tool, Entries: len(plan.Entries), Rows: plan.Rows, People: plan.People, Projects: plan.Projects, Problems: plan.Problems, Doubt: plan.Doubt}
	for _, e := range plan.Entries {
		p.Seconds += e.Seconds
		if e.Invoiced {
			p.Billed++
		}
		p.Sources = append(p.Sources, db.SourceOf(plan.Tool, e))
	}
	if len(p.Problems) > problemsShown {
		p.Problems, p.More = p.Problems[:problemsShown], len(p.Problems)-problemsShown
	}
	return p
}

// timeUploadPage is the preview, or what came of it.
type timeUploadPage struct {
	Upload    *upload
	Plan      *plannedTime
	Form      web.Form
	Bookers   []db.Person
	Bookables []db.Bookable
	Doubles   int
}

// Minutes are seconds as whole minutes.
func (timeUploadPage) Minutes(seconds int64) int { return int((seconds + 30) / 60) }

// Day is a day of the report.
func (timeUploadPage) Day(text string) db.Date { return db.Date(text) }

// TimeUploaded shows what an import of a report would do, or did.
func (t *Team) TimeUploaded(c *fiber.Ctx) error {
	one, err := t.timeUpload(c)
	if err != nil {
		return err
	}
	return t.timeUploaded(c, one, fiber.StatusOK, nil)
}

// timeUpload is a report that the reader sent.
func (t *Team) timeUpload(c *fiber.Ctx) (*upload, error) {
	one, err := t.uploads.find(c.Params("token"), t.Actor(c).ID, t.Store.Now())
	if err == nil && one.time() == nil {
		err = db.ErrNotFound
	}
	return one, err
}

func (t *Team) timeUploaded(c *fiber.Ctx, one *upload, status int, sent *web.Form) error {
	return t.stillAt(c, "time", status, "team/import_time_preview", func(s sight) (content, []live.Region, error) {
		page := timeUploadPage{Upload: one, Plan: one.time()}
		var err error
		if page.Bookers, err = s.Bookers(); err != nil {
			return content{}, nil, err
		}
		if page.Bookables, err = s.Viewer.Bookables(); err != nil {
			return content{}, nil, err
		}
		if page.Doubles, err = s.TimeDoubles(page.Plan.Sources); err != nil {
			return content{}, nil, err
		}
		if sent != nil {
			page.Form = *sent
		} else {
			page.guess()
		}
		return content{s.T("import-time.title"), page}, nil, nil
	})
}

// guess chooses who and what is meant where an address or a name says so.
func (p *timeUploadPage) guess() {
	p.Form = web.FormOf(map[string]string{})
	for n, person := range p.Plan.People {
		for _, one := range p.Bookers {
			if person.Mail != "" && strings.EqualFold(one.Email, person.Mail) || person.Mail == "" && strings.EqualFold(one.Name, person.Name) {
				p.Form.Values["person-"+strconv.Itoa(n)] = one.ID.String()
			}
		}
	}
	for n, project := range p.Plan.Projects {
		for _, one := range p.Bookables {
			if one.ServiceID == 0 && project.Name != "" && strings.EqualFold(one.Project, project.Name) {
				p.Form.Values["place-"+strconv.Itoa(n)] = "p" + one.ProjectID.String()
			}
		}
	}
}

// RunTimeImport books the entries as it was confirmed; or reads the dates anew as it was answered.
func (t *Team) RunTimeImport(c *fiber.Ctx) error {
	one, err := t.timeUpload(c)
	if err != nil {
		return err
	}
	fields := []string{"dates", "wording", "invoiced"}
	plan := one.time()
	for n := range max(len(plan.People), len(plan.Projects)) {
		fields = append(fields, "person-"+strconv.Itoa(n), "place-"+strconv.Itoa(n))
	}
	form := web.ReadForm(c, fields...)
	if plan.Doubt != nil {
		return t.readDates(c, one, form)
	}
	how, err := timeImport(plan, form)
	if err == nil {
		err = t.importReport(c, one, how)
	}
	if errors.Is(err, db.ErrDenied) {
		err = &db.Invalid{Field: "file", Key: "import-time.lead"}
	}
	if t.badReport(c, &form, err) {
		return t.timeUploaded(c, one, fiber.StatusUnprocessableEntity, &form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, "/import/time/"+one.Token)
}

// readDates reads the file again, in the order of day and month that was chosen.
func (t *Team) readDates(c *fiber.Ctx, one *upload, form web.Form) error {
	order := importers.DateOrder(form.Value("dates"))
	var plan *importers.TimePlan
	err := error(&db.Invalid{Field: "dates", Key: "import-time.dates"})
	if order == importers.DayFirst || order == importers.MonthFirst {
		plan, err = readTime(one.path, order)
	}
	if t.badReport(c, &form, err) {
		return t.timeUploaded(c, one, fiber.StatusUnprocessableEntity, &form)
	}
	if err != nil {
		return err
	}
	read := planTime(plan)
	read.Order = order
	one.setTime(read)
	return web.SeeOther(c, "/import/time/"+one.Token)
}

// timeImport reads what was chosen for whom and what the report names.
func timeImport(plan *plannedTime, form web.Form) (how db.TimeImport, err error) {
	how = db.TimeImport{People: map[string]db.ID{}, Places: map[string]db.TimePlace{}, Wording: form.Value("wording") == "1", Invoiced: form.Value("invoiced") == "1"}
	for n, person := range plan.People {
		field := "person-" + strconv.Itoa(n)
		if text := form.Value(field); text != "" {
			if how.People[db.PersonKey(person.Name, person.Mail)], err = db.ParseID(text); err != nil {
				return how, &db.Invalid{Field: field, Key: "choice.unknown"}
			}
		}
	}
	for n, project := range plan.Projects {
		field := "place-" + strconv.Itoa(n)
		text := form.Value(field)
		if text == "" {
			continue
		}
		id, err := db.ParseID(text[1:])
		switch {
		case err == nil && text[0] == 's':
			how.Places[db.PlaceKey(project.Client, project.Name)] = db.TimePlace{Service: id}
		case err == nil && text[0] == 'p':
			how.Places[db.PlaceKey(project.Client, project.Name)] = db.TimePlace{Project: id}
		default:
			return how, &db.Invalid{Field: field, Key: "choice.unknown"}
		}
	}
	return how, nil
}

// importReport does it once; doing it again would find everything there.
func (t *Team) importReport(c *fiber.Ctx, one *upload, how db.TimeImport) error {
	report := one.time()
	plan, err := readTime(one.path, report.Order)
	if err != nil {
		return err
	}
	done, err := t.Store.ImportTime(t.Actor(c), plan, how)
	if err == nil {
		told := *report
		told.Done = &done
		one.setTime(&told)
	}
	return err
}
