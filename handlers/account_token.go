package handlers

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// tokens shows the actor's tokens for the API.
func (a account) tokens(c *fiber.Ctx) error {
	return a.tokensPage(c, fiber.StatusOK, web.Form{}, "")
}

// tokensPage carries a token that was just made: this once, never again.
func (a account) tokensPage(c *fiber.Ctx, status int, form web.Form, made string) error {
	var tokens []db.Token
	if _, preview := a.Preview(c); !preview {
		var err error
		if tokens, err = a.Store.Tokens(a.Actor(c)); err != nil {
			return err
		}
	}
	return a.tab(c, status, "api", "account/api", map[string]any{"Form": form, "Tokens": tokens, "Made": made, "Try": a.BaseURL + "/api/v1/me"})
}

// addToken answers with the page itself instead of leading to it: the token
// stands in no address and is not stored.
func (a account) addToken(c *fiber.Ctx) error {
	form := web.ReadForm(c, "name")
	token, err := a.Store.AddToken(a.Actor(c), form.Value("name"))
	if form.Refused(a.Words(c), err) {
		return a.tokensPage(c, fiber.StatusUnprocessableEntity, form, "")
	}
	if err != nil {
		return err
	}
	return a.tokensPage(c, fiber.StatusOK, web.Form{}, token)
}

func (a account) endToken(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	if err := a.Store.EndToken(a.Actor(c), id); err != nil {
		return err
	}
	return web.SeeOther(c, a.home(c)+"/api")
}
