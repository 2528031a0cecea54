package db

import (
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/bg"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/gr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/lt"
	"github.com/rickar/cal/v2/lv"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/ro"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/si"
	"github.com/rickar/cal/v2/sk"
	"github.com/rickar/cal/v2/us"
)

// holidays are the days on which a whole country is closed, by its ISO 3166 code.
var holidays = map[string][]*cal.Holiday{
	"AT": at.Holidays, "BE": be.Holidays, "BG": bg.Holidays, "CA": ca.Holidays, "CH": ch.Holidays, "CZ": cz.Holidays, "DE": de.Holidays, "DK": dk.Holidays,
	"ES": es.Holidays, "FR": fr.Holidays, "GB": gb.Holidays, "GR": gr.Holidays, "HR": hr.Holidays, "IE": ie.Holidays, "IT": it.Holidays, "LT": lt.Holidays,
	"LV": lv.Holidays, "NL": nl.Holidays, "NO": no.Holidays, "PL": pl.Holidays, "RO": ro.Holidays, "SE": se.Holidays, "SI": si.Holidays, "SK": sk.Holidays, "US": us.Holidays,
}

// HolidayCountries are those whose holidays are known, by code.
func HolidayCountries() []string {
	codes := make([]string, 0, len(holidays))
	for code := range holidays {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}

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
	if span.From >= span.To || slices.Contains(o.Closed, Date(day.Format(time.DateOnly))) || o.holiday(day) {
		return day, day, false
	}
	at := func(minutes int) time.Time {
		return time.Date(day.Year(), day.Month(), day.Day(), minutes/60, minutes%60, 0, 0, o.Zone)
	}
	return at(span.From), at(span.To), true
}

func (o Office) holiday(day time.Time) bool {
	calendar := cal.Calendar{Holidays: holidays[o.Country]}
	actual, observed, _ := calendar.IsHoliday(day)
	return actual || observed
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

// Between is how much office time lies between two moments; none when b is not after a.
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

// DaysOff are the next days on which the office would be open and is not, from a
// day on, at most limit of them within a year.
func (o Office) DaysOff(from time.Time, limit int) (days []Date) {
	local := from.In(o.Zone)
	day := time.Date(local.Year(), local.Month(), local.Day(), 12, 0, 0, 0, o.Zone)
	for range 366 {
		if _, _, open := o.hours(day); !open && o.Days[day.Weekday()].From < o.Days[day.Weekday()].To && len(days) < limit {
			days = append(days, Date(day.Format(time.DateOnly)))
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
