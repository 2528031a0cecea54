package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"vitrine/db"
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
		s.Left = append(s.Left, summaryLeft{left.Kind, left.Count, left.Detail, leftText(left.Kind)})
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
			detail = " (" + left.Detail + ")"
		}
		fmt.Fprintf(out, "  %s: %d%s\n", left.Text, left.Count, detail)
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

// leftTexts say what could not be taken over as it was; a number follows them.
var leftTexts = map[string]string{
	"oldercomments": "Older comments, not in the file, which holds only the newest",
	"lostcomments":  "Comments on cards that are not in the file",
	"uploads":       "Uploaded files, kept as links, because the file does not hold them",
	"links":         "Addresses that are not safe to open, kept as text",
	"fields":        "Values of custom fields, kept in the internal details",
	"votes":         "Votes, kept in the internal details",
	"itemfacts":     "Dates and people of checklist items, kept in the internal details",
	"lists":         "Cards whose list is not in the file, put into the first column",
	"titles":        "Titles that were too long, continued in the internal details",
	"untitled":      "Cards without a title",
	"texts":         "Texts that were too long and were cut",
	"checklists":    "Checklists of cards that are not in the file",
	"people":        "People whose names are not in the file",
	"labels":        "Labels without a name that no card uses",
	"unknownlabels": "Labels that the file does not describe",
	"templates":     "Template cards, taken over as tasks",
	"powerups":      "Entries of power-ups",
	"history":       "Entries of the board's history",
	"dates":         "Dates that cannot be read",
	"duplicates":    "Cards or lists that stand in the file twice",
	"unreadable":    "Entries that cannot be read",
	db.LeftArchived: "Archived cards, left out (--archived brings them)",
	db.LeftTicked:   "Cards marked complete outside a column for done work, kept where they are",
	db.LeftEdited:   "Texts changed both there and here, kept as they are here",
}

func leftText(kind string) string {
	if text, known := leftTexts[kind]; known {
		return text
	}
	return kind
}
