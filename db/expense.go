package db

import (
	"vitrine/db/bill"
)

// Expense is money that was spent on a budget, as the team reads it. Amount is without tax, in minor
// units of the budget's currency. ReceiptID is its file, 0 for none; ReceiptOpen lets clients open
// that. Shown, MayEdit and MayJudge are as of TimeEntry.
type Expense struct {
	ID, BudgetID, ProjectID, PersonID, InvoiceID, ReceiptID ID
	Person, Invoice, Budget, Project, Currency, Receipt     string
	Day                                                     Date
	Amount, Tax                                             int64
	Billable, ReceiptOpen                                   bool
	Supplier, Remark, Wording                               string
	State, Reason, JudgedBy                                 string
	JudgedAt, CreatedAt                                     Time
	Version                                                 int64
	Shown, MayEdit, MayJudge                                bool
}

// expenseShown says of the expense x, its budget b and project p that clients who see the budget see it.
const expenseShown = "(b.client_open = 1 AND x.billable = 1 AND x.state <> 'returned' AND (p.approves = 0 OR x.state = 'approved'))"

const teamExpense = `SELECT x.id, b.id, b.project_id, x.person_id, x.invoice_id, f.id, coalesce(w.name, ''), coalesce(i.number, ''), b.name, p.name, b.currency, coalesce(f.name, ''), x.day, x.amount, x.tax, x.billable, x.receipt_open,
	x.supplier, x.remark, x.wording, x.state, x.reason, coalesce(j.name, ''), x.judged_at, x.created_at, x.version, ` + expenseShown + `,
	EXISTS (SELECT 1 FROM may_edit_expense m WHERE m.viewer_id = v.viewer_id AND m.expense_id = x.id), EXISTS (SELECT 1 FROM may_judge_expense m WHERE m.viewer_id = v.viewer_id AND m.expense_id = x.id)
	FROM visible_expense_team v JOIN expense x ON x.id = v.expense_id JOIN budget b ON b.id = x.budget_id JOIN project p ON p.id = b.project_id
	LEFT JOIN person w ON w.id = x.person_id LEFT JOIN person j ON j.id = x.judged_by LEFT JOIN invoice i ON i.id = x.invoice_id AND EXISTS (SELECT 1 FROM visible_invoice_team y WHERE y.viewer_id = v.viewer_id AND y.invoice_id = x.invoice_id) LEFT JOIN file f ON f.id = (SELECT max(r.id) FROM file r WHERE r.expense_id = x.id)`

func expenseFields(x *Expense) []any {
	return []any{&x.ID, &x.BudgetID, &x.ProjectID, &x.PersonID, &x.InvoiceID, &x.ReceiptID, &x.Person, &x.Invoice, &x.Budget, &x.Project, &x.Currency, &x.Receipt, &x.Day, &x.Amount, &x.Tax, &x.Billable, &x.ReceiptOpen,
		&x.Supplier, &x.Remark, &x.Wording, &x.State, &x.Reason, &x.JudgedBy, &x.JudgedAt, &x.CreatedAt, &x.Version, &x.Shown, &x.MayEdit, &x.MayJudge}
}

// Expenses are those of a budget, newest first.
func (v *Viewer) Expenses(budget ID) ([]Expense, error) {
	return all(v.source, expenseFields, teamExpense+" WHERE v.viewer_id = ? AND b.id = ? ORDER BY x.day DESC, x.created_at DESC, x.id LIMIT 1000", v.ID, budget)
}

// Expense is one of them.
func (v *Viewer) Expense(id ID) (Expense, error) {
	return one(v.source, expenseFields, teamExpense+" WHERE v.viewer_id = ? AND x.id = ?", v.ID, id)
}

// ExpenseForm is an expense as it is filled in. Amounts are in whole units with their decimals.
type ExpenseForm struct {
	Day, Amount, Tax          string
	Supplier, Remark, Wording string
	Billable, ReceiptOpen     bool
	Version                   int64
}

type cleanExpense struct {
	ExpenseForm
	day         Date
	amount, tax int64
}

func (f ExpenseForm) clean(currency string) (c cleanExpense, err error) {
	c.ExpenseForm = f
	day, known := ParseDate(f.Day)
	if c.day = day; !known || day == "" {
		return c, invalid("day", "date.invalid")
	}
	scale, _ := bill.Scale(currency)
	if c.amount, err = bill.ParseNumber(f.Amount, scale); err != nil || c.amount <= 0 {
		return c, invalid("amount", "amount.invalid")
	}
	if f.Tax != "" {
		if c.tax, err = bill.ParseNumber(f.Tax, scale); err != nil || c.tax < 0 {
			return c, invalid("tax", "amount.invalid")
		}
	}
	if c.Supplier, err = cleanLine("supplier", f.Supplier, 200); err != nil {
		return c, err
	}
	if c.Wording, err = cleanLine("wording", f.Wording, 500); err != nil {
		return c, err
	}
	if c.Wording == "" && f.Billable {
		return c, invalid("wording", "expense.wording-empty")
	}
	c.Remark, err = cleanText("remark", f.Remark, 2000)
	return c, err
}

