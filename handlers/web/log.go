package web

import (
	"html/template"

	"vitrine/db"
	"vitrine/views"
)

// Happening is what an event says to its readers. Each side fills in what its
// people may read: Task is the task's link, What that of a decision or a deliverable,
// Column the word that they have for it, "" for the kind's usual one. Number is that of
// an edition or a version, Outcome, Choice and LateDays are of an answer; Asks says that
// the reader has to answer it now.
type Happening struct {
	Kind, Who, Milestone, Person string
	Task                         template.HTML
	Column, ColumnKind           string
	OldDate, NewDate             db.Date
	At                           db.Time
	Inner                        bool // no client reads it

	What            template.HTML
	Number          int
	Outcome, Choice string
	LateDays        int
	Asks            bool
}

// Line is an event in the reader's words.
type Line struct {
	W     *views.Words
	Class string
	Text  template.HTML
	At    db.Time
	Inner bool
}

// Day is the lines of one day.
type Day struct {
	Head  string
	Lines []Line
}

// Lines words events and leaves out those that have no words. On a task's own
// page, here, the task is not named.
func Lines(w *views.Words, happened []Happening, here bool) []Line {
	lines := make([]Line, 0, len(happened))
	for _, h := range happened {
		key := h.key(here)
		if !w.Knows(key) {
			continue
		}
		text := w.H(key, "who", h.Who, "task", h.Task, "milestone", h.Milestone, "person", h.Person, "column", h.Column,
			"old", w.DayShortTag(h.OldDate), "new", w.DayShortTag(h.NewDate), "what", h.What, "number", h.Number, "choice", h.Choice)
		if h.LateDays > 0 {
			text = w.HN("event.late", h.LateDays, "text", text)
		}
		lines = append(lines, Line{w, h.class(), text, h.At, h.Inner})
	}
	return lines
}

// Days puts lines, newest first, under the days on which they happened.
func Days(w *views.Words, lines []Line) []Day {
	var days []Day
	for _, line := range lines {
		head := w.DayHead(line.At)
		if len(days) == 0 || days[len(days)-1].Head != head {
			days = append(days, Day{Head: head})
		}
		last := &days[len(days)-1]
		last.Lines = append(last.Lines, line)
	}
	return days
}

// key names the sentence of the catalogue.
func (h Happening) key(here bool) string {
	stem := "event."
	if here {
		stem = "event.here."
	}
	switch {
	case (h.Kind == db.EventReply || h.Kind == db.EventNote) && h.What != "":
		return "event." + h.Kind + "-on"
	case h.Kind == db.EventDecided && (h.Outcome == db.Approve || h.Outcome == db.Choose):
		return "event." + h.Kind + "-" + h.Outcome
	case h.Kind == db.EventAnswered && h.Outcome == db.Approve:
		return "event." + h.Kind + "-approve"
	case (h.Kind == db.EventReply || h.Kind == db.EventNote) && h.Task == "" && h.Milestone != "":
		return "event." + h.Kind + "-milestone"
	case (h.Kind == db.EventReply || h.Kind == db.EventNote) && h.Task == "":
		return "event." + h.Kind + "-project"
	case h.Kind == db.EventTaskMoved && h.Column != "":
		return stem + "moved.to"
	case h.Kind == db.EventTaskMoved:
		return stem + "moved." + h.ColumnKind
	case h.Kind == db.EventTaskDue && h.OldDate == "":
		return stem + h.Kind + "-set"
	case h.Kind == db.EventTaskDue && h.NewDate == "":
		return stem + h.Kind + "-removed"
	case h.Kind == db.EventMilestoneMoved && (h.OldDate == "" || h.NewDate == ""):
		return "event.milestone.dated"
	case h.Kind == db.EventProjectMoved && h.NewDate == "":
		return "event.project.undated"
	case h.Kind == db.EventProjectMoved && h.OldDate == "":
		return "event.project.dated"
	}
	return stem + h.Kind
}

// class marks what is worth a glance: something was reached, or waits for the reader.
func (h Happening) class() string {
	switch {
	case h.Asks:
		return "call"
	case h.Kind == db.EventTaskMoved && h.ColumnKind == db.Done, h.Kind == db.EventMilestoneDone, h.Kind == db.EventDecided, h.Kind == db.EventApproved:
		return "key"
	}
	return ""
}
