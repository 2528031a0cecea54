package handlers

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// guards say who may pass. Each route names the guards that stand before it
// (routes.go), so that no path pattern can forget one.
type guards struct {
	*web.App
	hosts   map[string]bool
	origins map[string]bool
}

// newGuards knows the base URL's host and the further domains. A base on this
// machine is reached by all of its loopback names.
func newGuards(app *web.App, base *url.URL, further []string) guards {
	g := guards{app, map[string]bool{}, map[string]bool{}}
	hosts := append([]string{base.Host}, further...)
	if name := base.Hostname(); name == "localhost" || name == "127.0.0.1" || name == "::1" {
		for _, loopback := range []string{"localhost", "127.0.0.1", "[::1]"} {
			if port := base.Port(); port != "" {
				loopback += ":" + port
			}
			hosts = append(hosts, loopback)
		}
	}
	for _, host := range hosts {
		host = strings.ToLower(host)
		g.hosts[host] = true
		g.origins[base.Scheme+"://"+host] = true
	}
	return g
}

// host refuses a request for another host: no link and no redirect is ever made
// of a name that a stranger chose.
func (g guards) host(c *fiber.Ctx) error {
	probe := c.Path() == "/healthz" || c.Path() == "/readyz" // asked by address
	if !probe && !g.hosts[strings.ToLower(string(c.Request().Host()))] {
		return fiber.ErrMisdirectedRequest
	}
	return c.Next()
}

// ownOrigin lets unsafe methods pass only from a page of ours.
func (g guards) ownOrigin(c *fiber.Ctx) error {
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		return c.Next()
	}
	origin, site := c.Get(fiber.HeaderOrigin), c.Get("Sec-Fetch-Site")
	if (origin == "" && site == "") || (origin != "" && !g.origins[strings.ToLower(origin)]) || (site != "" && site != "same-origin") {
		return fiber.ErrForbidden
	}
	return c.Next()
}

// SessionCookie names the cookie that holds a login.
func SessionCookie(secure bool) string {
	if secure {
		return "__Host-session"
	}
	return "session"
}

// previewCookie reaches /portal only, so that the team's own pages in other tabs
// stay what they are.
func previewCookie(secure bool) string {
	if secure {
		return "__Secure-preview"
	}
	return "preview"
}

// known notices who is signed in, if anybody is.
func (g guards) known(c *fiber.Ctx) error {
	if token := c.Cookies(SessionCookie(g.Secure)); token != "" {
		if actor, err := g.Login(token); err == nil {
			g.SetActor(c, actor)
			if actor.Side == db.Client {
				g.LearnFeatures(c, actor.ID)
			}
		}
	}
	return c.Next()
}

// signedIn asks everybody else to sign in first.
func (g guards) signedIn(c *fiber.Ctx) error {
	if g.Actor(c).ID != 0 {
		return c.Next()
	}
	return first(c, "/sign-in")
}

// confirmed leads an owner or admin who has to prove a passkey first to where
// that is done. The account stays open: there a first passkey is added.
func (g guards) confirmed(c *fiber.Ctx) error {
	if !g.Actor(c).MustConfirm {
		return c.Next()
	}
	return first(c, "/confirm")
}

// first leads to a page that stands before the one that was asked for.
func first(c *fiber.Ctx, page string) error {
	next := page + "?next=" + url.QueryEscape(c.OriginalURL())
	if c.Method() != fiber.MethodGet {
		next = page
	}
	if web.HTMX(c) {
		next = page
		if page, err := url.Parse(c.Get("HX-Current-URL")); err == nil && db.OwnPath(page.RequestURI(), "") != "" {
			next += "?next=" + url.QueryEscape(page.RequestURI())
		}
		c.Set("HX-Redirect", next)
		return c.SendStatus(fiber.StatusUnauthorized)
	}
	if strings.EqualFold(c.Get(fiber.HeaderUpgrade), "websocket") {
		return fiber.ErrUnauthorized
	}
	return c.Redirect(next, fiber.StatusSeeOther)
}

// team lets people of the team pass; for clients these pages do not exist.
func (g guards) team(c *fiber.Ctx) error {
	if g.Actor(c).Side != db.Team {
		return db.ErrNotFound
	}
	return c.Next()
}

// admins lets the owner and admins pass.
func (g guards) admins(c *fiber.Ctx) error {
	if !g.Actor(c).Admins() {
		return db.ErrNotFound
	}
	return c.Next()
}

// client lets clients pass, and people of the team who look through one. The
// preview is read anew on each request; behind it nothing can be changed.
func (g guards) client(c *fiber.Ctx) error {
	actor := g.Actor(c)
	if actor.Side == db.Client {
		return c.Next()
	}
	g.Frameable(c)
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead:
	default:
		return db.ErrPreview
	}
	if token := c.Cookies(previewCookie(g.Secure)); token != "" {
		if preview, err := g.Store.Preview(actor, token); err == nil {
			g.SetPreview(c, preview)
			g.LearnFeatures(c, preview.Viewer.ID)
			return c.Next()
		}
	}
	return g.choosePreview(c)
}

// feature lets clients pass while it is switched on for them. Off, its pages are
// what never existed.
func (g guards) feature(name string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		on, err := g.Feature(c, name)
		if err == nil && !on {
			err = db.ErrNotFound
		}
		if err != nil {
			return err
		}
		return c.Next()
	}
}
