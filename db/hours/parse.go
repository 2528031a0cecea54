package hours

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// What may be wrong with a duration that somebody typed.
var (
	ErrNone    = errors.New("this does not begin with a duration")
	ErrTooLong = errors.New("this is longer than a day")
)

// MaxMinutes is the longest entry: the day on which the clocks go back has 25 hours.
const MaxMinutes = 25 * 60

var (
	fromTo  = regexp.MustCompile(`^(\d{1,2})[:.](\d{2})\s*(?:-|\x{2013}|\x{2014}|to)\s*(\d{1,2})[:.](\d{2})(?:\s+|$)`)
	clock   = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?:\s*(?:h|\x{3c9})(?:\s+|$)|\s+|$)`)
	worded  = regexp.MustCompile(`^(\d{1,2})\s*(?:hours|hour|hrs|hr|h|\x{3c9}\x{3c1}\x{3b5}\x{3c2}|\x{3c9}\x{3c1}\x{3b1}|\x{3ce}\x{3c1}\x{3b5}\x{3c2}|\x{3ce}\x{3c1}\x{3b1}|\x{3c9})\s*(?:(\d{1,2})\s*(?:minutes|minute|min|m|\x{3bb}\x{3b5}\x{3c0}\x{3c4}\x{3ac}|\x{3bb}\x{3b5}\x{3c0}|\x{3bb})?)?(?:\s+|$)`)
	minutes = regexp.MustCompile(`^(\d{1,4})\s*(?:minutes|minute|min|m|\x{3bb}\x{3b5}\x{3c0}\x{3c4}\x{3ac}|\x{3bb}\x{3b5}\x{3c0}|\x{3bb})(?:\s+|$)`)
	decimal = regexp.MustCompile(`^(\d{0,2})[.,](\d{1,3})\s*(?:hours|hour|hrs|hr|h|\x{3ce}\x{3c1}\x{3b5}\x{3c2}|\x{3ce}\x{3c1}\x{3b1}|\x{3c9})?(?:\s+|$)`)
	whole   = regexp.MustCompile(`^(\d{1,2})(?:\s+|$)`)
)

// Parse reads what begins with a duration, as people write it ("1:30 gallery", "1h30", "90m",
// "1.5 gallery", "1,5h", "2 gallery" for hours, "9:00-10:30 gallery", "1ω 30λ"), into whole
// minutes, rounded half up, and the text after it. A span that ends before it begins goes
// over midnight. Errors: ErrNone, ErrTooLong.
func Parse(text string) (length int, rest string, err error) {
	text = strings.TrimSpace(text)
	lower := strings.ToLower(text)
	length, used := read(lower)
	if used == 0 {
		return 0, text, ErrNone
	}
	if length > MaxMinutes {
		return 0, text, ErrTooLong
	}
	if len(lower) != len(text) { // lowering changed the number of bytes: count by letters
		return length, strings.TrimSpace(string([]rune(text)[len([]rune(lower[:used])):])), nil
	}
	return length, strings.TrimSpace(text[used:]), nil
}

func read(text string) (length, used int) {
	if m := fromTo.FindStringSubmatch(text); m != nil {
		begin, end := number(m[1])*60+number(m[2]), number(m[3])*60+number(m[4])
		if number(m[1]) > 24 || number(m[3]) > 24 || number(m[2]) > 59 || number(m[4]) > 59 {
			return 0, 0
		}
		if end < begin {
			end += 24 * 60
		}
		return end - begin, len(m[0])
	}
	if m := clock.FindStringSubmatch(text); m != nil && number(m[2]) < 60 {
		return number(m[1])*60 + number(m[2]), len(m[0])
	}
	if m := worded.FindStringSubmatch(text); m != nil && number(m[2]) < 60 {
		return number(m[1])*60 + number(m[2]), len(m[0])
	}
	if m := minutes.FindStringSubmatch(text); m != nil {
		return number(m[1]), len(m[0])
	}
	if m := decimal.FindStringSubmatch(text); m != nil {
		part, scale := number(m[2]), 1
		for range m[2] {
			scale *= 10
		}
		return number(m[1])*60 + (2*60*part+scale)/(2*scale), len(m[0])
	}
	if m := whole.FindStringSubmatch(text); m != nil {
		return number(m[1]) * 60, len(m[0])
	}
	return 0, 0
}

var long = regexp.MustCompile(`^(\d{1,5})(?::([0-5]\d))?$`)

// ParseLong reads a duration that may be longer than a day: "120:30", "40", or as Parse does.
func ParseLong(text string) (minutes int, ok bool) {
	text = strings.TrimSpace(text)
	if m := long.FindStringSubmatch(text); m != nil {
		return number(m[1])*60 + number(m[2]), true
	}
	minutes, rest, err := Parse(text)
	return minutes, err == nil && rest == ""
}

// Span reads from when to when a text says ("9:00-10:30 gallery"), in minutes after midnight; a span over
// midnight ends after 24:00.
func Span(text string) (from, to int, ok bool) {
	m := fromTo.FindStringSubmatch(strings.ToLower(strings.TrimSpace(text)))
	length, used := 0, 0
	if m != nil {
		length, used = read(m[0])
	}
	if used == 0 {
		return 0, 0, false
	}
	from = number(m[1])*60 + number(m[2])
	return from, from + length, true
}

// number reads digits; the patterns let nothing else and no more than four through.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// Clock writes minutes as they are typed: "1:30".
func Clock(minutes int) string {
	sign := ""
	if minutes < 0 {
		sign, minutes = "-", -minutes
	}
	return fmt.Sprintf("%s%d:%02d", sign, minutes/60, minutes%60)
}
