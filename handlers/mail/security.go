package mail

import (
	"fmt"
	"strings"
	"time"

	"vitrine/db"
	"vitrine/views"
)

// tellOf words a mail about the recipient's account: a sign-in with a new device,
// or a change of what they sign in with. It opens nothing.
func tellOf(message Message, m db.Mail, workspace db.Workspace, baseURL string, now time.Time) (Message, error) {
	if m.About == "" && m.Kind == db.MailSecurity {
		return message, fmt.Errorf("%w: what it is about cannot be read", ErrFinal)
	}
	account := "/account"
	if m.To.Side == db.Client {
		account = "/portal/account"
	}
	alert := views.Alert{Workspace: workspace.Name, What: m.About, At: m.CreatedAt, URL: strings.TrimSuffix(baseURL, "/") + account + "/security"}
	if m.Kind == db.MailNewDevice {
		alert.What = m.Kind
		alert.Browser, alert.System = views.Device(m.About)
	}
	var err error
	message.Mail, err = views.AlertMail(views.For(m.To.Language, m.To.TimeZone, now), alert)
	return message, err
}
