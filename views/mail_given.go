package views

import "vitrine/db"

// Given is what a mail about a task that was given to a client says. About is the kind of
// mail, Who is who did it.
type Given struct {
	Workspace, About     string
	Title, Project, Who  string
	Due                  db.Date
	Link, Settings, Stop string
}

// GivenMail words it.
func GivenMail(words *Words, g Given) (Mail, error) {
	title, project := Line(g.Title), Line(g.Project)
	letter := Letter{Words: words, Workspace: Line(g.Workspace), URL: g.Link, Subject: words.T("given-mail.subject", "title", title, "project", project), Button: words.T("given-mail.button"),
		Before: []string{words.T("talk-mail.project", "project", project)}, Foot: words.T("news-mail.foot", "link", g.Settings), Stop: words.T("talk-mail.stop"), StopURL: g.Stop}
	switch g.About {
	case db.MailGiven:
		letter.Heading = words.T("given-mail.given", "title", title)
	case db.MailGivenDue:
		letter.Heading = words.T("given-mail.reminder", "title", title)
	default:
		letter.Heading = words.T("given-mail.finished", "who", Line(g.Who), "title", title)
		letter.Subject = letter.Heading
		return letter.Mail()
	}
	switch day := words.DayFull(g.Due); {
	case day == "":
	case words.DaysLate(g.Due) > 0:
		letter.Before = append(letter.Before, words.T("given-mail.was-due", "day", day))
	default:
		letter.Before = append(letter.Before, words.T("given-mail.due", "day", day))
	}
	letter.After = []string{words.T("given-mail.mark")}
	return letter.Mail()
}
