// Package hours reckons time: what a budget's services were planned at, what was used and
// what is to come, balances of retainers, and how people write durations. It knows no
// database and no clock. Time is in whole minutes, money in whole minor units of one
// currency, quantities in thousandths; nothing is a float.
package hours

// Units in which a service is sold. A day is eight hours.
const (
	Hour  = "hour"
	Day   = "day"
	Piece = "piece"
)

// Units in the order in which they are offered.
var Units = []string{Hour, Day, Piece}

// Largest quantity (thousandths) and price (minor units): with them no product leaves 63 bits.
const (
	MaxQuantity = 1_000_000_000
	MaxPrice    = 1_000_000_000
)

// Minutes are those of one unit, 0 for pieces.
func Minutes(unit string) int64 {
	switch unit {
	case Hour:
		return 60
	case Day:
		return 8 * 60
	}
	return 0
}

// Amount is what minutes come to at a price per unit, rounded half up. Of pieces it is 0: they are
// not paid by time.
func Amount(minutes int, price int64, unit string) int64 {
	if per := Minutes(unit); per != 0 {
		return (2*int64(minutes)*price + per) / (2 * per)
	}
	return 0
}

// Times is a quantity in thousandths of something whole, rounded half up.
func Times(quantity, of int64) int64 { return (2*quantity*of + 1000) / 2000 }

// Service is one line of a budget with what was booked on it. Left is the time to complete
// as the team says, nil for what is left of the plan. Billable and Amount count only what
// the reader sees; Worked and Spent (its internal cost) are the team's alone and 0 for clients.
type Service struct {
	Unit             string
	Price            int64
	Quantity, Pieces int64 // thousandths
	Left             *int
	Billable         int
	Amount           int64

	Cost   int64 // inside, per unit
	Worked int
	Spent  int64
}

// Figures are those of a service or of a whole budget. The times follow Productive's and the
// PMI's words: initial estimate, time to complete, estimate at completion = used + to complete,
// and variance at completion = initial - at completion, negative when it takes longer. All of
// them follow from what is billable, never from what was worked.
type Figures struct {
	Initial, Billable, ToComplete, AtCompletion, Variance int   // minutes
	Planned, Used, ToCome, Final, Spare                   int64 // money
}

// Figures of a service, from nothing but what its reader sees.
func (s Service) Figures() Figures {
	per := Minutes(s.Unit)
	f := Figures{Initial: int(Times(s.Quantity, per)), Billable: s.Billable, Planned: Times(s.Quantity, s.Price), Used: s.Amount}
	if per == 0 {
		f.Used = Times(s.Pieces, s.Price)
		f.ToCome = max(0, f.Planned-f.Used)
	} else {
		f.ToComplete = max(0, f.Initial-s.Billable)
		if s.Left != nil {
			f.ToComplete = *s.Left
		}
		f.ToCome = Amount(f.ToComplete, s.Price, s.Unit)
	}
	return f.complete()
}

// complete works out the sums of a figure's parts.
func (f Figures) complete() Figures {
	f.AtCompletion = f.Billable + f.ToComplete
	f.Variance = f.Initial - f.AtCompletion
	f.Final = f.Used + f.ToCome
	f.Spare = f.Planned - f.Final
	return f
}

// Plus adds the figures of another service.
func (f Figures) Plus(o Figures) Figures {
	f.Initial, f.Billable, f.ToComplete = f.Initial+o.Initial, f.Billable+o.Billable, f.ToComplete+o.ToComplete
	f.Planned, f.Used, f.ToCome = f.Planned+o.Planned, f.Used+o.Used, f.ToCome+o.ToCome
	return f.complete()
}

// Inside are the figures that no client sees: they are made of what was worked.
type Inside struct {
	Worked, AtCompletion, Variance int
	Spent, Margin                  int64
}

// Inside of a service. What pieces cost is reckoned by what was delivered.
func (s Service) Inside() Inside {
	f, spent := s.Figures(), s.Spent
	if s.Unit == Piece {
		spent += Times(s.Pieces, s.Cost)
	}
	return Inside{Worked: s.Worked, Spent: spent, Margin: f.Used - spent}.complete(f)
}

func (i Inside) complete(f Figures) Inside {
	i.AtCompletion = i.Worked + f.ToComplete
	i.Variance = f.Initial - i.AtCompletion
	return i
}

// Total sums services.
func Total(services []Service) (f Figures, inside Inside) {
	for _, s := range services {
		more := s.Inside()
		f = f.Plus(s.Figures())
		inside.Worked, inside.Spent, inside.Margin = inside.Worked+more.Worked, inside.Spent+more.Spent, inside.Margin+more.Margin
	}
	return f, inside.complete(f)
}

// Kept says that no more was used, or will be as it stands, than was planned: of the money, or without
// prices of the time. Nothing planned can be kept.
func (f Figures) Kept() (used, final, planned bool) {
	if f.Planned > 0 {
		return f.Used <= f.Planned, f.Final <= f.Planned, true
	}
	return f.Billable <= f.Initial, f.AtCompletion <= f.Initial, f.Initial > 0
}

// Percent is how much of the plan is used: of the money, or without prices of the time. 0
// without a plan.
func (f Figures) Percent() int {
	switch {
	case f.Planned > 0:
		return int(f.Used * 100 / f.Planned)
	case f.Initial > 0:
		return f.Billable * 100 / f.Initial
	}
	return 0
}
