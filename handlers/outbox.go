package handlers

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/mail"
	"vitrine/handlers/web"
)

// outbox shows owner and admins which mails wait, went out or failed. Shown says
// that mails are shown on this machine because no mail server is set: then what
// is still valid can be read on this page.
type outbox struct {
	*web.App
	Shown bool
}

// outboxRow is one mail on the page.
type outboxRow struct {
	db.OutboxLine
	URL               string
	KindKey, StateKey string
	WillTry           bool
}

func (o outbox) page(c *fiber.Ctx) error {
	lines, err := o.Store.Outbox(o.Actor(c), o.Shown)
	if err != nil {
		return err
	}
	rows := make([]outboxRow, 0, len(lines))
	for _, line := range lines {
		row := outboxRow{OutboxLine: line, KindKey: "outbox.kind-" + line.Kind, StateKey: "outbox." + line.State}
		row.WillTry = line.State == db.MailWaiting && line.Error != ""
		switch {
		case line.Link != "":
			row.StateKey, row.URL = "outbox.kept", mail.SignInURL(o.BaseURL, line.Link)
		case line.State == db.MailDone && o.Shown:
			row.StateKey = "outbox.shown"
		}
		rows = append(rows, row)
	}
	page := o.Page(c, o.Words(c).T("outbox.title"), "outbox", map[string]any{"Lines": rows, "Shown": o.Shown})
	return o.Send(c, fiber.StatusOK, "team/outbox", page)
}
