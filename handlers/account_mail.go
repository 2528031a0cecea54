package handlers

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/handlers/web"
)

// notifications shows which mails the actor wants.
func (a account) notifications(c *fiber.Ctx) error {
	eyes, actor := a.Eyes(c), a.Actor(c)
	actor.Person = eyes
	kinds, err := a.Store.Notifications(actor)
	if err != nil {
		return err
	}
	return a.tab(c, fiber.StatusOK, "notifications", "account/notifications", map[string]any{"Kinds": kinds, "Email": eyes.Email})
}

func (a account) setNotifications(c *fiber.Ctx) error {
	if err := a.Store.SetNotifications(a.Actor(c), web.ReadForm(c, "kind").Lists["kind"]); err != nil {
		return err
	}
	return web.SeeOther(c, a.home(c)+"/notifications?said=saved")
}
