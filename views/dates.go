package views

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A date is what carries a calendar day (db.Date does); a moment is what carries
// an instant (time.Time and db.Time do). Moments are read in the reader's zone.
type (
	date   interface{ Midnight() (time.Time, bool) }
	moment interface{ UTC() time.Time }
)

// Day names a day inside a sentence: "today", "Wed 20 May", and with the year
// when it is not this one. All of the family answer "" for no date.
func (w *Words) Day(value any) string {
	day, ok := w.dayOf(value)
	if !ok {
		return ""
	}
	if near := w.near(day); near != "" {
		return w.T("date." + near)
	}
	return w.written(day, w.catalogue.day, w.catalogue.dayYear)
}

// DayAlone is Day where it stands alone, as in a table: "Today", "Wed 20 May".
func (w *Words) DayAlone(value any) string {
	day, ok := w.dayOf(value)
	if !ok {
		return ""
	}
	if near := w.near(day); near != "" {
		return w.T("date.alone-" + near)
	}
	return w.written(day, w.catalogue.day, w.catalogue.dayYear)
}

// DayHead is Day as a heading: "Yesterday", "Tuesday 12 May".
func (w *Words) DayHead(value any) string {
	day, ok := w.dayOf(value)
	if !ok {
		return ""
	}
	if near := w.near(day); near != "" {
		return w.T("date.alone-" + near)
	}
	return w.written(day, w.catalogue.dayHead, w.catalogue.full)
}

// DayShort leaves the weekday out, for cards and drawings: "20 May".
func (w *Words) DayShort(value any) string {
	day, ok := w.dayOf(value)
	if !ok {
		return ""
	}
	return w.written(day, w.catalogue.dayShort, w.catalogue.dayRecord)
}

// DayRecord always has the year, for records: "20 May 2026".
func (w *Words) DayRecord(value any) string {
	day, ok := w.dayOf(value)
	if !ok {
		return ""
	}
	return w.written(day, w.catalogue.dayRecord, w.catalogue.dayRecord)
}

// DayFull has everything in full: "Wednesday 20 May 2026".
func (w *Words) DayFull(value any) string {
	day, ok := w.dayOf(value)
	if !ok {
		return ""
	}
	return w.written(day, w.catalogue.full, w.catalogue.full)
}

// Month is a month's short name on its own, for an axis: "May".
func (w *Words) Month(value any) string {
	day, ok := w.dayOf(value)
	if !ok {
		return ""
	}
	return w.catalogue.monthsAlone[day.Month()-1]
}

// MonthHead names a month with its year, as a heading: "November 2026".
func (w *Words) MonthHead(value any) string {
	day, ok := w.dayOf(value)
	if !ok {
		return ""
	}
	return w.catalogue.monthsHead[day.Month()-1] + " " + strconv.Itoa(day.Year())
}

// Clock is the time of day in the reader's zone: "09:05".
func (w *Words) Clock(value any) string {
	at, ok := w.momentOf(value)
	if !ok {
		return ""
	}
	return at.Format("15:04")
}

// Moment is day and clock: "Today, 10:38", "Tue 12 May, 09:20".
func (w *Words) Moment(value any) string {
	at, ok := w.momentOf(value)
	if !ok {
		return ""
	}
	return w.T("date.moment", "day", w.DayAlone(at), "clock", at.Format("15:04"))
}

// MomentWithin is Moment within a sentence: "today, 10:38".
func (w *Words) MomentWithin(value any) string {
	at, ok := w.momentOf(value)
	if !ok {
		return ""
	}
	return w.T("date.moment", "day", w.Day(at), "clock", at.Format("15:04"))
}

// MomentRecord is day and clock with the year, for records: "24 Apr 2026, 16:08".
func (w *Words) MomentRecord(value any) string {
	at, ok := w.momentOf(value)
	if !ok {
		return ""
	}
	return w.T("date.moment", "day", w.DayRecord(at), "clock", at.Format("15:04"))
}

// MomentFull is a moment to the second and with its zone, for what has to be clear
// years later: "Wednesday 20 May 2026, 18:02:03, Europe/Athens (UTC+03:00)".
func (w *Words) MomentFull(value any) string {
	at, ok := w.momentOf(value)
	if !ok {
		return ""
	}
	moment := w.T("date.moment", "day", w.DayFull(at), "clock", at.Format("15:04:05"))
	if w.Zone == time.UTC {
		return moment + " UTC"
	}
	return moment + ", " + w.Zone.String() + " (UTC" + at.Format("-07:00") + ")"
}

