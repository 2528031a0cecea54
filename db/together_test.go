package db

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

// together holds the writer until all changes wait, so that they share one transaction.
func (w *world) together(changes ...func(*Tx) error) []error {
	w.t.Helper()
	held, release := make(chan struct{}), make(chan struct{})
	first := make(chan error, 1)
	go func() {
		first <- w.write(func(tx *Tx) error { tx.hush(); close(held); <-release; return nil })
	}()
	<-held
	answers := make([]error, len(changes))
	var wait sync.WaitGroup
	for i, change := range changes {
		wait.Go(func() { answers[i] = w.write(change) })
		for len(w.writes) <= i {
			time.Sleep(time.Millisecond)
		}
	}
	close(release)
	wait.Wait()
	if err := <-first; err != nil {
		w.t.Error(err)
	}
	return answers
}

func setting(key string) func(*Tx) error {
	return func(tx *Tx) error { return tx.run("INSERT INTO setting (key, value) VALUES (?, 'x')", key) }
}

func (w *world) settings(prefix string) string {
	return strings.Join(w.rows("SELECT key FROM setting WHERE key LIKE ? ORDER BY key", prefix+"%"), " ")
}

// Writes that share a transaction do not share their mistakes.
func TestSharedTransaction(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.Generation()
	broken := errors.New("broken")
	answers := w.together(
		setting("shared.1"),
		func(tx *Tx) error { return errors.Join(setting("shared.2")(tx), broken) },
		setting("shared.3"),
		func(tx *Tx) error { _ = setting("shared.4")(tx); panic("panic in a change") },
		func(tx *Tx) error { return setting("shared.1")(tx) }, // breaks a rule of the schema
		setting("shared.6"),
	)
	for i, want := range []string{"", "broken", "", "panic in a change", "UNIQUE", ""} {
		if (answers[i] == nil) != (want == "") || want != "" && !strings.Contains(answers[i].Error(), want) {
			t.Errorf("change %d: %v, want %q", i+1, answers[i], want)
		}
	}
	if got := w.settings("shared."); got != "shared.1 shared.3 shared.6" {
		t.Error("stored are ", got)
	}
	if rose := w.Generation() - before; rose != 1 {
		t.Errorf("%d commits for what should share one", rose)
	}
}

// A commit that fails is everybody's failure, and nobody's change is stored.
func TestCommitFails(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.Generation()
	answers := w.together(
		setting("failed.1"),
		func(tx *Tx) error { // found at the commit only
			return errors.Join(tx.run("PRAGMA defer_foreign_keys = 1"), tx.run("INSERT INTO task_assignee (task_id, person_id) VALUES (1, 2)"))
		},
		setting("failed.3"),
	)
	for i, err := range answers {
		if err == nil || !strings.Contains(err.Error(), "FOREIGN KEY") {
			t.Errorf("change %d: %v", i+1, err)
		}
	}
	if got := w.settings("failed."); got != "" || w.Generation() != before {
		t.Error("stored are ", got)
	}
	w.must(w.write(setting("works.again")))
}

// When SQLite itself has rolled everything back, as it does on a full disk, what
// came before in the same transaction is not acknowledged, and what comes after
// is not stored on its own.
func TestTransactionIsLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	answers := w.together(
		setting("lost.1"),
		func(tx *Tx) error { _ = tx.run("ROLLBACK"); return errors.New("the disk is full") },
		setting("lost.3"),
	)
	for i, err := range answers {
		if err == nil {
			t.Errorf("change %d was acknowledged", i+1)
		}
	}
	if got := w.settings("lost."); got != "" {
		t.Error("refused, and stored: ", got)
	}
	w.must(w.write(setting("works.again")))
}

// With a full disk whatever is acknowledged is stored and whatever is refused is not.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(w.write(func(tx *Tx) error {
		pages, err := value[int](tx, "PRAGMA page_count")
		if err != nil {
			return err
		}
		return tx.run(fmt.Sprintf("PRAGMA max_page_count = %d", pages+40))
	}))
	body := strings.Repeat("x", 2000)
	refused, stored := 0, 0
	for round := range 14 {
		var changes []func(*Tx) error
		for i := range 8 {
			changes = append(changes, func(tx *Tx) error {
				return tx.run("INSERT INTO setting (key, value) VALUES (?, ?)", fmt.Sprintf("full.%d.%d", round, i), body)
			})
		}
		for i, err := range w.together(changes...) {
			there := w.settings(fmt.Sprintf("full.%d.%d", round, i)) != ""
			if there != (err == nil) {
				t.Errorf("round %d, change %d: stored %v, answered %v", round, i, there, err)
			}
			if err == nil {
				stored++
			} else {
				refused++
			}
		}
	}
	if refused == 0 || stored == 0 {
		t.Errorf("%d stored, %d refused", stored, refused)
	}
	if len(w.glassOrder("eleni", "site")) == 0 {
		t.Error("nobody can read")
	}
	w.must(w.write(func(tx *Tx) error { return tx.run("PRAGMA max_page_count = 1073741823") }))
	w.must(w.write(setting("works.again")))
}
