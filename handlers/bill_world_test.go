package handlers

import (
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
	space, err := w.store.Workspace()
	w.ok(err)
	w.ok(w.store.IssueInvoice(w.actor("owner"), id, w.bill(id).Version, web.NewDrawing(w.store, space)))
	return id
}

// bill is one as the owner reads it.
func (w *world) bill(id db.ID) (i db.Invoice) {
	w.t.Helper()
	w.ok(w.store.View(w.people["owner"], func(v *db.Viewer) (err error) { i, err = v.Invoice(id); return err }))
	return i
}
