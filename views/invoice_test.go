package views

import (
	unescape "html"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vitrine/db/bill"
)

func taxed(rate bill.Rate) bill.Tax { return bill.Tax{Category: bill.Standard, Rate: rate} }

// billed is a paper with a bit of everything.
func billed(language string) bill.Paper {
	return bill.Paper{Kind: bill.Invoice, Number: "2026-014", Language: language, Currency: "EUR", Rounding: bill.PerTotal, IssuedOn: "2026-05-08", DueOn: "2026-05-22", From: "2025-12-02", To: "2026-05-06", Order: "PO <7>", Projects: []string{"Shop", "Logo & more"},
		Seller: bill.Party{Name: "Ormos", Street: "Patision 74\n\nFloor 2", Post: "104 34", City: "Athens", Country: "GR", VAT: "EL123456783", Code: "1441", Mail: "hello@ormos.example"},
		Buyer:  bill.Party{Name: "Müller GmbH", Contact: "Eva", City: "Köln", Country: "DE"},
		Lines: []bill.Line{
			{Text: "Design", Detail: "Third <b>version</b>\nof May", Quantity: 1250, Unit: "DAY", Price: 10_00, OffRate: 1250, Tax: taxed(2400)},
			{Text: "Returned", Quantity: -2000, Unit: "C62", Price: 5_00, Off: -1_00, Tax: taxed(1300)},
			{Text: "Advice", Quantity: 1000, Unit: "HUR", Price: 0, Tax: bill.Tax{Category: bill.Exempt}},
			{Text: "Advice", Quantity: 1_000_000, Unit: "XYZ", Price: 12_345, Tax: bill.Tax{Category: bill.Reverse}}},
		Extras: []bill.Extra{{Text: "Old client", Amount: -50, Tax: taxed(2400)}, {Text: "Courier", Amount: 7_00, Tax: bill.Tax{Category: bill.Export}}},
		Exempt: "training", Prepaid: 20_00, Account: "Ormos IKE", IBAN: "gr16 01101250000000012300695", BIC: "ETHNGRAA", Pay: "By bank.", Terms: "Terms\nof ours", Note: "Thank you"}
}

func paperOf(t *testing.T, p bill.Paper) InvoicePaper {
	t.Helper()
	paper, err := For("en", "Pacific/Auckland", noon).InvoicePaper(p, InvoiceBrand{Logo: Logo{"/brand/logo", 90, 36}})
	if err != nil {
		t.Fatal(err)
	}
	return paper
}

// billing is all that a paper says, on lines.
func billing(p InvoicePaper) string {
	var out strings.Builder
	say := func(parts ...string) { out.WriteString(strings.Join(parts, " | ") + "\n") }
	say(p.Title, p.Draft, p.Brand.Name)
	say(append([]string{p.From.Title}, p.From.Lines...)...)
	say(append([]string{p.To.Title}, p.To.Lines...)...)
	part := func(of InvoicePart) {
		for _, fact := range of.Facts {
			say(fact.Name, fact.Text)
		}
		if of.Text != "" {
			say(of.Title, of.Text)
		}
	}
	part(p.Details)
	for _, l := range append([]InvoiceLine{p.Heads}, p.Lines...) {
		say(l.Text, l.Detail, l.Quantity, l.Price, l.OffRate, l.Off, l.Tax, l.Amount)
	}
	for _, sum := range p.Sums {
		say(sum.Name, sum.Amount)
	}
	say(p.Rounding)
	say(p.Legal...)
	for _, of := range p.Parts {
		part(of)
	}
	return out.String()
}

