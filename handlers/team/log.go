package team

import (
	"html/template"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

const (
	boardEvents = 12
	taskEvents  = 20
	logEvents   = 400
)

// line is an event in the reader's words.
type line struct {
	W     *views.Words
	Class string
	Text  template.HTML
	At    db.Time
	Inner bool // no client reads it
}

// day is the lines of one day.
type day struct {
	Head  string
	Lines []line
}

// ProjectLog is the project's whole log, newest first.
func (t *Team) ProjectLog(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.still(c, fiber.StatusOK, "team/log", func(s sight) (content, []live.Region, error) {
		h, err := s.head(id, "log")
		if err != nil {
			return content{}, nil, err
		}
		events, err := s.Viewer.Log(id, logEvents)
		return content{h.Project.Name, struct {
			head
			Days []day
		}{h, s.days(events)}}, nil, err
	})
}

func (s sight) lines(events []db.Event, here bool) []line {
	lines := make([]line, 0, len(events))
	for _, event := range events {
		if text := s.tell(event, here); text != "" {
			lines = append(lines, line{s.Words, class(event), text, event.At, event.Audience == db.Team})
		}
	}
	return lines
}

func (s sight) days(events []db.Event) []day {
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

// tell words an event; "" for a kind that has no words. On a task's own page,
// here, the task is not named.
func (s sight) tell(e db.Event, here bool) template.HTML {
	stem := "event."
	if here {
		stem = "event.here."
	}
	who := e.Actor
	if who == "" {
		who = s.space // the shell, or a job
	}
	key := stem + e.Kind
	switch e.Kind {
	case db.EventTaskMoved:
		if key = stem + "moved.to"; e.Internal == "" {
			key = stem + "moved." + e.ColumnKind
		}
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
	return s.H(key, "who", who, "task", views.Anchor(taskURL(e.TaskID), e.Task), "milestone", e.Milestone, "person", e.Internal,
		"column", e.Internal, "old", s.DayShortTag(e.OldDate), "new", s.DayShortTag(e.NewDate))
}

func dateEnding(e db.Event) string {
	switch {
	case e.OldDate == "":
		return "-set"
	case e.NewDate == "":
		return "-removed"
	}
	return ""
}

func class(e db.Event) string {
	if e.Kind == db.EventMilestoneDone || e.Kind == db.EventTaskMoved && e.ColumnKind == db.Done {
		return "key"
	}
	return ""
}
