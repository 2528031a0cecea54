package views

import "html/template"

// Seconds is the time of day to the second in the reader's zone: "10:42:30".
func (w *Words) Seconds(value any) string {
	at, ok := w.momentOf(value)
	if !ok {
		return ""
	}
	return at.Format("15:04:05")
}

// SecondsTag is Seconds as a time element; its machine form is exact too.
func (w *Words) SecondsTag(value any) template.HTML {
	at, ok := w.momentOf(value)
	if !ok {
		return ""
	}
	return timeElement(at.Format("2006-01-02T15:04:05Z07:00"), at.Format("15:04:05"))
}
