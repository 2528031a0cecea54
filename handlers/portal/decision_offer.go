package portal

import (
	"time"

	"vitrine/db"
	"vitrine/views"
	"vitrine/views/chart"
)

// offer is an option, or a whole change, with what it does to budget and launch. The
// dates are told while the answer is open: afterwards they have moved, or have not.
type offer struct {
	W *views.Words
	db.Option
	Currency     string
	Then, Launch db.Date // "" for a project without an end
	Shift        chart.Shift
	Chosen       bool
}

// offers lays out all options on one scale; the change stands alone.
func (s sight) offers(d db.ClientDecision, project db.ClientProject) (list []offer, change offer) {
	end, ends := project.EndsOn.Midnight()
	ends = ends && d.State == db.Asked
	made := func(o db.Option) offer {
		made := offer{W: s.Words, Option: o, Currency: d.Now.Currency, Chosen: o.ID != 0 && o.ID == d.OptionID}
		if ends && o.Days != nil {
			made.Then, made.Launch = project.EndsOn, db.Date(end.AddDate(0, 0, int(*o.Days)).Format(time.DateOnly))
		}
		return made
	}
	days := make([]int64, len(d.Options))
	for i, o := range d.Options {
		list = append(list, made(o))
		if o.Days != nil {
			days[i] = *o.Days
		}
	}
	for i, shift := range chart.Shifts(days) {
		list[i].Shift = shift
	}
	change = made(db.Option{Title: d.Now.Question, Cost: d.Now.Price, Days: d.Now.Days})
	if d.Now.Days != nil {
		change.Shift = chart.Shifts([]int64{*d.Now.Days})[0]
	}
	return list, change
}

// Budget says what an offer costs, "" where it says nothing of it.
func (o offer) Budget() string {
	switch {
	case o.Cost == nil:
		return ""
	case *o.Cost == 0:
		return o.W.T("decide.no-change")
	case *o.Cost > 0:
		return "+ " + o.W.Money(*o.Cost, o.Currency)
	}
	return "\u2212 " + o.W.Money(-*o.Cost, o.Currency)
}

// Moves says by how much an offer moves the dates, "" where it says nothing of it.
func (o offer) Moves() string {
	switch {
	case o.Days == nil:
		return ""
	case *o.Days == 0:
		return o.W.T("decide.no-change")
	case *o.Days > 0:
		return o.W.N("decide.later", *o.Days)
	}
	return o.W.N("decide.sooner", -*o.Days)
}

// Accept is what the button says that accepts a change: with its price and its date.
func (o offer) Accept() string {
	var effects []string
	if o.Cost != nil && *o.Cost != 0 {
		effects = append(effects, o.Budget())
	}
	if o.Days != nil && *o.Days != 0 {
		if o.Launch != "" {
			effects = append(effects, o.W.T("decide.launch-to", "day", o.W.DayShort(o.Launch)))
		} else {
			effects = append(effects, o.Moves())
		}
	}
	switch len(effects) {
	case 0:
		return o.W.T("decide.accept")
	case 1:
		return o.W.T("decide.accept-one", "effect", effects[0])
	}
	return o.W.T("decide.accept-both", "price", effects[0], "date", effects[1])
}

// Drawn says in words what the drawing of the launch shows.
func (o offer) Drawn() string {
	if o.Shift.Moves {
		return o.W.T("decide.launch-moves", "by", o.Moves(), "old", o.W.DayShort(o.Then), "new", o.W.DayShort(o.Launch))
	}
	return o.W.T("decide.launch-stays", "day", o.W.DayShort(o.Then))
}
