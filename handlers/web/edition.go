package web

import (
	"slices"
	"time"

	"vitrine/db"
	"vitrine/views"
)

// Edition is what was asked once, with all that belongs to it.
type Edition struct {
	db.Edition
	Options  []db.Option
	NewTasks []string
}

// Difference is one thing of an edition that is not as it was in the one before, in
// the reader's words. Pieces compare longer texts, else Before and After do.
type Difference struct {
	What          string
	Before, After string
	Pieces        []views.Change
}

// Effect words what something does to the budget: "+ €620.00", "no change"; "" where
// that is not said.
func Effect(w *views.Words, minor *int64, currency string) string {
	switch {
	case minor == nil:
		return ""
	case *minor == 0:
		return w.T("edition.same")
	case *minor > 0:
		return w.T("edition.more", "amount", w.Money(*minor, currency))
	}
	return w.Money(*minor, currency)
}

// Shift words by how many days something moves the dates.
func Shift(w *views.Words, days *int64) string {
	switch {
	case days == nil:
		return ""
	case *days == 0:
		return w.T("edition.same")
	case *days > 0:
		return w.N("edition.later", *days)
	}
	return w.N("edition.earlier", -*days)
}

// Shifted is a day moved by so many days; "" without a day.
func Shifted(day db.Date, days *int64) db.Date {
	at, ok := day.Midnight()
	if !ok || days == nil {
		return ""
	}
	return db.Date(at.AddDate(0, 0, int(*days)).Format(time.DateOnly))
}

// Differences are what changed from one edition to the next.
func Differences(w *views.Words, before, after Edition) []Difference {
	d := differing{w: w}
	d.text("edition.question", before.Question, after.Question)
	d.text("edition.context", before.Context, after.Context)
	d.text("edition.if-silent", before.IfSilent, after.IfSilent)
	d.line(w.T("edition.price"), priced(w, before.Price, before.Currency), priced(w, after.Price, after.Currency))
	d.line(w.T("edition.days"), Shift(w, before.Days), Shift(w, after.Days))
	d.options(before, after)
	d.line(w.T("edition.new-tasks"), w.And(before.NewTasks), w.And(after.NewTasks))
	d.line(w.T("edition.free"), d.yes(before.FreeAnswer), d.yes(after.FreeAnswer))
	d.line(w.T("edition.due"), w.DayRecord(before.DueOn), w.DayRecord(after.DueOn))
	d.line(w.T("edition.closes"), d.yes(before.Closes), d.yes(after.Closes))
	d.line(w.T("edition.mode"), w.T("edition.mode-"+before.Mode), w.T("edition.mode-"+after.Mode))
	return d.list
}

func priced(w *views.Words, minor *int64, currency string) string {
	if minor == nil {
		return ""
	}
	return w.Money(*minor, currency)
}

type differing struct {
	w    *views.Words
	list []Difference
}

func (d *differing) yes(on bool) string {
	if on {
		return d.w.T("edition.yes")
	}
	return d.w.T("edition.no")
}

// line notes values in words; what is not there is said to be nothing.
func (d *differing) line(what, before, after string) {
	if before == after {
		return
	}
	for _, text := range []*string{&before, &after} {
		if *text == "" {
			*text = d.w.T("edition.nothing")
		}
	}
	d.list = append(d.list, Difference{What: what, Before: before, After: after})
}

func (d *differing) text(key, before, after string) { d.pieces(d.w.T(key), before, after) }

func (d *differing) pieces(what, before, after string) {
	switch {
	case before == after:
	case before == "" || after == "":
		d.line(what, before, after)
	default:
		d.list = append(d.list, Difference{What: what, Pieces: around(views.Changes(before, after))})
	}
}

// beside is how many signs of what is alike stand beside a change.
const beside = 60

// around leaves out what is alike and far from any change.
func around(pieces []views.Change) []views.Change {
	for i, piece := range pieces {
		text := []rune(piece.Text)
		first, last := i == 0, i == len(pieces)-1
		switch {
		case piece.Kind != "" || len(text) <= 2*beside || first && last:
		case first:
			pieces[i].Text = "… " + string(text[len(text)-beside:])
		case last:
			pieces[i].Text = string(text[:beside]) + " …"
		default:
			pieces[i].Text = string(text[:beside]) + " … " + string(text[len(text)-beside:])
		}
	}
	return pieces
}

// options compares options of the same title, and then those that are left by their
// order: such a one has another title.
func (d *differing) options(before, after Edition) {
	old, was := slices.Clone(before.Options), make([]*db.Option, len(after.Options))
	for i, o := range after.Options {
		if at := slices.IndexFunc(old, func(b db.Option) bool { return b.Title == o.Title }); at >= 0 {
			found := old[at]
			was[i], old = &found, slices.Delete(old, at, at+1)
		}
	}
	for i, o := range after.Options {
		if was[i] == nil && len(old) > 0 {
			found := old[0]
			was[i], old = &found, old[1:]
			d.line(d.w.T("edition.option"), found.Title, o.Title)
		}
		if was[i] == nil {
			d.line(d.w.T("edition.option-new"), "", o.Title)
			continue
		}
		d.option(*was[i], o, before.Currency, after.Currency)
	}
	for _, o := range old {
		d.line(d.w.T("edition.option-gone"), o.Title, "")
	}
}

func (d *differing) option(before, after db.Option, was, is string) {
	named := func(key string) string { return d.w.T(key, "option", after.Title) }
	d.pieces(named("edition.option-text"), before.Text, after.Text)
	d.line(named("edition.option-cost"), Effect(d.w, before.Cost, was), Effect(d.w, after.Cost, is))
	d.line(named("edition.option-days"), Shift(d.w, before.Days), Shift(d.w, after.Days))
	d.line(named("edition.option-ours"), d.yes(before.Recommended), d.yes(after.Recommended))
}
