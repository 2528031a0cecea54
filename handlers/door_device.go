package handlers

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

func deviceCookie(secure bool) string {
	if secure {
		return "__Host-device"
	}
	return "device"
}

// knowDevice gives the browser the cookie by which it is known next time. Every
// way of signing in comes by here.
func (d door) knowDevice(c *fiber.Ctx, actor db.Actor) error {
	name := deviceCookie(d.Secure)
	token, err := d.Store.KnowDevice(actor, c.Cookies(name), c.Get(fiber.HeaderUserAgent))
	if err != nil {
		return err
	}
	keepCookie(c, d.App, name, token, int(db.DeviceLife.Seconds()))
	return nil
}

// keepSession gives the browser the token of its session.
func keepSession(c *fiber.Ctx, app *web.App, token string) {
	keepCookie(c, app, SessionCookie(app.Secure), token, int(db.SessionLife.Seconds()))
}

func keepCookie(c *fiber.Ctx, app *web.App, name, value string, age int) {
	c.Cookie(&fiber.Cookie{Name: name, Value: value, Path: "/", MaxAge: age, HTTPOnly: true, Secure: app.Secure, SameSite: fiber.CookieSameSiteLaxMode})
}
