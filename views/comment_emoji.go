package views

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark-emoji/definition"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// shortNames draws :tada: as the character of that name. The list is goldmark-emoji's;
// its own parser would also take the middle of 10:100:5 for one.
type shortNames struct{}

// longestShortName is longer than any of the list, so that text is not read to its end for each colon.
const longestShortName = 64

// Extend adds it to a reading of Markdown.
func (s shortNames) Extend(reading goldmark.Markdown) {
	reading.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(s, 999)))
}

// Trigger is what a short name begins with.
func (shortNames) Trigger() []byte { return []byte{':'} }

// Parse answers with the character, or nil where no short name stands on its own.
func (shortNames) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	_, follows := parent.LastChild().(*ast.String)
	if before := block.PrecendingCharacter(); !follows && (before == ':' || unicode.IsLetter(before) || unicode.IsDigit(before)) {
		return nil
	}
	line, _ := block.PeekLine()
	end := 1
	for end < min(len(line), longestShortName) && (util.IsAlphaNumeric(line[end]) || line[end] == '_' || line[end] == '-' || line[end] == '+') {
		end++
	}
	if end >= len(line) || line[end] != ':' {
		return nil
	}
	if after, _ := utf8.DecodeRune(line[end+1:]); unicode.IsLetter(after) || unicode.IsDigit(after) {
		return nil
	}
	emoji, known := definition.Github().Get(string(line[1:end]))
	if !known {
		return nil
	}
	block.Advance(end + 1)
	return ast.NewString([]byte(string(emoji.Unicode)))
}
