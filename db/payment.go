package db

import (
	"strings"

	"vitrine/db/bill"
)

// States of a payment. One that was withdrawn had been recorded by mistake; one that is lost was taken
// back by the payer's bank.
const (
	PaymentProcessing = "processing"
	PaymentReceived   = "received"
	PaymentFailed     = "failed"
	PaymentWithdrawn  = "withdrawn"
	PaymentLost       = "lost"
)

// PaymentWays are the ways that the team can record; "online" is told by the provider alone.
var PaymentWays = []string{"bank", "card", "cash", "other"}

// PaymentForm is a payment as it is recorded by hand. Amount is in whole units of the
// invoice's currency.
type PaymentForm struct {
	Amount, On, Way, Reference string
	Version                    int64 // of the invoice, so that nobody records the same one twice
}

// RecordPayment writes down what was received. It may be less than what is owed, or more.
// Errors: ErrPreview, ErrNotFound, Over (nothing can be paid), Invalid, *Conflict.
func (s *Store) RecordPayment(actor Actor, invoice ID, form PaymentForm) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		i, err := tx.invoiceOf(actor, invoice)
		if err != nil {
			return err
		}
		if i.State != InvoiceSent || i.Kind == bill.Credit {
			return &Over{State: i.State}
		}
		if form.Version != i.Version {
			return &Conflict{Version: i.Version, Theirs: map[string]string{}}
		}
		amount, p, err := form.clean(i)
		if err != nil {
			return err
		}
		today, err := billingDay(tx, tx.now.Time)
		if err != nil {
			return err
		}
		if p.PaidOn > today {
			return invalid("on", "payment.future")
		}
		if err := tx.run("INSERT INTO payment (id, invoice_id, amount, currency, way, state, paid_on, reference, created_by, created_at) VALUES (?,?,?,?,?,'received',?,?,?,?)",
			id, invoice, amount, i.Currency, p.Way, p.PaidOn, p.Reference, actor.ID, tx.now); err != nil {
			return err
		}
		return tx.paid(actor.ID, i, id, amount)
	})
	return id, err
}

func (f PaymentForm) clean(i Invoice) (amount int64, p Payment, err error) {
	scale, _ := bill.Scale(i.Currency)
	if amount, err = number("amount", f.Amount, scale); err != nil {
		return 0, p, err
	}
	if amount <= 0 {
		return 0, p, invalid("amount", "payment.amount-positive")
	}
	day, ok := ParseDate(strings.TrimSpace(f.On))
	if !ok || day == "" {
		return 0, p, invalid("on", "date.invalid")
	}
	if !oneOf(f.Way, PaymentWays...) {
		return 0, p, invalid("way", "choice.unknown")
	}
	p.PaidOn, p.Way = day, f.Way
	p.Reference, err = cleanLine("reference", f.Reference, 140)
	return amount, p, err
}

// paid settles an invoice after a payment, and tells who paid.
func (tx *Tx) paid(actor ID, i Invoice, payment ID, amount int64) error {
	if err := tx.settleInvoice(i.ID); err != nil {
		return err
	}
	if err := tx.auditCompany(actor, "payment.recorded", i.CompanyID, 0, 0, i.Number+" "+bill.Typed(amount, scaleOf(i.Currency))+" "+i.Currency); err != nil {
		return err
	}
	return tx.tellOf(i.ID, MailReceipt, payment, 0, hearsBill+" AND ?7", amount > 0)
}

