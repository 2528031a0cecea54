package handlers

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// The security page shows what somebody can sign in with and where they are
// signed in.

// sessionRow is one line of the list of sessions.
type sessionRow struct {
	db.Session
	Browser, System string
	Method          string // the key of how it began, "" when that is not known
	Here            bool
}

// methods are the ways of signing in that have a name.
var methods = map[string]string{"pin": "ways.by-pin", "link": "ways.by-link", "password": "ways.by-password", "passkey": "ways.by-passkey",
	"signin-link": "ways.by-printed-link", "setup": "ways.by-setup"}

// ownWays is what the security page shows.
type ownWays struct {
	Form     web.Form
	At, Tab  string
	Refused  string
	Sessions []sessionRow
	Keys     []db.Passkey
	Password db.Time // since when there is one
	Host     string  // whose passkeys can be added, "" for none
	Browser  string  // proposed as the name of a new passkey
	System   string
	Shortest int
}

func (p passkeys) security(c *fiber.Ctx) error {
	return p.securityPage(c, fiber.StatusOK, web.Form{}, "")
}

func (p passkeys) securityPage(c *fiber.Ctx, status int, form web.Form, refused string) error {
	body := ownWays{Form: form, At: p.home(c), Tab: "security", Refused: refused, Host: p.host, Shortest: db.PasswordShortest}
	body.Browser, body.System = views.Device(c.Get(fiber.HeaderUserAgent))
	if _, preview := p.Preview(c); !preview {
		if err := p.fill(c, &body); err != nil {
			return err
		}
	}
	return p.Send(c, status, "account/security", p.Page(c, p.Words(c).T("security.title"), "", body))
}

func (p passkeys) fill(c *fiber.Ctx, body *ownWays) error {
	actor := p.Actor(c)
	sessions, err := p.Store.Sessions(actor)
	if err != nil {
		return err
	}
	for _, session := range sessions {
		browser, system := views.Device(session.UserAgent)
		body.Sessions = append(body.Sessions, sessionRow{session, browser, system, methods[session.Method], session.ID == actor.Session})
	}
	if body.Keys, err = p.Store.Passkeys(actor); err != nil {
		return err
	}
	body.Password, err = p.Store.PasswordSince(actor)
	return err
}

// wayRefused shows the page again with the reason, or leads to where a passkey
// is asked for first.
func (p passkeys) wayRefused(c *fiber.Ctx, form web.Form, err error) error {
	words := p.Words(c)
	switch {
	case form.Refused(words, err):
		return p.securityPage(c, fiber.StatusUnprocessableEntity, form, form.Mistake("session")+form.Mistake("name"))
	case errors.Is(err, db.ErrUnconfirmed):
		return web.SeeOther(c, "/confirm?next=/account/security")
	case errors.Is(err, db.ErrUsePIN):
		return p.securityPage(c, fiber.StatusTooManyRequests, form, words.T("password.too-many"))
	case errors.Is(err, db.ErrGone):
		return p.securityPage(c, fiber.StatusConflict, form, words.T("ways.changed"))
	}
	return err
}

// setPassword sets the first password, or another one. No password goes back into the page.
func (p passkeys) setPassword(c *fiber.Ctx) error {
	form := web.ReadForm(c, "current", "password")
	err := p.Store.SetPassword(p.Actor(c), form.Value("current"), form.Value("password"))
	if err != nil {
		return p.wayRefused(c, web.Form{}, err)
	}
	return web.SeeOther(c, p.home(c)+"/security")
}

func (p passkeys) removePassword(c *fiber.Ctx) error {
	if err := p.Store.RemovePassword(p.Actor(c)); err != nil {
		return p.wayRefused(c, web.Form{}, err)
	}
	return web.SeeOther(c, p.home(c)+"/security")
}

func (p passkeys) endSession(c *fiber.Ctx) error {
	id, err := db.ParseID(c.Params("id"))
	if err != nil {
		return err
	}
	if err := p.Store.EndSession(p.Actor(c), id); err != nil {
		return p.wayRefused(c, web.Form{}, err)
	}
	return web.SeeOther(c, p.home(c)+"/security")
}

func (p passkeys) endOthers(c *fiber.Ctx) error {
	if err := p.Store.EndOtherSessions(p.Actor(c)); err != nil {
		return p.wayRefused(c, web.Form{}, err)
	}
	return web.SeeOther(c, p.home(c)+"/security")
}
