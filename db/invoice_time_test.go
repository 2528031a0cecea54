package db

import (
	"testing"
	"time"

	"vitrine/db/bill"
)

// turned sets the world's clock, by one of its own.
func (w *world) turned(at time.Time) { w.clock.Store(&at) }

// The client is reminded around the due day, in the morning, when the office is open; once a
// day, and no more once nothing is owed, somebody disputes it or it is to be left alone.
func TestRemindersOfBills(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sql("UPDATE setting SET value = '-3 1 7' WHERE key = 'bill.ladder'")
	w.sql("UPDATE setting SET value = 'Europe/Athens' WHERE key = 'workspace.time_zone'")
	w.billed("dunned", "Acme") // sent on 20 May 2026, due on Wednesday 3 June
	finn := w.id("finn")
	w.sql("UPDATE person SET joined_at = '2026' WHERE id = ?", finn)
	mails := func() int {
		return len(w.rows("SELECT 1 FROM outbox WHERE kind = 'invoice-due' AND subject_id = ? AND person_id = ?", w.id("dunned"), finn))
	}
	step := func(day int, hour, want int) {
		t.Helper()
		w.turned(time.Date(2026, 5, day, hour, 30, 0, 0, time.UTC))
		w.must(w.DunDue(w.id("dunned")))
		if got := mails(); got != want {
			t.Errorf("on day %d at %d there are %d reminders, not %d", day, hour, got, want)
		}
	}
	step(21, 12, 0)
	step(28, 12, 0)
	step(29, 3, 0)    // Sunday 31 May is closed: the open day before it, and not in the night
	step(29, 12, 1)   // Friday
	step(29, 14, 1)   // the same day again
	step(30, 12, 1)   // Saturday
	step(31+4, 12, 2) // the day after it was due
	step(31+5, 12, 2) // not every day
	rungs, err := func() (at []time.Time, err error) {
		err = w.View(Person{ID: w.id("adam"), Side: Team, Role: Admin, Active: true}, func(v *Viewer) error { at, err = v.Reminders(w.id("dunned"), w.Now()); return err })
		return at, err
	}()
	if err != nil || len(rungs) != 1 || rungs[0].UTC().Format("2006-01-02 15:04") != "2026-06-10 06:00" {
		t.Error("to come are", rungs, err)
	}
	for name, stops := range map[string]string{"quiet": "quiet = 1", "disputed": "disputed = 1", "paid": "paid = total", "on its way": "waiting = total", "credited": "credited = total", "void": "state = 'void'"} {
		w.billed("left alone "+name, "Acme")
		w.sql("UPDATE invoice SET "+stops+" WHERE id = ?", w.id("left alone "+name))
		before := w.Now()
		w.turned(before.AddDate(0, 0, 40))
		w.must(w.DunDue(w.id("left alone " + name)))
		if got := w.rows("SELECT 1 FROM outbox WHERE kind = 'invoice-due' AND subject_id = ?", w.id("left alone "+name)); len(got) > 0 {
			t.Errorf("%s: %d are reminded", name, len(got))
		}
		w.turned(before)
	}
	// What was missed while nothing ran is one reminder.
	w.billed("missed", "Acme")
	w.turned(w.Now().AddDate(0, 2, 0))
	w.must(w.DunDue(w.id("missed")))
	w.must(w.DunDue(w.id("missed")))
	if got := w.rows("SELECT 1 FROM outbox WHERE kind = 'invoice-due' AND subject_id = ? AND person_id = ?", w.id("missed"), finn); len(got) != 1 {
		t.Errorf("%d reminders for what was missed", len(got))
	}
	// At the moment of sending they must still owe it, and see it.
	m := Mail{Kind: MailInvoiceDue, Subject: w.id("missed"), To: Person{ID: finn, Side: Client}}
	if _, err := w.BillNews(m); err != nil {
		t.Error(err)
	}
	w.sql("UPDATE invoice SET paid = total WHERE id = ?", w.id("missed"))
	if _, err := w.BillNews(m); err != ErrNotFound {
		t.Error("a reminder of what is paid is sent:", err)
	}
	m.Kind = MailInvoice
	w.must(w.SetFeature(w.actor("adam"), ForCompany, w.id("Acme"), "billing", "off"))
	if _, err := w.BillNews(m); err != ErrNotFound {
		t.Error("a mail about what is not seen any more is sent:", err)
	}
}

