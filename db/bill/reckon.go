package bill

import (
	"errors"
	"math/bits"
	"slices"
)

// What a paper may hold: sums stay exact in every program that reads them (2⁵³).
const (
	MaxLines    = 300
	MaxQuantity = Quantity(1_000_000_000)  // a million
	MaxPrice    = int64(1_000_000_000_000) // of one unit, and of a line
	Whole       = Rate(100_00)
	one         = 1000 // thousandths in a whole
)

// ErrTooLarge says that an amount is larger than MaxPrice.
var ErrTooLarge = errors.New("the amount is too large")

// Totals are the sums of a paper, named after the terms of EN 16931.
type Totals struct {
	Lines []LineSum
	Sum   int64 // of the lines, BT-106
	Off   int64 // taken off the whole, positive, BT-107
	Extra int64 // on top of the whole, BT-108
	Net   int64 // without tax, BT-109
	Tax   int64 // BT-110
	Total int64 // with tax, BT-112
	Due   int64 // less what was paid before, BT-115
	Taxes []TaxSum
}

// LineSum is a line's amount before and after what is taken off, without tax.
type LineSum struct{ Gross, Off, Net int64 }

// TaxSum is what is owed at one rate, BG-23.
type TaxSum struct {
	Tax
	Base, Amount int64
}

// Reckon adds up a paper. A line is rounded when its quantity is multiplied with its price and
// when a share is taken off; tax as Rounding says. The only error is ErrTooLarge.
func (p Paper) Reckon() (Totals, error) {
	var t Totals
	perLine := p.Rounding == PerLine
	for _, line := range p.Lines {
		sum, err := line.reckon()
		if err != nil {
			return Totals{}, err
		}
		t.Lines = append(t.Lines, sum)
		t.Sum += sum.Net
		t.owe(line.Tax, sum.Net, perLine)
	}
	for _, extra := range p.Extras {
		if extra.Amount > MaxPrice || extra.Amount < -MaxPrice {
			return Totals{}, ErrTooLarge
		}
		if extra.Amount < 0 {
			t.Off -= extra.Amount
		} else {
			t.Extra += extra.Amount
		}
		t.owe(extra.Tax, extra.Amount, perLine)
	}
	for i := range t.Taxes {
		if !perLine {
			t.Taxes[i].Amount = share(t.Taxes[i].Base, t.Taxes[i].Rate)
		}
		t.Tax += t.Taxes[i].Amount
	}
	slices.SortStableFunc(t.Taxes, func(a, b TaxSum) int {
		if order := slices.Index(Categories, a.Category) - slices.Index(Categories, b.Category); order != 0 {
			return order
		}
		return int(b.Rate - a.Rate)
	})
	t.Net = t.Sum - t.Off + t.Extra
	t.Total = t.Net + t.Tax
	t.Due = t.Total - p.Prepaid
	return t, nil
}

// owe adds an amount to its rate, and its tax when that is rounded line by line.
func (t *Totals) owe(tax Tax, base int64, perLine bool) {
	at := slices.IndexFunc(t.Taxes, func(s TaxSum) bool { return s.Tax == tax })
	if at < 0 {
		at = len(t.Taxes)
		t.Taxes = append(t.Taxes, TaxSum{Tax: tax})
	}
	t.Taxes[at].Base += base
	if perLine {
		t.Taxes[at].Amount += share(base, tax.Rate)
	}
}

func (l Line) reckon() (LineSum, error) {
	if l.Quantity > MaxQuantity || l.Quantity < -MaxQuantity || l.Price > MaxPrice || l.Price < -MaxPrice {
		return LineSum{}, ErrTooLarge
	}
	gross := times(int64(l.Quantity), l.Price, one)
	if gross > MaxPrice || gross < -MaxPrice || l.Off > MaxPrice || l.Off < -MaxPrice {
		return LineSum{}, ErrTooLarge
	}
	off := l.Off + share(gross, l.OffRate)
	return LineSum{Gross: gross, Off: off, Net: gross - off}, nil
}

// share is so many hundredths of a percent of an amount.
func share(amount int64, rate Rate) int64 { return times(amount, int64(rate), int64(Whole)) }

// times is a*b/by, rounded half up: exactly half is rounded up, as Council Regulation (EC)
// No 1103/97, article 5, has it for the euro. What is negative is rounded as its opposite,
// so that a credit gives back the very amount. The product may be up to 128 bits wide.
func times(a, b, by int64) int64 {
	negative := (a < 0) != (b < 0)
	high, low := bits.Mul64(size(a), size(b))
	low, carry := bits.Add64(low, uint64(by)/2, 0)
	quotient, _ := bits.Div64(high+carry, low, uint64(by))
	if negative {
		return -int64(quotient)
	}
	return int64(quotient)
}

func size(n int64) uint64 {
	if n < 0 {
		return uint64(-n)
	}
	return uint64(n)
}