func TestInvoiceInWords(t *testing.T) {
	const english = `Invoice 2026-014 |  | Ormos
From | Ormos | Patision 74 | Floor 2 | 104 34 Athens | Greece | VAT EL123456783 | Reg. no. 1441 | hello@ormos.example
To | Müller GmbH | Eva | Köln | Germany
Issued | 8 May 2026
Due | 22 May 2026
Work done | 2 Dec 2025 to 6 May 2026
Your order | PO <7>
Projects | Shop, Logo & more
What |  | Quantity | Price |  | Discount | VAT | Amount
Design | Third <b>version</b>
of May | 1.25 days | €10.00 | 12.5% | €1.56 | 24% | €10.94
Returned |  | −2 | €5.00 |  | −€1.00 | 13% | −€9.00
Advice |  | 1 h | €0.00 |  |  | Exempt | €0.00
Advice |  | 1,000 XYZ | €123.45 |  |  | Reverse charge | €123,450.00
Subtotal | €123,451.94
Old client (VAT 24%) | −€0.50
Courier (Export) | €7.00
Total without VAT | €123,458.44
VAT 24% on €10.44 | €2.51
VAT 13% on −€9.00 | −€1.17
Reverse charge, on €123,450.00 | €0.00
Exempt, on €0.00 | €0.00
Export, on €7.00 | €0.00
Total with VAT | €123,459.78
Paid before | −€20.00
Left to pay | €123,439.78
VAT is rounded once for each rate; exactly half is rounded up.
Reverse charge: the customer owes the VAT (Directive 2006/112/EC, articles 194 and 196). | Exempt from VAT: training | Exempt as an export out of the EU (Directive 2006/112/EC, article 146).
Account holder | Ormos IKE
IBAN | GR16 0110 1250 0000 0001 2300 695
BIC | ETHNGRAA
Reference | 2026-014
How to pay by bank | By bank.
Note | Thank you
Terms | Terms
of ours
`
	if got := billing(paperOf(t, billed("en"))); got != english {
		t.Errorf("%s", got)
	}
	greek := strings.ReplaceAll(billing(paperOf(t, billed("el"))), "\u00a0", " ")
	for _, want := range []string{"Τιμολόγιο 2026-014", "Από | Ormos", "Ελλάδα | ΑΦΜ EL123456783", "Γερμανία", "2 Δεκ 2025 έως 6 Μαΐ 2026", "1,25 ημέρες | 10,00 € | 12,5% | 1,56 € | 24% | 10,94 €", "−2 | 5,00 €", "1 ώρα | 0,00 €", "1.000 XYZ", "ΦΠΑ 13% σε −9,00 € | −1,17 €", "Υπόλοιπο προς πληρωμή | 123.439,78 €", "Αντίστροφη επιβάρυνση: τον ΦΠΑ οφείλει"} {
		if !strings.Contains(greek, want) {
			t.Errorf("%q is not said in\n%s", want, greek)
		}
	}
}

// The other kinds of paper, and what only some of them say.
func TestInvoicesOfOtherKinds(t *testing.T) {
	for name, c := range map[string]struct {
		change   func(*bill.Paper)
		says     []string
		saysNone []string
	}{
		"credit": {func(p *bill.Paper) { p.Kind, p.Credits, p.CreditsOn = bill.Credit, "2026-013", "2026-04-30" },
			[]string{"Credit note 2026-014", "Gives back | 2026-013 of 30 Apr 2026", "We give back | "}, []string{"IBAN", "Left to pay", "By bank"}},
		"credit of an unknown day": {func(p *bill.Paper) { p.Kind, p.Credits = bill.Credit, "2026-013" }, []string{"Gives back | 2026-013\n"}, nil},
		"deposit":                  {func(p *bill.Paper) { p.Kind = bill.Deposit }, []string{"Deposit invoice 2026-014", "IBAN"}, nil},
		"draft":                    {func(p *bill.Paper) { p.Number, p.IssuedOn = "", "" }, []string{"Invoice | Draft | ", "IBAN"}, []string{"Reference", "Issued"}},
		"line by line":             {func(p *bill.Paper) { p.Rounding = bill.PerLine }, []string{"line by line"}, []string{"once for each rate"}},
		"paid before":              {func(p *bill.Paper) { p.Prepaid = 123_459_78 }, []string{"Left to pay | €0.00"}, []string{"IBAN", "By bank"}},
		"not paid before":          {func(p *bill.Paper) { p.Prepaid = 0 }, []string{"To pay | €123,459.78"}, []string{"Paid before", "Total with VAT"}},
		"no bank":                  {func(p *bill.Paper) { p.Account, p.IBAN, p.BIC = "", "", "" }, []string{"By bank."}, []string{"Reference", "IBAN"}},
		"no tax at all": {func(p *bill.Paper) {
			p.Lines, p.Extras = []bill.Line{{Text: "a", Unit: "C62", Quantity: 1000, Price: 1, Tax: bill.Tax{Category: bill.Outside}}, {Text: "b", Unit: "C62", Tax: bill.Tax{Category: bill.Supply}}}, nil
		}, []string{"Not subject to VAT.", "article 138", "Outside VAT, on €0.01 | €0.00"}, []string{"rounded", "Subtotal", "Discount"}},
		"exempt for no reason": {func(p *bill.Paper) { p.Exempt = "" }, []string{"Exempt from VAT. |"}, nil},
		"one day, one project": {func(p *bill.Paper) { p.To, p.Projects = p.From, []string{"Shop"} }, []string{"Work done | 2 Dec 2025\n", "Project | Shop"}, nil},
		"only an end":          {func(p *bill.Paper) { p.From = "" }, []string{"Work done | 6 May 2026\n"}, nil},
		"yen":                  {func(p *bill.Paper) { p.Currency = "JPY" }, []string{"¥12,345 |", "¥12,345,000"}, nil},
		"dinar":                {func(p *bill.Paper) { p.Currency = "KWD" }, []string{"KWD\u00a012.345 |", "KWD\u00a012,345.000"}, nil},
		"unknown country":      {func(p *bill.Paper) { p.Buyer.Country = "?" }, []string{"Köln | ?"}, nil},
		"unknown tax":          {func(p *bill.Paper) { p.Lines[0].Tax.Category = "Q" }, []string{"€1.56 | 24% |"}, nil},
	} {
		p := billed("en")
		c.change(&p)
		said := billing(paperOf(t, p))
		for _, want := range c.says {
			if !strings.Contains(said, want) {
				t.Errorf("%s: %q is not said in\n%s", name, want, said)
			}
		}
		for _, not := range c.saysNone {
			if strings.Contains(said, not) {
				t.Errorf("%s: %q is said in\n%s", name, not, said)
			}
		}
	}
	if _, err := For("en", "UTC", noon).InvoicePaper(bill.Paper{Lines: []bill.Line{{Quantity: math.MaxInt64, Price: 1}}}, InvoiceBrand{}); err != bill.ErrTooLarge {
		t.Error(err)
	}
}

