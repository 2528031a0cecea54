package web

import (
	"sync"
	"time"

	"vitrine/db"
)

// What is read again and again may be kept in memory only under the store's
// generation, which rises before a change is acknowledged.

// logins keeps who a session token belongs to.
type logins struct {
	mu         sync.Mutex
	generation uint64
	known      map[string]knownLogin
}

type knownLogin struct {
	actor db.Actor
	at    time.Time
}

// A login may also end by the clock, without a commit: so it is kept shortly.
const loginKept = time.Minute

const maxLogins = 10000

func newLogins() *logins { return &logins{known: map[string]knownLogin{}} }

// Login is db.Store.Login with memory.
func (a *App) Login(token string) (db.Actor, error) {
	generation, now := a.Store.Generation(), a.Store.Now()
	l := a.logins
	l.mu.Lock()
	if l.generation != generation || len(l.known) > maxLogins {
		l.generation = generation
		clear(l.known)
	}
	found, ok := l.known[token]
	l.mu.Unlock()
	if ok && now.Sub(found.at) < loginKept && !now.Before(found.at) {
		return found.actor, nil
	}
	actor, err := a.Store.Login(token)
	if err == nil {
		l.mu.Lock()
		if l.generation == generation {
			l.known[token] = knownLogin{actor, now}
		}
		l.mu.Unlock()
	}
	return actor, err
}

// kept is one answer of the store, for as long as its generation lasts.
type kept[T any] struct {
	mu         sync.Mutex
	generation uint64 // one more than the store's; 0 means nothing kept
	answer     T
}

// get is the kept answer, or a new one. Where it cannot be read, it is the old one
// and the error.
func (k *kept[T]) get(store *db.Store, read func() (T, error)) (T, error) {
	generation := store.Generation() + 1
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.generation == generation {
		return k.answer, nil
	}
	answer, err := read()
	if err == nil {
		k.answer, k.generation = answer, generation
	}
	return k.answer, err
}

// Workspace is what pages show of the workspace.
func (a *App) Workspace() db.Workspace {
	workspace, err := a.workspace.get(a.Store, a.Store.Workspace)
	if err != nil {
		a.Log.Error("workspace settings cannot be read", "error", err)
	}
	return workspace
}

// RegistrationOpen says whether clients may register by themselves.
func (a *App) RegistrationOpen() (bool, error) {
	return a.registration.get(a.Store, a.Store.RegistrationOpen)
}
