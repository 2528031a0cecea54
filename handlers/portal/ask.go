package portal

import (
	"slices"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/views"
)

// ask is something that the viewer has to answer now.
type ask struct {
	W *views.Words
	db.ClientDecision
	HoldsUp []string // the tasks that wait for it
	Named   bool     // with its project
	First   bool
}

// URL is where it is answered: an approval on the page of its deliverable.
func (a ask) URL() string {
	if a.DeliverableID != 0 {
		return deliverableURL(a.DeliverableID)
	}
	return decisionURL(a.ID)
}

// Title is the question, or what is to be approved.
func (a ask) Title() string {
	if a.DeliverableID != 0 {
		return a.W.T("asks.version", "name", a.Deliverable, "number", a.Number)
	}
	return a.Now.Question
}

// namedTasks is how many of the tasks that wait are named.
const namedTasks = 3

// Holds names what waits for it, "" for nothing.
func (a ask) Holds() string {
	more := len(a.HoldsUp) - namedTasks
	switch {
	case len(a.HoldsUp) == 0:
		return ""
	case more > 0:
		return a.W.N("asks.holds-more", more, "names", joined(a.HoldsUp[:namedTasks]))
	}
	return a.W.T("asks.holds", "names", a.W.And(a.HoldsUp))
}

// givenTasks are the open tasks that were given to the viewer in the projects that are named.
func (s sight) givenTasks(company db.ID, names map[db.ID]string) ([]taskRow, error) {
	tasks, err := s.Given(company)
	var rows []taskRow
	for _, task := range tasks {
		if name, ok := names[task.ProjectID]; ok {
			row := s.row(task)
			row.Project = name
			rows = append(rows, row)
		}
	}
	return rows, err
}

// needs is how much of it is about a project.
func needs(project db.ID, asks []ask, given []taskRow) (count int) {
	for _, ask := range asks {
		if ask.ProjectID == project {
			count++
		}
	}
	for _, task := range given {
		if task.ProjectID == project {
			count++
		}
	}
	return count
}

func joined(names []string) (text string) {
	for i, name := range names {
		if i > 0 {
			text += ", "
		}
		text += name
	}
	return text
}

// asks is what waits for the viewer, soonest needed first. All of an audience have to
// answer the same.
func (s sight) asks(company db.ID) ([]ask, error) {
	list, err := s.Asks(company)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	held, err := s.HeldUp(company)
	asks := make([]ask, len(list))
	for i, d := range list {
		asks[i] = ask{W: s.Words, ClientDecision: d, HoldsUp: held[d.ID], Named: true, First: i == 0}
	}
	return asks, err
}

// told is a decision on a list, with what came of it.
type told struct {
	W *views.Words
	db.ClientDecision
	Standing standingOf
	Answers  []db.ClientAnswer
}

// URL is its page.
func (t told) URL() string { return decisionURL(t.ID) }

// decisions is the region with what a project's clients were asked: what waits for the
// viewer, what waits for others, and what is over. Approvals stand with their deliverables
// unless they wait for the viewer.
func (s sight) decisions(project db.ClientProject) (live.Region, error) {
	list, err := s.Decisions(project.ID)
	if err != nil {
		return live.Region{}, err
	}
	names, err := s.StillToAnswer(project.ID)
	if err != nil {
		return live.Region{}, err
	}
	answers, err := s.Answers(project.ID)
	if err != nil {
		return live.Region{}, err
	}
	held, err := s.HeldUp(project.CompanyID)
	if err != nil {
		return live.Region{}, err
	}
	given, err := s.givenTasks(project.CompanyID, map[db.ID]string{project.ID: ""})
	if err != nil {
		return live.Region{}, err
	}
	features, err := s.ProjectFeatures(project.ID)
	var asks []ask
	var open, over []told
	for _, d := range list {
		line := told{W: s.Words, ClientDecision: d, Standing: s.standingOf(project, d, names[d.ID]), Answers: answers[d.ID]}
		switch {
		case line.Standing.Mine:
			asks = append(asks, ask{W: s.Words, ClientDecision: d, HoldsUp: held[d.ID], First: len(asks) == 0})
		case d.Kind == db.KindApproval:
		case d.State == db.Asked || d.State == db.Proposed:
			open = append(open, line)
		default:
			over = append(over, line)
		}
	}
	if err != nil {
		return live.Region{}, err
	}
	return s.region("decisions", map[string]any{"W": s.Words, "Project": project, "Asks": asks, "Given": given, "Open": open, "Over": over, "On": slices.Contains(features, "decisions")})
}
