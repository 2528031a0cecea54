package db

import (
	"time"
)

// Mails about bills. Everybody who sees bills can switch them off as one kind, MailBills.
const (
	MailBills = "bills"

	MailInvoice      = "invoice"       // a new one; its subject is the invoice
	MailInvoiceDue   = "invoice-due"   // it is due soon, today or late
	MailReceipt      = "receipt"       // a payment was received; its subject is the payment
	MailInvoiceReply = "invoice-reply" // something was said about it; its subject is the reply
	MailPaidOnline   = "paid-online"   // to the team, of a payment
)

// JobDun climbs the ladder of an invoice, which is its subject; JobRepeat makes the next
// copy of one that is made again every so often.
const (
	JobDun    = "dun"
	JobRepeat = "repeat"
)

func init() {
	for _, kind := range []string{MailInvoice, MailInvoiceDue, MailReceipt, MailInvoiceReply, MailPaidOnline} {
		notifiedBy[kind] = MailBills
	}
}

const wantsBills = " AND NOT EXISTS (SELECT 1 FROM notification n WHERE n.person_id = p.id AND n.kind = 'bills' AND n.mail = 0)"

// hearsBill are those of the client who hear of an invoice (?1): who see it now and have been
// here or were invited.
const hearsBill = `SELECT p.id AS person_id FROM visible_invoice_client v JOIN may_sign_in i ON i.person_id = v.viewer_id JOIN person p ON p.id = v.viewer_id
	WHERE v.invoice_id = ?1 AND (p.joined_at IS NOT NULL OR EXISTS (SELECT 1 FROM invitation n WHERE n.person_id = p.id AND n.ended_at IS NULL))` + wantsBills

// hearsBillTeam are those of the team who hear what becomes of it: who wrote or sent it, and the owners.
const hearsBillTeam = `SELECT p.id AS person_id FROM visible_invoice_team v JOIN invoice b ON b.id = v.invoice_id JOIN may_sign_in i ON i.person_id = v.viewer_id JOIN person p ON p.id = v.viewer_id
	WHERE v.invoice_id = ?1 AND (p.role = 'owner' OR p.id IN (b.created_by, b.issued_by))` + wantsBills

// invoiceSent tells the client of a new invoice and sees to reminders.
func (tx *Tx) invoiceSent(i Invoice) error {
	if err := tx.tellOf(i.ID, MailInvoice, i.ID, 0, hearsBill); err != nil {
		return err
	}
	return tx.nextDun(i.ID)
}

// dunning is what reminders need to know of an invoice.
type dunning struct {
	due      Date
	issuedAt Time
}

// dunningOf is an invoice of which people may be reminded: ErrNotFound when nothing is owed any more, a
// payment is on its way or disputed, or its reminders are switched off.
func dunningOf(r source, id ID) (dunning, error) {
	return one(r, func(d *dunning) []any { return []any{&d.due, &d.issuedAt} }, `SELECT due_on, issued_at FROM invoice
		WHERE id = ? AND state = 'sent' AND kind <> 'credit' AND quiet = 0 AND disputed = 0 AND due_on IS NOT NULL AND total > paid + waiting + credited`, id)
}

// rungs are the moments at which people are reminded of what is due on a day: in the morning,
// on days when the office is open. What would be on another day comes on the open one before the
// due day, or after it.
func (o Office) rungs(issued time.Time, due Date, ladder []int) (rungs []time.Time) {
	day, ok := due.Midnight()
	if !ok {
		return nil
	}
	for _, days := range ladder {
		step := 1
		if days < 0 {
			step = -1
		}
		at, open := o.openMorning(time.Date(day.Year(), day.Month(), day.Day()+days, 12, 0, 0, 0, o.Zone), step, officeShut)
		if open && at.After(issued) && (len(rungs) == 0 || at.After(rungs[len(rungs)-1])) {
			rungs = append(rungs, at)
		}
	}
	return rungs
}

// nextDun asks for the next reminder of an invoice.
func (tx *Tx) nextDun(id ID) error {
	rungs, err := dunAt(tx, id)
	if err != nil {
		return err
	}
	for _, rung := range rungs {
		if rung.After(tx.now.Time) {
			return tx.later(JobDun, id, At(rung))
		}
	}
	return nil
}

// dunAt are the rungs of an invoice, none when nobody is reminded of it.
func dunAt(r source, id ID) ([]time.Time, error) {
	d, err := dunningOf(r, id)
	if err == ErrNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	talk, err := readTalk(r)
	if err != nil {
		return nil, err
	}
	b, err := readBilling(r)
	return talk.Office.rungs(d.issuedAt.Time, d.due, b.Ladder), err
}

