package team

import (
	"bytes"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// patience is how long an import may take before its page tells of progress.
const patience = 2 * time.Second

// RunImport imports an upload, with the columns as they were confirmed.
func (t *Team) RunImport(c *fiber.Ctx) error {
	actor := t.Actor(c)
	one, err := t.uploads.find(c.Params("token"), actor.ID, t.Store.Now())
	if err != nil {
		return err
	}
	kinds, err := confirmed(c, one.Plan.Columns)
	if err != nil {
		return err
	}
	if one.begin() {
		go t.run(actor, one, kinds)
	}
	select {
	case <-one.finished:
	case <-time.After(patience):
	}
	return web.SeeOther(c, "/import/"+one.Token)
}

// confirmed reads what each column means, by its id at the source.
func confirmed(c *fiber.Ctx, columns []plannedColumn) (map[string]string, error) {
	fields := make([]string, len(columns))
	for i := range fields {
		fields[i] = "kind-" + itoa(i)
	}
	form, kinds := web.ReadForm(c, fields...), map[string]string{}
	for i, column := range columns {
		switch kind := form.Value(fields[i]); kind {
		case "":
		case db.Todo, db.Doing, db.Review, db.Done:
			kinds[column.SourceID] = kind
		default:
			return nil, &db.Invalid{Field: fields[i], Key: "choice.unknown"}
		}
	}
	return kinds, nil
}

// run is the import itself; it goes on when the browser has left.
func (t *Team) run(actor db.Actor, one *upload, kinds map[string]string) {
	var result db.Imported
	err := errors.New("the import ended early")
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v\n%s", cause, bytes.TrimSpace(debug.Stack()))
		}
		if _, known := web.MistakesOf(t.WordsFor("en", "UTC"), err); err != nil && !known {
			t.Log.Error("import failed", "upload", one.Token[:6], "error", err)
		}
		one.end(result, err)
	}()
	plan, err := readPlan(one.path)
	if err != nil {
		return
	}
	for i := range plan.Columns {
		if kind := kinds[plan.Columns[i].SourceID]; kind != "" {
			plan.Columns[i].Kind = kind
		}
	}
	options := one.Options
	options.Progress = one.progress
	result, err = t.Store.Import(actor, one.Target, plan, options)
}

// ImportProgress is a fragment that asks for itself until the import has ended.
func (t *Team) ImportProgress(c *fiber.Ctx) error {
	one, err := t.uploads.find(c.Params("token"), t.Actor(c).ID, t.Store.Now())
	if err != nil {
		return err
	}
	state := one.state(t.Words(c))
	if state.Stage != running || !web.HTMX(c) {
		return web.SeeOther(c, "/import/"+one.Token)
	}
	return t.SendFragment(c, fiber.StatusOK, "fragments/team_import", state)
}
