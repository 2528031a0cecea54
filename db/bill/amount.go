package bill

import (
	"errors"
	"strconv"
	"strings"

	"golang.org/x/text/currency"
)

// What may be wrong with a number that somebody typed.
var (
	ErrNoNumber = errors.New("this is no number")
	ErrTooFine  = errors.New("this has more decimals than there are")
)

// Scale is how many decimals a currency has (ISO 4217): 2 for EUR, 0 for JPY, 3 for KWD. A code
// that it does not have has none either and known is false.
func Scale(code string) (scale int, known bool) {
	unit, err := currency.ParseISO(code)
	if err != nil {
		return 2, false
	}
	scale, _ = currency.Standard.Rounding(unit)
	return scale, true
}

// ParseNumber reads a number as people type it into whole units of its last decimal: with
// scale 2, "12,5" is 1250. A comma is a decimal point; blanks part thousands, nothing else does.
func ParseNumber(text string, scale int) (int64, error) {
	text = strings.ReplaceAll(strings.Join(strings.Fields(text), ""), ",", ".")
	text = strings.Replace(text, "\u2212", "-", 1)
	digits := strings.TrimLeft(text, "+-")
	whole, part, dotted := strings.Cut(digits, ".")
	if len(text)-len(digits) > 1 || whole == "" || dotted && part == "" || strings.ContainsFunc(whole+part, func(r rune) bool { return r < '0' || r > '9' }) {
		return 0, ErrNoNumber
	}
	if len(part) > scale { // also zeros: "1.000" may be meant as a thousand
		return 0, ErrTooFine
	}
	number, err := strconv.ParseInt(whole+part+strings.Repeat("0", scale-len(part)), 10, 64)
	if err != nil || number > MaxPrice {
		return 0, ErrTooLarge
	}
	if strings.HasPrefix(text, "-") {
		number = -number
	}
	return number, nil
}

// Typed writes a number as it is typed, with all its decimals.
func Typed(number int64, scale int) string {
	sign, digits := "", strconv.FormatUint(size(number), 10)
	if number < 0 {
		sign = "-"
	}
	if digits = strings.Repeat("0", max(0, scale+1-len(digits))) + digits; scale == 0 {
		return sign + digits
	}
	return sign + digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
}

// Short is Typed without the decimals that say nothing: "2.5", "24".
func Short(number int64, scale int) string {
	text := Typed(number, scale)
	if scale > 0 {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}
