package mail

import (
	"errors"
	"fmt"
	"time"

	"vitrine/db"
	"vitrine/views"
)

// newsKinds are the notifications and the first part of their words' names.
var newsKinds = map[string]string{db.MailProjectAdded: "project", db.MailClientJoined: "joined", db.MailColleagueInvited: "invited"}

// Facts reads what a notification is about with its recipient's eyes, when it is sent.
type Facts interface {
	News(db.Mail) (db.News, error)
}

// IsNews says that a mail of the outbox is a notification, for ComposeNews.
func IsNews(kind string) bool { return newsKinds[kind] != "" }

// ComposeNews words a notification. What its recipient does not see any more is
// not sent, and not tried again.
func ComposeNews(facts Facts, m db.Mail, workspace db.Workspace, baseURL string, now time.Time) (Message, error) {
	message := Message{To: m.To.Email, Name: views.Line(workspace.Name), MessageID: m.MessageID, Date: now}
	read, err := facts.News(m)
	if errors.Is(err, db.ErrNotFound) {
		return message, fmt.Errorf("%w: its recipient does not see any more what it is about", ErrFinal)
	}
	if err != nil {
		return message, err
	}
	news := views.News{Workspace: workspace.Name, Project: read.Project, Name: read.Name, Company: read.Company, By: read.By,
		Link: baseURL + "/projects", Settings: baseURL + "/account/notifications"}
	if m.To.Side == db.Client {
		news.Settings = baseURL + "/portal/account/notifications"
		news.Link = baseURL + "/portal/projects"
	}
	if m.Kind == db.MailProjectAdded {
		news.Link += "/" + m.Subject.String()
	}
	message.Mail, err = views.NewsMail(views.For(m.To.Language, m.To.TimeZone, now), newsKinds[m.Kind], news)
	return message, err
}
