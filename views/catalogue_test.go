package views

import (
	"log/slog"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// forms are the plural forms that CLDR gives each language for whole numbers.
var forms = map[string][]string{"en": {"one", "other"}, "el": {"one", "other"}}

func messagesOf(t *testing.T, code string) map[string]*i18n.Message {
	t.Helper()
	text, err := os.ReadFile("locale/" + code + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	file, err := i18n.ParseMessageFileBytes(text, code+".toml", map[string]i18n.UnmarshalFunc{"toml": toml.Unmarshal})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*i18n.Message{}
	for _, m := range file.Messages {
		all[m.ID] = m
	}
	return all
}

func formsOf(m *i18n.Message) map[string]string {
	filled := map[string]string{}
	for name, text := range map[string]string{"zero": m.Zero, "one": m.One, "two": m.Two, "few": m.Few, "many": m.Many, "other": m.Other} {
		if text != "" {
			filled[name] = text
		}
	}
	return filled
}

func TestCataloguesSayTheSame(t *testing.T) {
	english := messagesOf(t, "en")
	if len(english) < 400 {
		t.Fatalf("only %d sentences were read", len(english))
	}
	for _, language := range Languages {
		code := language.Code
		all := messagesOf(t, code)
		for key := range english {
			if all[key] == nil {
				t.Errorf("%s lacks %s", code, key)
			}
		}
		for key, m := range all {
			if english[key] == nil {
				t.Errorf("%s has %s, which en lacks", code, key)
				continue
			}
			compare(t, code, english[key], m)
		}
	}
}

var placeholder = regexp.MustCompile(`\{\{\.[a-z]+\}\}|\{[a-z]+\}`)

func compare(t *testing.T, code string, english, m *i18n.Message) {
	t.Helper()
	texts := formsOf(m)
	plural := english.One != ""
	for form := range texts {
		if wanted := forms[code]; plural && !slices.Contains(wanted, form) || !plural && form != "other" {
			t.Errorf("%s %s has the form %q", code, m.ID, form)
		}
	}
	for _, form := range forms[code] {
		if plural && texts[form] == "" {
			t.Errorf("%s %s lacks the form %q", code, m.ID, form)
		}
	}
	want := placeholders(english.Other)
	for form, text := range texts {
		got := placeholders(text)
		if form != "other" && slices.Contains(want, "{{.n}}") {
			got = placeholders(text + "{{.n}}") // "the one task" needs no number
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s %s (%s) has the placeholders %v, en has %v", code, m.ID, form, got, want)
		}
		if strings.ContainsAny(text, "<>&!\n") {
			t.Errorf("%s %s (%s) holds markup, an exclamation mark or a line break: %q", code, m.ID, form, text)
		}
		if strings.TrimSpace(text) != text && m.ID != "priority.word" {
			t.Errorf("%s %s (%s) has blanks around it: %q", code, m.ID, form, text)
		}
		for _, word := range []string{"oops", "successfully", "Ουπς", "επιτυχώς"} {
			if strings.Contains(strings.ToLower(text), word) {
				t.Errorf("%s %s says %q", code, m.ID, word)
			}
		}
	}
}

func placeholders(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// latin are the words that stay so in Greek.
var latin = regexp.MustCompile(`\{[^}]*\}+|Vitrine|Trello|Toggl|Harvest|Clockify|UTF-8|API|PNG|JPEG|GIF|WebP|[KM]B\b|megapixel|JSON|CSV|PDF|SHA-256|UTC|PIN|Email|email|Ctrl Enter|byte|MiB|power-up|\bh\b|\bmin\b`)

func TestGreekIsGreek(t *testing.T) {
	for key, m := range messagesOf(t, "el") {
		for form, text := range formsOf(m) {
			if rest := latin.ReplaceAllString(text, ""); regexp.MustCompile(`[A-Za-z]`).MatchString(rest) {
				t.Errorf("%s (%s) holds Latin letters: %q", key, form, text)
			}
		}
	}
}

func TestMissingKeysAreSeenAndCounted(t *testing.T) {
	defer forget(Missing())
	defer hush()()
	w := For("el", "UTC", noon)
	for _, said := range []string{
		w.T("no.such-key"), w.N("no.such-key", 3), string(w.H("no.such-key")),
		w.T("preview.as"),                        // a value is missing
		w.T("preview.as", "name"),                // a name without a value
		w.N("progress.done", "three"),            // no number
		w.T("progress.done", "somebody", "else"), // n is missing
	} {
		if !strings.HasPrefix(said, "⟦") || !strings.HasSuffix(said, "⟧") {
			t.Errorf("said %q, nobody would see the fault", said)
		}
	}
	if got := Missing(); !slices.Contains(got, "el no.such-key") || !slices.Contains(got, "el preview.as") || !slices.Contains(got, "el progress.done") {
		t.Errorf("counted %v", got)
	}
}

func TestMissingIsBounded(t *testing.T) {
	defer forget(Missing())
	defer hush()()
	w := For("en", "UTC", noon)
	for i := range 2 * missingLimit {
		w.T("event." + strings.Repeat("x", i))
	}
	if got := len(Missing()); got > missingLimit {
		t.Errorf("%d keys are held", got)
	}
}

// hush keeps a test's wanted faults out of its output.
func hush() (speak func()) {
	before := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	return func() { slog.SetDefault(before) }
}

// forget takes a test's own faults out of the count, which TestMain looks at.
func forget(before []string) {
	missingGuard.Lock()
	defer missingGuard.Unlock()
	for key := range missing {
		if !slices.Contains(before, key) {
			delete(missing, key)
		}
	}
}

func TestPick(t *testing.T) {
	for header, want := range map[string]string{
		"": "en", "el": "el", "el-GR,el;q=0.9,en;q=0.8": "el", "EL": "el", "el-CY": "el", "en-GB,el;q=0.5": "en",
		"de,el;q=0.5": "el", "de": "en", "*": "en", "ell": "el", "nonsense;;;q=": "en", "\x00": "en",
		strings.Repeat("a-", 3000): "en", "el," + strings.Repeat("de,", 400): "en",
	} {
		if got := Pick(header); got != want {
			t.Errorf("%.40q picks %s, want %s", header, got, want)
		}
	}
}
