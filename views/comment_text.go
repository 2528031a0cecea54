package views

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// MarkdownText is what Markdown draws, as plain text on lines.
func MarkdownText(source string) string { return lines(writing(), source) }

// lines are Markdown as plain text: an empty line between paragraphs, lists and
// quotes with their usual marks, an address behind the words that lead to it.
func lines(reading goldmark.Markdown, source string) string {
	if tangled(source) {
		return strings.TrimSpace(source)
	}
	raw := []byte(source)
	return strings.Join(blocks(reading.Parser().Parse(text.NewReader(raw)), raw, true), "\n")
}

// blocks are the lines of what stands in a block.
func blocks(parent ast.Node, raw []byte, apart bool) []string {
	var all []string
	for child := parent.FirstChild(); child != nil; child = child.NextSibling() {
		these := block(child, raw)
		if apart && len(all) > 0 && len(these) > 0 {
			all = append(all, "")
		}
		all = append(all, these...)
	}
	return all
}

func block(node ast.Node, raw []byte) []string {
	switch n := node.(type) {
	case *ast.Blockquote:
		return marked(blocks(n, raw, true), "> ", "> ")
	case *ast.List:
		return items(n, raw)
	case *ast.ThematicBreak:
		return []string{"---"}
	case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
		var out strings.Builder
		writeWords(&out, n, raw, '\n')
		return broken(strings.TrimRight(out.String(), "\n"))
	}
	return broken(strings.TrimSpace(inline(node, raw)))
}

func items(list *ast.List, raw []byte) []string {
	var all []string
	number := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "- "
		if list.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
			number++
		}
		all = append(all, marked(blocks(item, raw, !list.IsTight), mark, strings.Repeat(" ", len(mark)))...)
	}
	return all
}

func marked(these []string, first, rest string) []string {
	for i, line := range these {
		if i == 0 {
			these[i] = first + line
		} else {
			these[i] = strings.TrimRight(rest+line, " ")
		}
	}
	return these
}

func inline(parent ast.Node, raw []byte) string {
	var out strings.Builder
	for child := parent.FirstChild(); child != nil; child = child.NextSibling() {
		writeWords(&out, child, raw, '\n')
		words := inline(child, raw)
		if child.Kind() == extension.KindStrikethrough {
			words = "~~" + words + "~~" // without the line through it, it would say the opposite
		}
		out.WriteString(words)
		if link, ok := child.(*ast.Link); ok {
			if to := address(link); to != "" && to != strings.TrimSpace(words) {
				out.WriteString(" (" + to + ")")
			}
		}
	}
	return out.String()
}

// address is where a link leads, if that place can be reached from a mail.
func address(link *ast.Link) string {
	to := string(util.URLEscape([]byte(withoutStandIns(string(link.Destination))), true))
	if lower := strings.ToLower(to); !strings.HasPrefix(lower, "https://") && !strings.HasPrefix(lower, "http://") {
		return ""
	}
	return encodedToken.ReplaceAllString(encodedStandIn.ReplaceAllString(to, ""), "")
}

func broken(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
