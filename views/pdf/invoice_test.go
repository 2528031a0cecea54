package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"vitrine/db/bill"
	"vitrine/views"
	"vitrine/views/pdf/layer"
)

func worded(t *testing.T, p bill.Paper) views.InvoicePaper {
	t.Helper()
	brand := views.InvoiceBrand{Name: "Ormos Studio", PNG: picture(t, 400, 100)}
	of, err := views.For("en", "Europe/Athens", time.Now()).InvoicePaper(p, brand)
	if err != nil {
		t.Fatal(err)
	}
	return of
}

func invoice(t *testing.T, of views.InvoicePaper) []byte {
	t.Helper()
	file, err := Invoice(of)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// spoken are all that a paper says, some more than once.
func spoken(of views.InvoicePaper) []string {
	say := append([]string{of.Title, of.Brand.Name, of.Draft, of.From.Title, of.To.Title, of.Details.Title, of.About, of.Rounding}, of.From.Lines...)
	say = append(append(say, of.To.Lines...), of.Legal...)
	for _, line := range append([]views.InvoiceLine{of.Heads}, of.Lines...) {
		say = append(say, line.Text, line.Detail, line.Quantity, line.Price, line.OffRate, line.Off, line.Tax, line.Amount)
	}
	for _, sum := range of.Sums {
		say = append(say, sum.Name, sum.Amount)
	}
	for _, part := range append([]views.InvoicePart{of.Details}, of.Parts...) {
		say = append(say, part.Title, part.Text)
		for _, fact := range part.Facts {
			say = append(say, fact.Name, fact.Text)
		}
	}
	return say
}

// solid is a text without what breaks it into lines.
func solid(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

func TestInvoiceHoldsItsWords(t *testing.T) {
	for _, language := range []string{"en", "el"} {
		for name, p := range papers(language) {
			of := worded(t, p)
			file := invoice(t, of)
			text, err := layer.Text(file)
			if err != nil {
				t.Fatal(err)
			}
			text = solid(text)
			// What is long is taken out first: it may hold what is short.
			rest, says := text, spoken(of)
			slices.SortStableFunc(says, func(a, b string) int { return len(b) - len(a) })
			for _, say := range says {
				say = solid(drawable(say))
				if !strings.Contains(text, say) && len(say) < 1200 { // more goes over pages
					t.Errorf("%s in %s: %q is not in the file", name, language, say)
				}
				rest = strings.Replace(rest, say, "\n", 1)
			}
			if name == "usual" || name == "credit" || name == "yen" {
				for _, again := range []string{of.Title + "·" + of.Brand.Name, of.Title, of.Brand.Name, "Page1of1", "Σελίδα1από1", of.Parts[0].Title, of.Parts[len(of.Parts)-1].Title, of.Parts[len(of.Parts)/2].Title, of.About} {
					rest = strings.ReplaceAll(rest, solid(again), "")
				}
				if rest = strings.ReplaceAll(rest, "\n", ""); rest != "" {
					t.Errorf("%s in %s says more than the paper: %q", name, language, rest)
				}
				if n := pages(file); n != 1 {
					t.Errorf("%s in %s has %d pages", name, language, n)
				}
			}
			if name == "large" && (strings.Count(text, "supercalifragilistic") != 190 || strings.Count(text, "[rocket]") != 400) {
				t.Errorf("%d of 190, %d of 400 words are there", strings.Count(text, "supercalifragilistic"), strings.Count(text, "[rocket]"))
			}
			if strings.ContainsAny(text, "⟦⟧") || strings.Contains(text, "{{") {
				t.Errorf("%s in %s has words that are missing", name, language)
			}
			if len(file) > 300<<10 || !bytes.Contains(file, []byte("/Lang ("+language+")")) || !bytes.Contains(file, []byte("/Outlines")) {
				t.Errorf("%s in %s: %d bytes", name, language, len(file))
			}
		}
	}
}

// Every page of a long one has the heads, its number and the word for a draft; what is
// summed up stands on the last.
func TestInvoiceOverPages(t *testing.T) {
	p := papers("en")["many"]
	p.Number = ""
	of := worded(t, p)
	file := invoice(t, of)
	text, err := layer.Text(file)
	if err != nil {
		t.Fatal(err)
	}
	count := pages(file)
	if count < 10 || count > 20 {
		t.Errorf("%d lines take %d pages", len(of.Lines), count)
	}
	at := strings.Split(text, "\n"+of.Heads.Text+"\n"+of.Heads.Quantity+"\n")
	if len(at) != count+1 {
		t.Errorf("the heads stand %d times on %d pages", len(at)-1, count)
	}
	for _, sum := range of.Sums {
		if !strings.Contains(at[len(at)-1], sum.Name+"\n"+sum.Amount+"\n") {
			t.Errorf("%s is not on the last page", sum.Name)
		}
	}
	for page := 1; page <= count; page++ {
		if !strings.Contains(text, fmt.Sprintf("Page %d of %d\n", page, count)) {
			t.Errorf("page %d has no number", page)
		}
	}
	if n := strings.Count(text, "\n"+of.Draft+"\n"); n < count {
		t.Errorf("%d of %d pages say that it is a draft", n, count)
	}
	// The sums may not be torn apart, wherever the lines end.
	for lines := 10; lines < 44; lines++ {
		of.Lines = of.Lines[:lines]
		text, _ := layer.Text(invoice(t, of))
		first, last := strings.Index(text, of.Sums[0].Name+"\n"), strings.Index(text, of.Sums[len(of.Sums)-1].Name+"\n")
		if first < 0 || last < first || strings.Contains(text[first:last], "Page ") || strings.Contains(text[first:last], of.Draft) {
			t.Errorf("after %d lines the sums are torn apart", lines)
		}
		of.Lines = worded(t, p).Lines
	}
}

// Every sign of a usual invoice is one that the fonts have, in all currencies.
func TestInvoiceIsDrawable(t *testing.T) {
	for _, language := range []string{"en", "el"} {
		for name, p := range papers(language) {
			for _, code := range []string{"EUR", "USD", "GBP", "CHF", "JPY", "KWD", "PLN", "SEK"} {
				if p.Currency = code; name == "large" {
					continue
				}
				for _, say := range spoken(worded(t, p)) {
					if drawable(say) != say {
						t.Errorf("%q is drawn as %q", say, drawable(say))
					}
				}
			}
		}
	}
	for sign, want := range map[string]string{"₹1,200.00": "INR 1,200.00", "−₩5": "−KRW 5", "5,00\u00a0₪": "5,00\u00a0ILS"} {
		if got := drawable(sign); got != want {
			t.Errorf("%q is drawn as %q", sign, got)
		}
	}
}

func TestTheSameInvoiceGivesTheSameBytes(t *testing.T) {
	var all sync.WaitGroup
	for name, p := range papers("el") {
		of := worded(t, p)
		first, brand := invoice(t, of), of.Brand
		all.Go(func() {
			later, err := views.For("el", "UTC", time.Now().AddDate(1, 0, 0)).InvoicePaper(p, brand)
			if err != nil {
				t.Error(err)
			}
			if again, err := Invoice(later); err != nil || !bytes.Equal(again, first) {
				t.Errorf("%s: other bytes a year later (%v)", name, err)
			}
		})
		of.Brand.Name += "!"
		if bytes.Equal(invoice(t, of), first) {
			t.Errorf("%s: the same bytes for another paper", name)
		}
	}
	all.Wait()
}

// A picture that cannot be drawn is left out, and any shape finds its place.
func TestInvoiceWithAnyLogo(t *testing.T) {
	deep := image.NewNRGBA64(image.Rect(0, 0, 20, 20))
	var sixteen bytes.Buffer
	if err := png.Encode(&sixteen, deep); err != nil {
		t.Fatal(err)
	}
	of := worded(t, usual("en"))
	for name, picture := range map[string][]byte{"none": nil, "no picture": []byte("GIF89a"), "cut off": picture(t, 50, 50)[:60], "of 16 bits": sixteen.Bytes(), "wide": picture(t, 4000, 20), "high": picture(t, 5, 900)} {
		of.Brand.PNG = picture
		text, err := layer.Text(invoice(t, of))
		if err != nil || !strings.Contains(text, of.Title) || !strings.Contains(text, of.Sums[len(of.Sums)-1].Amount) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// pages counts them.
func pages(file []byte) int { return bytes.Count(file, []byte("/Type /Page\n")) }
