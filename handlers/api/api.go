// Package api answers programs. A token stands for its person: nothing comes out
// here that their own pages would not show.
package api

import (
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// API is the program's side for programs.
type API struct{ *web.App }

// Bearer lets a request pass whose token stands for somebody who may sign in.
// A login in a browser is no token: so no page can ask in its reader's name.
func (a *API) Bearer(c *fiber.Ctx) error {
	scheme, token, _ := strings.Cut(c.Get(fiber.HeaderAuthorization), " ")
	if !strings.EqualFold(scheme, "bearer") {
		token = ""
	}
	actor, err := a.Store.TokenActor(strings.TrimSpace(token))
	switch {
	case errors.Is(err, db.ErrNotFound):
		c.Set(fiber.HeaderWWWAuthenticate, "Bearer")
		return refuse(c, fiber.StatusUnauthorized, "the token is missing or not valid")
	case err != nil:
		return err
	}
	a.SetActor(c, actor)
	return c.Next()
}

// refuse answers an error in the one form that all of them have.
func refuse(c *fiber.Ctx, status int, why string) error {
	return c.Status(status).JSON(map[string]string{"error": why})
}

// me is whom a token stands for.
type me struct {
	ID       db.ID  `json:"id"`
	Name     string `json:"name"`
	Email    string `json:"email"`
	Side     string `json:"side"`
	Language string `json:"language"`
	TimeZone string `json:"time_zone"`
}

// Me says whom the token stands for.
func (a *API) Me(c *fiber.Ctx) error {
	person := a.Actor(c).Person
	return c.JSON(me{person.ID, person.Name, person.Email, person.Side, person.Language, person.TimeZone})
}
