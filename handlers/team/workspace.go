package team

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// settingsPage answers with a page of the workspace's settings.
func (t *Team) settingsPage(c *fiber.Ctx, status int, title, template string, body any) error {
	page := t.Page(c, title, "settings", body)
	page.Notice = t.notice(c)
	return t.Send(c, status, template, page)
}

// WorkspaceSettings is where everything about the workspace begins.
func (t *Team) WorkspaceSettings(c *fiber.Ctx) error {
	return t.hub(c, fiber.StatusOK, web.Form{})
}

func (t *Team) hub(c *fiber.Ctx, status int, form web.Form) error {
	required, has, err := t.Store.PasskeyRule(t.Actor(c))
	if err != nil {
		return err
	}
	return t.settingsPage(c, status, t.Words(c).T("setting.title"), "team/hub", map[string]any{"Required": required, "Has": has, "Form": form})
}

// Security asks owner and admins for a passkey, or does not any more.
func (t *Team) Security(c *fiber.Ctx) error {
	form := web.ReadForm(c, "passkey")
	if value := form.Value("passkey"); value != "0" && value != "1" {
		return &db.Invalid{Field: "passkey", Key: "choice.unknown"}
	}
	err := t.Store.RequirePasskey(t.Actor(c), form.Value("passkey") == "1")
	if form.Refused(t.Words(c), err) {
		return t.hub(c, fiber.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, "/settings?said=saved")
}

// WorkspaceForm shows the form about the workspace itself.
func (t *Team) WorkspaceForm(c *fiber.Ctx) error {
	space := t.Workspace()
	return t.workspace(c, fiber.StatusOK, web.FormOf(map[string]string{"name": space.Name, "address": space.Address, "brand": space.Brand,
		"language": space.Language, "time_zone": space.TimeZone, "version": space.Version}), nil)
}

func (t *Team) workspace(c *fiber.Ctx, status int, form web.Form, theirs map[string]string) error {
	return t.settingsPage(c, status, t.Words(c).T("setting.workspace"), "team/workspace",
		map[string]any{"Form": form, "Theirs": theirs, "Languages": views.Languages, "Zones": web.Zones})
}

// SetWorkspace takes it.
func (t *Team) SetWorkspace(c *fiber.Ctx) error {
	form := web.ReadForm(c, "name", "address", "brand", "language", "time_zone", "version")
	err := t.Store.SetWorkspace(t.Actor(c), db.WorkspaceForm{Name: form.Value("name"), Address: form.Value("address"), Brand: form.Value("brand"),
		Language: form.Value("language"), TimeZone: form.Value("time_zone"), Version: form.Value("version")})
	var conflict *db.Conflict
	switch {
	case errors.As(err, &conflict):
		form.Values["version"] = strconv.FormatInt(conflict.Version, 10)
		return t.workspace(c, fiber.StatusConflict, form, conflict.Theirs)
	case form.Refused(t.Words(c), err):
		return t.workspace(c, fiber.StatusUnprocessableEntity, form, nil)
	case err != nil:
		return err
	}
	if brand := form.Value("brand"); db.ReadableAccent(brand) != brand {
		return web.SeeOther(c, "/settings/workspace?said=darkened")
	}
	return web.SeeOther(c, "/settings/workspace?said=saved-settings")
}
