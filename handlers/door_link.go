package handlers

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// A link is opened twice: looking shows a page with a button and changes nothing,
// because programs that scan mail look at every link. The button signs in.

// throughLink is what the page of a link shows; without Email the link is gone.
type throughLink struct {
	Email  string
	Action string
}

func (d door) linkPage(c *fiber.Ctx) error {
	found, err := d.Store.LinkPage(c.Params("token"))
	return d.lookedAt(c, found.Address, err)
}

func (d door) useLink(c *fiber.Ctx) error {
	token, next, err := d.Store.UseLink(c.Params("token"), c.Get(fiber.HeaderUserAgent))
	return d.wentThrough(c, token, next, "link", err)
}

// wayInPage and useWayIn are the same for a link that the command line printed.
func (d door) wayInPage(c *fiber.Ctx) error {
	found, err := d.Store.WayIn(c.Params("token"))
	return d.lookedAt(c, found.Email, err)
}

func (d door) useWayIn(c *fiber.Ctx) error {
	token, next, err := d.Store.UseSignInLink(c.Params("token"), c.Get(fiber.HeaderUserAgent))
	return d.wentThrough(c, token, next, "signin-link", err)
}

func (d door) lookedAt(c *fiber.Ctx, email string, err error) error {
	status := fiber.StatusOK
	if errors.Is(err, db.ErrGone) {
		email, err, status = "", nil, fiber.StatusGone
	}
	if err != nil {
		return err
	}
	return d.Send(c, status, "door/link", d.Page(c, d.Words(c).T("signin.link-title"), "", throughLink{email, c.Path()}))
}

func (d door) wentThrough(c *fiber.Ctx, token, next, how string, err error) error {
	if errors.Is(err, db.ErrGone) {
		d.Log.Warn("link refused", "by", how, "from", d.Peer(c))
		return d.lookedAt(c, "", err)
	}
	if errors.Is(err, db.ErrNotInvited) {
		return d.notInvited(c)
	}
	if err != nil {
		return err
	}
	return d.enter(c, token, next, how)
}

// firstOwner is what the set-up page shows; Gone says that it is too late.
type firstOwner struct {
	web.Form
	Gone      bool
	Action    string
	Languages []views.Language
	Zones     []string
}

func (d door) setupPage(c *fiber.Ctx) error {
	err := d.Store.SetupOpen(c.Params("token"))
	if errors.Is(err, db.ErrGone) {
		return d.setupForm(c, fiber.StatusGone, web.Form{})
	}
	if err != nil {
		return err
	}
	words := d.Words(c)
	return d.setupForm(c, fiber.StatusOK, web.FormOf(map[string]string{"language": words.Language, "time_zone": words.Zone.String()}))
}

func (d door) setupForm(c *fiber.Ctx, status int, form web.Form) error {
	body := firstOwner{form, status == fiber.StatusGone, c.Path(), views.Languages, web.Zones}
	return d.Send(c, status, "door/setup", d.Page(c, d.Words(c).T("setup.title"), "", body))
}

// setUp makes the owner and signs them in.
func (d door) setUp(c *fiber.Ctx) error {
	form := web.ReadForm(c, "workspace", "name", "email", "language", "time_zone")
	token, next, err := d.Store.UseSetup(c.Params("token"), db.Setup{Workspace: form.Value("workspace"), Name: form.Value("name"), Email: form.Value("email"),
		Language: form.Value("language"), TimeZone: form.Value("time_zone")}, c.Get(fiber.HeaderUserAgent))
	switch {
	case form.Refused(d.Words(c), err):
		return d.setupForm(c, fiber.StatusUnprocessableEntity, form)
	case errors.Is(err, db.ErrGone):
		d.Log.Warn("link refused", "by", "setup", "from", d.Peer(c))
		return d.setupForm(c, fiber.StatusGone, web.Form{})
	case err != nil:
		return err
	}
	return d.enter(c, token, next, "setup")
}
