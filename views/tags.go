package views

import (
	"html/template"
	"time"
)

// Every date on a page is a time element. Each of these is the method of the same
// name without Tag, inside one; "" for no date.

// DayTag is Day as a time element.
func (w *Words) DayTag(value any) template.HTML { return w.dayTag(value, w.Day(value)) }

// DayAloneTag is DayAlone as a time element.
func (w *Words) DayAloneTag(value any) template.HTML { return w.dayTag(value, w.DayAlone(value)) }

// DayShortTag is DayShort as a time element.
func (w *Words) DayShortTag(value any) template.HTML { return w.dayTag(value, w.DayShort(value)) }

// DayRecordTag is DayRecord as a time element.
func (w *Words) DayRecordTag(value any) template.HTML { return w.dayTag(value, w.DayRecord(value)) }

// DayFullTag is DayFull as a time element.
func (w *Words) DayFullTag(value any) template.HTML { return w.dayTag(value, w.DayFull(value)) }

// LateTag is Late as a time element.
func (w *Words) LateTag(value any) template.HTML { return w.dayTag(value, w.Late(value)) }

// ClockTag is Clock as a time element.
func (w *Words) ClockTag(value any) template.HTML { return w.momentTag(value, w.Clock(value)) }

// MomentTag is Moment as a time element.
func (w *Words) MomentTag(value any) template.HTML { return w.momentTag(value, w.Moment(value)) }

// MomentWithinTag is MomentWithin as a time element.
func (w *Words) MomentWithinTag(value any) template.HTML {
	return w.momentTag(value, w.MomentWithin(value))
}

// MomentRecordTag is MomentRecord as a time element.
func (w *Words) MomentRecordTag(value any) template.HTML {
	return w.momentTag(value, w.MomentRecord(value))
}

// MomentFullTag is MomentFull as a time element.
func (w *Words) MomentFullTag(value any) template.HTML {
	return w.momentTag(value, w.MomentFull(value))
}

func (w *Words) dayTag(value any, text string) template.HTML {
	day, ok := w.dayOf(value)
	if !ok || text == "" {
		return ""
	}
	return timeElement(day.Format(time.DateOnly), text)
}

func (w *Words) momentTag(value any, text string) template.HTML {
	at, ok := w.momentOf(value)
	if !ok {
		return ""
	}
	return timeElement(at.Format("2006-01-02T15:04Z07:00"), text)
}

func timeElement(machine, text string) template.HTML {
	return template.HTML(`<time datetime="` + machine + `">` + template.HTMLEscapeString(text) + `</time>`)
}
