package pdf

import (
	"strings"

	"vitrine/views"
)

// Lengths of an invoice.
const (
	wide    = 210 - 2*margin
	between = 6.0
	step    = normal * leaded // between lines of a table
	logo    = 11.0            // its height
)

// Invoice draws what an invoice or a credit note says. The file depends on nothing else.
func Invoice(of views.InvoicePaper) ([]byte, error) {
	p := newPaper(of.Title, of.Brand.Name, of.Language, of.Issued)
	if of.Draft != "" {
		p.SetHeaderFuncMode(func() { p.across(of.Draft) }, true)
		p.across(of.Draft)
	}
	p.letterhead(of)
	p.parties(of)
	p.Bookmark(drawable(of.About), 0, -1)
	newTable(p, of).draw(of.Lines, of)
	p.sums(of.Sums)
	p.small(of.Rounding)
	for _, note := range of.Legal {
		p.text("", normal, ink, note)
	}
	for _, part := range of.Parts {
		p.part(part)
	}
	w := views.For(of.Language, "UTC", of.Issued)
	return p.finish(of.Title+"  ·  "+of.Brand.Name, func(page, pages int) string {
		return w.T("invoice-paper.page", "page", page, "pages", pages)
	})
}

// across writes a word over the whole page, below all that comes after.
func (p paper) across(word string) {
	word = drawable(word)
	p.SetFont(face, "B", 110)
	p.SetTextColor(228, 228, 224)
	width, height := p.GetPageSize()
	p.TransformBegin()
	p.TransformRotate(52, width/2, height/2)
	p.Text((width-p.GetStringWidth(word))/2, height/2+14, word)
	p.TransformEnd()
	p.SetXY(margin, 15)
}

// letterhead is whose paper it is, and at its other side what it is.
func (p paper) letterhead(of views.InvoicePaper) {
	top, x := p.GetY(), margin
	if w, h := p.logo(of.Brand.PNG); w > 0 {
		p.ImageOptions("logo", margin, top, w, h, false, pngPicture, 0, "")
		x += w + 3
	}
	name := p.split("B", 13, max(30, margin+wide/2-x), of.Brand.Name)
	left := p.column(x, top+max(0, (logo-float64(len(name))*13*leaded)/2), wide/2, 13*leaded, "L", ink, name)
	title := p.split("B", 16, wide/2-between, of.Title)
	right := p.column(margin+wide/2+between, top+1.5, wide/2-between, 16*leaded, "R", ink, title)
	if of.Draft != "" {
		right = p.column(margin+wide/2, right, wide/2, 11*leaded, "R", bad, p.split("B", 11, wide/2, of.Draft))
	}
	p.SetY(max(left, right, top+logo) + 7)
}

// parties are who, to whom, and the dates, side by side.
func (p paper) parties(of views.InvoicePaper) {
	const each = (wide - 2*between) / 3
	top, below := p.GetY(), 0.0
	for i, party := range []views.InvoiceParty{of.From, of.To} {
		x := margin + float64(i)*(each+between)
		y := p.column(x, top, each, small*leaded+0.6, "L", muted, p.split("B", small, each, party.Title))
		for j, line := range party.Lines {
			style := ""
			if j == 0 {
				style = "B"
			}
			y = p.column(x, y, each, normal*leaded, "L", ink, p.split(style, normal, each, line))
		}
		below = max(below, y)
	}
	x := margin + 2*(each+between)
	y := p.column(x, top, each, small*leaded+0.6, "L", muted, p.split("B", small, each, of.Details.Title))
	var brief, long []views.InvoiceFact
	for _, fact := range of.Details.Facts {
		if len(p.split("", normal, each/2, fact.Text)) > 5 {
			long = append(long, fact)
		} else {
			brief = append(brief, fact)
		}
	}
	p.SetY(max(below, p.pairs(x, y, each, brief)) + 8)
	for _, fact := range long { // such as many projects
		p.fact(fact.Name, fact.Text, normal)
	}
	if len(long) > 0 {
		p.Ln(5)
	}
}

// pairs are names and beside them what is so named; it answers where they end.
func (p paper) pairs(x, y, width float64, facts []views.InvoiceFact) float64 {
	p.SetFont(face, "", normal)
	names := 0.0
	for _, fact := range facts {
		names = max(names, p.GetStringWidth(drawable(fact.Name))+4)
	}
	names = min(names, width/2)
	for _, fact := range facts {
		left := p.column(x, y, names, step, "L", muted, p.split("", normal, names-2, fact.Name))
		y = max(left, p.column(x+names, y, width-names, step, "L", ink, p.split("", normal, width-names, fact.Text)))
	}
	return y
}

// sums stand at the right, all on one page.
func (p paper) sums(sums []views.InvoiceSum) {
	p.SetFont(face, "B", 11.5)
	amounts := 0.0
	for _, sum := range sums {
		amounts = max(amounts, p.GetStringWidth(drawable(sum.Amount))+6)
	}
	names, height := min(110, wide-amounts), 8.0
	for _, sum := range sums {
		height += float64(len(p.split("", normal, names, sum.Name)))*step + 1
	}
	p.Ln(2)
	p.keep(height)
	for _, sum := range sums {
		style, size, in := "", normal, muted
		if sum.Total {
			style, size, in = "B", 11.5, ink
			p.SetFont(face, style, size)
			p.SetDrawColor(ink.r, ink.g, ink.b)
			p.SetLineWidth(0.4)
			from := min(margin+wide/2, margin+wide-amounts-min(names, p.GetStringWidth(drawable(sum.Name))))
			p.Line(from, p.GetY()+1, margin+wide, p.GetY()+1)
			p.Ln(2.5)
		}
		lines := p.split(style, size, names, sum.Name)
		p.keep(float64(len(lines)) * size * leaded)
		y := p.GetY()
		below := p.column(margin+wide-amounts-names, y, names, size*leaded, "R", in, lines)
		p.column(margin+wide-amounts, y, amounts, size*leaded, "R", ink, p.split(style, size, amounts, sum.Amount))
		p.SetY(below + 0.6)
	}
	p.Ln(4)
}

// small is a sentence beside the matter.
func (p paper) small(text string) {
	if text != "" {
		p.text("", small, muted, text)
		p.Ln(1)
	}
}

// part is a section; how to pay lies in a box.
func (p paper) part(part views.InvoicePart) {
	const pad = 4.0
	heading := func(x, width float64) float64 {
		p.Bookmark(drawable(part.Title), 0, -1)
		return p.column(x, p.GetY(), width, 10.5*leaded+1, "L", ink, p.split("B", 10.5, width, part.Title))
	}
	p.Ln(4)
	if len(part.Facts) == 0 {
		p.keep(20)
		p.SetY(heading(margin, wide))
	} else {
		height := 2*pad + 10.5*leaded + 1
		for _, fact := range part.Facts {
			height += step * float64(len(p.split("", normal, wide/2, fact.Text)))
		}
		p.keep(height)
		p.SetDrawColor(205, 205, 200)
		p.SetLineWidth(0.2)
		p.Rect(margin, p.GetY(), wide, height, "D")
		p.SetY(p.GetY() + pad)
		p.SetY(p.pairs(margin+pad, heading(margin+pad, wide-2*pad), wide-2*pad, part.Facts) + pad + 2)
	}
	if part.Text != "" {
		p.text("", normal, ink, strings.TrimRight(part.Text, "\n"))
	}
}
