package live

import (
	"context"
	"errors"

	"vitrine/db"
)

func (w *world) snapshot(method string) (func(), error) {
	w.mu.Lock()
	before, after := w.before, w.after
	w.mu.Unlock()
	if before != nil {
		before(method)
	}
	w.mu.Lock()
	return func() {
		w.mu.Unlock()
		if after != nil {
			after(method)
		}
	}, w.broken
}

func (w *world) Audiences(_ context.Context, asked []Seat) (map[Seat]Audience, error) {
	done, err := w.snapshot("Audiences")
	defer done()
	w.asked++
	found := map[Seat]Audience{}
	for _, seat := range asked {
		if a, ok := w.audience(seat); ok {
			found[seat] = a
		}
	}
	return found, err
}

func (w *world) Draw(_ context.Context, a Audience, p PageKey) (Drawing, error) {
	done, err := w.snapshot("Draw")
	defer done()
	w.draws++
	if p == w.poison {
		panic("injected")
	}
	if p == w.private {
		return Drawing{}, db.ErrNotFound
	}
	now, ok := w.audience(Seat{a.Viewer, p})
	if !w.trusts && (!ok || now.Key != a.Key) {
		return Drawing{}, ErrGone
	}
	return w.draw(a, p), err
}

func (w *world) Versions(_ context.Context, projects []db.ID) (map[db.ID][2]int64, int64, error) {
	done, err := w.snapshot("Versions")
	defer done()
	if projects != nil {
		w.comparisons++
	}
	found := map[db.ID][2]int64{}
	for _, id := range projects {
		if id == 0 {
			found[0] = [2]int64{w.workspace, w.workspace}
		} else if u := w.projects[id]; u != nil {
			found[id] = [2]int64{u.team, u.client}
		}
	}
	return found, w.authority, err
}

func (w *world) Alive(_ context.Context, logins []Login) (map[Login]bool, error) {
	done, err := w.snapshot("Alive")
	defer done()
	alive := map[Login]bool{}
	for _, login := range logins {
		person := w.people[login.Viewer]
		alive[login] = person != nil && !person.inactive && !w.ended[login.Session]
	}
	return alive, err
}

var errBroken = errors.New("the disk is gone")
