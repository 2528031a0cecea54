package portal

import (
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// invoiceRow is a bill with what it is called today.
type invoiceRow struct {
	db.InvoiceLine
	Called string
}

// invoices is the client's list of bills: what is owed, and the rest.
type invoices struct {
	Open, Rest []invoiceRow
	Sums       []db.BillSum
}

// Invoices are the bills of one of the reader's companies.
func (p *Portal) Invoices(c *fiber.Ctx) error {
	today, err := p.Store.BillingDay()
	if err != nil {
		return err
	}
	return p.look(c, func(s sight) error {
		room, err := p.billed(c, s)
		if err != nil {
			return err
		}
		list, err := s.Glass.Invoices(room.Current)
		if err != nil {
			return err
		}
		page := invoices{Sums: db.SumBills(list, today)}
		for _, line := range list {
			if row := (invoiceRow{line, line.Status(today)}); line.Open() {
				page.Open = append(page.Open, row)
			} else {
				page.Rest = append(page.Rest, row)
			}
		}
		return p.sendBilling(c, s, room, fiber.StatusOK, "portal/invoices", s.T("client-bills.title"), page)
	})
}

// billed is the reader's company, of which there are bills that they see. To others these pages
// do not exist.
func (p *Portal) billed(c *fiber.Ctx, s sight) (web.Room, error) {
	room, err := p.Room(c, s.Glass)
	if err != nil {
		return room, err
	}
	bills, err := s.Bills(room.Current)
	if err == nil && bills.All == 0 {
		err = db.ErrNotFound
	}
	return room, err
}

func (p *Portal) sendBilling(c *fiber.Ctx, s sight, room web.Room, status int, template, title string, body any) error {
	page := p.Page(c, title, "invoices", body)
	page.Notice = billNotice(c, s.Words)
	if err := room.Dress(s.Glass, page); err != nil {
		return err
	}
	return p.Send(c, status, template, page)
}

// billNotices are what a reader may be led back with, and their words.
var billNotices = map[string]string{"paid": "client-bills.thanks", "asked": "client-bills.asked", "no-payment": "client-bills.not-paid"}

func billNotice(c *fiber.Ctx, w *views.Words) *views.Notice {
	if key, ok := billNotices[c.Query("said")]; ok {
		return &views.Notice{Kind: "good", Text: w.T(key)}
	}
	return nil
}

// invoicePage is a bill with everything about it that the client sees.
type invoicePage struct {
	db.Invoice
	Called   string
	Sheet    views.InvoicePaper
	Payments []db.Payment
	Replies  []db.InvoiceReply
	Notes    []db.InvoiceLine // credit notes
	Others   []invoiceRow
	Online   bool   // it can be paid on the payment provider's page
	Consent  string // what the payer agrees to, "" for nothing
	XML      bool
	Form     web.Form
	Trouble  string
	Own      bool // the reader looks, and nobody through them
}

// othersShown are the other bills beside one.
const othersShown = 6

// Invoice shows one.
func (p *Portal) Invoice(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return p.invoice(c, id, fiber.StatusOK, invoicePage{Form: web.FormOf(map[string]string{})})
}

func (p *Portal) invoice(c *fiber.Ctx, id db.ID, status int, page invoicePage) error {
	today, err := p.Store.BillingDay()
	if err != nil {
		return err
	}
	return p.look(c, func(s sight) error {
		if err := s.fillInvoice(&page, id, today); err != nil {
			return err
		}
		if page.Sheet, err = p.InvoiceSheet(s.space, page.Invoice, today); err != nil {
			return err
		}
		room, err := p.Room(c, s.Glass)
		if err != nil {
			return err
		}
		room.Enter(page.CompanyID)
		page.Own = s.own
		if page.Online = page.MayPay && p.Payments != nil; page.Online {
			if page.Consent, err = s.PayConsent(s.Words.Language); err != nil {
				return err
			}
			web.LetForms(c, p.Payments.Page())
		}
		return p.sendBilling(c, s, room, status, "portal/invoice", s.T("client-bills.kind-"+page.Kind, "number", page.Number), page)
	})
}

func (s sight) fillInvoice(page *invoicePage, id db.ID, today db.Date) (err error) {
	if page.Invoice, err = s.Glass.Invoice(id); err != nil {
		return err
	}
	page.Called = page.Status(today)
	if page.Payments, err = s.Glass.Payments(id); err != nil {
		return err
	}
	if page.Replies, err = s.InvoiceReplies(id); err != nil {
		return err
	}
	if page.Notes, err = s.CreditNotes(id); err != nil {
		return err
	}
	file, err := s.InvoiceFile(id, "xml")
	if page.XML = err == nil && len(file.Body) > 0; err != nil && err != db.ErrNotFound {
		return err
	}
	list, err := s.Glass.Invoices(page.CompanyID)
	for _, line := range list[:min(len(list), othersShown)] {
		page.Others = append(page.Others, invoiceRow{line, line.Status(today)})
	}
	return err
}

// InvoiceFile gives the PDF or the e-invoice of one, as it was sent.
func (p *Portal) InvoiceFile(kind string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := web.ParamID(c, "id")
		if err != nil {
			return err
		}
		var file db.InvoiceFile
		err = p.look(c, func(s sight) (err error) { file, err = s.InvoiceFile(id, kind); return err })
		return web.SendInvoiceFile(c, file, err)
	}
}

// SeeInvoice keeps that the reader opened one: sent by the page once it is on screen.
func (p *Portal) SeeInvoice(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	if err := p.Store.SeeInvoice(p.Actor(c), id); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// AskInvoice asks or says something about one.
func (p *Portal) AskInvoice(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "body")
	_, err = p.Store.AskInvoice(p.Actor(c), id, strings.TrimSpace(form.Value("body")))
	if form.Refused(p.Words(c), err) {
		return p.invoice(c, id, fiber.StatusUnprocessableEntity, invoicePage{Form: form})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, billURL(id)+"?said=asked#thread")
}

func billURL(id db.ID) string { return "/portal/invoices/" + id.String() }

// PayInvoice leads to the payment provider's page, where what is owed can be paid. Clicked twice it
// leads to the same.
func (p *Portal) PayInvoice(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	if p.Payments == nil {
		return db.ErrNotFound
	}
	form := web.ReadForm(c, "consent")
	url, err := p.checkout(c, id, form.Value("consent") != "")
	if form.Refused(p.Words(c), err) {
		return p.invoice(c, id, fiber.StatusUnprocessableEntity, invoicePage{Form: form})
	}
	var down *providerDown
	if errors.As(err, &down) {
		p.Log.Error("the payment provider did not open its page", "invoice", id, "error", down.cause)
		return p.invoice(c, id, fiber.StatusBadGateway, invoicePage{Form: form, Trouble: p.Words(c).T("client-bills.provider-down")})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, url)
}

// Statement is what went to and fro between two days.
func (p *Portal) Statement(c *fiber.Ctx) error {
	today, err := p.Store.BillingDay()
	if err != nil {
		return err
	}
	return p.look(c, func(s sight) error {
		room, err := p.billed(c, s)
		if err != nil {
			return err
		}
		list, err := s.Glass.Invoices(room.Current)
		if err != nil {
			return err
		}
		payments, err := s.Glass.Payments(0)
		if err != nil {
			return err
		}
		page := web.NewStatement(c, list, payments, today)
		page.At, page.Invoices, page.Company = "/portal/statement", "/portal/invoices/", room.Name()
		return p.sendBilling(c, s, room, fiber.StatusOK, "portal/statement", s.T("statement.title"), page)
	})
}
