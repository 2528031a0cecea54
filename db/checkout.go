package db

import (
	"time"
)

// Checkout is a visit to the payment provider's page. URL is "" until the provider gave
// one; ID is the key by which it is asked, so that asking twice makes one.
type Checkout struct {
	ID, InvoiceID    ID
	Number, Currency string
	Amount           int64
	Session, URL     string
	ExpiresAt        Time
}

// checkoutLife is how long the provider's page waits: at least half an hour, at most a day.
const checkoutLife = time.Hour

// BeginCheckout is the visit at which what is owed of an invoice is paid: the open one when there is
// one for that amount, so that clicking twice pays once. consent is what the payer agreed to.
// stale is the session of an open visit for another amount, which should be ended. Errors:
// ErrPreview, ErrNotFound (also when nothing is owed), Invalid.
func (s *Store) BeginCheckout(actor Actor, invoice ID, consent string) (c Checkout, stale string, err error) {
	err = s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		type owed struct {
			number, currency string
			left             int64
		}
		o, err := one(tx, func(o *owed) []any { return []any{&o.number, &o.currency, &o.left} }, `SELECT i.number, i.currency, i.total - i.paid - i.waiting - i.credited FROM may_pay_client m JOIN invoice i ON i.id = m.invoice_id
			WHERE m.viewer_id = ? AND m.invoice_id = ?`, actor.ID, invoice)
		if err != nil {
			return err
		}
		open, err := one(tx, func(c *Checkout) []any { return []any{&c.ID, &c.Amount, &c.Session, &c.URL, &c.ExpiresAt} },
			"SELECT id, amount, coalesce(session, ''), url, expires_at FROM checkout WHERE invoice_id = ? AND state = 'open'", invoice)
		if err != nil && err != ErrNotFound {
			return err
		}
		if err == nil && open.Amount == o.left && open.ExpiresAt.After(tx.now.Time) {
			c = open
		} else {
			stale = open.Session
			if err := tx.run("UPDATE checkout SET state = 'over' WHERE invoice_id = ? AND state = 'open'", invoice); err != nil {
				return err
			}
			c = Checkout{ID: NewID(), Amount: o.left, ExpiresAt: At(tx.now.Add(checkoutLife))}
			if err := tx.run("INSERT INTO checkout (id, invoice_id, person_id, amount, currency, state, consent, created_at, expires_at) VALUES (?,?,?,?,?,'open',?,?,?)",
				c.ID, invoice, actor.ID, c.Amount, o.currency, consent, tx.now, c.ExpiresAt); err != nil {
				return err
			}
		}
		c.InvoiceID, c.Number, c.Currency = invoice, o.number, o.currency
		return nil
	})
	return c, stale, err
}

// CheckoutBegun keeps where the provider's page of a visit is.
func (s *Store) CheckoutBegun(id ID, session, url string) error {
	return s.write(func(tx *Tx) error {
		tx.hush()
		return tx.must("UPDATE checkout SET session = ?, url = ? WHERE id = ?", session, url, id)
	})
}

// PayEvent is what the payment provider told, checked by its signature. Payment is its name
// for the payment; Amount is in minor units, of a refund all that was given back so far.
type PayEvent struct {
	ID, Kind                   string
	Session, Payment, Currency string
	Invoice                    ID
	Amount                     int64
	At                         time.Time
}

// Kinds of what a provider tells.
const (
	PayProcessing  = "processing"
	PayPaid        = "paid"
	PayFailed      = "failed"
	PayExpired     = "expired"
	PayRefunded    = "refunded"
	PayDisputed    = "disputed"
	PayDisputeWon  = "dispute-won"
	PayDisputeLost = "dispute-lost"
)

// What became of an event.
const (
	PayDone    = "done"
	PayAgain   = "again"   // it was told before
	PayRefused = "refused" // it does not fit what was asked of the payer
	PayForeign = "foreign" // it is about nothing of ours
)

