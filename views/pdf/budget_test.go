package pdf

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"vitrine/views"
	"vitrine/views/pdf/layer"
)

func budgetPaper(rows int) views.BudgetPaper {
	table := views.PaperTable{Title: "Time", None: "Nothing yet.", Heads: []string{"What", "Day", "Who", "Service", "Time", "Amount"}, Sum: []string{"All of the time", "", "", "", "1,250 h", "€75,000.00"}, Figures: 2}
	for i := range rows {
		table.Rows = append(table.Rows, []string{"Row " + strconv.Itoa(i) + ": category page build, last fixes", "18 May 2026", "Alexandra", "Content-and-migration", "12 h 30 min", "€12,345.67"})
	}
	return views.BudgetPaper{Language: "en", Title: "Website hours", About: "Website Redesign, Papadopoulos Ceramics", Stand: "As of 20 May 2026", Brand: views.InvoiceBrand{Name: "Ormos Studio"},
		Facts: []views.InvoiceFact{{Name: "Planned", Text: "€600.00"}}, Note: "A note.", Tables: []views.PaperTable{table}, Page: "Page {page} of {pages}", On: time.Date(2026, 5, 20, 0, 0, 0, 0, time.UTC)}
}

// A budget's file has every line once, however many pages it takes, with the heads on each; words and
// figures stay whole, and the same words give the same bytes.
func TestBudget(t *testing.T) {
	t.Parallel()
	for _, rows := range []int{0, 1, 200} {
		of := budgetPaper(rows)
		file, err := Budget(of)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Budget(of)
		if err != nil || !bytes.Equal(file, again) {
			t.Error("drawn twice it differs", err)
		}
		text, err := layer.Text(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Fields(text)
		count := func(word string) (n int) {
			for _, line := range lines {
				if line == word {
					n++
				}
			}
			return n
		}
		pages := bytes.Count(file, []byte("/Type /Page\n"))
		if got := count("Content-and-migration"); got != rows {
			t.Errorf("%d rows: the service stands whole %d times", rows, got)
		}
		if got := count("€12,345.67"); got != rows {
			t.Errorf("%d rows: the amount stands whole %d times", rows, got)
		}
		if rows == 0 {
			if !strings.Contains(text, "Nothing yet.") || slices.Contains(lines, "€75,000.00") {
				t.Error("an empty table says something else")
			}
			continue
		}
		if got := count("€75,000.00"); got != 1 {
			t.Errorf("%d rows: the sum stands there %d times", rows, got)
		}
		if got := count("Service"); got != pages {
			t.Errorf("%d rows: the heads stand on %d of %d pages", rows, got, pages)
		}
		for i := range rows {
			if !slices.Contains(lines, strconv.Itoa(i)+":") {
				t.Errorf("row %d of %d is missing", i, rows)
			}
		}
		if !strings.Contains(text, "Page "+strconv.Itoa(pages)+" of "+strconv.Itoa(pages)) {
			t.Error("the last page does not say so")
		}
	}
}
