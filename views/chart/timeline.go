package chart

import (
	"slices"
	"time"
)

// Milestone is a dated phase as a timeline needs it. Dates are midnights in UTC,
// zero for none; Done of Total are its tasks.
type Milestone struct {
	Name        string
	Start, Due  time.Time
	Done, Total int
	Reached     bool
	Waits       bool        // for the client
	Before      []time.Time // where its end stood, newest first
}

// Scale is the stretch of days that a drawing is about.
type Scale struct {
	First, Last time.Time // its first and last day
	Months      []Month
	Years       bool // the lines are years, to be named so
	Weeks       bool // the lines are weeks
	ShowsToday  bool
	Today       Share
}

// Day is a day of the calendar, as templates take it: a plain time would be read in the
// reader's zone, and be the day before west of Greenwich.
type Day struct{ time.Time }

// Midnight is the day's midnight in UTC; ok is false for none.
func (d Day) Midnight() (midnight time.Time, ok bool) { return d.Time, !d.IsZero() }

// From is the first day of the drawing.
func (t Scale) From() Day { return Day{t.First} }

// Until is its last day.
func (t Scale) Until() Day { return Day{t.Last} }

// Timeline is where everything of a project's drawing goes.
type Timeline struct {
	Scale
	Height int   // of the drawing, in px
	Floor  int   // where month lines and today end
	Drop   int   // where the lines to the stones end
	StoneY int   // middle of the stones
	Rows   []Row // one for each milestone, in order
}

// Month is a line at a month's first day; in a long timeline at a year's.
type Month struct {
	X     Share
	First time.Time // its first day, to be named by the template
	Named bool      // false where the names would touch
	Tight bool      // its name would touch another on a phone
}

// Day is the first day of the month.
func (m Month) Day() Day { return Day{m.First} }

// Row is one milestone. Bar says whether it has a stretch of time, Stone whether it has an end.
type Row struct {
	Milestone
	Number   int // from 1
	Y        int // top of the bar
	Bar      bool
	State    string // "done", "doing", "todo" or "hold", which waits for the client
	X, Width Share
	Filled   Share // width of the finished part of the bar
	Stone    bool
	StoneX   Share
	Named    bool    // false where the stones' names would touch
	Tight    bool    // its name would touch another on a phone
	Ghosts   []Share // where the stone stood before, as far as the drawing reaches
}

// The measures of the drawing, as the list beside it has them in app.css.
const (
	rowHeight  = 48
	rowsBegin  = 48
	barInRow   = 26
	monthsMax  = 24 // lines; a longer timeline has lines for years
	yearsMax   = 12
	apart      = 7.0 // percent between two names
	stoneApart = 5.0

	// On a phone, where a name takes more of the width.
	phoneApart      = 14.0
	phoneStoneApart = 9.0
)

// NewTimeline lays out milestones between the project's own dates, which may be
// zero. ok is false when nothing has a date. The drawing covers whole weeks. Today
// is inside whenever it can be without squeezing the rest below half of the width
// and something is still to come.
func NewTimeline(milestones []Milestone, starts, ends, today time.Time) (timeline Timeline, ok bool) {
	first, last, open := bounds(milestones, starts, ends)
	if first.IsZero() {
		return Timeline{}, false
	}
	rows := len(milestones)
	t := Timeline{
		Scale:  weeks(first, last, open, today),
		Floor:  rowsBegin + rowHeight*rows,
		Drop:   rowsBegin + rowHeight*rows + 8,
		StoneY: rowsBegin + rowHeight*rows + 16,
		Height: rowsBegin + rowHeight*rows + 42,
	}
	t.mark(today)
	t.Rows = t.rows(milestones)
	return t, true
}

// weeks are whole weeks from a first to a last day, with today as NewTimeline says.
func weeks(first, last time.Time, open bool, today time.Time) Scale {
	if open && today.After(last) && days(last, today) <= days(first, last)+1 {
		last = today
	}
	return Scale{
		First: first.AddDate(0, 0, -((int(first.Weekday()) + 6) % 7)), // back to Monday
		Last:  last.AddDate(0, 0, (7-int(last.Weekday()))%7),          // on to Sunday
	}
}

// bounds are the first and last day that anything has, and whether something is unreached.
func bounds(milestones []Milestone, starts, ends time.Time) (first, last time.Time, open bool) {
	open = len(milestones) == 0
	dates := []time.Time{starts, ends}
	for _, m := range milestones {
		dates = append(dates, m.Start, m.Due)
		open = open || !m.Reached
	}
	for _, d := range dates {
		if d.IsZero() {
			continue
		}
		if first.IsZero() || d.Before(first) {
			first = d
		}
		if d.After(last) {
			last = d
		}
	}
	return first, last, open
}

