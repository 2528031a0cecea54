package db

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// plain says a line without any catalogue.
func plain(_ string, u Unbilled, _ string) (text, detail string) {
	for _, said := range []string{u.Wording, u.Task, u.Service} {
		if said != "" {
			return said, strings.TrimSpace(u.Month + " " + fmt.Sprint(u.Minutes))
		}
	}
	return u.Kind, ""
}

// linesOf are an invoice's lines: text, quantity in thousandths, unit and price.
func (w *world) linesOf(invoice ID) []string {
	w.t.Helper()
	return w.rows("SELECT text || ' ' || quantity || ' ' || unit || ' ' || price FROM invoice_line WHERE invoice_id = ? ORDER BY position", invoice)
}

var allOfIt = BudgetBillForm{Until: "2026-05-31", Group: GroupService, Time: true, Services: true, Expenses: true}

// A worked example: 1 h 15 min, 30 min and 20 min at 60.00 an hour and 64.00 spent come to 189.00, however the time is
// put together. What was returned, is not billed, is on a bill or on another budget is not in it, nor
// are internal remarks or the name of a hidden task.
func TestBillOfABudget(t *testing.T) {
	t.Parallel()
	for group, want := range map[string][]string{
		GroupService: {"work of hours 1000 C62 12500"},
		GroupTask:    {"home 1250 HUR 6000", "work of hours 1000 C62 5000"},
		GroupEntry:   {"Gallery, large photo 1250 HUR 6000", "work of hours 500 HUR 6000", "Footer 1000 C62 2000"},
	} {
		w := newWorld(t)
		w.booked("odd", "mark", "hours", TimeForm{Minutes: "0:20", Wording: "Footer", Day: "2026-05-19"})
		form := allOfIt
		form.Group, form.Sum = group, 18900
		made, err := w.InvoiceBudget(w.actor("lea"), w.id("hours"), form, plain)
		w.must(err)
		got := w.linesOf(made)
		if len(got) != len(want)+1 || fmt.Sprint(got[:len(want)]) != fmt.Sprint(want) {
			t.Errorf("%s: %q", group, got)
		}
		if net := w.rows("SELECT net || ' ' || served_from || ' ' || served_to || ' ' || state FROM invoice WHERE id = ?", made)[0]; net != "18900 2026-05-18 2026-05-19 draft" {
			t.Error(group, net)
		}
		for _, line := range got {
			if strings.Contains(line, "remark") || strings.Contains(line, "Secret") || strings.Contains(line, "pizza") {
				t.Error(group, line)
			}
		}
		if again, err := w.InvoiceBudget(w.actor("lea"), w.id("hours"), allOfIt, plain); refusedFor(err) != "until budget.bill-nothing" {
			t.Error("billed twice:", again, err)
		}
	}
}

// What stands on a bill stays as it is, with the company whose it is, until the draft is thrown away or what was
// sent is voided.
func TestWorkOnABillStays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	form := allOfIt
	form.Sum = 16900
	on := func(want string) {
		t.Helper()
		if got := w.rows("SELECT (SELECT count(*) FROM time_entry WHERE invoice_id IS NOT NULL) || ' ' || (SELECT count(*) FROM expense WHERE invoice_id IS NOT NULL)")[0]; got != want {
			t.Errorf("%s carry a bill, not %s", got, want)
		}
	}
	first := w.keep("first bill of hours")(w.InvoiceBudget(w.actor("lea"), w.id("hours"), form, plain))
	on("3 2")
	if err := w.EditTime(w.actor("mark"), w.id("gallery"), TimeForm{Service: w.id("work of hours").String(), Day: "2026-05-18", Minutes: "9:00", Version: 2}); err != ErrSent {
		t.Error("what is on a bill is changed:", err)
	}
	if err := w.DeleteTime(w.actor("mark"), w.id("gallery")); err != ErrSent {
		t.Error("what is on a bill is taken back:", err)
	}
	elsewhere := w.invoice("first bill of hours").Form()
	elsewhere.Company, elsewhere.Projects, elsewhere.Contact = w.id("Beta").String(), nil, ""
	if err := w.EditInvoice(w.actor("adam"), first, elsewhere); refusedFor(err) != "currency invoice.work-same" {
		t.Error("the work of one company goes to another:", err)
	}
	w.must(w.DeleteInvoice(w.actor("lea"), first))
	on("1 1")
	sent := w.keep("second bill of hours")(w.InvoiceBudget(w.actor("lea"), w.id("hours"), form, plain))
	w.must(w.IssueInvoice(w.actor("lea"), sent, w.invoice("second bill of hours").Version, drawn))
	w.must(w.VoidInvoice(w.actor("lea"), sent, "wrong"))
	on("1 1")
	w.must(just(w.InvoiceBudget(w.actor("lea"), w.id("hours"), form, plain)))
}

