// Package web is what team and portal share: who asks, how answers and errors
// are written, and how a live page is put together.
package web

import (
	"html/template"
	"log/slog"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/pay"
	"vitrine/views"
)

// App is what every handler works with.
type App struct {
	Store        *db.Store
	Hub          *live.Hub
	Kept         *live.Kept
	Log          *slog.Logger
	BaseURL      string // scheme and host, without a slash at the end
	Secure       bool   // the base URL is https
	Proxies      Proxies
	Version      string // of the running program
	Ghosts       Ghosts
	Payments     pay.Provider // nil where nobody can pay online
	pages        *pages
	logins       *logins
	workspace    kept[db.Workspace]
	registration kept[bool]
	features     features
}

// Ghosts draw what a client does not see on a page of the portal, with the eyes of who
// looks through them: by the places that the page has for it.
type Ghosts func(actor db.Actor, preview db.Preview, place live.PageKey) (map[string]template.HTML, error)

// NewApp prepares what is kept in memory.
func NewApp(store *db.Store, base string, log *slog.Logger) *App {
	return &App{Store: store, Kept: live.NewKept(keptBytes), Log: log, BaseURL: base, Secure: strings.HasPrefix(base, "https://"),
		pages: newPages(pageBytes), logins: newLogins()}
}

// Memory for drawings and for put-together pages.
const (
	keptBytes = 64 << 20
	pageBytes = 64 << 20
)

type local string

const (
	actorLocal   local = "actor"
	previewLocal local = "preview"
)

// Actor is who is signed in; guards put it here. Behind a preview it is still
// the person of the team.
func (a *App) Actor(c *fiber.Ctx) db.Actor {
	actor, _ := c.Locals(actorLocal).(db.Actor)
	return actor
}

// Preview is the look through a client that this request belongs to, if any.
func (a *App) Preview(c *fiber.Ctx) (db.Preview, bool) {
	preview, ok := c.Locals(previewLocal).(db.Preview)
	return preview, ok
}

// Eyes are the person whose view is drawn: the actor, or behind a preview the client.
func (a *App) Eyes(c *fiber.Ctx) db.Person {
	if preview, ok := a.Preview(c); ok {
		return preview.Viewer
	}
	return a.Actor(c).Person
}

// SetActor and SetPreview are for the guards.
func (a *App) SetActor(c *fiber.Ctx, actor db.Actor)       { c.Locals(actorLocal, actor) }
func (a *App) SetPreview(c *fiber.Ctx, preview db.Preview) { c.Locals(previewLocal, preview) }

// Words are those of the person whose view is drawn; before signing in those that
// the browser asks for.
func (a *App) Words(c *fiber.Ctx) *views.Words {
	if eyes := a.Eyes(c); eyes.ID != 0 {
		return a.WordsFor(eyes.Language, eyes.TimeZone)
	}
	return a.WordsFor(views.Pick(c.Get(fiber.HeaderAcceptLanguage)), a.Workspace().TimeZone)
}

// WordsFor are the words of a language and a zone, today.
func (a *App) WordsFor(language, zone string) *views.Words {
	return views.For(language, zone, a.Store.Now())
}

// HTMX says that the answer is to be a fragment.
func HTMX(c *fiber.Ctx) bool { return c.Get("HX-Request") == "true" }

// ParamID reads an id from the path; what is no id is not found.
func ParamID(c *fiber.Ctx, name string) (db.ID, error) { return db.ParseID(c.Params(name)) }
