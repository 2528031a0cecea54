package handlers

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/views"
)

// accountSaid are what a form of the account leads back with (?said=), and their words.
var accountSaid = map[string]string{"saved": "profile.saved", "picture": "avatar.saved", "picture-removed": "avatar.removed"}

// tab answers with one of the account's pages. body gets what all of them need.
func (a account) tab(c *fiber.Ctx, status int, tab, template string, body map[string]any) error {
	words := a.Words(c)
	body["At"], body["Tab"] = a.home(c), tab
	page := a.Page(c, words.T("account.yours"), "", body)
	if key, ok := accountSaid[c.Query("said")]; ok && status == fiber.StatusOK {
		page.Notice = &views.Notice{Kind: "good", Text: words.T(key)}
	}
	if err := a.dress(c, page); err != nil {
		return err
	}
	return a.Send(c, status, template, page)
}

// dress gives a client's page its company, menu and picture.
func (a account) dress(c *fiber.Ctx, page *views.Page) error {
	eyes := a.Eyes(c)
	if eyes.Side != db.Client {
		return nil
	}
	return a.Store.Glass(eyes.ID, func(g *db.Glass) error {
		room, err := a.Room(c, g)
		if err != nil {
			return err
		}
		return room.Dress(g, page)
	})
}
