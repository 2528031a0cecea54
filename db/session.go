package db

import (
	"log/slog"
	"time"
)

// A session ends after two weeks without use and after a month in any case.
const (
	SessionIdle = 14 * 24 * time.Hour
	SessionLife = 30 * 24 * time.Hour
	usedStep    = 5 * time.Minute
)

// Session is one browser that is signed in. Method says how it began, PasskeyAt
// when a passkey confirmed it.
type Session struct {
	ID                           ID
	UserAgent, Method            string
	CreatedAt, UsedAt, PasskeyAt Time
}

// startSession makes a login; the token is told once and stored as a hash.
func (tx *Tx) startSession(person ID, userAgent, method string) (token string, err error) {
	token = newToken()
	if len(userAgent) > 300 {
		userAgent = userAgent[:300]
	}
	agent, err := cleanLine("user_agent", userAgent, 300)
	if err != nil {
		agent = ""
	}
	err = tx.run("INSERT INTO session (id, token_hash, person_id, user_agent, created_at, last_used_at, method) VALUES (?,?,?,?,?,?,?)",
		NewID(), hashToken(token), person, agent, tx.now, tx.now, method)
	return token, err
}

type login struct {
	Actor
	used Time
}

const liveSession = "s.ended_at IS NULL AND s.last_used_at > ? AND s.created_at > ?"

// A session is confirmed by a passkey. Whoever holds the data folder, and so
// could print a link, is never locked out by a lost one. Where owner and admins
// have to confirm, a session of theirs that is not confirmed opens their account only.
const (
	confirmed   = "(s.passkey_at IS NOT NULL OR s.method IN ('signin-link', 'setup'))"
	unconfirmed = "(p.role IN ('owner', 'admin') AND NOT " + confirmed + " AND (SELECT value FROM setting WHERE key = 'security.passkey') = '1')"
)

// Login is who a session token belongs to. An unknown, ended or expired token is
// ErrNotFound, like that of somebody who was deactivated.
func (s *Store) Login(token string) (Actor, error) {
	now := s.Now()
	var found login
	err := s.read(func(r source) (err error) {
		found, err = one(r, func(l *login) []any {
			return append(personFields(&l.Person), &l.Session, &l.used, &l.Avatar, &l.Visit.Last, &l.Visit.Before, &l.Confirmed, &l.MustConfirm)
		},
			"SELECT "+personColumns+", s.id, s.last_used_at, (SELECT a.id FROM avatar a WHERE a.person_id = p.id), w.last_at, w.before_at, "+confirmed+", "+unconfirmed+" FROM session s JOIN person p ON p.id = s.person_id JOIN may_sign_in m ON m.person_id = p.id LEFT JOIN visit w ON w.person_id = p.id WHERE s.token_hash = ? AND "+liveSession,
			hashToken(token), At(now.Add(-SessionIdle)), At(now.Add(-SessionLife)))
		return err
	})
	if err == nil && now.Sub(found.used.Time) > usedStep {
		// With a full disk everybody still reads: that the time could not be kept refuses nobody.
		if failed := s.write(func(tx *Tx) error {
			tx.hush()
			return tx.run("UPDATE session SET last_used_at = ? WHERE id = ? AND last_used_at < ?", At(now), found.Session, At(now))
		}); failed != nil {
			slog.Warn("the last use of a session could not be kept", "error", failed)
		}
	}
	return found.Actor, err
}

// Sessions lists where a person is signed in, last used first.
func (s *Store) Sessions(actor Actor) ([]Session, error) {
	now := s.Now()
	var list []Session
	err := s.read(func(r source) (err error) {
		list, err = all(r, func(i *Session) []any {
			return []any{&i.ID, &i.UserAgent, &i.Method, &i.CreatedAt, &i.UsedAt, &i.PasskeyAt}
		},
			"SELECT s.id, s.user_agent, s.method, s.created_at, s.last_used_at, s.passkey_at FROM session s WHERE s.person_id = ? AND "+liveSession+" ORDER BY s.last_used_at DESC",
			actor.ID, At(now.Add(-SessionIdle)), At(now.Add(-SessionLife)))
		return err
	})
	return list, err
}

// EndSession ends one of the actor's own sessions, with its previews. One that
// is over, or somebody else's, is ErrNotFound.
func (s *Store) EndSession(actor Actor, session ID) error {
	ended, err := s.endSessions(actor, "id = ?", session)
	if err == nil && ended == 0 {
		err = ErrNotFound
	}
	return err
}

// EndOtherSessions ends all of the actor's sessions but the one that asks.
func (s *Store) EndOtherSessions(actor Actor) error {
	_, err := s.endSessions(actor, others, actor.Session)
	return err
}

func (s *Store) endSessions(actor Actor, which string, session ID) (ended int, err error) {
	err = s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		if session != actor.Session || which == others { // signing out is always possible
			if err := tx.mayChangeWays(actor); err != nil {
				return err
			}
		}
		if ended, err = tx.endSessions(actor, which, session); ended == 0 {
			tx.hush()
		}
		return err
	})
	return ended, err
}

const others = "id <> ?"

// endSessions ends sessions of the actor's own, with their previews.
func (tx *Tx) endSessions(actor Actor, which string, session ID) (ended int, err error) {
	over, err := all(tx, itself[ID], "UPDATE session SET ended_at = ? WHERE person_id = ? AND ended_at IS NULL AND "+which+" RETURNING id", tx.now, actor.ID, session)
	if err != nil || len(over) == 0 {
		return 0, err
	}
	for _, id := range over {
		if err := tx.endPreviews(Actor{Person: actor.Person, Session: id}); err != nil {
			return 0, err
		}
	}
	if err := tx.audit(actor.ID, "session.ended", actor.ID, 0, ""); err != nil {
		return 0, err
	}
	return len(over), tx.touchAuthority()
}

// audit records what was done about access.
func (tx *Tx) audit(actor ID, kind string, person, project ID, detail string) error {
	return tx.run("INSERT INTO audit (at, actor_id, kind, person_id, project_id, detail) VALUES (?,?,?,?,?,?)", tx.now, actor, kind, person, project, detail)
}
