package team

import (
	"strings"

	"vitrine/db"
	"vitrine/views"
)

// shownChoice is a way to show the team to clients, with what they would read.
type shownChoice struct{ Value, Text string }

// shownChoices are the four of them, with somebody of the team for an example: who
// leads the project, else who asks. The rule itself stands in shown_person_client.
func shownChoices(w *views.Words, roster []db.RosterLine, me db.Person, space string) []shownChoice {
	example := me
	for _, line := range roster {
		if line.MemberRole == "leader" {
			example = line.Person
			break
		}
	}
	first, _, spaced := strings.Cut(example.Name, " ")
	if before, _, dotted := strings.Cut(first, "."); dotted && !spaced && before != "" {
		first = before
	}
	title := w.T("shown.title", "name", example.Title)
	if example.Title == "" {
		title = w.T("shown.untitled", "name", example.Name, "workspace", space)
	}
	return []shownChoice{{"full", w.T("shown.full", "name", example.Name)}, {"first", w.T("shown.first", "name", first)},
		{"title", title}, {"team", w.T("shown.team", "name", space)}}
}
