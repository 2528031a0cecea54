package team

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/db/hours"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

func budgetURL(id db.ID) string { return "/budgets/" + id.String() }

// budgets is the page of a project's budgets, or of all of the viewer's.
type budgets struct {
	head
	Rows    []budgetRow
	Form    web.Form
	Kinds   []string
	Carries []string
	All     bool
	Kept    keptBudgets
}

// keptBudgets count budgets that were kept, and open ones that hold as they stand; retainers begin anew every
// month and are not among them.
type keptBudgets struct{ Closed, Kept, Open, Hold int }

func keptOf(rows []budgetRow) (k keptBudgets) {
	for _, row := range rows {
		used, final, planned := row.F.Kept()
		switch {
		case !planned || row.Kind == db.BudgetRetainer:
		case row.Closed:
			k.Closed++
			if used {
				k.Kept++
			}
		default:
			k.Open++
			if final {
				k.Hold++
			}
		}
	}
	return k
}

// budgetRow is a budget at a glance.
type budgetRow struct {
	db.Budget
	F   hours.Figures
	Bar web.Bar
}

func (s sight) budgetRows(project db.ID) ([]budgetRow, error) {
	list, err := s.Viewer.Budgets(project, db.Date(s.Today()))
	rows := make([]budgetRow, len(list))
	for i, b := range list {
		f, _ := b.Figures()
		rows[i] = budgetRow{b, f, web.NewBar(f.Percent(), 100)}
	}
	return rows, err
}

// AllBudgets are those of every project that the viewer is on.
func (t *Team) AllBudgets(c *fiber.Ctx) error {
	return t.stillAt(c, "budgets", fiber.StatusOK, "team/all_budgets", func(s sight) (content, []live.Region, error) {
		rows, err := s.budgetRows(0)
		return content{s.T("budget.all"), budgets{Rows: rows, All: true, Kept: keptOf(rows)}}, nil, err
	})
}

// Budgets are those of a project, with the form for a new one.
func (t *Team) Budgets(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.budgets(c, id, fiber.StatusOK, web.FormOf(map[string]string{"currency": "EUR", "kind": db.BudgetCapped}))
}

func (t *Team) budgets(c *fiber.Ctx, id db.ID, status int, form web.Form) error {
	return t.still(c, status, "team/budgets", func(s sight) (content, []live.Region, error) {
		h, err := s.head(id, "budgets")
		if err != nil {
			return content{}, nil, err
		}
		rows, err := s.budgetRows(id)
		return content{h.Project.Name, budgets{head: h, Rows: rows, Form: form, Kinds: db.BudgetKinds, Carries: hours.Carries}}, nil, err
	})
}

