package db

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSharedRun(t *testing.T) {
	for _, c := range []struct{ text, other, want string }{
		{"We send it. The second oven is broken, again! Sorry.", "FYI the SECOND oven is (broken) again", "The second oven is broken, again"},
		{"one two three four five six", "one two three four five six", "one two three four five six"},
		{"one two three four five six", "one two three four five", ""},
		{"one two three four five six", "one two three x four five six", ""},
		{"a b c d e f x a b c d e f g", "a b c d e f g", "a b c d e f g"},
		{"Ο πελάτης δεν πλήρωσε τους τελευταίους μήνες.", "ο ΠΕΛΑΤΗΣ ΔΕΝ ΠΛΗΡΩΣΕ ΤΟΥΣ ΤΕΛΕΥΤΑΙΟΥΣ ΜΗΝΕΣ", "Ο πελάτης δεν πλήρωσε τους τελευταίους μήνες"},
		{"I don't think we can't do", "i don’t think we can’t do", "I don't think we can't do"},
		{"I don't think we can't", "I don't think we can't", ""},
		{"* the **quick**\n* brown `fox`\n\n> jumps over", "the quick brown fox jumps over", "the **quick** * brown `fox` > jumps over"},
		{"see https://a.example/a/b/c/d/e/f ok", "https://a.example/a/b/c/d/e/f", ""},
		{"see it at https://a.example/a here today", "see it at https://a.example/a here today", "see it at https://a.example/a here today"},
		{"one two " + tok(emile) + " three four five six", "one two three four five six", "one two @… three four five six"},
		{"x y a b a b a b a z", "b a b a b a", "b a b a b a"},
		{"", "", ""}, {"...", "...", ""},
	} {
		if got := sharedRun(c.text, c.other, 6); got != c.want {
			t.Errorf("%q and %q share %q, want %q", c.text, c.other, got, c.want)
		}
	}
	long := strings.Repeat("κάτι λέξεις ", 100)
	if got := sharedRun(long, long, 6); utf8.RuneCountInString(got) > maxExcerpt || !strings.HasSuffix(got, "…") {
		t.Errorf("of a long one %q is shown", got)
	}
}

// What the automaton finds is as long as what a search of everything finds.
func TestSharedRunIsTheLongest(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	draw := func() []string {
		words := make([]string, random.IntN(25))
		for i := range words {
			words[i] = string(rune('a' + random.IntN(3)))
		}
		return words
	}
	for range 3000 {
		text, other := draw(), draw()
		longest := 0
		for i := range text {
			for j := range other {
				n := 0
				for i+n < len(text) && j+n < len(other) && text[i+n] == other[j+n] {
					n++
				}
				longest = max(longest, n)
			}
		}
		got := sharedRun(strings.Join(text, " "), strings.Join(other, " "), 2)
		if longest < 2 {
			longest = 0
		}
		if len(strings.Fields(got)) != longest || !strings.Contains(strings.Join(other, " "), got) {
			t.Fatalf("%q and %q share %q, want %d words", text, other, got, longest)
		}
	}
}

func someText(random *rand.Rand, kinds int) string {
	var out strings.Builder
	for out.Len() < maxComment {
		fmt.Fprintf(&out, "λέξη%d ", random.IntN(kinds))
	}
	return out.String()
}

// As many notes as a long conversation has do not make anybody wait.
func BenchmarkSharedRun(b *testing.B) {
	random := rand.New(rand.NewPCG(7, 8))
	for name, text := range map[string]string{
		"one letter": strings.Repeat("a ", maxComment/2), "two letters": strings.Repeat("a b ", maxComment/4), "few words": someText(random, 3),
		"many words": someText(random, 5000), "one word": strings.Repeat("a", maxComment), "an address": "://" + strings.Repeat("a", maxComment), "almost": strings.Repeat("a ", maxComment/2-4) + "b",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				runs := runsOf(text, 6)
				for range 200 {
					runs.shared(text)
				}
			}
		})
	}
}

