package views

import (
	"bufio"
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	drawing "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
)

// Plain is Markdown without its marks on one line, for excerpts and mails.
func Plain(source string) string { return line(writing(), source) }

func line(reading goldmark.Markdown, source string) string {
	if tangled(source) {
		return strings.Join(strings.Fields(source), " ")
	}
	raw := []byte(source)
	var out strings.Builder
	_ = ast.Walk(reading.Parser().Parse(text.NewReader(raw)), func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if node.Type() == ast.TypeBlock {
			out.WriteByte(' ')
		}
		if entering {
			writeWords(&out, node, raw, ' ')
		}
		return ast.WalkContinue, nil
	})
	return strings.Join(strings.Fields(out.String()), " ")
}

// writeWords writes what a reader sees of one node, without what is inside it.
func writeWords(out *strings.Builder, node ast.Node, raw []byte, lineBreak byte) {
	switch n := node.(type) {
	case *ast.Text:
		out.WriteString(seen(n, raw))
		if n.SoftLineBreak() || n.HardLineBreak() {
			out.WriteByte(lineBreak)
		}
	case *ast.String:
		out.Write(n.Value)
	case *ast.AutoLink:
		out.Write(n.Label(raw))
	case *ast.RawHTML:
		writeSegments(out, n.Segments, raw)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		writeSegments(out, n.Lines(), raw)
	case *ast.HTMLBlock:
		writeSegments(out, n.Lines(), raw)
		if n.HasClosure() {
			out.Write(n.ClosureLine.Value(raw))
		}
	}
}

// seen is text as a page shows it: without backslashes, with characters for their names.
func seen(n *ast.Text, raw []byte) string {
	value := n.Value(raw)
	if n.IsRaw() || !bytes.ContainsAny(value, "\\&") {
		return string(value)
	}
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	drawing.DefaultWriter.Write(w, value)
	_ = w.Flush()
	return html.UnescapeString(out.String())
}

func writeSegments(out *strings.Builder, lines *text.Segments, raw []byte) {
	for i := range lines.Len() {
		segment := lines.At(i)
		out.Write(segment.Value(raw))
	}
}
