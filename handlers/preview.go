package handlers

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// choosePreview asks somebody of the team through which client to look.
func (g guards) choosePreview(c *fiber.Ctx) error {
	clients, err := g.Store.Previewable(g.Actor(c), 0)
	if err != nil {
		return err
	}
	words := g.Words(c)
	page := g.Page(c, words.T("preview.view-as-client"), "", map[string]any{"Clients": clients, "Next": db.OwnPath(c.OriginalURL(), "/portal")})
	return g.Send(c, fiber.StatusOK, "preview/choose", page)
}

// startPreview begins a look through a client (View as).
func (g guards) startPreview(c *fiber.Ctx) error {
	form := web.ReadForm(c, "person", "next")
	person, err := db.ParseID(form.Value("person"))
	if err != nil {
		return err
	}
	token, err := g.Store.StartPreview(g.Actor(c), person)
	if err != nil {
		return err
	}
	c.Cookie(&fiber.Cookie{Name: previewCookie(g.Secure), Value: token, Path: "/portal", MaxAge: int(db.PreviewLife.Seconds()),
		HTTPOnly: true, Secure: g.Secure, SameSite: fiber.CookieSameSiteLaxMode})
	next := db.OwnPath(form.Value("next"), "/portal")
	if len(next) < 7 || next[:7] != "/portal" {
		next = "/portal"
	}
	return web.SeeOther(c, next)
}

// stopPreview ends it.
func (g guards) stopPreview(c *fiber.Ctx) error {
	if err := g.Store.StopPreview(g.Actor(c)); err != nil {
		return err
	}
	c.Cookie(&fiber.Cookie{Name: previewCookie(g.Secure), Path: "/portal", MaxAge: -1, HTTPOnly: true, Secure: g.Secure, SameSite: fiber.CookieSameSiteLaxMode})
	return web.SeeOther(c, "/projects")
}
