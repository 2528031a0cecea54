package views

import (
	"strings"
	"time"
	"unicode"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// Change is a piece of a text beside an earlier one: "added", "gone", or "" for what is in both.
type Change struct{ Kind, Text string }

// Changes compares two texts in whole words. The library compares signs: each word is
// one sign to it. It gives up looking for the shortest way after a while, never on
// telling the truth.
func Changes(before, after string) []Change { return changes(pieces(before), pieces(after)) }

// LineChanges compares two texts in whole lines.
func LineChanges(before, after string) []Change {
	return changes(strings.SplitAfter(before, "\n"), strings.SplitAfter(after, "\n"))
}

// comparedWithin is how long the smallest change is looked for. Texts that have little
// in common take longer: of what is left all is gone, and all is added.
const comparedWithin = 200 * time.Millisecond

func changes(before, after []string) []Change {
	known := map[string]rune{}
	var words []string
	signs := func(text []string) []rune {
		var list []rune
		for _, word := range text {
			sign, ok := known[word]
			if !ok {
				sign = signOf(len(words))
				known[word], words = sign, append(words, word)
			}
			list = append(list, sign)
		}
		return list
	}
	var list []Change
	kinds := map[diffmatchpatch.Operation]string{diffmatchpatch.DiffInsert: "added", diffmatchpatch.DiffDelete: "gone"}
	differ := diffmatchpatch.New()
	differ.DiffTimeout = comparedWithin
	for _, diff := range differ.DiffMainRunes(signs(before), signs(after), false) {
		var text strings.Builder
		for _, sign := range diff.Text {
			text.WriteString(words[placeOf(sign)])
		}
		list = append(list, Change{kinds[diff.Type], text.String()})
	}
	return list
}

// signOf gives the n-th word a sign of its own, beside those that UTF-8 cannot carry.
func signOf(n int) rune {
	if n += 1; n >= 0xD800 {
		n += 0x800
	}
	return rune(n)
}

func placeOf(sign rune) int {
	if sign >= 0xE000 {
		sign -= 0x800
	}
	return int(sign) - 1
}

// pieces cuts a text into words and what stands between them.
func pieces(text string) (list []string) {
	begin, inside := 0, false
	for i, sign := range text {
		word := unicode.IsLetter(sign) || unicode.IsDigit(sign) || unicode.Is(unicode.Mn, sign)
		if i > begin && (word != inside || !word) {
			list = append(list, text[begin:i])
			begin = i
		}
		inside = word
	}
	if begin < len(text) {
		list = append(list, text[begin:])
	}
	return list
}
