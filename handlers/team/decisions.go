package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// Decisions is what the clients of a project are asked, and are handed over, live.
func (t *Team) Decisions(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.live(c, live.PageKey{Team: true, Kind: asksPage, Project: id, Noun: id}, "team/decisions", func(s sight) (content, error) {
		return s.decisionsBody(id, web.Form{})
	})
}

func (s sight) decisionsBody(id db.ID, refused web.Form) (content, error) {
	h, err := s.head(id, "decisions")
	if err != nil {
		return content{}, err
	}
	add, err := s.deliverableAdd(id, refused)
	return content{h.Project.Name, struct {
		head
		Add deliverableAdd
	}{h, add}}, err
}

// askedRow is a decision in the list, with what was answered to its newest edition.
type askedRow struct {
	W *views.Words
	db.Decision
	Given []db.Given
}

// Left are the names of those who still have to answer. Where the first yes is enough
// that is one of them; in order it is the next one's turn.
func (r askedRow) Left() []string { return leftOf(r.Decision) }

func leftOf(d db.Decision) []string {
	var left []string
	for _, decider := range d.Deciders {
		if !decider.Answered {
			left = append(left, decider.Name)
		}
	}
	if d.Now.Mode == db.InOrder && len(left) > 1 {
		left = left[:1]
	}
	return left
}

// Days is for how many days it has been open.
func (r askedRow) Days() int { return r.W.DaysLate(r.Now.AskedAt) }

// askedSection are those decisions that stand alike; Name is part of its words.
type askedSection struct {
	Name string
	Rows []askedRow
}

var sectionOf = map[string]int{db.Proposed: 0, db.Asked: 1, db.Drafted: 2, db.Decided: 3, db.Changed: 3, db.Declined: 3, db.Withdrawn: 4, db.Expired: 4}

// sections sorts decisions by how they stand. Approvals of deliverables stand with
// these.
func (s sight) sections(list []db.Decision, given []db.Given) []askedSection {
	answers := map[db.ID][]db.Given{}
	for _, g := range given {
		answers[g.DecisionID] = append(answers[g.DecisionID], g)
	}
	sections := []askedSection{{Name: "proposed"}, {Name: "asked"}, {Name: "draft"}, {Name: "answered"}, {Name: "over"}}
	for _, d := range list {
		if d.Kind != db.KindApproval {
			at := sectionOf[d.State]
			sections[at].Rows = append(sections[at].Rows, askedRow{s.Words, d, answers[d.ID]})
		}
	}
	var filled []askedSection
	for _, section := range sections {
		if len(section.Rows) > 0 {
			filled = append(filled, section)
		}
	}
	return filled
}

func (s sight) decisionsRegions(project db.Project) ([]live.Region, error) {
	list, err := s.Viewer.Decisions(project.ID)
	if err != nil {
		return nil, err
	}
	given, err := s.GivenAnswers(project.ID)
	if err != nil {
		return nil, err
	}
	figures, err := s.DecisionFigures(project.ID)
	if err != nil {
		return nil, err
	}
	handed, err := s.Viewer.Deliverables(project.ID)
	if err != nil {
		return nil, err
	}
	return s.drawAll(
		drawing{"title", map[string]any{"Title": project.Name}},
		drawing{"figures", figuresView{s.Words, figures}},
		drawing{"decisions", map[string]any{"W": s.Words, "Sections": s.sections(list, given)}},
		drawing{"deliverables", map[string]any{"W": s.Words, "List": handed}})
}

// figuresView are the figures above the list; one without anything to tell is left out.
type figuresView struct {
	W *views.Words
	db.DecisionFigures
}

// Share is how many of hundred accepted deliverables were so at their first version.
func (f figuresView) Share() int { return (100*f.First + f.Accepted/2) / max(f.Accepted, 1) }

// Minutes are those of office time that an answer usually takes, in whole hours from
// three on.
func (f figuresView) Minutes() int64 {
	minutes := int64(f.Usual.Minutes() + 0.5)
	if minutes >= 180 {
		minutes = (minutes + 30) / 60 * 60
	}
	return minutes
}
