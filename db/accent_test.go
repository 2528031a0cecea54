package db

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// Any colour becomes one on which text can be read; one that can be read stays.
func TestReadableAccents(t *testing.T) {
	t.Parallel()
	check := func(r, g, b uint8) {
		color := fmt.Sprintf("#%02x%02x%02x", r, g, b)
		got := ReadableAccent(color)
		cr, cg, cb, ok := channels(got)
		if !ok || contrastToWhite(cr, cg, cb) < contrastText {
			t.Fatalf("%s becomes %s, with a contrast of %.2f", color, got, contrastToWhite(cr, cg, cb))
		}
		if contrastToWhite(r, g, b) >= contrastText && got != color {
			t.Fatalf("%s could be read and becomes %s", color, got)
		}
		if contrastToWhite(r, g, b) < contrastText && contrastToWhite(cr, cg, cb) > 5.2 {
			t.Fatalf("%s becomes much darker than it must: %s", color, got)
		}
	}
	for r := 0; r < 256; r += 15 {
		for g := 0; g < 256; g += 15 {
			for b := 0; b < 256; b += 15 {
				check(uint8(r), uint8(g), uint8(b))
			}
		}
	}
	chance := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		check(uint8(chance.Uint32()), uint8(chance.Uint32()), uint8(chance.Uint32()))
	}
	if ReadableAccent("#0b5c72") != "#0b5c72" || ReadableAccent("red") != "red" {
		t.Error("what needs no change is changed")
	}
	// Known contrasts: WCAG's own examples.
	for color, want := range map[string]string{"#000000": "21.00", "#ffffff": "1.00", "#767676": "4.54", "#777777": "4.48"} {
		r, g, b, _ := channels(color)
		if got := fmt.Sprintf("%.2f", contrastToWhite(r, g, b)); got != want {
			t.Errorf("%s has %s, not %s", color, got, want)
		}
	}
}
