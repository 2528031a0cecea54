package handlers

import (
	"time"

	"vitrine/db"
	"vitrine/db/bill"
	"vitrine/handlers/web"
)

// seedBills has the bills of both companies: sent, paid in part, drafted, asked about. What stands
// on a bill its readers may read; the company's own details stay hidden (seedCompanies).
func (w *world) seedBills() {
	owner := w.actor("owner")
	settings, err := w.store.BillSettings(owner)
	w.ok(err)
	form := settings.Form()
	form.Name, form.Address, form.Country, form.VAT, form.IBAN = "Ormos Studio", "Patision 74\n104 34 Athens", "GR", "EL123456783", "GR1601101250000000012300695"
	w.ok(w.store.SetBilling(owner, form))
	w.ok(w.store.SetPersonBills(owner, w.people["leader"].ID, true))
	for prefix, company := range map[string]db.ID{"": w.parts["company"], "foreign ": w.parts["foreign company"]} {
		text := map[string]string{"": "Product pages", "foreign ": "CNRY-foreign-line"}[prefix]
		sent := w.billed(company, text)
		w.parts[prefix+"bill"] = sent
		w.parts[prefix+"payment"], err = w.store.RecordPayment(owner, sent, db.PaymentForm{Amount: "20", On: string(w.billingDay()), Way: "bank", Reference: text, Version: w.bill(sent).Version})
		w.ok(err)
		w.parts[prefix+"draft bill"] = w.unsent(company, "CNRY-draft-line")
		w.parts[prefix+"fresh bill"] = w.billed(company, text)
	}
	w.parts["bill question"], err = w.store.AskInvoice(w.actor("finance"), w.parts["bill"], "Which pages are these?")
	w.ok(err)
}

func (w *world) billingDay() db.Date {
	day, err := w.store.BillingDay()
	w.ok(err)
	return day
}

// unsent writes a bill of 100.00 and 24 % for a company.
func (w *world) unsent(company db.ID, text string) db.ID {
	hidden := "CNRY-margin"
	id, err := w.store.AddInvoice(w.actor("owner"), db.InvoiceForm{Company: company.String(), Kind: bill.Invoice, Language: "en", Currency: "EUR", Rounding: bill.PerTotal, Internal: hidden,
		Lines: []db.LineForm{{Text: text, Quantity: "1", Price: "100", Tax: "S 24"}}})
	w.ok(err)
	return id
}

func (w *world) billed(company db.ID, text string) db.ID {
	id := w.unsent(company, text)
	w.issues(id)
	return id
}

// issues sends a draft as the owner does.
func (w *world) issues(id db.ID) {
	w.t.Helper()
	space, err := w.store.Workspace()
	w.ok(err)
	w.ok(w.store.IssueInvoice(w.actor("owner"), id, w.bill(id).Version, web.NewDrawing(w.store, space)))
}

// bill is one as the owner reads it.
func (w *world) bill(id db.ID) (i db.Invoice) {
	w.t.Helper()
	w.ok(w.store.View(w.people["owner"], func(v *db.Viewer) (err error) { i, err = v.Invoice(id); return err }))
	return i
}

// billsByMail has finance told of bills: a new one, one that is late, a payment and an answer.
func (w *world) billsByMail(language string) {
	w.ok(w.store.SetProfile(w.actor("finance"), db.Profile{Name: "Fanis", Language: language, TimeZone: "Europe/Athens"}))
	w.beside("UPDATE person SET joined_at = created_at WHERE joined_at IS NULL AND side = 'client'")
	company := w.parts["company"]
	w.ok(w.store.EditCompany(w.actor("owner"), company, db.CompanyForm{Name: "Papadopoulos Ceramics", Address: "Ermou 12", Country: "GR", Notes: "CNRY-company-notes", Version: 3}))
	began := time.Now().AddDate(0, 0, -30)
	w.store.SetClock(func() time.Time { return began })
	late := w.billed(company, "Product pages")
	w.store.SetClock(nil)
	w.ok(w.store.DunDue(late))
	fresh := w.billed(company, "Product pages")
	_, err := w.store.RecordPayment(w.actor("owner"), fresh, db.PaymentForm{Amount: "20", On: string(w.billingDay()), Way: "bank", Version: w.bill(fresh).Version})
	w.ok(err)
	_, err = w.store.AskInvoice(w.actor("leader"), fresh, "<script>alert(1)</script> It is as agreed.")
	w.ok(err)
}

// givesByMail gives Eleni a task, reminds her of another, and has her do it.
func (w *world) givesByMail() {
	at := time.Now().UTC().Truncate(24 * time.Hour).Add(10 * time.Hour) // when the office is open
	for at.After(time.Now()) || at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
		at = at.AddDate(0, 0, -1)
	}
	eleni := int64(w.people["eleni"].ID)
	w.beside("INSERT INTO task_assignee (task_id, person_id) VALUES (?1, ?3), (?2, ?3)", int64(w.tasks["gallery"]), int64(w.tasks["shipping"]), eleni)
	w.beside("INSERT INTO given_told (task_id, person_id, at) VALUES (?, ?, '2026-01-01T00:00:00.000000Z')", int64(w.tasks["shipping"]), eleni)
	w.beside("UPDATE task SET due_on = ? WHERE id = ?", at.Format(time.DateOnly), int64(w.tasks["shipping"]))
	w.store.SetClock(func() time.Time { return at })
	w.ok(w.store.GivenDue())
	w.store.SetClock(nil)
}
