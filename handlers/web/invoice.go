package web

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/db/bill"
	"vitrine/views"
	"vitrine/views/pdf"
)

// InvoiceSheet is what stands on an invoice, in its own language. A draft has today as its day.
func InvoiceSheet(w *views.Words, i db.Invoice, today db.Date) (views.InvoicePaper, error) {
	paper := i.Paper()
	if i.State == db.InvoiceDraft {
		paper.IssuedOn = string(today)
	}
	return w.In(i.Language).InvoicePaper(paper)
}

// DrawInvoice makes the files of an invoice when it is sent. An e-invoice that would break the
// rules of EN 16931 is not made.
func (a *App) DrawInvoice(p bill.Paper) (paper, xml []byte, err error) {
	words := views.For(p.Language, a.Workspace().TimeZone, a.Store.Now())
	sheet, err := words.InvoicePaper(p)
	if err != nil {
		return nil, nil, err
	}
	if paper, err = pdf.Invoice(words, sheet); err != nil {
		return nil, nil, err
	}
	if len(p.Problems()) > 0 {
		return paper, nil, nil
	}
	xml, err = p.XML()
	return paper, xml, err
}

// billFiles are the kinds of files of an invoice, by the names in addresses.
var billFiles = map[string]string{"pdf": "application/pdf", "xml": "application/xml; charset=utf-8"}

// SendInvoiceFile answers with one of them, named after the invoice.
func SendInvoiceFile(c *fiber.Ctx, file db.InvoiceFile, err error) error {
	if err != nil {
		return err
	}
	if billFiles[file.Kind] == "" || len(file.Body) == 0 {
		return db.ErrNotFound
	}
	name := "invoice-"
	if file.Is == bill.Credit {
		name = "credit-note-"
	}
	return SendSaved(c, name+file.Number+"."+file.Kind, billFiles[file.Kind], file.Body)
}
