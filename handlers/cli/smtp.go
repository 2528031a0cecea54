package cli

import (
	"fmt"
	"io"

	"vitrine/handlers/mail"
)

// smtpFlags are how mail leaves. Without a host it stays here: it is shown on the
// terminal and to admins.
type smtpFlags struct {
	Host     string `help:"Mail server. Without one, mail is shown in the terminal and to admins." env:"VITRINE_SMTP_HOST" placeholder:"HOST"`
	Port     int    `help:"Its port. Default: 587 for starttls, 465 for tls, 25 for none." env:"VITRINE_SMTP_PORT" placeholder:"PORT"`
	User     string `help:"User name there." env:"VITRINE_SMTP_USER" placeholder:"NAME"`
	Password string `help:"Password there; better given by the environment." env:"VITRINE_SMTP_PASSWORD" placeholder:"SECRET"`
	From     string `help:"The address that mail comes from." env:"VITRINE_SMTP_FROM" placeholder:"EMAIL"`
	TLS      string `help:"starttls, tls or none." enum:"starttls,tls,none" default:"starttls" env:"VITRINE_SMTP_TLS" placeholder:"KIND"`
}

// sender is what mail goes through.
func (f smtpFlags) sender(out io.Writer) (mail.Sender, error) {
	if f.Host == "" {
		return &mail.Terminal{Out: out}, nil
	}
	return mail.NewSMTP(mail.Server{Host: f.Host, Port: f.Port, User: f.User, Password: f.Password, From: f.From, TLS: f.TLS})
}

func (f smtpFlags) finding() finding {
	if f.Host == "" {
		return finding{true, "No mail server is configured: mail is shown in the terminal and to admins."}
	}
	if _, err := f.sender(io.Discard); err != nil {
		return finding{false, "The mail server's configuration is wrong: " + sentence(err)}
	}
	return finding{true, fmt.Sprintf("Mail goes through %s.", f.Host)}
}
