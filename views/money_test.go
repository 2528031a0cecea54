package views

import (
	"math"
	"testing"
	"time"
)

func TestMoney(t *testing.T) {
	for _, c := range []struct {
		language, code, want string
		minor                int64
	}{
		{"en", "EUR", "€6,889.44", 688944}, {"el", "EUR", "6.889,44\u00a0€", 688944}, {"en", "EUR", "−€620.00", -62000}, {"en", "JPY", "¥620", 620}, {"en", "CHF", "CHF\u00a00.05", 5},
		{"el", "USD", "10.000.000.000,01\u00a0$", 1_000_000_000_001}, {"en", "", "1.00", 100}, {"en", "GBP", "£0.00", 0},
		{"en", "KWD", "KWD\u00a01.005", 1005}, {"el", "CHF", "0,05\u00a0CHF", 5}, {"en", "ABC", "ABC\u00a01.00", 100}, {"en", "EUR", "−€92,233,720,368,547,758.08", math.MinInt64},
	} {
		if got := For(c.language, "UTC", time.Now()).Money(c.minor, c.code); got != c.want {
			t.Errorf("%d %s in %s is %q, not %q", c.minor, c.code, c.language, got, c.want)
		}
	}
}
