package db

import (
	"regexp"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// codeFinder reads as much of Markdown as it takes to tell code from words.
var codeFinder = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(util.Prioritized(parser.NewCodeSpanParser(), 100)),
	)
})

var anAddress = regexp.MustCompile(`(?i)(?:(?:https?|ftp)://|mailto:|tel:|\bwww\.)\S+|\]\([^\s)]+`)

// withoutCode is a text with zeros where it has code, so that every other place in it
// stays. Quotes in quotes deeper than anybody writes are shown as they were typed (by
// views.Comment), and so hold no code.
func withoutCode(source string) string {
	if nestsTooDeep(source) {
		return source
	}
	raw := []byte(source)
	words := []byte(source)
	_ = ast.Walk(codeFinder().Parse(text.NewReader(raw)), func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := node.(type) {
		case *ast.CodeSpan:
			for child := n.FirstChild(); child != nil; child = child.NextSibling() {
				if code, ok := child.(*ast.Text); ok {
					clear(words[code.Segment.Start:code.Segment.Stop])
				}
			}
		case *ast.FencedCodeBlock:
			if n.Info != nil {
				clear(words[n.Info.Segment.Start:n.Info.Segment.Stop])
			}
			clearLines(words, n.Lines())
		case *ast.CodeBlock:
			clearLines(words, n.Lines())
		}
		return ast.WalkContinue, nil
	})
	return string(words)
}

func nestsTooDeep(source string) bool {
	for line := range strings.Lines(source) {
		marks := line[:len(line)-len(strings.TrimLeft(line, " \t>*+-0123456789.)"))]
		if max(strings.Count(marks, ">"), len(strings.Fields(marks))) > 16 {
			return true
		}
	}
	return false
}

// withoutAddresses does the same for where links lead.
func withoutAddresses(source string) string {
	words := []byte(source)
	for _, at := range anAddress.FindAllIndex(words, -1) {
		clear(words[at[0]:at[1]])
	}
	return string(words)
}

func clearLines(words []byte, lines *text.Segments) {
	for i := range lines.Len() {
		clear(words[lines.At(i).Start:lines.At(i).Stop])
	}
}
