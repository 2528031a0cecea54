package views

import (
	"strings"
	"unicode"
)

const excerptLength = 200

// Excerpt is how a comment begins, on one line without its marks, for quotes.
func Excerpt(source string, names func(id string) (string, bool)) string {
	return Shortened(CommentLine(source, names))
}

// Shortened is how a line begins.
func Shortened(text string) string {
	runes := []rune(text)
	if len(runes) <= excerptLength {
		return text
	}
	return strings.TrimRightFunc(string(runes[:excerptLength-1]), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }) + "…"
}

// Nobody names no one, for texts in which nobody is mentioned yet.
func Nobody(string) (string, bool) { return "", false }
