package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"vitrine/db"
	"vitrine/db/importers"
)

// summary is what an import did, for people and for scripts.
type summary struct {
	DryRun  bool           `json:"dry_run"`
	Project summaryProject `json:"project"`
	Counts  summaryCounts  `json:"counts"`
	Shown   int            `json:"shown"`
	Kept    int            `json:"kept_private"`
	Left    []summaryLeft  `json:"left"`
}

type summaryProject struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name"`
	New  bool   `json:"new"`
}

type summaryCounts struct {
	Columns        summaryCount `json:"columns"`
	Tasks          summaryCount `json:"tasks"`
	ChecklistItems summaryCount `json:"checklist_items"`
	Notes          summaryCount `json:"notes"`
	Links          summaryCount `json:"links"`
	Labels         summaryCount `json:"labels"`
	People         summaryCount `json:"people"`
}

type summaryCount struct {
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
}

type summaryLeft struct {
	Kind   string `json:"kind"`
	Count  int    `json:"count"`
	Detail string `json:"detail,omitempty"`
	Text   string `json:"text"`
}

func summarize(done db.Imported, dry bool) summary {
	s := summary{DryRun: dry, Project: summaryProject{Name: done.Name, New: done.NewProject}, Shown: done.Shown, Kept: done.KeptPrivate, Left: []summaryLeft{}}
	if done.Project != 0 {
		s.Project.ID = done.Project.String()
	}
	s.Counts = summaryCounts{summaryCount(done.Columns), summaryCount(done.Tasks), summaryCount(done.ChecklistItems), summaryCount(done.Notes),
		summaryCount(done.Links), summaryCount(done.Labels), summaryCount(done.People)}
	for _, left := range done.Left {
		s.Left = append(s.Left, summaryLeft{left.Kind, left.Count, left.Detail, leftText(left)})
	}
	return s
}

func (s summary) json(out io.Writer) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(s)
}

func (s summary) text(out io.Writer) {
	name := s.Project.Name
	if s.Project.New {
		name += " (new)"
	}
	fmt.Fprintf(out, "Project: %s\n\n", name)
	rows := [][]string{{"", "New", "Updated", "Unchanged"}}
	for _, row := range []struct {
		label string
		summaryCount
	}{{"Columns", s.Counts.Columns}, {"Tasks", s.Counts.Tasks}, {"Checklist items", s.Counts.ChecklistItems}, {"Comments, as notes", s.Counts.Notes},
		{"Attachments, as links", s.Counts.Links}, {"Labels", s.Counts.Labels}, {"People", s.Counts.People}} {
		rows = append(rows, []string{row.label, strconv.Itoa(row.Created), strconv.Itoa(row.Updated), strconv.Itoa(row.Unchanged)})
	}
	table(out, rows, 1, 2, 3)
	if len(s.Left) > 0 {
		fmt.Fprintln(out, "\nNot taken over as it was:")
	}
	for _, left := range s.Left {
		detail := ""
		if left.Detail != "" {
			detail = ": " + left.Detail
		}
		fmt.Fprintf(out, "  %s%s\n", left.Text, detail)
	}
	fmt.Fprintln(out)
	s.seen(out)
	if s.DryRun {
		fmt.Fprintln(out, "This was a dry run: nothing was changed.")
	}
}

// seen says what clients see of it.
func (s summary) seen(out io.Writer) {
	switch {
	case s.Shown > 0:
		fmt.Fprintf(out, "Clients of the project see %d more tasks. Notes stay with the team.\n", s.Shown)
	case s.Project.New:
		fmt.Fprintln(out, "Everything is private: no client sees any of it yet.")
	}
	if s.Kept > 0 {
		fmt.Fprintf(out, "%d tasks stay private, because somebody made them private here.\n", s.Kept)
	}
}

// leftText says it as the web pages do.
func leftText(left importers.Left) string {
	text := english().N("import.left."+left.Kind, left.Count)
	if left.Kind == db.LeftArchived {
		text += " (--archived brings them)"
	}
	return text
}
