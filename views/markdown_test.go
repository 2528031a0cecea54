package views

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

var attacks = []string{
	`<script>alert(1)</script>`,
	`<img src=x onerror=alert(1)>`,
	`<svg/onload=alert(1)>`,
	`<iframe src="javascript:alert(1)"></iframe>`,
	`[press](javascript:alert(1))`,
	`[press](JaVaScRiPt&colon;alert(1))`,
	`[press](java&#10;script:alert(1))`,
	`[press](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)`,
	`[press](vbscript:msgbox(1))`,
	`<javascript:alert(1)>`,
	`![x](javascript:alert(1))`,
	`![x](https://tracker.example/pixel.png)`,
	`![x](x "onerror=alert(1)")`,
	`[a](https://a.example "\" onmouseover=\"alert(1)")`,
	`<a href="https://a.example" onclick="alert(1)">x</a>`,
	"```\"onclick=alert(1)\n</code></pre><script>alert(1)</script>\n```",
	"`</code><script>alert(1)</script>`",
	`<style>@import 'https://evil.example'</style>`,
	`<form action="https://evil.example"><input name=pin></form>`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
	"<!--><script>alert(1)</script>-->",
	`<div id="main" class="private" style="position:fixed">over everything</div>`,
	`<?php echo 1 ?><![CDATA[<script>alert(1)</script>]]>`,
	"# Title {#main onclick=alert(1)}",
	"&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;alert(1)",
	"<base href=https://evil.example><meta http-equiv=refresh content=0>",
	"[x]: javascript:alert(1)\n\n[x]",
	"www.evil.example/\"onmouseover=alert(1)",
}

var harmless = map[string][]string{
	"p": nil, "br": nil, "em": nil, "strong": nil, "del": nil, "ul": nil, "li": nil, "blockquote": nil, "pre": nil, "code": nil,
	"h3": nil, "h4": nil, "hr": nil, "ol": {"start"}, "a": {"href", "rel"},
}

func TestMarkdownIsSafe(t *testing.T) {
	if len(attacks) < 20 {
		t.Fatal("too few attacks")
	}
	for _, attack := range attacks {
		for _, source := range []string{attack, "Words " + attack + " words", "* " + attack, "> " + attack, "**" + attack + "**", "[" + attack + "](/x)"} {
			isHarmless(t, source, string(Markdown(source)), harmless)
		}
	}
}

// isHarmless looks for anything in a drawn page but what harmless names.
func isHarmless(t *testing.T, source, page string, harmless map[string][]string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader("<section>" + page + "</section>"))
	if err != nil {
		t.Fatal(err)
	}
	each(root, func(e *html.Node, attributes map[string]string) {
		if slices.Contains([]string{"html", "head", "body", "section"}, e.Data) && len(attributes) == 0 {
			return
		}
		allowed, known := harmless[e.Data]
		if !known {
			t.Errorf("%q gives <%s>", source, e.Data)
		}
		for name, value := range attributes {
			if !slices.Contains(allowed, name) {
				t.Errorf("%q gives <%s %s>", source, e.Data, name)
			}
			if to, err := url.Parse(value); name == "href" && (err != nil || !slices.Contains([]string{"", "http", "https", "mailto", "tel"}, to.Scheme)) {
				t.Errorf("%q links to %q", source, value)
			}
		}
		if e.Data == "a" && attributes["rel"] != linkRelation {
			t.Errorf("%q gives a link with rel %q", source, attributes["rel"])
		}
		if e.Data == "span" && attributes["class"] != "mention" {
			t.Errorf("%q gives a span of class %q", source, attributes["class"])
		}
	})
}