// MomentUTC is a moment in UTC: "2026-05-20 15:02:03 UTC".
func (w *Words) MomentUTC(value any) string {
	at, ok := w.momentOf(value)
	if !ok {
		return ""
	}
	return at.UTC().Format("2006-01-02 15:04:05 UTC")
}

// Span is a stretch of days: "2 to 20 Mar", "16 Mar to 15 May". With one end
// missing it is the other end.
func (w *Words) Span(from, to any) string {
	first, hasFirst := w.dayOf(from)
	last, hasLast := w.dayOf(to)
	switch {
	case !hasFirst:
		return w.DayShort(to)
	case !hasLast, first.Equal(last):
		return w.DayShort(from)
	}
	start := w.written(first, w.catalogue.dayShort, w.catalogue.dayRecord)
	if first.Year() == last.Year() {
		start = w.written(first, w.catalogue.dayShort, w.catalogue.dayShort)
		if first.Month() == last.Month() {
			start = strconv.Itoa(first.Day())
		}
	}
	return w.T("date.span", "from", start, "to", w.written(last, w.catalogue.dayShort, w.catalogue.dayRecord))
}

// DaysLate counts the days since a due date that has passed, else it is 0.
func (w *Words) DaysLate(due any) int {
	day, ok := w.dayOf(due)
	if !ok {
		return 0
	}
	return max(0, -w.daysTo(day))
}

// Late says how late a due date is, "2 days late", and "" when it is not.
func (w *Words) Late(due any) string {
	if late := w.DaysLate(due); late > 0 {
		return w.N("due.late", late)
	}
	return ""
}

// Away says how far off a date is: "today", "tomorrow", "15 days away", "2 days late".
func (w *Words) Away(due any) string {
	day, ok := w.dayOf(due)
	if !ok {
		return ""
	}
	switch days := w.daysTo(day); {
	case days < 0:
		return w.N("due.late", -days)
	case days < 2:
		return w.T("date." + w.near(day))
	default:
		return w.N("due.away", days)
	}
}

func (w *Words) daysTo(day time.Time) int {
	return int(day.Sub(w.today) / (24 * time.Hour))
}

// near is the name of a day next to today, "" for all others.
func (w *Words) near(day time.Time) string {
	switch w.daysTo(day) {
	case -1:
		return "yesterday"
	case 0:
		return "today"
	case 1:
		return "tomorrow"
	}
	return ""
}

// written fills a pattern of the catalogue; the second one for other years.
func (w *Words) written(day time.Time, thisYear, otherYear string) string {
	pattern := thisYear
	if day.Year() != w.today.Year() {
		pattern = otherYear
	}
	c := w.catalogue
	return strings.NewReplacer(
		"{weekday}", c.weekdays[day.Weekday()], "{wd}", c.weekdaysShort[day.Weekday()],
		"{day}", strconv.Itoa(day.Day()),
		"{month}", c.months[day.Month()-1], "{mon}", c.monthsShort[day.Month()-1],
		"{year}", strconv.Itoa(day.Year()),
	).Replace(pattern)
}

// dayOf is the reader's calendar day of a date or a moment, as midnight UTC.
func (w *Words) dayOf(value any) (time.Time, bool) {
	switch v := value.(type) {
	case nil:
		return time.Time{}, false
	case date:
		return v.Midnight()
	case moment:
		at := v.UTC()
		return midnight(at.In(w.Zone)), !at.IsZero()
	}
	w.catalogue.miss("date", fmt.Errorf("%T is neither a date nor a moment", value))
	return time.Time{}, false
}

func (w *Words) momentOf(value any) (time.Time, bool) {
	if at, ok := value.(moment); ok {
		return at.UTC().In(w.Zone), !at.UTC().IsZero()
	}
	if value != nil {
		w.catalogue.miss("moment", fmt.Errorf("%T is not a moment", value))
	}
	return time.Time{}, false
}

func midnight(local time.Time) time.Time {
	year, month, day := local.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// Weekday names a day of the week in full; 0 is Sunday.
func (w *Words) Weekday(day int) string { return w.catalogue.weekdays[day] }
