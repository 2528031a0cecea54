package team

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/mail"
	"vitrine/handlers/web"
	"vitrine/views"
)

// mailsShown is how many of somebody's latest mails are listed.
const mailsShown = 15

// usualLetter names the letter that nobody has sent, where others have their number.
const usualLetter = "letter"

// mails is the page of what mails to a client look like.
type mails struct {
	db.ContactLine
	Company db.CompanyLine
	At      string
	Lines   []mailLine
	Shown   string // which of them is on the page
	Subject string
	Gone    bool // it would say nothing any more
}

// mailLine is a mail in the list.
type mailLine struct {
	Name, Key string
	At        db.Time
}

// Mails shows the latest mails to a contact as they would read now, and the letter that
// invites them or introduces the portal, to whoever may look through that contact.
func (t *Team) Mails(c *fiber.Ctx) error {
	page, err := t.mailed(c)
	if err != nil {
		return err
	}
	page.Shown = c.Query("show", usualLetter)
	whole := c.Query("mail") != ""
	if whole {
		page.Shown = c.Query("mail")
	}
	message, err := t.mailWords(c, page)
	switch {
	case errors.Is(err, mail.ErrNothing), errors.Is(err, mail.ErrFinal):
		if page.Gone = true; whole {
			return db.ErrNotFound
		}
	case err != nil:
		return err
	}
	if whole {
		return web.SendMail(c, message.HTML)
	}
	page.Subject = message.Subject
	return t.stillAt(c, "companies", fiber.StatusOK, "team/mails", func(s sight) (content, []live.Region, error) {
		return content{s.T("mail-look.title", "name", page.Name), page}, nil, nil
	})
}

// mailed reads the contact and the list.
func (t *Team) mailed(c *fiber.Ctx) (page mails, err error) {
	company, person, err := withPerson(c)
	if err != nil {
		return page, err
	}
	err = t.look(c, func(s sight) (err error) {
		if page.ContactLine, err = s.Viewer.Contact(company, person); err != nil {
			return err
		}
		page.Company, err = s.Company(company)
		return err
	})
	if err == nil && !page.MayLook {
		err = db.ErrDenied
	}
	if err != nil {
		return page, err
	}
	lines, err := t.Store.MailsTo(t.Actor(c), person, mailsShown)
	for _, line := range lines {
		at := line.EndsAt
		if at.IsZero() {
			at = line.CreatedAt
		}
		page.Lines = append(page.Lines, mailLine{strconv.FormatInt(line.ID, 10), "outbox.kind-" + line.Kind, at})
	}
	page.At = contactURL(company, person)
	return page, err
}

// mailWords words the mail on the page as its recipient reads it.
func (t *Team) mailWords(c *fiber.Ctx, page mails) (views.Mail, error) {
	var m db.Mail
	var err error
	if page.Shown == usualLetter {
		m, err = t.Store.UsualLetter(t.Actor(c), page.CompanyID, page.ID)
	} else {
		id, failed := strconv.ParseInt(page.Shown, 10, 64)
		if failed != nil {
			return views.Mail{}, db.ErrNotFound
		}
		if m, err = t.Store.MailTo(t.Actor(c), page.ID, id); errors.Is(err, db.ErrNotFound) && page.has(page.Shown) {
			err = mail.ErrNothing // its letter does not hold any more
		}
	}
	if err != nil {
		return views.Mail{}, err
	}
	m.Link = "…" // what opens the door is in nobody's hand but theirs
	message, err := mail.Compose(m, withoutKeys{t.Store}, t.Workspace(), t.BaseURL, t.Store.Now())
	return message.Mail, err
}

func (p mails) has(name string) bool {
	for _, line := range p.Lines {
		if line.Name == name {
			return true
		}
	}
	return false
}

// withoutKeys reads what mails are about, without the links that act for their reader.
type withoutKeys struct{ *db.Store }

func (withoutKeys) UnsubscribeToken(db.ID, string) string { return "…" }
