package handlers

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// door lets people in: by a PIN from a mail, by the link beside it, by a printed
// link, by the set-up link of the first owner. And out again.
type door struct{ *web.App }

// The challenge cookie binds a sign-in to the browser that began it. It stays
// longer than the PIN, so that a browser which signed in before is known again.
const challengeKept = 30 * 24 * time.Hour

func challengeCookie(secure bool) string {
	if secure {
		return "__Host-challenge"
	}
	return "challenge"
}

// askEmail is what the pages before signing in show.
type askEmail struct {
	web.Form
	Refused   string
	Registers bool   // clients may register here
	Host      string // whose passkeys can be used, "" for none
}

// emailForm asks for an address; who is signed in already goes on.
func (d door) emailForm(c *fiber.Ctx) error {
	next := c.Query("next")
	if actor := d.Actor(c); actor.ID != 0 {
		start := "/projects"
		if actor.Side == db.Client {
			start = "/portal"
		}
		return web.SeeOther(c, db.OwnPath(next, start))
	}
	return d.emailPage(c, fiber.StatusOK, web.FormOf(map[string]string{"next": db.OwnPath(next, "")}), "")
}

func (d door) emailPage(c *fiber.Ctx, status int, form web.Form, refused string) error {
	return d.askPage(c, status, "door/email", form, refused)
}

// askPage says that one can register where that is switched on; nothing on it
// depends on the address.
func (d door) askPage(c *fiber.Ctx, status int, template string, form web.Form, refused string) error {
	registers, err := d.RegistrationOpen()
	if err != nil {
		return err
	}
	page := d.Page(c, d.Words(c).T("signin.title"), "", askEmail{form, refused, registers, passkeyHost(d.BaseURL)})
	if status == fiber.StatusOK && c.Query("out") != "" {
		page.Notice = &views.Notice{Kind: "good", Text: page.Words.T("signin.signed-out")}
	}
	return d.Send(c, status, template, page)
}

// sendPIN begins a sign-in. Whether anybody has the address changes nothing of
// the answer.
func (d door) sendPIN(c *fiber.Ctx) error {
	form := web.ReadForm(c, "email", "next")
	cookie, err := d.Store.BeginSignIn(form.Value("email"), network(d.Peer(c)), form.Value("next"), c.Cookies(challengeCookie(d.Secure)), d.Words(c).Language)
	if form.Refused(d.Words(c), err) {
		return d.emailPage(c, fiber.StatusUnprocessableEntity, form, "")
	}
	if errors.Is(err, db.ErrOften) {
		d.Log.Warn("sign-in refused: too many mails", "from", d.Peer(c))
		return d.emailPage(c, fiber.StatusTooManyRequests, form, d.Words(c).T("door.often"))
	}
	if err != nil {
		return err
	}
	d.keepChallenge(c, cookie)
	return web.SeeOther(c, "/sign-in/pin")
}

func (d door) keepChallenge(c *fiber.Ctx, token string) {
	c.Cookie(&fiber.Cookie{Name: challengeCookie(d.Secure), Value: token, Path: "/", MaxAge: int(challengeKept.Seconds()),
		HTTPOnly: true, Secure: d.Secure, SameSite: fiber.CookieSameSiteLaxMode})
}

// askPIN is what the second page shows.
type askPIN struct {
	Address string
	Minutes int
	PIN     string // as typed, to be corrected
	Mistake string // beside the field
	Refused string // why no PIN can be typed now
}

// pinForm asks for the PIN of the sign-in that this browser began. When the mail
// carried a link only, it says so.
func (d door) pinForm(c *fiber.Ctx) error {
	challenge, err := d.Store.Challenge(c.Cookies(challengeCookie(d.Secure)))
	if errors.Is(err, db.ErrNotFound) {
		return web.SeeOther(c, "/sign-in")
	}
	if err != nil {
		return err
	}
	body, words := askPIN{}, d.wordsOf(c, challenge.Language)
	if !challenge.Open {
		body.Refused = words.T("pin.gone")
	}
	notice := ""
	if c.Query("again") != "" && challenge.Open {
		notice = "signin.again-sent"
		if challenge.LinkOnly {
			notice = "door.link-again"
		}
		notice = words.T(notice)
	}
	return d.pinPage(c, fiber.StatusOK, challenge, body, notice)
}

func (d door) pinPage(c *fiber.Ctx, status int, challenge db.Challenge, body askPIN, notice string) error {
	body.Address, body.Minutes = challenge.Address, int(db.ChallengeLife/time.Minute)
	template := "door/pin"
	if challenge.LinkOnly {
		template = "door/sent"
	}
	words := d.wordsOf(c, challenge.Language)
	page := d.Page(c, words.T("signin.title"), "", body)
	page.Words = words
	if notice != "" {
		page.Notice = &views.Notice{Kind: "good", Text: notice}
	}
	return d.Send(c, status, template, page)
}

