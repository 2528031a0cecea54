// Package importers reads the files that other tools export and says, as a
// Plan, what would become of them here. It knows no database: a plan can be
// shown, judged and thrown away before anything is stored.
package importers

import (
	"strings"
	"time"
)

// A Plan is what one file becomes: columns, labels, people and tasks, each with
// the id it had at its source, so that a second import updates and does not
// double. Ids are unique within their kind; columns, and tasks within their
// column, stand in the order in which they are to be shown.
type Plan struct {
	Source      string // the tool: "trello"
	SourceID    string // the board's id there; "" when the file does not say
	Name        string // "" when the file does not say
	Description string // the board's own description, Markdown, for the team only
	Columns     []Column
	Labels      []Label
	People      []Person
	Tasks       []Task
	Left        []Left
}

// Kinds of columns.
const (
	Todo   = "todo"
	Doing  = "doing"
	Review = "review"
	Done   = "done"
)

// A Column of the board. Its kind is a guess that a person confirms.
type Column struct {
	SourceID string
	Name     string
	Kind     string // Todo, Doing, Review or Done
	Archived bool   // archived there, and with it every task in it
	Added    bool   // not in the file: a board needs one open column of this kind
}

// A Label that tasks carry. A label without a name goes by its colour.
type Label struct {
	SourceID string
	Name     string
	Color    string // green, yellow, orange, red, purple, blue, sky, lime, pink, black or grey
}

// A Person that the file names. Files hold no e-mail address to match them by.
type Person struct {
	SourceID string
	Name     string
	Username string
	Gone     bool // no member of the board any more, but assigned or an author
}

// A Task, always private when it is stored.
type Task struct {
	SourceID       string // "" when the file does not say: such a task cannot be found again
	ColumnSourceID string // always one of the plan's columns
	Title          string // one line, never empty, at most MaxTitle runes
	Description    string // Markdown as it stands
	Due, Start     time.Time
	DueDateOnly    bool // without a time of day, or at midnight UTC; true without a due date
	StartDateOnly  bool
	Done           bool      // ticked off there, in whichever column
	DoneAt         time.Time // zero when not done or not known
	Archived       bool      // itself, or its column
	Position       int       // 0, 1, 2 … within its column
	Labels         []string  // Label.SourceID
	Assignees      []string  // Person.SourceID
	Checklist      []ChecklistItem
	Notes          []Note // oldest first
	Links          []Link
	Extra          []string // lines "Field: value" for the end of the internal details
	CreatedAt      time.Time
	SourceURL      string
}

// A ChecklistItem of a task. Items under one heading follow one another.
type ChecklistItem struct {
	Heading string
	Text    string
	Done    bool
}

// A Note is a comment of the other tool: what a team said among itself, and so
// never a reply that a client could see.
type Note struct {
	SourceID       string
	Author         string // the name; "" when the file does not say
	AuthorSourceID string // Person.SourceID, or ""
	At             time.Time
	Body           string // Markdown
}

// A Link is an attachment: its bytes are never in the file.
type Link struct {
	Name   string
	URL    string // http, https or mailto
	Size   int64  // bytes; 0 when not known
	Upload bool   // a file that can only be fetched with a login at the source
}

// Left is one thing that could not be taken over as it was. Kind is the end of
// a catalogue key, import.left.KIND; Detail names examples, or says how many of
// how many.
type Left struct {
	Kind   string
	Count  int
	Detail string
}

// Counts sums a plan up.
type Counts struct {
	Columns, ColumnsArchived, ColumnsAdded int // Columns: all from the file
	Tasks, Archived                        int // Tasks: archived ones too
	ChecklistItems, ChecklistItemsDone     int
	Comments, CommentsSaid                 int // in the file, and as many as it says there are
	Attachments, Uploads                   int // Attachments: uploads too
	Labels, People                         int
}

// Counts counts what the plan holds.
func (p *Plan) Counts() Counts {
	n := Counts{Tasks: len(p.Tasks), Labels: len(p.Labels), People: len(p.People)}
	for _, c := range p.Columns {
		switch {
		case c.Added:
			n.ColumnsAdded++
			continue
		case c.Archived:
			n.ColumnsArchived++
		}
		n.Columns++
	}
	for i := range p.Tasks {
		t := &p.Tasks[i]
		if t.Archived {
			n.Archived++
		}
		n.ChecklistItems += len(t.Checklist)
		for _, item := range t.Checklist {
			if item.Done {
				n.ChecklistItemsDone++
			}
		}
		n.Comments += len(t.Notes)
		n.Attachments += len(t.Links)
		for _, link := range t.Links {
			if link.Upload {
				n.Uploads++
			}
		}
	}
	n.CommentsSaid = n.Comments + p.left(leftOlderComments)
	return n
}

// DueOn is the day on which the task is due in a zone, 2006-01-02, or "".
func (t *Task) DueOn(zone *time.Location) string { return day(t.Due, t.DueDateOnly, zone) }

// StartOn is the day on which the task starts in a zone, 2006-01-02, or "".
func (t *Task) StartOn(zone *time.Location) string { return day(t.Start, t.StartDateOnly, zone) }

// day keeps a date without a time of day as it stands: west of Greenwich,
// midnight UTC would otherwise become the day before.
func day(at time.Time, dateOnly bool, zone *time.Location) string {
	if at.IsZero() {
		return ""
	}
	if !dateOnly {
		at = at.In(zone)
	}
	return at.Format(time.DateOnly)
}

// leave counts what could not be taken over, with at most a few examples.
func (p *Plan) leave(kind string, count int, example string) {
	if count == 0 {
		return
	}
	const separator, examples = "; ", 3
	example = shorten(example, 60)
	for i := range p.Left {
		l := &p.Left[i]
		if l.Kind != kind {
			continue
		}
		l.Count += count
		if example != "" && l.Detail != "" && strings.Count(l.Detail, separator) < examples-1 && !strings.Contains(l.Detail, example) {
			l.Detail += separator + example
		}
		return
	}
	p.Left = append(p.Left, Left{kind, count, example})
}

// left is how many of a kind were left.
func (p *Plan) left(kind string) int {
	for _, l := range p.Left {
		if l.Kind == kind {
			return l.Count
		}
	}
	return 0
}
