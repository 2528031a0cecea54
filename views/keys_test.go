package views

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// later are the areas whose pages are not all written: a key there may wait for
// its first use. Nothing else may lie unused in a catalogue.
var later = []string{
	"account.", "board.", "checklist.", "choice.", "column.", "comment.", "company.", "date.", "due.", "duration.", "email.", "estimate.", "event.",
	"filter.", "form.", "home.", "import.", "label.", "language.", "live.", "member.", "members.", "milestone.", "name.", "nav.", "outbox.", "page.", "person.",
	"pin.", "preview.", "priority.", "problem.", "profile.", "progress.", "project.", "projects.", "publish.", "role.", "security.",
	"setup.", "signin.", "status.", "task.", "text.", "theme.", "thread.", "time-zone.", "timeline.", "visible.", "waiting.", "watching.", "write.",
}

// source is a file in which keys are named.
type source struct{ path, text string }

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	for _, folder := range []string{"views", "handlers", "db"} {
		err := fs.WalkDir(os.DirFS(".."), folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || strings.HasSuffix(path, "_test.go") || !(strings.HasSuffix(path, ".go") || strings.HasSuffix(path, ".html")) {
				return err
			}
			text, err := os.ReadFile("../" + path)
			all = append(all, source{path, string(text)})
			return err
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	return all
}

// uses are the ways to name a key: in a template, in Go, in a menu's link, in a
// field's mistake.
var uses = []*regexp.Regexp{
	regexp.MustCompile(`\.(?:T|N|H|HN) "([^"]+)"`),
	regexp.MustCompile(`\.(?:T|N|H|HN)\("([^"]+)"`),
	regexp.MustCompile(`\bKey: +"([^"]+)"`),
	regexp.MustCompile(`\b(?:invalid|mistake)\([^,()]+, "([^"]+)"`),
	regexp.MustCompile(`\bInvalid\{[^,{}]+, "([^"]+)"`),
}

func TestEveryKeyUsedIsThere(t *testing.T) {
	english := messagesOf(t, "en")
	found := 0
	for _, file := range sources(t) {
		for _, use := range uses {
			for _, match := range use.FindAllStringSubmatch(file.text, -1) {
				found++
				if key := match[1]; !known(english, key) {
					t.Errorf("%s names %s, which is in no catalogue", file.path, key)
				}
			}
		}
	}
	for status, key := range problems {
		if english[key+".title"] == nil || english[key+".text"] == nil {
			t.Errorf("the problem %d has no words", status)
		}
	}
	if found < 40 {
		t.Errorf("only %d uses were found", found)
	}
}

// known takes what ends in a dot or hyphen for the beginning of keys, and the stem
// of a title and a text for both.
func known(all map[string]*i18n.Message, key string) bool {
	if all[key] != nil || all[key+".title"] != nil && all[key+".text"] != nil {
		return true
	}
	if strings.HasSuffix(key, ".") || strings.HasSuffix(key, "-") {
		for full := range all {
			if strings.HasPrefix(full, key) {
				return true
			}
		}
	}
	return false
}

func TestNoKeyIsUnused(t *testing.T) {
	named := map[string]bool{}
	var beginnings []string
	quoted := regexp.MustCompile(`"([a-z][a-z-]*\.[a-z.-]*)"`)
	for _, file := range sources(t) {
		for _, match := range quoted.FindAllStringSubmatch(file.text, -1) {
			named[match[1]] = true
			if strings.HasSuffix(match[1], ".") || strings.HasSuffix(match[1], "-") {
				beginnings = append(beginnings, match[1])
			}
		}
	}
	for _, key := range problems {
		beginnings = append(beginnings, key+".")
	}
	waiting := 0
	for key := range messagesOf(t, "en") {
		begins := func(beginning string) bool { return strings.HasPrefix(key, beginning) }
		switch {
		case named[key] || slices.ContainsFunc(beginnings, begins):
		case slices.ContainsFunc(later, begins):
			waiting++
		default:
			t.Errorf("%s is not used", key)
		}
	}
	t.Logf("%d keys wait for their pages", waiting)
}
