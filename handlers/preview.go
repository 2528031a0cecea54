package handlers

import (
	"regexp"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// maxEyes is how many clients are offered at once; the others are searched for.
const maxEyes = 60

// eyesOf are the clients of one company, or of the same ones.
type eyesOf struct {
	Company string
	People  []db.Eyes
}

// choosePreview asks somebody of the team through which client to look. It stands
// in the place of whatever page of the portal they asked for, and leads there.
func (g guards) choosePreview(c *fiber.Ctx) error {
	clients, err := g.Store.Previewable(g.Actor(c), 0)
	if err != nil {
		return err
	}
	search := strings.ToValidUTF8(c.Query("search"), "")
	if runes := []rune(search); len(runes) > 100 {
		search = string(runes[:100])
	}
	found := found(clients, search)
	next := c.Path()
	if rest := c.Request().URI().QueryArgs(); rest.Len() > 0 && !rest.Has("search") {
		next = c.OriginalURL()
	}
	page := g.Page(c, g.Words(c).T("preview.view-as-client"), "", map[string]any{"Any": len(clients) > 0, "Groups": byCompany(found[:min(len(found), maxEyes)]),
		"More": len(found) - min(len(found), maxEyes), "Search": search, "Searched": search != "" || len(clients) > maxEyes/6, "Path": c.Path(), "Next": portalPath(next)})
	return g.Send(c, fiber.StatusOK, "preview/choose", page)
}

// found are the clients whose name, company or address holds each word of a search,
// whatever the case and the accents.
func found(clients []db.Eyes, search string) []db.Eyes {
	words := strings.Fields(web.Fold(search))
	return slices.DeleteFunc(slices.Clone(clients), func(client db.Eyes) bool {
		text := web.Fold(client.Name + " " + client.Companies + " " + client.Email)
		return slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
	})
}

// byCompany groups clients, who come in the order of their companies.
func byCompany(clients []db.Eyes) []eyesOf {
	var groups []eyesOf
	for _, client := range clients {
		if last := len(groups) - 1; last < 0 || groups[last].Company != client.Companies {
			groups = append(groups, eyesOf{Company: client.Companies})
		}
		groups[len(groups)-1].People = append(groups[len(groups)-1].People, client)
	}
	return groups
}

// portalPath is a page of the portal to lead to, its home for anything else.
func portalPath(next string) string {
	next = db.OwnPath(next, "/portal")
	path, _, _ := strings.Cut(next, "?")
	if path != "/portal" && !strings.HasPrefix(path, "/portal/") {
		return "/portal"
	}
	return next
}

// startPreview begins a look through a client (View as): on a page of the portal, or
// beside the board of a project.
func (g guards) startPreview(c *fiber.Ctx) error {
	form := web.ReadForm(c, "person", "next", "beside")
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
	if project, err := db.ParseID(form.Value("beside")); err == nil {
		return web.SeeOther(c, "/projects/"+project.String()+"?beside="+person.String())
	}
	return web.SeeOther(c, portalPath(form.Value("next")))
}

// sameOfTeam are pages that team and portal both have, under the same address.
var sameOfTeam = regexp.MustCompile(`^/(tasks|milestones|decisions|deliverables|projects)/[0-9A-Za-z]{11}(/conversation)?$`)

// setGhosts outlines what the client does not see, or does not, and leads back.
func (g guards) setGhosts(c *fiber.Ctx) error {
	form := web.ReadForm(c, "ghosts", "next")
	if err := g.Store.SetGhosts(g.Actor(c), form.Value("ghosts") == "on"); err != nil {
		return err
	}
	return web.SeeOther(c, portalPath(form.Value("next")))
}

// stopPreview ends it, and leads to the team's page of the same thing.
func (g guards) stopPreview(c *fiber.Ctx) error {
	if err := g.Store.StopPreview(g.Actor(c)); err != nil {
		return err
	}
	c.Cookie(&fiber.Cookie{Name: previewCookie(g.Secure), Path: "/portal", MaxAge: -1, HTTPOnly: true, Secure: g.Secure, SameSite: fiber.CookieSameSiteLaxMode})
	next := strings.TrimPrefix(web.ReadForm(c, "next").Value("next"), "/portal")
	if !sameOfTeam.MatchString(next) {
		next = "/projects"
	}
	return web.SeeOther(c, next)
}