// wordsOf are those of who is signed in; else of the language in which a sign-in
// was begun or an invitation was written.
func (d door) wordsOf(c *fiber.Ctx, language string) *views.Words {
	if d.Actor(c).ID != 0 || language == "" {
		return d.Words(c)
	}
	return d.WordsFor(language, d.Workspace().TimeZone)
}

// tryPIN signs in with the PIN.
func (d door) tryPIN(c *fiber.Ctx) error {
	cookie, pin := c.Cookies(challengeCookie(d.Secure)), web.ReadForm(c, "pin").Value("pin")
	token, next, refused := d.Store.TryPIN(cookie, pin, c.Get(fiber.HeaderUserAgent))
	if refused == nil {
		return d.enter(c, token, next, "pin")
	}
	if errors.Is(refused, db.ErrNotInvited) {
		return d.notInvited(c)
	}
	challenge, err := d.Store.Challenge(cookie)
	if errors.Is(err, db.ErrNotFound) {
		return web.SeeOther(c, "/sign-in")
	}
	if err != nil {
		return err
	}
	status, body, err := d.refusal(c, d.wordsOf(c, challenge.Language), pin, refused)
	if err != nil {
		return err
	}
	return d.pinPage(c, status, challenge, body, "")
}

// refusal words why a PIN did not sign in.
func (d door) refusal(c *fiber.Ctx, words *views.Words, pin string, refused error) (status int, body askPIN, err error) {
	var wrong *db.WrongPIN
	mistakes, malformed := web.MistakesOf(words, refused)
	switch {
	case malformed:
		return fiber.StatusUnprocessableEntity, askPIN{PIN: pin, Mistake: mistakes["pin"]}, nil
	case errors.As(refused, &wrong) && wrong.Left > 0:
		d.Log.Warn("wrong PIN", "from", d.Peer(c), "left", wrong.Left)
		return fiber.StatusUnprocessableEntity, askPIN{Mistake: words.N("pin.wrong", wrong.Left)}, nil
	case errors.As(refused, &wrong):
		d.Log.Warn("wrong PIN", "from", d.Peer(c), "left", wrong.Left)
		return fiber.StatusUnprocessableEntity, askPIN{Refused: words.T("door.last-try")}, nil
	case errors.Is(refused, db.ErrUseLink):
		d.Log.Warn("PIN refused: too many wrong ones", "from", d.Peer(c))
		return fiber.StatusTooManyRequests, askPIN{Refused: words.T("door.use-link")}, nil
	case errors.Is(refused, db.ErrGone):
		return fiber.StatusUnprocessableEntity, askPIN{Refused: words.T("pin.gone")}, nil
	}
	return 0, askPIN{}, refused
}

// newPIN sends another mail for the same sign-in and voids the one before.
func (d door) newPIN(c *fiber.Ctx) error {
	old := c.Cookies(challengeCookie(d.Secure))
	cookie, err := d.Store.SignInAgain(old, network(d.Peer(c)))
	switch {
	case errors.Is(err, db.ErrGone):
		return web.SeeOther(c, "/sign-in")
	case errors.Is(err, db.ErrOften):
		d.Log.Warn("sign-in refused: too many mails", "from", d.Peer(c))
		challenge, err := d.Store.Challenge(old)
		if err != nil {
			return err
		}
		return d.pinPage(c, fiber.StatusTooManyRequests, challenge, askPIN{Mistake: d.wordsOf(c, challenge.Language).T("door.often")}, "")
	case err != nil:
		return err
	}
	d.keepChallenge(c, cookie)
	return web.SeeOther(c, "/sign-in/pin?again=1")
}

// enter gives the browser its new session and ends the one that it had.
func (d door) enter(c *fiber.Ctx, token, next, how string) error {
	name := SessionCookie(d.Secure)
	if old, err := d.Store.Login(c.Cookies(name)); err == nil {
		if err := d.Store.EndSession(old, old.Session); err != nil {
			return err
		}
	}
	actor, err := d.Store.Login(token)
	if err != nil {
		return err
	}
	browser, err := d.knowDevice(c, actor)
	if err != nil {
		return err
	}
	keepSession(c, d.App, token)
	keepCookie(c, d.App, deviceCookie(d.Secure), browser, int(db.DeviceLife.Seconds()))
	d.Log.Info("signed in", "person", actor.ID, "by", how, "from", d.Peer(c))
	return web.SeeOther(c, next)
}
