package views

import (
	"errors"
	"fmt"
	"html/template"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // zones also where the machine has none

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// Words are a reader's language, zone and today. Everything that a template says
// goes through them. They know the day but not the hour, so that what they say
// stays true until midnight and can be kept until then.
type Words struct {
	Language string
	Zone     *time.Location

	catalogue *catalogue
	today     time.Time // midnight UTC of the reader's day
}

// For makes the words of a reader. An unknown language means the default one, an
// unknown zone means UTC.
func For(language, zone string, now time.Time) *Words {
	words, ok := catalogues()[language]
	if !ok {
		words = catalogues()[Languages[0].Code]
	}
	place := location(zone)
	return &Words{Language: words.code, Zone: place, catalogue: words, today: midnight(now.In(place))}
}

// Today is the reader's date, such as "2026-05-20".
func (w *Words) Today() string { return w.today.Format(time.DateOnly) }

var zones sync.Map // name to *time.Location; only real names, so it cannot grow

func location(name string) *time.Location {
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location)
	}
	place, err := time.LoadLocation(name)
	if err != nil || place == time.Local {
		return time.UTC
	}
	zones.Store(name, place)
	return place
}

// T says a sentence of the catalogue. Its placeholders are filled from name and
// value pairs: T "reply.to" "company" "Kyma". Whole numbers are written as the
// language writes them.
func (w *Words) T(key string, pairs ...any) string {
	if text, ok := w.catalogue.plain[key]; ok {
		return text
	}
	return w.say(key, nil, pairs, false)
}

// N is T for a sentence with a number, in the plural form that the language has
// for it. The number itself is the placeholder n.
func (w *Words) N(key string, count any, pairs ...any) string {
	return w.say(key, count, pairs, false)
}

// H is T for a sentence with markup in it: every value is escaped, except what
// already is template.HTML, such as an Anchor or a time element.
func (w *Words) H(key string, pairs ...any) template.HTML {
	return template.HTML(w.say(key, nil, pairs, true))
}

// HN is N with markup, as H is T with markup.
func (w *Words) HN(key string, count any, pairs ...any) template.HTML {
	return template.HTML(w.say(key, count, pairs, true))
}

// Knows tells whether the catalogue has a key, for keys made of stored words.
func (w *Words) Knows(key string) bool { return w.catalogue.keys[key] }

// And joins names as the language does: "Katerina, Maria and Nikos".
func (w *Words) And(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return w.T("list.and", "first", strings.Join(names[:last], ", "), "last", names[last])
}

func (w *Words) say(key string, count any, pairs []any, markup bool) string {
	values := make(map[string]string, len(pairs)/2+1)
	ask := &i18n.LocalizeConfig{MessageID: key, TemplateData: values, TemplateParser: sentences}
	if count != nil {
		number, ok := whole(count)
		if !ok {
			return w.catalogue.miss(key, fmt.Errorf("%v (%T) is no whole number", count, count))
		}
		ask.PluralCount, values["n"] = number, w.Num(number)
	}
	if len(pairs)%2 != 0 {
		return w.catalogue.miss(key, errors.New("a name without a value"))
	}
	for i := 0; i < len(pairs); i += 2 {
		values[fmt.Sprint(pairs[i])] = w.value(pairs[i+1], markup)
	}
	text, err := w.catalogue.localizer.Localize(ask)
	if err != nil {
		return w.catalogue.miss(key, err)
	}
	return text
}

func (w *Words) value(value any, markup bool) string {
	if safe, ok := value.(template.HTML); ok {
		return string(safe)
	}
	text := fmt.Sprint(value)
	if number, ok := whole(value); ok {
		text = w.Num(number)
	}
	if markup {
		return template.HTMLEscapeString(text)
	}
	return text
}
