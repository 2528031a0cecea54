package handlers

import (
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// words draws what somebody is writing as it will be read. It stores nothing.
type words struct{ *web.App }

// maxWords is as long as a comment may be.
const maxWords = 20000

func (w words) draw(c *fiber.Ctx) error {
	text := web.ReadForm(c, "body").Value("body")
	if !utf8.ValidString(text) || utf8.RuneCountInString(text) > maxWords {
		return &db.Invalid{Field: "body", Key: "text.long", Args: []any{"max", maxWords}}
	}
	return w.SendFragment(c, fiber.StatusOK, "fragments/words", map[string]any{"W": w.Words(c), "Text": text, "Names": views.Nobody})
}
