package mail

import (
	"vitrine/views"
)

// given words a mail about a task that was given to a client: to them, or to the team when it is done.
func (w writing) given(facts Facts, message *Message) (views.Mail, error) {
	g, err := facts.GivenTask(w.Mail)
	if err != nil {
		return views.Mail{}, orNothing(err)
	}
	m := w.Mail
	m.Kind = m.Notification()
	message.Thread = facts.ThreadMark(m)
	return views.GivenMail(w.words, views.Given{Workspace: w.workspace, About: w.Kind, Title: g.Title, Project: g.Project, Due: g.Due, Who: w.About,
		Link: w.home() + "/tasks/" + w.Subject.String(), Settings: w.home() + "/account/notifications", Stop: message.Unsubscribe})
}
