package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"

	"vitrine/db"
	"vitrine/views"
)

// sentence words an error for a terminal.
func sentence(err error) string {
	var invalid *db.Invalid
	switch {
	case errors.As(err, &invalid):
		return catalogued(invalid)
	case errors.Is(err, db.ErrInUse):
		return "another process is serving this data folder"
	case errors.Is(err, db.ErrDenied):
		return "this is not allowed"
	case errors.Is(err, db.ErrNotFound):
		return "not found"
	}
	return strings.ReplaceAll(strings.TrimSpace(err.Error()), "\n", "; ")
}

// english are the words of the command line.
func english() *views.Words { return views.For("en", "UTC", time.Now()) }

// catalogued words what the store refused as its web pages do.
func catalogued(invalid *db.Invalid) string {
	words := english()
	if !words.Knows(invalid.Key) {
		return invalid.Error()
	}
	args := append([]any(nil), invalid.Args...)
	for i := 0; i < len(args); i += 2 {
		if name, ok := args[i].(string); ok {
			args[i] = strings.ToLower(name)
		}
	}
	return words.T(invalid.Key, args...)
}

// width counts the places that a text takes on a terminal, whatever its script.
var width = &runewidth.Condition{EastAsianWidth: false}

// table prints rows in columns that stand below each other; the first row is the
// head. Columns whose number is in right are aligned to the right.
func table(out io.Writer, rows [][]string, right ...int) {
	widths := map[int]int{}
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], width.StringWidth(cell))
		}
	}
	toRight := map[int]bool{}
	for _, i := range right {
		toRight[i] = true
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			space := strings.Repeat(" ", widths[i]-width.StringWidth(cell))
			if toRight[i] {
				line.WriteString(space + cell)
			} else {
				line.WriteString(cell + space)
			}
			line.WriteString("  ")
		}
		fmt.Fprintln(out, strings.TrimRight(line.String(), " "))
	}
}
