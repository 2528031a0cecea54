package bill

import "math/rand/v2"

// chance makes papers by chance, the same for the same seed.
type chance struct{ *rand.Rand }

func newChance(seed uint64) chance { return chance{rand.New(rand.NewPCG(seed, 7))} }

func pick[T any](c chance, from ...T) T { return from[c.IntN(len(from))] }

func (c chance) tax() Tax {
	category := pick(c, append(Categories, Standard, Standard)...)
	if category == Standard {
		return Tax{Standard, pick[Rate](c, 2400, 1300, 600, 2550, 10000, 1)}
	}
	return Tax{Category: category}
}

// paper is one with any lines that are allowed: amounts from nothing to the bounds.
func (c chance) paper() Paper {
	p := Paper{Kind: Invoice, Number: "2026-001", Currency: pick(c, "EUR", "JPY", "KWD", "NOK"), Rounding: pick(c, PerTotal, PerLine)}
	for range 1 + c.IntN(12) {
		top := pick[int64](c, 10, 10_000, 1_000_000)
		line := Line{Text: "Work", Unit: pick(c, Units...), Quantity: Quantity(c.Int64N(2*top) - top/2), Price: c.Int64N(2*top) - top/4, Tax: c.tax()}
		switch c.IntN(4) {
		case 0:
			line.OffRate = pick[Rate](c, 0, 1, 1250, 3333, 10000)
		case 1:
			line.Off = c.Int64N(top)
		}
		p.Lines = append(p.Lines, line)
	}
	for range c.IntN(3) {
		p.Extras = append(p.Extras, Extra{Text: "Extra", Amount: c.Int64N(20_000) - 10_000, Tax: c.tax()})
	}
	if c.IntN(3) == 0 {
		p.Prepaid = c.Int64N(10_000)
	}
	return p
}

// turned is the same with every amount the other way round.
func (p Paper) turned() Paper {
	lines, extras := make([]Line, len(p.Lines)), make([]Extra, len(p.Extras))
	for i, line := range p.Lines {
		line.Quantity, line.Off = -line.Quantity, -line.Off
		lines[i] = line
	}
	for i, extra := range p.Extras {
		extra.Amount = -extra.Amount
		extras[i] = extra
	}
	p.Lines, p.Extras = lines, extras
	return p
}
