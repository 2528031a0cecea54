package db

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// cleanLine makes one line of what was typed: valid UTF-8, NFC, no controls, no
// marks that turn the direction of text around, trimmed. Longer than max runes
// is refused.
func cleanLine(field, text string, max int) (string, error) {
	text, err := cleanText(field, text, max)
	return strings.Join(strings.Fields(text), " "), err
}

// cleanText does the same for a text of several lines.
func cleanText(field, text string, max int) (string, error) {
	if !utf8.ValidString(text) {
		return "", invalid(field, "text.broken")
	}
	text = strings.ReplaceAll(norm.NFC.String(text), "\r\n", "\n")
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r':
			return '\n'
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0xFEFF:
			return -1
		}
		return r
	}, text)
	text = strings.TrimSpace(text)
	if strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }) == "" {
		return "", nil // nothing of it can be seen
	}
	if utf8.RuneCountInString(text) > max {
		return "", invalid(field, "text.long", "Max", max)
	}
	return text, nil
}
