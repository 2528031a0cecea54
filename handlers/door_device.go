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

// knowDevice is the cookie by which the browser is known next time. Every way of
// signing in comes by here.
func (d door) knowDevice(c *fiber.Ctx, actor db.Actor) (token string, err error) {
	return d.Store.KnowDevice(actor, c.Cookies(deviceCookie(d.Secure)), c.Get(fiber.HeaderUserAgent))
}

// keepSession gives the browser the token of its session.
func keepSession(c *fiber.Ctx, app *web.App, token string) {
	keepCookie(c, app, SessionCookie(app.Secure), token, int(db.SessionLife.Seconds()))
}

func keepCookie(c *fiber.Ctx, app *web.App, name, value string, age int) {
	c.Cookie(&fiber.Cookie{Name: name, Value: value, Path: "/", MaxAge: age, HTTPOnly: true, Secure: app.Secure, SameSite: fiber.CookieSameSiteLaxMode})
}
