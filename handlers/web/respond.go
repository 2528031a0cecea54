package web

import (
	"bytes"
	"errors"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/views"
)

// Page begins a page: who reads, in which room, with which menus.
func (a *App) Page(c *fiber.Ctx, title, nav string, body any) *views.Page {
	words, eyes, actor, space := a.Words(c), a.Eyes(c), a.Actor(c), a.Workspace()
	page := &views.Page{Words: words, Title: title, Nav: nav, Body: body, Side: eyes.Side, Theme: a.theme(c),
		Workspace: views.Workspace{Name: space.Name, Address: space.Address, Logo: logoOf(space, space.Logo), Brand: strings.TrimPrefix(space.Brand, "#"), Word: space.Word, Footer: space.Footer}}
	page.Workspace.Icon = iconOf(space)
	if space.LogoDark.Width > 0 {
		page.Workspace.LogoDark = logoOf(space, space.LogoDark)
	}
	for _, link := range space.FootLinks() {
		page.Workspace.Links = append(page.Workspace.Links, views.Link{Name: link.Label, URL: link.URL})
	}
	if eyes.ID == 0 {
		return page
	}
	page.Me = views.Me{ID: eyes.ID.String(), Name: eyes.Name, Email: eyes.Email}
	if eyes.Side == db.Team {
		page.Me.Avatar, page.Me.Bills = picture(actor.Avatar), actor.MayBill()
	}
	switch eyes.Side {
	case db.Team:
		page.Me.Company = space.Name
		waits := 0
		waits, page.Timer = a.glance(actor)
		page.Menu = []views.Link{{Name: "inbox", URL: "/inbox", Key: "nav.inbox", Count: waits}, {Name: "projects", URL: "/projects", Key: "nav.projects"}, {Name: "time", URL: "/time", Key: "nav.time"}, {Name: "budgets", URL: "/budgets", Key: "nav.budgets"}, {Name: "companies", URL: "/companies", Key: "nav.companies"}}
		if actor.MayBill() {
			page.Menu = append(page.Menu, views.Link{Name: "invoices", URL: "/invoices", Key: "nav.invoices"})
		}
		if actor.Admins() {
			page.Menu = append(page.Menu, views.Link{Name: "people", URL: "/people", Key: "nav.people"}, views.Link{Name: "outbox", URL: "/outbox", Key: "nav.outbox"},
				views.Link{Name: "settings", URL: "/settings", Key: "nav.settings"})
		}
		page.Account = []views.Link{{URL: "/account", Key: "account.yours"}, {URL: "/portal", Key: "account.view-as"}, {URL: "/help", Key: "nav.help"}}
	case db.Client:
		page.Menu = []views.Link{{Name: "home", URL: "/portal", Key: "nav.home"}, {Name: "projects", URL: "/portal/projects", Key: "nav.projects"}}
		if help, _ := a.Feature(c, "help"); help {
			page.Menu = append(page.Menu, views.Link{Name: "help", URL: "/portal/help", Key: "nav.help"})
		}
		page.Account = []views.Link{{URL: "/portal/account", Key: "account.yours"}}
	}
	if preview, ok := a.Preview(c); ok {
		page.Preview = &views.Preview{Name: eyes.Name, Role: preview.Company, Ends: preview.ExpiresAt, Stop: "/preview/stop", Ghosts: preview.Ghosts, At: c.OriginalURL()}
		if preview.Check != 0 {
			page.Preview.Check = "/companies/" + preview.Check.String() + "/contacts/" + eyes.ID.String() + "/check"
		}
	}
	return page
}

