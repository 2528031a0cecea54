package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// timePage is what somebody of the team worked in a week: their clock, a line to book by, the
// week as a sheet, and its entries.
type timePage struct {
	Timer     *db.Timer
	Bookables []db.Bookable
	Form      web.Form // a new entry
	Stop      web.Form // how long the clock really ran
	Sheet     sheet
	Entries   []db.TimeEntry
	Returned  []db.TimeEntry
	Sum       int
	Today     db.Date
}

// sentTime are forms of the page that were not taken.
type sentTime struct{ form, stop, week *web.Form }

// Time is the page of the viewer's own time.
func (t *Team) Time(c *fiber.Ctx) error { return t.time(c, fiber.StatusOK, sentTime{}) }

func (t *Team) time(c *fiber.Ctx, status int, sent sentTime) error {
	now := t.Store.Now()
	return t.stillAt(c, "time", status, "team/time", func(s sight) (content, []live.Region, error) {
		page := timePage{Today: db.Date(s.Today()), Form: web.FormOf(map[string]string{"day": s.Today()}), Stop: web.FormOf(map[string]string{})}
		timer, runs, err := s.Viewer.Timer(now, s.Zone)
		if err != nil {
			return content{}, nil, err
		}
		if runs {
			page.Timer = &timer
		}
		if page.Bookables, err = s.Viewer.Bookables(); err != nil {
			return content{}, nil, err
		}
		week := c.Query("week")
		if sent.week != nil {
			week = sent.week.Value("week")
		}
		monday := mondayOf(week, page.Today)
		if page.Entries, err = s.TimeEntries(db.TimeFilter{Person: s.ID, From: monday, To: monday.Plus(6)}); err != nil {
			return content{}, nil, err
		}
		if page.Returned, err = s.TimeEntries(db.TimeFilter{Person: s.ID, State: db.WorkReturned, Limit: 50}); err != nil {
			return content{}, nil, err
		}
		page.Sheet = newSheet(monday, page.Entries, page.Bookables)
		for _, e := range page.Entries {
			page.Sum += e.Minutes
		}
		if sent.form != nil {
			page.Form = *sent.form
		}
		if sent.stop != nil {
			page.Stop = *sent.stop
		}
		if sent.week != nil {
			page.Sheet.refill(*sent.week)
		}
		return content{s.T("time.title"), page}, nil, nil
	})
}

// mondayOf is the first day of the week of a day, of today where the text is none.
func mondayOf(text string, today db.Date) db.Date {
	day, ok := db.ParseDate(text)
	if !ok || day == "" {
		day = today
	}
	midnight, _ := day.Midnight()
	return day.Plus(-((int(midnight.Weekday()) + 6) % 7))
}

var timeFields = []string{"project", "service", "task", "on", "day", "minutes", "billable", "remark", "wording", "sure", "version"}

// timeForm reads an entry. "on" is what it is booked on: a service, or a project without one.
func timeForm(form web.Form) db.TimeForm {
	f := db.TimeForm{Project: form.Value("project"), Service: form.Value("service"), Task: form.Value("task"), Day: form.Value("day"), Minutes: form.Value("minutes"), Billable: form.Value("billable"),
		Remark: form.Value("remark"), Wording: form.Value("wording"), Sure: form.Value("sure") != "", Version: number(form.Value("version"))}
	f.Project, f.Service = bookedOn(form.Value("on"), f.Project, f.Service)
	return f
}

// bookedOn reads "s" and the id of a service, or "p" and that of a project.
func bookedOn(on, project, service string) (string, string) {
	if len(on) > 1 && on[0] == 's' {
		return project, on[1:]
	}
	if len(on) > 1 && on[0] == 'p' {
		return on[1:], service
	}
	return project, service
}

// AddTime books what was typed.
func (t *Team) AddTime(c *fiber.Ctx) error {
	form := web.ReadForm(c, timeFields...)
	_, err := t.Store.AddTime(t.Actor(c), timeForm(form))
	return t.timeDone(c, err, &form, sentTime{form: &form}, form.Value("day"))
}

// timeDone leads back to the week of a day, or shows what is wrong with a form.
func (t *Team) timeDone(c *fiber.Ctx, err error, form *web.Form, sent sentTime, day string) error {
	if form.Refused(t.Words(c), err) {
		return t.time(c, fiber.StatusUnprocessableEntity, sent)
	}
	if err != nil {
		return err
	}
	if date, ok := db.ParseDate(day); ok && date != "" {
		return web.SeeOther(c, "/time?week="+string(date)+"&said=saved")
	}
	return web.SeeOther(c, "/time?said=saved")
}

// StartTimer starts the viewer's clock.
func (t *Team) StartTimer(c *fiber.Ctx) error {
	form := web.ReadForm(c, "on", "project", "service", "task", "remark", "back")
	project, service := bookedOn(form.Value("on"), form.Value("project"), form.Value("service"))
	err := t.Store.StartTimer(t.Actor(c), db.TimerForm{Project: project, Service: service, Task: form.Value("task"), Remark: form.Value("remark")})
	return t.timeDone(c, err, &form, sentTime{stop: &form}, "")
}

// StopTimer books what it has counted.
func (t *Team) StopTimer(c *fiber.Ctx) error {
	form := web.ReadForm(c, "minutes", "billable", "remark", "wording", "sure")
	_, err := t.Store.StopTimer(t.Actor(c), db.StopForm{Minutes: form.Value("minutes"), Billable: form.Value("billable"), Remark: form.Value("remark"), Wording: form.Value("wording"), Sure: form.Value("sure") != ""})
	return t.timeDone(c, err, &form, sentTime{stop: &form}, "")
}

// DropTimer stops it and books nothing.
func (t *Team) DropTimer(c *fiber.Ctx) error {
	if err := t.Store.DropTimer(t.Actor(c)); err != nil {
		return err
	}
	return web.SeeOther(c, "/time")
}

// days of a week from its Monday.
func daysOf(monday db.Date) (days [7]db.Date) {
	for i := range days {
		days[i] = monday.Plus(i)
	}
	return days
}
