package db

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What follows looks at the text of a reply before it leaves, for what its writer may
// not mean to say to a client. It is a second pair of eyes and no lock: it shows what
// it found, and the writer decides.

const maxExcerpt = 200

// excerpt is a piece of a text to show: one line, not long, no ids.
func excerpt(piece string) string {
	piece = strings.Join(strings.Fields(mentionToken.ReplaceAllString(piece, nobody)), " ")
	if utf8.RuneCountInString(piece) <= maxExcerpt {
		return piece
	}
	short := string([]rune(piece)[:maxExcerpt-1])
	if space := strings.LastIndexByte(short, ' '); space > len(short)/2 {
		short = short[:space]
	}
	return short + "…"
}

// wordsFound are those of a list of words and phrases that a text holds, whole and
// without regard to case, accents and punctuation.
func wordsFound(text string, list []string) []string {
	return found(text, list, 1)
}

// namesFound are those of a list of names that a text holds whole. Names of one or two
// letters would be found in anything.
func namesFound(text string, names []string) []string {
	return found(text, names, 3)
}

func found(text string, list []string, letters int) []string {
	var hits []string
	all, met := phrase(text), map[string]bool{}
	for _, entry := range list {
		words := phrase(entry)
		if met[words] || lettersIn(words) < letters || !strings.Contains(all, words) {
			continue
		}
		met[words] = true
		hits = append(hits, excerpt(entry))
	}
	return hits
}

// phrase is the folded words of a text, each between two spaces.
func phrase(text string) string {
	var out strings.Builder
	out.WriteByte(' ')
	eachWord(text, false, func(word []byte, _, _ int) {
		out.Write(word)
		out.WriteByte(' ')
	})
	return out.String()
}

func lettersIn(text string) (letters int) {
	for _, r := range text {
		if unicode.In(r, unicode.L, unicode.N) {
			letters++
		}
	}
	return letters
}

// eachWord hands over the words of a text, folded, and where each begins and ends. As
// a writer counts them, don't is one word and so is a web address; else they are
// taken apart, for a name can stand in them. Mentions are no words.
func eachWord(text string, asCounted bool, do func(word []byte, start, end int)) {
	if strings.Contains(text, "@{") {
		text = mentionToken.ReplaceAllString(text, strings.Repeat(" ", len("@{}")+idLength))
	}
	var word []byte
	start, end, address := 0, 0, 0
	flush := func() {
		if len(word) > 0 {
			do(word, start, end)
			word = word[:0]
		}
	}
	space := true
	for i, r := range text {
		if space && asCounted {
			if stop := chunkEnd(text, i); strings.Contains(text[i:stop], "://") {
				address = stop
			}
		}
		space = unicode.IsSpace(r)
		switch {
		case i < address || inWord(r):
			if len(word) == 0 {
				start = i
			}
			if folded, any := foldRune(r); any {
				word = utf8.AppendRune(word, folded)
			}
			_, size := utf8.DecodeRuneInString(text[i:])
			end = i + size
		case unicode.Is(unicode.Cf, r), asCounted && (r == '\'' || r == '’'):
		default:
			flush()
		}
	}
	flush()
}

// chunkEnd is where the spaces after a place begin.
func chunkEnd(text string, place int) int {
	if stop := strings.IndexFunc(text[place:], unicode.IsSpace); stop >= 0 {
		return place + stop
	}
	return len(text)
}
