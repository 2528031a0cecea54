package views

import (
	"html/template"
	"strings"
)

// Conversation is what a mail says of replies or notes, and where it leads.
type Conversation struct {
	Workspace, Project, Title string
	Notes                     bool // of the team alone
	Said                      []Saying
	Link, Settings, Stop      string
}

// Saying is one of them. Author is a name, When a moment in words; Body and Text say
// the same. Files are names: files themselves are on the page.
type Saying struct {
	Author, When string
	Body         template.HTML
	Text         string
	Files        []string
}

// Say makes a Saying of a comment. names is as for Comment; base is where addresses
// begin that stand in it without a host.
func (w *Words) Say(author string, at any, source, base string, files []string, names func(string) (string, bool)) Saying {
	body := strings.ReplaceAll(string(Comment(source, names)), ` href="/`, ` href="`+template.HTMLEscapeString(base)+"/")
	lines := make([]string, len(files))
	for i, file := range files {
		lines[i] = Line(file)
	}
	return Saying{Author: Line(author), When: w.Moment(at), Body: template.HTML(body), Text: CommentText(source, names), Files: lines}
}

// ConversationMail words a mail about replies or notes. Its subject is the same for
// all of a conversation, so that mail programs keep them together.
func ConversationMail(words *Words, c Conversation) (Mail, error) {
	kind := "replies"
	if c.Notes {
		kind = "notes"
	}
	project, title := Line(c.Project), Line(c.Title)
	subject := "talk-mail." + kind + "-subject"
	letter := Letter{Words: words, Workspace: c.Workspace, Said: c.Said, URL: c.Link,
		Heading: words.N("talk-mail."+kind+"-heading", len(c.Said), "title", title),
		Button:  words.T("talk-mail." + kind + "-button"),
		Foot:    words.T("news-mail.foot", "link", c.Settings),
		Stop:    words.T("talk-mail.stop"), StopURL: c.Stop}
	if title == project {
		subject += "-project"
	} else {
		letter.Before = []string{words.T("talk-mail.project", "project", project)}
	}
	letter.Subject = words.T(subject, "title", title, "project", project)
	if c.Notes {
		letter.Before = append(letter.Before, words.T("talk-mail.inside"))
	}
	return letter.Mail()
}
