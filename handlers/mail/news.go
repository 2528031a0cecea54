package mail

import (
	"errors"
	"fmt"

	"vitrine/db"
	"vitrine/views"
)

// newsKinds are the notifications and the first part of their words' names.
var newsKinds = map[string]string{db.MailProjectAdded: "project", db.MailClientJoined: "joined", db.MailColleagueInvited: "invited"}

// news words a notification. What its recipient does not see any more is not
// sent, and not tried again.
func (w writing) news(facts Facts, stop string) (views.Mail, error) {
	read, err := facts.News(w.Mail)
	if errors.Is(err, db.ErrNotFound) {
		err = fmt.Errorf("%w: its recipient does not see any more what it is about", ErrFinal)
	}
	if err != nil {
		return views.Mail{}, err
	}
	news := views.News{Workspace: w.workspace, Project: read.Project, Name: read.Name, Company: read.Company, By: read.By,
		Link: w.home() + "/projects", Settings: w.home() + "/account/notifications", Stop: stop}
	if w.Kind == db.MailProjectAdded {
		news.Link += "/" + w.Subject.String()
	}
	return views.NewsMail(w.words, newsKinds[w.Kind], news)
}
