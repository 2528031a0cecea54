package importers

import (
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// prose cleans a text of several lines: valid UTF-8 in NFC, without control
// characters and without the marks that turn the direction of text around.
// over says that it was longer than max runes and has been cut.
func prose(raw string, max int) (clean string, over bool) {
	// Cut coarsely first: cleaning a text of many megabytes to keep a page of it
	// would be work for nothing. No rune has more than 4 bytes, and 4 spare ones
	// per kept rune leave room for what is removed.
	if limit := max * 32; len(raw) > limit {
		raw, over = raw[:limit], true
	}
	raw = strings.ToValidUTF8(raw, string(utf8.RuneError))
	raw = strings.ReplaceAll(raw, "\r\n", "\n")
	raw = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r':
			return '\n'
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0xFEFF:
			return -1
		}
		return r
	}, raw)
	clean, rest := split(strings.TrimSpace(norm.NFC.String(raw)), max)
	return strings.TrimSpace(clean), over || rest != ""
}

// line cleans a text of one line. What is beyond max runes comes back as rest;
// the line then ends with an ellipsis.
func line(raw string, max int) (clean, rest string) {
	clean, _ = prose(raw, MaxTitle+maxDescription)
	clean = strings.Join(strings.Fields(clean), " ")
	if utf8.RuneCountInString(clean) <= max {
		return clean, ""
	}
	clean, rest = split(clean, max-1)
	return strings.TrimSpace(clean) + "…", strings.TrimSpace(rest)
}

// shorten is line without the rest.
func shorten(raw string, max int) string {
	clean, _ := line(raw, max)
	return clean
}

// split cuts after max runes.
func split(text string, max int) (head, rest string) {
	if len(text) <= max {
		return text, ""
	}
	for i := range text {
		if max == 0 {
			return text[:i], text[i:]
		}
		max--
	}
	return text, ""
}

// address takes an address that is safe to put behind a link. Anything else,
// such as javascript: or file:, is text at best.
func address(raw string) (string, bool) {
	raw = strings.TrimSpace(raw)
	if utf8.RuneCountInString(raw) > maxURL || !utf8.ValidString(raw) {
		return "", false
	}
	parsed, err := url.Parse(raw)
	if err != nil {
		return "", false
	}
	switch strings.ToLower(parsed.Scheme) {
	case "http", "https":
		return parsed.String(), parsed.Host != "" && parsed.User == nil
	case "mailto":
		return parsed.String(), parsed.Opaque != ""
	}
	return "", false
}

// moment reads a date, or a date and time, as UTC. dateOnly is true when there
// is no time of day or it is midnight. What cannot be a date of a project, such
// as the year 1, is no date.
func moment(raw string) (at time.Time, dateOnly, ok bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly, "2006-01-02T15:04:05Z0700"} {
		parsed, err := time.Parse(layout, strings.TrimSpace(raw))
		if err != nil {
			continue
		}
		at = parsed.UTC()
		if at.Year() < 1970 || at.Year() > 2200 {
			break
		}
		return at, at.Equal(at.Truncate(24 * time.Hour)), true
	}
	return time.Time{}, true, false
}
