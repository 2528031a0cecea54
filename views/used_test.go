package views

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryTemplateIsUsed: a template that neither another one nor the program
// names is never executed, and nothing else would notice that it is wrong.
func TestEveryTemplateIsUsed(t *testing.T) {
	named := map[string]bool{}
	note := func(pattern string, text []byte, prefix string) {
		for _, found := range regexp.MustCompile(pattern).FindAllSubmatch(text, -1) {
			named[prefix+string(found[1])] = true
		}
	}
	read := func(root string, ending string, see func(path string, text []byte)) {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ending) || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			see(path, text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	literal := `"((?:account|door|errors|fragments|layout|mail|portal|preview|print|team)/[a-z_]+)"`
	read(".", ".html", func(_ string, text []byte) { note(`template "([a-z_/]+)"`, text, "") })
	for _, root := range []string{".", "../handlers"} {
		read(root, ".go", func(path string, text []byte) {
			note(literal, text, "")
			// Regions are named by their fragment without the side.
			side := map[bool]string{true: "fragments/team_", false: "fragments/client_"}[strings.Contains(path, "team")]
			note(`(?:drawer\(|region\(|fragment\(|\{)"([a-z-]+)"`, text, side)
		})
	}
	read(".", ".html", func(path string, _ []byte) {
		name := strings.TrimSuffix(filepath.ToSlash(path), ".html")
		if !named[name] && !named[strings.ReplaceAll(name, "_", "-")] {
			t.Errorf("%s.html is named by nothing", name)
		}
	})
}
