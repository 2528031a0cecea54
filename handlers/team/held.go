package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/handlers/web"
)

// TakeBack undoes a held reply: its words are in the reply box again.
func (t *Team) TakeBack(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	thread, err := t.Store.TakeBack(t.Actor(c), id)
	if err != nil {
		return err
	}
	return t.toThread(c, thread, "#write-reply")
}

// SendNow lets clients see a held reply at once.
func (t *Team) SendNow(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	thread, err := t.Store.SendNow(t.Actor(c), id)
	if err != nil {
		return err
	}
	return t.toThread(c, thread, "#talk")
}
