package db

import (
	"log/slog"
	"time"
)

// A visit ends when somebody has opened no page for visitEnds. That they are still here
// is kept every visitStep.
const (
	visitEnds = 30 * time.Minute
	visitStep = time.Minute
)

// Visit is when somebody last opened a page, and when they did before the visit that
// this belongs to. Zero is never.
type Visit struct{ Last, Before Time }

// Since is until when they saw what there was: the end of the visit before the one that
// goes on now, or of their last one.
func (v Visit) Since(now time.Time) Time {
	if !v.Last.IsZero() && now.Sub(v.Last.Time) > visitEnds {
		return v.Last
	}
	return v.Before
}

func visitFields(v *Visit) []any { return []any{&v.Last, &v.Before} }

// Visit is the viewer's own.
func (g *Glass) Visit() (Visit, error) {
	visit, err := one(g, visitFields, "SELECT last_at, before_at FROM client_visit")
	if err == ErrNotFound {
		return Visit{}, nil
	}
	return visit, err
}

// Here keeps that a client opens a page now, and says since when they were not here.
// Whoever looks through a client is not that client.
func (s *Store) Here(actor Actor) Time {
	now := s.Now()
	if actor.Side != Client || actor.Preview != 0 {
		return Time{}
	}
	visit := actor.Visit
	if visit.Last.IsZero() || now.Sub(visit.Last.Time) > visitStep {
		err := s.write(func(tx *Tx) error {
			tx.hush()
			return tx.run(`INSERT INTO visit (person_id, began_at, last_at) VALUES (?1, ?2, ?2) ON CONFLICT (person_id) DO UPDATE SET
				before_at = iif(last_at < ?3, last_at, before_at), began_at = iif(last_at < ?3, ?2, began_at), last_at = max(last_at, ?2)`,
				actor.ID, At(now), At(now.Add(-visitEnds)))
		})
		if err != nil { // with a full disk everybody still reads
			slog.Warn("a visit could not be kept", "error", err)
		}
	}
	return visit.Since(now)
}
