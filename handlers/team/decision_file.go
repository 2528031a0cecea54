package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// questionFiles names the row in which files are hung on a question.
const questionFiles = "question"

// questionRow is that row; the files themselves stand in a region.
func (s sight) questionRow(d db.Decision, may bool) web.Attach {
	return web.Attach{W: s.Words, Kind: questionFiles, At: decisionURL(d.ID) + "/files", Files: "/files/",
		May: may && !(decisionView{Decision: d}).Fixed(), Limit: s.limit}
}

// AddDecisionFiles takes files for a question, as they come.
func (t *Team) AddDecisionFiles(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	actor := t.Actor(c)
	err = t.Store.MayAddDecisionFile(actor, id)
	if err == nil {
		err = t.ReceiveFiles(c, func(_ *string, files []*db.Received) error {
			_, err := t.Store.AddDecisionFiles(actor, id, files)
			return err
		})
	}
	return t.decisionAttached(c, id, err)
}

// RequireFile says whether a file is to be opened before the question is answered.
func (t *Team) RequireFile(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	decision, err := t.Store.RequireFile(t.Actor(c), id, web.ReadForm(c, "required").Value("required") == "yes")
	if decision == 0 {
		return err
	}
	return t.decisionAttached(c, decision, err)
}

// decisionAttached answers a change of these files: the page's script with the row,
// a plain form with the way back.
func (t *Team) decisionAttached(c *fiber.Ctx, id db.ID, refused error) error {
	if _, told := web.MistakesOf(t.Words(c), refused); refused != nil && !told {
		return refused
	}
	if refused != nil && !web.HTMX(c) {
		return t.decisionChanged(c, id, "", refused)
	}
	var row web.Attach
	if err := t.look(c, func(s sight) error {
		d, err := s.Viewer.Decision(id)
		row = s.questionRow(d, true)
		row.May = true // so that it can say what is wrong
		return err
	}); err != nil {
		return err
	}
	return t.Attached(c, "fragments/attach", row, decisionURL(id)+"#files", refused)
}
