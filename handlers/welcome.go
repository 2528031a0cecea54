package handlers

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// welcome asks somebody who has just joined how to call them, and leads on to the
// one useful thing. Both sides come here; it tells of nobody else.
type welcome struct{ *web.App }

// welcoming is what its page shows.
type welcoming struct {
	web.Form
	Shortest  int // characters of a password; 0 where none can be set now
	Languages []views.Language
	Zones     []string
}

func (w welcome) page(c *fiber.Ctx) error {
	actor := w.Actor(c)
	name := actor.Name
	if owner, _, _ := strings.Cut(actor.Email, "@"); name == owner {
		name = "" // nobody has said it yet
	}
	first, last, _ := strings.Cut(name, " ")
	return w.show(c, fiber.StatusOK, web.FormOf(map[string]string{"first_name": first, "last_name": last, "language": actor.Language,
		"time_zone": actor.TimeZone, "next": db.OwnPath(c.Query("next"), "")}))
}

func (w welcome) show(c *fiber.Ctx, status int, form web.Form) error {
	delete(form.Values, "password") // it goes back into no page
	shortest := db.PasswordShortest
	if w.Actor(c).MustConfirm {
		shortest = 0
	}
	page := w.Page(c, w.Words(c).T("joining.welcome-title"), "", welcoming{form, shortest, views.Languages, web.Zones})
	return w.Send(c, status, "door/welcome", page)
}

func (w welcome) save(c *fiber.Ctx) error {
	form, actor := web.ReadForm(c, "first_name", "last_name", "password", "language", "time_zone", "next"), w.Actor(c)
	profile := db.Profile{Name: form.Value("first_name") + " " + form.Value("last_name"), Title: actor.Title,
		Language: form.Value("language"), TimeZone: form.Value("time_zone"), Theme: actor.Theme}
	err := w.take(actor, profile, form.Value("password"))
	if form.Refused(w.Words(c), err) {
		if sentence := form.Mistake("name"); sentence != "" {
			form.Mistakes["first_name"] = sentence
		}
		return w.show(c, fiber.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	if next := db.OwnPath(form.Value("next"), ""); next != "" {
		return web.SeeOther(c, next)
	}
	landing, err := w.landing(actor)
	if err != nil {
		return err
	}
	return web.SeeOther(c, landing)
}

// take stores the profile and, if one was typed, the password; what is wrong with
// either changes nothing.
func (w welcome) take(actor db.Actor, profile db.Profile, password string) error {
	if password == "" {
		return w.Store.SetProfile(actor, profile)
	}
	named := actor
	named.Name = profile.Name
	if err := w.Store.PasswordFits(named, password); err != nil {
		return err
	}
	if err := w.Store.SetProfile(actor, profile); err != nil {
		return err
	}
	return w.Store.SetPassword(actor, "", password)
}

// landing is somebody's only project, else the list of what they have.
func (w welcome) landing(actor db.Actor) (string, error) {
	start, open := "/projects", []db.ID{}
	if actor.Side == db.Client {
		start = "/portal"
		err := w.Store.Glass(actor.ID, func(g *db.Glass) error {
			projects, err := g.Projects()
			for _, p := range projects {
				if !p.Archived {
					open = append(open, p.ID)
				}
			}
			return err
		})
		if err == nil && len(open) == 1 {
			start = "/portal/projects/" + open[0].String()
		}
		return start, err
	}
	err := w.Store.View(actor.Person, func(v *db.Viewer) error {
		projects, err := v.Projects()
		for _, p := range projects {
			if p.ArchivedAt.IsZero() {
				open = append(open, p.ID)
			}
		}
		return err
	})
	if err == nil && len(open) == 1 {
		start += "/" + open[0].String()
	}
	return start, err
}
