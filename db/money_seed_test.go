package db

import "vitrine/db/bill"

// drawn stands for the files of an invoice where nobody looks at how they are drawn.
func drawn(p bill.Paper) (pdf, xml []byte, err error) {
	return []byte("%PDF " + p.Number + " " + p.Buyer.Name), []byte("<Invoice>" + p.Number + "</Invoice>"), nil
}

// billed writes an invoice of one line of 100.00 and 24 % for a company, and sends it.
func (w *world) billed(name, company string, projects ...string) ID {
	id := w.drafted(name, company, projects...)
	w.must(w.IssueInvoice(w.actor("adam"), id, w.invoice(name).Version, drawn))
	return id
}

func (w *world) drafted(name, company string, projects ...string) ID {
	form := InvoiceForm{Company: w.id(company).String(), Kind: bill.Invoice, Language: "en", Currency: "EUR", Rounding: bill.PerTotal, Order: "order of " + name, Note: "note on " + name,
		Terms: "terms of " + name, Pay: "pay for " + name, Internal: "margin of " + name, Exempt: "reason of " + name,
		Lines: []LineForm{{Text: "work on " + name, Detail: "detail of " + name, Quantity: "1", Unit: "C62", Price: "100", Tax: "S 24"}}}
	for _, project := range projects {
		form.Projects = append(form.Projects, w.id(project).String())
	}
	return w.keep(name)(w.AddInvoice(w.actor("adam"), form))
}

// invoice is one as it is stored.
func (w *world) invoice(name string) (i Invoice) {
	w.t.Helper()
	w.must(w.read(func(r source) (err error) { i, err = readInvoice(r, w.id(name)); return err }))
	return i
}

// seedMoney has what bills issue: sent, drafted, void and credited ones, of companies that are
// active and of one that is not, about projects with billing and without; payments, questions, visits.
func (w *world) seedMoney() {
	for key, value := range map[string]string{"bill.name": "Ormos Studio Ltd", "bill.address": "Patision 74\n104 34 Athens", "bill.country": "GR", "bill.vat": "EL123456783", "bill.code": "GEMI 1", "bill.email": "bills@ormos.test",
		"bill.account": "Ormos", "bill.iban": "GR1601101250000000012300695", "bill.bic": "ETHNGRAA", "bill.consent": "1", "bill.consent.en": "Begin at once", "bill.consent.el": "Αμέσως"} {
		w.sql("UPDATE setting SET value = ? WHERE key = ?", value, key)
	}
	w.sql("UPDATE company SET address = 'Ermou 12', country = 'GR', vat_number = 'EL094259216'")
	w.sql("UPDATE person SET bills = 1 WHERE id IN (?, ?)", w.id("lea"), w.id("fake"))
	w.sql("INSERT INTO feature (scope, scope_id, name, is_on) VALUES ('project', ?, 'billing', 0)", w.id("old"))
	w.billed("bill of Acme", "Acme", "site")
	w.billed("bill on old", "Acme", "old")
	w.billed("void of Acme", "Acme")
	w.drafted("draft for Acme", "Acme", "site")
	w.billed("bill of Beta", "Beta")
	w.keep("credit of Acme")(w.CreditInvoice(w.actor("adam"), w.id("bill of Acme")))
	w.sql("UPDATE invoice_line SET price = 1000 WHERE invoice_id = ?", w.id("credit of Acme"))
	w.sql("UPDATE invoice SET net = 1000, tax = 240, total = 1240 WHERE id = ?", w.id("credit of Acme"))
	w.must(w.IssueInvoice(w.actor("adam"), w.id("credit of Acme"), w.invoice("credit of Acme").Version, drawn))
	w.must(w.VoidInvoice(w.actor("adam"), w.id("void of Acme"), "sent by mistake"))
	for name, invoice := range map[string]string{"payment of Acme": "bill of Acme", "payment of Beta": "bill of Beta", "mistaken payment": "bill of Acme"} {
		w.keep(name)(w.RecordPayment(w.actor("adam"), w.id(invoice), PaymentForm{Amount: "20", On: "2026-05-20", Way: "bank", Reference: name, Version: w.invoice(invoice).Version}))
	}
	w.must(w.WithdrawPayment(w.actor("adam"), w.id("mistaken payment")))
	w.keep("question on bill")(w.AskInvoice(w.actor("finn"), w.id("bill of Acme"), "What is this line"))
	w.keep("answer on bill")(w.AskInvoice(w.actor("lea"), w.id("bill of Acme"), "The photographs"))
	w.must(w.SeeInvoice(w.actor("finn"), w.id("bill of Acme")))
	w.must(w.RepeatInvoice(w.actor("adam"), w.id("bill of Acme"), RepeatForm{Every: "month", Next: "2026-07-01"}))
	checkout, _, err := w.BeginCheckout(w.actor("finn"), w.id("bill of Acme"), "Begin at once")
	w.must(err)
	w.must(w.CheckoutBegun(checkout.ID, "cs_seed", "https://pay.test/seed"))
	w.sql("INSERT INTO pay_event (id, kind, invoice_id, outcome, at, told_at) VALUES ('evt_seed', 'expired', ?1, 'done', ?2, ?2)", w.id("bill of Acme"), At(w.Now()))
	w.billed("bill of brand", "Acme", "brand") // about a project that lea is not on
}