// RefundPayment writes down what was given back of a payment that was recorded by hand.
func (s *Store) RefundPayment(actor Actor, payment ID, form PaymentForm) error {
	return s.write(func(tx *Tx) error {
		p, i, err := tx.paymentOf(actor, payment)
		if err != nil {
			return err
		}
		if p.State != PaymentReceived || p.Amount < 0 || p.Online {
			return &Over{State: p.State}
		}
		form.Way = p.Way
		amount, back, err := form.clean(i)
		if err != nil {
			return err
		}
		if amount > p.Amount-p.Back {
			return invalid("amount", "payment.refund-more")
		}
		if err := tx.run("INSERT INTO payment (id, invoice_id, amount, currency, way, state, paid_on, reference, refund_of, created_by, created_at) VALUES (?,?,?,?,?,'received',?,?,?,?,?)",
			NewID(), i.ID, -amount, p.Currency, p.Way, back.PaidOn, back.Reference, payment, actor.ID, tx.now); err != nil {
			return err
		}
		return tx.paid(actor.ID, i, payment, -amount)
	})
}

// WithdrawPayment takes back one that was recorded by mistake; the log keeps it.
func (s *Store) WithdrawPayment(actor Actor, payment ID) error {
	return s.write(func(tx *Tx) error {
		p, i, err := tx.paymentOf(actor, payment)
		if err != nil {
			return err
		}
		if p.State != PaymentReceived || p.Online || p.Back > 0 {
			return &Over{State: p.State}
		}
		if err := tx.must("UPDATE payment SET state = 'withdrawn' WHERE id = ? AND state = 'received'", payment); err != nil {
			return err
		}
		if err := tx.auditCompany(actor.ID, "payment.withdrawn", i.CompanyID, 0, 0, i.Number+" "+bill.Typed(p.Amount, scaleOf(i.Currency))+" "+i.Currency); err != nil {
			return err
		}
		return tx.settleInvoice(i.ID)
	})
}

// PaidInvoice is the invoice of a payment that the actor works on.
func (s *Store) PaidInvoice(actor Actor, payment ID) (invoice ID, err error) {
	if actor.Preview != 0 {
		return 0, ErrPreview
	}
	err = s.read(func(r source) error {
		invoice, err = value[ID](r, "SELECT p.invoice_id FROM visible_payment_team v JOIN payment p ON p.id = v.payment_id WHERE v.viewer_id = ? AND p.id = ?", actor.ID, payment)
		return err
	})
	return invoice, err
}

// paymentOf is a payment and its invoice, of those that the actor works on.
func (tx *Tx) paymentOf(actor Actor, id ID) (Payment, Invoice, error) {
	p, err := one(tx, func(p *Payment) []any { return append(paymentFields(p), &p.RefundOf, &p.Online, &p.Back) },
		"SELECT "+paymentColumns+`, p.refund_of, p.provider IS NOT NULL, coalesce((SELECT -sum(b.amount) FROM payment b WHERE b.refund_of = p.id AND b.state <> 'withdrawn'), 0) FROM payment p WHERE p.id = ?`, id)
	if err != nil {
		return p, Invoice{}, err
	}
	i, err := tx.invoiceOf(actor, p.InvoiceID)
	return p, i, err
}

// settleInvoice counts anew what was paid, is on its way and was given back. Everything that
// changes one of them ends here, so the sums always agree.
func (tx *Tx) settleInvoice(id ID) error {
	if err := tx.touchAuthority(); err != nil { // open home pages say of how many bills something is owed
		return err
	}
	return tx.must(`UPDATE invoice AS i SET version = version + 1,
		paid = (SELECT coalesce(sum(amount), 0) FROM payment p WHERE p.invoice_id = i.id AND p.state = 'received'),
		waiting = (SELECT coalesce(sum(amount), 0) FROM payment p WHERE p.invoice_id = i.id AND p.state = 'processing'),
		credited = (SELECT coalesce(sum(c.total), 0) FROM invoice c WHERE c.credits_id = i.id AND c.state = 'sent'),
		settled_at = CASE WHEN i.total > (SELECT coalesce(sum(amount), 0) FROM payment p WHERE p.invoice_id = i.id AND p.state = 'received') + (SELECT coalesce(sum(c.total), 0) FROM invoice c WHERE c.credits_id = i.id AND c.state = 'sent') THEN NULL ELSE coalesce(i.settled_at, ?2) END
		WHERE i.id = ?1`, id, tx.now)
}
