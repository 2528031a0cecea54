package portal

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

func budgetURL(id db.ID) string { return "/portal/budgets/" + id.String() }

// budgetTabs are the parts of a budget's page.
var budgetTabs = []string{"services", "time", "expenses"}

// budgetShell is the page of a budget around its regions. Figures and services are drawn once for
// everybody who sees them; the lists are read with the reader's own eyes, because an invoice on which a
// line stands is not seen by all who see the budget.
type budgetShell struct {
	W       *views.Words
	Project db.ClientProject
	B       db.ClientBudget
	Tab     string
	Tabs    []string
	Time    *timeList
	Spent   *spentList
	Reply   replyForm
}

// At is the page's address, Here that of the tab as it is asked for.
func (b budgetShell) At() string { return budgetURL(b.B.ID) }
func (b budgetShell) Here() string {
	if b.Time != nil {
		return b.Time.Filter.url("tab", "time")
	}
	return b.At() + "?tab=" + b.Tab
}

// CSV is where the time that is listed can be had as a file.
func (b budgetShell) CSV() string {
	if b.Time != nil {
		return b.Time.Filter.file()
	}
	return b.At() + "/time.csv"
}

// Budgets is the page of a project's budgets, live. To whom none is open it does not exist.
func (p *Portal) Budgets(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return p.page(c, live.PageKey{Kind: projectPage, Project: id, Noun: id}, "projects", "portal/budgets", func(s sight) (string, any, error) {
		project, err := s.Project(id)
		if err == nil && project.Budgets == "" {
			err = db.ErrNotFound
		}
		return s.T("client-budget.all") + ": " + project.Name, map[string]any{"Project": project}, err
	})
}

// Budget is the page of one, live.
func (p *Portal) Budget(c *fiber.Ctx) error {
	id, err := p.threadIn(c, db.OnBudget)
	if err != nil {
		return err
	}
	filter := readTimeFilter(c, id)
	about := c.Query("about")
	if filter.mistaken() {
		return p.budgetStill(c, filter)
	}
	return p.page(c, live.PageKey{Kind: budgetPage, Noun: id}, "projects", "portal/budget", func(s sight) (string, any, error) {
		box, err := s.replyBox(id, "", "")
		if err != nil {
			return "", nil, err
		}
		if box.Text, err = s.asking(id, about, box.Text); err != nil {
			return "", nil, err
		}
		return s.budgetBody(box, filter)
	})
}

// budgetStill is the page when it was asked for what cannot be: with a sentence, and all of the time.
func (p *Portal) budgetStill(c *fiber.Ctx, filter timeFilter) error {
	return p.look(c, func(s sight) error {
		box, err := s.replyBox(filter.budget, "", "")
		if err != nil {
			return err
		}
		title, data, err := s.budgetBody(box, filter)
		if err != nil {
			return err
		}
		regions, err := s.budgetRegions(filter.budget)
		if err != nil {
			return err
		}
		page := p.Page(c, title, "projects", data)
		page.Regions = web.RegionMap(regions)
		return p.Send(c, fiber.StatusUnprocessableEntity, "portal/budget", page)
	})
}

// askedBody is the shell around a reply that was not taken.
func (s sight) askedBody(box replyForm) (string, any, error) {
	return s.budgetBody(box, timeFilter{budget: box.Thread.ID, tab: budgetTabs[0]})
}

// budgetBody reads the shell.
func (s sight) budgetBody(box replyForm, filter timeFilter) (title string, data any, err error) {
	shell := budgetShell{W: s.Words, Tab: filter.tab, Tabs: budgetTabs, Reply: box}
	if shell.B, err = s.Glass.Budget(box.Thread.ID, db.Date(s.Today())); err != nil {
		return "", nil, err
	}
	if shell.Project, err = s.Project(shell.B.ProjectID); err != nil {
		return "", nil, err
	}
	switch filter.tab {
	case "time":
		shell.Time, err = s.timeList(shell.B, filter, box.May)
	case "expenses":
		shell.Spent, err = s.spentList(shell.B, box.May)
	}
	return shell.B.Name, shell, err
}

// budgetRegions are what everybody sees alike who sees the budget.
func (s sight) budgetRegions(id db.ID) ([]live.Region, error) {
	b, err := s.Glass.Budget(id, db.Date(s.Today()))
	if err != nil {
		return nil, err
	}
	sum, err := s.budgetSum(b)
	if err != nil {
		return nil, err
	}
	progress, err := s.Progress()
	if err != nil {
		return nil, err
	}
	people, err := s.People(b.ProjectID)
	if err != nil {
		return nil, err
	}
	mark, err := s.listsMark(id)
	if err != nil {
		return nil, err
	}
	return drawAll(
		s.drawer("budget", map[string]any{"W": s.Words, "S": sum, "Leads": s.team(people)["Lead"]}),
		s.drawer("used", map[string]any{"W": s.Words, "S": sum, "Progress": progress[b.ProjectID]}),
		s.drawer("services", map[string]any{"W": s.Words, "S": sum}),
		s.drawer("lists", map[string]any{"Mark": mark}),
		func() (live.Region, error) { return s.thread(id) },
		func() (live.Region, error) { return s.clock(id) },
		func() (live.Region, error) { return s.may(id) })
}

// listsMark changes whenever one of the lists does, so that open pages read theirs again. Of invoices,
// which not everybody sees, it knows nothing.
func (s sight) listsMark(id db.ID) (string, error) {
	entries, err := s.TimeEntries(id, 0, "", "")
	if err != nil {
		return "", err
	}
	expenses, err := s.Glass.Expenses(id)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	for _, e := range entries {
		e.InvoiceID, e.Invoice = 0, ""
		fmt.Fprintf(sum, "%v\n", e)
	}
	for _, x := range expenses {
		x.InvoiceID, x.Invoice = 0, ""
		fmt.Fprintf(sum, "%v\n", x)
	}
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:12]), nil
}
