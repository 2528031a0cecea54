package portal

import (
	"errors"
	"slices"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

func decisionURL(id db.ID) string { return "/portal/decisions/" + id.String() }

// decisionShell is the page of a question around its regions: what is asked stays as
// it was when the page was opened, whatever is asked meanwhile.
type decisionShell struct {
	W       *views.Words
	Project db.ClientProject
	D       db.ClientDecision
	Mine    bool // the viewer has to answer it now
	Options []offer
	Change  offer // of a change request: what it costs and moves
	Form    web.Form
	Said    string // why an answer was not taken
	Notice  *views.Notice
	Reply   replyForm
}

// Plain says that it is answered by a choice or in own words, not by a yes.
func (d decisionShell) Plain() bool {
	return slices.Contains([]string{db.KindQuestion, db.KindBudget, db.KindDirection}, d.D.Kind)
}

// At is the page's address.
func (d decisionShell) At() string { return decisionURL(d.D.ID) }

// Turned says that what was sent would have ended the question without a yes.
func (d decisionShell) Turned() bool {
	outcome := d.Form.Value("outcome")
	return outcome == db.Changes || outcome == db.Decline
}

// Unread says that something has to be opened before an answer.
func (d decisionShell) Unread() bool {
	return slices.ContainsFunc(d.D.Files, func(f db.ClientFile) bool { return f.Required && !f.Opened })
}

// Decision is the page of one question, live. An approval is answered on the page of
// its deliverable.
func (p *Portal) Decision(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	if c.Query("part") != "" {
		return p.filesPart(c, id)
	}
	answered := c.Query("answered") != ""
	err = p.page(c, live.PageKey{Kind: decisionPage, Noun: id}, "projects", "portal/decision", func(s sight) (string, any, error) {
		shell, err := s.decision(id)
		if err == nil && answered {
			err = s.thank(&shell)
		}
		return shell.D.Now.Question, shell, err
	})
	if errors.Is(err, db.ErrNotFound) {
		return p.toDeliverable(c, id)
	}
	return err
}

// toDeliverable leads to where an approval is answered.
func (p *Portal) toDeliverable(c *fiber.Ctx, id db.ID) error {
	return p.look(c, func(s sight) error {
		decision, err := s.Glass.Decision(id)
		if err == nil && decision.DeliverableID == 0 {
			err = db.ErrNotFound
		}
		if err != nil {
			return err
		}
		return web.SeeOther(c, deliverableURL(decision.DeliverableID))
	})
}

// decision reads the shell.
func (s sight) decision(id db.ID) (shell decisionShell, err error) {
	shell.W = s.Words
	if shell.D, err = s.Glass.Decision(id); err != nil {
		return shell, err
	}
	if shell.D.Files, err = s.DecisionFiles(id); err != nil {
		return shell, err
	}
	if shell.Project, err = s.Project(shell.D.ProjectID); err != nil {
		return shell, err
	}
	shell.D = s.nameTeam(shell.D)
	shell.Mine = lies(shell.Project, id)
	shell.Options, shell.Change = s.offers(shell.D, shell.Project)
	shell.Reply, err = s.replyBox(id, "", "")
	return shell, err
}

// nameTeam gives "the team" the workspace's name.
func (s sight) nameTeam(d db.ClientDecision) db.ClientDecision {
	if d.Now.AskedBy == "" {
		d.Now.AskedBy = s.space.Name
	}
	return d
}

// decidedBody is the shell around a reply that was not taken.
func (s sight) decidedBody(box replyForm) (string, any, error) {
	shell, err := s.decision(box.Thread.DecisionID)
	shell.Reply = box
	return shell.D.Now.Question, shell, err
}

// thank says what became of the viewer's answer, and who knows of it. Whoever did not
// answer is told nothing.
func (s sight) thank(shell *decisionShell) error {
	at := slices.IndexFunc(shell.D.Signoffs, func(a db.Signoff) bool { return a.PersonID == s.Viewer() && a.Edition == shell.D.Now.Number })
	if at < 0 {
		return nil
	}
	people, err := s.People(shell.D.ProjectID)
	if err != nil {
		return err
	}
	names := s.team(people)
	told := append(names["Lead"], names["With"]...)
	if len(told) == 0 {
		told = []string{s.space.Name}
	}
	key := "decide.signed"
	if outcome := shell.D.Signoffs[at].Outcome; outcome == db.Changes || outcome == db.Decline {
		key = "decide.sent"
	}
	shell.Notice = &views.Notice{Kind: "good", Text: s.N(key, len(told), "people", s.And(told))}
	return nil
}

// filesPart is the part of the page that depends on what the viewer has opened.
func (p *Portal) filesPart(c *fiber.Ctx, id db.ID) error {
	return p.look(c, func(s sight) error {
		shell, err := s.decision(id)
		if err != nil {
			return err
		}
		return p.SendFragment(c, fiber.StatusOK, "fragments/client_decision_files", shell)
	})
}
