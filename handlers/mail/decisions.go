package mail

import (
	"errors"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// asked words a mail to somebody of the client about what they are, or were, asked.
func (w writing) asked(facts Facts, message *Message) (views.Mail, error) {
	ask, err := facts.Ask(w.Mail)
	if err != nil {
		return views.Mail{}, orNothing(err)
	}
	a := views.Asking{Workspace: w.workspace, Project: ask.Project, Who: w.orTeam(ask.Now.AskedBy), Kind: ask.Kind, Title: ask.Now.Question, Note: ask.Note,
		Edition: ask.Now.Number, Version: ask.Number, Due: ask.Now.DueOn, AskedAt: ask.Now.AskedAt, Closes: ask.Now.Closes,
		Reason: ask.Reason, Declined: ask.State == db.Declined, Reminds: w.Kind == db.MailReminder, Ends: w.Kind == db.MailClosed,
		Changed: w.changed(ask), Link: w.decision(ask.ID, ask.DeliverableID), Settings: w.home() + "/account/notifications", Stop: message.Unsubscribe}
	for _, task := range ask.Tasks {
		if task.Kind != db.Done {
			a.Waits = append(a.Waits, task.Title)
		}
	}
	message.Thread = w.decisionThread(facts, ask.ID)
	return views.AskingMail(w.words, a)
}

// answered words a mail to the team about what was answered or proposed, or was not
// answered in time.
func (w writing) answered(facts Facts, message *Message) (views.Mail, error) {
	read, err := facts.Answered(w.Mail)
	if err != nil {
		return views.Mail{}, orNothing(err)
	}
	a := views.Answering{Workspace: w.workspace, Project: read.Project, Title: read.Now.Question, Version: read.Number, Due: read.Now.DueOn,
		Link: w.decision(read.Decision.ID, read.DeliverableID), Settings: w.home() + "/account/notifications", Stop: message.Unsubscribe}
	switch w.Kind {
	case db.MailAnswered:
		a.Who, a.Outcome, a.Option, a.Text, a.At, a.LateDays = read.Sealed.Person, read.Sealed.Outcome, read.Option, read.Sealed.Comment, read.Sealed.At, read.Sealed.LateDays
		a.Open, a.Differ = open(read), differ(read)
	case db.MailProposed:
		a.Who, a.Outcome, a.Text, a.At = read.CreatedBy, "proposed", read.Now.Context, read.CreatedAt
	case db.MailUnanswered:
		a.Outcome = "unanswered"
	}
	message.Thread = w.decisionThread(facts, read.Decision.ID)
	return views.AnswerMail(w.words, a)
}

// open are those who still have to answer what was answered in part.
func open(read db.Answered) (names []string) {
	if read.State != db.Asked || read.Sealed.Edition != read.Now.Number {
		return nil
	}
	for _, decider := range read.Deciders {
		if !decider.Answered {
			names = append(names, views.Line(decider.Name))
		}
	}
	return names
}

// differ says that an answer ended a question because others chose something else.
func differ(read db.Answered) bool {
	last := len(read.Signoffs) - 1
	return read.State == db.Declined && read.Sealed.Outcome != db.Decline && last >= 0 && read.Signoffs[last].ID == read.Sealed.ID
}

// orTeam is somebody's name, or the workspace's for a team that is shown as one.
func (w writing) orTeam(name string) string {
	if name == "" {
		return w.workspace
	}
	return name
}

// decision is the address of its page; a version is approved on its deliverable's.
func (w writing) decision(id, deliverable db.ID) string {
	if deliverable != 0 {
		return w.home() + "/deliverables/" + deliverable.String()
	}
	return w.home() + "/decisions/" + id.String()
}

// decisionThread is what all mails to a person about one decision refer to.
func (w writing) decisionThread(facts Facts, id db.ID) string {
	m := w.Mail
	m.Kind, m.Subject = m.Notification(), id
	return facts.ThreadMark(m)
}

func orNothing(err error) error {
	if errors.Is(err, db.ErrNotFound) {
		return ErrNothing
	}
	return err
}

// changed says what is different from what was asked before; nothing of what is asked
// for the first time.
func (w writing) changed(ask db.Ask) []string {
	if ask.Before == nil {
		return nil
	}
	return web.Changed(w.words, *ask.Before, db.Wording{Edition: ask.Now, Options: ask.Options, NewTasks: ask.NewTasks})
}
