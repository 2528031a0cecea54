package db

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The forms of what somebody meant to fill in before sending.
var (
	blankForms = []struct {
		form *regexp.Regexp
		is   func(text string, start, end int) bool
	}{
		{regexp.MustCompile(`\[[^\[\]\n]{3,60}\]`), isSquareBlank},
		{regexp.MustCompile(`<\pL[\pL\pM\pN _'’.-]{0,40}>`), isAngleBlank},
		{regexp.MustCompile(`\$?\{\{[^{}\n]{1,60}\}\}|\$?\{\pL[\pL\pM\pN _'’.-]{0,40}\}`), anywhere},
		{regexp.MustCompile(`%[\p{Lu}_]{3,40}%`), standsAlone},
		{regexp.MustCompile(`X{3,40}|Χ{3,40}|TODO|TBD|TBC|FIXME`), standsAlone},
		{regexp.MustCompile(`(?i)lorem\s+ipsum`), standsAlone},
		{regexp.MustCompile(`(?i)insert(?:[ \t]+[^\s.,;!?]{1,20}){0,4}[ \t]+here`), standsAlone},
		{regexp.MustCompile(`(?i)(?:εισ[αά]γετε|εισαγωγ[ηή]|συμπληρ[ωώ]στε|συμπλ[ηή]ρωσε)(?:[ \t]+[^\s.,;!?]{1,20}){0,4}[ \t]+εδ[ωώ]`), standsAlone},
		{regexp.MustCompile(`(?i)προς[ \t]+συμπλ[ηή]ρωση`), standsAlone},
	}
	squareWords    = regexp.MustCompile(`^[\pL\pM][\pL\pM\pN _'’.,:/&-]*…?$`)
	linkDefinition = regexp.MustCompile(`(?m)^ {0,3}\[([^\[\]\n]{1,60})\]:[ \t]*\S+(?:[ \t]+["'(].*)?[ \t]*$`)
)

// typedTags are the tags that people type. Others, as <name>, <title> and <address>,
// are more often something to fill in.
var typedTags = strings.Fields("a b i u s p q br hr em strong del ins sub sup small mark code pre kbd ul ol li div span img table thead tbody tr td th h1 h2 h3 h4 h5 h6 blockquote details script style input button iframe svg video audio html")

// placeholders are what looks like something to fill in, as the text has it: [Name],
// {{name}}, <name>, XXX, TODO. Not in code, where it is meant.
func placeholders(text string) []string {
	words := withoutCode(text)
	words = mentionToken.ReplaceAllString(words, strings.Repeat(" ", len("@{}")+idLength))
	var places [][]int
	for _, blank := range blankForms {
		for _, at := range blank.form.FindAllStringIndex(words, -1) {
			if blank.is(words, at[0], at[1]) {
				places = append(places, at)
			}
		}
	}
	places = withoutDefined(words, places)
	slices.SortFunc(places, func(a, b []int) int { return a[0] - b[0] })
	var blanks []string
	end := 0
	for _, at := range places {
		if blank := excerpt(text[at[0]:at[1]]); at[0] >= end && !slices.Contains(blanks, blank) {
			blanks = append(blanks, blank)
		}
		end = max(end, at[1])
	}
	return blanks
}

// withoutDefined leaves out the parts of links whose address stands elsewhere in the text.
func withoutDefined(text string, places [][]int) [][]int {
	defined := map[string]bool{}
	for _, line := range linkDefinition.FindAllStringSubmatch(text, -1) {
		defined[foldLine(line[1])] = true
	}
	if len(defined) == 0 {
		return places
	}
	return slices.DeleteFunc(places, func(at []int) bool {
		start, end := at[0], at[1]
		if text[start] != '[' {
			return false
		}
		label := text[start+1 : end-1]
		if strings.HasPrefix(text[end:], "[") {
			if behind, _, _ := strings.Cut(text[end+1:], "]"); behind != "" {
				label = behind
			}
		}
		return defined[foldLine(label)]
	})
}

// isSquareBlank tells [client name] from [a link](/x), [x], [1] and [sic].
func isSquareBlank(text string, start, end int) bool {
	inside := text[start+1 : end-1]
	return !strings.HasPrefix(text[end:], "(") && squareWords.MatchString(inside) && lettersIn(inside) >= 3 &&
		len(strings.Fields(inside)) <= 6 && !strings.EqualFold(inside, "sic")
}

// isAngleBlank tells <name> from <b> and List<Name>.
func isAngleBlank(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	tag := strings.FieldsFunc(text[start+1:end-1], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return !inWord(before) && !slices.Contains(typedTags, strings.ToLower(tag[0]))
}

func anywhere(string, int, int) bool { return true }

func standsAlone(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	return !inWord(before) && before != '_' && !inWord(after) && after != '_'
}
