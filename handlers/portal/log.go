package portal

import (
	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

func (s sight) lines(events []db.ClientEvent, here bool) []web.Line {
	happened := make([]web.Happening, len(events))
	for i, e := range events {
		happened[i] = s.happening(e)
	}
	return web.Lines(s.Words, happened, here)
}

func (s sight) days(events []db.ClientEvent) []web.Day {
	return web.Days(s.Words, s.lines(events, false))
}

// happening is an event as clients read it: a column by its label for them, and
// "review" as in progress, unless it has one.
func (s sight) happening(e db.ClientEvent) web.Happening {
	h := web.Happening{Kind: e.Kind, Who: e.Actor, Milestone: e.Milestone,
		Column: e.ColumnLabel, ColumnKind: e.ColumnKind, OldDate: e.OldDate, NewDate: e.NewDate, At: e.At,
		Number: e.Number, Outcome: e.Outcome, Choice: e.Choice, LateDays: e.LateDays, Asks: e.Asks}
	if e.TaskID != 0 {
		h.Task = views.Anchor("/portal/tasks/"+e.TaskID.String(), e.Task)
	}
	switch {
	case e.DeliverableID != 0:
		h.What = views.Anchor("/portal/deliverables/"+e.DeliverableID.String(), e.Deliverable)
	case e.DecisionID != 0:
		h.What = views.Anchor("/portal/decisions/"+e.DecisionID.String(), e.Question)
	case e.BudgetID != 0:
		h.What = views.Anchor(budgetURL(e.BudgetID), e.Budget)
	}
	if h.Who == "" {
		h.Who = s.space.Name
	}
	if h.ColumnKind == db.Review {
		h.ColumnKind = db.Doing
	}
	return h
}