// glance is how many threads wait for somebody of the team, and the clock that runs for them.
// Whoever still has to confirm is told nothing; where it cannot be read the menu does without.
func (a *App) glance(actor db.Actor) (waits int, running *views.Timer) {
	if actor.MustConfirm && !actor.Confirmed {
		return 0, nil
	}
	err := a.Store.View(actor.Person, func(v *db.Viewer) (err error) {
		if waits, err = v.WaitsForMe(); err != nil {
			return err
		}
		timer, runs, err := v.Timer(a.Store.Now(), time.UTC)
		if runs {
			running = &views.Timer{Minutes: timer.Minutes, Since: timer.StartedAt.Format(time.RFC3339)}
		}
		return err
	})
	if err != nil {
		a.Log.Error("the inbox cannot be counted", "error", err)
	}
	return waits, running
}

const (
	logoURL    = "/logo.svg"
	logoHeight = 36
	logoWidth  = 200 // at most
)

// BrandURL is the address of a picture of the brand, which changes with it.
func BrandURL(space db.Workspace, kind string) string {
	return "/brand/" + kind + "?v=" + space.BrandVersion
}

// logoOf is the workspace's logo at the height of the bar.
func logoOf(space db.Workspace, p db.BrandPicture) views.Logo {
	if p.Width == 0 {
		return views.Logo{URL: logoURL, Width: logoHeight, Height: logoHeight}
	}
	return views.Logo{URL: BrandURL(space, p.Kind), Width: min(logoWidth, max(1, p.Width*logoHeight/p.Height)), Height: logoHeight}
}

// theme is the browser's choice before the person's own.
func (a *App) theme(c *fiber.Ctx) string {
	switch theme := c.Cookies("theme"); theme {
	case "light", "dark":
		return theme
	case "device":
		return ""
	}
	return a.Actor(c).Theme
}

// Send draws a page that does not live.
func (a *App) Send(c *fiber.Ctx, status int, template string, page *views.Page) error {
	return a.SendFragment(c, status, template, page)
}

// SendFragment draws a template as the answer.
func (a *App) SendFragment(c *fiber.Ctx, status int, template string, data any) error {
	var text bytes.Buffer
	if err := views.Render(&text, template, data); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Status(status).Send(text.Bytes())
}

// SeeOther leads to a page after a form: 303 for a plain form, HX-Redirect for htmx.
func SeeOther(c *fiber.Ctx, path string) error {
	if HTMX(c) {
		c.Set("HX-Redirect", path)
		return c.SendStatus(fiber.StatusNoContent)
	}
	return c.Redirect(path, fiber.StatusSeeOther)
}

// Partial wraps a region for the answer to an htmx form, in the way that a frame does.
func Partial(name string, html []byte) []byte { return PartialAt("#region-"+name, html) }

// PartialAt is Partial for an element that is no region.
func PartialAt(target string, html []byte) []byte {
	var text bytes.Buffer
	text.WriteString(`<hx-partial hx-target="` + target + `" hx-swap="outerMorph">`)
	text.Write(html)
	text.WriteString(`</hx-partial>`)
	return text.Bytes()
}

// Mistakes are the sentences of a refused form by field.
type Mistakes map[string]string

// MistakesOf words what the store refused; ok is false for other errors.
func MistakesOf(w *views.Words, err error) (Mistakes, bool) {
	var invalid *db.Invalid
	if !errors.As(err, &invalid) {
		return nil, false
	}
	args := lowerNames(invalid.Args)
	if len(args) > 1 && args[0] == "n" { // a sentence that counts
		return Mistakes{invalid.Field: w.N(invalid.Key, args[1], args[2:]...)}, true
	}
	return Mistakes{invalid.Field: w.T(invalid.Key, args...)}, true
}

// lowerNames fits the store's names of values to the catalogue's.
func lowerNames(args []any) []any {
	named := make([]any, len(args))
	for i, arg := range args {
		if name, ok := arg.(string); ok && i%2 == 0 {
			arg = strings.ToLower(name)
		}
		named[i] = arg
	}
	return named
}

// iconOf is the address of the browser's icon, "" for the usual one.
func iconOf(space db.Workspace) string {
	if space.Icon.Width == 0 {
		return ""
	}
	return BrandURL(space, db.Icon192)
}
