package pdf

import (
	"strings"

	"vitrine/views"
)

// table is the lines of an invoice: what was done, and beside it figures.
type table struct {
	paper
	heads  []string
	widths []float64
	size   float64 // of the figures
}

// room is what is left to the words of a line, at least.
const room = 56.0

// newTable gives each column of figures the room that its widest needs; where that
// leaves too little to words, figures are written smaller.
func newTable(p paper, of views.InvoicePaper) table {
	t := table{paper: p}
	all := append([]views.InvoiceLine{of.Heads}, of.Lines...)
	for t.size = small; ; t.size-- {
		rest := wide
		t.widths = make([]float64, len(cells(of.Heads, of)))
		for i, line := range all {
			t.SetFont(face, "", t.size)
			for c, cell := range cells(line, of)[1:] {
				for _, text := range strings.Split(cell, "\n") {
					t.widths[c+1] = max(t.widths[c+1], min(t.GetStringWidth(drawable(text)), most(c+1, len(t.widths), i == 0))+5)
				}
			}
		}
		for _, width := range t.widths[1:] {
			rest -= width
		}
		t.widths[0] = max(rest, room/2)
		if rest >= room || t.size <= 6 {
			break
		}
	}
	t.heads = cells(of.Heads, of)
	return t
}

// most is how wide a column may get: words of units and taxes may take two lines, sums
// and heads may not.
func most(column, columns int, head bool) float64 {
	if !head && (column == 1 || column == columns-2) {
		return 26
	}
	return wide
}

// cells are a line's, column by column.
func cells(line views.InvoiceLine, of views.InvoicePaper) []string {
	row := []string{line.Text, line.Quantity, line.Price}
	if of.Heads.Off != "" {
		row = append(row, strings.TrimPrefix(line.OffRate+"\n"+line.Off, "\n"))
	}
	return append(row, line.Tax, line.Amount)
}

func (t table) draw(lines []views.InvoiceLine, of views.InvoicePaper) {
	t.keep(4 * step)
	t.top()
	for _, line := range lines {
		t.row(line, of)
	}
}

// top writes the heads, on each page anew.
func (t table) top() {
	y, below := t.GetY(), 0.0
	x := margin
	for c, head := range t.heads {
		align := "R"
		if c == 0 {
			align = "L"
		}
		below = max(below, t.column(x, y, t.widths[c], small*leaded, align, muted, t.split("", min(small, t.size), t.widths[c], head)))
		x += t.widths[c]
	}
	t.SetY(below + 1)
	t.rule()
}

// row draws a line: on one page if it has room there, else over as many as it takes.
func (t table) row(line views.InvoiceLine, of views.InvoicePaper) {
	parts := cells(line, of)
	words := t.split("B", normal, t.widths[0]-4, parts[0])
	details := t.split("", small, t.widths[0]-4, line.Detail)
	if line.Detail == "" {
		details = nil
	}
	figures := make([][]string, len(parts))
	rows := len(words) + len(details)
	for c := 1; c < len(parts); c++ {
		figures[c] = t.split("", t.size, t.widths[c]-2, parts[c])
		rows = max(rows, len(figures[c]))
	}
	const pad = 1.4
	if t.left() < float64(rows)*step+2*pad && float64(rows)*step < 200 {
		t.AddPage()
		t.top()
	}
	t.Ln(pad)
	for from := 0; from < rows; {
		if t.left() < step+pad {
			t.AddPage()
			t.top()
			t.Ln(pad)
		}
		to := min(rows, from+int((t.left()-pad)/step))
		y := t.GetY()
		t.SetFont(face, "B", normal)
		t.column(margin, y, t.widths[0], step, "L", ink, cut(words, from, to))
		t.SetFont(face, "", small)
		t.column(margin, y+step*float64(len(cut(words, from, to))), t.widths[0], step, "L", muted, cut(details, from-len(words), to-len(words)))
		t.SetFont(face, "", t.size)
		x := margin + t.widths[0]
		for c := 1; c < len(parts); c++ {
			t.column(x, y, t.widths[c], step, "R", ink, cut(figures[c], from, to))
			x += t.widths[c]
		}
		t.SetY(y + step*float64(to-from))
		from = to
	}
	t.Ln(pad)
	t.rule()
}

// cut is what lies between two places of a list, as far as it goes.
func cut(list []string, from, to int) []string {
	from, to = max(0, min(from, len(list))), max(0, min(to, len(list)))
	return list[from:to]
}

// left is how much room the page still has.
func (p paper) left() float64 {
	_, page := p.GetPageSize()
	return page - foot - p.GetY()
}

// split sets the letters and breaks a text into the lines for which a width has room.
func (p paper) split(style string, size, width float64, text string) (lines []string) {
	p.SetFont(face, style, size)
	for _, line := range strings.Split(drawable(text), "\n") {
		if parts := p.SplitText(line, width); len(parts) > 0 {
			lines = append(lines, parts...)
		} else {
			lines = append(lines, "")
		}
	}
	return lines
}

// column writes lines below one another, in the letters that are set, and answers where
// they end.
func (p paper) column(x, y, width, height float64, align string, in color, lines []string) float64 {
	p.SetTextColor(in.r, in.g, in.b)
	for _, line := range lines {
		p.SetXY(x, y)
		p.CellFormat(width, height, line, "", 0, align, false, 0, "")
		y += height
	}
	return y
}
