package db

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mentionable is somebody whom a comment may mention.
type Mentionable struct {
	ID   ID
	Name string
}

// roll finds people by what may stand after an @: their name, or the first word of it.
type roll struct {
	names, firsts map[string][]Mentionable
	longest       int // bytes of the longest name
}

func rollOf(people []Mentionable) roll {
	r := roll{names: map[string][]Mentionable{}, firsts: map[string][]Mentionable{}}
	called := map[ID]bool{}
	for _, person := range people {
		name := foldLine(person.Name)
		if called[person.ID] || !strings.ContainsFunc(name, unicode.IsLetter) {
			continue
		}
		called[person.ID] = true
		r.names[name] = append(r.names[name], person)
		r.longest = max(r.longest, len(name))
		if first, _, more := strings.Cut(name, " "); more && strings.ContainsFunc(first, unicode.IsLetter) {
			r.firsts[first] = append(r.firsts[first], person)
		}
	}
	return r
}

// at finds whom the @ at a place in a text means: everybody of the longest name that
// stands there, and where it ends; nobody and 0 if no name does.
func (r roll) at(text string, place int) (people []Mentionable, end int) {
	if !opensMention(text, place) {
		return nil, 0
	}
	key := make([]byte, 0, r.longest+utf8.UTFMax)
	for i := place + 1; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		if c == 0 || c == '\n' {
			break
		}
		i += size
		if unicode.IsSpace(c) {
			if len(key) == 0 {
				break
			}
			if key[len(key)-1] != ' ' {
				key = append(key, ' ')
			}
		} else if folded, any := foldRune(c); any {
			key = utf8.AppendRune(key, folded)
		}
		if len(key) > r.longest {
			break
		}
		if inWord(c) && wordGoesOn(text[i:]) {
			continue
		}
		if found := r.names[string(key)]; found != nil {
			people, end = found, i
		} else if found := r.firsts[string(key)]; found != nil {
			people, end = found, i
		}
	}
	return people, end
}

// opensMention says whether a name may follow the @ at a place: not within a word, an
// e-mail address, a path, a code. Marks of emphasis may stand before it.
func opensMention(text string, place int) bool {
	if text[place] != '@' {
		return false
	}
	before := strings.TrimRight(text[:place], "*_~-+")
	last, size := utf8.DecodeLastRuneInString(before)
	return size == 0 || last != 0 && !inWord(last) && !strings.ContainsRune("./\\@&=%#$`", last)
}

// wordGoesOn says whether what follows a letter belongs to its word: Anna-Maria,
// maria.k and maria@b.example are not Anna and maria.
func wordGoesOn(rest string) bool {
	next, size := utf8.DecodeRuneInString(rest)
	if size == 0 {
		return false
	}
	after, _ := utf8.DecodeRuneInString(rest[size:])
	return inWord(next) || next == '@' || strings.ContainsRune("-._", next) && inWord(after)
}
