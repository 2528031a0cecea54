package views

import (
	"os"
	"regexp"
	"testing"
)

// Whatever may be said about a file of time entries, or a row of one, has words.
func TestProblemsOfTimeImportsHaveWords(t *testing.T) {
	english := messagesOf(t, "en")
	words := func(path, pattern, area string, least int) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		kinds := regexp.MustCompile(pattern).FindAllSubmatch(text, -1)
		for _, kind := range kinds {
			if english[area+string(kind[1])] == nil {
				t.Errorf("%s%s has no words", area, kind[1])
			}
		}
		if len(kinds) < least {
			t.Errorf("%s: only %d kinds", path, len(kinds))
		}
	}
	words("../db/importers/badfile.go", `"import\.time\.bad\.([a-z]+)"`, "import.time.bad.", 11)
	words("../db/importers/time.go", `(?m)^\ttime[A-Z][A-Za-z]+ += "([a-z]+)"`, "import.time.row.", 16)
}
