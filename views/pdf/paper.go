// Package pdf draws what is kept and sent as a file. The same words give the same
// bytes: nothing in a file depends on when it was drawn.
package pdf

import (
	"bytes"
	"cmp"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// Lengths are in millimetres, sizes of letters in points.
const (
	face   = "go"
	margin = 18.0
	foot   = 18.0
	names  = 50.0 // the column in which facts are named
	small  = 8.5
	normal = 9.5
	leaded = 1.4 / 72 * 25.4 // a line's height in mm for each point
)

// color is red, green and blue.
type color struct{ r, g, b int }

var (
	ink   = color{28, 32, 40}
	muted = color{90, 96, 106}
	good  = color{20, 100, 65}
	bad   = color{150, 30, 30}
)

// paper is A4 with its fonts, title and language. What is written on it goes through
// drawable.
type paper struct{ *fpdf.Fpdf }

// newPaper begins a file; at is the moment that it speaks of.
func newPaper(title, author, language string, at time.Time) paper {
	p := paper{fpdf.New("P", "mm", "A4", "")}
	p.SetCatalogSort(true) // else objects come in any order
	at = time.Unix(max(1, at.Unix()), 0).UTC()
	p.SetCreationDate(at)
	p.SetModificationDate(at)
	p.SetTitle(drawable(title), true)
	p.SetAuthor(drawable(author), true)
	p.SetCreator("Vitrine", true)
	p.SetProducer("Vitrine", true)
	p.SetLang(language)
	p.SetDisplayMode("fullwidth", "continuous")
	// The library writes into the bytes of a font while it takes glyphs from it.
	p.AddUTF8FontFromBytes(face, "", bytes.Clone(goregular.TTF))
	p.AddUTF8FontFromBytes(face, "B", bytes.Clone(gobold.TTF))
	p.SetMargins(margin, 15, margin)
	p.SetCellMargin(0)
	p.SetAutoPageBreak(true, foot)
	p.AddPage()
	return p
}

// text writes lines from the left margin on, over as many pages as it takes.
func (p paper) text(style string, size float64, in color, text string) {
	p.SetFont(face, style, size)
	p.SetTextColor(in.r, in.g, in.b)
	p.MultiCell(0, size*leaded, drawable(text), "", "L", false)
}

// keep begins a new page when less than this is left of the present one.
func (p paper) keep(height float64) {
	if _, page := p.GetPageSize(); p.GetY()+height > page-foot {
		p.AddPage()
	}
}

// rule is a hairline across the page.
func (p paper) rule() {
	p.SetDrawColor(205, 205, 200)
	p.SetLineWidth(0.2)
	width, _ := p.GetPageSize()
	p.Line(margin, p.GetY(), width-margin, p.GetY())
}

// heading begins a section, in the page and in the reader's outline of the file.
func (p paper) heading(text string) {
	p.Ln(2.5)
	p.keep(24)
	p.rule()
	p.Ln(2.5)
	p.Bookmark(drawable(text), 0, -1)
	p.text("B", 11.5, ink, text)
	p.Ln(1)
}

// fact is a name and beside it, on as many lines as it takes, what is so named.
func (p paper) fact(name, text string, size float64) {
	p.keep(3 * normal * leaded)
	top, page := p.GetY(), p.PageNo()
	p.SetFont(face, "", normal)
	p.SetTextColor(muted.r, muted.g, muted.b)
	p.MultiCell(names-4, normal*leaded, drawable(name), "", "L", false)
	below := p.GetY()
	p.SetLeftMargin(margin + names)
	p.SetY(top + (normal-size)*leaded/2)
	p.text("", size, ink, text)
	p.SetLeftMargin(margin)
	if p.PageNo() == page {
		p.SetY(max(below, p.GetY()))
	}
	p.Ln(0.6)
}

// finish writes on each page what number says, and at its other side what about says.
func (p paper) finish(about string, number func(page, pages int) string) ([]byte, error) {
	p.SetAutoPageBreak(false, 0)
	width, height := p.GetPageSize()
	pages := p.PageCount()
	for page := 1; page <= pages; page++ {
		p.SetPage(page)
		p.SetFont(face, "B", small) // the page may end in the very font, which then would not be set
		p.SetFont(face, "", small)
		p.SetTextColor(muted.r, muted.g, muted.b)
		p.SetXY(margin, height-13)
		p.CellFormat(0, 5, drawable(about), "", 0, "L", false, 0, "")
		p.SetXY(width/2, height-13)
		p.CellFormat(width/2-margin, 5, drawable(number(page, pages)), "", 0, "R", false, 0, "")
	}
	var out bytes.Buffer
	err := p.Output(&out)
	return out.Bytes(), cmp.Or(p.Error(), err)
}
