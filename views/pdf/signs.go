package pdf

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark-emoji/definition"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// The Go fonts draw Latin, Greek and Cyrillic. A sign that they lack must not vanish from
// a paper that proves something: drawable writes its name instead, "[party popper]", or
// its number, "[U+4F60 U+597D]".
func drawable(text string) string {
	text = norm.NFC.String(text)
	var out strings.Builder
	out.Grow(len(text))
	var unknown []string
	tell := func() {
		if len(unknown) > 0 {
			out.WriteString("[" + strings.Join(unknown, " ") + "]")
		}
		unknown = nil
	}
	for len(text) > 0 {
		if name, size := emoji(text); size > 0 {
			tell()
			out.WriteString("[" + name + "]")
			text = text[size:]
			continue
		}
		r, size := utf8.DecodeRuneInString(text)
		text = text[size:]
		switch plain, ok := drawn(r); {
		case ok:
			tell()
			out.WriteString(plain)
		case signs[r] != "":
			tell()
			out.WriteString(signs[r])
			if next, _ := utf8.DecodeRuneInString(text); unicode.IsDigit(next) {
				out.WriteByte(' ')
			}
		default:
			unknown = append(unknown, fmt.Sprintf("%U", r))
		}
	}
	tell()
	return out.String()
}

// signs are those of currencies that the fonts lack, by the codes of ISO 4217.
var signs = map[rune]string{'₩': "KRW", '₪': "ILS", '₫': "VND", '₹': "INR", '฿': "THB"}

// drawn is a sign as the fonts have it; ok is false when they do not.
func drawn(r rune) (as string, ok bool) {
	switch {
	case r == '\n':
		return "\n", true
	case r == '\t':
		return "    ", true
	case r == '\r' || r == '\uFE0E' || r == '\uFE0F': // how the sign before is to look
		return "", true
	case unicode.IsControl(r):
		return "", false
	case r < 1<<16 && covered()[r]:
		return string(r), true
	case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r):
		return " ", true
	}
	return "", false
}

// covered are the signs of the Basic Multilingual Plane that the fonts have.
var covered = sync.OnceValue(func() *[1 << 16]bool {
	var has [1 << 16]bool
	font, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		panic(err) // the font is part of the binary
	}
	var buffer sfnt.Buffer
	for r := range has {
		glyph, err := font.GlyphIndex(&buffer, rune(r))
		has[r] = err == nil && glyph != 0
	}
	return &has
})

// emoji is the name of the emoji that the text begins with, and its length: 0 when that
// is none, or a sign that can be drawn.
func emoji(text string) (name string, size int) {
	first, end := utf8.DecodeRuneInString(text)
	if first < 1<<16 && covered()[first] && !strings.HasPrefix(strings.TrimPrefix(text[end:], "\uFE0F"), "\u20E3") { // a keycap
		return "", 0
	}
	for range longestEmoji {
		if found, ok := emojiNames()[text[:end]]; ok {
			name, size = found, end
		}
		if end == len(text) {
			break
		}
		_, next := utf8.DecodeRuneInString(text[end:])
		end += next
	}
	return name, size
}

const longestEmoji = 12 // runes; joined families have 7, flags of regions too

// emojiNames are the names that Unicode's CLDR gives to emoji, by their signs. The list is
// that of goldmark-emoji, which draws short names in comments: it can be asked by name
// alone, so it is read from inside. Without it signs have numbers.
var emojiNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	known := reflect.Indirect(reflect.ValueOf(definition.Github()))
	if known.Kind() != reflect.Struct {
		return names
	}
	list := known.FieldByName("list")
	if !list.IsValid() || list.Type() != reflect.TypeFor[[]definition.Emoji]() {
		return names
	}
	for i := range list.Len() {
		var signs strings.Builder
		for _, r := range list.Index(i).FieldByName("Unicode").Seq2() {
			signs.WriteRune(rune(r.Int()))
		}
		name := list.Index(i).FieldByName("Name").String()
		names[strings.ReplaceAll(signs.String(), "\uFE0F", "")] = name
		names[signs.String()] = name
	}
	return names
})
