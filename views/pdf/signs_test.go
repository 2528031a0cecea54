package pdf

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/sfnt"
)

func TestSignsAreDrawnOrNamed(t *testing.T) {
	for text, want := range map[string]string{
		"Καλημέρα, Μαΐου ΐ ΰ €5 «α» “b” – ±": "Καλημέρα, Μαΐου ΐ ΰ €5 «α» “b” – ±",
		"Жук č ñ":                   "Жук č ñ",
		"α\u0301":                   "ά", // two signs that are one
		"Yes 🎉":                     "Yes [party popper]",
		"👨\u200d👩\u200d👧!":          "[family: man, woman, girl]!",
		"👍🏽":                        "[thumbs up][U+1F3FD]",
		"🇬🇷":                        "[flag: Greece]",
		"❤\ufe0f and ❤":             "[red heart] and [red heart]",
		"1\ufe0f\u20e3 of 12":       "[keycap: 1] of 12",
		"©\ufe0f":                   "©",
		"你好, שלום":                  "[U+4F60 U+597D], [U+05E9 U+05DC U+05D5 U+05DD]",
		"a\tb\r\nc":                 "a    b\nc",
		"\x00\x1b[1m \u202egpj.exe": "[U+0000 U+001B][1m [U+202E]gpj.exe",
		"5\u2009000\u202f€":         "5 000 €",
		"\U0010FFFD\uE000":          "[U+10FFFD U+E000]",
		"{nb}":                      "{nb}",
		"":                          "",
	} {
		if got := drawable(text); got != want {
			t.Errorf("%q is written %q, not %q", text, got, want)
		}
	}
	for _, broken := range []string{"\xff\xfe", "a\xf0\x9f", strings.Repeat("\u200d", 100)} {
		if got := drawable(broken); strings.ContainsFunc(got, func(r rune) bool { _, ok := drawn(r); return !ok }) {
			t.Errorf("%q is written %q, which the fonts cannot", broken, got)
		}
	}
}

// Every word of ours can be drawn, in both weights.
func TestWordsCanBeDrawn(t *testing.T) {
	bold, err := sfnt.Parse(gobold.TTF)
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"en", "el"} {
		text, err := os.ReadFile("../locale/" + language + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		if words := string(text); drawable(words) != words {
			t.Error(language, "has words that the fonts cannot draw")
		}
	}
	var buffer sfnt.Buffer
	for r, has := range covered() {
		if glyph, err := bold.GlyphIndex(&buffer, rune(r)); has && (err != nil || glyph == 0) {
			t.Errorf("%U is in the regular font and not in the bold one", r)
		}
	}
	if len(emojiNames()) < 1500 {
		t.Errorf("only %d emoji have names", len(emojiNames()))
	}
}
