package chart

import (
	"cmp"
	"slices"
	"time"
)

// How much of a plan is drawn: all of it, a quarter or a month of the calendar.
const (
	ZoomAll     = "all"
	ZoomQuarter = "quarter"
	ZoomMonth   = "month"
)

// Thing is what a plan has a line for: a phase or a task. Dates are as of Milestone.
type Thing struct {
	Key, Phase  int64 // Phase is the key of the phase that a task belongs to, 0 for none
	IsPhase     bool
	Start, Due  time.Time
	State       string // "done", "doing", "todo" or "hold", which waits for the client
	Done, Total int    // of the tasks of a phase
	Before      []time.Time
	Needs       []int64 // the keys of what has to end before
}

// Plan is where everything of a drawing with tasks goes.
type Plan struct {
	Scale
	Days    int // of the stretch
	Bars    []Bar
	Sheets  []Sheet
	Left    int  // how many things of the stretch are not drawn: there are too many
	Earlier bool // something lies before the stretch
	Later   bool // or after it
}

// Sheet is a part of a plan that fits on a printed page: the bars from First up to, not
// with, Next.
type Sheet struct {
	First, Next   int
	Height, Floor int
	Links         []Link
}

// Bar is the line of one thing. Place is where it stands in what the plan was made of.
type Bar struct {
	Thing
	Place    int
	Sheet    int
	Y        int  // top of the bar, on its sheet
	Long     bool // it has a stretch of time inside the drawing
	X, Width Share
	Filled   Share
	Stone    bool // a phase ends inside the drawing
	StoneX   Share
	Ghosts   []Share
}

// The measures of a plan, as .plan has them in portal.css.
const (
	planRow   = 40
	planBar   = 24 // from the top of the row to the bar
	barHeight = 10
	barsMost  = 100
	sheetRows = 18
	sheetTop  = rowsBegin - 8
	linksMost = 300 // the table names all of them
)

// Stretch is a month or a quarter of the calendar around a day.
func Stretch(zoom string, day time.Time) (first, last time.Time) {
	months, month := 1, day.Month()
	if zoom == ZoomQuarter {
		months, month = 3, month-(month-1)%3
	}
	first = time.Date(day.Year(), month, 1, 0, 0, 0, 0, time.UTC)
	return first, first.AddDate(0, months, -1)
}

// NewPlan lays out things, phases in order, between the project's own dates, which may
// be zero. day is inside the stretch when zoom is not ZoomAll. ok is false when nothing
// has a date.
func NewPlan(things []Thing, starts, ends, today time.Time, zoom string, day time.Time) (plan Plan, ok bool) {
	whole, ok := wholeOf(things, starts, ends, today)
	if !ok {
		return Plan{}, false
	}
	plan.Scale = whole
	if zoom != ZoomAll {
		first, last := Stretch(zoom, day)
		plan.Scale = Scale{First: first, Last: last, Weeks: zoom == ZoomMonth}
		for _, thing := range things {
			from, to, dated := thing.span()
			plan.Earlier, plan.Later = plan.Earlier || dated && from.Before(first), plan.Later || dated && to.After(last)
		}
	}
	plan.mark(today)
	plan.Days = int(days(plan.First, plan.Last)) + 1
	plan.Bars = plan.choose(things, today)
	for i := range plan.Bars {
		plan.put(&plan.Bars[i], i)
	}
	for first := 0; first < len(plan.Bars); first += sheetRows {
		next := min(first+sheetRows, len(plan.Bars))
		floor := rowsBegin + planRow*(next-first)
		plan.Sheets = append(plan.Sheets, Sheet{First: first, Next: next, Floor: floor, Height: floor + 8})
	}
	plan.link()
	return plan, true
}

