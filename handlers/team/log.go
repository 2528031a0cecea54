package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

const (
	boardEvents = 12
	taskEvents  = 20
	logEvents   = 400
)

// ProjectLog is the project's whole log, newest first.
func (t *Team) ProjectLog(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.still(c, fiber.StatusOK, "team/log", func(s sight) (content, []live.Region, error) {
		h, err := s.head(id, "log")
		if err != nil {
			return content{}, nil, err
		}
		events, err := s.Viewer.Log(id, logEvents)
		return content{h.Project.Name, struct {
			head
			Days []web.Day
		}{h, s.days(events)}}, nil, err
	})
}

func (s sight) lines(events []db.Event, here bool) []web.Line {
	happened := make([]web.Happening, len(events))
	for i, e := range events {
		happened[i] = s.happening(e)
	}
	return web.Lines(s.Words, happened, here)
}

func (s sight) days(events []db.Event) []web.Day {
	return web.Days(s.Words, s.lines(events, false))
}

// happening is an event as the team reads it. Without an actor it was done in the
// shell or by a job.
func (s sight) happening(e db.Event) web.Happening {
	h := web.Happening{Kind: e.Kind, Who: e.Actor, Milestone: e.Milestone, Person: e.Internal,
		Column: e.Internal, ColumnKind: e.ColumnKind, OldDate: e.OldDate, NewDate: e.NewDate, At: e.At, Inner: e.Audience == db.Team,
		Number: e.Number, Outcome: e.Outcome, Choice: e.Choice, LateDays: e.LateDays}
	if e.TaskID != 0 {
		h.Task = views.Anchor(taskURL(e.TaskID), e.Task)
	}
	switch {
	case e.DeliverableID != 0:
		h.What = views.Anchor("/deliverables/"+e.DeliverableID.String(), e.Deliverable)
	case e.DecisionID != 0:
		h.What = views.Anchor("/decisions/"+e.DecisionID.String(), e.Question)
	case e.BudgetID != 0:
		h.What = views.Anchor(budgetURL(e.BudgetID), e.Budget)
	}
	if h.Who == "" {
		h.Who = s.space
	}
	return h
}
