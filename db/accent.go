package db

import (
	"fmt"
	"math"
)

// contrastText is what text needs on its ground (WCAG 2.2, 1.4.3).
const contrastText = 4.5

// ReadableAccent is a colour as #rrggbb on which white text can be read, and which can be read on white:
// darkened as far as it takes, by its own hue. One that can be read already stays as it is.
func ReadableAccent(color string) string {
	r, g, b, ok := channels(color)
	if !ok || contrastToWhite(r, g, b) >= contrastText {
		return color
	}
	low, high := 0.0, 1.0 // how much of its light it keeps
	for range 24 {
		mid := (low + high) / 2
		if contrastToWhite(darkened(r, mid), darkened(g, mid), darkened(b, mid)) >= contrastText {
			low = mid
		} else {
			high = mid
		}
	}
	return fmt.Sprintf("#%02x%02x%02x", darkened(r, low), darkened(g, low), darkened(b, low))
}

func channels(color string) (r, g, b uint8, ok bool) {
	if !brandColor.MatchString(color) {
		return 0, 0, 0, false
	}
	_, err := fmt.Sscanf(color, "#%02x%02x%02x", &r, &g, &b)
	return r, g, b, err == nil
}

// darkened is a channel that keeps a share of its light.
func darkened(channel uint8, share float64) uint8 {
	light := linear(channel) * share
	if light <= 0.0031308 {
		return uint8(light * 12.92 * 255)
	}
	return uint8((1.055*math.Pow(light, 1/2.4) - 0.055) * 255)
}

// linear is the light of a channel of sRGB (IEC 61966-2-1).
func linear(channel uint8) float64 {
	if c := float64(channel) / 255; c <= 0.04045 {
		return c / 12.92
	} else {
		return math.Pow((c+0.055)/1.055, 2.4)
	}
}

// contrastToWhite is the contrast of WCAG 2.2 between a colour and white.
func contrastToWhite(r, g, b uint8) float64 {
	return 1.05 / (0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b) + 0.05)
}
