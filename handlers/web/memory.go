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

// spaces keeps the workspace's settings.
type spaces struct {
	mu         sync.Mutex
	generation uint64
	workspace  db.Workspace
}

// Workspace is what pages show of the workspace.
func (a *App) Workspace() db.Workspace {
	generation := a.Store.Generation() + 1 // 0 means nothing kept
	s := &a.spaces
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.generation == generation {
		return s.workspace
	}
	workspace, err := a.Store.Workspace()
	if err != nil {
		a.Log.Error("workspace settings cannot be read", "error", err)
		return s.workspace
	}
	s.workspace, s.generation = workspace, generation
	return workspace
}
