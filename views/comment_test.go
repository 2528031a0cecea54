package views

import (
	"maps"
	"strings"
	"testing"
)

const (
	mariasID   = "MariasId001"
	strangerID = "NobodysId01"
)

func twoNames(id string) (string, bool) {
	if id == mariasID {
		return "Maria & Co", true
	}
	return "somebody", false
}

func TestCommentDrawsMentions(t *testing.T) {
	const maria = `<span class="mention">@Maria &amp; Co</span>`
	for source, want := range map[string]string{
		"Hi @{MariasId001}, all **done**":            "<p>Hi " + maria + ", all <strong>done</strong></p>\n",
		"**@{MariasId001}**\n_@{MariasId001}_":       "<p><strong>" + maria + "</strong><br>\n<em>" + maria + "</em></p>\n",
		"@{NobodysId01} left":                        "<p>@somebody left</p>\n",
		"`@{MariasId001}`":                           "<p><code>@Maria &amp; Co</code></p>\n",
		"``a ` @{MariasId001}`` @{MariasId001}":      "<p><code>a ` @Maria &amp; Co</code> " + maria + "</p>\n",
		"    @{MariasId001}":                         "<pre><code>@Maria &amp; Co\n</code></pre>\n",
		"```html\n@{MariasId001}\n```\nafter":        "<pre><code>@Maria &amp; Co\n</code></pre>\n<p>after</p>\n",
		"```@{MariasId001}\nx\n```":                  "<pre><code>x\n</code></pre>\n",
		"[@{MariasId001}](/x)":                       `<p><a href="/x" rel="noopener nofollow">` + maria + "</a></p>\n",
		`[x](/y@{MariasId001} "@{MariasId001}")`:     `<p><a href="/y" rel="noopener nofollow">x</a></p>` + "\n",
		"[x]: /y@{MariasId001}\n\n[x]":               `<p><a href="/y" rel="noopener nofollow">x</a></p>` + "\n",
		"https://a.example/@{MariasId001}":           `<p><a href="https://a.example/" rel="noopener nofollow">https://a.example/</a>` + maria + "</p>\n",
		"<https://a.example/@{MariasId001}>":         `<p><a href="https://a.example/" rel="noopener nofollow">https://a.example/` + maria + "</a></p>\n",
		"![](https://a.example/@{MariasId001})":      `<p><a href="https://a.example/" rel="noopener nofollow">https://a.example/` + maria + "</a></p>\n",
		"<b title='@{MariasId001}'>":                 "<p>&lt;b title=&#39;" + maria + "&#39;&gt;</p>",
		"@{MariasId01} @{MariasId0001} @{Maria}":     "<p>@{MariasId01} @{MariasId0001} @{Maria}</p>\n",
		`@\{MariasId001} [x](/@\{MariasId001})`:      `<p>@… <a href="/" rel="noopener nofollow">x</a></p>` + "\n",
		"@&#123;MariasId001}":                        "<p>@…</p>\n",
		"@{Maria\U00100000sId001}":                   "<p>" + maria + "</p>\n",
		"@{MariasId001}&#x100000;&#x100001;":         "<p>" + maria + maria + "</p>\n", // whoever knows how gets what the text says anyhow
		"[x](/y/%F4%80%80%80%40%7bMariasId001%7D/z)": `<p><a href="/y//z" rel="noopener nofollow">x</a></p>` + "\n",
		strings.Repeat("> ", 30) + "@{MariasId001}":  "<p>" + strings.Repeat("&gt; ", 30) + maria + "</p>",
		"": "",
	} {
		if got := string(Comment(source, twoNames)); got != want {
			t.Errorf("%q became %q, want %q", source, got, want)
		}
	}
}

func TestCommentAsksOnceForEachName(t *testing.T) {
	asked := ""
	Comment("@{MariasId001} @{NobodysId01} @{MariasId001} `@{MariasId001}`", func(id string) (string, bool) {
		asked += id + " "
		return "", true
	})
	if asked != "MariasId001 NobodysId01 " {
		t.Errorf("it asked for %q", asked)
	}
}

