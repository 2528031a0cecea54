package views

import (
	"math"
	"unicode"

	"golang.org/x/text/currency"
	"golang.org/x/text/number"
)

// Money writes an amount in minor units of a currency (ISO 4217) as the language does:
// €1,426.00, 1.426,00 €, 620.00 CHF. An unknown currency has two decimals.
func (w *Words) Money(minor int64, code string) string {
	scale, symbol := 2, code
	if unit, err := currency.ParseISO(code); err == nil {
		scale, _ = currency.Standard.Rounding(unit)
		symbol = w.catalogue.numbers.Sprint(currency.NarrowSymbol(unit))
	}
	sign, amount := "", float64(minor)/math.Pow10(scale)
	if amount < 0 {
		sign, amount = "\u2212", -amount
	}
	key := "money.with-symbol"
	if len(symbol) == 0 || unicode.IsLetter([]rune(symbol)[0]) {
		key = "money.with-code"
	}
	return sign + w.T(key, "amount", w.catalogue.numbers.Sprint(number.Decimal(amount, number.Scale(scale))), "currency", symbol)
}
