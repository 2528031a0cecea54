package team

import (
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

func invoiceURL(id db.ID) string { return "/invoices/" + id.String() }

// invoiceDone answers after a button of an invoice's page: with the page again and a sentence when
// it did nothing, or where it leads.
func (t *Team) invoiceDone(c *fiber.Ctx, id db.ID, err error, said string) error {
	words := t.Words(c)
	var over *db.Over
	var invalid *db.Invalid
	switch {
	case errors.As(err, &over):
		return t.invoice(c, id, fiber.StatusConflict, sentInvoice{trouble: words.T("invoices.not-now")})
	case errors.Is(err, db.ErrSent):
		return t.invoice(c, id, fiber.StatusConflict, sentInvoice{trouble: words.T("invoices.sent-already")})
	case conflictOf(err) != nil:
		return t.invoice(c, id, fiber.StatusConflict, sentInvoice{trouble: words.T("invoices.changed")})
	case errors.As(err, &invalid):
		mistakes, _ := web.MistakesOf(words, err)
		return t.invoice(c, id, fiber.StatusUnprocessableEntity, sentInvoice{trouble: mistakes[invalid.Field]})
	case err != nil:
		return err
	}
	return web.SeeOther(c, invoiceURL(id)+"?said="+said)
}

// onInvoice is a button of an invoice's page.
func (t *Team) onInvoice(c *fiber.Ctx, said string, do func(db.Actor, db.ID, web.Form) error, fields ...string) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.invoiceDone(c, id, do(t.Actor(c), id, web.ReadForm(c, fields...)), said)
}

// SendInvoice gives a draft its number and sends it.
func (t *Team) SendInvoice(c *fiber.Ctx) error {
	return t.onInvoice(c, "invoice-sent", func(actor db.Actor, id db.ID, form web.Form) error {
		return t.Store.IssueInvoice(actor, id, number(form.Value("version")), t.DrawInvoice)
	}, "version")
}

// VoidInvoice takes one back of which nothing was paid.
func (t *Team) VoidInvoice(c *fiber.Ctx) error {
	return t.onInvoice(c, "invoice-void", func(actor db.Actor, id db.ID, form web.Form) error {
		return t.Store.VoidInvoice(actor, id, form.Value("reason"))
	}, "reason")
}

// QuietInvoice switches the reminders of one off or on.
func (t *Team) QuietInvoice(c *fiber.Ctx) error {
	return t.onInvoice(c, "saved", func(actor db.Actor, id db.ID, form web.Form) error {
		return t.Store.SetQuiet(actor, id, form.Value("quiet") == "yes")
	}, "quiet")
}

// HandledInvoice says that no answer is needed.
func (t *Team) HandledInvoice(c *fiber.Ctx) error {
	return t.onInvoice(c, "saved", func(actor db.Actor, id db.ID, _ web.Form) error { return t.Store.HandleInvoice(actor, id) })
}

// RepeatInvoice makes one again every so often.
func (t *Team) RepeatInvoice(c *fiber.Ctx) error {
	return t.onInvoice(c, "saved", func(actor db.Actor, id db.ID, form web.Form) error {
		return t.Store.RepeatInvoice(actor, id, db.RepeatForm{Every: form.Value("every"), Next: form.Value("next"), Until: form.Value("until"), Sends: form.Value("sends") != ""})
	}, "every", "next", "until", "sends")
}

// DeleteInvoice throws a draft away.
func (t *Team) DeleteInvoice(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	if err := t.Store.DeleteInvoice(t.Actor(c), id); err != nil {
		return t.invoiceDone(c, id, err, "")
	}
	return web.SeeOther(c, "/invoices?said=invoice-deleted")
}

// CopyInvoice and CreditInvoice make a draft of one and lead to its form.
func (t *Team) CopyInvoice(c *fiber.Ctx) error { return t.madeInvoice(c, t.Store.CopyInvoice) }

func (t *Team) CreditInvoice(c *fiber.Ctx) error { return t.madeInvoice(c, t.Store.CreditInvoice) }

func (t *Team) madeInvoice(c *fiber.Ctx, make func(db.Actor, db.ID) (db.ID, error)) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	made, err := make(t.Actor(c), id)
	if err != nil {
		return t.invoiceDone(c, id, err, "")
	}
	return web.SeeOther(c, invoiceURL(made)+"/edit")
}

// InvoiceChange makes a draft of an accepted change and leads to its form.
func (t *Team) InvoiceChange(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	made, err := t.Store.InvoiceChange(t.Actor(c), id, t.Words(c).T("invoices.as-agreed"))
	if errors.Is(err, db.ErrSent) {
		return web.SeeOther(c, decisionURL(id)+"?said=billed-already")
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, invoiceURL(made)+"/edit")
}

// RecordPayment writes down what was received.
func (t *Team) RecordPayment(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "amount", "on", "way", "reference", "version")
	_, err = t.Store.RecordPayment(t.Actor(c), id, db.PaymentForm{Amount: form.Value("amount"), On: form.Value("on"), Way: form.Value("way"), Reference: form.Value("reference"), Version: number(form.Value("version"))})
	if form.Refused(t.Words(c), err) {
		return t.invoice(c, id, fiber.StatusUnprocessableEntity, sentInvoice{pay: &form})
	}
	return t.invoiceDone(c, id, err, "payment-recorded")
}

// RefundPayment gives a payment back: an online one where it came from, another by writing down that
// it was given back.
func (t *Team) RefundPayment(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "amount", "on", "reference", "online")
	invoice, err := t.Store.PaidInvoice(t.Actor(c), id)
	if err != nil {
		return err
	}
	if form.Value("online") != "" {
		err = t.refundOnline(c, id, form.Value("amount"))
	} else {
		err = t.Store.RefundPayment(t.Actor(c), id, db.PaymentForm{Amount: form.Value("amount"), On: form.Value("on"), Reference: form.Value("reference")})
	}
	if form.Refused(t.Words(c), err) {
		return t.invoice(c, invoice, fiber.StatusUnprocessableEntity, sentInvoice{refund: &form, refundOf: id})
	}
	return t.invoiceDone(c, invoice, err, map[bool]string{true: "refund-begun", false: "saved"}[form.Value("online") != ""])
}

// WithdrawPayment takes back one that was recorded by mistake.
func (t *Team) WithdrawPayment(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	invoice, err := t.Store.PaidInvoice(t.Actor(c), id)
	if err != nil {
		return err
	}
	return t.invoiceDone(c, invoice, t.Store.WithdrawPayment(t.Actor(c), id), "saved")
}

// ReplyInvoice answers what was asked about an invoice.
func (t *Team) ReplyInvoice(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "body")
	_, err = t.Store.AskInvoice(t.Actor(c), id, strings.TrimSpace(form.Value("body")))
	if form.Refused(t.Words(c), err) {
		return t.invoice(c, id, fiber.StatusUnprocessableEntity, sentInvoice{reply: &form})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, invoiceURL(id)+"#thread")
}

// InvoiceFile gives the PDF or the e-invoice of one.
func (t *Team) InvoiceFile(kind string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := web.ParamID(c, "id")
		if err != nil {
			return err
		}
		var file db.InvoiceFile
		err = t.look(c, func(s sight) (err error) { file, err = s.InvoiceFile(id, kind); return err })
		return web.SendInvoiceFile(c, file, err)
	}
}
