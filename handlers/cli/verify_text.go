package cli

import (
	"fmt"
	"strings"
	"unicode"

	"vitrine/views"
)

// shown makes a text safe for a terminal: it comes from a file that anybody may have
// written. What moves the cursor or turns the direction of text is drawn as a mark.
func shown(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// certificateText is a certificate for a terminal, without the command that made it.
func certificateText(c views.Certificate) string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s\n%s\n", c.Question, c.Says)
	for _, part := range c.Parts {
		fmt.Fprintf(&text, "\n%s\n", part.Title)
		for _, fact := range part.Facts {
			if fact.Code || part.Anchor != "record" {
				line(&text, 1, fact.Name+": "+fact.Text)
			}
		}
		for _, entry := range part.Entries {
			title := entry.Title
			for _, mark := range entry.Marks {
				title += " (" + mark.Text + ")"
			}
			line(&text, 1, title)
			for _, fact := range entry.Facts {
				line(&text, 2, fact.Name+": "+fact.Text)
			}
			if entry.Text != "" {
				line(&text, 2, entry.Text)
			}
		}
		if part.Note != "" {
			line(&text, 1, part.Note)
		}
	}
	text.WriteString("\n")
	return text.String()
}

// line writes text, and what follows its first line a step further in: no words of a
// record can look like the name of a fact.
func line(to *strings.Builder, depth int, text string) {
	in := strings.Repeat("  ", depth)
	fmt.Fprintf(to, "%s%s\n", in, strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n"+in+"    "))
}
