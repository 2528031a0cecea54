package pdf

import (
	"strconv"
	"strings"

	"vitrine/views"
)

// Budget draws a budget: its figures, and a table each of services, time and expenses. The file
// depends on nothing else.
func Budget(of views.BudgetPaper) ([]byte, error) {
	p := newPaper(of.Title, of.Brand.Name, of.Language, of.On)
	p.letterhead(views.InvoicePaper{Brand: of.Brand, Title: of.Title})
	p.text("", normal, muted, of.About)
	p.text("", normal, muted, of.Stand)
	p.Ln(3)
	for _, fact := range of.Facts {
		p.fact(fact.Name, fact.Text, normal)
	}
	if of.Note != "" {
		p.Ln(2)
		p.text("", normal, ink, of.Note)
	}
	for _, table := range of.Tables {
		p.heading(table.Title)
		if len(table.Rows) == 0 {
			p.small(table.None)
			continue
		}
		newGrid(p, table).draw()
	}
	return p.finish(of.Title+"  ·  "+of.Brand.Name, func(page, pages int) string {
		return strings.NewReplacer("{page}", strconv.Itoa(page), "{pages}", strconv.Itoa(pages)).Replace(of.Page)
	})
}

// grid is a table whose columns are as wide as what stands in them.
type grid struct {
	paper
	views.PaperTable
	widths []float64
}

const (
	gap  = 4.0 // between two columns
	hair = 0.1 // so that rounding breaks nothing
)

func newGrid(p paper, of views.PaperTable) grid {
	g := grid{p, of, make([]float64, len(of.Heads))}
	most := wide / float64(len(of.Heads)) // words are broken where they need more, figures are not
	rest := wide
	for _, style := range []string{"", "B"} { // either may be the wider one
		p.SetFont(face, style, small)
		for _, row := range append([][]string{of.Heads, of.Sum}, of.Rows...) {
			for c := 1; c < len(row); c++ {
				width := p.GetStringWidth(drawable(row[c])) + gap + hair
				if !g.figure(c) || &row[0] == &of.Heads[0] {
					width = min(width, max(most, g.longest(row[c])))
				}
				g.widths[c] = max(g.widths[c], width)
			}
		}
	}
	for c := 1; c < len(g.widths); c++ {
		rest -= g.widths[c]
	}
	g.widths[0] = max(rest, most/2) // two columns of words that long leave at least so much
	return g
}

// longest is the room that the longest word of a text needs, as far as a column may have it: a word is
// broken inside only where it is longer than that.
func (g grid) longest(text string) (width float64) {
	for _, word := range strings.Fields(drawable(text)) {
		width = max(width, g.GetStringWidth(word)+gap+hair)
	}
	return min(width, wide/4)
}

// figure says that a column holds figures.
func (g grid) figure(column int) bool { return column >= len(g.Heads)-g.Figures }

func (g grid) draw() {
	g.line(g.Heads, "", muted)
	g.rule()
	for _, row := range g.Rows {
		g.line(row, "", ink)
		g.rule()
	}
	g.line(g.Sum, "B", ink)
	g.Ln(2)
}

// line writes a row; it begins a new page, with the heads, where it has no room.
func (g grid) line(row []string, style string, in color) {
	cells, rows := make([][]string, len(row)), 1
	for c, text := range row {
		cells[c] = g.split(style, small, g.widths[c]-gap, text)
		rows = max(rows, len(cells[c]))
	}
	const leading, pad = small * leaded, 0.9
	if g.left() < float64(rows)*leading+2*pad {
		g.AddPage()
		if style == "" && in == ink {
			g.line(g.Heads, "", muted)
			g.rule()
		}
	}
	g.Ln(pad)
	y, below, x := g.GetY(), g.GetY(), margin
	g.SetFont(face, style, small)
	for c := range row {
		align, width := "L", g.widths[c]
		if g.figure(c) {
			align = "R"
		}
		below = max(below, g.column(x, y, width, leading, align, in, cells[c]))
		x += width
	}
	g.SetY(below + pad)
}
