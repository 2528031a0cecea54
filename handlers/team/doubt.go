package team

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// doubting is what a form asks about before clients read its text: a sentence for
// each doubt, and a mark of that very text with these doubts. Ticked means that the
// writer has read it again, as it is now.
type doubting struct {
	W      *views.Words
	Lines  []template.HTML
	Mark   string
	Ticked bool
}

// Asks says that the form has to be shown again.
func (d doubting) Asks() bool { return len(d.Lines) > 0 && !d.Ticked }

// doubtFields are what a form with doubts sends besides its text, "body".
var doubtFields = []string{"checked", "doubts"}

// doubts looks at the body of a form before it leaves for a conversation, new or
// edited. A tick counts for the text and the doubts that it was set for, and for no
// others. It asks nothing of the store's other readers, so it is not for use in a sight.
func (t *Team) doubts(c *fiber.Ctx, thread db.ID, form web.Form) (doubting, error) {
	actor, words := t.Actor(c), t.Words(c)
	found, err := t.Store.Doubts(actor, thread, form.Value("body"))
	if err != nil || len(found) == 0 {
		return doubting{}, err
	}
	asked := doubting{W: words}
	sum := sha256.New()
	fmt.Fprintf(sum, "%d %d %q", actor.ID, thread, strings.TrimSpace(strings.ReplaceAll(form.Value("body"), "\r\n", "\n")))
	for _, doubt := range found {
		fmt.Fprintf(sum, " %s %q %d %d", doubt.Kind, doubt.Words, doubt.AuthorID, doubt.At.UnixMicro())
		asked.Lines = append(asked.Lines, doubtLine(words, doubt, actor.ID))
	}
	asked.Mark = base64.RawURLEncoding.EncodeToString(sum.Sum(nil))
	asked.Ticked = form.Value("checked") != "" && subtle.ConstantTimeCompare([]byte(form.Value("doubts")), []byte(asked.Mark)) == 1
	return asked, nil
}

// doubtLine is a doubt in one sentence, with the writer's own words.
func doubtLine(w *views.Words, doubt db.Doubt, me db.ID) template.HTML {
	key := "doubt." + doubt.Kind
	if doubt.Kind == db.DoubtNote && doubt.AuthorID == me {
		key = "doubt.own-note"
	}
	return w.H(key, "words", doubt.Words, "name", doubt.Author, "day", w.DayShortTag(doubt.At))
}