// TakePayEvent does what an event says, once however often and in whatever order it is told. ErrNotFound
// asks for it to be told again later: it speaks of a payment that has not been told of yet.
func (s *Store) TakePayEvent(e PayEvent) (outcome string, err error) {
	err = s.write(func(tx *Tx) error {
		known, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM pay_event WHERE id = ?)", e.ID)
		if err != nil {
			return err
		}
		if known {
			outcome = PayAgain
			tx.hush()
			return nil
		}
		if outcome, err = tx.takePayEvent(&e); err != nil {
			return err
		}
		if outcome == PayRefused {
			company, err := value[ID](tx, "SELECT company_id FROM invoice WHERE id = ?", e.Invoice)
			if err != nil {
				return err
			}
			if err := tx.auditCompany(0, "payment.refused", company, 0, 0, e.Kind+" "+e.Payment); err != nil {
				return err
			}
		}
		var about any
		if outcome != PayForeign {
			about = e.Invoice
		}
		return tx.run("INSERT INTO pay_event (id, kind, invoice_id, outcome, at, told_at) VALUES (?,?,?,?,?,?)", e.ID, e.Kind, about, outcome, At(e.At), tx.now)
	})
	return outcome, err
}

func (tx *Tx) takePayEvent(e *PayEvent) (string, error) {
	switch e.Kind {
	case PayProcessing, PayPaid, PayFailed, PayExpired:
		return tx.takeSession(e)
	}
	p, err := one(tx, func(p *Payment) []any { return append(paymentFields(p), &p.Back) },
		"SELECT "+paymentColumns+", coalesce((SELECT -sum(b.amount) FROM payment b WHERE b.refund_of = p.id AND b.state <> 'withdrawn'), 0) FROM payment p WHERE p.provider = ?", e.Payment)
	if err == ErrNotFound && e.Invoice == 0 {
		return PayForeign, nil
	}
	if err != nil {
		return "", err
	}
	if e.Currency != p.Currency || e.Invoice != 0 && e.Invoice != p.InvoiceID || e.Amount < 0 || e.Amount > p.Amount {
		e.Invoice = p.InvoiceID
		return PayRefused, nil
	}
	e.Invoice = p.InvoiceID
	switch e.Kind {
	case PayRefunded:
		if e.Amount > p.Back { // what was told in the wrong order has been counted
			err = tx.run("INSERT INTO payment (id, invoice_id, amount, currency, way, state, paid_on, refund_of, created_at) SELECT ?,?,?,?,'online','received',?,?,?",
				NewID(), p.InvoiceID, p.Back-e.Amount, p.Currency, tx.payDay(e.At), p.ID, tx.now)
		}
	case PayDisputed:
		err = tx.run("UPDATE invoice SET disputed = 1 WHERE id = ? AND NOT EXISTS (SELECT 1 FROM pay_event x WHERE x.invoice_id = invoice.id AND x.kind IN ('dispute-won', 'dispute-lost') AND x.at >= ?)", p.InvoiceID, At(e.At))
	case PayDisputeWon:
		err = tx.run("UPDATE invoice SET disputed = 0 WHERE id = ?", p.InvoiceID)
	case PayDisputeLost:
		if left := p.Amount - p.Back; e.Amount < left { // a part of it
			err = tx.run("INSERT INTO payment (id, invoice_id, amount, currency, way, state, paid_on, refund_of, created_at) SELECT ?,?,?,?,'online','received',?,?,?",
				NewID(), p.InvoiceID, -e.Amount, p.Currency, tx.payDay(e.At), p.ID, tx.now)
			if err == nil {
				err = tx.run("UPDATE invoice SET disputed = 0 WHERE id = ?", p.InvoiceID)
			}
		} else if err = tx.run("UPDATE payment SET state = 'lost' WHERE id = ? OR refund_of = ?", p.ID, p.ID); err == nil {
			err = tx.run("UPDATE invoice SET disputed = 0 WHERE id = ?", p.InvoiceID)
		}
	default:
		return PayForeign, nil
	}
	if err != nil {
		return "", err
	}
	return PayDone, tx.settleInvoice(p.InvoiceID)
}

