package chart

// Shift is a line on which a date stands, and to where it would move.
type Shift struct {
	Then, Now Share
	Moves     bool
}

// Where the line of a shift begins and ends: the words below a mark need some room.
const shiftFirst, shiftLast = 20.0, 85.0

// Shifts lays out several moves of one date, in days, on one scale.
func Shifts(days []int64) []Shift {
	low, high := int64(0), int64(0)
	for _, n := range days {
		low, high = min(low, n), max(high, n)
	}
	at := func(n int64) Share {
		if low == high {
			return shiftFirst
		}
		return Share(shiftFirst + (shiftLast-shiftFirst)*float64(n-low)/float64(high-low))
	}
	shifts := make([]Shift, len(days))
	for i, n := range days {
		shifts[i] = Shift{at(0), at(n), n != 0}
	}
	return shifts
}
