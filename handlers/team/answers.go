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
// the seven weekdays (open0, from0, to0 and so on, Sunday is 0).
var answersFields = []string{"country", "closed", "promise_reply", "promise_billing", "hold", "words", "upload_limit", "urgent", "version"}

// answersNames are the keys of what the fields are called.
var answersNames = map[string]string{"country": "answers.country", "closed": "answers.closed", "promise_reply": "answers.reply", "promise_billing": "answers.billing",
	"hold": "answers.hold", "words": "answers.words", "upload_limit": "answers.upload", "urgent": "answers.urgent"}

// weekday is a line of the opening hours.
type weekday struct {
	Name, From, To, Mistake string
	Day                     int
	Open                    bool
}

// country is one whose holidays are known.
type country struct{ Code, Name string }

// clash is a form that was sent after somebody else had saved another.
type clash struct {
	yours  web.Form
	theirs map[string]string
}

// Answers shows when the workspace works and how it answers.
func (t *Team) Answers(c *fiber.Ctx) error {
	settings, err := t.Store.Talk()
	if err != nil {
		return err
	}
	return t.answers(c, fiber.StatusOK, answersForm(settings.Form()), clash{})
}

func (t *Team) answers(c *fiber.Ctx, status int, form web.Form, with clash) error {
	settings, err := t.Store.Talk()
	if err != nil {
		return err
	}
	words := t.Words(c)
	return t.settingsPage(c, status, words.T("answers.title"), "team/answers", map[string]any{"Form": form, "Yours": with.yours, "Theirs": with.theirs,
		"Days": weekdays(words, form), "Countries": countries(words), "Next": settings.Office.DaysOff(t.Store.Now(), 8), "Tongue": tongue(settings.Office.Country)})
}

// weekdays are the lines of a form; weeks begin on Monday here.
func weekdays(words *views.Words, form web.Form) (days []weekday) {
	for i := range 7 {
		day := (i + 1) % 7
		value := func(name string) string { return form.Value(fmt.Sprint(name, day)) }
		days = append(days, weekday{words.Weekday(day), value("from"), value("to"), form.Mistake(fmt.Sprint("hours", day)), day, value("open") != ""})
	}
	return days
}

// countries names them in the reader's language and order.
func countries(words *views.Words) (list []country) {
	for _, code := range db.HolidayCountries() {
		list = append(list, country{code, countryName(words, code)})
	}
	order := collate.New(language.Make(words.Language))
	slices.SortFunc(list, func(a, b country) int { return order.CompareString(a.Name, b.Name) })
	return list
}

// countryName is "" for none and for what is no country.
func countryName(words *views.Words, code string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return ""
	}
	return display.Regions(language.Make(words.Language)).Name(region)
}

// tongue is the language of a country, in which its holidays are named.
func tongue(country string) string {
	base, _ := language.Make("und-" + country).Base()
	return base.String()
}

// SetAnswers takes the form.
func (t *Team) SetAnswers(c *fiber.Ctx) error {
	fields := slices.Clone(answersFields)
	for day := range 7 {
		fields = append(fields, fmt.Sprint("open", day), fmt.Sprint("from", day), fmt.Sprint("to", day))
	}
	form := web.ReadForm(c, fields...)
	talk := talkForm(form)
	err := t.Store.SetTalk(t.Actor(c), talk)
	var conflict *db.Conflict
	switch {
	case errors.As(err, &conflict):
		form.Values["version"] = strconv.FormatInt(conflict.Version, 10)
		words := t.Words(c)
		return t.answers(c, fiber.StatusConflict, form, clash{web.FormOf(named(words, talk.Fields())), named(words, conflict.Theirs)})
	case form.Refused(t.Words(c), err):
		return t.answers(c, fiber.StatusUnprocessableEntity, form, clash{})
	case err != nil:
		return err
	}
	return web.SeeOther(c, "/settings/answers?said=saved-settings")
}

// answersForm is the web's form of the settings, talkForm the store's.
func answersForm(f db.TalkForm) web.Form {
	values := f.Fields()
	values["version"] = f.Version
	for day, open := range f.Open {
		values[fmt.Sprint("open", day)] = map[bool]string{true: "1"}[open]
		values[fmt.Sprint("from", day)], values[fmt.Sprint("to", day)] = f.From[day], f.To[day]
	}
	return web.FormOf(values)
}

func talkForm(form web.Form) db.TalkForm {
	talk := db.TalkForm{Country: form.Value("country"), Closed: form.Value("closed"), PromiseReply: form.Value("promise_reply"), PromiseBilling: form.Value("promise_billing"),
		Hold: form.Value("hold"), Words: form.Value("words"), UploadLimit: form.Value("upload_limit"), Urgent: form.Value("urgent"), Version: form.Value("version")}
	for day := range talk.Open {
		talk.Open[day] = form.Value(fmt.Sprint("open", day)) != ""
		talk.From[day], talk.To[day] = form.Value(fmt.Sprint("from", day)), form.Value(fmt.Sprint("to", day))
	}
	return talk
}

// named puts before each text what it is, as it is compared with another one.
func named(words *views.Words, fields map[string]string) map[string]string {
	texts := map[string]string{}
	for field, key := range answersNames {
		text := fields[field]
		if field == "country" {
			text = countryName(words, text)
		}
		texts[field] = words.T(key) + "\n" + text
	}
	for day := range 7 {
		field := fmt.Sprint("hours", day)
		texts[field] = words.Weekday(day) + "\n" + fields[field]
		if fields[field] == "" {
			texts[field] += words.T("answers.shut")
		}
	}
	return texts
}
