package handlers

import (
	"strings"
	"testing"

	"vitrine/db"
)

// What a budget was used for becomes a bill in a browser: the lines are looked at by entry, the draft is made and
// sent, and whoever reads both finds the bill's number beside the work. Booking in between is noticed.
func TestBudgetBecomesABill(t *testing.T) {
	w := newWorld(t)
	w.withRole("press", "projects", "budgets", "billing")
	w.ok(w.store.EditCompany(w.actor("owner"), w.parts["company"], db.CompanyForm{Name: "Papadopoulos Ceramics", Address: "Ermou 12\nMytilene", Country: "GR", VATNumber: "EL094259216", Version: 3}))
	team, phone, client := w.browser("leader", 1300, 1000, false), w.browser("leader", 360, 740, true), w.browser("press", 1100, 900, false)
	at := "/budgets/" + w.parts["budget"].String()
	client.live("/portal" + at + "?tab=time")
	team.open(at)
	team.click(`a[href="` + at + `/invoice"]`)
	team.says("main tfoot", "€139.00")
	team.plain("what a bill of a budget will say")
	team.shot("budget-bill")
	phone.open(at + "/invoice")
	phone.plain("what a bill of a budget will say, on a phone")
	phone.shot("budget-bill-phone")
	team.fills("#group", "entry")
	team.click(`form[method="get"][action="` + at + `/invoice"] button`)
	team.says("main tbody", "Shop hours work: Gallery, large photo")
	_, err := w.store.AddTime(w.actor("member"), db.TimeForm{Service: w.parts["budget service"].String(), Day: "2026-11-03", Minutes: "0:30", Wording: "Menu"})
	w.ok(err)
	team.click(`form[method="post"][action="` + at + `/invoice"] .btn.main`)
	team.says("#until-error", "Something was booked or changed meanwhile")
	team.says("main tfoot", "€169.00")
	team.click(`form[method="post"][action="` + at + `/invoice"] .btn.main`)
	team.until(`/^\/invoices\/[0-9A-Za-z]{11}\/edit$/.test(location.pathname)`)
	team.says("#sums", "169.00")
	if got := strings.Join(w.texts("SELECT l.text || ' (' || l.detail || ')' FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id WHERE i.state = 'draft' AND l.text LIKE 'Shop%' ORDER BY l.position"), ", "); got != "Shop hours work: Gallery, large photo (2 Nov 2026, 1 h 15 min), Shop hours work: Menu (3 Nov 2026, 30 min)" {
		t.Error(got)
	}
	if remark := w.rows("SELECT count(*) FROM invoice_line WHERE text || detail LIKE '%CNRY%' AND invoice_id IN (SELECT invoice_id FROM time_entry)"); remark != 0 {
		t.Error("something internal is on the bill")
	}
	team.open(at + "?tab=time")
	team.says("#region-entries", "on an invoice")
	team.open(at + "/invoice")
	team.says("main .empty", "Nothing is left")
	if eval[bool](client, `!!document.querySelector("#found a[href^='/portal/invoices/']")`) {
		t.Error("the client reads of a draft")
	}
	made := db.ID(w.rows("SELECT invoice_id FROM time_entry WHERE invoice_id IS NOT NULL LIMIT 1"))
	w.issues(made)
	client.says(`#found a[href^="/portal/invoices/"]`, "20")
	client.plain("a budget with a bill")
	for _, b := range []*tab{team, phone, client} {
		b.silent("422", "Autofocus processing was blocked")
	}
}
