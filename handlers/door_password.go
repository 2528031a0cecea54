package handlers

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// passwordForm asks for address and password; the PIN is one link away. Who is
// signed in already goes on.
func (d door) passwordForm(c *fiber.Ctx) error {
	if d.Actor(c).ID != 0 {
		return d.emailForm(c)
	}
	return d.passwordPage(c, fiber.StatusOK, web.FormOf(map[string]string{"next": db.OwnPath(c.Query("next"), "")}), "")
}

func (d door) passwordPage(c *fiber.Ctx, status int, form web.Form, refused string) error {
	return d.askPage(c, status, "door/password", form, refused)
}

// signInPassword answers alike whether anybody has the address or not. The
// password goes back into no page.
func (d door) signInPassword(c *fiber.Ctx) error {
	form, words := web.ReadForm(c, "email", "password", "next"), d.Words(c)
	token, next, err := d.Store.SignInPassword(form.Value("email"), form.Value("password"), network(d.Peer(c)), form.Value("next"), c.Get(fiber.HeaderUserAgent))
	delete(form.Values, "password")
	switch {
	case err == nil:
		return d.enter(c, token, next, "password")
	case form.Refused(words, err):
		return d.passwordPage(c, fiber.StatusUnprocessableEntity, form, "")
	case errors.Is(err, db.ErrWrongPassword):
		d.Log.Warn("wrong password", "from", d.Peer(c))
		return d.passwordPage(c, fiber.StatusUnprocessableEntity, form, words.T("password.refused"))
	case errors.Is(err, db.ErrUsePIN):
		d.Log.Warn("password refused: too many wrong ones", "from", d.Peer(c))
		return d.passwordPage(c, fiber.StatusTooManyRequests, form, words.T("password.use-pin"))
	}
	return err
}
