package mail

import (
	"slices"

	"vitrine/db"
	"vitrine/views"
)

// changed says in sentences what is different from what was asked before; nothing for
// what is asked for the first time.
func (w writing) changed(ask db.Ask) (said []string) {
	if ask.Before == nil {
		return nil
	}
	was, now := *ask.Before, db.Wording{Edition: ask.Now, Options: ask.Options, NewTasks: ask.NewTasks}
	note := func(differs bool, key string, pairs ...any) {
		if differs {
			said = append(said, w.words.T("changed."+key, pairs...))
		}
	}
	note(was.Question != now.Question, "question", "old", views.Line(was.Question))
	note(was.Context != now.Context, "context")
	said = append(said, w.changedOptions(was, now)...)
	note(w.money(was.Price, was.Currency) != w.money(now.Price, now.Currency), "price", "new", w.money(now.Price, now.Currency), "old", w.money(was.Price, was.Currency))
	note(w.days(was.Days) != w.days(now.Days), "dates", "new", w.days(now.Days), "old", w.days(was.Days))
	note(!slices.Equal(was.NewTasks, now.NewTasks), "tasks")
	switch {
	case was.DueOn == now.DueOn:
	case now.DueOn == "":
		note(true, "due-removed")
	case was.DueOn == "":
		note(true, "due-set", "new", w.words.DayFull(now.DueOn))
	default:
		note(true, "due", "new", w.words.DayFull(now.DueOn), "old", w.words.DayFull(was.DueOn))
	}
	note(was.IfSilent != now.IfSilent, "silent")
	note(!was.FreeAnswer && now.FreeAnswer, "own")
	note(was.FreeAnswer && !now.FreeAnswer, "not-own")
	note(len(said) == 0, "same")
	return said
}

// changedOptions compares options by their titles.
func (w writing) changedOptions(was, now db.Wording) (said []string) {
	note := func(differs bool, key, title string, pairs ...any) {
		if differs {
			said = append(said, w.words.T("changed."+key, append(pairs, "title", views.Line(title))...))
		}
	}
	for _, o := range now.Options {
		at := slices.IndexFunc(was.Options, func(b db.Option) bool { return b.Title == o.Title })
		if at < 0 {
			note(true, "added", o.Title)
			continue
		}
		b := was.Options[at]
		note(b.Text != o.Text, "option", o.Title)
		note(w.money(b.Cost, was.Currency) != w.money(o.Cost, now.Currency), "cost", o.Title, "new", w.money(o.Cost, now.Currency), "old", w.money(b.Cost, was.Currency))
		note(w.days(b.Days) != w.days(o.Days), "option-days", o.Title, "new", w.days(o.Days), "old", w.days(b.Days))
		note(!b.Recommended && o.Recommended, "recommended", o.Title)
	}
	for _, b := range was.Options {
		note(!slices.ContainsFunc(now.Options, func(o db.Option) bool { return o.Title == b.Title }), "removed", b.Title)
	}
	return said
}

func (w writing) money(minor *int64, currency string) string {
	if minor == nil {
		return w.words.T("changed.no-amount")
	}
	return w.words.Money(*minor, currency)
}

func (w writing) days(days *int64) string {
	if days == nil {
		return w.words.T("changed.no-days")
	}
	return w.words.N("changed.days", *days)
}