func TestQuantities(t *testing.T) {
	for _, c := range []struct {
		q           bill.Quantity
		unit        string
		en, el, and string
	}{
		{1000, "DAY", "1 day", "1 ημέρα", ""}, {-1000, "DAY", "−1 day", "−1 ημέρα", ""}, {500, "DAY", "0.5 days", "0,5 ημέρες", ""}, {1001, "DAY", "1.001 days", "1,001 ημέρες", ""}, {0, "DAY", "0 days", "0 ημέρες", ""},
		{-5, "HUR", "−0.005 h", "−0,005 ώρες", ""}, {1_234_567_890, "C62", "1,234,567.89", "1.234.567,89", ""}, {math.MinInt64, "C62", "−9,223,372,036,854,775.808", "−9.223.372.036.854.775,808", ""}, {2000, "<b>", "2 <b>", "2 <b>", ""},
	} {
		if en, el := For("en", "UTC", noon).QuantityOf(c.q, c.unit), For("el", "UTC", noon).QuantityOf(c.q, c.unit); en != c.en || el != c.el {
			t.Errorf("%d %s: %q, %q", c.q, c.unit, en, el)
		}
	}
	for _, unit := range bill.Units {
		for _, language := range Languages {
			if !For(language.Code, "UTC", noon).Knows("invoice-paper.unit-" + strings.ToLower(unit)) {
				t.Errorf("%s has no word in %s", unit, language.Code)
			}
		}
	}
	for rate, want := range map[bill.Rate]string{0: "0%", 1: "0.01%", 2400: "24%", 2550: "25.5%", 10000: "100%", -5: "−0.05%"} {
		if got := For("en", "UTC", noon).Rate(rate); got != want {
			t.Errorf("%d is %q", rate, got)
		}
	}
}

// The page says what the paper says, all of it escaped; nothing asks for a script or a style.
func TestInvoiceSheet(t *testing.T) {
	p := paperOf(t, billed("el"))
	page, err := Draw("fragments/invoice_sheet", p)
	if err != nil {
		t.Fatal(err)
	}
	html := string(page)
	text := flat(unescape.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(html, " ")))
	says := strings.FieldsFunc(billing(p), func(r rune) bool { return r == '\n' || r == '|' })
	slices.SortStableFunc(says, func(a, b string) int { return len(b) - len(a) })
	for _, say := range append(says, p.Details.Title, p.About) {
		say = flat(say)
		if !strings.Contains(text, say) {
			t.Errorf("%q is not on the page", say)
		}
		text = strings.Replace(text, say, "", 1)
	}
	for _, want := range []string{`lang="el"`, `<time datetime="2026-05-22">`, `width="90" height="36"`, `colspan="5"`, "&lt;b&gt;version"} {
		if !strings.Contains(html, want) {
			t.Errorf("%s is not on the page", want)
		}
	}
}

func flat(text string) string { return strings.Join(strings.Fields(text), " ") }
