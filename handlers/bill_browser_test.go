package handlers

import (
	"strings"
	"testing"

	"vitrine/db"
)

// fills puts a value into a field that has one already, as if it had been typed.
func (b *tab) fills(selector, text string) {
	b.t.Helper()
	b.until(`document.querySelector('` + selector + `')?.checkVisibility()`)
	eval[bool](b, `(e => { e.value = "`+text+`"; e.dispatchEvent(new Event("input", {bubbles: true})); e.dispatchEvent(new Event("change", {bubbles: true})); return true; })(document.querySelector('`+selector+`'))`)
}

// says waits until a part of the page says something.
func (b *tab) says(selector, text string) {
	b.t.Helper()
	b.until(`[...document.querySelectorAll('` + selector + `')].some(e => e.textContent.includes("` + text + `"))`)
}

// A bill in two browsers, the client's a phone: it is written while its sum is reckoned, is not there
// for the client, is sent, opened, asked about, answered, paid in two parts, and printed.
func TestBillFromBothSides(t *testing.T) {
	w := newWorld(t)
	w.ok(w.store.EditCompany(w.actor("owner"), w.parts["company"], db.CompanyForm{Name: "Papadopoulos Ceramics", Address: "Ermou 12\nMytilene", Country: "GR", VATNumber: "EL094259216", Version: 3}))
	team, client, other := w.browser("leader", 1300, 1000, false), w.browser("finance", 360, 740, true), w.browser("eleni", 1100, 900, false)
	team.open("/invoices/new?company=" + w.parts["company"].String())
	team.types("#text0", "Product pages")
	team.fills("#quantity0", "24")
	team.fills("#price0", "62")
	team.fills("#tax0", "S 24")
	team.says("#sums", "1,845.12")
	team.fills("#off0", "10 %")
	team.says("#sums", "1,660.61")
	team.plain("the form of a bill")
	team.shot("bill-form")
	team.click(`#invoice-form button[value="save"]`)
	team.until(`/^\/invoices\/[0-9A-Za-z]{11}$/.test(location.pathname)`)
	at := eval[string](team, "location.pathname")
	id, err := db.ParseID(strings.TrimPrefix(at, "/invoices/"))
	w.ok(err)
	client.open("/portal" + at)
	client.says("main", "not shared with you")
	client.open("/portal/invoices")
	if eval[bool](client, `!!document.querySelector("main a[href='/portal`+at+`']")`) {
		t.Error("a draft is in the client's list")
	}

	team.click(`form[action="` + at + `/send"] button`)
	team.says("main .meta", "Sent")
	number := w.bill(id).Number
	team.says("main", "Nobody has opened it yet")
	client.open("/portal/invoices")
	client.says("main a", number)
	client.plain("the client's bills")
	client.shot("bill-list")
	eval[bool](client, `(document.querySelector("main a[href='/portal`+at+`']").click(), true)`)
	client.until(`location.pathname === "/portal` + at + `"`)
	client.says("main", "1,660.61")
	client.plain("the client's bill")
	client.shot("bill-client")
	for deadline := 0; w.rows("SELECT count(*) FROM invoice_seen WHERE invoice_id = ?", int64(id)) == 0; deadline++ {
		if deadline > 200 {
			t.Fatal("a visit leaves no trace")
		}
		eval[bool](client, `new Promise(done => setTimeout(() => done(true), 20))`)
	}
	team.open(at)
	team.says("main", "opened it on")
	client.types("#thread textarea", "What are these pages?")
	client.click("#thread button[type=submit]")
	client.says("#thread .msg", "What are these pages?")
	team.open("/invoices")
	team.says("main", "What are these pages?")
	team.open(at)
	team.types("#thread textarea", "Those of the shop.")
	team.click(`#thread form[action="` + at + `/replies"] button[type=submit]`)
	team.says("#thread .msg", "Those of the shop.")
	client.open("/portal" + at)
	client.says("#thread .msg", "Those of the shop.")

	for _, part := range []struct{ amount, team, client string }{{"660.61", "Part paid", "660.61"}, {"1000", "Paid", "1,000.00"}} {
		team.fills("#amount", part.amount)
		team.click(`form[action="` + at + `/payments"] button`)
		team.says("main .meta", part.team)
		client.open("/portal" + at)
		client.says("main .meta", part.team)
		client.says("#payments", part.client)
	}
	if bill := w.bill(id); bill.Left() != 0 || bill.Paid != 166061 {
		t.Error(bill.Paid, bill.Left())
	}
	client.plain("the paid bill")
	client.shot("bill-paid")
	if pages := strings.Count(string(client.print("bill-on-paper")), "/Type /Page\n"); pages != 1 {
		t.Error("on paper it has so many pages:", pages)
	}

	other.open("/portal" + at)
	other.says("main", "not shared with you")
	other.open("/portal")
	if eval[bool](other, `document.body.textContent.includes("`+number+`") || !!document.querySelector("a[href^='/portal/invoices'], a[href^='/portal/statement']")`) {
		t.Error("whoever may not see bills finds a trace")
	}
	team.silent("Autofocus processing was blocked")
	client.silent("404", "Autofocus processing was blocked")
	other.silent("404")
}

// An accepted change is made a bill by its button, at the price that was agreed, once.
func TestBillOfAChangeInABrowser(t *testing.T) {
	w := newWorld(t)
	id, err := w.store.AddDecision(w.actor("leader"), w.project, db.DecisionForm{Kind: db.KindChange, Question: "A map of the workshop", Mode: db.AnyOne, Currency: "EUR", Price: "480.50", Days: "2", Deciders: []string{w.people["eleni"].ID.String()}})
	w.ok(err)
	w.ok(w.store.AskDecision(w.actor("leader"), id, 1))
	team := w.browser("leader", 1300, 1000, false)
	bill := `form[action="/decisions/` + id.String() + `/invoice"] button`
	team.open("/decisions/" + id.String())
	if eval[bool](team, `!!document.querySelector('`+bill+`')`) {
		t.Error("what is not accepted can be billed")
	}
	_, err = w.store.Answer(w.actor("eleni"), id, db.AnswerForm{Edition: 1, Outcome: db.Approve})
	w.ok(err)
	team.open("/decisions/" + id.String())
	team.click(bill)
	team.until(`location.pathname.startsWith("/invoices/") && document.querySelector("#invoice-form")`)
	if got := eval[string](team, `document.querySelector("#text0").value + "|" + document.querySelector("#price0").value`); got != "A map of the workshop|480.50" {
		t.Error(got)
	}
	team.says("#sums", "595.82")
	if w.rows("SELECT count(*) FROM invoice WHERE decision_id = ?", int64(id)) != 1 {
		t.Error("it is not made once")
	}
	if again := w.as("leader").post("/decisions/" + id.String() + "/invoice"); again.header.Get("Location") != "/decisions/"+id.String()+"?said=billed-already" || w.rows("SELECT count(*) FROM invoice WHERE decision_id = ?", int64(id)) != 1 {
		t.Error("a second time answers", again.status)
	}
	team.silent()
}
