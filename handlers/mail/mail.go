// Package mail words what waits in the outbox and sends it.
package mail

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"strings"
	"time"

	"vitrine/db"
	"vitrine/views"
)

// Message is one mail to one address, ready to be sent.
type Message struct {
	To        string
	Name      string // of the workspace, beside the sender's address
	MessageID string // left part; the sender adds its domain
	Date      time.Time
	views.Mail

	Thread      string  // left part of what all mails about one conversation refer to, "" for none
	Unsubscribe string  // address that ends mails of this kind, "" for those that cannot be ended
	Told        []db.ID // the replies or notes that it tells of
}

// Sender brings a message on its way.
type Sender interface {
	// Send returns nil when somebody else has taken charge of the message. An
	// error that wraps ErrFinal is not worth another try.
	Send(ctx context.Context, message Message) error
	// Shown tells that messages never leave this machine but are shown on it.
	Shown() bool
}

// ErrFinal is wrapped by failures that another try would only repeat.
var ErrFinal = errors.New("it cannot be delivered")

// ErrUnsure is wrapped by failures after which the server may have the message.
var ErrUnsure = errors.New("it may have arrived")

// Facts reads what a notification is about with its recipient's eyes, when it is sent.
type Facts interface {
	News(db.Mail) (db.News, error)
	Told(db.Mail) (db.Told, error)
	Ask(db.Mail) (db.Ask, error)
	Answered(db.Mail) (db.Answered, error)
	BillNews(db.Mail) (db.BillNews, error)
	GivenTask(db.Mail) (db.GivenNews, error)
	ThreadMark(db.Mail) string
	UnsubscribeToken(person db.ID, kind string) string
}

// Compose words a mail of the outbox as its recipient reads it. Links lead to
// baseURL, which is configuration: nothing of a request gets into a mail. An error
// that wraps ErrFinal says that there is nothing to say, now or later; ErrNothing that
// all has been said.
func Compose(m db.Mail, facts Facts, workspace db.Workspace, baseURL string, now time.Time) (Message, error) {
	w := writing{m, views.For(m.To.Language, m.To.TimeZone, now), workspace.Name, strings.TrimSuffix(baseURL, "/")}
	message := Message{To: m.To.Email, Name: views.Line(workspace.Name), MessageID: m.MessageID, Date: now}
	err := fmt.Errorf("%w: nothing to say in a mail of kind %q", ErrFinal, m.Kind)
	switch m.Kind {
	case db.MailSignIn, db.MailRegister:
		if m.Link != "" {
			message.Mail, err = w.pin(now)
		}
	case db.MailInvitation:
		if m.Link != "" {
			message.Mail, err = w.invitation()
		}
	case db.MailIntroduction:
		message.Mail, err = w.introduction()
	case db.MailNewDevice, db.MailSecurity:
		message.Mail, err = w.alert()
	case db.MailProjectAdded, db.MailClientJoined, db.MailColleagueInvited:
		message.Unsubscribe = UnsubscribeURL(w.base, facts.UnsubscribeToken(w.To.ID, w.Kind))
		message.Mail, err = w.news(facts, message.Unsubscribe)
	case db.MailReplies, db.MailNotes:
		message.Unsubscribe = UnsubscribeURL(w.base, facts.UnsubscribeToken(w.To.ID, w.Kind))
		message.Mail, err = w.conversation(facts, &message)
	case db.MailAsked, db.MailReminder, db.MailClosed:
		message.Unsubscribe = UnsubscribeURL(w.base, facts.UnsubscribeToken(w.To.ID, w.Notification()))
		message.Mail, err = w.asked(facts, &message)
	case db.MailAnswered, db.MailProposed, db.MailUnanswered:
		message.Unsubscribe = UnsubscribeURL(w.base, facts.UnsubscribeToken(w.To.ID, w.Notification()))
		message.Mail, err = w.answered(facts, &message)
	case db.MailGiven, db.MailGivenDue, db.MailFinished:
		message.Unsubscribe = UnsubscribeURL(w.base, facts.UnsubscribeToken(w.To.ID, w.Notification()))
		message.Mail, err = w.given(facts, &message)
	case db.MailInvoice, db.MailInvoiceDue, db.MailReceipt, db.MailInvoiceReply, db.MailPaidOnline:
		message.Unsubscribe = UnsubscribeURL(w.base, facts.UnsubscribeToken(w.To.ID, w.Notification()))
		message.Mail, err = w.bill(facts, &message)
	}
	message.HTML = dressed(message.HTML, workspace)
	return message, err
}

// usualAccent is the colour of the letter's template, in whose place the workspace's comes.
const usualAccent = "#0b5c72"

// dressed gives a mail the workspace's colour, on which white can be read, and what stands at the portal's
// foot. Nothing of it is loaded from anywhere.
func dressed(html string, workspace db.Workspace) string {
	if workspace.Brand != "" {
		html = strings.ReplaceAll(html, usualAccent, db.ReadableAccent(workspace.Brand))
	}
	if workspace.Footer != "" {
		html = strings.Replace(html, "</main>", `<p class="foot">`+template.HTMLEscapeString(workspace.Footer)+"</p>\n</main>", 1)
	}
	return html
}

// writing is a mail with what its words need; base has no slash at its end.
type writing struct {
	db.Mail
	words           *views.Words
	workspace, base string
}

// home is where the recipient's own pages begin.
func (w writing) home() string {
	if w.To.Side == db.Client {
		return w.base + "/portal"
	}
	return w.base
}

func (w writing) pin(now time.Time) (views.Mail, error) {
	return views.PINMail(w.words, views.PIN{
		Workspace: w.workspace, PIN: w.PIN, Link: SignInURL(w.base, w.Link), Registers: w.Kind == db.MailRegister,
		Minutes: max(1, int(w.ExpiresAt.Sub(now).Round(time.Minute)/time.Minute)),
	})
}

// SignInURL is the address of the page where a mailed link signs in.
func SignInURL(baseURL, token string) string {
	return strings.TrimSuffix(baseURL, "/") + "/sign-in/link/" + token
}

// JoinURL is the address of the page of an invitation.
func JoinURL(baseURL, token string) string {
	return strings.TrimSuffix(baseURL, "/") + "/join/" + token
}

// UnsubscribeURL is the address of the page that ends mails of a kind.
func UnsubscribeURL(baseURL, token string) string {
	return strings.TrimSuffix(baseURL, "/") + "/unsubscribe/" + token
}

// LinkURL is where the link of a mail leads.
func LinkURL(baseURL string, m db.Mail) string {
	if m.Kind == db.MailInvitation {
		return JoinURL(baseURL, m.Link)
	}
	return SignInURL(baseURL, m.Link)
}
