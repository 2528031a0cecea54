package handlers

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/mail"
	"vitrine/handlers/web"
	"vitrine/views"
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
	dead, err := o.Store.DeadMail(o.Actor(c))
	if err != nil {
		return err
	}
	words := o.Words(c)
	shown, list := pickMails(words, web.ReadList(c, "/outbox", ""), o.rows(lines))
	page := o.Page(c, words.T("outbox.title"), "outbox", map[string]any{"Lines": shown, "List": list, "Dead": o.rows(dead), "Shown": o.Shown})
	if c.Query("said") == "retried" {
		page.Notice = &views.Notice{Kind: "good", Text: words.T("outbox.retried")}
	}
	return o.Send(c, fiber.StatusOK, "team/outbox", page)
}

func (o outbox) rows(lines []db.OutboxLine) []outboxRow {
	rows := make([]outboxRow, 0, len(lines))
	for _, line := range lines {
		row := outboxRow{OutboxLine: line, KindKey: "outbox.kind-" + line.Kind, StateKey: "outbox." + line.State}
		row.WillTry = line.State == db.MailWaiting && line.Error != ""
		switch {
		case line.Link != "":
			row.StateKey, row.URL = "outbox.kept", mail.LinkURL(o.BaseURL, line.Mail)
		case line.State == db.MailDone && o.Shown:
			row.StateKey = "outbox.shown"
		}
		rows = append(rows, row)
	}
	return rows
}

// retry has a mail tried again that was given up.
func (o outbox) retry(c *fiber.Ctx) error {
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return db.ErrNotFound
	}
	if err := o.Store.RetryMail(o.Actor(c), id); err != nil {
		return err
	}
	return web.SeeOther(c, "/outbox?said=retried")
}

func pickMails(words *views.Words, asked web.Asked, rows []outboxRow) ([]outboxRow, web.List) {
	return web.Pick(words, asked, rows, func(r outboxRow) string {
		return strings.Join([]string{r.To.Name, r.To.Email, words.T(r.KindKey), words.T(r.StateKey), r.Error}, " ")
	},
		web.Column[outboxRow]{Name: "to", Key: "outbox.to", Text: func(r outboxRow) string { return r.To.Name }},
		web.Column[outboxRow]{Name: "kind", Key: "outbox.subject", Text: func(r outboxRow) string { return words.T(r.KindKey) }},
		web.Column[outboxRow]{Name: "state", Key: "outbox.state", Text: func(r outboxRow) string { return words.T(r.StateKey) }})
}
