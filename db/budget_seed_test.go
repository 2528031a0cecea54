package db

import "strings"

// budgeted makes a budget with one service an hour of which costs 60.00, inside 25.00.
func (w *world) budgeted(name, project, by, kind string, open bool) ID {
	w.t.Helper()
	id := w.keep(name)(w.AddBudget(w.actor(by), w.id(project), BudgetForm{Name: name, Currency: "EUR", Kind: kind, StartsOn: "2026-05-01", Note: "note on " + name}))
	w.keep("work of " + name)(w.AddService(w.actor(by), id, ServiceForm{Name: "work of " + name, Unit: "hour", Price: "60", Cost: "25", Quantity: "10"}))
	w.must(w.OpenBudget(w.actor(by), id, open))
	return id
}

// booked books time on the service of a budget.
func (w *world) booked(name, by, budget string, form TimeForm) ID {
	w.t.Helper()
	form.Service = w.id("work of " + budget).String()
	if form.Day == "" {
		form.Day = "2026-05-18"
	}
	if form.Remark == "" {
		form.Remark = "remark on " + name
	}
	return w.keep(name)(w.AddTime(w.actor(by), form))
}

// seedTime has budgets that are open to clients and not, of projects that approve and not, with work in
// every state and expenses of every kind.
func (w *world) seedTime() {
	w.budgeted("hours", "site", "lea", BudgetCapped, true)
	w.budgeted("house plan", "site", "lea", BudgetFixed, false)
	w.budgeted("spare plan", "site", "lea", BudgetFixed, false)
	w.budgeted("care plan", "brand", "tess", BudgetRetainer, true)
	w.budgeted("beta hours", "beta", "tess", BudgetCapped, true)
	w.must(w.SetApproves(w.actor("tess"), w.id("brand"), true))
	w.booked("gallery", "mark", "hours", TimeForm{Minutes: "1:30", Billable: "1:15", Wording: "Gallery, large photo", Task: w.id("home").String()})
	w.booked("hidden task's", "mark", "hours", TimeForm{Minutes: "0:30", Task: w.id("secret").String()})
	w.booked("free work", "lea", "hours", TimeForm{Minutes: "2:00", Billable: "0", Wording: "not billed"})
	w.booked("returned", "mark", "hours", TimeForm{Minutes: "0:45", Wording: "too much"})
	w.must(w.Judge(w.actor("lea"), Judgement{Entries: []ID{w.id("returned")}, Reason: "was quicker"}))
	w.booked("house work", "mark", "house plan", TimeForm{Minutes: "3:00", Wording: "nobody reads this"})
	w.keep("no budget's")(w.AddTime(w.actor("mark"), TimeForm{Project: w.id("site").String(), Day: "2026-05-18", Minutes: "0:20 mails", Wording: "on no budget"}))
	w.booked("approved", "tess", "care plan", TimeForm{Minutes: "1:00", Wording: "Letterhead"})
	w.booked("waiting", "tess", "care plan", TimeForm{Minutes: "4:00", Wording: "not approved"})
	w.booked("beta work", "tess", "beta hours", TimeForm{Minutes: "1:00", Wording: "Beta's"})
	w.booked("changed", "mark", "hours", TimeForm{Minutes: "9:00-9:40", Day: "2026-05-19", Wording: "Menu"})
	w.must(w.EditTime(w.actor("mark"), w.id("changed"), TimeForm{Service: w.id("work of hours").String(), Day: "2026-05-19", Minutes: "0:40", Wording: "Menu, mobile", Remark: "slow", Version: 1}))
	w.must(w.StartTimer(w.actor("mark"), TimerForm{Task: w.id("home").String(), Service: w.id("work of hours").String(), Remark: "remark on timer"}))
	for name, form := range map[string]ExpenseForm{
		"fonts":   {Amount: "64", Tax: "15.36", Billable: true, ReceiptOpen: true},
		"phones":  {Amount: "96", Billable: true},
		"pizza":   {Amount: "20", Billable: false},
		"refused": {Amount: "11", Billable: true},
	} {
		w.spent(name, "mark", "hours", form)
	}
	w.must(w.Judge(w.actor("lea"), Judgement{Expenses: []ID{w.id("refused")}, Reason: "private"}))
	w.spent("lamp", "lea", "house plan", ExpenseForm{Amount: "30", Billable: true, ReceiptOpen: true})
	w.spent("paper stock", "tess", "care plan", ExpenseForm{Amount: "40", Billable: true, ReceiptOpen: true})
	w.spent("toner", "tess", "care plan", ExpenseForm{Amount: "41", Billable: true, ReceiptOpen: true})
	w.must(w.Judge(w.actor("tess"), Judgement{Entries: []ID{w.id("approved")}, Expenses: []ID{w.id("paper stock")}, Approve: true}))
	w.sql("UPDATE time_entry SET invoice_id = ? WHERE id = ?", w.id("bill of Acme"), w.id("changed"))
	w.sql("UPDATE expense SET invoice_id = ? WHERE id = ?", w.id("bill of Acme"), w.id("phones"))
	w.keep("reply on hours")(w.AddReply(w.actor("manu"), w.id("hours"), "words on hours"))
	w.keep("note on hours")(w.AddNote(w.actor("lea"), w.id("hours"), "note in hours"))
}

// spent keeps an expense with a receipt.
func (w *world) spent(name, by, budget string, form ExpenseForm) {
	w.t.Helper()
	receipt, err := w.Receive(strings.NewReader("receipt of "+name), 1<<20)
	w.must(err)
	receipt.Name = "receipt of " + name + ".txt"
	form.Day, form.Supplier, form.Remark = "2026-05-18", "supplier of "+name, "remark on "+name
	form.Wording = "wording of " + name
	w.keep(name)(w.AddExpense(w.actor(by), w.id(budget), form, receipt))
	w.ids["receipt of "+name] = w.file("receipt of " + name + ".txt")
}

func (w *world) file(name string) (id ID) {
	w.must(w.read(func(r source) (err error) {
		id, err = value[ID](r, "SELECT id FROM file WHERE name = ?", name)
		return err
	}))
	return id
}
