package handlers

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/portal"
	"vitrine/handlers/team"
	"vitrine/handlers/web"
	"vitrine/static"
)

// public serves what needs no login, and the sockets.
type public struct {
	*web.App
	portal *portal.Portal
}

func (p public) healthy(c *fiber.Ctx) error { return c.SendString("ok") }

// ready says whether the store answers.
func (p public) ready(c *fiber.Ctx) error {
	if _, err := p.Store.Workspace(); err != nil {
		return fiber.ErrServiceUnavailable
	}
	return c.SendString("ready")
}

// start leads everybody to their own first page.
func (p public) start(c *fiber.Ctx) error {
	switch p.Actor(c).Side {
	case db.Team:
		return web.SeeOther(c, "/projects")
	case db.Client:
		return web.SeeOther(c, "/portal")
	}
	return web.SeeOther(c, "/sign-in")
}

func (p public) static(c *fiber.Ctx) error {
	file, ok := static.Lookup(c.Path(), c.Get(fiber.HeaderAcceptEncoding))
	if !ok {
		return db.ErrNotFound
	}
	return sendStatic(c, file)
}

func sendStatic(c *fiber.Ctx, file static.File) error {
	c.Set(fiber.HeaderContentType, file.Type)
	c.Set(fiber.HeaderETag, file.ETag)
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if file.Encoding != "" {
		c.Set(fiber.HeaderContentEncoding, file.Encoding)
	}
	if file.Immutable {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	if c.Get(fiber.HeaderIfNoneMatch) == file.ETag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Response().SetBodyRaw(file.Body)
	return nil
}

// logo is the workspace's mark.
func (p public) logo(c *fiber.Ctx) error {
	file, ok := static.Lookup(static.Prefix+"logo.svg", c.Get(fiber.HeaderAcceptEncoding))
	if !ok {
		return db.ErrNotFound
	}
	return sendStatic(c, file)
}

func (p public) favicon(c *fiber.Ctx) error {
	return c.Redirect(static.URL("favicon.svg"), fiber.StatusMovedPermanently)
}

var color = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// brand is the one style that a workspace sets: its accent colour.
func (p public) brand(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "text/css; charset=utf-8")
	brand := p.Workspace().Brand
	if c.Query("v") == strings.TrimPrefix(brand, "#") { // the address names the colour
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	} else {
		c.Set(fiber.HeaderCacheControl, "no-cache")
	}
	if color.MatchString(brand) {
		return c.SendString(fmt.Sprintf(":root{--brand:%s}\n", brand))
	}
	return c.SendString("")
}

// robots keeps crawlers from links that are meant for one person. The rest is behind the sign-in.
func (p public) robots(c *fiber.Ctx) error {
	return c.SendString("User-agent: *\nDisallow: /in/\nDisallow: /join/\nDisallow: /setup/\nDisallow: /unsubscribe/\nDisallow: /sign-in/link/\n")
}

// teamSocket and portalSocket connect a page to the hub.
func (p public) teamSocket(c *fiber.Ctx) error {
	key := live.PageKey{Team: true, Kind: c.Query("page")}
	id, err := db.ParseID(c.Query("id"))
	if err != nil {
		return err
	}
	key.Noun = id
	if team.IsInbox(key, p.Actor(c).ID) {
		return p.upgrade(c, key)
	}
	err = p.Store.View(p.Actor(c).Person, func(v *db.Viewer) error {
		switch key.Kind {
		case "board", "list", "team-decisions", "team-timeline":
			project, err := v.Project(id)
			key.Project = project.ID
			return err
		case "team-task", "team-talk", "team-deliverable", "team-decision", "team-budget":
			thread, err := v.Thread(id)
			key.Project = thread.ProjectID
			return err
		}
		return db.ErrNotFound
	})
	if err != nil {
		return err
	}
	return p.upgrade(c, key)
}

func (p public) portalSocket(c *fiber.Ctx) error {
	key, err := p.portal.Socket(c)
	if err != nil {
		return err
	}
	return p.upgrade(c, key)
}

func (p public) upgrade(c *fiber.Ctx, key live.PageKey) error {
	actor, eyes := p.Actor(c), p.Eyes(c)
	preview, _ := p.Preview(c)
	return live.Upgrade(c, p.Hub, live.Watcher{
		Login:   live.Login{Session: actor.Session, Preview: preview.ID, Viewer: actor.ID},
		Seat:    live.Seat{Viewer: eyes.ID, Page: key},
		Version: c.Query("v"),
		Client:  actor.Side == db.Client,
	})
}
