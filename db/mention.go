package db

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A mention is kept as a token, the id of somebody in @{…}: names change, and each
// reader may see others. What people type and see are names.
var mentionToken = regexp.MustCompile(`@\{([0-9A-Za-z]{11})\}`)

// nobody stands for a token of somebody who cannot be named.
const nobody = "@…"

// storeMentions makes tokens of @Full Name and of @First, where only one of the people
// is called so, in a text that cleanText has cleaned, and tells whom it mentions. A
// typed token of anybody else loses its id: a guess neither mentions nor names. Code
// and addresses hold no mentions.
func storeMentions(text string, people []Mentionable) (stored string, mentioned []ID) {
	text = norm.NFC.String(text)
	names := map[ID]string{}
	for _, person := range people {
		names[person.ID] = person.Name
	}
	words, roll := withoutAddresses(withoutCode(text)), rollOf(people)
	var out strings.Builder
	from := 0
	for i := nextAt(text, 0); i >= 0; i = nextAt(text, max(i+1, from)) {
		var id ID
		end := 0
		if token := tokenAt(text, i); token != "" {
			id, _ = ParseID(token)
			end = i + len("@{}") + len(token)
			if _, known := names[id]; !known || words[i] == 0 {
				out.WriteString(text[from:i] + calledBy(names, id))
				from = end
				continue
			}
		} else if found, stop := roll.at(words, i); len(found) == 1 {
			id, end = found[0].ID, stop
		} else {
			continue
		}
		out.WriteString(text[from:i] + "@{" + id.String() + "}")
		from = end
		if !slices.Contains(mentioned, id) {
			mentioned = append(mentioned, id)
		}
	}
	return out.String() + text[from:], mentioned
}

// typedMentions makes @Full Name of each token again, for whoever edits the text.
func typedMentions(stored string, names map[ID]string) string {
	return mentionToken.ReplaceAllStringFunc(stored, func(token string) string {
		id, _ := ParseID(token[2 : len(token)-1])
		return calledBy(names, id)
	})
}

// mentionsIn are those whom a stored text mentions, in the order of their first mention.
func mentionsIn(stored string) []ID {
	var mentioned []ID
	for _, token := range mentionToken.FindAllStringSubmatch(stored, -1) {
		if id, err := ParseID(token[1]); err == nil && !slices.Contains(mentioned, id) {
			mentioned = append(mentioned, id)
		}
	}
	return mentioned
}

// mentionsOf are those of other people whom a text names after an @, once storeMentions
// has taken out whom it may mention: they would not see it. All who share a name count.
func mentionsOf(text string, others []Mentionable) []Mentionable {
	var named []Mentionable
	met := map[ID]bool{}
	words, roll := withoutAddresses(withoutCode(norm.NFC.String(text))), rollOf(others)
	for i := nextAt(words, 0); i >= 0; i = nextAt(words, i+1) {
		found, _ := roll.at(words, i)
		for _, person := range found {
			if !met[person.ID] {
				met[person.ID] = true
				named = append(named, person)
			}
		}
	}
	return named
}

// unresolved are the names after an @ that are nobody's of these people. A name is one
// word, and those behind it that begin with a capital.
func unresolved(text string, people []Mentionable) []string {
	var strange []string
	text = norm.NFC.String(text)
	words, roll := withoutAddresses(withoutCode(text)), rollOf(people)
	for i := nextAt(words, 0); i >= 0; i = nextAt(words, i+1) {
		if found, _ := roll.at(words, i); found != nil || !opensMention(words, i) {
			continue
		}
		if name := excerpt(nameIn(words[i+1:])); name != "" && !slices.Contains(strange, name) {
			strange = append(strange, name)
		}
	}
	return strange
}

const mostWords = 4 // of a name

func nameIn(text string) string {
	end, words := 0, 0
	for words < mostWords {
		rest := text[end:]
		if words > 0 {
			rest = strings.TrimPrefix(rest, " ")
		}
		first, size := utf8.DecodeRuneInString(rest)
		if !unicode.IsLetter(first) || words > 0 && (len(rest) == len(text[end:]) || !unicode.IsUpper(first)) {
			break
		}
		for size < len(rest) && wordGoesOn(rest[size:]) {
			_, more := utf8.DecodeRuneInString(rest[size:])
			size += more
		}
		end = len(text) - len(rest) + size
		words++
	}
	return text[:end]
}

func nextAt(text string, from int) int {
	if i := strings.IndexByte(text[from:], '@'); i >= 0 {
		return from + i
	}
	return -1
}

// tokenAt is the id in the token that begins at a place, or "".
func tokenAt(text string, place int) string {
	const length = len("@{}") + idLength
	if place+length > len(text) || !mentionToken.MatchString(text[place:place+length]) {
		return ""
	}
	return text[place+2 : place+length-1]
}

func calledBy(names map[ID]string, id ID) string {
	name := names[id]
	if name == "" {
		return nobody
	}
	return "@" + mentionToken.ReplaceAllString(name, nobody)
}