// Reminders are the moments to come at which the client will be reminded of an invoice.
func (v *Viewer) Reminders(id ID, now time.Time) (coming []time.Time, err error) {
	if _, err = value[ID](v.source, "SELECT v.invoice_id FROM visible_invoice_team v WHERE v.viewer_id = ? AND v.invoice_id = ?", v.ID, id); err != nil {
		return nil, err
	}
	rungs, err := dunAt(v.source, id)
	for _, rung := range rungs {
		if rung.After(now) {
			coming = append(coming, rung)
		}
	}
	return coming, err
}

// DunDue reminds the client of an invoice when a rung of its ladder was reached, and asks
// for the next one. Rungs that were missed are one reminder; nobody gets two mails about it on a day.
func (s *Store) DunDue(id ID) error {
	return s.write(func(tx *Tx) error {
		tx.hush()
		rungs, err := dunAt(tx, id)
		if err != nil || len(rungs) == 0 {
			return err
		}
		reached := time.Time{}
		for _, rung := range rungs {
			if !rung.After(tx.now.Time) {
				reached = rung
			}
		}
		if err := tx.nextDun(id); err != nil || reached.IsZero() {
			return err
		}
		talk, err := tx.talk()
		if err != nil {
			return err
		}
		return tx.tellOf(id, MailInvoiceDue, id, 0, hearsBill+` AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = p.id AND o.subject_id = ?1
			AND (o.kind = 'invoice' AND o.created_at >= ?7 OR o.kind = 'invoice-due' AND o.created_at >= ?8))`, talk.Office.dayBegins(tx.now.Time), earlier(talk.Office.dayBegins(tx.now.Time), At(reached)))
	})
}

func earlier(a, b Time) Time {
	if a.Before(b.Time) {
		return a
	}
	return b
}

// BillNews is what a mail about a bill says: the invoice as its recipient may read it, the
// payment or the reply that it tells of.
type BillNews struct {
	Invoice
	Payment Payment
	Reply   InvoiceReply
	Today   Date
}

// BillNews reads it with the recipient's eyes. ErrNotFound says that nothing is left to
// say: they do not see it any more or do not want such mails, or nothing is owed.
func (s *Store) BillNews(m Mail) (n BillNews, err error) {
	if err := s.stillTold(m); err != nil {
		return n, err
	}
	invoice := m.Subject
	if err := s.read(func(r source) (err error) {
		if n.Today, err = billingDay(r, s.Now()); err != nil {
			return err
		}
		switch m.Kind {
		case MailReceipt, MailPaidOnline:
			invoice, err = value[ID](r, "SELECT invoice_id FROM payment WHERE id = ? AND state IN ('received', 'processing')", m.Subject)
		case MailInvoiceReply:
			invoice, err = value[ID](r, "SELECT invoice_id FROM invoice_reply WHERE id = ?", m.Subject)
		case MailInvoiceDue:
			_, err = dunningOf(r, invoice)
		}
		return err
	}); err != nil {
		return n, err
	}
	pick := func(payments []Payment, replies []InvoiceReply) {
		for _, p := range payments {
			if p.ID == m.Subject {
				n.Payment = p
			}
		}
		for _, r := range replies {
			if r.ID == m.Subject {
				n.Reply = r
			}
		}
	}
	if m.To.Side == Team {
		err = s.ViewOf(m.To.ID, func(v *Viewer) (err error) { return n.read(v, invoice, pick) })
	} else {
		err = s.Glass(m.To.ID, func(g *Glass) error { return n.read(g, invoice, pick) })
	}
	if err == nil && (m.Kind == MailInvoice && n.State == InvoiceVoid || m.Kind == MailInvoiceReply && n.Reply.ID == 0) {
		err = ErrNotFound
	}
	return n, err
}

// billReader is either side's way to an invoice.
type billReader interface {
	Invoice(ID) (Invoice, error)
	Payments(ID) ([]Payment, error)
	InvoiceReplies(ID) ([]InvoiceReply, error)
}

func (n *BillNews) read(from billReader, id ID, pick func([]Payment, []InvoiceReply)) (err error) {
	if n.Invoice, err = from.Invoice(id); err != nil {
		return err
	}
	payments, err := from.Payments(id)
	if err != nil {
		return err
	}
	replies, err := from.InvoiceReplies(id)
	pick(payments, replies)
	return err
}

// Repeats says how an invoice is made again.
type Repeats struct {
	Every       string // week, month, quarter or year
	Next, Until Date
	Sends       bool // its copies are sent by themselves
}
