package views

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

func TestChanges(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"", "", ""},
		{"", "new", "+new|"},
		{"same words", "same words", "same words|"},
		{"We ship on Friday.", "We ship on Monday.", "We ship on |-Friday|+Monday|.|"},
		{"Το βάζο είναι έτοιμο", "Το βάζο δεν είναι έτοιμο", "Το βάζο |+δεν |είναι έτοιμο|"},
		{"a\nb", "a\n\nb", "a\n|+\n|b|"},
	} {
		var got strings.Builder
		for _, change := range Changes(c.before, c.after) {
			got.WriteString(map[string]string{"added": "+", "gone": "-", "": ""}[change.Kind] + change.Text + "|")
		}
		if got.String() != c.want {
			t.Errorf("%q to %q: %q", c.before, c.after, got.String())
		}
	}
	// Whatever the texts are, the pieces are the two texts.
	many := ""
	for i := range 60000 {
		many += string(rune('a'+i%26)) + strings.Repeat("x", i%7) + string(rune(0x400+i%900)) + " "
		if len(many) > 40000 {
			break
		}
	}
	for _, pair := range [][2]string{{many, strings.ToUpper(many)}, {many, many[len(many)/2:]}, {"\xff\xfe a", "a \xff"}} {
		before, after := "", ""
		for _, change := range Changes(pair[0], pair[1]) {
			if change.Kind != "added" {
				before += change.Text
			}
			if change.Kind != "gone" {
				after += change.Text
			}
		}
		if before != pair[0] || after != pair[1] {
			t.Error("the pieces are not the texts")
		}
	}
}

// The pieces of a long text are put together once, not again for each line.
func TestLongTextsAreComparedOnce(t *testing.T) {
	text := func(sign string) string {
		var text strings.Builder
		for i := range 4900 {
			fmt.Fprintln(&text, sign, i, strings.Repeat(sign, 200))
		}
		return text.String()
	}
	before, after := text("a"), text("b")
	var was, is runtime.MemStats
	runtime.ReadMemStats(&was)
	LineChanges(before, after)
	if runtime.ReadMemStats(&is); is.TotalAlloc-was.TotalAlloc > 200<<20 {
		t.Errorf("%d MB for 2 MB", (is.TotalAlloc-was.TotalAlloc)>>20)
	}
}
