package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/views"
)

// Form is a form as it was sent or as it is first shown: values and mistakes by field.
type Form struct {
	Values   map[string]string
	Lists    map[string][]string // fields that may come several times
	Mistakes Mistakes
}

// Value is what a field holds.
func (f Form) Value(field string) string { return f.Values[field] }

// Mistake is the sentence beside a field, "" when it is right.
func (f Form) Mistake(field string) string { return f.Mistakes[field] }

// Holds says whether a field that may come several times has a value.
func (f Form) Holds(field, value string) bool {
	for _, one := range f.Lists[field] {
		if one == value {
			return true
		}
	}
	return false
}

// maxFields bounds what one form may carry.
const maxFields = 5000

// ReadForm reads the fields that are named; the rest of the form is ignored.
func ReadForm(c *fiber.Ctx, fields ...string) Form {
	form := Form{Values: map[string]string{}, Lists: map[string][]string{}}
	args := c.Request().PostArgs()
	multipart, err := c.MultipartForm()
	for _, field := range fields {
		if err == nil {
			form.Lists[field] = multipart.Value[field]
		} else {
			for _, value := range args.PeekMulti(field) {
				if len(form.Lists[field]) < maxFields {
					form.Lists[field] = append(form.Lists[field], string(value))
				}
			}
		}
		if values := form.Lists[field]; len(values) > 0 {
			form.Values[field] = values[0]
		}
	}
	return form
}

// Refused adds the store's sentence to the form; ok is false for errors that are
// not about a field.
func (f *Form) Refused(w *views.Words, err error) (ok bool) {
	var invalid *db.Invalid
	if !errors.As(err, &invalid) {
		return false
	}
	f.Mistakes, ok = MistakesOf(w, err)
	return ok
}

// FormOf shows stored values in a form.
func FormOf(values map[string]string) Form { return Form{Values: values, Lists: map[string][]string{}} }
