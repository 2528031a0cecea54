package importers

import (
	"strings"
	"time"
)

// take reads one row into an entry, or says why it is none.
func (p *TimePlan) take(tool *timeTool, r *timeRow) {
	if r.broken != "" {
		p.leaveOut(r, r.broken, "")
		return
	}
	e := TimeEntry{Row: r.row, Start: Unknown, End: Unknown}
	began := p.takeDays(r, &e)
	lengths := r.cell(fieldLength) + r.cell(fieldHours)
	switch {
	case began.IsZero() && (isTotal(r) || !r.short && r.cell(fieldDate)+lengths == ""):
		p.leaveOut(r, timeTotal, "")
		return
	case began.IsZero() && r.short:
		p.leaveOut(r, timeCells, "")
		return
	case began.IsZero():
		p.leaveOut(r, timeDate, r.cell(fieldDate))
		return
	}
	warned := len(p.Problems)
	p.takeWords(tool, r, &e)
	kind, detail := p.takeTimes(r, &e, began)
	if name := r.cell(fieldType); tool.noWork[strings.ToLower(name)] {
		kind, detail = timeNoWork, name
	}
	if kind != "" {
		p.Problems = p.Problems[:warned] // who cares how it would have been read
		p.leaveOut(r, kind, detail)
		if kind != timeLength && kind != timeRunning {
			p.Left = append(p.Left, e)
		}
		return
	}
	if r.short {
		p.warn(r, timeShort, "")
	}
	if e.Person == "" && e.Mail == "" {
		p.warn(r, timeNobody, "")
	}
	p.Entries = append(p.Entries, e)
}

func (p *TimePlan) leaveOut(r *timeRow, kind, detail string) {
	p.Problems = append(p.Problems, TimeProblem{r.row, kind, true, shorten(detail, 60)})
}

func (p *TimePlan) warn(r *timeRow, kind, detail string) {
	p.Problems = append(p.Problems, TimeProblem{r.row, kind, false, shorten(detail, 60)})
}

// isTotal tells a line of sums by how it begins.
func isTotal(r *timeRow) bool {
	for _, cell := range r.cells {
		if cell = strings.ToLower(strings.TrimSpace(cell)); cell != "" {
			return strings.HasPrefix(cell, "total")
		}
	}
	return false
}

// day is a date in the file's order. While that is in doubt any possible reading
// does: only the lengths are wanted then.
func (p *TimePlan) day(d *date) time.Time {
	if d == nil {
		return time.Time{}
	}
	at, ok := d.in(p.Dates)
	if !ok && p.Doubt != nil {
		at, ok = d.in(DayFirst)
	}
	if !ok {
		return time.Time{}
	}
	return at
}

// takeDays reads on which day the entry began, zero when there is none, and on
// which it ended.
func (p *TimePlan) takeDays(r *timeRow, e *TimeEntry) (began time.Time) {
	if began = p.day(r.days[0]); began.IsZero() {
		return began
	}
	e.Date = began.Format(time.DateOnly)
	e.EndDate = e.Date
	if ended := p.day(r.days[1]); !ended.IsZero() {
		e.EndDate = ended.Format(time.DateOnly)
	} else if r.cell(fieldEndDate) != "" {
		p.warn(r, timeClock, r.cell(fieldEndDate))
	}
	return began
}

// takeTimes reads start, end and duration, or says why there is no entry in them.
func (p *TimePlan) takeTimes(r *timeRow, e *TimeEntry, began time.Time) (kind, detail string) {
	start, end := p.clock(r, fieldStart), p.clock(r, fieldEnd)
	span, known := int64(0), start >= 0 && end >= 0
	if known {
		if r.days[1] == nil && end < start {
			e.EndDate = began.AddDate(0, 0, 1).Format(time.DateOnly)
		}
		ended, _ := time.Parse(time.DateOnly, e.EndDate)
		span = int64(ended.Sub(began)/time.Second) + int64(end-start)
	}
	if start >= 0 {
		e.Start = start / 60
	}
	if end >= 0 {
		e.End = end / 60
	}
	told := r.cell(fieldLength)
	seconds, ok := length(told)
	if !ok {
		seconds, ok = length(r.cell(fieldHours))
	}
	switch {
	case ok:
		if known && p.Doubt == nil && max(span-seconds, seconds-span) > 60 {
			p.warn(r, timeDiffers, told)
		}
	case told+r.cell(fieldHours) != "":
		return timeLength, told
	case known:
		seconds = span
	case r.cell(fieldEnd) == "":
		return timeRunning, ""
	default:
		return timeLength, ""
	}
	e.Seconds = seconds
	if seconds > 0 {
		e.Minutes = int(max(1, (seconds+30)/60))
	}
	switch {
	case seconds < 0:
		return timeNegative, told
	case seconds == 0:
		return timeZero, ""
	case e.Minutes > MaxTimeMinutes:
		return timeLong, told
	}
	return "", ""
}

// clock reads a time of day as seconds after midnight, or Unknown.
func (p *TimePlan) clock(r *timeRow, field timeField) int {
	cell := r.cell(field)
	if cell == "" {
		return Unknown
	}
	seconds, ok := clock(cell)
	if !ok {
		p.warn(r, timeClock, cell)
		return Unknown
	}
	return seconds
}