// AddExpense keeps an expense, with a receipt unless that is nil. Whoever works on the project may.
// Errors: ErrPreview, ErrNotFound, ErrDenied, Invalid.
func (s *Store) AddExpense(actor Actor, budget ID, form ExpenseForm, receipt *Received) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		b, err := tx.budgetOf(budget)
		if err == nil {
			err = tx.mayWork(actor, b.ProjectID)
		}
		if err != nil {
			return err
		}
		c, err := form.clean(b.Currency)
		if err != nil {
			return err
		}
		if b.Closed {
			return invalid("day", "time.budget-closed")
		}
		if err := tx.run(`INSERT INTO expense (id, budget_id, person_id, day, amount, tax, billable, supplier, remark, wording, receipt_open, created_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
			id, budget, actor.ID, c.day, c.amount, c.tax, c.Billable, c.Supplier, c.Remark, c.Wording, c.ReceiptOpen, tx.now); err != nil {
			return err
		}
		if receipt != nil {
			if _, err := tx.hang(actor, b.ProjectID, "expense_id", id, receipt); err != nil {
				return err
			}
		}
		return tx.spent(b, id, false)
	})
	return id, err
}

// EditExpense changes one, and its receipt where there is a new one. Who may is as of EditTime. Errors as
// of AddExpense, ErrSent once it stands on an invoice, *Conflict.
func (s *Store) EditExpense(actor Actor, id ID, form ExpenseForm, receipt *Received) error {
	return s.write(func(tx *Tx) error {
		old, b, err := tx.expenseOf(actor, id)
		if err != nil {
			return err
		}
		if form.Version != old.Version {
			return &Conflict{Version: old.Version, Theirs: map[string]string{"wording": old.Wording, "remark": old.Remark}}
		}
		c, err := form.clean(b.Currency)
		if err != nil {
			return err
		}
		if err := tx.must(`UPDATE expense SET day = ?, amount = ?, tax = ?, billable = ?, supplier = ?, remark = ?, wording = ?, receipt_open = ?,
			state = iif(state = 'returned', 'open', state), version = version + 1 WHERE id = ?`, c.day, c.amount, c.tax, c.Billable, c.Supplier, c.Remark, c.Wording, c.ReceiptOpen, id); err != nil {
			return err
		}
		if receipt != nil {
			if err := tx.dropFiles("expense_id", id); err != nil {
				return err
			}
			if _, err := tx.hang(actor, b.ProjectID, "expense_id", id, receipt); err != nil {
				return err
			}
		}
		return tx.spent(b, id, old.Shown)
	})
}

// DeleteExpense takes one back, with its receipt.
func (s *Store) DeleteExpense(actor Actor, id ID) error {
	return s.write(func(tx *Tx) error {
		old, b, err := tx.expenseOf(actor, id)
		if err != nil {
			return err
		}
		if err := tx.dropFiles("expense_id", id); err != nil {
			return err
		}
		if err := tx.must("DELETE FROM expense WHERE id = ?", id); err != nil {
			return err
		}
		b.Open = old.Shown
		return tx.changedBudget(b)
	})
}

// expenseOf is an expense that the actor may change, with its budget.
func (tx *Tx) expenseOf(actor Actor, id ID) (x Expense, b budgetOf, err error) {
	if err := tx.notPreview(actor); err != nil {
		return x, b, err
	}
	if x, err = one(tx, expenseFields, teamExpense+" WHERE v.viewer_id = ? AND x.id = ?", actor.ID, id); err != nil {
		return x, b, err
	}
	switch b, err = tx.budgetOf(x.BudgetID); {
	case err != nil:
	case x.InvoiceID != 0:
		err = ErrSent
	case !x.MayEdit:
		err = ErrDenied
	}
	return x, b, err
}

// spent lets everybody hear of an expense; clients where they saw it or see it now.
func (tx *Tx) spent(b budgetOf, id ID, before bool) error {
	after, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM expense x JOIN budget b ON b.id = x.budget_id JOIN project p ON p.id = b.project_id WHERE x.id = ? AND "+expenseShown+")", id)
	if err != nil {
		return err
	}
	b.Open = before || after
	return tx.changedBudget(b)
}

// SetReceipt keeps the receipt of an expense, in the place of the one before. Who may is as of EditExpense.
func (s *Store) SetReceipt(actor Actor, id ID, receipt *Received) error {
	return s.write(func(tx *Tx) error {
		old, b, err := tx.expenseOf(actor, id)
		if err != nil {
			return err
		}
		if err := tx.dropFiles("expense_id", id); err != nil {
			return err
		}
		if _, err := tx.hang(actor, b.ProjectID, "expense_id", id, receipt); err != nil {
			return err
		}
		b.Open = old.Shown && old.ReceiptOpen
		return tx.changedBudget(b)
	})
}
