package views

import (
	"html/template"
	"strings"
	"time"

	"vitrine/db"
	"vitrine/db/bill"
)

// InvoicePaper is what an invoice or a credit note says, in the paper's own language and
// in the order in which it is read. Page, print and PDF draw this very value, so that no
// figure can differ. What is "" or empty is not said.
type InvoicePaper struct {
	Language string
	Title    string // "Invoice 2026-014"
	Draft    string // the word for one that was not sent yet
	Brand    InvoiceBrand
	From, To InvoiceParty
	Details  InvoicePart // dates, order, projects
	About    string      // what the table is of
	Heads    InvoiceLine // of its columns
	Lines    []InvoiceLine
	Sums     []InvoiceSum
	Rounding string        // how tax was rounded
	Legal    []string      // what has to stand where tax is not charged
	Parts    []InvoicePart // how to pay, note, terms
	Issued   time.Time     // midnight UTC of the day that it bears, zero for none
}

// InvoiceBrand is whose paper it is. PNG is the picture of the logo, for the PDF.
type InvoiceBrand struct {
	Name string
	Logo Logo
	PNG  []byte
}

// InvoiceParty is an address, line by line.
type InvoiceParty struct {
	Title string
	Lines []string
}

// InvoiceLine is a row. The heads have no Off when no line has a discount; OffRate is the
// share that Off is.
type InvoiceLine struct{ Text, Detail, Quantity, Price, OffRate, Off, Tax, Amount string }

// InvoiceSum is a row below the lines. The last one is Total: what is to be paid.
type InvoiceSum struct {
	Name, Amount string
	Total        bool
}

// InvoicePart is a section: facts, and below them text on lines. Pay says that it tells
// how to pay.
type InvoicePart struct {
	Title string
	Facts []InvoiceFact
	Text  string
	Pay   bool
}

// InvoiceFact is a name and what stands beside it, the same as a page draws it.
type InvoiceFact struct {
	Name, Text string
	HTML       template.HTML
}

// Span is over how many columns the names of sums stretch.
func (p InvoicePaper) Span() int {
	if p.Heads.Off == "" {
		return 4
	}
	return 5
}

// invoicing makes the words of one paper.
type invoicing struct {
	*Words
	bill.Paper
	sums bill.Totals
}

// InvoicePaper words a paper in its own language, whatever the reader's is. The only
// error is bill.ErrTooLarge.
func (w *Words) InvoicePaper(p bill.Paper, brand InvoiceBrand) (InvoicePaper, error) {
	sums, err := p.Reckon()
	if err != nil {
		return InvoicePaper{}, err
	}
	if w.Language != p.Language {
		w = For(p.Language, "UTC", w.today)
	}
	if brand.Name == "" {
		brand.Name = p.Seller.Name
	}
	of := invoicing{w, p, sums}
	paper := InvoicePaper{Language: w.Language, Title: of.title(), Brand: brand,
		From:    InvoiceParty{of.T("invoice-paper.from"), of.party(p.Seller)},
		To:      InvoiceParty{of.T("invoice-paper.to"), of.party(p.Buyer)},
		Details: of.details(), About: of.T("invoice-paper.about"),
		Heads: of.heads(), Lines: of.lines(), Sums: of.total(), Rounding: of.rounding(), Legal: of.legal(), Parts: of.parts()}
	if p.Number == "" {
		paper.Draft = of.T("invoice-paper.draft")
	}
	paper.Issued, _ = db.Date(p.IssuedOn).Midnight()
	return paper, nil
}

func (of invoicing) title() string {
	kind := of.Kind
	if kind != bill.Credit && kind != bill.Deposit {
		kind = bill.Invoice
	}
	return strings.TrimSpace(of.T("invoice-paper.kind-"+kind) + " " + of.Number)
}

func (of invoicing) party(p bill.Party) []string {
	lines := append([]string{p.Name, p.Contact}, strings.Split(p.Street, "\n")...)
	lines = append(lines, p.Post+" "+p.City, of.CountryName(p.Country))
	for _, number := range []struct{ key, text string }{{"invoice-paper.vat", p.VAT}, {"invoice-paper.code", p.Code}} {
		if number.text != "" {
			lines = append(lines, of.T(number.key, "number", number.text))
		}
	}
	var said []string
	for _, line := range append(lines, p.Mail) {
		if line = strings.TrimSpace(line); line != "" {
			said = append(said, line)
		}
	}
	return said
}

func (of invoicing) details() InvoicePart {
	part := InvoicePart{Title: of.T("invoice-paper.details")}
	add := func(key, text string, html template.HTML) {
		if text != "" {
			part.Facts = append(part.Facts, InvoiceFact{of.T(key), text, html})
		}
	}
	day := func(key, day string) { add(key, of.DayRecord(db.Date(day)), of.DayRecordTag(db.Date(day))) }
	text := func(key, text string) { add(key, text, template.HTML(template.HTMLEscapeString(text))) }
	text("invoice-paper.credits", of.credits())
	day("invoice-paper.issued", of.IssuedOn)
	day("invoice-paper.due", of.DueOn)
	switch from, to := of.From, of.To; {
	case from == "" || to == "" || from == to:
		day("invoice-paper.served", from+strings.TrimPrefix(to, from))
	default:
		add("invoice-paper.served", of.T("date.span", "from", of.DayRecord(db.Date(from)), "to", of.DayRecord(db.Date(to))),
			of.H("date.span", "from", of.DayRecordTag(db.Date(from)), "to", of.DayRecordTag(db.Date(to))))
	}
	text("invoice-paper.order", of.Order)
	if len(of.Projects) > 1 {
		text("invoice-paper.projects", strings.Join(of.Projects, ", "))
	} else {
		text("invoice-paper.project", strings.Join(of.Projects, ""))
	}
	return part
}

// credits names the invoice that a credit note gives back.
func (of invoicing) credits() string {
	if day := of.DayRecord(db.Date(of.CreditsOn)); of.Credits != "" && day != "" {
		return of.T("invoice-paper.credits-of", "number", of.Credits, "day", day)
	}
	return of.Credits
}
