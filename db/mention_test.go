package db

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	eleni ID = 1000 + iota
	mariaP
	mariaK
	nikos
	annaMaria
	oneill
	twin
	otherTwin
	emile
)

var present = []Mentionable{{eleni, "Ελένη Παπαδοπούλου"}, {mariaP, "Maria Papa"}, {mariaK, "Maria Kosta"}, {nikos, "Νίκος"}, {annaMaria, "Anna-Maria van der Berg"},
	{oneill, "Seán O’Neill"}, {twin, "Alex Twin"}, {otherTwin, "alex twin"}, {emile, "Émile"}, {eleni, "Ελένη Παπαδοπούλου"}, {77, "  "}}

func tok(id ID) string { return "@{" + id.String() + "}" }

func TestStoreMentions(t *testing.T) {
	for typed, want := range map[string]string{
		"@Ελένη Παπαδοπούλου, δείτε":          tok(eleni) + ", δείτε",
		"@ελενη, δείτε":                       tok(eleni) + ", δείτε",
		"@ΕΛΕΝΗ ΠΑΠΑΔΟΠΟΥΛΟΥ!":                tok(eleni) + "!",
		norm.NFD.String("@Ελένη! Έλα"):        tok(eleni) + "! Έλα",
		"@ελενη   παπαδοπουλου":               tok(eleni),
		"@Ελένη Παπ":                          tok(eleni) + " Παπ",
		"@Ελένη\nΠαπαδοπούλου":                tok(eleni) + "\nΠαπαδοπούλου",
		"(@νικος) \"@ΝΙΚΟΣ\"":                 "(" + tok(nikos) + ") \"" + tok(nikos) + "\"",
		"@Maria is one of two":                "@Maria is one of two",
		"@Maria Papa and @maria kosta’s":      tok(mariaP) + " and " + tok(mariaK) + "’s",
		"@Maria Papas":                        "@Maria Papas",
		"@Anna-Maria, @anna":                  tok(annaMaria) + ", @anna",
		"@Anna-Maria Van Der Berg":            tok(annaMaria),
		"@sean o'neill @Sean @Seans":          tok(oneill) + " " + tok(oneill) + " @Seans",
		"@Alex Twin or @Alex":                 "@Alex Twin or @Alex",
		"@emile **@Emile** _@Emile_":          tok(emile) + " **" + tok(emile) + "** _" + tok(emile) + "_",
		"-@Emile\n- @Emile\n> @Emile":         "-" + tok(emile) + "\n- " + tok(emile) + "\n> " + tok(emile),
		"a@emile me@emile.example":            "a@emile me@emile.example",
		"@emile@b.example @emile.example":     "@emile@b.example @emile.example",
		"x.@emile @@emile \\@emile":           "x.@emile @@emile \\@emile",
		"@emile. @emile- @emile_":             tok(emile) + ". " + tok(emile) + "- " + tok(emile) + "_",
		"https://a.example/@emile":            "https://a.example/@emile",
		"https://a.example/x;@emile":          "https://a.example/x;@emile",
		"[x](@emile) [@emile](/x)":            "[x](@emile) [" + tok(emile) + "](/x)",
		"`@emile` ``a ` @emile`` @emile":      "`@emile` ``a ` @emile`` " + tok(emile),
		"`@emile\n@emile` \\`@emile":          "`@emile\n@emile` \\`@emile",
		"```\n@emile\n```\n@emile":            "```\n@emile\n```\n" + tok(emile),
		"> ~~~ @emile\n> @emile\n\n@emile":    "> ~~~ @emile\n> @emile\n\n" + tok(emile),
		"a\n\n    @emile\n\n* b\n\n  @emile":  "a\n\n    @emile\n\n* b\n\n  " + tok(emile),
		"@" + " emile @ @":                    "@" + " emile @ @",
		tok(emile) + " " + tok(9999):          tok(emile) + " @…",
		"@{zzzzzzzzzzz}@{00000000000}":        "@…@…",
		"`" + tok(emile) + tok(9999) + "`":    "`@Émile@…`",
		"[x](/" + tok(emile) + ")":            "[x](/@Émile)",
		"@{AAAA" + tok(9999) + "AAAAAAA}":     "@{AAAA@…AAAAAAA}",
		strings.Repeat(">", 20) + "` @emile`": strings.Repeat(">", 20) + "` " + tok(emile) + "`",
		"@{short} @{}":                        "@{short} @{}",
		"":                                    "",
	} {
		stored, mentioned := storeMentions(typed, present)
		if stored != want {
			t.Errorf("%q is kept as %q, want %q", typed, stored, want)
		}
		if in := mentionsIn(stored); !slices.Equal(in, mentioned) {
			t.Errorf("%q mentions %v, and %v stand in it", typed, mentioned, in)
		}
		if again, _ := storeMentions(stored, present); again != stored {
			t.Errorf("%q kept again is %q", stored, again)
		}
	}
}

