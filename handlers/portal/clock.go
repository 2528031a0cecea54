package portal

import (
	"vitrine/db"
	"vitrine/handlers/live"
)

const homeWaiting = 5

// clock is the region that says with whom a conversation lies.
func (s sight) clock(id db.ID) (live.Region, error) {
	clock, err := s.Glass.Clock(id)
	if err != nil {
		return live.Region{}, err
	}
	return s.region("clock", map[string]any{"W": s.Words, "Clock": clock, "Workspace": s.space.Name})
}

// waitingLine is a conversation that waits for the team, with its address.
type waitingLine struct {
	db.ClientWaiting
	URL string
}

// waiting are those of the projects that a home is made of.
func (s sight) waiting(company db.ID) ([]waitingLine, error) {
	threads, err := s.Glass.Waiting(company, homeWaiting)
	lines := make([]waitingLine, len(threads))
	for i, thread := range threads {
		lines[i] = waitingLine{thread, threadURL(thread.ClientThread)}
	}
	return lines, err
}
