package handlers

import (
	"fmt"
	"runtime/debug"
	"time"

	"github.com/gofiber/fiber/v2"

	"vitrine/handlers/web"
)

// headers stand on every answer, whatever it is.
func (g guards) headers(c *fiber.Ctx) error {
	g.Headers(c)
	return c.Next()
}

// recover turns a panic into an error like any other.
func (g guards) recover(c *fiber.Ctx) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
		}
	}()
	return c.Next()
}

// log writes a line for each request, with the route instead of the path and
// without anything about the person. It words errors itself, because only then
// the answer's status is known.
func (g guards) log(c *fiber.Ctx) error {
	begun := time.Now()
	if err := c.Next(); err != nil {
		if err := g.Problem(c, err); err != nil {
			g.Log.Error("error page failed", "error", err)
			_ = c.SendStatus(fiber.StatusInternalServerError)
		}
	}
	g.Log.Debug("request", "method", c.Method(), "route", c.Route().Path, "status", c.Response().StatusCode(), "took", time.Since(begun), "htmx", web.HTMX(c))
	return nil
}
