package portal

import (
	"strings"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/views"
)

// given is a sealed answer as the page tells of it.
type given struct {
	db.Signoff
	Option string // the title of what was chosen
}

// Certificate is where the sealed record is shown.
func (g given) Certificate() string { return "/portal/signoffs/" + g.ID.String() }

func (s sight) given(signoff db.Signoff) (given, error) {
	record, err := db.ReadRecord(signoff.Record)
	if signoff.Person == "" {
		signoff.Person = s.T("mention.somebody")
	}
	return given{signoff, record.Answer.OptionTitle}, err
}

// namesOf are the deciders who have not answered yet.
func namesOf(deciders []db.Decider) (names []string) {
	for _, decider := range deciders {
		if !decider.Answered {
			names = append(names, decider.Name)
		}
	}
	return names
}

// stillTo names for whom a question waits: for the next one where order matters, for
// all where all have to answer, else for any of them.
func (s sight) stillTo(mode string, names []string) string {
	switch {
	case len(names) == 0:
		return s.space.Name
	case mode == db.InOrder:
		return names[0]
	case mode == db.All || len(names) == 1:
		return s.And(names)
	}
	last := len(names) - 1
	return s.T("asks.either", "first", strings.Join(names[:last], ", "), "last", names[last])
}

// standingOf is what a chip says of a decision.
type standingOf struct {
	W     *views.Words
	Kind  string
	State string
	Mine  bool
	For   string // for whom it waits
}

func (s sight) standingOf(project db.ClientProject, d db.ClientDecision, names []string) standingOf {
	return standingOf{W: s.Words, Kind: d.Kind, State: d.State, Mine: lies(project, d.ID), For: s.stillTo(d.Now.Mode, names)}
}

func (s sight) decisionRegions(id db.ID) ([]live.Region, error) {
	decision, err := s.Glass.Decision(id)
	if err != nil {
		return nil, err
	}
	decision = s.nameTeam(decision)
	project, err := s.Project(decision.ProjectID)
	if err != nil {
		return nil, err
	}
	var sealed []given
	for _, signoff := range decision.Signoffs {
		answer, err := s.given(signoff)
		if err != nil {
			return nil, err
		}
		sealed = append(sealed, answer)
	}
	record, err := s.record(decision, sealed)
	if err != nil {
		return nil, err
	}
	held, err := s.HeldBy(id)
	if err != nil {
		return nil, err
	}
	stands, err := s.stands(project)
	if err != nil {
		return nil, err
	}
	var answers []given // to what is asked now
	for _, answer := range sealed {
		if answer.Edition == decision.Now.Number {
			answers = append(answers, answer)
		}
	}
	standing := s.standingOf(project, decision, namesOf(decision.Deciders))
	return drawAll(
		s.drawer("ask", map[string]any{"W": s.Words, "D": decision, "Standing": standing, "At": decisionURL(id)}),
		s.drawer("outcome", map[string]any{"W": s.Words, "D": decision, "Answers": answers, "Workspace": s.space.Name}),
		s.drawer("record", map[string]any{"W": s.Words, "Lines": record, "Number": decision.Now.Number}),
		s.drawer("waiters", map[string]any{"W": s.Words, "Tasks": held, "State": decision.State}),
		s.drawer("stands", stands),
		func() (live.Region, error) { return s.thread(id) },
		func() (live.Region, error) { return s.clock(id) },
		func() (live.Region, error) { return s.may(id) })
}

// stands is where a project stands, in short.
func (s sight) stands(project db.ClientProject) (map[string]any, error) {
	progress, err := s.Progress()
	if err != nil {
		return nil, err
	}
	milestones, err := s.Milestones(project.ID)
	next := db.ClientMilestone{}
	for _, m := range milestones {
		if m.ReachedOn == "" && m.DueOn != "" && (next.ID == 0 || m.DueOn < next.DueOn) {
			next = m
		}
	}
	return map[string]any{"W": s.Words, "Project": project, "Progress": progress[project.ID], "Meter": meterOf(progress[project.ID]), "Next": next}, err
}
