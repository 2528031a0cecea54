package views

import (
	"html/template"
	"slices"
	"strings"
	"unicode"

	"vitrine/db/bill"
)

func (of invoicing) heads() InvoiceLine {
	heads := InvoiceLine{Text: of.T("invoice-paper.what"), Quantity: of.T("invoice-paper.quantity"), Price: of.T("invoice-paper.price"), Tax: of.T("invoice-paper.tax"), Amount: of.T("invoice-paper.amount")}
	if slices.ContainsFunc(of.Lines, func(l bill.Line) bool { return l.Off != 0 || l.OffRate != 0 }) {
		heads.Off = of.T("invoice-paper.off")
	}
	return heads
}

func (of invoicing) lines() []InvoiceLine {
	rows := make([]InvoiceLine, len(of.Lines))
	for i, line := range of.Lines {
		row := InvoiceLine{Text: line.Text, Detail: line.Detail, Quantity: of.QuantityOf(line.Quantity, line.Unit), Price: of.money(line.Price), Tax: of.tax(line.Tax), Amount: of.money(of.sums.Lines[i].Net)}
		if line.Off != 0 || line.OffRate != 0 {
			row.Off = of.money(of.sums.Lines[i].Off)
		}
		if line.OffRate != 0 {
			row.OffRate = of.Rate(line.OffRate)
		}
		rows[i] = row
	}
	return rows
}

func (of invoicing) money(minor int64) string { return of.Money(minor, of.Currency) }

// charged says of a tax that it has a rate to be told, not a reason.
func charged(tax bill.Tax) bool { return tax.Category == bill.Standard || tax.Category == bill.Zero }

// tax is a rate, or in a word why there is none.
func (of invoicing) tax(tax bill.Tax) string {
	if key := "invoice-paper.tax-" + strings.ToLower(tax.Category); !charged(tax) && of.Knows(key) {
		return of.T(key)
	}
	return of.Rate(tax.Rate)
}

// total is what the lines come to, step by step: EN 16931, BG-22 and BG-23.
func (of invoicing) total() (rows []InvoiceSum) {
	add := func(name string, minor int64) {
		rows = append(rows, InvoiceSum{Name: name, Amount: of.money(minor)})
	}
	if len(of.Extras) > 0 {
		add(of.T("invoice-paper.subtotal"), of.sums.Sum)
	}
	for _, extra := range of.Extras {
		key := "invoice-paper.extra-free"
		if charged(extra.Tax) {
			key = "invoice-paper.extra"
		}
		add(of.T(key, "text", extra.Text, "tax", of.tax(extra.Tax)), extra.Amount)
	}
	add(of.T("invoice-paper.net"), of.sums.Net)
	for _, tax := range of.sums.Taxes {
		key := "invoice-paper.sum-free"
		if charged(tax.Tax) {
			key = "invoice-paper.sum-tax"
		}
		add(of.T(key, "tax", of.tax(tax.Tax), "base", of.money(tax.Base)), tax.Amount)
	}
	if of.Prepaid != 0 {
		add(of.T("invoice-paper.total"), of.sums.Total)
		add(of.T("invoice-paper.prepaid"), -of.Prepaid)
	}
	due := "invoice-paper.due-"
	switch {
	case of.Kind == bill.Credit:
		due += "credit"
	case of.Prepaid != 0:
		due += "left"
	default:
		due += "all"
	}
	return append(rows, InvoiceSum{of.T(due), of.money(of.sums.Due), true})
}

func (of invoicing) rounding() string {
	switch {
	case !slices.ContainsFunc(of.sums.Taxes, func(t bill.TaxSum) bool { return t.Category == bill.Standard }):
		return ""
	case of.Paper.Rounding == bill.PerLine:
		return of.T("invoice-paper.rounding-line")
	}
	return of.T("invoice-paper.rounding-total")
}

// legal are the mentions that Directive 2006/112/EC, article 226 (11) and (11a), asks for,
// one for each reason. Not subject to tax is told as well.
func (of invoicing) legal() (notes []string) {
	for _, tax := range of.sums.Taxes {
		key := "invoice-paper.legal-" + strings.ToLower(tax.Category)
		if tax.Category == bill.Exempt && of.Exempt != "" {
			key += "-why"
		}
		if !of.Knows(key) {
			continue
		}
		if note := of.T(key, "why", of.Exempt); !slices.Contains(notes, note) {
			notes = append(notes, note)
		}
	}
	return notes
}

func (of invoicing) parts() (parts []InvoicePart) {
	if pay := of.pay(); len(pay.Facts) > 0 || pay.Text != "" {
		parts = append(parts, pay)
	}
	if of.Note != "" {
		parts = append(parts, InvoicePart{Title: of.T("invoice-paper.note"), Text: of.Note})
	}
	if of.Terms != "" {
		parts = append(parts, InvoicePart{Title: of.T("invoice-paper.terms"), Text: of.Terms})
	}
	return parts
}

// pay says how to pay. A credit note, and an invoice that leaves nothing to pay, must not
// ask for money.
func (of invoicing) pay() InvoicePart {
	if of.Kind == bill.Credit || of.sums.Due <= 0 {
		return InvoicePart{}
	}
	part := InvoicePart{Title: of.T("invoice-paper.pay"), Text: of.Pay, Pay: true}
	add := func(name, text string) {
		if text != "" {
			part.Facts = append(part.Facts, InvoiceFact{name, text, template.HTML(template.HTMLEscapeString(text))})
		}
	}
	add(of.T("invoice-paper.account"), of.Account)
	add("IBAN", fours(of.IBAN))
	add("BIC", of.BIC)
	if len(part.Facts) > 0 {
		add(of.T("invoice-paper.reference"), of.Number)
	}
	return part
}

// fours writes an IBAN as it is printed: ISO 13616, in groups of four.
func fours(iban string) string {
	var out strings.Builder
	count := 0
	for _, r := range iban {
		if unicode.IsSpace(r) {
			continue
		}
		if count > 0 && count%4 == 0 {
			out.WriteByte(' ')
		}
		out.WriteRune(unicode.ToUpper(r))
		count++
	}
	return out.String()
}
