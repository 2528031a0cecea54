package handlers

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"vitrine/db"
)

func has(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s lacks %q", what, part)
		}
	}
}

func lacks(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(text, part) {
			t.Errorf("%s has %q", what, part)
		}
	}
}

// A bill from its draft to its last payment, as both sides read it.
func TestBillFromDraftToPaid(t *testing.T) {
	w := newWorld(t)
	w.ok(w.store.EditCompany(w.actor("owner"), w.parts["company"], db.CompanyForm{Name: "Papadopoulos Ceramics", Address: "Ermou 12\nMytilene", Country: "GR", VATNumber: "EL094259216", Version: 3}))
	leader, finance, eleni := w.as("leader"), w.as("finance"), w.as("eleni")
	company := w.parts["company"].String()
	lines := []string{"company", company, "kind", "invoice", "language", "en", "currency", "EUR", "rounding", "total", "days", "14", "projects", w.project.String(),
		"text", "Product pages", "quantity", "24", "unit", "HUR", "price", "62", "off", "10 %", "tax", "S 24", "detail", "", "text", "Licence", "quantity", "1", "unit", "C62", "price", "64,00", "off", "", "tax", "S 24", "detail", "=cmd()"}
	if form := leader.get("/invoices/new?company=" + company); form.status != http.StatusOK || !strings.Contains(form.body, `name="text"`) {
		t.Fatal("the form answers", form.status)
	}
	has(t, "the sum", leader.post("/invoices/sums", lines...).body, "€1,739.97")
	if bad := leader.post("/invoices", append(lines, "text", "More", "quantity", "1e9", "price", "1")...); bad.status != http.StatusUnprocessableEntity || !strings.Contains(bad.body, "Product pages") {
		t.Error("a wrong line answers", bad.status)
	}
	added := leader.post("/invoices", append(lines, "do", "save")...)
	at := strings.Split(added.header.Get("Location"), "?")[0]
	if added.status != http.StatusSeeOther || at == "" {
		t.Fatalf("%d %s", added.status, added.body)
	}
	id, err := db.ParseID(strings.TrimPrefix(at, "/invoices/"))
	w.ok(err)
	if page := finance.get("/portal" + at); page.status != http.StatusNotFound {
		t.Error("a client opens a draft:", page.status)
	}
	draft := leader.get(at)
	has(t, "the draft", draft.body, "Draft", w.people["finance"].Name)
	version := strconv.FormatInt(w.bill(id).Version, 10)
	if stale := leader.post(at+"/send", "version", "1"); stale.status != http.StatusConflict {
		t.Error("a draft that changed is sent:", stale.status)
	}
	if sent := leader.post(at+"/send", "version", version); sent.status != http.StatusSeeOther {
		t.Fatal("sending answers", sent.status, sent.body)
	}
	if again := leader.post(at+"/send", "version", version); again.status != http.StatusConflict {
		t.Error("it is sent twice:", again.status)
	}
	number := w.bill(id).Number
	page := finance.get("/portal" + at)
	has(t, "the client's page", page.body, number, "€1,739.97", "Product pages", "Ermou 12", `data-opened="/portal`+at+`/seen"`)
	has(t, "the client's list", finance.get("/portal/invoices").body, number, "Left to pay")
	if none := eleni.get("/portal" + at); none.status != http.StatusNotFound {
		t.Error("a client without the right opens it:", none.status)
	}
	// Looking through a client leaves no trace, and shows the same but for the mark of the visit.
	preview := w.as("owner").through("finance")
	looked := preview.get("/portal" + at)
	has(t, "the look through the client", looked.body, number, "€1,739.97")
	lacks(t, "the look through the client", looked.body, "data-opened")
	if seen := preview.post("/portal" + at + "/seen"); seen.status != http.StatusForbidden || w.rows("SELECT count(*) FROM invoice_seen WHERE invoice_id = ?", int64(id)) != 0 {
		t.Error("a look through the client counts as a visit:", seen.status)
	}
	has(t, "the team's page", leader.get(at).body, "Nobody has opened it yet")
	if seen := finance.post("/portal" + at + "/seen"); seen.status != http.StatusNoContent {
		t.Error("a visit answers", seen.status)
	}
	has(t, "the team's page after the visit", leader.get(at).body, "opened it on", ">Seen")
	if asked := finance.post("/portal"+at+"/replies", "body", "What is the licence?"); asked.status != http.StatusSeeOther {
		t.Error("asking answers", asked.status)
	}
	has(t, "the list of the team", leader.get("/invoices").body, "What is the licence?", "Answer by")
	leader.post(at+"/replies", "body", "The font, for a year.")
	lacks(t, "the list of the team after the answer", leader.get("/invoices").body, "What is the licence?")
	answered := finance.get("/portal" + at).body
	has(t, "the client's page", answered, "The font, for a year.", "The team")
	lacks(t, "the client's page", answered, w.people["leader"].Name)
	pay := []string{"amount", "739.97", "on", string(w.billingDay()), "way", "bank", "reference", "PAP-1", "version", strconv.FormatInt(w.bill(id).Version, 10)}
	if paid := leader.post(at+"/payments", pay...); paid.status != http.StatusSeeOther {
		t.Fatal("a payment answers", paid.status, paid.body)
	}
	if twice := leader.post(at+"/payments", pay...); twice.status != http.StatusConflict || w.bill(id).Paid != 73997 {
		t.Error("the same payment is recorded twice:", twice.status)
	}
	has(t, "the client's page after a part", finance.get("/portal"+at).body, "Part paid", "€739.97 of €1,739.97", "PAP-1")
	leader.post(at+"/payments", "amount", "1000", "on", string(w.billingDay()), "way", "bank", "version", strconv.FormatInt(w.bill(id).Version, 10))
	has(t, "the client's page in the end", finance.get("/portal"+at).body, "Paid")
	has(t, "the statement", finance.get("/portal/statement").body, number, "€1,739.97", "−€1,000.00")
	sheet := leader.get("/invoices/list.csv?q=" + number)
	has(t, "the file for spreadsheets", sheet.body, number, "1739.97", "\ufeff")
	for kind, want := range map[string]string{"pdf": "application/pdf", "xml": "application/xml"} {
		if file := finance.get("/portal" + at + "/invoice." + kind); file.status != http.StatusOK || !strings.HasPrefix(file.header.Get("Content-Type"), want) || file.body != leader.get(at+"/invoice."+kind).body {
			t.Error(kind, "answers", file.status, file.header)
		}
	}
	if void := leader.post(at+"/void", "reason", "No"); void.status != http.StatusConflict {
		t.Error("a paid bill is made void:", void.status)
	}
}