func TestMentionedInOrderAndOnce(t *testing.T) {
	_, mentioned := storeMentions("@Emile @Νίκος @emile "+tok(eleni)+" @ελένη", present)
	if !slices.Equal(mentioned, []ID{emile, nikos, eleni}) {
		t.Errorf("mentioned are %v", mentioned)
	}
	if got := mentionsIn(tok(5) + "@{zzzzzzzzzzz}@{00000000000}" + tok(4) + tok(5)); !slices.Equal(got, []ID{5, 4}) {
		t.Errorf("in it are %v", got)
	}
}

func TestFullNameGoesBeforeFirstName(t *testing.T) {
	stored, _ := storeMentions("@Maria @Maria Papa", append(slices.Clone(present), Mentionable{5, "Maria"}))
	if stored != tok(5)+" "+tok(mariaP) {
		t.Errorf("it is %q", stored)
	}
}

func TestTypedMentions(t *testing.T) {
	names := map[ID]string{eleni: "Ελένη Παπαδοπούλου", emile: "Émile", 5: "x " + tok(6)}
	if got := typedMentions(tok(eleni)+", "+tok(emile)+" "+tok(9999)+" @{zzzzzzzzzzz} @x "+tok(5), names); got != "@Ελένη Παπαδοπούλου, @Émile @… @… @x @x @…" {
		t.Errorf("typed it is %q", got)
	}
	stored, _ := storeMentions("(@Ελένη) **@emile**", present)
	if again, _ := storeMentions(typedMentions(stored, names), present); again != stored {
		t.Errorf("%q comes back as %q", stored, again)
	}
}

func TestMentionsOfOthers(t *testing.T) {
	others := []Mentionable{{50, "Petros Alexiou"}, {51, "Maria Stranger"}, {52, "Petros Vlachos"}, {53, "Zoë"}}
	text, _ := storeMentions("@Petros @maria stranger @Maria Papa @zoe `@Zoe` z@zoe.example @Zoe", present)
	var ids []ID
	for _, person := range mentionsOf(text, others) {
		ids = append(ids, person.ID)
	}
	if !slices.Equal(ids, []ID{50, 52, 51, 53}) {
		t.Errorf("they are %v", ids)
	}
	if got := mentionsOf("nobody@zoe.example @unknown", others); got != nil {
		t.Errorf("there is %v", got)
	}
}

func TestUnresolved(t *testing.T) {
	got := unresolved("@Petros Alexiou said, @Ελένη ok, @Maria? @unknown person @unknown a@b.example `@Code` @Ζωή Α.\n@9 @ x @Van Der Berg Of Far Away", present)
	if want := []string{"Petros Alexiou", "unknown", "Ζωή Α", "Van Der Berg Of"}; !slices.Equal(got, want) {
		t.Errorf("they are %q, want %q", got, want)
	}
	if got := unresolved("@"+strings.Repeat("λ", 5000), present); utf8.RuneCountInString(got[0]) != maxExcerpt {
		t.Errorf("a long one has %d characters", utf8.RuneCountInString(got[0]))
	}
}

func TestFoldRune(t *testing.T) {
	for r := rune(0); r < tableEnd; r++ {
		once, any := foldRune(r)
		if twice, still := foldRune(once); any && (twice != once || !still) {
			t.Errorf("%q folds to %q and that to %q", r, once, twice)
		}
	}
	for name, want := range map[string]string{" Άννα  ΓΕΩΡΓΊΟΥ ": "αννα γεωργιου", "Νίκος": "νικοσ", "Ἀθηνᾶ": "αθηνα", "Öz\u00adgür\u200b": "ozgur", "İLKER": "ilker", "か\u3099": "か", "Ёлка": "елка"} {
		if got := foldLine(name); got != want {
			t.Errorf("%q folds to %q, want %q", name, got, want)
		}
	}
}

// The longest comments of what costs most do not make anybody wait.
func BenchmarkMentions(b *testing.B) {
	people := slices.Clone(present)
	for i := range 300 {
		people = append(people, Mentionable{ID(5000 + i), strings.Repeat("Aa ", 60) + ID(i).String()})
	}
	var deep strings.Builder
	for depth := 0; deep.Len() < maxComment; depth++ {
		deep.WriteString(strings.Repeat("  ", depth) + "* @emile\n")
	}
	for _, piece := range []string{deep.String()[:maxComment], "@", "@a", "@aa ", "@Aa Aa Aa ", "@ ", "*@", "`", "`@emile", "> ", "* ", "- > ", "1. ", "> * > ", "[", "![", "<", "@{", tok(emile), tok(9999), "http://", "](", "```\n", "~~~", "\t", " ", "a\n", "|", "=\n", "-\n", "\\"} {
		b.Run(strconv.Quote(piece[:min(len(piece), 20)]), func(b *testing.B) {
			text := strings.Repeat(piece, maxComment/len(piece))
			for b.Loop() {
				stored, _ := storeMentions(text, people)
				mentionsOf(text, people)
				unresolved(text, people)
				placeholders(text)
				mentionsIn(typedMentions(stored, nil))
			}
		})
	}
}