// A bill is made again on its day, at the end of shorter months, for each time that was missed, until
// it ends; what cannot be sent waits as a draft.
func TestBillsThatRepeat(t *testing.T) {
	t.Parallel()
	for _, at := range []struct {
		day   Date
		every string
		of    int
		want  Date
	}{{"2027-01-31", "month", 31, "2027-02-28"}, {"2027-02-28", "month", 31, "2027-03-31"}, {"2027-11-30", "quarter", 30, "2028-02-29"}, {"2028-02-29", "year", 29, "2029-02-28"}, {"2026-12-28", "week", 28, "2027-01-04"}, {"2026-12-15", "month", 15, "2027-01-15"}} {
		if got := nextOn(at.day, at.every, at.of); got != at.want {
			t.Errorf("after %s every %s comes %s, not %s", at.day, at.every, got, at.want)
		}
	}
	w := newWorld(t)
	w.billed("monthly", "Acme", "site")
	if err := w.RepeatInvoice(w.actor("adam"), w.id("monthly"), RepeatForm{Every: "month", Next: "2026-05-20"}); !isInvalid(err, "next") {
		t.Error("it repeats from today on:", err)
	}
	w.must(w.RepeatInvoice(w.actor("adam"), w.id("monthly"), RepeatForm{Every: "month", Next: "2026-05-31", Until: "2026-09-30", Sends: true}))
	copies := func(state string) int {
		return len(w.rows("SELECT 1 FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id WHERE l.text = 'work on monthly' AND i.id <> ? AND i.state = ?", w.id("monthly"), state))
	}
	run := func(at time.Time, sent, drafts int) {
		t.Helper()
		w.turned(at)
		w.must(w.RepeatDue(w.id("monthly"), drawn))
		w.must(w.RepeatDue(w.id("monthly"), drawn))
		if copies(InvoiceSent) != sent || copies(InvoiceDraft) != drafts {
			t.Errorf("on %s there are %d sent and %d drafts, not %d and %d", at.Format(time.DateOnly), copies(InvoiceSent), copies(InvoiceDraft), sent, drafts)
		}
	}
	run(time.Date(2026, 5, 30, 12, 0, 0, 0, time.UTC), 0, 0)
	run(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC), 1, 0)
	w.sql("UPDATE company SET address = '' WHERE id = ?", w.id("Acme"))
	run(time.Date(2026, 8, 1, 12, 0, 0, 0, time.UTC), 1, 2) // 30 June and 31 July were missed, and lack an address
	w.sql("UPDATE company SET address = 'Ermou 12' WHERE id = ?", w.id("Acme"))
	run(time.Date(2027, 8, 1, 12, 0, 0, 0, time.UTC), 3, 2) // 31 August and 30 September, then it ended
	if left := w.rows("SELECT 1 FROM invoice_repeat WHERE invoice_id = ?", w.id("monthly")); len(left) > 0 {
		t.Error("it goes on")
	}
	if served := w.rows("SELECT served_from || ' ' || served_to FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id WHERE l.text = 'work on monthly' AND i.id <> ? ORDER BY served_from", w.id("monthly")); served[0] != "2026-05-31 2026-06-29" || served[1] != "2026-06-30 2026-07-30" {
		t.Error("the periods are", served)
	}
	w.gapless(8)
}

