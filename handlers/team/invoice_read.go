package team

import (
	"time"

	"vitrine/db"
	"vitrine/db/bill"
	"vitrine/handlers/web"
)

// fillInvoice reads everything that the page of an invoice shows.
func (s sight) fillInvoice(page *invoicePage, id db.ID, today db.Date, now time.Time) (err error) {
	if page.Invoice, err = s.Viewer.Invoice(id); err != nil {
		return err
	}
	page.Called = page.Status(today)
	if page.Payments, err = s.Viewer.Payments(id); err != nil {
		return err
	}
	if page.Replies, err = s.InvoiceReplies(id); err != nil {
		return err
	}
	if page.Seen, err = s.InvoiceSeen(id); err != nil {
		return err
	}
	if page.Sees, err = s.SeesBills(page.CompanyID); err != nil {
		return err
	}
	if page.Notes, err = s.CreditNotes(id); err != nil {
		return err
	}
	coming, err := s.Viewer.Reminders(id, now)
	if err != nil {
		return err
	}
	for _, at := range coming {
		page.Reminders = append(page.Reminders, db.At(at))
	}
	for _, p := range page.Payments {
		page.Online = page.Online || p.Online
	}
	file, err := s.InvoiceFile(id, "xml")
	if page.XML = err == nil && len(file.Body) > 0; err != nil && err != db.ErrNotFound {
		return err
	}
	repeats, err := s.Repeats(id)
	if err != nil && err != db.ErrNotFound {
		return err
	}
	page.Repeats = err == nil
	page.Repeat = web.FormOf(map[string]string{"every": repeats.Every, "next": string(repeats.Next), "until": string(repeats.Until)})
	if repeats.Sends {
		page.Repeat.Values["sends"] = "yes"
	}
	if page.State == db.InvoiceDraft {
		for _, problem := range page.problems(today) {
			page.Problems = append(page.Problems, s.T(problem))
		}
		return nil
	}
	for _, person := range page.Sees {
		if person.Look {
			page.Through = append(page.Through, person)
		}
	}
	return nil
}

// problems are what is missing before it can be sent.
func (p *invoicePage) problems(today db.Date) (keys []string) {
	add := func(missing bool, key string) {
		if missing {
			keys = append(keys, key)
		}
	}
	add(p.Seller.Name == "" || p.Seller.Street == "" || p.Seller.Country == "", "invoices.lacks-seller")
	add(p.Buyer.Street == "" || p.Buyer.Country == "", "invoices.lacks-buyer")
	add(len(p.Lines) == 0, "invoices.lacks-lines")
	add(p.DueOn != "" && p.DueOn < today, "invoices.lacks-due")
	add(p.Total < 0, "invoices.lacks-total")
	add(len(p.Sees) == 0, "invoices.lacks-readers")
	add(p.Kind != bill.Credit && p.IBAN == "" && p.Pay == "", "invoices.lacks-pay")
	return keys
}
