package portal

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// ownWords is the option that stands for an answer in own words.
const ownWords = "own"

// AnswerDecision seals what a client answers to a question, in the version that was on
// screen.
func (p *Portal) AnswerDecision(c *fiber.Ctx) error {
	id, err := p.threadIn(c, db.OnDecision)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "edition", "shown", "outcome", "option", "comment")
	answer := answerIn(form)
	_, err = p.Store.Answer(p.Actor(c), id, answer)
	var over *db.Over
	switch {
	case errors.As(err, &over):
		return p.decisionOver(c, id, form, over)
	case form.Refused(p.Words(c), err):
		return p.decisionAgain(c, fiber.StatusUnprocessableEntity, id, form, nil)
	case err != nil:
		return err
	}
	return web.SeeOther(c, decisionURL(id)+"?answered=1")
}

// answerIn reads a form: the option that stands for own words is another outcome.
func answerIn(form web.Form) db.AnswerForm {
	answer := db.AnswerForm{Shown: form.Value("shown"), Outcome: form.Value("outcome"), Option: form.Value("option"), Comment: form.Value("comment")}
	answer.Edition, _ = strconv.Atoi(form.Value("edition")) // none is one that was never asked
	if answer.Outcome == db.Choose && answer.Option == ownWords {
		answer.Outcome = db.Free
	}
	return answer
}

// decisionOver answers who comes too late, or answers what is asked otherwise by now.
// Who sends the very same answer twice has answered.
func (p *Portal) decisionOver(c *fiber.Ctx, id db.ID, form web.Form, over *db.Over) error {
	again := false
	err := p.look(c, func(s sight) error {
		signoffs, err := s.Signoffs(id)
		again = slices.ContainsFunc(signoffs, func(a db.Signoff) bool { return a.PersonID == s.Viewer() && sameAnswer(a, answerIn(form)) })
		return err
	})
	switch {
	case err != nil:
		return err
	case again:
		return web.SeeOther(c, decisionURL(id)+"?answered=1")
	}
	return p.decisionAgain(c, fiber.StatusConflict, id, form, over)
}

func sameAnswer(sealed db.Signoff, form db.AnswerForm) bool {
	record, err := db.ReadRecord(sealed.Record)
	option := ""
	if sealed.OptionID != 0 {
		option = sealed.OptionID.String()
	}
	words := func(text string) string { return strings.Join(strings.Fields(text), " ") } // they were tidied before they were sealed
	return err == nil && sealed.Edition == form.Edition && sealed.Outcome == form.Outcome && words(record.Answer.Comment) == words(form.Comment) && (form.Outcome != db.Choose || option == form.Option)
}

// decisionAgain shows the question as it is now, with what was written.
func (p *Portal) decisionAgain(c *fiber.Ctx, status int, id db.ID, form web.Form, over *db.Over) error {
	return p.look(c, func(s sight) error {
		shell, err := s.decision(id)
		if err != nil {
			return err
		}
		shell.Form = form
		if over != nil {
			shell.Said = s.overSays(shell.D, over)
			shell.Form.Values["option"], shell.Mine = "", shell.Mine && over.State == db.Asked
		}
		room, err := p.Room(c, s.Glass)
		if err != nil {
			return err
		}
		room.Enter(shell.Project.CompanyID)
		regions, err := s.regions(live.PageKey{Kind: decisionPage, Noun: id, Project: shell.Project.ID})
		if err != nil {
			return err
		}
		page := p.Page(c, shell.D.Now.Question, "projects", shell)
		page.Regions = web.RegionMap(regions)
		if err := room.Dress(s.Glass, page); err != nil {
			return err
		}
		return p.Send(c, status, "portal/decision", page)
	})
}

// overSays words why a question could not be answered.
func (s sight) overSays(d db.ClientDecision, over *db.Over) string {
	number := d.Now.Number
	switch {
	case over.Signed && over.Had == over.Edition:
		return s.T("decide.over-signed", "number", number)
	case over.State == db.Asked && over.Had != over.Edition:
		return s.T("decide.over-older", "had", over.Had, "now", number)
	case over.Differs:
		return s.T("decide.over-differs")
	case over.State == db.Asked:
		return s.T("decide.over-turn", "name", s.stillTo(d.Now.Mode, namesOf(d.Deciders)))
	case over.State == db.Withdrawn:
		return s.T("decide.over-withdrawn")
	case over.State == db.Expired:
		return s.T("decide.over-expired", "day", s.Day(d.Now.DueOn))
	}
	for _, sealed := range slices.Backward(d.Signoffs) {
		if sealed.Edition == number {
			return s.T("decide.over-answered", "name", sealed.Person, "moment", s.MomentWithin(sealed.At))
		}
	}
	return s.T("decide.over-ended")
}
