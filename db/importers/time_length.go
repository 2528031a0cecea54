package importers

import (
	"strings"
	"unicode"
)

// digits reads a whole number of at most max digits.
func digits(text string, max int) (value int, ok bool) {
	if text == "" || len(text) > max {
		return 0, false
	}
	for _, r := range text {
		if r < '0' || r > '9' {
			return 0, false
		}
		value = value*10 + int(r-'0')
	}
	return value, true
}

// length reads a duration as seconds: 01:30:00, 1:30, 1.50, "2.000,5", 47:06 min,
// 90 min, 45 sec, 1.5 h. It may be negative.
func length(cell string) (seconds int64, ok bool) {
	cell = strings.ToLower(strings.Join(strings.Fields(cell), ""))
	number, negative := strings.CutPrefix(strings.Replace(cell, "\u2212", "-", 1), "-")
	unit := strings.TrimLeftFunc(number, func(r rune) bool { return !unicode.IsLetter(r) })
	number = strings.TrimSuffix(number, unit)
	each, known := map[string]int64{"": 3600, "h": 3600, "min": 60, "m": 60, "sec": 1, "s": 1}[unit]
	if !known {
		return 0, false
	}
	if strings.Contains(number, ":") {
		seconds, ok = clockLength(number, each)
	} else {
		seconds, ok = decimalLength(number, each)
	}
	if negative {
		seconds = -seconds
	}
	return seconds, ok
}

// clockLength reads hours, minutes and seconds, or the latter or former two. Hours may pass
// 24, and minutes 60 where no hours are told.
func clockLength(number string, each int64) (int64, bool) {
	parts := strings.Split(number, ":")
	if len(parts) > 3 || len(parts) == 3 && each != 3600 || each == 1 {
		return 0, false
	}
	var seconds int64
	for i, part := range parts {
		value, ok := digits(part, 6)
		if !ok || i > 0 && (value > 59 || len(part) != 2) {
			return 0, false
		}
		seconds += int64(value) * each
		each /= 60
	}
	return seconds, true
}

// decimalLength reads a number with a decimal point or comma, to the nearest
// second. Where both stand in it the last one is the decimal one and the other
// parts thousands; one alone is decimal, since tools write decimals always
// and no entry lasts thousands of hours.
func decimalLength(number string, each int64) (int64, bool) {
	number = strings.NewReplacer("'", "", "’", "").Replace(number)
	last := strings.LastIndexAny(number, ".,")
	whole, part := number, ""
	if last >= 0 {
		whole, part = number[:last], number[last+1:]
		other := map[byte]string{'.': ",", ',': "."}[number[last]]
		groups := strings.Split(whole, other)
		for _, group := range groups[1:] {
			if len(group) != 3 {
				return 0, false
			}
		}
		whole = strings.Join(groups, "")
	}
	hours, ok := digits(whole, 6)
	if !ok || last >= 0 && part == "" {
		return 0, false
	}
	// Nine decimals of an hour are far finer than a second; more are rounding dust.
	part = part[:min(len(part), 9)]
	fine, scale := 0, int64(1)
	if part != "" {
		if fine, ok = digits(part, 9); !ok {
			return 0, false
		}
	}
	for range part {
		scale *= 10
	}
	return int64(hours)*each + (int64(fine)*each+scale/2)/scale, true
}

// noon tells the halves of a day, without points and in lower case.
var noon = map[string]int{"am": 0, "pm": 12, "πμ": 0, "μμ": 12}

// clock reads a time of day as seconds after midnight: 10:23:52, 10:23, 10:23 AM,
// 9.05 μ.μ.
func clock(cell string) (seconds int, ok bool) {
	cell = strings.ToLower(strings.Join(strings.Fields(cell), ""))
	number, half := cell, ""
	if letter := strings.IndexFunc(cell, unicode.IsLetter); letter >= 0 {
		number, half = cell[:letter], strings.ReplaceAll(cell[letter:], ".", "")
	}
	parts := strings.Split(strings.ReplaceAll(number, ".", ":"), ":")
	if len(parts) < 2 || len(parts) > 3 {
		if half == "" || len(parts) != 1 {
			return 0, false
		}
	}
	var n [3]int
	for i, part := range parts {
		value, known := digits(part, 2)
		if !known || i > 0 && (value > 59 || len(part) != 2) {
			return 0, false
		}
		n[i] = value
	}
	if half != "" {
		after, known := noon[half]
		if !known || n[0] < 1 || n[0] > 12 {
			return 0, false
		}
		n[0] = n[0]%12 + after
	}
	return n[0]*3600 + n[1]*60 + n[2], n[0] < 24
}
