package handlers

import (
	"strings"

	"vitrine/db"
)

// seedBudgets has a budget of each project that is open to those of its clients who hold the right, and one
// that is shut. What no client reads carries a canary; figures that none may see are 12:34 worked, and 777.77
// and 19.19 of inner cost, which nothing else adds up to.
func (w *world) seedBudgets() {
	w.parts["budget"] = w.budget("leader", w.project, "Website hours", db.BudgetCapped, true)
	w.parts["shut budget"] = w.budget("leader", w.project, "CNRY-shut budget", db.BudgetFixed, false)
	w.parts["foreign budget"] = w.budget("owner", w.other, "CNRY-foreign-budget", db.BudgetCapped, true)
	w.parts["entry"] = w.books("member", "budget", db.TimeForm{Minutes: "12:34", Billable: "2:00", Wording: "Gallery, large photo", Task: w.tasks["gallery"].String()})
	w.books("leader", "budget", db.TimeForm{Minutes: "1:11", Billable: "0", Wording: "CNRY-not-billed"})
	w.books("member", "shut budget", db.TimeForm{Minutes: "1:00", Wording: "CNRY-shut work"})
	w.books("owner", "foreign budget", db.TimeForm{Minutes: "1:00", Wording: "CNRY-foreign-budget work"})
	w.parts["expense"] = w.spends("member", "budget", "Font licence", db.ExpenseForm{Amount: "64", Billable: true, ReceiptOpen: true})
	w.spends("member", "budget", "CNRY-own-cost", db.ExpenseForm{Amount: "19.19"})
	w.parts["foreign entry"] = w.books("elsewhere", "foreign budget", db.TimeForm{Minutes: "1:00", Wording: "CNRY-foreign-entry"})
	w.parts["foreign expense"] = w.spends("elsewhere", "foreign budget", "CNRY-foreign-expense", db.ExpenseForm{Amount: "7", Billable: true})
	w.parts["spare budget"] = w.budget("leader", w.project, "CNRY-spare budget", db.BudgetFixed, false)
	w.parts["foreign spare budget"] = w.budget("owner", w.other, "CNRY-foreign-spare budget", db.BudgetFixed, false)
	for _, part := range []string{"budget", "spare budget", "foreign spare budget"} {
		w.ok(w.store.View(w.people["owner"], func(v *db.Viewer) error {
			b, err := v.Budget(w.parts[part], "2026-05-20")
			if err == nil {
				w.parts[strings.Replace(part, "spare budget", "spare", 1)+" service"] = b.Services[0].ID
			}
			return err
		}))
	}
}

// budget makes a budget of 10 hours at 60.00, which cost 777.77 inside.
func (w *world) budget(by string, project db.ID, name, kind string, open bool) db.ID {
	w.t.Helper()
	id, err := w.store.AddBudget(w.actor(by), project, db.BudgetForm{Name: name, Currency: "EUR", Kind: kind})
	w.ok(err)
	_, err = w.store.AddService(w.actor(by), id, db.ServiceForm{Name: "Build of " + name, Unit: "hour", Price: "60", Cost: "777.77", Quantity: "10"})
	w.ok(err)
	w.ok(w.store.OpenBudget(w.actor(by), id, open))
	return id
}

// books books time on the first service of a budget.
func (w *world) books(by, budget string, form db.TimeForm) db.ID {
	w.t.Helper()
	w.ok(w.store.View(w.people["owner"], func(v *db.Viewer) error {
		b, err := v.Budget(w.parts[budget], "2026-05-20")
		if err == nil {
			form.Service = b.Services[0].ID.String()
		}
		return err
	}))
	form.Remark = "CNRY-remark " + form.Wording
	if form.Day == "" {
		form.Day = "2026-05-18"
	}
	id, err := w.store.AddTime(w.actor(by), form)
	w.ok(err)
	return id
}

// spends keeps an expense with a receipt.
func (w *world) spends(by, budget, wording string, form db.ExpenseForm) db.ID {
	w.t.Helper()
	receipt, err := w.store.Receive(strings.NewReader("receipt of "+wording), 1<<20)
	w.ok(err)
	receipt.Name = strings.ReplaceAll(wording, " ", "-") + ".txt"
	form.Day, form.Wording, form.Remark, form.Supplier = "2026-05-17", wording, "CNRY-expense-remark", "Typotopia"
	id, err := w.store.AddExpense(w.actor(by), w.parts[budget], form, receipt)
	w.ok(err)
	return id
}
