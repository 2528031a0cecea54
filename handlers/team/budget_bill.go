package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// budgetBill is the page on which work of a budget is put on a bill.
type budgetBill struct {
	head
	Budget db.Budget
	Form   web.Form
	Groups []string
	Lines  []billLine
	Sum    int64
}

// billLine is what will stand there, in the reader's language.
type billLine struct {
	Text, Detail string
	Amount       int64
}

var unbilledFields = []string{"until", "group", "time", "services", "expenses", "sum", "chosen"}

func billForm(form web.Form) db.BudgetBillForm {
	return db.BudgetBillForm{Until: form.Value("until"), Group: form.Value("group"), Sum: number(form.Value("sum")),
		Time: form.Value("time") == "1", Services: form.Value("services") == "1", Expenses: form.Value("expenses") == "1"}
}

// BudgetBillForm shows what a bill for a budget would say, of all that may be on it unless the address chooses.
func (t *Team) BudgetBillForm(c *fiber.Ctx) error {
	id, err := t.threadIn(c, db.OnBudget)
	if err != nil {
		return err
	}
	values := map[string]string{"group": db.GroupService, "time": "1", "services": "1", "expenses": "1"}
	if c.Query("chosen") == "" {
		return t.budgetBill(c, id, fiber.StatusOK, web.FormOf(values))
	}
	for _, name := range unbilledFields {
		values[name] = c.Query(name)
	}
	form, status := web.FormOf(values), fiber.StatusOK
	if form.Refused(t.Words(c), billForm(form).Check()) {
		status = fiber.StatusUnprocessableEntity
	}
	return t.budgetBill(c, id, status, form)
}

func (t *Team) budgetBill(c *fiber.Ctx, id db.ID, status int, form web.Form) error {
	return t.still(c, status, "team/budget_bill", func(s sight) (content, []live.Region, error) {
		page := budgetBill{Form: form, Groups: db.BillGroups}
		var err error
		if page.Budget, err = s.Viewer.Budget(id, db.Date(s.Today())); err != nil {
			return content{}, nil, err
		}
		if !page.Budget.Leads {
			return content{}, nil, db.ErrDenied
		}
		if page.head, err = s.head(page.Budget.ProjectID, "budgets"); err != nil {
			return content{}, nil, err
		}
		if page.Form.Value("until") == "" {
			page.Form.Values["until"] = s.Today()
		}
		lines, err := s.Viewer.Unbilled(id, billForm(page.Form))
		if page.Form.Refused(s.Words, err) { // is said already
			err = nil
		}
		for _, u := range lines {
			text, detail := sayUnbilled(s.Words, u, page.Budget.Currency)
			page.Lines = append(page.Lines, billLine{text, detail, u.Amount})
			page.Sum += u.Amount
		}
		return content{s.T("budget.bill"), page}, nil, err
	})
}

// sayUnbilled words a line of a bill. What is said of a person or inside is in none of it.
func sayUnbilled(w *views.Words, u db.Unbilled, currency string) (text, detail string) {
	switch {
	case u.Kind == "expense":
		text = u.Wording
		if text == "" {
			text = w.T("expense.it")
		}
		return text, w.DayRecord(u.From)
	case u.Month != "":
		return u.Service, w.MonthHead(u.Month + "-01")
	case u.Kind == "service":
		return u.Service, ""
	}
	text = u.Service
	if about := u.Wording; about != "" || u.Task != "" {
		if about == "" {
			about = u.Task
		}
		text = w.T("budget.bill-line", "service", u.Service, "about", about)
	}
	days := w.DayRecord(u.From)
	if u.To != u.From {
		days = w.T("date.span", "from", w.DayRecord(u.From), "to", w.DayRecord(u.To))
	}
	return text, w.T("budget.bill-time", "days", days, "time", w.Hours(u.Minutes))
}

// InvoiceBudget makes the draft and leads to its form.
func (t *Team) InvoiceBudget(c *fiber.Ctx) error {
	id, err := t.threadIn(c, db.OnBudget)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, unbilledFields...)
	space := t.Workspace()
	made, err := t.Store.InvoiceBudget(t.Actor(c), id, billForm(form), func(language string, u db.Unbilled, currency string) (string, string) {
		return sayUnbilled(views.For(language, space.TimeZone, t.Store.Now()), u, currency)
	})
	if form.Refused(t.Words(c), err) {
		return t.budgetBill(c, id, fiber.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, invoiceURL(made)+"/edit")
}
