package team

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// answersFields are what the form about conversations sends, beside the hours of
// the seven weekdays (from0, to0 and so on, Sunday is 0).
var answersFields = []string{"country", "closed", "promise_reply", "promise_billing", "hold", "words", "upload_limit", "urgent", "version"}

// weekday is a line of the opening hours.
type weekday struct {
	Name, From, To string
	Day            int
}

// country is one whose holidays are known.
type country struct{ Code, Name string }

// Answers shows when the workspace works and how it answers.
func (t *Team) Answers(c *fiber.Ctx) error {
	settings, err := t.Store.Talk()
	if err != nil {
		return err
	}
	return t.answers(c, fiber.StatusOK, answersForm(settings.Form()), nil)
}

// answersForm is the web's form of the settings.
func answersForm(f db.TalkForm) web.Form {
	values := map[string]string{"country": f.Country, "closed": f.Closed, "promise_reply": f.PromiseReply, "promise_billing": f.PromiseBilling,
		"hold": f.Hold, "words": f.Words, "upload_limit": f.UploadLimit, "urgent": f.Urgent, "version": f.Version}
	for i := range f.From {
		values[fmt.Sprint("from", i)], values[fmt.Sprint("to", i)] = f.From[i], f.To[i]
	}
	return web.FormOf(values)
}

func (t *Team) answers(c *fiber.Ctx, status int, form web.Form, theirs map[string]string) error {
	settings, err := t.Store.Talk()
	if err != nil {
		return err
	}
	words := t.Words(c)
	var days []weekday
	for i := range 7 {
		day := (i + 1) % 7 // weeks begin on Monday here
		days = append(days, weekday{words.Weekday(day), form.Value(fmt.Sprint("from", day)), form.Value(fmt.Sprint("to", day)), day})
	}
	return t.settingsPage(c, status, words.T("answers.title"), "team/answers", map[string]any{"Form": form, "Theirs": theirs, "Days": days,
		"Countries": countries(words), "Next": settings.Office.DaysOff(t.Store.Now(), 8)})
}

// countries names them in the reader's language and order.
func countries(words *views.Words) []country {
	names := display.Regions(language.Make(words.Language))
	var list []country
	for _, code := range db.HolidayCountries() {
		list = append(list, country{code, names.Name(language.MustParseRegion(code))})
	}
	order := collate.New(language.Make(words.Language))
	slices.SortFunc(list, func(a, b country) int { return order.CompareString(a.Name, b.Name) })
	return list
}

// SetAnswers takes the form.
func (t *Team) SetAnswers(c *fiber.Ctx) error {
	fields := slices.Clone(answersFields)
	for i := range 7 {
		fields = append(fields, fmt.Sprint("from", i), fmt.Sprint("to", i))
	}
	form := web.ReadForm(c, fields...)
	talk := db.TalkForm{Country: form.Value("country"), Closed: form.Value("closed"), PromiseReply: form.Value("promise_reply"), PromiseBilling: form.Value("promise_billing"),
		Hold: form.Value("hold"), Words: form.Value("words"), UploadLimit: form.Value("upload_limit"), Urgent: form.Value("urgent"), Version: form.Value("version")}
	for i := range talk.From {
		talk.From[i], talk.To[i] = form.Value(fmt.Sprint("from", i)), form.Value(fmt.Sprint("to", i))
	}
	err := t.Store.SetTalk(t.Actor(c), talk)
	var conflict *db.Conflict
	switch {
	case errors.As(err, &conflict):
		form.Values["version"] = strconv.FormatInt(conflict.Version, 10)
		form.Values["hours"] = hoursText(talk)
		return t.answers(c, fiber.StatusConflict, form, conflict.Theirs)
	case form.Refused(t.Words(c), err):
		return t.answers(c, fiber.StatusUnprocessableEntity, form, nil)
	case err != nil:
		return err
	}
	return web.SeeOther(c, "/settings/answers?said=saved-settings")
}

// hoursText is the week on one line, to be compared with what is stored.
func hoursText(f db.TalkForm) (text string) {
	for i := range f.From {
		if i > 0 {
			text += " "
		}
		text += f.From[i] + "-" + f.To[i]
	}
	return text
}
