package static

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestEveryIconUsedIsThere(t *testing.T) {
	icons := map[string]bool{}
	for _, symbol := range regexp.MustCompile(`<symbol id="(i-[a-z]+)"`).FindAllStringSubmatch(read(t, "icons.svg"), -1) {
		if icons[symbol[1]] {
			t.Errorf("icons.svg has %s twice", symbol[1])
		}
		icons[symbol[1]] = true
	}
	if len(icons) < 20 {
		t.Fatalf("only %d icons found in icons.svg", len(icons))
	}
	// Both ways to write one: the address itself, and a name given to the icon function.
	used := regexp.MustCompile(`#(i-[a-z]+)|\bicon "([a-z]+)"`)
	err := fs.WalkDir(os.DirFS("../views"), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !(strings.HasSuffix(path, ".html") || strings.HasSuffix(path, ".go")) {
			return err
		}
		for _, use := range used.FindAllStringSubmatch(read(t, "../views/"+path), -1) {
			name := use[1]
			if name == "" {
				name = "i-" + use[2]
			}
			if !icons[name] {
				t.Errorf("views/%s uses %s, which icons.svg does not have", path, name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestStyleKeepsItsRules(t *testing.T) {
	style := read(t, "app.css")
	if len(style) >= 30<<10 {
		t.Errorf("app.css has %d bytes, its budget is 30 KB", len(style))
	}
	if strings.Count(style, "{") != strings.Count(style, "}") {
		t.Error("app.css has an open brace")
	}
	tokens, rest, found := strings.Cut(style, "@layer base {")
	if !found {
		t.Fatal("app.css has no base layer")
	}
	for _, use := range regexp.MustCompile(`var\((--[\w-]+)\)`).FindAllStringSubmatch(style, -1) {
		if !regexp.MustCompile(regexp.QuoteMeta(use[1]) + `:`).MatchString(style) {
			t.Errorf("app.css uses %s, which nothing sets", use[1])
		}
	}
	if strings.Contains(rest, "var(--brand)") || !strings.Contains(tokens, "--brand-ink") {
		t.Error("a rule uses --brand itself, whose lightness is not safe for text")
	}
	// Left and right change sides in other scripts; a web address would leave the machine.
	if physical := regexp.MustCompile(`(?m)[\s;{](?:(?:margin|padding|border)-(?:left|right|top|bottom)|width|height|left|right|top|bottom):`).FindString(style); physical != "" {
		t.Errorf("app.css has a physical property:%s", physical)
	}
	for _, forbidden := range []string{"http:", "https:", "url(", "@import"} {
		if strings.Contains(style, forbidden) {
			t.Errorf("app.css contains %s", forbidden)
		}
	}
}

func TestMoneyKeepsItsBudget(t *testing.T) {
	if style := read(t, "money.css"); len(style) > 5<<10 || strings.Count(style, "{") != strings.Count(style, "}") || strings.Contains(style, "url(") {
		t.Errorf("money.css has %d bytes, or an open brace", len(style))
	}
}

// The page's policy is default-src 'self': what it would refuse has no place here.
func TestScriptKeepsThePolicy(t *testing.T) {
	for _, name := range []string{"app.js", "board.js"} {
		script := read(t, name)
		for _, forbidden := range []string{"eval(", "new Function", "innerHTML", "insertAdjacentHTML", "document.write", "cssText", "'style',", "http:", "https:"} {
			if strings.Contains(script, forbidden) {
				t.Errorf("%s contains %s", name, forbidden)
			}
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