func TestCommentDrawsShortNames(t *testing.T) {
	for source, want := range map[string]string{
		"Done :+1::tada: (:thumbsup:).":   "Done 👍🎉 (👍).",
		"🎉 typed, 👩‍👩‍👧 and 👍🏽":           "🎉 typed, 👩‍👩‍👧 and 👍🏽",
		"at 10:100:5 or std::key::x":      "at 10:100:5 or std::key::x",
		"Ναι:tada: :tada:ναι :tada: ναι":  "Ναι:tada: :tada:ναι 🎉 ναι",
		":octocat: :nothing-so: : :: :a:": ":octocat: :nothing-so: : :: 🅰️",
		"`:tada:`":                        ":tada:",
		"https://a.example/:tada:/x":      "https://a.example/:tada:/x",
	} {
		if got := CommentLine(source, twoNames); got != want {
			t.Errorf("%q became %q, want %q", source, got, want)
		}
	}
	if got := Markdown("Done :tada:"); got != "<p>Done :tada:</p>\n" {
		t.Errorf("other text became %q", got)
	}
}

func TestCommentText(t *testing.T) {
	for source, want := range map[string]string{
		"Hi @{MariasId001},\ntwo **bold**\\\nlines, `co*de`\n\n\nnext": "Hi @Maria & Co,\ntwo bold\nlines, co*de\n\nnext",
		"# Title\n* one\n* two\n  more\n  1. in\n  2. deep":            "Title\n\n- one\n- two\n  more\n  1. in\n  2. deep",
		"9. x\n\n   y\n10. z":                                                     "9. x\n\n   y\n10. z",
		"> said\n> @{NobodysId01}\n\nanswer":                                      "> said\n> @somebody\n\nanswer",
		"```\n a\n\n  b\n```\nend":                                                " a\n\n  b\n\nend",
		"[here](https://a.example/x?a=1&b=2) <https://b.example>":                 "here (https://a.example/x?a=1&b=2) https://b.example",
		"[https://a.example](https://a.example) [x](/y) [z](javascript:alert(1))": "https://a.example x z",
		"[x](https://a.example/@{MariasId001})":                                   "x (https://a.example/)",
		"a\n***\n<div>\nb\n</div>":                                                "a\n\n---\n\n<div>\nb\n</div>",
		strings.Repeat("> ", 20) + "@{MariasId001}\nnext":                         strings.Repeat("> ", 20) + "@Maria & Co\nnext",
		"@\\{MariasId001}":                                                        "@…",
		"":                                                                        "",
	} {
		if got := CommentText(source, twoNames); got != want {
			t.Errorf("%q became %q, want %q", source, got, want)
		}
	}
}

func TestNamesInMentionsAreOneLine(t *testing.T) {
	for name, want := range map[string]string{
		"Maria\u202eevil":                       "@Mariaevil",
		"Ma\u200bri\u200d\ufeffa\u2060 \u00adP": "@Maria P",
		"\u2066Maria\u2069\x00\x1b[31m":         "@Maria[31m",
		" Maria\r\n\tP\u2028\u2029Q\u0085R ":    "@Maria P Q R",
		"\u200b\u202e":                          "@…",
		"":                                      "@…",
		"M @{AAAAAAAAAAA}":                      "@M @…",
		"\U00100000\ue000M":                     "@M",
		"**M** `x` :tada:":                      "@**M** `x` :tada:",
	} {
		names := func(string) (string, bool) { return name, true }
		if got := CommentLine("@{AAAAAAAAAAA}", names); got != want {
			t.Errorf("%q is %q in a line, want %q", name, got, want)
		}
		if got := CommentText("@{AAAAAAAAAAA}", names); got != want {
			t.Errorf("%q is %q in a text, want %q", name, got, want)
		}
		if got, want := string(Comment("@{AAAAAAAAAAA}", names)), `<p><span class="mention">`+want+"</span></p>\n"; got != want {
			t.Errorf("%q is %q on a page, want %q", name, got, want)
		}
	}
}

var harmlessInComments = func() map[string][]string {
	all := maps.Clone(harmless)
	all["span"] = []string{"class"}
	return all
}()

func TestCommentIsSafe(t *testing.T) {
	tried := 0
	for _, attack := range attacks {
		names := func(id string) (string, bool) { return attack, id != strangerID }
		for _, frame := range []string{"%", "@{MariasId001}%@{NobodysId01}", "* % @{MariasId001}", "> %\n> @{NobodysId01}", "**@{MariasId001}%**",
			"[%@{MariasId001}](/x%)", "`%@{MariasId001}`", "```%\n@{MariasId001}%\n```", "<b @{MariasId001}%>", ":tada:%:tada:@{MariasId001}"} {
			source := strings.ReplaceAll(frame, "%", attack)
			isHarmless(t, source, string(Comment(source, names)), harmlessInComments)
			tried++
		}
	}
	if tried < 200 {
		t.Errorf("only %d attacks", tried)
	}
}
