package db

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// foldRune makes letters comparable: lower case, no accents, ς as σ. Marks and what
// cannot be seen fold to nothing. A rune and what it folds to are both one, so that
// places in a text can be told while it is folded.
func foldRune(r rune) (folded rune, any bool) {
	switch {
	case r < 0x80:
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
	case r == '’':
		r = '\''
	case r < tableEnd:
		r = foldTable()[r]
	case unicode.In(r, unicode.M, unicode.Cf):
		r = 0
	default:
		r = unicode.ToLower(r)
	}
	return r, r != 0
}

// tableEnd is the end of the Latin, Greek and Cyrillic blocks. What comes later loses
// no accents: there a mark can make another letter.
const tableEnd = 0x2000

var foldTable = sync.OnceValue(func() []rune {
	table := make([]rune, tableEnd)
	for r := rune(0x80); r < tableEnd; r++ {
		for _, part := range norm.NFD.String(string(r)) {
			if part = unicode.ToLower(part); !unicode.In(part, unicode.M, unicode.Cf) {
				table[r] = part
				break
			}
		}
		if table[r] == 'ς' {
			table[r] = 'σ'
		}
	}
	return table
})

// foldLine folds a whole name: one space between its words.
func foldLine(name string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if folded, any := foldRune(r); any {
			return folded
		}
		return -1
	}, name)), " ")
}

// inWord says whether a rune belongs to a word.
func inWord(r rune) bool {
	return unicode.In(r, unicode.L, unicode.N, unicode.M)
}
