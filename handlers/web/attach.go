package web

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/views"
)

// Attach is the row below a box in which files are hung on what is being written.
// Kind names the box; At is where files go to, Files where each of them stands.
type Attach struct {
	W         *views.Words
	Kind      string
	At, Files string
	List      any // of db.File or db.ClientFile
	May       bool
	Limit     int64 // bytes
	Mistake   string
	Seen, For string // what stands for these files, and the form that says so
}

// Megabytes is the limit of one file.
func (a Attach) Megabytes() int64 { return a.Limit >> 20 }

// Text is what stood in the box beside the files, if the form brought it.
func Text(c *fiber.Ctx) *string {
	form := ReadForm(c, "body")
	if len(form.Lists["body"]) == 0 {
		return nil
	}
	text := form.Value("body")
	return &text
}

// Attached answers a change of somebody's files: the row as it is now, with what was
// refused, for the page's script; for a plain form the way back, or the mistake.
func (a *App) Attached(c *fiber.Ctx, fragment string, row Attach, back string, refused error) error {
	if !HTMX(c) {
		if refused != nil {
			return refused
		}
		return SeeOther(c, back)
	}
	status := fiber.StatusOK
	if refused != nil {
		status = StatusOf(refused)
	}
	mistakes, _ := MistakesOf(a.Words(c), refused)
	for _, sentence := range mistakes {
		row.Mistake = sentence
	}
	return a.SendFragment(c, status, fragment, row)
}
