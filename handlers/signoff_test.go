package handlers

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"vitrine/db"
	"vitrine/views"
)

// forms are the addresses of a record below its own.
var forms = []string{"", "/certificate.pdf", "/record.json"}

func (w *world) signoff(part string) string { return "/signoffs/" + w.parts["signoff "+part].String() }

// Both sides read the same, as a page, as a PDF and as the record itself.
func TestCertificateOnBothSides(t *testing.T) {
	w := newWorld(t)
	hashes := w.pairs(fmt.Sprintf("SELECT hash, record FROM signoff WHERE id = %d", int64(w.parts["signoff own"])))[0]
	for who, room := range map[string]string{"eleni": "/portal", "viewer": "/portal", "member": ""} {
		at := room + w.signoff("own")
		page, pdf, record := w.as(who).get(at), w.as(who).get(at+"/certificate.pdf"), w.as(who).get(at+"/record.json")
		for _, want := range []string{"Which colour shall the front page have?", "Eleni Papadopoulou of Papadopoulos Ceramics chose “Red” on Monday 11 May 2026, 18:02:03, Europe/Athens (UTC+03:00).",
			"2026-05-11 15:02:03 UTC", "+€620.00", "4 days later", "Chosen", "Recommended", "Like the bowls.", hashes[0], "vitrine verify --bundle record-"} {
			if !strings.Contains(strings.ReplaceAll(page.body, "&#43;", "+"), want) || !strings.Contains(strings.ReplaceAll(pdf.bytes(), "\n", " "), want) {
				t.Errorf("%s does not read %q on the page or in the PDF", who, want)
			}
		}
		var bundle map[string]any
		if err := json.Unmarshal([]byte(record.body), &bundle); err != nil || !strings.Contains(record.body, hashes[0]) || !strings.Contains(fmt.Sprint(bundle["record"]), "Which colour shall the front page have?") {
			t.Errorf("%s saves %s", who, record.body)
		}
		for name, got := range map[string]answer{"certificate": pdf, "record": record} {
			placed := got.header.Get("Content-Disposition")
			if !strings.HasPrefix(placed, `attachment; filename="`+name+"-"+w.parts["signoff own"].String()+".") || got.header.Get("Cache-Control") != "private, no-store" ||
				got.header.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(got.header.Get("Content-Security-Policy"), "sandbox") {
				t.Errorf("the %s comes with %v", name, got.header)
			}
		}
		if !strings.Contains(page.body, `href="`+at+`/certificate.pdf"`) || !strings.Contains(page.body, `href="`+at+`/record.json"`) {
			t.Errorf("%s does not find the files", who)
		}
	}
	hidden := w.as("leader").get(w.signoff("hidden"))
	if hidden.status != http.StatusOK || strings.Contains(hidden.body, "/decisions/") {
		t.Error("a record whose decision is gone cannot be read by the team, or leads to where nothing is")
	}
}

// What is not theirs is, in each form, byte for byte what never was.
func TestForeignCertificateIsMissing(t *testing.T) {
	w := newWorld(t)
	never := db.NewID().String()
	missing := func(who *someone, room, part string) {
		t.Helper()
		for _, form := range forms {
			path := room + w.signoff(part) + form
			real, none := who.get(path), who.get(strings.Replace(path, w.parts["signoff "+part].String(), never, 1))
			if real.status != http.StatusNotFound || real.bytes() != none.bytes() {
				t.Errorf("%s: %d, and %d for nothing", path, real.status, none.status)
			}
		}
	}
	for _, name := range clients {
		for _, part := range []string{"own", "foreign", "hidden"} {
			if part == "own" && slices.Contains([]string{"eleni", "viewer"}, name) || part == "foreign" && name == "outsider" {
				continue
			}
			missing(w.as(name), "/portal", part)
		}
	}
	missing(w.as("elsewhere"), "", "own")
	missing(w.as("member"), "", "foreign")
	missing(w.as("eleni"), "", "own")
	preview := w.as("leader").through("eleni")
	missing(preview, "/portal", "foreign")
	missing(preview, "/portal", "hidden")
	before := w.store.Generation()
	for _, form := range forms {
		if got := preview.get("/portal" + w.signoff("own") + form); got.status != http.StatusOK || w.store.Generation() != before {
			t.Errorf("looking through eleni at the certificate%s answers %d", form, got.status)
		}
	}
	w.ok(w.store.SetFeature(w.actor("owner"), db.ForProject, w.project, "deliverables", "off"))
	if got := w.as("eleni").get("/portal" + w.signoff("own")); got.status != http.StatusOK {
		t.Error("without deliverables no decision is certified")
	}
	w.ok(w.store.SetFeature(w.actor("owner"), db.ForProject, w.project, "decisions", "off"))
	missing(w.as("eleni"), "/portal", "own")
	if got := w.as("member").get(w.signoff("own")); got.status != http.StatusOK {
		t.Error("the team does not see what the client cannot any more")
	}
}

