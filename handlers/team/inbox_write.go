package team

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// clockView is what the region of a conversation's clock shows.
type clockView struct {
	W *views.Words
	db.Clock
}

// Handled says that what waits in a thread needs no answer; on=0 takes it back.
func (t *Team) Handled(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "on", "back")
	on := form.Value("on") != "0"
	if err := t.Store.Handle(t.Actor(c), id, on); err != nil {
		return err
	}
	back := db.OwnPath(form.Value("back"), "")
	switch {
	case back == "":
		return t.toThread(c, id, "#talk")
	case on && strings.Contains(back, "?"):
		back += "&undo=" + id.String()
	case on:
		back += "?undo=" + id.String()
	}
	return web.SeeOther(c, back)
}

// Snooze puts a waiting thread aside for whoever asks: until tomorrow, Monday or a
// day; without any it is back.
func (t *Team) Snooze(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "until", "day", "back")
	until := form.Value("until")
	if until == "day" {
		if until = form.Value("day"); until == "" {
			until = "-" // no day was chosen, which is not the same as bringing it back
		}
	} else {
		until = dayNamed(until, t.Words(c).Today())
	}
	err = t.Store.Snooze(t.Actor(c), id, until)
	if form.Refused(t.Words(c), err) {
		return t.snoozeRefused(c, inboxRow{Waiting: db.Waiting{Thread: db.Thread{ID: id}}, Day: form.Value("day"), Mistake: form.Mistake("until")})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, db.OwnPath(form.Value("back"), "/inbox"))
}

// dayNamed is the day that a button means, seen from today.
func dayNamed(name, today string) string {
	day, err := time.Parse(time.DateOnly, today)
	switch {
	case err != nil || name == "":
		return ""
	case name == "tomorrow":
		return day.AddDate(0, 0, 1).Format(time.DateOnly)
	case name == "monday":
		return day.AddDate(0, 0, 7-(int(day.Weekday())+6)%7).Format(time.DateOnly)
	}
	return name
}

// snoozeRefused shows the inbox with the form again, and what is wrong beside it.
func (t *Team) snoozeRefused(c *fiber.Ctx, row inboxRow) error {
	return t.stillAt(c, "inbox", fiber.StatusUnprocessableEntity, "team/inbox", func(s sight) (content, []live.Region, error) {
		if _, err := s.Thread(row.ID); err != nil {
			return content{}, nil, err
		}
		regions, err := s.inboxRegions("all", &row)
		return content{s.T("inbox.title"), inboxPage{Show: "all"}}, regions, err
	})
}