// days from one midnight to another. Not by Sub: a Duration ends at 292 years, and
// somebody will type 2926.
func days(from, to time.Time) float64 { return float64(to.Unix()-from.Unix()) / 86400 }

// mark sets the lines of the months, and today when it is inside.
func (t *Scale) mark(today time.Time) {
	if t.holds(today) {
		t.ShowsToday, t.Today = true, t.middle(today)
	}
	t.Months = t.months()
}

func (t *Scale) holds(d time.Time) bool { return !d.Before(t.First) && !d.After(t.Last) }

// ghosts are where an end stood before, as far as that is inside.
func (t *Scale) ghosts(before []time.Time) (ghosts []Share) {
	for _, d := range before {
		if t.holds(d) {
			ghosts = append(ghosts, t.middle(d))
		}
	}
	return ghosts
}

// at is where a day begins; the last day ends at 100.
func (t *Scale) at(d time.Time) Share {
	return Share(100 * days(t.First, d) / (days(t.First, t.Last) + 1))
}

func (t *Scale) middle(d time.Time) Share { return t.at(d) + 50/Share(days(t.First, t.Last)+1) }

func (t *Scale) months() []Month {
	if t.Weeks {
		return t.weeks()
	}
	step, from := 1, time.Date(t.First.Year(), t.First.Month(), 1, 0, 0, 0, 0, time.UTC)
	years := t.Last.Year() - t.First.Year() + 1
	if 12*(years-1)+int(t.Last.Month()-t.First.Month())+1 > monthsMax {
		t.Years = true
		step, from = 12*((years+yearsMax-1)/yearsMax), time.Date(t.First.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	}
	var months []Month
	for first := from; !first.After(t.Last); first = first.AddDate(0, step, 0) {
		months = append(months, Month{X: max(0, t.at(first)), First: first})
	}
	return named(months)
}

// weeks are the Mondays of the stretch.
func (t *Scale) weeks() []Month {
	var lines []Month
	for day := t.First.AddDate(0, 0, (8-int(t.First.Weekday()))%7); !day.After(t.Last); day = day.AddDate(0, 0, 7) {
		lines = append(lines, Month{X: t.at(day), First: day})
	}
	return named(lines)
}

// named leaves out the names that would touch.
func named(months []Month) []Month {
	// From the end, so that of two that touch the later one keeps its name: the
	// first month is often only a few days long.
	next, phone := Share(200), Share(200)
	for i := len(months) - 1; i >= 0; i-- {
		if next-months[i].X >= apart && months[i].X <= 100-apart/2 {
			months[i].Named, next = true, months[i].X
			if months[i].Tight = phone-months[i].X < phoneApart; !months[i].Tight {
				phone = months[i].X
			}
		}
	}
	return months
}

func (t *Timeline) rows(milestones []Milestone) []Row {
	rows := make([]Row, len(milestones))
	var named, phone []Share
	for i, m := range milestones {
		row := Row{Milestone: m, Number: i + 1, Y: rowsBegin + rowHeight*i + barInRow, State: state(m)}
		if !m.Due.IsZero() {
			row.Stone, row.StoneX, row.Ghosts = true, t.middle(m.Due), t.ghosts(m.Before)
			if row.Named = !touches(named, row.StoneX, stoneApart); row.Named {
				named = append(named, row.StoneX)
				if row.Tight = touches(phone, row.StoneX, phoneStoneApart); !row.Tight {
					phone = append(phone, row.StoneX)
				}
			}
		}
		if !m.Start.IsZero() && !m.Due.IsZero() {
			from, to := m.Start, m.Due
			if to.Before(from) {
				from = to
			}
			row.Bar, row.X = true, t.at(from)
			row.Width = t.at(to.AddDate(0, 0, 1)) - row.X
			row.Filled = row.Width * Share(Percent(m.Done, m.Total)) / 100
			if m.Reached {
				row.Filled = row.Width
			}
		}
		rows[i] = row
	}
	return rows
}

// touches says that one of the places is closer than that.
func touches(places []Share, x, apart Share) bool {
	return slices.ContainsFunc(places, func(y Share) bool { return max(x-y, y-x) < apart })
}

// Middle is the height of the middle of the bar.
func (r Row) Middle() int { return r.Y + 6 }

func state(m Milestone) string {
	switch {
	case m.Reached:
		return "done"
	case m.Waits:
		return "hold"
	case m.Done > 0:
		return "doing"
	}
	return "todo"
}
