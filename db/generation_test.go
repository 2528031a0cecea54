package db

import (
	"context"
	"database/sql"
	"errors"
	"sync/atomic"
	"testing"
	"time"
)

// rises waits for the generation to rise, as long as a page may be stale.
func (w *world) rises(from uint64) bool {
	for end := time.Now().Add(300 * time.Millisecond); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if w.Generation() > from {
			return true
		}
	}
	return false
}

func TestGenerationRisesBeforeTheAnswer(t *testing.T) {
	w := newWorld(t)
	var told atomic.Int64
	var seenByWatcher atomic.Uint64
	w.Watch(func() { told.Add(1); seenByWatcher.Store(w.Generation()) })
	before := w.Generation()
	w.hint("mark", "home", "words")
	if after := w.Generation(); after <= before || told.Load() == 0 || seenByWatcher.Load() != after {
		t.Errorf("generation %d after %d, watchers told %d times", after, before, told.Load())
	}
	broken := errors.New("broken")
	if err := w.write(func(tx *Tx) error { return broken }); err != broken {
		t.Error(err)
	}
	if _, err := w.MoveTask(w.actor("tess"), w.id("home"), Todo, 0); err != ErrNotFound {
		t.Error(err)
	}
	token := w.session("eleni")
	before, times := w.Generation(), told.Load()
	w.tick(time.Hour)
	if _, err := w.Login(token); err != nil { // keeps the last use, which nobody sees on a page
		t.Error(err)
	}
	if w.Generation() != before || told.Load() != times {
		t.Error("what nobody sees raised the generation")
	}
}

// What is read after the generation was read is at least as new as it.
func TestGenerationIsNeverAhead(t *testing.T) {
	w := newWorld(t)
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		for i := range 200 {
			select {
			case <-stop:
				return
			default:
				_, _ = w.MoveTask(Actor{Person: Person{ID: w.ids["lea"], Side: Team}}, w.ids["home"], []string{Todo, Doing}[i%2], 0)
			}
		}
	}()
	last, lastVersion := uint64(0), int64(0)
	for range 200 {
		generation, version := w.Generation(), w.versions("site")[0]
		if generation > last && version < lastVersion {
			t.Fatal("an older version under a newer generation")
		}
		last, lastVersion = generation, version
	}
}

// A command beside the server: its commits raise the server's generation too.
func TestOtherProcessesAreNoticed(t *testing.T) {
	dir, ids, at := seeded(t)
	w := openWorld(t, copyFolder(t, dir), ids, at, Options{Serve: true, Glasses: 2})
	var told atomic.Int64
	w.Watch(func() { told.Add(1) })
	command := openWorld(t, w.Dir(), ids, at, Options{Glasses: 1})
	raw, err := sql.Open("sqlite", "file:"+uriPath(w.path())+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	for what, commit := range map[string]func() error{
		"a second store": func() error { return command.RemoveMember(command.actor("lea"), w.id("site"), w.id("vic")) },
		"another program": func() error {
			_, err := raw.ExecContext(context.Background(), "UPDATE person SET active = 0 WHERE id = ?", int64(w.id("eleni")))
			return err
		},
	} {
		time.Sleep(2 * outsideTick)
		before, times := w.Generation(), told.Load()
		if err := commit(); err != nil {
			t.Fatal(err)
		}
		if !w.rises(before) || told.Load() == times {
			t.Errorf("%s: generation %d of %d, watchers told %d times", what, w.Generation(), before, told.Load()-times)
		}
	}
	if len(w.glassOrder("vic", "site"))+len(w.glassOrder("eleni", "site")) > 0 {
		t.Error("who was taken off still sees")
	}
	before := w.Generation()
	time.Sleep(3 * outsideTick)
	if w.Generation() != before {
		t.Error("the generation rises by itself")
	}
}
