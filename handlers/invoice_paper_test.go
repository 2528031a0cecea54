package handlers

import (
	"bytes"
	"fmt"
	"html"
	"image"
	"image/png"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"vitrine/db"
	"vitrine/views/pdf/layer"
)

var sheet = regexp.MustCompile(`(?s)<article class="panel sheet".*?</article>`)

// onSheet are the pieces of text of an invoice on a page, without blanks.
func (w *world) onSheet(page string) (pieces []string) {
	w.t.Helper()
	for _, piece := range tags.Split(sheet.FindString(page), -1) {
		if piece = unbroken(html.UnescapeString(piece)); piece != "" {
			pieces = append(pieces, piece)
		}
	}
	if len(pieces) < 20 {
		w.t.Fatalf("the page has no invoice: %q", pieces)
	}
	return pieces
}

func unbroken(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// bills fills in what has to be known before a company is sent an invoice.
func (w *world) bills() (company db.ID) {
	settings, err := w.store.BillSettings(w.actor("owner"))
	w.ok(err)
	form := settings.Form()
	form.Name, form.Address, form.Country, form.VAT, form.Account, form.IBAN = "Όρμος ΙΚΕ", "Πατησίων 74\n104 34 Αθήνα", "GR", "EL094014201", "Όρμος ΙΚΕ", "GR1601101250000000012300695"
	w.ok(w.store.SetBilling(w.actor("owner"), form))
	var buyer db.CompanyLine
	w.ok(w.store.View(w.people["owner"], func(v *db.Viewer) error {
		list, err := v.Companies()
		for _, one := range list {
			if one.ID == w.parts["company"] {
				buyer = one
			}
		}
		return err
	}))
	w.ok(w.store.EditCompany(w.actor("owner"), buyer.ID, db.CompanyForm{Name: buyer.Name, Address: "Ermou 12\n811 00 Mytilene", Country: "GR", Currency: "EUR", Version: buyer.Version}))
	return buyer.ID
}

// sends drafts an invoice, sends it and answers its address; look sees the draft's page.
func (w *world) sends(owner *someone, look func(page string), pairs ...string) (at string) {
	w.t.Helper()
	a := owner.post("/invoices", pairs...)
	at, _, _ = strings.Cut(a.header.Get("Location"), "?")
	if a.status != http.StatusSeeOther || at == "" {
		w.t.Fatal("no draft", a.status)
	}
	draft := owner.get(at).body
	look(draft)
	_, version, _ := strings.Cut(draft, `/send"><input type="hidden" name="version" value="`)
	version, _, _ = strings.Cut(version, `"`)
	if a := owner.post(at+"/send", "version", version); a.status != http.StatusSeeOther {
		w.t.Fatal("it is not sent", a.status)
	}
	return at
}

// TestInvoiceOnPageAndPaper: what the team wrote stands on its page, on the client's page and
// in the file with the same words and figures, with the brand's logo, in the language of the
// invoice whoever reads it; and the file is the same for both sides and at any time.
func TestInvoiceOnPageAndPaper(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner, client := w.as("owner"), w.as("boss")
	var logo bytes.Buffer
	w.ok(png.Encode(&logo, image.NewRGBA(image.Rect(0, 0, 300, 100))))
	if a := owner.hands("/settings/brand/logo", "picture", "logo.png", logo.Bytes()); a.status != http.StatusSeeOther {
		t.Fatal("the logo is refused", a.status)
	}
	company := w.bills()
	for language, word := range map[string]string{"en": "Draft", "el": "Πρόχειρο"} {
		at := w.sends(owner, func(draft string) {
			if said := w.onSheet(draft); !strings.Contains(strings.Join(said, "\n"), word) || !strings.Contains(sheet.FindString(draft), `src="/brand/logo?v=`) {
				t.Errorf("the draft says %q", said)
			}
		}, "company", company.String(), "kind", "invoice", "language", language, "currency", "EUR", "rounding", "total", "note", "Thank <you>",
			"text", "Σχεδίαση", "detail", "Two\ndays", "quantity", "2.125", "unit", "DAY", "price", "1234.56", "off", "10%", "tax", "S 24",
			"text", "Advice", "detail", "", "quantity", "1", "unit", "C62", "price", "-10", "off", "", "tax", "AE")
		ours, theirs, file := w.onSheet(owner.get(at).body), w.onSheet(client.get("/portal"+at).body), owner.get(at+"/invoice.pdf").body
		if strings.Join(ours, "\n") != strings.Join(theirs, "\n") {
			t.Errorf("%q is not %q", theirs, ours)
		}
		text, err := layer.Text([]byte(file))
		w.ok(err)
		text = unbroken(text)
		for _, piece := range ours {
			if !strings.Contains(text, piece) {
				t.Errorf("%q is on the page and not in the file", piece)
			}
		}
		// 2.125 × 1234.56 = 2623.44; less 10 % (262.34) = 2361.10; VAT 566.66 (566.664); less 10 = 2917.76.
		for _, figure := range map[string][]string{"en": {"€262.34", "€2,361.10", "€566.66", "€2,917.76", "2.125days"}, "el": {"262,34€", "2.361,10€", "566,66€", "2.917,76€", "2,125ημέρες"}}[language] {
			if !strings.Contains(strings.Join(ours, "\n"), figure) || !strings.Contains(text, figure) {
				t.Errorf("%s is missing in %q", figure, ours)
			}
		}
		if strings.Contains(text, word) || !strings.Contains(file, "/Subtype /Image") {
			t.Error("what was sent is a draft, or has no logo")
		}
		if again := client.get("/portal" + at + "/invoice.pdf").body; again != file {
			t.Error("the client gets another file")
		}
	}
}

// TestInvoiceInTheBrowser: a client prints a usual invoice from a dark screen onto one sheet
// of A4, all of it; and on a narrow phone nothing has to be scrolled sideways.
func TestInvoiceInTheBrowser(t *testing.T) {
	w := newWorld(t)
	pairs := []string{"company", w.bills().String(), "kind", "invoice", "language", "en", "currency", "EUR", "rounding", "total", "order", "PO-7731", "note", "Thank you.", "terms", "Ownership passes with the payment."}
	for _, text := range []string{"Product page design", "Template build", "Photography at the workshop", "Font licence", "Unbreakablewordofalinethatislong", "Training"} {
		pairs = append(pairs, "text", text, "detail", "Third version, as delivered on 13 May", "quantity", "52.25", "unit", "HUR", "price", "62", "off", "10%", "tax", "S 24")
	}
	at := "/portal" + w.sends(w.as("owner"), func(string) {}, pairs...)
	b := w.browser("boss", 1440, 900, true)
	b.open(at)
	b.shot("invoice")
	body := w.as("boss").get(at).body
	if strings.Contains(sheet.FindString(body), "<img") {
		t.Error("an invoice bears the logo of the program")
	}
	said := w.onSheet(body)
	file := b.print("invoice")
	paper := unbroken(layer.Printed(file))
	for _, piece := range said {
		if !strings.Contains(paper, piece) && piece != "Whatthisisfor" { // read out only
			t.Errorf("%q is not on the paper: %s", piece, paper)
		}
	}
	if n := bytes.Count(file, []byte("/Type /Page\n")); n != 1 {
		t.Errorf("it takes %d sheets", n)
	}
	for _, width := range []int64{320, 640, 768, 1100} {
		narrow := w.browser("boss", width, 900, false)
		narrow.open(at)
		narrow.shot(fmt.Sprint("invoice-", width))
		if wide := eval[float64](narrow, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
			t.Errorf("at %d pixels the page is %g too wide", width, wide)
		}
		if over := eval[string](narrow, `[...document.querySelectorAll(".sheet :not(thead, thead *)")].filter(e => e.getBoundingClientRect().right > document.querySelector(".sheet").getBoundingClientRect().right).map(e => e.textContent).join("|")`); over != "" {
			t.Errorf("at %d pixels there stick out: %s", width, over)
		}
	}
}
