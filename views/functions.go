package views

import (
	"fmt"
	"html/template"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vitrine/db"
	"vitrine/static"
)

// functions are what every template may call besides Go's own.
var functions = map[string]any{
	"asset":    static.URL,
	"attr":     attr,
	"begins":   func(text string) string { return Shortened(Plain(text)) },
	"comment":  Comment,
	"add":      func(a, b int) int { return a + b },
	"dict":     dict,
	"excerpt":  Excerpt,
	"icon":     icon,
	"initials": Initials,
	"less":     func(n int) int { return -n },
	"link":     Anchor,
	"list":     func(items ...any) []any { return items },
	"markdown": Markdown,
	"plain":    Plain,
	"short":    Short,
	"taxkey":   db.TaxKey,
}

// icon draws a symbol of static/icons.svg. It is decoration: the word stands beside it.
func icon(name string) template.HTML {
	return template.HTML(`<svg class="icon" aria-hidden="true"><use href="` +
		template.HTMLEscapeString(static.URL("icons.svg")+"#i-"+name) + `"/></svg>`)
}

// attr writes an attribute whose name would mislead html/template: it takes
// data-one for an event handler, because what follows data- begins with "on".
func attr(name string, value any) template.HTMLAttr {
	return template.HTMLAttr(name + `="` + template.HTMLEscapeString(fmt.Sprint(value)) + `"`)
}

// dict makes a map of name and value pairs, to hand several values to a template.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict: a name without a value")
	}
	named := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: the name %v is not a text", pairs[i])
		}
		named[name] = pairs[i+1]
	}
	return named, nil
}

// Anchor is a link for use inside a sentence (Words.H). Only addresses of this
// site become links; anything else stays text.
func Anchor(address string, text any) template.HTML {
	words := template.HTMLEscapeString(fmt.Sprint(text))
	if to, err := url.Parse(address); err != nil || to.Scheme != "" || to.Host != "" || strings.HasPrefix(address, "//") {
		return template.HTML(words)
	}
	return template.HTML(`<a href="` + template.HTMLEscapeString(address) + `">` + words + `</a>`)
}

// Initials are at most two letters for a name: "Eleni Papadopoulou" is EP. Greek
// capitals lose their accent, as Greek writes them.
func Initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '-' })
	var letters []string
	for _, word := range words {
		for _, r := range word {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				letters = append(letters, capital(r))
				break
			}
		}
	}
	switch len(letters) {
	case 0:
		return ""
	case 1:
		return letters[0]
	}
	return letters[0] + letters[len(letters)-1]
}

func capital(r rune) string {
	if unicode.Is(unicode.Greek, r) {
		for _, base := range norm.NFD.String(string(r)) {
			r = base
			break
		}
	}
	return string(unicode.ToUpper(r))
}

// Short is the beginning of a hash in two groups, as people compare it: 7f3a 91c2.
func Short(hash string) string {
	if len(hash) < 8 {
		return hash
	}
	return hash[:4] + " " + hash[4:8]
}
