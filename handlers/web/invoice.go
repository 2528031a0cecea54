package web

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/db/bill"
	"vitrine/views"
	"vitrine/views/pdf"
)

// InvoiceSheet is what stands on an invoice, in its own language. A draft has today as its day.
// It may be asked for within a snapshot: it reads nothing.
func (a *App) InvoiceSheet(space db.Workspace, i db.Invoice, today db.Date) (views.InvoicePaper, error) {
	paper := i.Paper()
	if i.State == db.InvoiceDraft {
		paper.IssuedOn = string(today)
	}
	brand := views.InvoiceBrand{Name: space.Name}
	if space.Logo.Width > 0 { // that of the program has no place on an invoice
		brand.Logo = logoOf(space, space.Logo)
	}
	return views.For(i.Language, space.TimeZone, a.Store.Now()).InvoicePaper(paper, brand)
}

// DrawInvoice makes the files of an invoice when it is sent. An e-invoice that would break the
// rules of EN 16931 is not made.
func (a *App) DrawInvoice(p bill.Paper) (paper, xml []byte, err error) {
	return NewDrawing(a.Store, a.Workspace())(p)
}

// NewDrawing draws invoices as a workspace's, with the logo that it has now.
func NewDrawing(store *db.Store, space db.Workspace) db.DrawInvoice {
	logo, err := store.BrandPicture(db.Logo)
	return func(p bill.Paper) ([]byte, []byte, error) {
		if err != nil && err != db.ErrNotFound {
			return nil, nil, err
		}
		sheet, err := views.For(p.Language, space.TimeZone, store.Now()).InvoicePaper(p, views.InvoiceBrand{Name: space.Name, PNG: logo.Image})
		if err != nil {
			return nil, nil, err
		}
		paper, err := pdf.Invoice(sheet)
		if err != nil || len(p.Problems()) > 0 {
			return paper, nil, err
		}
		xml, err := p.XML()
		return paper, xml, err
	}
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