// What is sold as a whole is billed once, a retainer once a month with the work of that month; where the project
// approves nothing goes on a bill before.
func TestBillsOfWhatIsSold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	bill := func(by, budget, until string, sum int64) (ID, string) {
		t.Helper()
		form := allOfIt
		form.Until, form.Sum = until, sum
		made, err := w.InvoiceBudget(w.actor(by), w.id(budget), form, plain)
		return made, refusedFor(err)
	}
	made, refused := bill("lea", "house plan", "2026-05-31", 63000)
	if got := fmt.Sprint(w.linesOf(made)); refused != "" || got != "[work of house plan 10000 HUR 6000 wording of lamp 1000 C62 3000]" {
		t.Error(got, refused)
	}
	if w.rows("SELECT count(*) FROM time_entry WHERE invoice_id = ?", made)[0] != "1" {
		t.Error("the work that is covered carries no bill")
	}
	if _, refused := bill("lea", "house plan", "2026-05-31", 0); refused != "until budget.bill-nothing" {
		t.Error("sold twice:", refused)
	}
	waiting := w.rows("SELECT count(*) FROM expense x JOIN budget b ON b.id = x.budget_id WHERE b.name = 'care plan' AND x.state = 'approved'")[0]
	if _, refused := bill("adam", "care plan", "2026-05-31", 1); refused != "until budget.bill-changed" {
		t.Error("another sum:", refused)
	}
	made, refused = bill("adam", "care plan", "2026-05-31", 60000+4000)
	if got := fmt.Sprint(w.linesOf(made)); refused != "" || waiting != "1" || !strings.HasPrefix(got, "[work of care plan 10000 HUR 6000 ") {
		t.Error(got, refused, waiting)
	}
	if w.rows("SELECT count(*) FROM time_entry WHERE invoice_id = ? AND state <> 'approved'", made)[0] != "0" {
		t.Error("what waits to be approved is on the bill")
	}
	if _, refused := bill("adam", "care plan", "2026-05-30", 60000); refused != "until budget.bill-nothing" {
		t.Error("a month twice:", refused)
	}
	if _, refused := bill("adam", "care plan", "2026-06-30", 60000); refused != "" {
		t.Error("the month after it:", refused)
	}
	for who, want := range map[string]string{"mark": "your role does not allow this", "tess": "not found", "eleni": "not found"} {
		if _, refused := bill(who, "hours", "2026-05-31", 16900); refused != want {
			t.Errorf("%s: %q", who, refused)
		}
	}
}

// Whatever was booked at whatever prices: a bill comes to the sum of its entries, each stands on it once.
func TestBillsAddUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	chance := rand.New(rand.NewPCG(8, 8))
	for round := range 12 {
		name := fmt.Sprint("chance ", round)
		w.budgeted(name, "site", "lea", BudgetCapped, false)
		service := w.id("work of " + name)
		for n := range 1 + chance.IntN(20) {
			if chance.IntN(4) == 0 {
				w.must(w.EditService(w.actor("lea"), service, ServiceForm{Name: "work", Unit: "hour", Price: fmt.Sprintf("%d.%02d", chance.IntN(200), chance.IntN(100)), Quantity: "10"}))
			}
			minutes := fmt.Sprintf("%d:%02d", chance.IntN(3), 1+chance.IntN(59))
			task := map[bool]string{true: w.id("home").String(), false: ""}[chance.IntN(2) == 0]
			w.booked(fmt.Sprint(name, " ", n), "mark", name, TimeForm{Minutes: minutes, Day: fmt.Sprintf("2026-04-%02d", 1+n), Task: task})
		}
		form := allOfIt
		form.Group = BillGroups[round%3]
		total := "SELECT coalesce(sum(e.amount), 0) || ' ' || count(*) FROM time_entry e WHERE e.billable > 0 AND e.service_id = ?"
		want := w.rows(total, service)[0]
		fmt.Sscan(want, &form.Sum)
		if form.Sum == 0 {
			continue
		}
		made, err := w.InvoiceBudget(w.actor("lea"), w.id(name), form, plain)
		w.must(err)
		if got := w.rows(total+" AND e.invoice_id = ?", service, made)[0]; got != want {
			t.Errorf("%s: %s carry it, of %s", form.Group, got, want)
		}
		if net := w.rows("SELECT net FROM invoice WHERE id = ?", made)[0]; net != fmt.Sprint(form.Sum) {
			t.Errorf("%s: the bill is of %s, the entries are of %d", form.Group, net, form.Sum)
		}
	}
}
