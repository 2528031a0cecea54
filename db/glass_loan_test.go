package db

import (
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"
)

// viewerLeft asks every glass that lies ready whether somebody still looks through it.
func (w *world) viewerLeft() (left []string) {
	w.t.Helper()
	var taken []*conn
	for range cap(w.glasses.tickets) {
		c := w.glasses.takeWithin(5 * time.Second)
		if c == nil {
			w.t.Fatal("a glass was not handed back")
		}
		taken = append(taken, c)
		seen, err := textRows(c, "SELECT name FROM client_me UNION SELECT value FROM client_workspace")
		if err != nil {
			w.t.Error(err)
		}
		left = append(left, seen...)
	}
	for _, c := range taken {
		w.glasses.give(c)
	}
	return left
}

func TestGlassForgetsItsViewer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	broken := errors.New("broken")
	var open *sql.Rows
	ways := map[string]func(*Glass) error{
		"in peace": func(g *Glass) error { _, err := g.Projects(); return err },
		"by error": func(g *Glass) error { return broken },
		"by panic": func(g *Glass) error { panic(broken) },
		"half read": func(g *Glass) error {
			rows, err := g.query("SELECT id FROM client_event")
			if err != nil || !rows.Next() {
				t.Error("no rows", err)
			}
			open = rows
			return broken
		},
		"committed": func(g *Glass) error { _, err := tryOnGlass(g, "COMMIT"); return err },
	}
	for way, see := range ways {
		func() {
			defer func() { _ = recover() }()
			_ = w.Glass(w.id("eleni"), see)
		}()
		if left := w.viewerLeft(); len(left) > 0 {
			t.Errorf("%s: somebody still looks through a glass: %v", way, left)
		}
	}
	for range cap(w.glasses.tickets) {
		if err := w.Glass(w.id("eleni"), func(g *Glass) error { _, err := g.Me(); return err }); err != nil {
			t.Error(err)
		}
	}
	open.Close()
}

// Somebody who keeps a glass sees nothing more, above all not with the next one's eyes.
func TestGlassCannotBeKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range cap(w.glasses.tickets) - 1 { // the same one is lent again
		defer w.glasses.give(w.glasses.take())
	}
	var kept *Glass
	if err := w.Glass(w.id("vic"), func(g *Glass) error { kept = g; return nil }); err != nil {
		t.Fatal(err)
	}
	err := w.Glass(w.id("eleni"), func(*Glass) error {
		if me, err := kept.Me(); err == nil {
			t.Errorf("the kept glass shows %s", me.Name)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if kept.Viewer() != 0 {
		t.Error("the kept glass still has a viewer")
	}
}

func TestNestedGlassEndsBusy(t *testing.T) {
	w := newWorld(t)
	defer func(wait time.Duration) { glassWait = wait }(glassWait)
	glassWait = 30 * time.Millisecond
	var nest func(depth int) error
	nest = func(depth int) error {
		return w.Glass(w.id("eleni"), func(*Glass) error {
			if depth > cap(w.glasses.tickets) {
				return errors.New("more glasses than there are")
			}
			return nest(depth + 1)
		})
	}
	if err := nest(1); !errors.Is(err, ErrBusy) {
		t.Error(err)
	}
	if left := w.viewerLeft(); len(left) > 0 {
		t.Error(left)
	}
}

// Many at once, on few glasses: everybody reads as themselves.
func TestGlassesDoNotMix(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	glance := func(name string) (said string) {
		if err := w.Glass(w.id(name), func(g *Glass) error {
			me, _ := g.Me()
			projects, _ := g.Projects()
			runtime.Gosched()
			activity, err := g.Activity(0, 20)
			said = fmt.Sprint(me, projects, activity)
			return err
		}); err != nil {
			t.Error(err)
		}
		return said
	}
	who := slices.Concat(clientNames, teamNames)
	own := map[string]string{}
	for _, name := range who {
		own[name] = glance(name)
	}
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for n := range len(who) {
				name := who[(n*7+i*3)%len(who)]
				if glance(name) != own[name] {
					t.Errorf("%s read something else", name)
				}
			}
		})
	}
	wait.Wait()
}
