package views

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/currency"
	"golang.org/x/text/number"
)

// Money writes an amount in minor units with the sign of its currency: "€1,426.00",
// "1.426,00 €", "¥1,200". How many decimals there are says ISO 4217; a code that it does
// not have is written as it is, with two. Only whole numbers are counted with:
// x/text would put an amount through a float.
func (w *Words) Money(minor int64, code string) string {
	sign, scale := code, 2
	if unit, err := currency.ParseISO(code); err == nil {
		sign = w.catalogue.numbers.Sprint(currency.Symbol(unit))
		scale, _ = currency.Standard.Rounding(unit)
	}
	size := uint64(minor)
	if minor < 0 {
		size = -size
	}
	unit := uint64(1)
	for range scale {
		unit *= 10
	}
	amount := w.catalogue.numbers.Sprint(number.Decimal(size / unit))
	if scale > 0 {
		amount += w.point() + fmt.Sprintf("%0*d", scale, size%unit)
	}
	if last, _ := utf8.DecodeLastRuneInString(sign); unicode.IsLetter(last) {
		sign += "\u00a0" // CHF 5.00, but €5.00
	}
	amount = strings.TrimSpace(w.T("money.amount", "sign", sign, "amount", amount))
	if minor < 0 {
		return "\u2212" + amount
	}
	return amount
}

// MoneyChange is Money for what comes on top or off: "+€620.00", "−€80.00".
func (w *Words) MoneyChange(minor int64, code string) string {
	if minor > 0 {
		return "+" + w.Money(minor, code)
	}
	return w.Money(minor, code)
}

// point is what stands before the decimals in the reader's language.
func (w *Words) point() string {
	return strings.Trim(w.catalogue.numbers.Sprint(number.Decimal(0.5)), "05")
}
