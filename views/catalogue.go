package views

import (
	"log/slog"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	messages "github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Language is one that Vitrine speaks, with its name in itself.
type Language struct {
	Code string
	Name string
}

// Languages are those with a complete catalogue; the first one is the default.
var Languages = []Language{{"en", "English"}, {"el", "Ελληνικά"}}

// catalogue is all the words of one language.
type catalogue struct {
	code      string
	localizer *i18n.Localizer
	numbers   *message.Printer
	keys      map[string]bool
	// plain are the sentences without a placeholder, which need no work.
	plain                                            map[string]string
	weekdays, weekdaysShort                          []string
	months, monthsShort, monthsAlone, monthsHead     []string
	day, dayYear, dayShort, dayRecord, dayHead, full string
}

// A sentence with a placeholder that nobody filled is a fault, not "<no value>".
var sentences = &messages.TextParser{Option: "missingkey=error"}

var catalogues = sync.OnceValue(func() map[string]*catalogue {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	all := map[string]*catalogue{}
	for _, one := range Languages {
		path := "locale/" + one.Code + ".toml"
		text, err := embedded.ReadFile(path)
		if err != nil {
			panic(err) // the file is part of the binary
		}
		file, err := bundle.ParseMessageFileBytes(text, path)
		if err != nil {
			panic(path + ": " + err.Error())
		}
		all[one.Code] = readCatalogue(one.Code, bundle, file.Messages)
	}
	return all
})

func readCatalogue(code string, bundle *i18n.Bundle, all []*i18n.Message) *catalogue {
	c := &catalogue{
		code:      code,
		localizer: i18n.NewLocalizer(bundle, code),
		numbers:   message.NewPrinter(language.Make(code)),
		keys:      make(map[string]bool, len(all)),
		plain:     make(map[string]string, len(all)),
	}
	for _, m := range all {
		c.keys[m.ID] = true
		if m.One == "" && !strings.Contains(m.Other, "{{") {
			c.plain[m.ID] = m.Other
		}
	}
	names := func(key string) []string { return strings.Fields(c.plain[key]) }
	c.weekdays, c.weekdaysShort = names("date.weekdays"), names("date.weekdays-short")
	c.months, c.monthsShort, c.monthsAlone = names("date.months"), names("date.months-short"), names("date.months-alone")
	c.monthsHead = names("date.months-head")
	c.day, c.dayYear, c.dayShort = c.plain["date.day"], c.plain["date.day-year"], c.plain["date.day-short"]
	c.dayRecord, c.dayHead, c.full = c.plain["date.day-record"], c.plain["date.day-head"], c.plain["date.day-full"]
	return c
}

var matcher = sync.OnceValue(func() language.Matcher {
	var tags []language.Tag
	for _, one := range Languages {
		tags = append(tags, language.Make(one.Code))
	}
	return language.NewMatcher(tags)
})

// Pick chooses one of Languages for an Accept-Language header; the default when
// none fits or the header is no such thing.
func Pick(acceptLanguage string) string {
	// No real header comes near this length, and parsing costs by it.
	if len(acceptLanguage) > 500 {
		return Languages[0].Code
	}
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return Languages[0].Code
	}
	_, i, confidence := matcher().Match(wanted...)
	if confidence == language.No {
		return Languages[0].Code
	}
	return Languages[i].Code
}

// What was asked for and is not in a catalogue. Kept so that a test can fail;
// bounded, because a key may come from a stored row.
var (
	missing      = map[string]int{}
	missingGuard sync.Mutex
)

const missingLimit = 1000

// Missing lists, as "language key", what a catalogue was asked for in vain since
// the start.
func Missing() []string {
	missingGuard.Lock()
	defer missingGuard.Unlock()
	var keys []string
	for key := range missing {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// miss counts a key that cannot be said and makes it visible on the page.
func (c *catalogue) miss(key string, reason error) string {
	missingGuard.Lock()
	defer missingGuard.Unlock()
	name := c.code + " " + key
	if missing[name] > 0 || len(missing) < missingLimit {
		missing[name]++
	}
	if missing[name] == 1 {
		slog.Error("words missing", "language", c.code, "key", key, "reason", reason)
	}
	return "⟦" + key + "⟧"
}
