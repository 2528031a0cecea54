package cli

import (
	"vitrine/db"
	"vitrine/db/bill"
	"vitrine/handlers/web"
)

// addMoney is what the studio billed: with paid, part paid, late and open invoices.
func (d *demo) addMoney() {
	d.on(-37, "12:05", func() error {
		katerina := d.people["Katerina"]
		settings, err := d.store.BillSettings(katerina)
		if err != nil {
			return err
		}
		form := settings.Form()
		form.Name, form.Address, form.Country, form.VAT, form.Code = "Ormos Studio", "Patision 74\n104 34 Athens", "GR", "EL123456783", "GEMI 003456701000"
		form.Account, form.IBAN, form.BIC, form.Mail = "Ormos Studio", "GR1601101250000000012300695", "ETHNGRAA", "bills@ormos.example"
		form.Terms["en"], form.Terms["el"] = "Payable within 14 days.", "Πληρωτέο εντός 14 ημερών."
		if err := d.store.SetBilling(katerina, form); err != nil {
			return err
		}
		return d.role(ceramics, "Eleni", "client-admin")
	})
	d.billed(-36, "", "100", db.LineForm{Text: "Discovery and page plan", Quantity: "38", Unit: "HUR", Price: "62"})
	d.billed(-28, "", "100", db.LineForm{Text: "Design, first round", Detail: "Home, category and product page", Quantity: "72", Unit: "HUR", Price: "62", Off: "5 %"})
	d.billed(-20, "", "0", db.LineForm{Text: "Font licence", Detail: "One year, expense at cost", Quantity: "1", Unit: "C62", Price: "64"})
	d.billed(-6, "PO-4471", "2000",
		db.LineForm{Text: "Product page design", Detail: "Third version", Quantity: "24", Unit: "HUR", Price: "62"},
		db.LineForm{Text: "Template build", Detail: "Home, category and search", Quantity: "52", Unit: "HUR", Price: "62"},
		db.LineForm{Text: "Photography at the workshop", Quantity: "1", Unit: "DAY", Price: "780"})
	d.on(-4, "11:40", func() error {
		invoice, err := d.latestBill()
		if err != nil {
			return err
		}
		if err := d.store.SeeInvoice(d.people["Eleni"], invoice.ID); err != nil {
			return err
		}
		_, err = d.store.AskInvoice(d.people["Eleni"], invoice.ID, "Is the photography the day in the workshop on the 28th?")
		return err
	})
	d.on(-4, "12:25", func() error {
		invoice, err := d.latestBill()
		if err != nil {
			return err
		}
		_, err = d.store.AskInvoice(d.people["Katerina"], invoice.ID, "Yes, the whole day with Nikos. The pictures are in the project.")
		return err
	})
	d.ago(90, func() error {
		form, err := d.billForm("", db.LineForm{Text: "Checkout and payment service", Quantity: "16", Unit: "HUR", Price: "62"})
		if err != nil {
			return err
		}
		_, err = d.store.AddInvoice(d.people["Katerina"], form)
		return err
	})
}

func (d *demo) billForm(order string, lines ...db.LineForm) (form db.InvoiceForm, err error) {
	company, err := d.store.CompanyFromShell(ceramics)
	form = db.InvoiceForm{Company: company.ID.String(), Kind: bill.Invoice, Language: "en", Currency: "EUR", Rounding: bill.PerTotal, Days: "14", Order: order, Terms: "Payable within 14 days.", Projects: []string{d.projects[website].String()}}
	for _, line := range lines {
		line.Tax = "S 24"
		form.Lines = append(form.Lines, line)
	}
	return form, err
}

// billed sends an invoice on a day; paid is what came in some days later: "100" for all of it, "0" for nothing.
func (d *demo) billed(day int, order, paid string, lines ...db.LineForm) {
	d.on(day, "10:15", func() error {
		form, err := d.billForm(order, lines...)
		if err != nil {
			return err
		}
		id, err := d.store.AddInvoice(d.people["Katerina"], form)
		if err != nil {
			return err
		}
		space, err := d.store.Workspace()
		if err != nil {
			return err
		}
		return d.store.IssueInvoice(d.people["Katerina"], id, 2, web.NewDrawing(d.store, space))
	})
	if paid == "0" {
		return
	}
	d.on(day+3, "12:20", func() error {
		invoice, err := d.latestBill()
		if err != nil {
			return err
		}
		if paid == "100" {
			paid = bill.Typed(invoice.Total, 2)
		}
		_, err = d.store.RecordPayment(d.people["Katerina"], invoice.ID, db.PaymentForm{Amount: paid, On: d.dayOf(day + 3), Way: "bank", Reference: "PAP-" + invoice.Number, Version: invoice.Version})
		return err
	})
}

// latestBill is the last invoice that was sent.
func (d *demo) latestBill() (last db.Invoice, err error) {
	company, err := d.store.CompanyFromShell(ceramics)
	if err != nil {
		return last, err
	}
	err = d.see(func(v *db.Viewer) error {
		list, err := v.Invoices(db.InvoiceFilter{Company: company.ID}, "")
		if err != nil {
			return err
		}
		for _, line := range list {
			if line.State == db.InvoiceSent && line.Number > last.Number {
				last.InvoiceLine = line
			}
		}
		last, err = v.Invoice(last.ID)
		return err
	})
	return last, err
}

// dayOf is the date of a day of the demo.
func (d *demo) dayOf(day int) string { return d.now.In(d.zone).AddDate(0, 0, day).Format("2006-01-02") }
