package cli

import (
	"encoding/json"
	"io"
	"time"

	"vitrine/db"
)

// listed is how a list is asked for.
type listed struct {
	JSON bool `name:"json" help:"Print the list as JSON."`
}

// print prints items as JSON, or the rows of a table, whose first one is the head.
func (l listed) print(out io.Writer, items any, rows [][]string, right ...int) error {
	if !l.JSON {
		table(out, rows, right...)
		return nil
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(items)
}

// moment is a time for scripts: RFC 3339 in UTC, "" for never.
func moment(t db.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// day is a time for people.
func day(t db.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format(time.DateOnly)
}
