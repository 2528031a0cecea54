package web

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/views"
)

// Problem is the one place where an error becomes an answer. What does not exist
// and what is not the reader's are the same bytes.
func (a *App) Problem(c *fiber.Ctx, err error) error {
	status, reference := StatusOf(err), ""
	a.Headers(c) // also where no handler was reached, as for a body that is too large
	if a.Actor(c).Side == db.Team && strings.HasPrefix(c.Path()+"/", "/portal/") {
		a.Frameable(c)
	}
	if status >= 500 {
		reference = db.NewID().String()
		a.Log.Error("request failed", "reference", reference, "method", c.Method(), "route", c.Route().Path, "error", err)
	}
	if wantsPlain(c) {
		return c.Status(status).SendString(fmt.Sprintf("%d", status))
	}
	problem := views.NewProblem(status, reference)
	switch {
	case errors.Is(err, db.ErrPreview):
		problem = views.PreviewProblem()
	case errors.Is(err, db.ErrReplaced):
		problem = views.ReplacedProblem()
	}
	words := a.Words(c)
	if mistakes, ok := MistakesOf(words, err); ok {
		for _, sentence := range mistakes {
			problem.Sentence = sentence
		}
	}
	page := a.Page(c, words.T(problem.TitleKey()), "", problem)
	if page.Preview != nil {
		page.Preview.At = "/portal" // no trace of where somebody looked for nothing
	}
	return a.Send(c, status, "errors/problem", page)
}

// StatusOf says which status an error answers with.
func StatusOf(err error) int {
	var invalid *db.Invalid
	var conflict *db.Conflict
	var over *db.Over
	var refused *fiber.Error
	switch {
	case errors.Is(err, db.ErrLarge):
		return fiber.StatusRequestEntityTooLarge
	case errors.Is(err, db.ErrFull):
		return fiber.StatusInsufficientStorage
	case errors.As(err, &invalid):
		return fiber.StatusUnprocessableEntity
	case errors.As(err, &conflict), errors.As(err, &over), errors.Is(err, db.ErrSent), errors.Is(err, db.ErrReplaced):
		return fiber.StatusConflict
	case errors.Is(err, db.ErrNotFound):
		return fiber.StatusNotFound
	case errors.Is(err, db.ErrGone):
		return fiber.StatusGone
	case errors.Is(err, db.ErrPreview), errors.Is(err, db.ErrDenied):
		return fiber.StatusForbidden
	case errors.Is(err, db.ErrBusy):
		return fiber.StatusServiceUnavailable
	case errors.As(err, &refused):
		return refused.Code
	}
	return fiber.StatusInternalServerError
}

func wantsPlain(c *fiber.Ctx) bool {
	accept := c.Get(fiber.HeaderAccept)
	return accept != "" && !strings.Contains(accept, "html") && !strings.Contains(accept, "*/*")
}
