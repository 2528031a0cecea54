package bill

import (
	"math"
	"math/big"
	"testing"
)

// Half is rounded up, and what is negative as its opposite.
func TestRounding(t *testing.T) {
	for _, at := range []struct{ a, b, by, want int64 }{
		{5, 1, 10, 1}, {4, 1, 10, 0}, {15, 1, 10, 2}, {-5, 1, 10, -1}, {-4, 1, 10, 0}, {25, 1, 10, 3}, {0, 7, 10, 0},
		{1_000_000_000, 1_000_000_000_000, 1000, 1_000_000_000_000_000_000},
		{333, 2400, 10000, 80}, {7, 5000, 10000, 4}, {-7, 5000, 10000, -4}, {1, -1, 2, -1},
	} {
		if got := times(at.a, at.b, at.by); got != at.want {
			t.Errorf("%d × %d / %d = %d, not %d", at.a, at.b, at.by, got, at.want)
		}
	}
}

// The sums of a hundred thousand papers by chance are those of exact fractions, and agree with one another.
func TestSumsAgree(t *testing.T) {
	chance := newChance(1)
	for i := range 100_000 {
		p := chance.paper()
		got, err := p.Reckon()
		if err != nil {
			t.Fatal(i, err)
		}
		var sum, taxes, base int64
		for j, line := range p.Lines {
			gross := half(new(big.Rat).Mul(big.NewRat(int64(line.Quantity), 1000), big.NewRat(line.Price, 1)))
			off := line.Off + half(new(big.Rat).Mul(big.NewRat(gross, 1), big.NewRat(int64(line.OffRate), 10000)))
			if want := (LineSum{gross, off, gross - off}); got.Lines[j] != want {
				t.Fatalf("line %+v is %+v, not %+v", line, got.Lines[j], want)
			}
			sum += gross - off
		}
		for _, rate := range got.Taxes {
			taxes, base = taxes+rate.Amount, base+rate.Base
			exact := new(big.Rat).Mul(big.NewRat(rate.Base, 1), big.NewRat(int64(rate.Rate), 10000))
			if p.Rounding == PerTotal && rate.Amount != half(exact) {
				t.Fatalf("tax %+v of %s", rate, exact)
			}
			// Line by line it may be half a unit off for each of them.
			if far, _ := exact.Sub(exact, big.NewRat(rate.Amount, 1)).Float64(); math.Abs(far) > float64(len(p.Lines)+len(p.Extras))/2 {
				t.Fatalf("tax %+v is %g off", rate, far)
			}
		}
		var back int64
		for _, extra := range p.Extras {
			back += extra.Amount
		}
		if got.Sum != sum || got.Net != sum+back || got.Net != base || got.Extra-got.Off != back || got.Tax != taxes || got.Total != got.Net+taxes || got.Due != got.Total-p.Prepaid {
			t.Fatalf("the sums of %+v disagree: %+v", p, got)
		}
		// Turned round, everything is given back to the last unit.
		turned, _ := p.turned().Reckon()
		if turned.Total != -got.Total || turned.Tax != -got.Tax {
			t.Fatalf("%+v turned round is %d, %d", p, turned.Total, turned.Tax)
		}
	}
}

// half is rounding by exact fractions.
func half(r *big.Rat) int64 {
	twice := new(big.Int).Mul(new(big.Int).Abs(r.Num()), big.NewInt(2))
	twice.Add(twice, r.Denom())
	n := twice.Div(twice, new(big.Int).Mul(r.Denom(), big.NewInt(2))).Int64()
	return n * int64(r.Sign())
}

func TestTooLarge(t *testing.T) {
	for _, line := range []Line{{Quantity: MaxQuantity + 1, Price: 1}, {Quantity: 1000, Price: MaxPrice + 1}, {Quantity: MaxQuantity, Price: MaxPrice}, {Quantity: -MaxQuantity, Price: MaxPrice}, {Quantity: 1000, Off: MaxPrice + 1}} {
		if _, err := (Paper{Lines: []Line{line}}).Reckon(); err != ErrTooLarge {
			t.Errorf("%+v: %v", line, err)
		}
	}
	if _, err := (Paper{Extras: []Extra{{Amount: -MaxPrice - 1}}}).Reckon(); err != ErrTooLarge {
		t.Error(err)
	}
}