// A record that somebody changed in the file is no proof, and its certificate says so.
func TestCertificateOfAChangedRecord(t *testing.T) {
	w := newWorld(t)
	w.beside("DROP TRIGGER signoff_stays")
	id := int64(w.parts["signoff own"])
	const warning = "It was changed after it was sealed"
	if strings.Contains(strings.ToLower(w.as("eleni").get("/portal"+w.signoff("own")).body), strings.ToLower(warning)) {
		t.Error("a record as it was sealed is doubted")
	}
	for _, c := range []struct {
		change   string
		readable bool
	}{{"replace(record, 'Like the bowls', 'Unlike the bowls')", true}, {"'{'", false}, {"'null'", false}} {
		change, readable := c.change, c.readable
		w.behind("UPDATE signoff SET record = " + change + " WHERE id = " + fmt.Sprint(id))
		for _, form := range forms[:2] {
			got := w.as("eleni").get("/portal" + w.signoff("own") + form)
			text := strings.ToLower(strings.ReplaceAll(got.bytes(), "\n", " "))
			if got.status != http.StatusOK || !strings.Contains(text, "it was changed after it was sealed") || strings.Contains(text, "cannot read what the record says") == readable {
				t.Errorf("changed by %s, the certificate%s answers %d without a warning", change, form, got.status)
			}
		}
	}
}

// Whatever was written comes out as text, on the page and in the file.
func TestCertificateOfALongHostileRecord(t *testing.T) {
	w := newWorld(t)
	r := w.hostileRecord()
	w.parts["signoff long"] = w.seal(r, w.decided(r))
	page, pdf := w.as("eleni").get("/portal"+w.signoff("long")), w.as("eleni").get("/portal"+w.signoff("long")+"/certificate.pdf")
	if page.status != http.StatusOK || pdf.status != http.StatusOK {
		t.Fatal(page.status, pdf.status)
	}
	if strings.Contains(page.body, "<img") && strings.Contains(page.body, "onerror=alert(1)>") || strings.Contains(page.body, "<script>alert") || strings.Count(page.body, "⟦") > 0 {
		t.Error("markup of the record is markup on the page")
	}
	text := strings.ReplaceAll(pdf.bytes(), "\n", " ")
	for i, o := range r.Decision.Options {
		if !strings.Contains(page.body, o.Title) || !strings.Contains(text, strings.ReplaceAll(o.Title, "🚀", "[rocket]")) {
			t.Errorf("option %d is missing", i)
		}
	}
	for i, f := range r.Files {
		if !strings.Contains(page.body, f.SHA256) || !strings.Contains(text, f.SHA256) {
			t.Errorf("file %d is missing", i)
		}
	}
	for _, want := range []string{"−€9,999,999,999.99", "+€10,000,000,000.00", "[party popper]", "Ελένη Παπαδοπούλου", "<script>alert(1)</script>"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the PDF", want)
		}
	}
	if count := strings.Count(page.body, "θάλασσα"); count != strings.Count(r.Decision.Context, "θάλασσα") {
		t.Errorf("%d words of the context are on the page", count)
	}
}

// hostileRecord is as long as a record can be, in Greek, with emoji and markup.
func (w *world) hostileRecord() db.Record {
	const markup = `<script>alert(1)</script>`
	r := w.record(w.project, "eleni", "Ποιο χρώμα; 🎉 "+markup)
	context := strings.Repeat("Η **θάλασσα** 🌊 και ό,τι άλλο.\n\n", 1000)
	r.Decision.Context = string([]rune(context)[:20000]) + "<img src=x onerror=alert(1)>"
	r.Decision.Options = nil
	for i := range 8 {
		cost := []int64{1_000_000_000_000, -999_999_999_999}[i%2]
		r.Decision.Options = append(r.Decision.Options, db.RecordOption{ID: db.NewID(), Title: fmt.Sprintf("Επιλογή %d 🚀", i), Text: markup, Cost: &cost})
	}
	r.Answer.Option, r.Answer.OptionTitle, r.Answer.Comment = &r.Decision.Options[3].ID, r.Decision.Options[3].Title, strings.Repeat("ω", 5000)+markup
	for i := range 20 {
		r.Files = append(r.Files, db.RecordFile{ID: db.NewID(), Name: fmt.Sprintf("../%d \u202egpj 🎨 %s.pdf", i, markup), Size: int64(i) << 30, SHA256: fmt.Sprintf("%064x", i)})
	}
	r.Person.Name = "Ελένη Παπαδοπούλου"
	return r
}

// The button prints, without a script on the page.
func TestCertificateIsPrinted(t *testing.T) {
	w := newWorld(t)
	for who, room := range map[string]string{"eleni": "/portal", "leader": ""} {
		b := w.browser(who, 360, 740, true)
		b.open(room + w.signoff("own"))
		if printed := eval[bool](b, `(() => { let done = false; window.print = () => { done = true; }; document.querySelector('[data-print]').click(); return done; })()`); !printed {
			t.Error("the button does not print for", who)
		}
		if wide := eval[int](b, "document.documentElement.scrollWidth"); wide > 360 {
			t.Errorf("the page is %d wide on a phone", wide)
		}
		b.silent()
	}
}

// A file is named by nothing that somebody wrote.
func TestBundleNameIsSafe(t *testing.T) {
	if got := views.BundleName(db.ID(1).String()); got != "record-"+db.ID(1).String()+".json" || strings.ContainsAny(got, `/\" `) {
		t.Error(got)
	}
}
