package handlers

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/handlers/web"
)

// unsubscribing ends mails of a kind by the link that each of them carries, without a
// login. The link is opened by programs that scan mail, so looking changes nothing; a
// mail program's one press (RFC 8058) posts from nowhere, so it passes where other
// forms need our own origin: the token is its proof. No answer tells whether it holds.
type unsubscribing struct{ *web.App }

func (u unsubscribing) page(c *fiber.Ctx) error {
	return u.show(c, false)
}

func (u unsubscribing) end(c *fiber.Ctx) error {
	if err := u.Store.Unsubscribe(c.Params("token")); err != nil {
		return err
	}
	return u.show(c, true)
}

func (u unsubscribing) show(c *fiber.Ctx, done bool) error {
	page := u.Page(c, u.Words(c).T("unsubscribe.title"), "", map[string]any{"Done": done, "Action": c.Path()})
	return u.Send(c, fiber.StatusOK, "door/unsubscribe", page)
}