func TestMarkdownSaysWhatWasWritten(t *testing.T) {
	for source, want := range map[string]string{
		"Two **bold** and *soft*\nlines": "<p>Two <strong>bold</strong> and <em>soft</em><br>\nlines</p>\n",
		"* one\n* two":                   "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n",
		"3. three":                       "<ol start=\"3\">\n<li>three</li>\n</ol>\n",
		"# Big\n\n### Small":             "<h3>Big</h3>\n<h4>Small</h4>\n",
		"See https://a.example/x":        `<p>See <a href="https://a.example/x" rel="noopener nofollow">https://a.example/x</a></p>` + "\n",
		"[task](/tasks/4)":               `<p><a href="/tasks/4" rel="noopener nofollow">task</a></p>` + "\n",
		"![plan](https://a.example/p)":   `<p><a href="https://a.example/p" rel="noopener nofollow">plan</a></p>` + "\n",
		"![](https://a.example/p)":       `<p><a href="https://a.example/p" rel="noopener nofollow">https://a.example/p</a></p>` + "\n",
		"Use <input> & <b>this</b>":      "<p>Use &lt;input&gt; &amp; &lt;b&gt;this&lt;/b&gt;</p>\n",
		"<div>\nblock\n</div>":           "<p>&lt;div&gt;\nblock\n&lt;/div&gt;</p>",
		"~~gone~~":                       "<p><del>gone</del></p>\n",
		"Ελληνικά":                       "<p>Ελληνικά</p>\n",
		"":                               "",
	} {
		if got := string(Markdown(source)); got != want {
			t.Errorf("%q became %q, want %q", source, got, want)
		}
	}
}

func TestPlain(t *testing.T) {
	for source, want := range map[string]string{
		"# Title\n\nTwo **bold**\nlines, [here](/x) and `code`\n\n* one\n* two": "Title Two bold lines, here and code one two",
		"![plan](https://a.example/p) https://b.example":                        "plan https://b.example",
		"```\nfirst\nsecond\n```":                                               "first second",
		"a <b>c</b>":                                                            "a <b>c</b>",
		"<div>\nx\n</div>":                                                      "<div> x </div>",
		"<!-- x\n-->":                                                           "<!-- x -->",
		`AT&amp;T \*2\*, C:\new and &copy`:                                      `AT&T *2*, C:\new and &copy`,
		"`AT&amp;T \\*`":                                                        `AT&amp;T \*`,
		"":                                                                      "",
	} {
		if got := Plain(source); got != want {
			t.Errorf("%q became %q, want %q", source, got, want)
		}
	}
}

// What costs much more than its length would let one person stop the program.
func BenchmarkMarkdown(b *testing.B) {
	const size = 50000 // the longest description
	for _, piece := range []string{"[", "![", "*", "_", "`", "> ", ">", "* a\n", "* ", "1. ", "<", "[a](", "**a ", "~~", "&", "\\", "<a ", "[a]: /b\n", "a@", "www.", "- > ", "-", "a\n"} {
		b.Run(strconv.Quote(piece), func(b *testing.B) {
			source := strings.Repeat(piece, size/len(piece))
			for b.Loop() {
				Markdown(source)
				Plain(source)
			}
		})
	}
}

func TestTangledTextIsShownAsTyped(t *testing.T) {
	source := strings.Repeat("> ", 30) + "<b>deep</b>\nnext"
	if got := string(Markdown(source)); !strings.HasSuffix(got, "&gt; &lt;b&gt;deep&lt;/b&gt;<br>\nnext</p>") || strings.Contains(got, "blockquote") {
		t.Errorf("it became %q", got)
	}
	if got := Plain(source); !strings.HasSuffix(got, "> <b>deep</b> next") {
		t.Errorf("without marks it is %q", got)
	}
	for _, usual := range []string{"> > two\n> one", strings.Repeat("-", 60), "* one\n* two", "1. one\n2. two", "- [ ] open\n- [x] done", "2026 was good. 2027 too."} {
		if tangled(usual) {
			t.Errorf("%q is taken for a tangle", usual)
		}
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"Eleni Papadopoulou": "EP", "Maria": "M", "Anna Maria van der Berg": "AB", "Ελένη Άννινου": "ΕΑ", "άννα": "Α", "": "", "  ": "",
		"(Nikos) \"Raptis\"": "NR", "🦊": "", "Émile Öz": "ÉÖ", "Anne-Marie": "AM", "3M": "3", "<b>": "B",
	} {
		if got := Initials(name); got != want {
			t.Errorf("%q has the initials %q, want %q", name, got, want)
		}
	}
}
