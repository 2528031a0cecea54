package team

import (
	"html/template"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
)

// Trouble tells why a contact cannot get in, or does not see what they should, in
// the order in which somebody would check; each line names its cure.
func (t *Team) Trouble(c *fiber.Ctx) error {
	q, err := t.asksAbout(c, func(company, person db.ID) (db.Trouble, error) {
		return t.Store.Trouble(t.Actor(c), company, person)
	})
	if err != nil {
		return err
	}
	lines := []checkLine{q.account(), q.company(), q.contact(), q.invited(), q.mailed()}
	if q.Email != "" {
		lines = append(lines, q.address())
	}
	lines = append(lines, q.signIns(), q.roleLine(), q.linked(), q.comments(), q.features(), q.sees())
	return t.checked(c, "team/trouble", "trouble.title", q, lines)
}

func (q asks) account() checkLine {
	switch {
	case q.Email == "":
		return answered("account", false, q.H("trouble.account-none"), q.to(true, "trouble.cure-contact", q.at))
	case !q.Active:
		return answered("account", false, q.H("trouble.account-off"), q.to(q.admin, "trouble.cure-person", "/people/"+q.ID.String()))
	}
	return answered("account", true, q.H("trouble.account-good"))
}

func (q asks) company() checkLine {
	if q.CompanyStatus == "active" {
		return answered("company", true, q.H("trouble.company-good", "company", q.Company))
	}
	return answered("company", false, q.H("trouble.company-off", "company", q.Company), q.to(q.admin, "trouble.cure-company", "/companies/"+q.CompanyID.String()))
}

func (q asks) contact() checkLine {
	if q.ContactActive {
		return answered("contact", true, q.H("trouble.contact-good", "company", q.Company))
	}
	return answered("contact", false, q.H("trouble.contact-off", "company", q.Company), q.send(true, "trouble.cure-activate", q.at+"/active", "active", "1"))
}

func (q asks) invited() checkLine {
	i, again := q.Invitation, q.to(true, "trouble.cure-again", q.at+"/invite")
	switch {
	case !q.JoinedAt.IsZero():
		return answered("invited", true, q.H("trouble.invited-joined", "moment", q.MomentRecordTag(q.JoinedAt)))
	case i == nil:
		return answered("invited", false, q.H("trouble.invited-never"), q.to(true, "trouble.cure-check", q.at+"/check"), q.to(true, "trouble.cure-invite", q.at+"/invite"))
	case !i.AcceptedAt.IsZero():
		return answered("invited", true, q.H("trouble.invited-accepted", "moment", q.MomentRecordTag(i.AcceptedAt)))
	case !i.EndedAt.IsZero():
		return answered("invited", false, q.H("trouble.invited-ended", "moment", q.MomentRecordTag(i.EndedAt)), again)
	case i.Expired():
		return answered("invited", false, q.H("trouble.invited-expired", "sent", q.MomentRecordTag(i.SentAt), "moment", q.MomentRecordTag(i.ExpiresAt)), again)
	case i.Changed:
		return answered("invited", false, q.H("trouble.invited-changed", "moment", q.MomentRecordTag(i.SentAt), "email", i.Address), again)
	case !i.OpenedAt.IsZero():
		return answered("invited", false, q.H("trouble.invited-opened", "opened", q.MomentRecordTag(i.OpenedAt), "moment", q.MomentRecordTag(i.ExpiresAt)), again)
	}
	return answered("invited", false, q.H("trouble.invited-sent", "sent", q.MomentRecordTag(i.SentAt), "moment", q.MomentRecordTag(i.ExpiresAt)), again)
}

// mailed judges by the newest mail: an older one that failed was made good since.
func (q asks) mailed() checkLine {
	if len(q.Mails) == 0 {
		return answered("mailed", true, q.H("trouble.mailed-none"))
	}
	newest := q.Mails[0]
	state, good := newest.State, newest.State == db.MailDone || newest.State == db.MailWaiting && newest.Error == ""
	if newest.State == db.MailWaiting && !good {
		state = "trying"
	}
	line := answered("mailed", good, q.H("trouble.mailed-"+state))
	for _, mail := range q.Mails {
		line.Facts = append(line.Facts, q.mail(mail))
	}
	if !good {
		line.Cures = append(line.Cures, q.to(true, "trouble.cure-contact", q.at))
		if q.admin {
			line.Cures = append(line.Cures, q.to(true, "trouble.cure-outbox", "/outbox"))
		}
	}
	return line
}

func (q asks) mail(m db.OutboxLine) fact {
	kind := m.Kind
	if key := "outbox.kind-" + kind; q.Knows(key) {
		kind = q.T(key)
	}
	text := q.H("trouble.mail", "kind", kind, "state", q.T("outbox."+m.State), "moment", q.MomentRecordTag(m.CreatedAt))
	if m.Error != "" {
		text += template.HTML(": " + template.HTMLEscapeString(m.Error))
	}
	return fact{Text: text, Amiss: m.State != db.MailDone && (m.State != db.MailWaiting || m.Error != "")}
}

// address is for somebody's eyes: nothing here knows how they really write it.
func (q asks) address() checkLine {
	return checkLine{Name: "address", State: yourLine, Text: q.H("trouble.address-hint"), Big: q.Email, Cures: []remedy{q.to(true, "trouble.cure-contact", q.at)}}
}

func (q asks) signIns() (line checkLine) {
	s := q.SignIns
	switch wrong := s.WrongPINs + s.WrongPasswords; {
	case s.LinkOnly():
		line = answered("signins", false, q.H("trouble.signins-link"))
	case wrong > 0:
		line = answered("signins", false, q.HN("trouble.signins-wrong", wrong))
	case s.LastAt.IsZero():
		line = answered("signins", true, q.H("trouble.signins-none"))
	default:
		line = answered("signins", true, q.H("trouble.signins-last", "moment", q.MomentRecordTag(s.LastAt)))
	}
	if s.Mails > 0 {
		line.Facts = append(line.Facts, fact{Text: q.HN("trouble.signins-mails", s.Mails)})
	}
	if s.Sessions > 0 {
		line.Facts = append(line.Facts, fact{Text: q.HN("trouble.signins-open", s.Sessions)})
	}
	return line
}
