package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// featureRow is a switch in the reader's words.
type featureRow struct {
	db.Feature
	Scope, Origin string // Origin says where it was decided
	Wider         string // "As for everybody: on"
	At            string // where the form posts
}

// Features shows the switches of a scope.
func (t *Team) Features(scope string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := scopeID(c, scope)
		if err != nil {
			return err
		}
		return t.features(c, scope, id, fiber.StatusOK, web.Form{})
	}
}

// SetFeature switches one of them.
func (t *Team) SetFeature(scope string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := scopeID(c, scope)
		if err != nil {
			return err
		}
		form := web.ReadForm(c, "name", "state")
		err = t.Store.SetFeature(t.Actor(c), scope, id, form.Value("name"), form.Value("state"))
		if form.Refused(t.Words(c), err) {
			return t.features(c, scope, id, fiber.StatusUnprocessableEntity, form)
		}
		if err != nil {
			return err
		}
		return web.SeeOther(c, featuresURL(scope, id)+"?said=saved-settings")
	}
}

// scopeID is the company or project of the path; the workspace has no id.
func scopeID(c *fiber.Ctx, scope string) (db.ID, error) {
	if scope == db.ForWorkspace {
		return 0, nil
	}
	return web.ParamID(c, "id")
}

func featuresURL(scope string, id db.ID) string {
	switch scope {
	case db.ForCompany:
		return "/companies/" + id.String() + "/features"
	case db.ForProject:
		return "/projects/" + id.String() + "/features"
	}
	return "/settings/features"
}

func (t *Team) features(c *fiber.Ctx, scope string, id db.ID, status int, form web.Form) error {
	found, err := t.Store.Features(t.Actor(c), scope, id)
	if err != nil {
		return err
	}
	words := t.Words(c)
	rows := make([]featureRow, len(found.Switches))
	for i, feature := range found.Switches {
		rows[i] = newFeatureRow(words, found, feature)
	}
	return t.settingsPage(c, status, words.T("feature.title"), "team/features", map[string]any{"Of": found, "Rows": rows, "Form": form})
}

func newFeatureRow(w *views.Words, of db.Features, f db.Feature) featureRow {
	row := featureRow{Feature: f, Scope: of.Scope, At: featuresURL(of.Scope, of.ID)}
	switch {
	case f.Set != "" && of.Scope != db.ForWorkspace:
		row.Origin = w.T("feature.set-here")
	case f.From == db.ForCompany:
		row.Origin = w.T("feature.from-company", "company", of.CompanyName)
	case of.Scope != db.ForWorkspace:
		row.Origin = w.T("feature.from-workspace")
	}
	if of.Scope != db.ForWorkspace {
		row.Wider = w.T(map[bool]string{true: "feature.inherit-on", false: "feature.inherit-off"}[f.Inherited])
	}
	return row
}