func TestPlaceholders(t *testing.T) {
	for text, want := range map[string][]string{
		"Dear [Name], [client name] and [όνομα πελάτη…]": {"[Name]", "[client name]", "[όνομα πελάτη…]"},
		"[Name]: see below":                               {"[Name]"},
		"Hi <name> <Όνομα> <client name>":                 {"<name>", "<Όνομα>", "<client name>"},
		"{{name}} {{ client.name }} {name} ${amount}":     {"{{name}}", "{{ client.name }}", "{name}", "${amount}"},
		"%NAME% 50% and 60%":                              {"%NAME%"},
		"MYTODO _TODO TODOS mylorem ipsum":                nil,
		"XXX euros, ΧΧΧΧ, XXXL, xxx":                      {"XXX", "ΧΧΧΧ"},
		"TODO: TBD, FIXME (TBC) todo MYTODO TODO":         {"TODO", "TBD", "FIXME", "TBC"},
		"Lorem ipsum dolor":                               {"Lorem ipsum"},
		"please insert the new date here, thanks":         {"insert the new date here"},
		"insert coin. here":                               nil,
		"εισάγετε το ποσό εδώ. ΠΡΟΣ ΣΥΜΠΛΗΡΩΣΗ":           {"εισάγετε το ποσό εδώ", "ΠΡΟΣ ΣΥΜΠΛΗΡΩΣΗ"},
		"[Name] [Name]":                                   {"[Name]"},
		"[text](https://a.example) ![alt](/x) [task](/y)": nil,
		"[the plan][1] [the plan] [plan][]\n\n[1]: https://a.example\n[the plan]: /x \"t\"\n[plan]: /y": nil,
		"- [ ] open\n- [x] done\n- [X] done":                     nil,
		"[1] [^2] [sic] [...] [12/3] [EN] []":                    nil,
		"<b>bold</b> <br> <https://a.example> <me@a.example> <3": nil,
		"List<String> a < b and c > d <div class>":               nil,
		"`[Name]` `{name}` `TODO`\n\n```\n<name> {{x}} XXX\n```": nil,
		tok(emile) + " @{AAAAAAAAAAA}":                           nil,
		"[[Name]] {{name}":                                       {"[Name]", "{name}"},
		"":                                                       nil,
	} {
		if got := placeholders(text); !slices.Equal(got, want) {
			t.Errorf("%q has %q, want %q", text, got, want)
		}
	}
	for _, piece := range []string{"[", "[Name]", "[Name", "<", "<a", "{", "{{", "{a", "insert ", "X", "%A", "[a]: b\n", "TODO"} {
		for _, blank := range placeholders(strings.Repeat(piece, maxComment/len(piece))) {
			if utf8.RuneCountInString(blank) > maxExcerpt {
				t.Errorf("%q gives a long one", piece)
			}
		}
	}
}

func TestWordsAndNamesFound(t *testing.T) {
	list := []string{"margin", "internal", "περιθώριο κέρδους", "hourly rate", "", "…", "Margin", "a"}
	for text, want := range map[string][]string{
		"Our MARGIN is fine":                              {"margin"},
		"Margins, marginal, in-ternal":                    nil,
		"το ΠΕΡΙΘΩΡΙΟ  κέρδους μας":                       {"περιθώριο κέρδους"},
		"the hourly\n**rate** https://x.example/internal": {"internal", "hourly rate"},
		"is a word":                       {"a"},
		"mar\u00adgin and inter\u200bnal": {"margin", "internal"},
		"":                                nil,
	} {
		if got := wordsFound(text, list); !slices.Equal(got, want) {
			t.Errorf("%q holds the words %q, want %q", text, got, want)
		}
	}
	names := []string{"Acme", "Παπαδόπουλος Α.Ε.", "O’Brien & Sons", "3M", "Ab", strings.Repeat("Long ", 60)}
	for text, want := range map[string][]string{
		"as for ACME’s logo":              {"Acme"},
		"mail maria@acme.example":         {"Acme"},
		"https://drive.example/acme/plan": {"Acme"},
		"Acmeville, Pacme":                nil,
		"η ΠΑΠΑΔΟΠΟΥΛΟΣ Α.Ε. και Παπαδόπουλος": {"Παπαδόπουλος Α.Ε."},
		"by O'Brien & Sons":         {"O’Brien & Sons"},
		"3M and Ab":                 nil,
		"Ac" + tok(emile) + "me":    nil,
		strings.Repeat("long ", 60): {strings.TrimSpace(strings.Repeat("Long ", 39)) + "…"},
	} {
		if got := namesFound(text, names); !slices.Equal(got, want) {
			t.Errorf("%q holds the names %q, want %q", text, got, want)
		}
	}
}
