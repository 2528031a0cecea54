// Package mail words what waits in the outbox and sends it.
package mail

import (
	"context"
	"errors"
	"fmt"
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

// Compose words a mail of the outbox as its recipient reads it. Links lead to
// baseURL, which is configuration: nothing of a request gets into a mail.
func Compose(m db.Mail, workspace db.Workspace, baseURL string, now time.Time) (Message, error) {
	message := Message{To: m.To.Email, Name: views.Line(workspace.Name), MessageID: m.MessageID, Date: now}
	words, err := views.For(m.To.Language, m.To.TimeZone, now), error(nil)
	letter := views.Invitation{Workspace: workspace.Name, Address: m.To.Email, From: m.Letter.From, Project: m.Letter.Project, Text: m.Letter.Text, Team: m.Letter.Team}
	switch {
	case m.Kind == db.MailNewDevice, m.Kind == db.MailSecurity:
		return tellOf(message, m, workspace, baseURL, now)
	case m.Kind == db.MailSignIn && m.Link != "", m.Kind == db.MailRegister && m.Link != "":
		message.Mail, err = views.PINMail(words, views.PIN{
			Workspace: workspace.Name, PIN: m.PIN, Link: SignInURL(baseURL, m.Link), Registers: m.Kind == db.MailRegister,
			Minutes: max(1, int(m.ExpiresAt.Sub(now).Round(time.Minute)/time.Minute)),
		})
	case m.Kind == db.MailInvitation && m.Link != "":
		letter.Link = JoinURL(baseURL, m.Link)
		message.Mail, err = views.InvitationMail(words, letter)
	case m.Kind == db.MailIntroduction:
		letter.Link = strings.TrimSuffix(baseURL, "/") + "/portal"
		if m.Letter.Help {
			letter.Help = letter.Link + "/help"
		}
		message.Mail, err = views.IntroductionMail(words, letter)
	default:
		err = fmt.Errorf("%w: nothing to say in a mail of kind %q", ErrFinal, m.Kind)
	}
	return message, err
}

// SignInURL is the address of the page where a mailed link signs in.
func SignInURL(baseURL, token string) string {
	return strings.TrimSuffix(baseURL, "/") + "/sign-in/link/" + token
}

// JoinURL is the address of the page of an invitation.
func JoinURL(baseURL, token string) string {
	return strings.TrimSuffix(baseURL, "/") + "/join/" + token
}

// LinkURL is where the link of a mail leads.
func LinkURL(baseURL string, m db.Mail) string {
	if m.Kind == db.MailInvitation {
		return JoinURL(baseURL, m.Link)
	}
	return SignInURL(baseURL, m.Link)
}
