package team

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

// inviting is the page with the text of an invitation, or of an introduction for
// who has joined.
type inviting struct {
	db.Invitee
	Form     web.Form
	At       string
	RoleWord string
	State    stateWord
	Joined   bool
	Waits    bool // an invitation of theirs can be taken back
}

// stateWord says how far somebody has come, in words.
type stateWord struct {
	State, Key string
	Since      db.Time
	Again      bool // has been invited before
}

func wordOf(i db.InvitationState, now db.Time) stateWord {
	state, since := i.At(now.Time)
	return stateWord{state, "invite.state-" + state, since, state != db.NotInvited && state != db.InvitationJoined}
}

func inviteURL(company, person db.ID) string {
	return "/companies/" + company.String() + "/contacts/" + person.String() + "/invite"
}

// Invite shows the ready text of the mail, who gets it and what it is bound to.
func (t *Team) Invite(c *fiber.Ctx) error {
	company, person, err := withPerson(c)
	if err != nil {
		return err
	}
	return t.invitePage(c, company, person, fiber.StatusOK, web.Form{})
}

func (t *Team) invitePage(c *fiber.Ctx, company, person db.ID, status int, form web.Form) error {
	return t.stillAt(c, "companies", status, "team/invite", func(s sight) (content, []live.Region, error) {
		to, err := s.Invitee(company, person)
		if err != nil {
			return content{}, nil, err
		}
		page := inviting{Invitee: to, Form: form, At: strings.TrimSuffix(inviteURL(company, person), "/invite"), RoleWord: web.RoleName(s.Words, to.Role, to.RoleName),
			State: wordOf(to.InvitationState, db.At(t.Store.Now())), Joined: !to.InvitationState.Joined.IsZero()}
		page.Waits = !page.Joined && !to.Invited.IsZero() && to.Ended.IsZero()
		title := "invite.title"
		if page.Joined {
			title = "invite.title-joined"
		}
		if form.Values == nil {
			page.Form = web.FormOf(map[string]string{"letter": t.usualText(to, page.Joined)})
		}
		return content{s.T(title, "name", to.Name), page}, nil, nil
	})
}

// usualText is the text in the language of who gets it.
func (t *Team) usualText(to db.Invitee, joined bool) string {
	words := t.WordsFor(to.Language, to.TimeZone)
	if joined {
		return views.IntroductionText(words)
	}
	return views.InvitationText(words, false)
}

// SendInvitation sends the invitation, also again.
func (t *Team) SendInvitation(c *fiber.Ctx) error {
	return t.sendLetter(c, false, t.Store.InviteContact, "invited")
}

// Introduce sends the introduction.
func (t *Team) Introduce(c *fiber.Ctx) error {
	return t.sendLetter(c, true, t.Store.Introduce, "introduced")
}

// sendLetter keeps a text only when it is not the usual one: that is worded when
// the mail goes out, in the language that its reader has by then.
func (t *Team) sendLetter(c *fiber.Ctx, joined bool, send func(db.Actor, db.ID, db.ID, string) error, said string) error {
	company, person, err := withPerson(c)
	if err != nil {
		return err
	}
	form, usual := web.ReadForm(c, "letter"), ""
	if err := t.look(c, func(s sight) error {
		to, err := s.Invitee(company, person)
		usual = t.usualText(to, joined)
		return err
	}); err != nil {
		return err
	}
	text := form.Value("letter")
	if strings.ReplaceAll(strings.TrimSpace(text), "\r\n", "\n") == usual {
		text = ""
	}
	if err = send(t.Actor(c), company, person, text); form.Refused(t.Words(c), err) {
		return t.invitePage(c, company, person, fiber.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, inviteURL(company, person)+"?said="+said)
}

// EndInvitation takes back what waits.
func (t *Team) EndInvitation(c *fiber.Ctx) error {
	company, person, err := withPerson(c)
	if err == nil {
		err = t.Store.EndInvitation(t.Actor(c), company, person)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, inviteURL(company, person)+"?said=taken-back")
}

// InviteMember invites somebody of the project with the usual text.
func (t *Team) InviteMember(c *fiber.Ctx) error {
	project, line, err := t.member(c)
	if err != nil {
		return err
	}
	form := web.Form{}
	err = t.Store.InviteOnProject(t.Actor(c), project, line.ID)
	if err == nil {
		return web.SeeOther(c, projectURL(project)+"/members?said=invited")
	}
	if form.Refused(t.Words(c), err) {
		return t.rosterRefused(c, project, form.Mistake("letter"))
	}
	return err
}
