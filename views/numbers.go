package views

import (
	"fmt"

	"golang.org/x/text/number"
)

// Num writes a whole number with the language's grouping: 1,234 or 1.234.
func (w *Words) Num(n any) string {
	count, ok := whole(n)
	if !ok {
		return w.catalogue.miss("number", fmt.Errorf("%v (%T) is no whole number", n, n))
	}
	return w.catalogue.numbers.Sprint(number.Decimal(count))
}

// Percent writes whole percents: 40 is "40%".
func (w *Words) Percent(n any) string {
	count, ok := whole(n)
	if !ok {
		return w.catalogue.miss("percent", fmt.Errorf("%v (%T) is no whole number", n, n))
	}
	return w.catalogue.numbers.Sprint(number.Percent(float64(count) / 100))
}

// Hours writes minutes as "18 h", "1 h 30 min" or "45 min".
func (w *Words) Hours(minutes any) string {
	count, ok := whole(minutes)
	if !ok {
		return w.catalogue.miss("hours", fmt.Errorf("%v (%T) is no whole number", minutes, minutes))
	}
	hours, rest := count/60, count%60
	if rest < 0 {
		rest = -rest
	}
	switch {
	case hours == 0:
		return w.T("duration.minutes", "minutes", count)
	case rest == 0:
		return w.T("duration.hours", "hours", hours)
	}
	return w.T("duration.hours-minutes", "hours", hours, "minutes", rest)
}

// whole reads the integer types that rows and templates use. Named ones, such as
// ids, are not numbers to be read.
func whole(value any) (int64, bool) {
	switch n := value.(type) {
	case int:
		return int64(n), true
	case int64:
		return n, true
	case int32:
		return int64(n), true
	case uint:
		return int64(n), true
	case uint64:
		return int64(n), true
	case uint32:
		return int64(n), true
	}
	return 0, false
}
