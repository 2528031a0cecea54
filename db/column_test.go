package db

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Columns deleted take no task with them: those go to the end of another column.
func TestDeletedColumnLeavesItsTasks(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	lea := w.actor("lea")
	w.must(just(w.MoveTask(lea, w.id("copy"), Doing, w.id("home"))))
	w.must(w.ShowTasks(lea, w.id("site"), []ID{w.id("secret")}))
	w.must(w.HideTasks(lea, w.id("site"), []ID{w.id("secret")}))
	tasks := w.rows("SELECT count(*) FROM task")[0]
	w.must(w.DeleteColumn(lea, w.id("site.doing"), w.id("site.todo")))
	if got, want := w.boardOrder("lea", "site")[Todo], []string{"form", "copy", "home", "secret"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if after := w.rows("SELECT count(*) FROM task")[0]; after != tasks {
		t.Errorf("%s tasks of %s are left", after, tasks)
	}
	w.must(w.DeleteColumn(lea, w.id("site.todo"), w.id("site.done")))
	if open := w.rows("SELECT title FROM task WHERE project_id = ? AND done_at IS NULL", w.id("site")); len(open) > 0 {
		t.Error("in the done column and not done: ", open)
	}
	if shelf := w.rows("SELECT column_id FROM task WHERE id = ?", w.id("shelf"))[0]; shelf != fmt.Sprint(int64(w.id("site.done"))) {
		t.Error("an archived task stayed in a column that is gone")
	}
	w.must(w.DeleteColumn(lea, w.id("site.done"), w.id("site.review")))
	var refusal *Invalid
	if err := w.DeleteColumn(lea, w.id("site.review"), w.id("site.review")); !errors.As(err, &refusal) {
		t.Error("the last column went: ", err)
	}
	if got := w.glassOrder("eleni", "site")[Review]; !slices.Contains(got, "home") || !slices.Contains(got, "Contact page") || slices.Contains(got, "secret") {
		t.Error("the client sees ", got)
	}
}

func TestColumnOrder(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	lea := w.actor("lea")
	order := func() (kinds []string) {
		for _, c := range w.columnsOf("site") {
			kinds = append(kinds, c.Kind)
		}
		return kinds
	}
	for _, c := range []struct{ move, before, want string }{
		{"site.review", "site.done", "todo doing review done"},
		{"site.todo", "", "doing review done todo"},
		{"site.todo", "site.todo", "doing review done todo"},
		{"site.todo", "site.doing", "todo doing review done"},
	} {
		w.must(w.MoveColumn(lea, w.id(c.move), w.ids[c.before]))
		if got := strings.Join(order(), " "); got != c.want {
			t.Errorf("%s before %s: %s, want %s", c.move, c.before, got, c.want)
		}
	}
}

func TestColumnForms(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	lea := w.actor("lea")
	before := w.digest()
	for _, form := range []ColumnForm{{Name: "", Kind: Todo}, {Name: " \n ", Kind: Todo}, {Name: "x", Kind: "later"}, {Name: "x", Kind: ""}, {Name: strings.Repeat("x", 101), Kind: Todo},
		{Name: "x", Kind: Todo, ClientLabel: strings.Repeat("x", 61)}, {Name: "\xff", Kind: Todo}} {
		var refusal *Invalid
		if _, err := w.AddColumn(lea, w.id("site"), form); !errors.As(err, &refusal) {
			t.Errorf("%+v was taken: %v", form, err)
		}
		if err := w.EditColumn(lea, w.id("site.todo"), form); !errors.As(err, &refusal) {
			t.Errorf("%+v was taken: %v", form, err)
		}
	}
	if w.digest() != before {
		t.Error("a refused form changed something")
	}
	for i := len(w.columnsOf("brand")); i < maxColumns; i++ {
		w.must(just(w.AddColumn(w.actor("tess"), w.id("brand"), ColumnForm{Name: fmt.Sprint("c", i), Kind: Doing})))
	}
	var refusal *Invalid
	if _, err := w.AddColumn(w.actor("tess"), w.id("brand"), ColumnForm{Name: "one more", Kind: Doing}); !errors.As(err, &refusal) || refusal.Key != "column.too-many" {
		t.Error(err)
	}
	if err := w.EditColumn(lea, w.id("site.todo"), ColumnForm{Name: "2026-05-20", Kind: Todo}); err != nil || w.columnsOf("site")[0].Name != "2026-05-20" {
		t.Error("a name that looks like a date: ", err)
	}
}
