package mail

import (
	"errors"

	"vitrine/db"
	"vitrine/views"
)

// ErrNothing says that a mail has nothing left to say: its recipient has read it on
// screen, or does not see it any more. That is no failure.
var ErrNothing = errors.New("nothing is left to say")

// conversation words a mail about replies or notes and notes on the message which
// they are.
func (w writing) conversation(facts Facts, message *Message) (views.Mail, error) {
	told, err := facts.Told(w.Mail)
	if errors.Is(err, db.ErrNotFound) {
		err = ErrNothing
	}
	if err != nil {
		return views.Mail{}, err
	}
	names := func(id string) (string, bool) {
		name := told.Names[id]
		if name == "" {
			return w.workspace, false
		}
		return name, true
	}
	mail := views.Conversation{Workspace: w.workspace, Project: told.Project, Title: told.Title, Notes: w.Kind == db.MailNotes,
		Link: w.talk(told), Settings: w.home() + "/account/notifications", Stop: message.Unsubscribe}
	for _, said := range told.Said {
		author := said.Author
		if author == "" {
			author = w.workspace
		}
		mail.Said = append(mail.Said, w.words.Say(author, said.At, said.Body, w.base, said.Files, names))
		message.Told = append(message.Told, said.ID)
	}
	message.Thread = facts.ThreadMark(w.Mail)
	return views.ConversationMail(w.words, mail)
}

// talk is the address of the page on which a conversation is held.
func (w writing) talk(told db.Told) string {
	id := told.ThreadID.String()
	switch told.Noun {
	case db.OnTask:
		return w.home() + "/tasks/" + id + "#talk"
	case db.OnMilestone:
		return w.home() + "/milestones/" + id + "#talk"
	case db.OnDecision:
		return w.home() + "/decisions/" + id + "#talk"
	case db.OnDeliverable:
		return w.home() + "/deliverables/" + id + "#talk"
	case db.OnBudget:
		return w.home() + "/budgets/" + id + "#talk"
	}
	return w.home() + "/projects/" + id + "/conversation#talk"
}
