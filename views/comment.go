package views

import (
	"html/template"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/yuin/goldmark"
)

// talking reads comments: what writing reads, and emoji by their short names.
var talking = sync.OnceValue(func() goldmark.Markdown { return readingOf(shortNames{}) })

// Comment draws a reply or a note: Markdown, emoji by their short names, and the
// people whom it mentions. names answers with the name of the person with that id,
// or with the reader's word for somebody unknown and false. No id leaves it.
func Comment(source string, names func(id string) (string, bool)) template.HTML {
	source, people := standIns(source, names)
	return template.HTML(people.inHTML(markup(talking(), source)))
}

// CommentLine is a comment without its marks on one line, for excerpts and mails.
func CommentLine(source string, names func(id string) (string, bool)) string {
	source, people := standIns(source, names)
	return people.inText(line(talking(), source))
}

// CommentText is a comment without its marks, on lines as its writer broke them, for
// the text of mails.
func CommentText(source string, names func(id string) (string, bool)) string {
	source, people := standIns(source, names)
	return people.inText(lines(talking(), source))
}

// A mention stands in a comment as @{…} around a person's id. Before Markdown is read,
// one private character takes the place of each, so that the id is nowhere in what is
// read, and whatever stands around a mention cannot bring it out.
var mentionToken = regexp.MustCompile(`@\{[0-9A-Za-z]{11}\}`)

const (
	firstStandIn = 0x100000
	lastStandIn  = 0x10FFFD
	nobody       = "@…"
)

type mention struct {
	name  string
	known bool
}

// mentions are those of one comment, in the order of their stand-ins.
type mentions []mention

func standIns(source string, names func(id string) (string, bool)) (string, mentions) {
	source = withoutStandIns(source)
	seats := map[string]rune{}
	var people mentions
	source = mentionToken.ReplaceAllStringFunc(source, func(token string) string {
		id := token[2 : len(token)-1]
		seat, seated := seats[id]
		if !seated {
			if seat = rune(firstStandIn + len(people)); seat > lastStandIn {
				return nobody
			}
			name, known := names(id)
			seats[id], people = seat, append(people, mention{mentionName(name), known})
		}
		return string(seat)
	})
	return source, people
}

func isStandIn(r rune) bool { return r >= firstStandIn && r <= lastStandIn }

func withoutStandIns(text string) string {
	if !strings.ContainsFunc(text, isStandIn) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if isStandIn(r) {
			return -1
		}
		return r
	}, text)
}

// mentionName makes a name fit to stand in a line of somebody else's: no controls,
// nothing invisible, nothing that turns the direction around, no token of its own.
func mentionName(name string) string {
	name = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if !unicode.IsSpace(r) && unicode.In(r, unicode.C) {
			return -1
		}
		return r
	}, name)), " ")
	if name == "" {
		return "…"
	}
	return mentionToken.ReplaceAllString(name, nobody)
}

// inText puts the names in. A token that only came about by reading Markdown (by
// escapes, say) mentions nobody.
func (people mentions) inText(text string) string {
	return people.named(mentionToken.ReplaceAllString(text, nobody), func(m mention) string { return "@" + m.name })
}

// encodedToken is what a token, and encodedStandIn what a stand-in becomes in an address.
var (
	encodedToken   = regexp.MustCompile(`(?i)(?:@|%40)(?:\{|%7B)[0-9a-z]{11}(?:\}|%7D)`)
	encodedStandIn = regexp.MustCompile(`(?i)%F4%8[0-9a-f]%[89ab][0-9a-f]%[89ab][0-9a-f]`)
)

// inHTML does the same for what left allowed(), where < and > are tags and nothing
// else. In code a mention is words, in an address it is left out.
func (people mentions) inHTML(page string) string {
	var out strings.Builder
	code := 0
	for page != "" {
		text, rest, _ := strings.Cut(page, "<")
		out.WriteString(people.named(mentionToken.ReplaceAllString(text, nobody), func(m mention) string { return m.tag(code > 0) }))
		if len(text) == len(page) {
			break
		}
		var tag string
		tag, page, _ = strings.Cut(rest, ">")
		switch tag {
		case "code", "pre":
			code++
		case "/code", "/pre":
			code--
		}
		out.WriteString("<" + encodedToken.ReplaceAllString(encodedStandIn.ReplaceAllString(withoutStandIns(tag), ""), "") + ">")
	}
	return out.String()
}

func (m mention) tag(plain bool) string {
	name := template.HTMLEscapeString("@" + m.name)
	if plain || !m.known {
		return name
	}
	return `<span class="mention">` + name + `</span>`
}

func (people mentions) named(text string, name func(mention) string) string {
	if !strings.ContainsFunc(text, isStandIn) {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		switch {
		case !isStandIn(r):
			out.WriteRune(r)
		case int(r-firstStandIn) < len(people):
			out.WriteString(name(people[r-firstStandIn]))
		}
	}
	return out.String()
}
