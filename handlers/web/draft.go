package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
)

// ReadDraft reads what a box sends while somebody writes in it: "body", and with
// "quote" or "quote_note" what it is to quote, "" for nothing. quotes says that the
// quote is what was pressed, so that the answer shows it.
func ReadDraft(c *fiber.Ctx) (draft db.DraftForm, quotes bool, err error) {
	form := ReadForm(c, "body", "quote", "quote_note")
	if len(form.Lists["body"]) > 0 {
		text := form.Value("body")
		draft.Body = &text
	}
	for _, field := range []string{"quote", "quote_note"} {
		if len(form.Lists[field]) == 0 {
			continue
		}
		id := db.ID(0)
		if text := form.Value(field); text != "" {
			if id, err = db.ParseID(text); err != nil {
				return draft, true, err
			}
		}
		draft.Quote, draft.QuoteNote, quotes = &id, field == "quote_note", true
	}
	return draft, quotes, nil
}

// NameOf says how the people of a thread are called in it: by their names, by
// nameless where the project shows them as one, and somebody for all others.
func NameOf(names map[db.ID]string, nameless, somebody string) func(id string) (string, bool) {
	return func(text string) (string, bool) {
		id, err := db.ParseID(text)
		name, known := names[id]
		switch {
		case err != nil || !known:
			return somebody, false
		case name == "":
			return nameless, true
		}
		return name, true
	}
}

// Suggested are those people whose name, or a word of it, begins with what was typed,
// at most a handful.
func Suggested(people []db.Mentionable, but db.ID, typed string) []string {
	const most = 6
	var names []string
	for _, person := range people {
		if person.ID != but && len(names) < most && begins(Fold(person.Name), Fold(typed)) {
			names = append(names, person.Name)
		}
	}
	return names
}

func begins(name, typed string) bool {
	return strings.HasPrefix(name, typed) || strings.Contains(name, " "+typed)
}
