package views

import (
	"bytes"
	"html/template"
	"regexp"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

const linkRelation = "noopener nofollow"

// writing reads what people write: Markdown with bare links, deletions and their
// own line breaks. Tags that they type are shown as they typed them.
var writing = sync.OnceValue(func() goldmark.Markdown { return readingOf() })

func readingOf(further ...goldmark.Extender) goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(append(further, extension.Linkify, extension.Strikethrough)...),
		goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(tame{}, 100))),
		goldmark.WithRendererOptions(html.WithHardWraps(), renderer.WithNodeRenderers(util.Prioritized(typedTags{}, 100))),
	)
}

// allowed is the second net: nothing else leaves Markdown, whatever the first one let through.
var allowed = sync.OnceValue(func() *bluemonday.Policy {
	policy := bluemonday.NewPolicy()
	policy.AllowElements("p", "br", "em", "strong", "del", "ul", "ol", "li", "blockquote", "pre", "code", "h3", "h4", "hr")
	policy.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	policy.AllowAttrs("href").OnElements("a")
	policy.AllowAttrs("rel").Matching(regexp.MustCompile("^" + linkRelation + "$")).OnElements("a")
	policy.AllowURLSchemes("http", "https", "mailto", "tel")
	policy.AllowRelativeURLs(true)
	policy.RequireParseableURLs(true)
	policy.RequireNoFollowOnLinks(true)
	return policy
})

// Markdown draws what somebody wrote: text, lists, links, code. No images (a remote
// one would tell its host who reads), no markup of the writer's own.
func Markdown(source string) template.HTML {
	return template.HTML(markup(writing(), source))
}

func markup(reading goldmark.Markdown, source string) string {
	var out bytes.Buffer
	if tangled(source) || reading.Convert([]byte(source), &out) != nil {
		return "<p>" + strings.ReplaceAll(template.HTMLEscapeString(source), "\n", "<br>\n") + "</p>"
	}
	return string(allowed().SanitizeBytes(out.Bytes()))
}

// tangled finds what nobody writes and what takes the parser more time than its
// length: masses of brackets, and quotes in lists in quotes. It is shown as typed.
func tangled(source string) bool {
	if strings.Count(source, "[") > 400 || strings.Count(source, "<") > 1000 {
		return true
	}
	for line := range strings.Lines(source) {
		depth := 0
		for _, mark := range strings.Fields(line) {
			quotes := strings.Count(mark, ">")
			if quotes < len(mark) && !strings.Contains("-*+", mark) && !(mark[0] >= '0' && mark[0] <= '9' && strings.ContainsAny(mark, ".)")) {
				break
			}
			if depth += max(1, quotes); depth > 16 {
				return true
			}
		}
	}
	return false
}

// tame makes images links to themselves, gives links their relation, and brings
// headings below those of the page around them.
type tame struct{}

// Transform rewrites the parsed document in place.
func (tame) Transform(document *ast.Document, _ text.Reader, _ parser.Context) {
	var images []*ast.Image
	_ = ast.Walk(document, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := node.(type) {
		case *ast.Heading:
			n.Level = min(3+n.Level/3, 4)
		case *ast.Image:
			images = append(images, n)
		case *ast.Link, *ast.AutoLink:
			n.SetAttributeString("rel", []byte(linkRelation))
		}
		return ast.WalkContinue, nil
	})
	for _, image := range images {
		link := ast.NewLink()
		link.Destination = image.Destination
		link.SetAttributeString("rel", []byte(linkRelation))
		for child := image.FirstChild(); child != nil; {
			next := child.NextSibling()
			link.AppendChild(link, child)
			child = next
		}
		if link.ChildCount() == 0 {
			link.AppendChild(link, ast.NewString(image.Destination))
		}
		image.Parent().ReplaceChild(image.Parent(), image, link)
	}
}

// typedTags shows HTML that somebody typed as text: it is part of what they said.
type typedTags struct{}

// RegisterFuncs takes over the two kinds of nodes that hold typed HTML.
func (typedTags) RegisterFuncs(register renderer.NodeRendererFuncRegisterer) {
	register.Register(ast.KindRawHTML, func(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			writeEscaped(w, node.(*ast.RawHTML).Segments, source)
		}
		return ast.WalkSkipChildren, nil
	})
	register.Register(ast.KindHTMLBlock, func(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
		block := node.(*ast.HTMLBlock)
		if entering {
			_, _ = w.WriteString("<p>")
			writeEscaped(w, block.Lines(), source)
			return ast.WalkContinue, nil
		}
		if block.HasClosure() {
			_, _ = w.Write(util.EscapeHTML(block.ClosureLine.Value(source)))
		}
		_, _ = w.WriteString("</p>")
		return ast.WalkContinue, nil
	})
}

func writeEscaped(w util.BufWriter, lines *text.Segments, source []byte) {
	for i := range lines.Len() {
		segment := lines.At(i)
		_, _ = w.Write(util.EscapeHTML(segment.Value(source)))
	}
}
