package views

import (
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
