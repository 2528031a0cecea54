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
	if m.Kind != db.MailSignIn || m.Link == "" {
		return message, fmt.Errorf("%w: nothing to say in a mail of kind %q", ErrFinal, m.Kind)
	}
	words := views.For(m.To.Language, m.To.TimeZone, now)
	var err error
	message.Mail, err = views.PINMail(words, views.PIN{
		Workspace: workspace.Name, PIN: m.PIN, Link: SignInURL(baseURL, m.Link),
		Minutes: max(1, int(m.ExpiresAt.Sub(now).Round(time.Minute)/time.Minute)),
	})
	return message, err
}

// SignInURL is the address of the page where a mailed link signs in.
func SignInURL(baseURL, token string) string {
	return strings.TrimSuffix(baseURL, "/") + "/sign-in/link/" + token
}
