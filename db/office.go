package db

import (
	"slices"
	"time"

	"github.com/rickar/cal/v2"
)

// Span is when a weekday is open, in minutes after midnight; equal ends are closed.
type Span struct{ From, To int }

// Office is when the workspace works: its hours by weekday (Sunday is 0), the
// holidays of a country ("" knows none) and days off of its own.
type Office struct {
	Zone    *time.Location
	Days    [7]Span
	Country string
	Closed  []Date
}

// officeReach is how far a promise is reckoned: an office that is closed for longer
// promises the day on which the reckoning ended.
const officeReach = 5 * 366

// hours are when the office is open on the day of a moment; none on a day off.
func (o Office) hours(day time.Time) (from, to time.Time, open bool) {
	span := o.Days[day.Weekday()]
	if span.From >= span.To || slices.Contains(o.Closed, Date(day.Format(time.DateOnly))) || o.holiday(day) != "" {
		return day, day, false
	}
	at := func(minutes int) time.Time {
		return time.Date(day.Year(), day.Month(), day.Day(), minutes/60, minutes%60, 0, 0, o.Zone)
	}
	return at(span.From), at(span.To), true
}

// holiday names the holiday of the office's country that is kept on a day, in the
// country's language; "" is none.
func (o Office) holiday(day time.Time) string {
	calendar := cal.Calendar{Holidays: holidays[o.Country]}
	if actual, observed, holiday := calendar.IsHoliday(day); actual || observed {
		return holiday.Name
	}
	return ""
}

// Add is the moment at which so much office time has passed since start. What
// begins while the office is closed counts from when it opens.
func (o Office) Add(start time.Time, work time.Duration) time.Time {
	local := start.In(o.Zone)
	day := time.Date(local.Year(), local.Month(), local.Day(), 12, 0, 0, 0, o.Zone)
	for range officeReach {
		if from, to, open := o.hours(day); open {
			from = latest(from, local)
			if length := to.Sub(from); length > 0 && work <= length {
				return from.Add(work)
			} else if length > 0 {
				work -= length
			}
		}
		day = day.AddDate(0, 0, 1)
	}
	return day
}

// Between is how much office time lies between two moments, as far as a promise is
// reckoned; none when b is not after a.
func (o Office) Between(a, b time.Time) (work time.Duration) {
	local := a.In(o.Zone)
	day := time.Date(local.Year(), local.Month(), local.Day(), 12, 0, 0, 0, o.Zone)
	for range officeReach {
		from, to, open := o.hours(day)
		if !b.After(from) && open || day.Add(-13*time.Hour).After(b) {
			return work
		}
		if from, to = latest(from, a), earliest(to, b); open && to.After(from) {
			work += to.Sub(from)
		}
		day = day.AddDate(0, 0, 1)
	}
	return work
}

// WorkDays is how many days the office is open after one day and up to another; none
// where there is no first day or the second is not after it.
func (o Office) WorkDays(after, until Date) (days int) {
	from, ok := after.Midnight()
	to, known := until.Midnight()
	if !ok || !known {
		return 0
	}
	for range officeReach {
		if from = from.AddDate(0, 0, 1); from.After(to) {
			break
		}
		if _, _, open := o.hours(time.Date(from.Year(), from.Month(), from.Day(), 12, 0, 0, 0, o.Zone)); open {
			days++
		}
	}
	return days
}

// DayOff is a day on which the office would be open and is not. Name is the
// holiday's in the language of its country, "" for one of the office's own.
type DayOff struct {
	Day  Date
	Name string
}

// DaysOff are the next of them from a day on, at most limit within a year.
func (o Office) DaysOff(from time.Time, limit int) (days []DayOff) {
	local := from.In(o.Zone)
	day := time.Date(local.Year(), local.Month(), local.Day(), 12, 0, 0, 0, o.Zone)
	for range 366 {
		span := o.Days[day.Weekday()]
		if _, _, open := o.hours(day); !open && span.From < span.To && len(days) < limit {
			days = append(days, DayOff{Date(day.Format(time.DateOnly)), o.holiday(day)})
		}
		day = day.AddDate(0, 0, 1)
	}
	return days
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
