package handlers

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// joining is what the page of an invitation shows.
type joining struct {
	db.Invitation
	Action   string
	Inviting string // who invites, as a sentence
	Signed   string // the address that somebody is signed in with; "" for nobody
	Stay     string // where that address goes on
	Refused  string
}

// Same says that the invitation is for who is signed in.
func (j joining) Same() bool { return j.Signed == j.Address }

// joinPage shows who invites and to what. It writes nothing: programs that scan
// mail open every link.
func (d door) joinPage(c *fiber.Ctx) error {
	invitation, err := d.Store.Invitation(c.Params("token"))
	if errors.Is(err, db.ErrGone) {
		return d.notInvited(c)
	}
	if err != nil {
		return err
	}
	return d.invitationPage(c, fiber.StatusOK, invitation, "")
}

func (d door) invitationPage(c *fiber.Ctx, status int, invitation db.Invitation, refused string) error {
	words, actor := d.wordsOf(c, invitation.Language), d.Actor(c)
	stay := "/projects"
	if actor.Side == db.Client {
		stay = "/portal"
	}
	says := views.Invitation{Workspace: d.Workspace().Name, From: invitation.From}
	page := d.Page(c, words.T("joining.title"), "", joining{invitation, c.Path(), says.Inviting(words), actor.Email, stay, refused})
	page.Words = words
	return d.Send(c, status, "door/join", page)
}

// notInvited says in the same words whatever is the matter with an invitation.
func (d door) notInvited(c *fiber.Ctx) error {
	d.Log.Warn("invitation refused", "from", d.Peer(c))
	return d.Send(c, fiber.StatusGone, "door/uninvited", d.Page(c, d.Words(c).T("joining.gone-title"), "", nil))
}

// join accepts at once for who is signed in with the address that was invited.
// Everybody else is sent a PIN to that address; who is signed in with another one
// is asked first.
func (d door) join(c *fiber.Ctx) error {
	invitation, err := d.Store.Invitation(c.Params("token"))
	if errors.Is(err, db.ErrGone) {
		return d.notInvited(c)
	}
	if err != nil {
		return err
	}
	actor := d.Actor(c)
	switch {
	case actor.ID != 0 && actor.Email == invitation.Address:
		return d.acceptNow(c, actor)
	case actor.ID != 0 && web.ReadForm(c, "instead").Value("instead") != "1":
		return d.invitationPage(c, fiber.StatusConflict, invitation, "")
	}
	cookie, err := d.Store.BeginJoin(c.Params("token"), network(d.Peer(c)), c.Cookies(challengeCookie(d.Secure)))
	switch {
	case errors.Is(err, db.ErrGone):
		return d.notInvited(c)
	case errors.Is(err, db.ErrOften):
		d.Log.Warn("invitation refused: too many mails", "from", d.Peer(c))
		return d.invitationPage(c, fiber.StatusTooManyRequests, invitation, d.wordsOf(c, invitation.Language).T("door.often"))
	case err != nil:
		return err
	}
	d.keepChallenge(c, cookie)
	return web.SeeOther(c, "/sign-in/pin")
}

func (d door) acceptNow(c *fiber.Ctx, actor db.Actor) error {
	next, err := d.Store.AcceptInvitation(actor, c.Params("token"))
	if errors.Is(err, db.ErrGone) || errors.Is(err, db.ErrNotInvited) {
		return d.notInvited(c)
	}
	if err != nil {
		return err
	}
	d.Log.Info("invitation accepted", "person", actor.ID, "from", d.Peer(c))
	return web.SeeOther(c, db.OwnPath(next, "/"))
}
