package views

import (
	"fmt"
	"strings"

	"vitrine/db/bill"
	"vitrine/db/hours"
)

// Quantity writes thousandths: "1,234.5".
func (w *Words) Quantity(q bill.Quantity) string { return w.decimals(int64(q), 3) }

// Rate writes hundredths of a percent: "25.5%".
func (w *Words) Rate(r bill.Rate) string {
	return w.T("invoice-paper.percent", "rate", w.decimals(int64(r), 2))
}

// QuantityOf is a quantity with its unit: "1 day", "2.5 days". A unit that has no words
// stands as it is.
func (w *Words) QuantityOf(q bill.Quantity, unit string) string {
	key := "invoice-paper.unit-" + strings.ToLower(unit)
	switch {
	case !w.Knows(key):
		return strings.TrimSpace(w.Quantity(q) + " " + unit)
	case q%1000 != 0:
		return w.N(key, 2, "quantity", w.Quantity(q)) // a fraction is counted as several
	}
	return w.N(key, int64(q/1000), "quantity", w.Quantity(q))
}

// decimals writes a number of which so many digits stand behind the point. Zeros at its
// end are left out.
func (w *Words) decimals(n int64, places int) string {
	size, sign := uint64(n), ""
	if n < 0 {
		size, sign = -size, "\u2212"
	}
	unit := uint64(1)
	for range places {
		unit *= 10
	}
	text := sign + w.Num(size/unit)
	if rest := strings.TrimRight(fmt.Sprintf("%0*d", places, size%unit), "0"); rest != "" {
		text += w.point() + rest
	}
	return text
}

// Thousandths writes a count in thousandths: "2.5".
func (w *Words) Thousandths(n int64) string { return w.decimals(n, 3) }

// ClockTime writes minutes as they are typed: "1:30".
func (w *Words) ClockTime(minutes int) string { return hours.Clock(minutes) }