// AddBudget takes that form.
func (t *Team) AddBudget(c *fiber.Ctx) error {
	project, err := t.inProject(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, budgetFields...)
	id, err := t.Store.AddBudget(t.Actor(c), project, budgetForm(form))
	if form.Refused(t.Words(c), err) {
		return t.budgets(c, project, fiber.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, budgetURL(id))
}

var budgetFields = []string{"name", "currency", "kind", "carry", "note", "starts_on", "ends_on", "version"}

func budgetForm(form web.Form) db.BudgetForm {
	return db.BudgetForm{Name: form.Value("name"), Currency: form.Value("currency"), Kind: form.Value("kind"), Carry: form.Value("carry"), Note: form.Value("note"),
		StartsOn: form.Value("starts_on"), EndsOn: form.Value("ends_on"), Version: number(form.Value("version"))}
}

// budgetTabs are the parts of a budget's page.
var budgetTabs = []string{"services", "time", "expenses"}

// budgetPageData is the shell of a budget's page; its figures and lists are regions.
type budgetPageData struct {
	head
	Box      composers
	Budget   db.Budget
	At       string
	Part     string
	Text     web.Form // of the budget
	Service  web.Form // a new one
	Spending web.Form // a new expense
	Changes  []db.AcceptedChange
	Kinds    []string
	Carries  []string
	Units    []string
	Readers  []db.Person      // of the client, who see it while it is open
	Inner    *web.BudgetSheet // what no client sees, for those who lead
	Theirs   map[string]string
}

// sentBudget are forms of the page that were not taken.
type sentBudget struct {
	text, service, spending *web.Form
	theirs                  *db.Conflict
	note, reply             writing
	part                    string
}

func budgetKey(id db.ID) live.PageKey { return live.PageKey{Team: true, Kind: budgetPage, Noun: id} }

// Budget is the page of one, live.
func (t *Team) Budget(c *fiber.Ctx) error {
	id, err := t.threadIn(c, db.OnBudget)
	if err != nil {
		return err
	}
	part, box := partOf(c), c.Query("box")
	return t.liveAt(c, "projects", budgetKey(id), "team/budget", func(s sight) (content, error) {
		reply, err := s.reopened(id, box)
		if err != nil {
			return content{}, err
		}
		return s.budgetBody(id, sentBudget{reply: reply, part: part})
	})
}

// partOf is the tab that an address asks for.
func partOf(c *fiber.Ctx) string {
	for _, part := range budgetTabs {
		if c.Query("tab") == part {
			return part
		}
	}
	return budgetTabs[0]
}

// budgetStill is the page with a form that was not taken.
func (t *Team) budgetStill(c *fiber.Ctx, id db.ID, status int, sent sentBudget) error {
	return t.still(c, status, "team/budget", func(s sight) (content, []live.Region, error) {
		body, err := s.budgetBody(id, sent)
		if err != nil {
			return body, nil, err
		}
		regions, err := s.threadRegions(id)
		return body, regions, err
	})
}

// budgetBody reads the shell.
func (s sight) budgetBody(id db.ID, sent sentBudget) (content, error) {
	b, err := s.Viewer.Budget(id, db.Date(s.Today()))
	if err != nil {
		return content{}, err
	}
	page := budgetPageData{Budget: b, At: budgetURL(id), Part: sent.part, Kinds: db.BudgetKinds, Carries: hours.Carries, Units: hours.Units}
	if page.Part == "" {
		page.Part = budgetTabs[0]
	}
	if page.head, err = s.head(b.ProjectID, "budgets"); err != nil {
		return content{}, err
	}
	if page.Box, err = s.composers(id); err != nil {
		return content{}, err
	}
	if page.Box, err = s.filled(page.Box, sent.note, sent.reply); err != nil {
		return content{}, err
	}
	if page.Changes, err = s.Changes(b.ProjectID); err != nil {
		return content{}, err
	}
	if page.Readers, err = s.BudgetReaders(id); err != nil {
		return content{}, err
	}
	if b.Leads {
		inner := s.budgetSheet(b, nil, nil)
		page.Inner = &inner
	}
	page.Text = web.FormOf(map[string]string{"name": b.Name, "currency": b.Currency, "kind": b.Kind, "carry": b.Carry, "note": b.Note, "starts_on": string(b.StartsOn), "ends_on": string(b.EndsOn), "version": strconv.FormatInt(b.Version, 10)})
	page.Service = web.FormOf(map[string]string{"unit": hours.Hour})
	page.Spending = web.FormOf(map[string]string{"day": s.Today(), "billable": "1"})
	for into, form := range map[*web.Form]*web.Form{&page.Text: sent.text, &page.Service: sent.service, &page.Spending: sent.spending} {
		if form != nil {
			*into = *form
		}
	}
	if sent.theirs != nil {
		page.Theirs = sent.theirs.Theirs
		page.Text.Values["version"] = strconv.FormatInt(sent.theirs.Version, 10)
	}
	return content{b.Name, page}, nil
}

// budgetRegions are what everybody of the team sees alike.
func (s sight) budgetRegions(project db.Project, id db.ID) ([]live.Region, error) {
	today := db.Date(s.Today())
	b, err := s.Viewer.Budget(id, today)
	if err != nil {
		return nil, err
	}
	months, err := s.Months(b, today)
	if err != nil {
		return nil, err
	}
	pace, err := s.Pace(id, today)
	if err != nil {
		return nil, err
	}
	entries, err := s.TimeEntries(db.TimeFilter{Budget: id, Limit: 500})
	if err != nil {
		return nil, err
	}
	expenses, err := s.Expenses(id)
	if err != nil {
		return nil, err
	}
	spoken, err := s.spoken(project, id)
	if err != nil {
		return nil, err
	}
	b.Leads = false // all of the team see the regions, and not all of them what it costs
	sheet := s.budgetSheet(b, months, pace)
	return s.drawAll(append(spoken,
		drawing{"title", map[string]any{"Title": b.Name}},
		drawing{"budget", map[string]any{"W": s.Words, "B": b, "S": sheet}},
		drawing{"services", map[string]any{"W": s.Words, "B": b, "S": sheet}},
		drawing{"entries", map[string]any{"W": s.Words, "List": entries, "Approves": b.Approves}},
		drawing{"expenses", map[string]any{"W": s.Words, "B": b, "List": expenses}})...)
}

func (s sight) budgetSheet(b db.Budget, months []hours.Month, pace []int) web.BudgetSheet {
	rows := make([]web.ServiceRow, len(b.Services))
	for i, service := range b.Services {
		rows[i] = web.ServiceRow{ID: service.ID, Name: service.Name, Unit: service.Unit, Price: service.Price, Quantity: service.Quantity, Pieces: service.Pieces, Changed: service.DecisionID != 0, F: service.Figures()}
		if inside := service.Inside(); b.Leads {
			rows[i].Inside = &inside
		}
	}
	return web.NewBudgetSheet(s.Words, b.Currency, b.Kind, rows, months, pace, b.BillableExpenses)
}
