package portal

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// answering is the form in which a version is answered, with what was sent and not
// taken: Said is what happened meanwhile.
type answering struct {
	W       *views.Words
	At      string // where it is sent
	Version versionView
	Name    string // of the deliverable
	Company string
	People  []string // who can answer, by name
	Form    web.Form
	Said    string
	Outcome string // what was to be answered
}

// May says that the viewer can answer the version on screen now.
func (a answering) May() bool { return a.Version.Mine && a.Version.Newest }

// Comment is what was written to an outcome and is kept.
func (a answering) Comment(outcome string) string {
	if a.Outcome != outcome {
		return ""
	}
	return a.Form.Value("comment")
}

// Mistake is what is wrong with a field of the form of an outcome.
func (a answering) Mistake(outcome, field string) string {
	if a.Outcome != outcome {
		return ""
	}
	return a.Form.Mistake(field)
}

// answering completes the form for the version of a page.
func (s sight) answering(page deliverablePage, answer answering) (answering, error) {
	answer.W, answer.Version, answer.Name = s.Words, page.Version, page.Deliverable.Name
	answer.At, answer.Company = deliverableURL(page.Deliverable.ID)+"/answer", page.Project.Company
	if !answer.May() {
		return answer, nil
	}
	decision, err := s.Decision(page.Version.DecisionID)
	for _, decider := range decision.Deciders {
		if !decider.Answered {
			answer.People = append(answer.People, decider.Name)
		}
	}
	return answer, err
}

// AnswerVersion seals what a client says to a version of a deliverable: to the very
// one that was on screen.
func (p *Portal) AnswerVersion(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "version", "shown", "outcome", "comment")
	number, _ := strconv.Atoi(form.Value("version"))
	var asked db.ClientVersion
	if err := p.look(c, func(s sight) (err error) { asked, err = s.version(id, number); return err }); err != nil {
		return err
	}
	_, err = p.Store.Answer(p.Actor(c), asked.DecisionID, db.AnswerForm{Edition: 1, Shown: form.Value("shown"), Outcome: form.Value("outcome"), Comment: form.Value("comment")})
	var over *db.Over
	switch {
	case errors.As(err, &over):
		return p.notAnswered(c, fiber.StatusConflict, id, form, func(s sight, page deliverablePage) string { return s.over(page, asked, over) })
	case form.Refused(p.Words(c), err):
		return p.notAnswered(c, fiber.StatusUnprocessableEntity, id, form, nil)
	case err != nil:
		return err
	}
	return web.SeeOther(c, deliverableURL(id))
}

// version is one that was handed over, by its number.
func (s sight) version(deliverable db.ID, number int) (db.ClientVersion, error) {
	d, err := s.Glass.Deliverable(deliverable)
	for _, version := range d.Versions {
		if version.Number == number {
			return version, err
		}
	}
	if err == nil {
		err = db.ErrNotFound
	}
	return db.ClientVersion{}, err
}

// notAnswered shows the deliverable as it is now, with what was written in its form.
func (p *Portal) notAnswered(c *fiber.Ctx, status int, id db.ID, form web.Form, said func(sight, deliverablePage) string) error {
	return p.look(c, func(s sight) error {
		body, err := s.deliverableBody(id, 0, answering{Form: form, Outcome: form.Value("outcome")})
		if err != nil {
			return err
		}
		if said != nil {
			body.Answer.Said = said(s, body)
		}
		room, err := p.Room(c, s.Glass)
		if err != nil {
			return err
		}
		room.Enter(body.Project.CompanyID)
		regions, err := s.regions(live.PageKey{Kind: handedPage, Noun: id, Project: body.Project.ID})
		if err != nil {
			return err
		}
		page := p.Page(c, body.Deliverable.Name, "projects", body)
		page.Regions = web.RegionMap(regions)
		if err := room.Dress(s.Glass, page); err != nil {
			return err
		}
		return p.Send(c, status, "portal/deliverable", page)
	})
}

// over words why a version could not be answered.
func (s sight) over(page deliverablePage, asked db.ClientVersion, over *db.Over) string {
	newest := page.Version
	switch {
	case newest.Number != asked.Number:
		return s.T("approve.older", "had", asked.Number, "now", newest.Number)
	case over.Signed:
		return s.T("approve.signed", "number", asked.Number)
	case over.Differs:
		return s.T("approve.differs", "number", asked.Number)
	case over.State == db.Asked:
		return s.T("approve.turn", "number", asked.Number)
	}
	if last := len(newest.Signoffs) - 1; last >= 0 {
		who := newest.Signoffs[last].Person
		switch over.State {
		case db.Decided:
			return s.T("approve.over-decided", "name", who, "number", asked.Number)
		case db.Changed:
			return s.T("approve.over-changes", "name", who, "number", asked.Number)
		case db.Declined:
			return s.T("approve.over-declined", "name", who, "number", asked.Number)
		}
	}
	return s.T("approve.over", "number", asked.Number)
}

// openedPart is the part of the page that depends on what the viewer has opened.
func (p *Portal) openedPart(c *fiber.Ctx, id db.ID, number int) error {
	return p.look(c, func(s sight) error {
		body, err := s.deliverableBody(id, number, answering{})
		if err != nil {
			return err
		}
		return p.SendFragment(c, fiber.StatusOK, "fragments/client_version_files", body.Answer)
	})
}
