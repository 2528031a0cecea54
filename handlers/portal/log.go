package portal

import (
	"html/template"

	"vitrine/db"
	"vitrine/views"
)

// line is an event in the reader's words.
type line struct {
	W     *views.Words
	Class string
	Text  template.HTML
	At    db.Time
}

// day is the lines of one day.
type day struct {
	Head  string
	Lines []line
}

func (s sight) lines(events []db.ClientEvent, here bool) []line {
	lines := make([]line, 0, len(events))
	for _, event := range events {
		if text := s.tell(event, here); text != "" {
			lines = append(lines, line{s.Words, class(event), text, event.At})
		}
	}
	return lines
}

func (s sight) days(events []db.ClientEvent) []day {
	var days []day
	for _, line := range s.lines(events, false) {
		head := s.DayHead(line.At)
		if len(days) == 0 || days[len(days)-1].Head != head {
			days = append(days, day{Head: head})
		}
		last := &days[len(days)-1]
		last.Lines = append(last.Lines, line)
	}
	return days
}

// tell words an event; "" for one that has no words for clients. On a task's own
// page, here, the task is not named.
func (s sight) tell(e db.ClientEvent, here bool) template.HTML {
	key := "event." + e.Kind
	if here {
		key = "event.here." + e.Kind
	}
	who := e.Actor
	if who == "" {
		who = s.space.Name
	}
	pairs := []any{"who", who, "task", views.Anchor("/portal/tasks/"+e.TaskID.String(), e.Task), "milestone", e.Milestone,
		"old", s.DayShortTag(e.OldDate), "new", s.DayShortTag(e.NewDate), "column", e.ColumnLabel}
	switch e.Kind {
	case db.EventTaskMoved:
		key = moveKey(e, here)
	case db.EventTaskDue:
		key += dateEnding(e)
	case db.EventMilestoneMoved:
		if e.OldDate == "" || e.NewDate == "" {
			key = "event.milestone.dated"
		}
	}
	if !s.Knows(key) {
		return ""
	}
	return s.H(key, pairs...)
}

// moveKey names the sentence for a task's new state: a column's own label, else
// what its kind reads as.
func moveKey(e db.ClientEvent, here bool) string {
	stem := "event.moved."
	if here {
		stem = "event.here.moved."
	}
	switch {
	case e.ColumnLabel != "":
		return stem + "to"
	case e.ColumnKind == db.Review:
		return stem + db.Doing
	}
	return stem + e.ColumnKind
}

func dateEnding(e db.ClientEvent) string {
	switch {
	case e.OldDate == "":
		return "-set"
	case e.NewDate == "":
		return "-removed"
	}
	return ""
}

func class(e db.ClientEvent) string {
	if e.Kind == db.EventMilestoneDone || e.Kind == db.EventTaskMoved && e.ColumnKind == db.Done {
		return "key"
	}
	return ""
}