// Names that begin like a formula are none in a file for spreadsheets.
func TestBillsForSpreadsheets(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"=1+1", "+1", "-1+1", "@SUM(A1)", "\tTab"} {
		company, err := w.store.AddCompany(w.actor("owner"), db.CompanyForm{Name: name, Address: "Here", Country: "GR"})
		w.ok(err)
		w.unsent(company, "Work")
	}
	for _, line := range strings.Split(w.as("owner").get("/invoices/list.csv").body, "\r\n") {
		for _, cell := range strings.Split(line, ",") {
			if cell = strings.Trim(cell, `"`); cell != "" && strings.ContainsAny(cell[:1], "=+@\t") || strings.HasPrefix(cell, "-1+") {
				t.Errorf("a cell is a formula: %q", cell)
			}
		}
	}
}

// Whoever may not see bills finds no trace of them: in no page, no mail, no list of mails.
func TestNoTraceOfBills(t *testing.T) {
	w := newWorld(t)
	number := w.bill(w.parts["bill"]).Number
	w.ok(w.store.EditCompany(w.actor("owner"), w.parts["company"], db.CompanyForm{Name: "Papadopoulos Ceramics", Address: "Ermou 12", Country: "GR", Version: 3}))
	w.billed(w.parts["company"], "Another")
	for _, name := range []string{"eleni", "viewer"} {
		someone := w.as(name)
		for _, path := range []string{"/portal", "/portal/projects", "/portal/projects/" + w.project.String(), "/portal/projects/" + w.project.String() + "/activity", "/portal/tasks", "/portal/help", "/portal/account", "/portal/account/notifications"} {
			lacks(t, name+" at "+path, someone.get(path).body, "/portal/invoices", "/portal/statement", number, "Billing", "a bill arrives")
		}
		if sent := w.rows("SELECT count(*) FROM outbox WHERE person_id = ? AND kind IN ('invoice', 'invoice-due', 'receipt', 'invoice-reply', 'paid-online')", int64(w.people[name].ID)); sent != 0 {
			t.Errorf("%s gets %d mails about bills", name, sent)
		}
	}
	member := w.as("member")
	for _, path := range []string{"/projects", "/inbox", "/companies/" + w.parts["company"].String(), "/projects/" + w.project.String() + "/settings"} {
		lacks(t, "the member at "+path, member.get(path).body, "/invoices", number)
	}
	if sent := w.rows("SELECT count(*) FROM outbox WHERE person_id = ? AND kind = 'invoice'", int64(w.people["finance"].ID)); sent == 0 {
		t.Error("nobody is told of new bills")
	}
	has(t, "finance's menu", w.as("finance").get("/portal/invoices").body, "/portal/invoices", number)
	w.ok(w.store.SetFeature(w.actor("owner"), db.ForCompany, w.parts["company"], "billing", "off"))
	if off := w.as("finance").get("/portal/invoices"); off.status != http.StatusNotFound {
		t.Error("switched off, bills answer", off.status)
	}
}
