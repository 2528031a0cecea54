package portal

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/handlers/web"
)

// OpenFile notes that a client opened a file, and leads to it.
func (p *Portal) OpenFile(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	if err := p.Store.OpenFile(p.Actor(c), id); err != nil {
		return err
	}
	return web.SeeOther(c, "/portal/files/"+id.String())
}
