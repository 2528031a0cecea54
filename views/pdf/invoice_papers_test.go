package pdf

import (
	"bytes"
	"fmt"
	"image"
	paint "image/color"
	"image/png"
	"strings"
	"testing"

	"vitrine/db/bill"
)

// usual is an invoice as it is written every day.
func usual(language string) bill.Paper {
	full := bill.Tax{Category: bill.Standard, Rate: 2400}
	return bill.Paper{Kind: bill.Invoice, Number: "2026-014", Language: language, Currency: "EUR", Rounding: bill.PerTotal,
		IssuedOn: "2026-05-08", DueOn: "2026-05-22", From: "2026-03-02", To: "2026-05-06", Order: "PO-7731", Projects: []string{"Website Redesign"},
		Seller: bill.Party{Name: "Ormos Studio ΙΚΕ", Street: "Πατησίων 74", Post: "104 34", City: "Αθήνα", Country: "GR", VAT: "EL123456783", Code: "144123401000", Mail: "hello@ormos.example"},
		Buyer:  bill.Party{Name: "Papadopoulos Ceramics", Contact: "Ελένη Παπαδοπούλου", Street: "Ermou 12\nΑ΄ όροφος", Post: "811 00", City: "Μυτιλήνη", Country: "GR", VAT: "EL987654321"},
		Lines: []bill.Line{
			{Text: "Product page design", Detail: "Third version, as delivered on 13 May", Quantity: 24_000, Unit: "HUR", Price: 6200, Tax: full},
			{Text: "Σχεδίαση προτύπων", Detail: "Αρχική, κατηγορία και αναζήτηση", Quantity: 52_250, Unit: "HUR", Price: 6200, OffRate: 1000, Tax: full},
			{Text: "Photography at the workshop", Quantity: 1000, Unit: "DAY", Price: 78000, Tax: full},
			{Text: "Font licence", Detail: "One year, expense at cost", Quantity: 1000, Unit: "C62", Price: 6400, Tax: full}},
		Prepaid: 2000_00, Account: "Ormos Studio IKE", IBAN: "GR1601101250000000012300695", BIC: "ETHNGRAA",
		Pay: "Please write the reference, so that we find it.", Terms: "Ownership passes with the payment.", Note: "Σας ευχαριστούμε."}
}

// papers are all that can look different, in a language.
func papers(language string) map[string]bill.Paper {
	many, kinds, give, yen, dinar, large, draft := usual(language), usual(language), usual(language), usual(language), usual(language), usual(language), usual(language)
	for i := range bill.MaxLines - len(many.Lines) {
		line := many.Lines[i%4]
		line.Text = fmt.Sprintf("%s, no. %d", line.Text, i)
		many.Lines = append(many.Lines, line)
	}
	kinds.Rounding, kinds.Prepaid, kinds.Exempt = bill.PerLine, 0, "training, article 132"
	for i, category := range bill.Categories {
		kinds.Lines = append(kinds.Lines, bill.Line{Text: category, Quantity: -1500, Unit: bill.Units[i], Price: 9999, Off: 99, Tax: bill.Tax{Category: category}})
	}
	for i, unit := range bill.Units {
		kinds.Lines = append(kinds.Lines, bill.Line{Text: unit, Quantity: bill.Quantity(i * 500), Unit: unit, Price: 1, Tax: bill.Tax{Category: bill.Standard, Rate: 2550}})
	}
	kinds.Extras = []bill.Extra{{Text: "Long-time client", Amount: -50_00, Tax: bill.Tax{Category: bill.Standard, Rate: 1300}}, {Text: "Courier", Amount: 12_00, Tax: bill.Tax{Category: bill.Exempt}}}
	give.Kind, give.Number, give.Credits, give.CreditsOn, give.Prepaid = bill.Credit, "2026-C01", "2026-014", "2026-05-08", 0
	yen.Currency, dinar.Currency, dinar.Kind = "JPY", "KWD", bill.Deposit
	for i := range dinar.Lines {
		dinar.Lines[i].Price = 123456789
	}
	large.Currency = "INR"
	large.Lines = []bill.Line{
		{Text: strings.Repeat("Ξεσκεπάζω", 33), Detail: strings.Repeat("supercalifragilistic ", 190), Quantity: bill.MaxQuantity, Unit: "MTK", Price: 1_000_000, OffRate: 1250, Tax: bill.Tax{Category: bill.Standard, Rate: 2400}},
		{Text: strings.Repeat("Ω", 300), Quantity: 1, Unit: "ANN", Price: -bill.MaxPrice, Off: bill.MaxPrice, Tax: bill.Tax{Category: bill.Reverse}}}
	large.Extras = []bill.Extra{{Text: strings.Repeat("taken off ", 30), Amount: -bill.MaxPrice, Tax: bill.Tax{Category: bill.Reverse}}}
	for i := range 40 {
		large.Projects = append(large.Projects, fmt.Sprint("A project with a long name, no. ", i))
	}
	large.Seller.Name, large.Buyer.Street = strings.Repeat("Όρμος ", 20), strings.Repeat("x", 200)
	large.Note, large.Terms = strings.Repeat("Thanks 🚀 now. ", 400), strings.Repeat("Line\n\n", 400)
	draft.Number, draft.IssuedOn, draft.Prepaid = "", "", 0
	return map[string]bill.Paper{"usual": usual(language), "many": many, "kinds": kinds, "credit": give, "yen": yen, "dinar": dinar, "large": large, "draft": draft}
}

// picture is a logo of any shape.
func picture(t *testing.T, width, height int) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		m.Set(i%width, i/width, paint.NRGBA{11, 92, 114, uint8(255 * (i % width) / width)})
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