// wholeOf is the stretch of all that has a date, in whole weeks, as NewTimeline has it.
func wholeOf(things []Thing, starts, ends, today time.Time) (Scale, bool) {
	all := make([]Milestone, len(things))
	for i, thing := range things {
		all[i] = Milestone{Start: thing.Start, Due: thing.Due, Reached: thing.State == "done"}
	}
	first, last, open := bounds(all, starts, ends)
	if first.IsZero() {
		return Scale{}, false
	}
	return weeks(first, last, open, today), true
}

// span is the stretch of time of a thing: with one date it is that day.
func (t Thing) span() (from, to time.Time, ok bool) {
	from, to = t.Start, t.Due
	if from.IsZero() {
		from = to
	}
	if to.IsZero() {
		to = from
	}
	if to.Before(from) {
		from = to
	}
	return from, to, !to.IsZero()
}

// choose are the things of the stretch in the order of the drawing: each phase before
// its tasks, those without a phase last. Where there are too many, those stay that are
// nearest to today, what is not done first.
func (p *Plan) choose(things []Thing, today time.Time) []Bar {
	var inside []Bar
	for i, thing := range things {
		from, to, dated := thing.span()
		if dated && !from.After(p.Last) && !to.Before(p.First) {
			inside = append(inside, Bar{Thing: thing, Place: i})
		}
	}
	if p.Left = max(0, len(inside)-barsMost); p.Left > 0 {
		slices.SortStableFunc(inside, func(a, b Bar) int { return cmp.Compare(a.far(today), b.far(today)) })
		inside = inside[:barsMost]
	}
	phase := map[int64]int{}
	for i, thing := range things {
		if thing.IsPhase {
			phase[thing.Key] = i + 1
		}
	}
	of := func(b Bar) int {
		key := b.Phase
		if b.IsPhase {
			key = b.Key
		}
		if at := phase[key]; at > 0 {
			return at
		}
		return len(things) + 1
	}
	slices.SortStableFunc(inside, func(a, b Bar) int {
		from, _, _ := a.span()
		other, _, _ := b.span()
		return cmp.Or(cmp.Compare(of(a), of(b)), cmp.Compare(flag(b.IsPhase), flag(a.IsPhase)), from.Compare(other), a.Due.Compare(b.Due), cmp.Compare(a.Place, b.Place))
	})
	return inside
}

// far is how many days a thing is away from today; phases are always near, and what is
// done is farther than all that is not.
func (b Bar) far(today time.Time) float64 {
	from, to, _ := b.span()
	away := max(0, days(today, from), days(to, today))
	switch {
	case b.IsPhase:
		return -1
	case b.State == "done":
		return away + 1e7
	}
	return away
}

func flag(is bool) int {
	if is {
		return 1
	}
	return 0
}

// put gives a bar its place in a row; what reaches over the stretch is cut off.
func (p *Plan) put(b *Bar, row int) {
	b.Sheet, b.Y = row/sheetRows, rowsBegin+planRow*(row%sheetRows)+planBar
	from, to, _ := b.span()
	b.Ghosts = p.ghosts(b.Before)
	if b.IsPhase && !b.Due.IsZero() && p.holds(b.Due) {
		b.Stone, b.StoneX = true, p.middle(b.Due)
	}
	if b.IsPhase && (b.Start.IsZero() || b.Due.IsZero()) {
		return
	}
	b.Long, b.X = true, p.at(latest(from, p.First))
	b.Width = p.at(earliest(to, p.Last).AddDate(0, 0, 1)) - b.X
	switch share := Share(Percent(b.Done, b.Total)) / 100; {
	case b.State == "done":
		b.Filled = b.Width
	case b.IsPhase: // of the whole of it, of which the drawing may show a part
		full := p.at(to.AddDate(0, 0, 1)) - p.at(from)
		b.Filled = min(b.Width, max(0, p.at(from)+full*share-b.X))
	}
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// Middle is the height of the middle of the bar.
func (b Bar) Middle() int { return b.Y + barHeight/2 }

// End is where the bar ends.
func (b Bar) End() Share { return b.X + b.Width }
