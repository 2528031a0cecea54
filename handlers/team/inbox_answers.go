package team

import (
	"strings"
	"time"

	"vitrine/db"
	"vitrine/views"
)

// answersShown is how long an answer stands in the inbox.
const answersShown = 14 // days

// answerRow is an answer, or a proposal that waits, in words.
type answerRow struct {
	db.AnswerLine
	W         *views.Words
	URL, Line string
}

// answersList is the region of answers, beside the conversations that wait. They are a
// list of their own: nobody owes a reply to them and nobody puts them aside.
type answersList struct {
	W    *views.Words
	Rows []answerRow
}

// answers are those of the viewer, or with show "all" those of all projects they see.
func (s sight) answers(show string) (answersList, error) {
	list := answersList{W: s.Words}
	today, _ := db.Date(s.Today()).Midnight()
	lines, err := s.Viewer.Answers(today.AddDate(0, 0, -answersShown).Format(time.DateOnly))
	for _, line := range lines {
		if show == "mine" && !line.Mine {
			continue
		}
		row := answerRow{line, s.Words, "/decisions/" + line.ID.String(), views.Shortened(strings.Join(strings.Fields(line.Comment), " "))}
		if line.DeliverableID != 0 {
			row.URL = "/deliverables/" + line.DeliverableID.String()
		}
		list.Rows = append(list.Rows, row)
	}
	return list, err
}
