package team

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

func decisionURL(id db.ID) string { return "/decisions/" + id.String() }

func decisionKey(id db.ID) live.PageKey {
	return live.PageKey{Team: true, Kind: decisionPage, Noun: id}
}

// decisionShell is what the page of a decision shows beside its regions: what may be
// done with it, and the conversation's boxes.
type decisionShell struct {
	head
	Box      composers
	Decision db.Decision
	Goes     []string        // who is asked, or would be
	Through  []db.RosterLine // deciders through whom the viewer may look
	Upload   web.Attach
	Withdraw web.Form // as it was sent and not taken
	Over     string   // why the last press did nothing
}

// Works says that the viewer may change the decision as it stands.
func (p decisionShell) Works() bool {
	return p.Open() && p.Decision.MayWork && (p.Decision.State == db.Drafted || p.Project.Leads)
}

// Asks says that the viewer may put it to the client.
func (p decisionShell) Asks() bool { return p.Open() && p.Project.Leads && p.Decision.MayWork }

// Acts says that there is something to do, or to know about who may do it.
func (p decisionShell) Acts() bool {
	return p.Works() || p.Open() && sectionOf[p.Decision.State] < sectionOf[db.Decided]
}

// sentDecision are forms of the page that were not taken.
type sentDecision struct {
	note, reply writing
	withdraw    *web.Form
	over        string
}

// Decision is the page of one, live. The approval of a deliverable has none of its own.
func (t *Team) Decision(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	var of db.ID
	if err := t.look(c, func(s sight) error { d, err := s.Viewer.Decision(id); of = d.DeliverableID; return err }); err != nil {
		return err
	}
	if of != 0 {
		return web.SeeOther(c, "/deliverables/"+of.String())
	}
	box := c.Query("box")
	return t.live(c, decisionKey(id), "team/decision", func(s sight) (content, error) {
		reply, err := s.reopened(id, box)
		if err != nil {
			return content{}, err
		}
		return s.decisionBody(id, sentDecision{reply: reply})
	})
}

// decisionStill is the page with a form that was not taken.
func (t *Team) decisionStill(c *fiber.Ctx, id db.ID, status int, sent sentDecision) error {
	return t.still(c, status, "team/decision", func(s sight) (content, []live.Region, error) {
		body, err := s.decisionBody(id, sent)
		if err != nil {
			return body, nil, err
		}
		regions, err := s.threadRegions(id)
		return body, regions, err
	})
}

// decisionBody reads the shell.
func (s sight) decisionBody(id db.ID, sent sentDecision) (content, error) {
	d, err := s.Viewer.Decision(id)
	if err != nil {
		return content{}, err
	}
	page := decisionShell{Decision: d, Over: sent.over, Withdraw: web.FormOf(map[string]string{})}
	if page.head, err = s.head(d.ProjectID, "decisions"); err != nil {
		return content{}, err
	}
	if page.Box, err = s.composers(id); err != nil {
		return content{}, err
	}
	if page.Box, err = s.filled(page.Box, sent.note, sent.reply); err != nil {
		return content{}, err
	}
	for _, decider := range d.Deciders {
		if decider.May {
			page.Goes = append(page.Goes, decider.Name)
		}
		if at := slices.IndexFunc(page.Clients, func(line db.RosterLine) bool { return line.ID == decider.ID }); at >= 0 && d.State != db.Drafted {
			page.Through = append(page.Through, page.Clients[at])
		}
	}
	if sent.withdraw != nil {
		page.Withdraw = *sent.withdraw
	}
	page.Upload = s.questionRow(d, page.Works())
	return content{d.Now.Question, page}, nil
}

// decisionRegions are what everybody of the team sees alike.
func (s sight) decisionRegions(project db.Project, id db.ID) ([]live.Region, error) {
	d, err := s.Viewer.Decision(id)
	if err != nil {
		return nil, err
	}
	if d.ProjectID != project.ID || d.Kind == db.KindApproval {
		return nil, db.ErrNotFound
	}
	view := decisionView{W: s.Words, Decision: d, Project: project}
	if view.Record, err = s.decisionRecord(d); err != nil {
		return nil, err
	}
	spoken, err := s.spoken(project, id)
	if err != nil {
		return nil, err
	}
	return s.drawAll(append(spoken,
		drawing{"title", map[string]any{"Title": d.Now.Question}},
		drawing{"standing", view},
		drawing{"question", view},
		drawing{"deciders", view},
		drawing{"waiters", view},
		drawing{"enclosed", view},
		drawing{"record", view})...)
}
