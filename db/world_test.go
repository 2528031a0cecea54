package db

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// world is a small workspace with people of every kind: those who may see
// something, those who may not any more and those who never could.
type world struct {
	*Store
	t     testing.TB
	clock *atomic.Pointer[time.Time]
	ids   map[string]ID // everything by its short name
}

// The people who look: every kind of person that a rule tells apart.
var (
	teamNames   = []string{"olivia", "adam", "lea", "mark", "tess", "dora", "fake"}
	clientNames = []string{"vic", "eleni", "nikos", "finn", "manu", "duo", "bea", "otto", "carla", "fred", "gone", "ingo", "nora", "odd", "sly", "stan"}
)

func TestMain(m *testing.M) {
	if dir := os.Getenv("DB_TEST_CHILD"); dir != "" {
		writeUntilKilled(dir)
	}
	code := m.Run()
	if seededDir != "" {
		os.RemoveAll(seededDir)
	}
	os.Exit(code)
}

var (
	seededDir string
	seedOnce  sync.Once
	seededIDs map[string]ID
	seededAt  time.Time
)

// alone is for long tests in which nothing happens at the same time: the race
// detector has nothing to find there, and the run without it has them.
func alone(t *testing.T) {
	t.Helper()
	if raced {
		t.Skip("nothing happens at the same time here: runs without -race")
	}
}

// newWorld opens a fresh copy of the seeded world.
func newWorld(t testing.TB) *world {
	t.Helper()
	dir, ids, at := seeded(t)
	return openWorld(t, copyFolder(t, dir), ids, at, Options{Glasses: 2})
}

func seeded(t testing.TB) (string, map[string]ID, time.Time) {
	t.Helper()
	seedOnce.Do(func() {
		dir, err := os.MkdirTemp("", "db-world")
		if err != nil {
			t.Fatal(err)
		}
		w := openWorld(t, dir, map[string]ID{}, time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC), Options{})
		w.seed()
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		seededDir, seededIDs, seededAt = dir, w.ids, *w.clock.Load()
	})
	if seededIDs == nil {
		t.Fatal("the world could not be seeded")
	}
	return seededDir, maps.Clone(seededIDs), seededAt
}

func openWorld(t testing.TB, dir string, ids map[string]ID, at time.Time, options Options) *world {
	t.Helper()
	w := &world{t: t, ids: ids, clock: new(atomic.Pointer[time.Time])}
	w.clock.Store(&at)
	options.Clock = func() time.Time { return *w.clock.Load() }
	store, err := Open(dir, options)
	if err != nil {
		t.Fatal(err)
	}
	w.Store = store
	t.Cleanup(func() { store.Close() })
	return w
}

func copyFolder(t testing.TB, from string) string {
	t.Helper()
	to := t.TempDir()
	for _, name := range []string{FileName, "secret.key"} {
		content, err := os.ReadFile(filepath.Join(from, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// tick moves the clock, so that no two moments are the same.
func (w *world) tick(step time.Duration) {
	next := w.clock.Load().Add(step)
	w.clock.Store(&next)
}

func (w *world) must(err error) {
	w.t.Helper()
	w.tick(time.Minute)
	if err != nil {
		w.t.Fatal(err)
	}
}

// keep remembers an id under a short name.
func (w *world) keep(name string) func(ID, error) ID {
	return func(id ID, err error) ID {
		w.t.Helper()
		w.must(err)
		w.ids[name] = id
		return id
	}
}

func (w *world) id(name string) ID {
	w.t.Helper()
	id, ok := w.ids[name]
	if !ok {
		w.t.Fatalf("the world has no %q", name)
	}
	return id
}

// sql changes rows behind the rules, where the rules have no way (yet).
func (w *world) sql(query string, args ...any) {
	w.t.Helper()
	w.must(w.write(func(tx *Tx) error { return tx.run(query, args...) }))
}

// actor is somebody as a request of theirs would name them.
func (w *world) actor(name string) Actor {
	w.t.Helper()
	id, found := w.id(name), Person{}
	if err := w.read(func(r source) (err error) {
		found, err = one(r, personFields, "SELECT "+personColumns+" FROM person p WHERE p.id = ?", id)
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
	return Actor{Person: found}
}

// rows reads a whole query as text, one row per line.
func (w *world) rows(query string, args ...any) (list []string) {
	w.t.Helper()
	if err := w.read(func(r source) (err error) { list, err = textRows(r, query, args...); return err }); err != nil {
		w.t.Fatalf("%v in %s", err, query)
	}
	return list
}

func textRows(r source, query string, args ...any) (list []string, err error) {
	rows, err := r.query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	for err == nil && rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err = rows.Scan(into...); err == nil {
			list = append(list, fmt.Sprint(values...))
		}
	}
	if err == nil {
		err = rows.Err()
	}
	return list, err
}

// name gives the short name of an id.
func (w *world) name(id ID) string {
	for name, other := range w.ids {
		if other == id {
			return name
		}
	}
	return "?" + id.String()
}
