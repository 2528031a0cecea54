package handlers

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// signOut ends the session and has the browser forget what it kept of it. Cookies
// are taken back one by one: asked to clear them all, a browser would also sign
// people out of other programs under the same domain.
func (d door) signOut(c *fiber.Ctx) error {
	name := SessionCookie(d.Secure)
	if actor, err := d.Store.Login(c.Cookies(name)); err == nil {
		if err := d.Store.EndSession(actor, actor.Session); err != nil && !errors.Is(err, db.ErrNotFound) { // signed out twice at once
			return err
		}
		d.Log.Info("signed out", "person", actor.ID, "from", d.Peer(c))
	}
	for cookie, path := range map[string]string{name: "/", previewCookie(d.Secure): "/portal"} {
		c.Cookie(&fiber.Cookie{Name: cookie, Path: path, MaxAge: -1, HTTPOnly: true, Secure: d.Secure, SameSite: fiber.CookieSameSiteLaxMode})
	}
	c.Set("Clear-Site-Data", `"cache", "storage"`)
	return web.SeeOther(c, "/sign-in?out=1")
}