// takeSession does what is told of a visit to the provider's page.
func (tx *Tx) takeSession(e *PayEvent) (string, error) {
	type visit struct {
		id, invoice, person ID
		amount              int64
		currency            string
	}
	v, err := one(tx, func(v *visit) []any { return []any{&v.id, &v.invoice, &v.person, &v.amount, &v.currency} },
		"SELECT id, invoice_id, person_id, amount, currency FROM checkout WHERE session = ?", e.Session)
	if err == ErrNotFound {
		if e.Invoice == 0 {
			return PayForeign, nil
		}
		ours, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM invoice WHERE id = ?)", e.Invoice)
		if err != nil || !ours {
			e.Invoice = 0
			return PayForeign, err
		}
		if begins, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM checkout WHERE invoice_id = ? AND session IS NULL)", e.Invoice); err != nil || begins {
			return "", errorOr(err, ErrNotFound) // the page was opened, and where it is is not kept yet
		}
		return PayRefused, nil
	}
	if err != nil {
		return "", err
	}
	if e.Invoice != v.invoice || e.Kind != PayExpired && (e.Amount != v.amount || e.Currency != v.currency) {
		e.Invoice = v.invoice
		return PayRefused, nil
	}
	state := map[string]string{PayProcessing: PaymentProcessing, PayPaid: PaymentReceived, PayFailed: PaymentFailed}[e.Kind]
	if state == "" || e.Payment == "" {
		return PayDone, tx.run("UPDATE checkout SET state = 'over' WHERE id = ? AND state = 'open'", v.id)
	}
	// What was received is not on its way again, whatever is told after it.
	changed, err := tx.exec(`INSERT INTO payment (id, invoice_id, amount, currency, way, state, paid_on, provider, created_by, created_at) VALUES (?1,?2,?3,?4,'online',?5,?6,?7,?8,?9)
		ON CONFLICT (provider) WHERE provider IS NOT NULL DO UPDATE SET state = excluded.state, paid_on = excluded.paid_on WHERE payment.state IN ('processing', 'failed') AND (payment.state <> 'failed' OR excluded.state = 'received')`,
		NewID(), v.invoice, v.amount, v.currency, state, tx.payDay(e.At), e.Payment, v.person, tx.now)
	if err != nil {
		return "", err
	}
	if err := tx.run("UPDATE checkout SET state = CASE ?2 WHEN 'failed' THEN 'over' ELSE 'done' END WHERE id = ?1 AND state = 'open'", v.id, state); err != nil {
		return "", err
	}
	if changed == 0 {
		return PayDone, nil
	}
	if err := tx.settleInvoice(v.invoice); err != nil || state != PaymentReceived {
		return PayDone, err
	}
	payment, err := value[ID](tx, "SELECT id FROM payment WHERE provider = ?", e.Payment)
	if err != nil {
		return "", err
	}
	if err := tx.tellOf(v.invoice, MailReceipt, payment, 0, hearsBill); err != nil {
		return "", err
	}
	return PayDone, tx.tellOf(v.invoice, MailPaidOnline, payment, 0, hearsBillTeam)
}

func errorOr(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// payDay is the day of a moment by the workspace's clock.
func (tx *Tx) payDay(at time.Time) Date {
	day, err := billingDay(tx, at)
	if err != nil {
		return Date(at.UTC().Format("2006-01-02"))
	}
	return day
}

// PaymentAtProvider is what the provider calls an online payment that the actor works on, and what
// an amount of it is in minor units; before is what was given back of it already.
func (s *Store) PaymentAtProvider(actor Actor, id ID, amount string) (provider, currency string, minor, before int64, err error) {
	err = s.write(func(tx *Tx) error {
		tx.hush()
		p, i, err := tx.paymentOf(actor, id)
		if err != nil {
			return err
		}
		if !p.Online || p.State != PaymentReceived || p.Amount < 0 {
			return &Over{State: p.State}
		}
		if minor, err = number("amount", amount, scaleOf(i.Currency)); err != nil {
			return err
		}
		if minor <= 0 || minor > p.Amount-p.Back {
			return invalid("amount", "payment.refund-more")
		}
		currency, before = p.Currency, p.Back
		provider, err = value[string](tx, "SELECT provider FROM payment WHERE id = ?", id)
		return err
	})
	return provider, currency, minor, before, err
}