// In the workspace's new year numbers begin anew, by its own clock.
func TestNumbersOfYears(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sql("UPDATE setting SET value = 'Europe/Athens' WHERE key = 'workspace.time_zone'")
	w.turned(time.Date(2026, 12, 31, 21, 30, 0, 0, time.UTC)) // half past eleven in Athens
	w.billed("last", "Acme")
	w.turned(time.Date(2026, 12, 31, 22, 30, 0, 0, time.UTC))
	w.billed("first", "Acme")
	if last, first := w.invoice("last"), w.invoice("first"); last.IssuedOn != "2026-12-31" || first.Number != "2027-001" || first.IssuedOn != "2027-01-01" {
		t.Errorf("%s on %s, %s on %s", last.Number, last.IssuedOn, first.Number, first.IssuedOn)
	}
}

// What cannot be a bill is refused with one sentence, and nothing is stored.
func TestBadBills(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	good := func() InvoiceForm {
		return InvoiceForm{Company: w.id("Acme").String(), Kind: bill.Invoice, Language: "en", Currency: "EUR", Rounding: bill.PerTotal, Lines: []LineForm{{Text: "Work", Quantity: "1", Price: "10", Tax: "S 24"}}}
	}
	before := w.digest()
	for field, change := range map[string]func(*InvoiceForm){
		"company": func(f *InvoiceForm) { f.Company = w.id("site").String() }, "contact": func(f *InvoiceForm) { f.Contact = w.id("otto").String() }, "projects": func(f *InvoiceForm) { f.Projects = []string{w.id("beta").String()} },
		"kind": func(f *InvoiceForm) { f.Kind = bill.Credit }, "language": func(f *InvoiceForm) { f.Language = "xx" }, "currency": func(f *InvoiceForm) { f.Currency = "QQQ" }, "rounding": func(f *InvoiceForm) { f.Rounding = "down" },
		"due": func(f *InvoiceForm) { f.DueOn = "2026-02-30" }, "days": func(f *InvoiceForm) { f.Days = "-1" }, "to": func(f *InvoiceForm) { f.From, f.To = "2026-05-02", "2026-05-01" },
		"text0": func(f *InvoiceForm) { f.Lines[0].Text = " " }, "quantity0": func(f *InvoiceForm) { f.Lines[0].Quantity = "1000001" }, "price0": func(f *InvoiceForm) { f.Lines[0].Price = "1.234" }, "off0": func(f *InvoiceForm) { f.Lines[0].Off = "100.01 %" },
		"tax0": func(f *InvoiceForm) { f.Lines[0].Tax = "S 0" }, "unit0": func(f *InvoiceForm) { f.Lines[0].Unit = "box" }, "lines": func(f *InvoiceForm) { f.Lines[0].Quantity, f.Lines[0].Price = "1000000", "10000000000" },
	} {
		form := good()
		change(&form)
		if _, err := w.AddInvoice(w.actor("adam"), form); !isInvalid(err, field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	if w.digest() != before {
		t.Error("something that was refused was stored")
	}
	form := good()
	form.Lines = append(form.Lines, LineForm{Text: "Back", Quantity: "-3,5", Price: "2", Off: "100 %", Tax: "S 24"}, LineForm{Text: "Free", Quantity: "0", Price: "2", Off: "0 %", Tax: "Z"}, LineForm{Text: "Off", Price: "5", Off: "1.50", Tax: "AE"})
	w.keep("odd bill")(w.AddInvoice(w.actor("adam"), form))
	if i := w.invoice("odd bill"); i.Net != 1000+0+0+350 || i.Tax != 240 {
		t.Errorf("%d without tax, %d tax", i.Net, i.Tax)
	}
	form.Lines = []LineForm{{Text: "Back", Quantity: "-1", Price: "10", Tax: "S 24"}}
	w.keep("below zero")(w.AddInvoice(w.actor("adam"), form))
	if err := w.IssueInvoice(w.actor("adam"), w.id("below zero"), 2, drawn); !isInvalid(err, "lines") {
		t.Error("a bill below zero is sent:", err)
	}
	w.sql("UPDATE company SET country = '' WHERE id = ?", w.id("Acme"))
	if err := w.IssueInvoice(w.actor("adam"), w.id("odd bill"), 2, drawn); !isInvalid(err, "company") {
		t.Error("a bill to nowhere is sent:", err)
	}
}
