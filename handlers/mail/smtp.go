package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	netmail "net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// How the connection to the mail server is protected.
const (
	TLS      = "tls"      // from the first byte on, port 465
	StartTLS = "starttls" // by STARTTLS, which the server must offer, port 587
	NoTLS    = "none"     // not at all, port 25: for a server on the same machine
)

const sendTimeout = 10 * time.Second

// Server is how to reach a mail server. User is "" for one that asks for none.
type Server struct {
	Host           string
	Port           int // 0: the port that belongs to TLS
	User, Password string
	TLS            string
	From           string      // the portal's address
	Config         *tls.Config // nil: the machine's authorities
}

// SMTP sends through a mail server.
type SMTP struct {
	options []gomail.Option
	host    string
	from    string
	domain  string
}

// NewSMTP checks the configuration; it does not connect.
func NewSMTP(server Server) (*SMTP, error) {
	from, err := netmail.ParseAddress(server.From)
	if err != nil {
		return nil, fmt.Errorf("the sender's address %q is not an e-mail address", server.From)
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	s := &SMTP{host: server.Host, from: from.Address, domain: domain}
	port := server.Port
	s.options = []gomail.Option{gomail.WithTimeout(sendTimeout)}
	switch server.TLS {
	case TLS:
		port = or(port, 465)
		s.options = append(s.options, gomail.WithSSL())
	case StartTLS, "":
		port = or(port, 587)
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case NoTLS:
		port = or(port, 25)
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		return nil, fmt.Errorf("mail security %q is none of %s, %s, %s", server.TLS, TLS, StartTLS, NoTLS)
	}
	s.options = append(s.options, gomail.WithPort(port))
	if server.Config != nil {
		s.options = append(s.options, gomail.WithTLSConfig(server.Config))
	}
	if server.User != "" {
		s.options = append(s.options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(server.User), gomail.WithPassword(server.Password))
	}
	_, err = gomail.NewClient(s.host, s.options...)
	return s, err
}

func or(port, usual int) int {
	if port == 0 {
		return usual
	}
	return port
}

// Shown is false: the messages are gone.
func (s *SMTP) Shown() bool { return false }

// Send hands the message to the server over a connection of its own.
func (s *SMTP) Send(ctx context.Context, message Message) error {
	letter, err := s.letter(message)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFinal, err)
	}
	client, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return err
	}
	err = client.DialAndSendWithContext(ctx, letter)
	if err != nil && letter.IsDelivered() {
		// The server has it; only the farewell failed. Sending again would double it.
		slog.Warn("mail server hung up after taking a message", "error", err)
		return nil
	}
	var refused *gomail.SendError
	if errors.As(err, &refused) && refused.Reason == gomail.ErrSMTPDataClose {
		return fmt.Errorf("%w: %w", ErrUnsure, err)
	}
	if errors.As(err, &refused) && refused.Reason == gomail.ErrSMTPRcptTo && !refused.IsTemp() {
		return fmt.Errorf("%w: %w", ErrFinal, err)
	}
	return err
}

// letter makes the message: one recipient, and every header our own.
func (s *SMTP) letter(message Message) (*gomail.Msg, error) {
	letter := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	letter.FromMailAddress(&netmail.Address{Name: message.Name, Address: s.from})
	letter.SetAddrHeaderFromMailAddress(gomail.HeaderTo, &netmail.Address{Address: message.To})
	letter.Subject(message.Subject)
	letter.SetMessageIDWithValue(message.MessageID + "@" + s.domain)
	letter.SetDateWithValue(message.Date)
	letter.SetGenHeader("Auto-Submitted", "auto-generated")
	letter.SetGenHeader("X-Auto-Response-Suppress", "All")
	if message.Thread != "" {
		letter.SetGenHeader(gomail.HeaderInReplyTo, "<"+message.Thread+"@"+s.domain+">")
		letter.SetGenHeader(gomail.HeaderReferences, "<"+message.Thread+"@"+s.domain+">")
	}
	if message.Unsubscribe != "" { // RFC 8058: one press in the mail program is enough
		letter.SetGenHeader(gomail.HeaderListUnsubscribe, "<"+message.Unsubscribe+">")
		letter.SetGenHeader(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	letter.SetBodyString(gomail.TypeTextPlain, message.Text)
	letter.AddAlternativeString(gomail.TypeTextHTML, message.HTML)
	recipients, err := letter.GetRecipients()
	if err == nil && len(recipients) != 1 {
		err = fmt.Errorf("%d recipients", len(recipients))
	}
	return letter, err
}
