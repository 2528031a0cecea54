package importers

import (
	"strings"
	"time"
)

// DateOrder says which part of 03/04/2024 is the day.
type DateOrder string

// Orders of dates.
const (
	DayFirst   DateOrder = "dayfirst"
	MonthFirst DateOrder = "monthfirst"
)

// DateDoubt shows what a file leaves open: one of its dates in both readings.
// Contradictory is true when some of its dates can only be the one and some only
// the other, as after a spreadsheet had its way with them.
type DateDoubt struct {
	Cell          string
	DayFirst      string // 2006-01-02
	MonthFirst    string // 2006-01-02
	Contradictory bool
}

// A date as it is written: the year is known, the order of the rest may not be.
type date struct {
	year, one, two int
	order          DateOrder // "" when only the file as a whole can tell
}

// readDate reads 2024-03-04, 03/04/2024, 4.3.24 and their like. A year that comes
// first is followed by the month; with points the day comes first, as wherever
// dates are written so.
func readDate(cell string) *date {
	cell = strings.Join(strings.Fields(cell), "")
	separator := strings.IndexFunc(cell, func(r rune) bool { return r == '-' || r == '/' || r == '.' })
	if separator < 0 {
		return nil
	}
	parts := strings.Split(cell, cell[separator:separator+1])
	if len(parts) != 3 {
		return nil
	}
	var n [3]int
	for i, part := range parts {
		value, ok := digits(part, 4)
		if !ok || len(part) == 3 {
			return nil
		}
		n[i] = value
	}
	if len(parts[0]) == 4 && len(parts[1]) <= 2 && len(parts[2]) <= 2 {
		return &date{year: n[0], one: n[1], two: n[2], order: MonthFirst}
	}
	if len(parts[0]) > 2 || len(parts[1]) > 2 || len(parts[2]) == 1 {
		return nil
	}
	d := &date{year: n[2], one: n[0], two: n[1]}
	if len(parts[2]) == 2 {
		d.year += 2000
	}
	if cell[separator] == '.' {
		d.order = DayFirst
	}
	return d
}

// in is the date in an order, which counts only where its own is not known.
func (d *date) in(order DateOrder) (time.Time, bool) {
	if d.order != "" {
		order = d.order
	}
	month, day := d.one, d.two
	if order == DayFirst {
		month, day = day, month
	}
	at := time.Date(d.year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return at, at.Day() == day && int(at.Month()) == month && at.Year() >= 1970 && at.Year() <= 2200
}

// overnight is the order in which two dates lie one day apart, when they do in
// one only: 03/04 to 04/04 is a night in April, or else a month of work.
func overnight(from, to *date) DateOrder {
	if from == nil || to == nil || from.order != "" || to.order != "" {
		return ""
	}
	night := func(order DateOrder) bool {
		start, known := from.in(order)
		end, too := to.in(order)
		return known && too && end.Equal(start.AddDate(0, 0, 1))
	}
	switch day, month := night(DayFirst), night(MonthFirst); {
	case day && !month:
		return DayFirst
	case month && !day:
		return MonthFirst
	}
	return ""
}

// evidence is what the dates of a file tell of their order.
type evidence struct {
	dayFirst, monthFirst bool   // some can only be read so
	open                 string // the first with two readings
	cell                 string // the first of all
}

// look reads a date and keeps what it tells: a day beyond the twelfth settles it.
func (e *evidence) look(cell string) *date {
	d := readDate(cell)
	if d == nil || d.order != "" {
		return d
	}
	_, dayFirst := d.in(DayFirst)
	_, monthFirst := d.in(MonthFirst)
	e.dayFirst = e.dayFirst || dayFirst && !monthFirst
	e.monthFirst = e.monthFirst || monthFirst && !dayFirst
	if e.cell == "" {
		e.cell = cell
	}
	if e.open == "" && dayFirst && monthFirst && d.one != d.two {
		e.open = cell
	}
	return d
}

// settleDates decides over the whole file how its dates are meant. Where nothing
// tells, or the file contradicts itself, the answer of whoever imports counts.
func (p *TimePlan) settleDates(rows []timeRow, answer DateOrder) {
	var told evidence
	for i := range rows {
		r := &rows[i]
		r.days = [2]*date{told.look(r.cell(fieldDate)), told.look(r.cell(fieldEndDate))}
		told.look(r.cell(fieldCreated))
		switch overnight(r.days[0], r.days[1]) {
		case DayFirst:
			told.dayFirst = true
		case MonthFirst:
			told.monthFirst = true
		}
	}
	switch {
	case told.dayFirst && !told.monthFirst:
		p.Dates = DayFirst
	case told.monthFirst && !told.dayFirst:
		p.Dates = MonthFirst
	case !told.dayFirst && told.open == "":
		// No date can be read in two ways.
	case answer == DayFirst || answer == MonthFirst:
		p.Dates = answer
	default:
		p.Doubt = told.doubt()
	}
}

// doubt shows one date in both readings; in a file that contradicts itself one
// of them may be impossible, and "".
func (e *evidence) doubt() *DateDoubt {
	doubt := &DateDoubt{Cell: e.open, Contradictory: e.dayFirst}
	if doubt.Cell == "" {
		doubt.Cell = e.cell
	}
	d := readDate(doubt.Cell)
	if at, ok := d.in(DayFirst); ok {
		doubt.DayFirst = at.Format(time.DateOnly)
	}
	if at, ok := d.in(MonthFirst); ok {
		doubt.MonthFirst = at.Format(time.DateOnly)
	}
	return doubt
}
