package db

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
)

// Editing the same text: the second is told, with both texts, and nothing is lost.
func TestConflict(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	mine, theirs := w.form("lea", "home"), w.form("mark", "home")
	theirs.Description, theirs.Title = "Mark's words", "front page"
	w.must(w.EditTask(w.actor("mark"), w.id("home"), theirs))
	before := w.digest()
	mine.Description = "Lea's words"
	var conflict *Conflict
	if err := w.EditTask(w.actor("lea"), w.id("home"), mine); !errors.As(err, &conflict) {
		t.Fatal("no conflict:", err)
	}
	if w.digest() != before {
		t.Error("a conflict changed something")
	}
	if conflict.Theirs["description"] != "Mark's words" || conflict.Theirs["title"] != "front page" || conflict.Theirs["internal"] != "The client must not know" ||
		conflict.Theirs["acceptance"] != "Loads in a second" || conflict.Version != mine.Version+1 {
		t.Errorf("the conflict says %+v", conflict)
	}
	mine.Version = conflict.Version
	w.must(w.EditTask(w.actor("lea"), w.id("home"), mine))
	if form := w.form("mark", "home"); form.Description != "Lea's words" {
		t.Error(form.Description)
	}
	// A move is no edit: it does not cost anybody their text.
	form := w.form("lea", "home")
	w.must(just(w.MoveTask(w.actor("mark"), w.id("home"), Todo, 0)))
	form.Internal = "still mine"
	w.must(w.EditTask(w.actor("lea"), w.id("home"), form))
	var old *Conflict
	if err := w.editProject("lea", "site", func(f *ProjectForm) { f.Version-- }); !errors.As(err, &old) || old.Theirs["name"] != "Site" {
		t.Error("no conflict of projects:", err)
	}
	if err := w.EditMilestone(w.actor("lea"), w.id("launch"), MilestoneForm{Name: "x", Version: 7}); !errors.As(err, &old) || old.Theirs["name"] != "launch" {
		t.Error("no conflict of milestones:", err)
	}
}

// Racing edits: of those opened at one version one is stored, the others are told.
func TestRacingEdits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for round := range 10 {
		form := w.form("lea", "home")
		var wait sync.WaitGroup
		var won, told [8]bool
		for i := range 8 {
			wait.Go(func() {
				mine := form
				mine.Description = fmt.Sprintf("round %d of %d", round, i)
				var conflict *Conflict
				err := w.EditTask(w.actor("lea"), w.id("home"), mine)
				won[i], told[i] = err == nil, errors.As(err, &conflict)
			})
		}
		wait.Wait()
		if n := slices.Index(won[:], true); n < 0 || w.form("lea", "home").Description != fmt.Sprintf("round %d of %d", round, n) {
			t.Error("what was stored is not what won")
		}
		wins := 0
		for i := range won {
			if won[i] {
				wins++
			}
			if won[i] == told[i] {
				t.Error("neither stored nor told")
			}
		}
		if wins != 1 {
			t.Errorf("%d won", wins)
		}
	}
}

// A task is done from when it comes into a done column until it leaves.
func TestDoneAt(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	lea, task := w.actor("lea"), w.id("home")
	doneAt := func() string { return w.rows("SELECT coalesce(done_at, '') FROM task WHERE id = ?", task)[0] }
	if doneAt() != "" {
		t.Fatal("done already")
	}
	at := At(w.Now())
	w.must(just(w.MoveTask(lea, task, Done, 0)))
	stamp, _ := at.Value()
	if doneAt() != stamp {
		t.Errorf("done at %q, want %v", doneAt(), stamp)
	}
	w.must(just(w.MoveTask(lea, task, Done, w.id("logo"))))
	if doneAt() != stamp {
		t.Error("moved within done, the time changed to", doneAt())
	}
	w.must(just(w.MoveTask(lea, task, Review, 0)))
	if doneAt() != "" {
		t.Error("taken back, and still done at", doneAt())
	}
	w.must(w.EditColumn(lea, w.id("site.review"), ColumnForm{Name: "QA", Kind: Done}))
	if doneAt() == "" {
		t.Error("the column is done now, the task is not")
	}
	w.must(w.EditColumn(lea, w.id("site.review"), ColumnForm{Name: "QA", Kind: Doing}))
	if doneAt() != "" {
		t.Error("the column is not done any more, the task is")
	}
	w.task("site", "lea", "born done", Done, "shown")
	if w.rows("SELECT done_at IS NOT NULL FROM task WHERE id = ?", w.id("born done"))[0] != "1" {
		t.Error("added to done, and not done")
	}
}
