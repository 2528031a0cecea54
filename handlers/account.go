package handlers

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// account is where people change their own profile and what they sign in with;
// the same pages serve both sides, under their own addresses.
type account struct{ *web.App }

// home is the address of the account's page on the actor's side.
func (a account) home(c *fiber.Ctx) string {
	if a.Eyes(c).Side == db.Client {
		return "/portal/account"
	}
	return "/account"
}

func (a account) show(c *fiber.Ctx) error { return a.page(c, fiber.StatusOK, a.stored(c)) }

// stored is the profile's form as it stands.
func (a account) stored(c *fiber.Ctx) web.Form {
	eyes := a.Eyes(c)
	return web.FormOf(map[string]string{"name": eyes.Name, "title": eyes.Title, "language": eyes.Language, "time_zone": eyes.TimeZone, "theme": eyes.Theme})
}

func (a account) page(c *fiber.Ctx, status int, form web.Form) error {
	pictured, err := a.mayUpload(c)
	if err != nil {
		return err
	}
	return a.tab(c, status, "profile", "account/account", map[string]any{"Form": form, "Pictured": pictured, "Languages": views.Languages, "Zones": web.Zones})
}

func (a account) save(c *fiber.Ctx) error {
	form := web.ReadForm(c, "name", "title", "language", "time_zone", "theme")
	actor := a.Actor(c)
	title := actor.Title
	if actor.Side == db.Team {
		title = form.Value("title")
	}
	err := a.Store.SetProfile(actor, db.Profile{Name: form.Value("name"), Title: title, Language: form.Value("language"),
		TimeZone: form.Value("time_zone"), Theme: form.Value("theme")})
	if form.Refused(a.Words(c), err) {
		return a.page(c, fiber.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	a.keepTheme(c, "", -1) // what is chosen here holds everywhere, in this browser too
	return web.SeeOther(c, a.home(c)+"?said=saved")
}

// theme keeps the choice in a cookie of this browser: "device" where it is to go
// before the profile's.
func (a account) theme(c *fiber.Ctx) error {
	theme := web.ReadForm(c, "theme").Value("theme")
	switch theme {
	case "light", "dark":
	case "":
		theme = "device"
	default:
		return &db.Invalid{Field: "theme", Key: "theme.unknown"}
	}
	a.keepTheme(c, theme, 365*24*3600)
	if web.HTMX(c) || strings.Contains(c.Get(fiber.HeaderAccept), "application/json") {
		return c.SendStatus(fiber.StatusNoContent)
	}
	return c.Redirect(a.back(c), fiber.StatusSeeOther)
}

func (a account) keepTheme(c *fiber.Ctx, theme string, seconds int) {
	c.Cookie(&fiber.Cookie{Name: "theme", Value: theme, Path: "/", MaxAge: seconds, Secure: a.Secure, HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode})
}

// back is the page of ours that a form was sent from.
func (a account) back(c *fiber.Ctx) string {
	from, found := strings.CutPrefix(c.Get(fiber.HeaderReferer), a.BaseURL)
	if !found {
		return "/"
	}
	return db.OwnPath(from, "/")
}
