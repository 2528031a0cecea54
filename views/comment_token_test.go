package views

import (
	"html"
	"math/rand/v2"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// around are the ways to stand in Markdown; % is what stands there.
var around = []string{"%", "a%b", "*%*", "**%**", "_%_", "~~%~~", "`%`", "``%``", "```\n%\n```", "```%\nx\n```", "~~~ %\n%", "    %", "\t%", "> %", "* %", "1. %", "# %", "%\n===", "- [ ] %",
	"[%](/x)", "[x](%)", "[x](/%)", "[x](<%>)", `[x](/y "%")`, "[x](https://a.example/?%#%)", "[x][%]\n\n[%]: /y", "[%]: %\n\n[%]", "[x]: /y '%'\n\n[x]", "![%](%)", "![](%)", `![x](https://a.example/% "%")`,
	"https://a.example/%", "www.a.example/%/%", "<https://a.example/%>", "<mailto:%>", "mailto:%@b.example", "a%@b.example", "https://%.example", "ftp://a.example/%",
	"<b>%</b>", "<a href='%'>", "<%>", "<div>\n%\n</div>", "<!-- % -->", "<?% ?>", "<![CDATA[%]]>", "<script>%</script>", "<pre>%</pre>", "&%;", "&#%;", `\%`, `\\%`, "@%", "@{%}", "{%}", "%%", "%\\\n%", "%  \n%", ":%:", "|%|\n|-|\n|%|", "%\u202e", "%\x00"}

func nested(random *rand.Rand, token string) string {
	text := token
	for range 1 + random.IntN(5) {
		text = strings.ReplaceAll(around[random.IntN(len(around))], "%", text)
		if len(text) > 3000 {
			break
		}
	}
	return text
}

var anyToken = regexp.MustCompile(`@\{[0-9A-Za-z]{11}\}`)

// noID fails where an id of a mention, or anything in the form of one, can be read.
func noID(t *testing.T, source string, ids ...string) {
	t.Helper()
	names := func(id string) (string, bool) { return "Name" + string(id[0]), id[0] != 'N' }
	page := string(Comment(source, names))
	outs := []string{page, html.UnescapeString(page), CommentLine(source, names), CommentText(source, names)}
	for _, link := range regexp.MustCompile(`href="[^"]*"`).FindAllString(page, -1) {
		address, err := url.PathUnescape(html.UnescapeString(link))
		if err != nil {
			t.Fatalf("%q gives an address that cannot be read: %q", source, link)
		}
		outs = append(outs, address)
	}
	for _, out := range outs {
		if anyToken.MatchString(out) || strings.ContainsFunc(out, isStandIn) {
			t.Fatalf("%q lets a token out: %q", source, out)
		}
		for _, id := range ids {
			if strings.Contains(out, id) {
				t.Fatalf("%q lets the id %s out: %q", source, id, out)
			}
		}
	}
	if strings.Contains(page, "<code") {
		for _, code := range regexp.MustCompile(`(?s)<code>.*?</code>`).FindAllString(page, -1) {
			if strings.Contains(code, "<span") {
				t.Fatalf("%q marks a mention in code: %q", source, page)
			}
		}
	}
}

func TestNoIDLeavesAComment(t *testing.T) {
	for _, outer := range around {
		for _, inner := range around {
			noID(t, strings.ReplaceAll(outer, "%", strings.ReplaceAll(inner, "%", "@{MariasId001}")), mariasID)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		noID(t, nested(random, "@{MariasId001}")+nested(random, " @{NobodysId01} "), mariasID, strangerID)
	}
}

func FuzzComment(f *testing.F) {
	for _, attack := range attacks {
		f.Add(attack + "@{MariasId001}")
	}
	random := rand.New(rand.NewPCG(3, 4))
	for range 60 {
		f.Add(nested(random, "@{MariasId001}"))
	}
	f.Fuzz(func(t *testing.T, source string) {
		isHarmless(t, source, string(Comment(source, twoNames)), harmlessInComments)
		noID(t, source)
		if line := CommentLine(source, twoNames); strings.ContainsAny(line, "\r\n") {
			t.Fatalf("%q is more than a line: %q", source, line)
		}
	})
}

const longestComment = 20000

// What costs much more than its length would let one person stop the program.
func BenchmarkComment(b *testing.B) {
	for _, piece := range []string{"@{MariasId001}", "@{", "@", ":", ":a", ":a:", ":+1:", "`@{MariasId001}", "* @{MariasId001}\n", "> @{MariasId001}\n", "[@{MariasId001}](/", "<@{MariasId001}", "&#x100000;", "\\", "&"} {
		b.Run(strconv.Quote(piece), func(b *testing.B) {
			source := strings.Repeat(piece, longestComment/len(piece))
			for b.Loop() {
				Comment(source, twoNames)
				CommentLine(source, twoNames)
				CommentText(source, twoNames)
			}
		})
	}
}

func TestLongestComments(t *testing.T) {
	var deep strings.Builder
	for depth := 0; deep.Len() < longestComment; depth++ {
		deep.WriteString(strings.Repeat("  ", depth) + "* @{MariasId001}\n")
	}
	word := strings.Repeat("ω", 10000)
	for _, source := range []string{deep.String(), word, "@{MariasId001}" + word, word + "@{MariasId001}"} {
		noID(t, source, mariasID)
	}
	if got := CommentText(word, twoNames); got != word {
		t.Error("a long word is not itself")
	}
}
