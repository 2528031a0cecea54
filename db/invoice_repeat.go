package db

import "time"

// Every how long an invoice can be made again.
var RepeatEvery = []string{"week", "month", "quarter", "year"}

// RepeatForm is how an invoice is made again, as filled in. Every is "" for not at all.
type RepeatForm struct {
	Every, Next, Until string
	Sends              bool
}

// RepeatInvoice makes an invoice again every so often, from a day to come on: the copies are drafts, or
// are sent by themselves. Errors: ErrPreview, ErrNotFound, Invalid.
func (s *Store) RepeatInvoice(actor Actor, id ID, form RepeatForm) error {
	return s.write(func(tx *Tx) error {
		i, err := tx.invoiceOf(actor, id)
		if err != nil {
			return err
		}
		if form.Every == "" {
			return tx.run("DELETE FROM invoice_repeat WHERE invoice_id = ?", id)
		}
		next, ok := ParseDate(form.Next)
		until, known := ParseDate(form.Until)
		today, err := billingDay(tx, tx.now.Time)
		switch {
		case err != nil:
			return err
		case !oneOf(form.Every, RepeatEvery...):
			return invalid("every", "choice.unknown")
		case i.CreditsID != 0:
			return &Over{State: i.State}
		case !ok || next == "":
			return invalid("next", "date.invalid")
		case next <= today:
			return invalid("next", "invoice.repeat-past")
		case !known:
			return invalid("until", "date.invalid")
		case until != "" && until < next:
			return invalid("until", "invoice.served-backwards")
		}
		at, _ := next.Midnight()
		if err := tx.run(`INSERT INTO invoice_repeat (invoice_id, every, day, next_on, until_on, sends, set_by) VALUES (?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET every = excluded.every, day = excluded.day,
			next_on = excluded.next_on, until_on = excluded.until_on, sends = excluded.sends, set_by = excluded.set_by`, id, form.Every, at.Day(), next, until, form.Sends, actor.ID); err != nil {
			return err
		}
		return tx.repeatAt(id, next)
	})
}

// repeatAt asks for the next copy on the morning of a day.
func (tx *Tx) repeatAt(id ID, next Date) error {
	talk, err := tx.talk()
	if err != nil {
		return err
	}
	day, _ := next.Midnight()
	return tx.later(JobRepeat, id, At(time.Date(day.Year(), day.Month(), day.Day(), 6, 0, 0, 0, talk.Office.Zone)))
}

// Repeats is how an invoice is made again; ErrNotFound when it is not.
func (v *Viewer) Repeats(id ID) (Repeats, error) {
	return one(v.source, func(r *Repeats) []any { return []any{&r.Every, &r.Next, &r.Until, &r.Sends} },
		"SELECT r.every, r.next_on, r.until_on, r.sends FROM visible_invoice_team v JOIN invoice_repeat r ON r.invoice_id = v.invoice_id WHERE v.viewer_id = ? AND r.invoice_id = ?", v.ID, id)
}

// RepeatDue makes the copies of an invoice whose day has come: one for each time, also when
// the program did not run for a while. Done again it makes nothing twice.
func (s *Store) RepeatDue(id ID, draw DrawInvoice) error {
	for more := true; more; {
		if err := s.write(func(tx *Tx) (err error) { more, err = tx.repeatOnce(id, draw); return err }); err != nil {
			return err
		}
	}
	return nil
}

// repeatOnce makes one copy if its day has come. One that cannot be sent, because something is
// missing now, stays a draft: nothing that was due is lost.
func (tx *Tx) repeatOnce(id ID, draw DrawInvoice) (made bool, err error) {
	type plan struct {
		Repeats
		day int
		by  ID
	}
	p, err := one(tx, func(p *plan) []any { return []any{&p.Every, &p.day, &p.Next, &p.Until, &p.Sends, &p.by} }, "SELECT every, day, next_on, until_on, sends, set_by FROM invoice_repeat WHERE invoice_id = ?", id)
	if err == ErrNotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	today, err := billingDay(tx, tx.now.Time)
	if err != nil {
		return false, err
	}
	if p.Until != "" && p.Next > p.Until {
		return false, tx.run("DELETE FROM invoice_repeat WHERE invoice_id = ?", id)
	}
	if p.Next > today {
		return false, tx.repeatAt(id, p.Next)
	}
	old, err := readInvoice(tx, id)
	if err != nil {
		return false, err
	}
	by, err := one(tx, func(a *Actor) []any { return []any{&a.ID} }, "SELECT p.id FROM person p JOIN may_bill m ON m.viewer_id = p.id WHERE m.company_id = ? ORDER BY p.id <> ?, p.role <> 'owner', p.id LIMIT 1", old.CompanyID, p.by)
	if err != nil {
		return false, err
	}
	copied := NewID()
	if err := tx.copyInvoice(by, copied, old); err != nil {
		return false, err
	}
	after := nextOn(p.Next, p.Every, p.day)
	period, _ := after.Midnight()
	if err := tx.run("UPDATE invoice SET served_from = ?, served_to = ? WHERE id = ?", p.Next, Date(period.AddDate(0, 0, -1).Format(time.DateOnly)), copied); err != nil {
		return false, err
	}
	if err := tx.run("UPDATE invoice_repeat SET next_on = ? WHERE invoice_id = ?", after, id); err != nil {
		return false, err
	}
	if !p.Sends {
		return true, nil
	}
	fresh, err := readInvoice(tx, copied)
	if err != nil {
		return false, err
	}
	if err := tx.issue(by.ID, fresh, draw); err != nil {
		if _, bad := err.(*Invalid); !bad {
			return false, err
		}
	}
	return true, nil
}

// nextOn is the day after so long: the same of the month, or its last when it is shorter.
func nextOn(day Date, every string, of int) Date {
	at, _ := day.Midnight()
	months := map[string]int{"month": 1, "quarter": 3, "year": 12}[every]
	if months == 0 {
		return Date(at.AddDate(0, 0, 7).Format(time.DateOnly))
	}
	first := time.Date(at.Year(), at.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Date(first.AddDate(0, 0, min(of, last)-1).Format(time.DateOnly))
}
