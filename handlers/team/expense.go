package team

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/db/bill"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

var expenseFields = []string{"day", "amount", "tax", "supplier", "remark", "wording", "billable", "receipt_open", "version"}

func expenseForm(form web.Form) db.ExpenseForm {
	return db.ExpenseForm{Day: form.Value("day"), Amount: form.Value("amount"), Tax: form.Value("tax"), Supplier: form.Value("supplier"), Remark: form.Value("remark"), Wording: form.Value("wording"),
		Billable: form.Value("billable") != "", ReceiptOpen: form.Value("receipt_open") != "", Version: number(form.Value("version"))}
}

// AddExpense takes money that was spent on a budget; its receipt comes on its own page.
func (t *Team) AddExpense(c *fiber.Ctx) error {
	id, err := t.threadIn(c, db.OnBudget)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, expenseFields...)
	added, err := t.Store.AddExpense(t.Actor(c), id, expenseForm(form), nil)
	if err == nil {
		return web.SeeOther(c, "/expenses/"+added.String()+"/edit?said=saved")
	}
	return t.budgetDone(c, id, err, sentBudget{spending: &form, part: "expenses"}, &form)
}

// expensePage is the form of an expense, with its receipt.
type expensePage struct {
	head
	Expense db.Expense
	Form    web.Form
	Receipt web.Form
	Theirs  map[string]string
}

// sentExpense are forms of that page that were not taken.
type sentExpense struct {
	form, receipt *web.Form
	theirs        *db.Conflict
}

// EditExpenseForm shows an expense to whoever may change it.
func (t *Team) EditExpenseForm(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.expenseStill(c, id, fiber.StatusOK, sentExpense{})
}

func (t *Team) expenseStill(c *fiber.Ctx, id db.ID, status int, sent sentExpense) error {
	return t.still(c, status, "team/expense", func(s sight) (content, []live.Region, error) {
		x, err := s.Viewer.Expense(id)
		if err == nil && !x.MayEdit {
			err = db.ErrDenied
		}
		if err != nil {
			return content{}, nil, err
		}
		scale, _ := bill.Scale(x.Currency)
		ticked := map[bool]string{true: "1"}
		page := expensePage{Expense: x, Receipt: web.FormOf(map[string]string{}), Form: web.FormOf(map[string]string{"day": string(x.Day), "amount": bill.Typed(x.Amount, scale), "tax": bill.Typed(x.Tax, scale), "supplier": x.Supplier, "remark": x.Remark,
			"wording": x.Wording, "billable": ticked[x.Billable], "receipt_open": ticked[x.ReceiptOpen], "version": strconv.FormatInt(x.Version, 10)})}
		if sent.form != nil {
			page.Form = *sent.form
		}
		if sent.receipt != nil {
			page.Receipt = *sent.receipt
		}
		if sent.theirs != nil {
			page.Theirs = sent.theirs.Theirs
			page.Form.Values["version"] = strconv.FormatInt(sent.theirs.Version, 10)
		}
		page.head, err = s.head(x.ProjectID, "budgets")
		return content{s.T("expense.it"), page}, nil, err
	})
}

// EditExpense takes that form.
func (t *Team) EditExpense(c *fiber.Ctx) error {
	id, budget, err := t.expenseOf(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, expenseFields...)
	err = t.Store.EditExpense(t.Actor(c), id, expenseForm(form), nil)
	if conflict := conflictOf(err); conflict != nil {
		return t.expenseStill(c, id, fiber.StatusConflict, sentExpense{form: &form, theirs: conflict})
	}
	if form.Refused(t.Words(c), err) {
		return t.expenseStill(c, id, fiber.StatusUnprocessableEntity, sentExpense{form: &form})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, budgetURL(budget)+"?tab=expenses&said=saved")
}

// DeleteExpense takes one back.
func (t *Team) DeleteExpense(c *fiber.Ctx) error {
	id, budget, err := t.expenseOf(c)
	if err != nil {
		return err
	}
	if err := t.Store.DeleteExpense(t.Actor(c), id); err != nil {
		return err
	}
	return web.SeeOther(c, budgetURL(budget)+"?tab=expenses")
}

// SetReceipt takes the receipt of an expense, in the place of the one before.
func (t *Team) SetReceipt(c *fiber.Ctx) error {
	id, _, err := t.expenseOf(c)
	if err != nil {
		return err
	}
	err = t.ReceiveFiles(c, func(_ *string, files []*db.Received) error { return t.Store.SetReceipt(t.Actor(c), id, files[0]) })
	form := web.FormOf(map[string]string{})
	if form.Refused(t.Words(c), err) {
		return t.expenseStill(c, id, fiber.StatusUnprocessableEntity, sentExpense{receipt: &form})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, "/expenses/"+id.String()+"/edit?said=saved")
}

// expenseOf is the expense of an address, and its budget.
func (t *Team) expenseOf(c *fiber.Ctx) (id, budget db.ID, err error) {
	if id, err = web.ParamID(c, "id"); err != nil {
		return 0, 0, err
	}
	err = t.look(c, func(s sight) error {
		x, err := s.Viewer.Expense(id)
		budget = x.BudgetID
		return err
	})
	return id, budget, err
}
