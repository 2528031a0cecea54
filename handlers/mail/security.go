package mail

import (
	"fmt"

	"vitrine/db"
	"vitrine/views"
)

// alert words a mail about the recipient's account: a sign-in with a new device,
// or a change of what they sign in with. It opens nothing.
func (w writing) alert() (views.Mail, error) {
	alert := views.Alert{Workspace: w.workspace, What: w.About, At: w.CreatedAt, URL: w.home() + "/account/security"}
	switch {
	case w.Kind == db.MailNewDevice:
		alert.What = w.Kind
		alert.Browser, alert.System = views.Device(w.About)
	case w.About == "":
		return views.Mail{}, fmt.Errorf("%w: what it is about cannot be read", ErrFinal)
	}
	return views.AlertMail(w.words, alert)
}
