package views

import (
	"html/template"
	"strings"
)

// Asking is what a mail to somebody who is asked says, and where it leads. Title is the
// question, or the name of what is to be approved; Waits are the names of what waits for
// the answer; Changed are sentences about what was asked before as edition Edition-1.
type Asking struct {
	Workspace, Project, Who string
	Kind                    string // of the decision
	Title, Reason, Note     string
	Edition, Version        int
	Due, AskedAt            any
	Closes, Declined        bool
	Waits, Changed          []string
	Reminds, Ends           bool // it reminds of what was asked, or says that no answer is needed
	Link, Settings, Stop    string
}

// mostWaiting keeps a mail short.
const mostWaiting = 5

// AskingMail words such a mail. What asks and what reminds have one subject, so that
// mail programs keep them together.
func AskingMail(words *Words, a Asking) (Mail, error) {
	who, title, project := Line(a.Who), Line(a.Title), Line(a.Project)
	if a.Version > 0 {
		title = words.T("decide-mail.version", "title", title, "number", a.Version)
	}
	letter := Letter{Words: words, Workspace: a.Workspace, URL: a.Link, Subject: words.T("decide-mail.subject-"+a.Kind, "title", title, "project", project),
		Before: []string{words.T("talk-mail.project", "project", project)}, Button: words.T("decide-mail.button"), After: []string{words.T("decide-mail.opens")},
		Foot: words.T("news-mail.foot", "link", a.Settings), Stop: words.T("talk-mail.stop"), StopURL: a.Stop}
	switch {
	case a.Ends:
		key := "decide-mail.closed"
		if a.Declined {
			key = "decide-mail.declined"
		}
		letter.Heading = words.T(key, "title", title)
		letter.Subject, letter.Button, letter.After = letter.Heading, words.T("decide-mail.button-closed"), nil
		letter.Before = append(letter.Before, a.ended(words)...)
	case a.Reminds:
		letter.Heading = words.T("decide-mail.reminder", "title", title)
		letter.Before = append(letter.Before, words.T("decide-mail.asked-on", "who", who, "day", words.DayFull(a.AskedAt)))
		letter.Before = append(letter.Before, a.needed(words)...)
	default:
		key := "decide-mail.asked-" + a.Kind
		if a.Edition > 1 {
			key = "decide-mail.asked-anew"
		}
		letter.Heading = words.T(key, "who", who, "title", title)
		letter.Before = append(append(letter.Before, a.needed(words)...), a.news(words)...)
	}
	return letter.Mail()
}

// needed says by when an answer is needed and what waits for it.
func (a Asking) needed(words *Words) (said []string) {
	switch {
	case words.DayFull(a.Due) == "":
	case words.DaysLate(a.Due) > 0:
		said = append(said, words.T("decide-mail.due-past", "day", words.DayFull(a.Due)))
	case words.Away(a.Due) == words.T("date.today"):
		said = append(said, words.T("decide-mail.due-today"))
	default:
		said = append(said, words.T("decide-mail.due", "day", words.DayFull(a.Due)))
	}
	if a.Closes && len(said) > 0 {
		said[0] += " " + words.T("decide-mail.closes")
	}
	if len(a.Waits) == 0 {
		return said
	}
	names := make([]string, min(len(a.Waits), mostWaiting))
	for i := range names {
		names[i] = Line(a.Waits[i])
	}
	if more := len(a.Waits) - len(names); more > 0 {
		return append(said, words.N("decide-mail.waits-more", more, "names", strings.Join(names, ", ")))
	}
	return append(said, words.T("decide-mail.waits", "names", words.And(names)))
}

// news says what is new in it.
func (a Asking) news(words *Words) (said []string) {
	if len(a.Changed) > 0 {
		lines := append([]string{words.T("decide-mail.changed", "number", a.Edition-1)}, a.Changed...)
		said = append(said, strings.Join(lines, "\n- "))
	}
	if a.Note != "" {
		said = append(said, words.T("decide-mail.note", "text", Excerpt(a.Note, Nobody)))
	}
	return said
}

func (a Asking) ended(words *Words) (said []string) {
	if !a.Declined {
		said = append(said, words.T("decide-mail.closed-text"))
	}
	if a.Reason != "" {
		said = append(said, words.T("decide-mail.reason", "text", a.Reason))
	}
	return said
}

// Answering is what a mail to the team says of a decision. Outcome is how it was
// answered, "proposed" for what a client proposed and "unanswered" for what closed
// without an answer. Open are those who still have to answer.
type Answering struct {
	Workspace, Project, Who, Title string
	Outcome, Option, Text          string
	Version, LateDays              int
	At, Due                        any
	Open                           []string
	Differ                         bool
	Link, Settings, Stop           string
}

// AnswerMail words such a mail.
func AnswerMail(words *Words, a Answering) (Mail, error) {
	who, title, project := Line(a.Who), Line(a.Title), Line(a.Project)
	if a.Version > 0 {
		title = words.T("decide-mail.version", "title", title, "number", a.Version)
	}
	letter := Letter{Words: words, Workspace: a.Workspace, URL: a.Link, Button: words.T("answer-mail.button"),
		Subject: words.T("answer-mail.subject", "title", title, "project", project), Heading: words.T("answer-mail."+a.Outcome, "who", who, "title", title, "option", Line(a.Option)),
		Before: []string{words.T("talk-mail.project", "project", project)},
		Foot:   words.T("news-mail.foot", "link", a.Settings), Stop: words.T("talk-mail.stop"), StopURL: a.Stop}
	if a.Outcome == "proposed" || a.Outcome == "unanswered" {
		letter.Subject, letter.Button = words.T("answer-mail."+a.Outcome+"-subject", "title", title, "project", project), words.T("answer-mail.button-open")
	}
	if a.Outcome == "choose" || a.Outcome == "free" {
		letter.Before = append(letter.Before, words.T("answer-mail.about", "title", title))
	}
	if a.Outcome == "unanswered" {
		letter.Before = append(letter.Before, words.T("answer-mail.unanswered-text", "day", words.DayFull(a.Due)))
	}
	if a.LateDays > 0 {
		letter.After = append(letter.After, words.N("answer-mail.late", a.LateDays))
	}
	if a.Differ {
		letter.After = append(letter.After, words.T("answer-mail.differ"))
	}
	if len(a.Open) > 0 {
		letter.After = append(letter.After, words.T("answer-mail.open", "names", words.And(a.Open)))
	}
	if a.Text != "" {
		letter.Said = []Saying{{Author: who, When: words.Moment(a.At), Body: template.HTML(`<p class="text">` + template.HTMLEscapeString(a.Text) + "</p>"), Text: a.Text}}
	}
	return letter.Mail()
}
