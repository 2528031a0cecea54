package portal

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/db/bill"
	"vitrine/handlers/web"
	"vitrine/views"
	"vitrine/views/pdf"
)

// BudgetCSV gives the time of a budget that a filter leaves as a file, in the words that the page has.
func (p *Portal) BudgetCSV(c *fiber.Ctx) error {
	id, err := p.threadIn(c, db.OnBudget)
	if err != nil {
		return err
	}
	filter := readTimeFilter(c, id)
	if filter.mistaken() {
		return p.budgetStill(c, filter)
	}
	var rows [][]string
	if err := p.look(c, func(s sight) (err error) { rows, err = s.timeRows(filter); return err }); err != nil {
		return err
	}
	return web.SendCSV(c, "time-"+id.String()+".csv", rows)
}

// timeRows are what a spreadsheet gets: days as ISO 8601 writes them, minutes, hours with a point.
func (s sight) timeRows(filter timeFilter) ([][]string, error) {
	b, err := s.Glass.Budget(filter.budget, db.Date(s.Today()))
	if err != nil {
		return nil, err
	}
	entries, err := s.entries(filter)
	if err != nil {
		return nil, err
	}
	scale, _ := bill.Scale(b.Currency)
	rows := [][]string{{s.T("client-budget.day"), s.T("client-budget.what"), s.T("client-budget.who"), s.T("client-budget.service"), s.T("client-budget.minutes"), s.T("client-budget.hours"),
		s.T("client-budget.amount"), s.T("client-budget.currency"), s.T("client-budget.invoice")}}
	for _, e := range entries {
		hundredths := (int64(e.Minutes)*100 + 30) / 60
		rows = append(rows, []string{string(e.Day), e.Wording, e.Author, e.Service, strconv.Itoa(e.Minutes), bill.Typed(hundredths, 2), bill.Typed(e.Amount, scale), b.Currency, e.Invoice})
	}
	return rows, nil
}

// BudgetPDF gives a budget as a file: figures, services, all of its time and expenses.
func (p *Portal) BudgetPDF(c *fiber.Ctx) error {
	id, err := p.threadIn(c, db.OnBudget)
	if err != nil {
		return err
	}
	logo, err := p.Store.BrandPicture(db.Logo)
	if err != nil && err != db.ErrNotFound {
		return err
	}
	var paper views.BudgetPaper
	if err := p.look(c, func(s sight) (err error) { paper, err = s.budgetPaper(id); return err }); err != nil {
		return err
	}
	paper.Brand.PNG = logo.Image
	file, err := pdf.Budget(paper)
	if err != nil {
		return err
	}
	return web.SendSaved(c, "budget-"+id.String()+".pdf", "application/pdf", file)
}

func (s sight) budgetPaper(id db.ID) (paper views.BudgetPaper, err error) {
	b, err := s.Glass.Budget(id, db.Date(s.Today()))
	if err != nil {
		return paper, err
	}
	project, err := s.Project(b.ProjectID)
	if err != nil {
		return paper, err
	}
	sum, err := s.budgetSum(b)
	if err != nil {
		return paper, err
	}
	entries, err := s.entries(timeFilter{budget: id})
	if err != nil {
		return paper, err
	}
	expenses, err := s.Glass.Expenses(id)
	if err != nil {
		return paper, err
	}
	paper = views.BudgetPaper{Language: s.Words.Language, Title: b.Name, About: s.T("client-budget.paper", "project", project.Name, "company", project.Company),
		Brand: views.InvoiceBrand{Name: s.space.Name}, Facts: sum.facts(), Note: b.Note, Page: s.T("client-budget.paper-page"), Stand: s.T("client-budget.paper-stand", "day", s.DayRecord(db.Date(s.Today())))}
	paper.On, _ = db.Date(s.Today()).Midnight()
	paper.Tables = []views.PaperTable{sum.servicesTable(), sum.timeTable(entries), sum.expensesTable(expenses)}
	return paper, nil
}
