package handlers

import "vitrine/db"

// seedBudgets has budgets in both companies' projects: one that is open to clients, one that is not, with
// billable work, work that is not, an expense with and one without an open receipt. What no client may
// read carries a canary, the internal remarks on what they may see included.
func (w *world) seedBudgets() {
	owner := w.actor("owner")
	for prefix, project := range map[string]db.ID{"": w.project, "foreign ": w.other} {
		name := map[string]string{"": "", "foreign ": "CNRY-foreign-budget "}[prefix]
		by := w.actor(map[string]string{"": "member", "foreign ": "elsewhere"}[prefix])
		var err error
		add := func(part, called string, open bool) {
			w.parts[prefix+part], err = w.store.AddBudget(owner, project, db.BudgetForm{Name: called, Currency: "EUR", Kind: db.BudgetCapped, Note: name + "note on " + called})
			w.ok(err)
			w.parts[prefix+part+" service"], err = w.store.AddService(owner, w.parts[prefix+part], db.ServiceForm{Name: called + " work", Unit: "hour", Price: "60", Cost: "7707.07", Quantity: "10"})
			w.ok(err)
			w.ok(w.store.OpenBudget(owner, w.parts[prefix+part], open))
		}
		add("budget", name+"Shop hours", true)
		add("shut budget", "CNRY-shut-budget", false)
		service := w.parts[prefix+"budget service"].String()
		w.parts[prefix+"entry"], err = w.store.AddTime(by, db.TimeForm{Service: service, Day: "2026-11-02", Minutes: "1:37", Billable: "1:15", Remark: "CNRY-remark-on-time", Wording: name + "Gallery, large photo"})
		w.ok(err)
		_, err = w.store.AddTime(by, db.TimeForm{Service: service, Day: "2026-11-02", Minutes: "2:00", Billable: "0", Remark: "CNRY-free-remark", Wording: "CNRY-free-wording"})
		w.ok(err)
		_, err = w.store.AddTime(by, db.TimeForm{Service: w.parts[prefix+"shut budget service"].String(), Day: "2026-11-02", Minutes: "3:00", Wording: "CNRY-shut-wording"})
		w.ok(err)
		w.parts[prefix+"expense"], err = w.store.AddExpense(by, w.parts[prefix+"budget"], db.ExpenseForm{Day: "2026-11-02", Amount: "64", Supplier: name + "Typotopia", Wording: name + "Font licence", Remark: "CNRY-remark-on-expense", Billable: true}, w.sent("CNRY-receipt.txt", "CNRY-receipt content"))
		w.ok(err)
		_, err = w.store.AddExpense(by, w.parts[prefix+"budget"], db.ExpenseForm{Day: "2026-11-02", Amount: "20", Supplier: "CNRY-supplier", Wording: "CNRY-inside"}, nil)
		w.ok(err)
		w.parts[prefix+"spare budget"], err = w.store.AddBudget(owner, project, db.BudgetForm{Name: "CNRY-spare-budget", Currency: "EUR", Kind: db.BudgetFixed})
		w.ok(err)
		w.parts[prefix+"spare service"], err = w.store.AddService(owner, w.parts[prefix+"spare budget"], db.ServiceForm{Name: "CNRY-spare-service", Unit: "hour"})
		w.ok(err)
	}
}
