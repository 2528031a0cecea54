package team

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// Ask puts a draft to the client.
func (t *Team) Ask(c *fiber.Ctx) error {
	id, err := t.decision(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "version")
	return t.decisionChanged(c, id, "asked", t.Store.AskDecision(t.Actor(c), id, number(form.Value("version"))))
}

// End takes back what was asked, or declines what a client proposed: whichever stands
// in that state.
func (t *Team) End(state, said string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := t.decision(c)
		if err != nil {
			return err
		}
		form := web.ReadForm(c, "reason")
		if err := t.stands(c, id, state); err != nil {
			return t.decisionChanged(c, id, said, err)
		}
		err = t.Store.WithdrawDecision(t.Actor(c), id, form.Value("reason"))
		if form.Refused(t.Words(c), err) {
			return t.decisionStill(c, id, fiber.StatusUnprocessableEntity, sentDecision{withdraw: &form})
		}
		return t.decisionChanged(c, id, said, err)
	}
}

// stands is an *Over when a decision is not in that state, for those who may end it.
func (t *Team) stands(c *fiber.Ctx, id db.ID, state string) error {
	return t.look(c, func(s sight) error {
		d, err := s.Viewer.Decision(id)
		if err == nil && d.MayLead && d.MayWork && d.State != state {
			err = &db.Over{State: d.State, Edition: d.Now.Number}
		}
		return err
	})
}

// DeleteDecision throws a draft away.
func (t *Team) DeleteDecision(c *fiber.Ctx) error {
	id, err := t.decision(c)
	if err != nil {
		return err
	}
	var project db.ID
	if err := t.look(c, func(s sight) error { d, err := s.Viewer.Decision(id); project = d.ProjectID; return err }); err != nil {
		return err
	}
	if err := t.Store.DeleteDecision(t.Actor(c), id); err != nil {
		return t.decisionChanged(c, id, "", err)
	}
	return web.SeeOther(c, projectURL(project)+"/decisions?said=decision-deleted")
}

// decision reads the id of the path; what is not the viewer's is not found, nor is the
// approval of a deliverable.
func (t *Team) decision(c *fiber.Ctx) (db.ID, error) {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return 0, err
	}
	return id, t.look(c, func(s sight) error {
		d, err := s.Viewer.Decision(id)
		if err == nil && d.Kind == db.KindApproval {
			err = db.ErrNotFound
		}
		return err
	})
}

// decisionChanged leads back to the page, or shows it as it is now with the sentence
// that says why nothing was done.
func (t *Team) decisionChanged(c *fiber.Ctx, id db.ID, said string, err error) error {
	var over *db.Over
	words := t.Words(c)
	mistakes, refused := web.MistakesOf(words, err)
	switch {
	case errors.As(err, &over):
		sentence, err := t.over(c, id, over)
		if err != nil {
			return err
		}
		return t.decisionStill(c, id, fiber.StatusConflict, sentDecision{over: sentence})
	case conflictOf(err) != nil:
		return t.decisionStill(c, id, fiber.StatusConflict, sentDecision{over: words.T("team-decisions.over-changed")})
	case refused:
		for _, sentence := range mistakes {
			return t.decisionStill(c, id, fiber.StatusUnprocessableEntity, sentDecision{over: sentence})
		}
	case err != nil:
		return err
	}
	return web.SeeOther(c, decisionURL(id)+"?said="+said)
}

// over says in one sentence how a decision stands, to somebody who came too late.
func (t *Team) over(c *fiber.Ctx, id db.ID, over *db.Over) (sentence string, err error) {
	err = t.look(c, func(s sight) error {
		d, err := s.Viewer.Decision(id)
		sentence = s.T("team-decisions.over-" + over.State)
		if last := len(d.Signoffs) - 1; last >= 0 && sectionOf[over.State] == sectionOf[db.Decided] {
			sentence = s.T("team-decisions.over-by", "name", d.Signoffs[last].Person)
		}
		return err
	})
	return sentence, err
}
