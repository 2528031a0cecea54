package web

import (
	"slices"

	"vitrine/db"
	"vitrine/views"
)

// changes collects sentences about what differs between two editions of a question.
type changes struct {
	*views.Words
	said []string
}

// Changed says in sentences what is different from what was asked before.
func Changed(w *views.Words, was, now db.Wording) []string {
	c := &changes{Words: w}
	c.note(was.Question != now.Question, "question", "old", views.Line(was.Question))
	c.note(was.Context != now.Context, "context")
	c.options(was, now)
	c.note(c.money(was.Price, was.Currency) != c.money(now.Price, now.Currency), "price", "new", c.money(now.Price, now.Currency), "old", c.money(was.Price, was.Currency))
	c.note(c.days(was.Days) != c.days(now.Days), "dates", "new", c.days(now.Days), "old", c.days(was.Days))
	c.note(!slices.Equal(was.NewTasks, now.NewTasks), "tasks")
	switch {
	case was.DueOn == now.DueOn:
	case now.DueOn == "":
		c.note(true, "due-removed")
	case was.DueOn == "":
		c.note(true, "due-set", "new", w.DayFull(now.DueOn))
	default:
		c.note(true, "due", "new", w.DayFull(now.DueOn), "old", w.DayFull(was.DueOn))
	}
	c.note(was.IfSilent != now.IfSilent, "silent")
	c.note(!was.FreeAnswer && now.FreeAnswer, "own")
	c.note(was.FreeAnswer && !now.FreeAnswer, "not-own")
	c.note(len(c.said) == 0, "same")
	return c.said
}

// options compares options by their titles.
func (c *changes) options(was, now db.Wording) {
	note := func(differs bool, key, title string, pairs ...any) {
		c.note(differs, key, append(pairs, "title", views.Line(title))...)
	}
	for _, o := range now.Options {
		at := slices.IndexFunc(was.Options, func(b db.Option) bool { return b.Title == o.Title })
		if at < 0 {
			note(true, "added", o.Title)
			continue
		}
		b := was.Options[at]
		note(b.Text != o.Text, "option", o.Title)
		note(c.money(b.Cost, was.Currency) != c.money(o.Cost, now.Currency), "cost", o.Title, "new", c.money(o.Cost, now.Currency), "old", c.money(b.Cost, was.Currency))
		note(c.days(b.Days) != c.days(o.Days), "option-days", o.Title, "new", c.days(o.Days), "old", c.days(b.Days))
		note(!b.Recommended && o.Recommended, "recommended", o.Title)
	}
	for _, b := range was.Options {
		note(!slices.ContainsFunc(now.Options, func(o db.Option) bool { return o.Title == b.Title }), "removed", b.Title)
	}
}

func (c *changes) note(differs bool, key string, pairs ...any) {
	if differs {
		c.said = append(c.said, c.T("changed."+key, pairs...))
	}
}

func (c *changes) money(minor *int64, currency string) string {
	if minor == nil {
		return c.T("changed.no-amount")
	}
	return c.Money(*minor, currency)
}

func (c *changes) days(days *int64) string {
	if days == nil {
		return c.T("changed.no-days")
	}
	return c.N("changed.days", *days)
}
