package db

import (
	"log/slog"
	"strings"
)

// A token of the API stands for its person: what they may see, it may read.
const (
	tokenPrefix = "vtr_" // so that a token is known as one where it should not be
	maxTokens   = 20     // of one person
)

// Token is one as its owner sees it; the token itself is told once.
type Token struct {
	ID                ID
	Name              string
	CreatedAt, UsedAt Time
}

// AddToken makes a token for the actor.
func (s *Store) AddToken(actor Actor, name string) (token string, err error) {
	err = s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		name, err := cleanLine("name", name, 80)
		if err == nil && name == "" {
			err = invalid("name", "token.name-empty")
		}
		if err == nil {
			token, err = tx.addToken(actor.ID, actor.ID, actor.Session, name)
		}
		return err
	})
	return token, err
}

// AddTokenFromShell makes one for whoever holds the data folder. ErrNotFound when
// nobody who may sign in has the address.
func (s *Store) AddTokenFromShell(address, name string) (token string, err error) {
	email, err := NormalEmail(address)
	if err != nil {
		return "", err
	}
	err = s.write(func(tx *Tx) error {
		person, err := value[ID](tx, "SELECT p.id FROM person p JOIN may_sign_in m ON m.person_id = p.id WHERE p.email = ?", email)
		if err == nil {
			token, err = tx.addToken(0, person, 0, name)
		}
		return err
	})
	return token, err
}

// addToken notes whether the session that it is made in was confirmed; the shell
// (actor 0) needs none.
func (tx *Tx) addToken(actor, person, session ID, name string) (string, error) {
	tx.hush()
	many, err := value[bool](tx, "SELECT count(*) >= ? FROM api_token WHERE person_id = ? AND ended_at IS NULL", maxTokens, person)
	if err == nil && many {
		err = invalid("name", "token.limit", "Max", maxTokens)
	}
	if err != nil {
		return "", err
	}
	token := tokenPrefix + newToken()
	if err := tx.must(`INSERT INTO api_token (id, token_hash, person_id, name, created_at, confirmed)
		SELECT ?, ?, m.person_id, ?, ?, ?5 IS NULL OR EXISTS (SELECT 1 FROM session s WHERE s.id = ?6 AND s.person_id = m.person_id AND `+confirmed+`) FROM may_sign_in m WHERE m.person_id = ?7`,
		NewID(), hashToken(token), name, tx.now, actor, session, person); err != nil {
		return "", err
	}
	return token, tx.audit(actor, "token.added", person, 0, name)
}

// Tokens are the actor's, newest first.
func (s *Store) Tokens(actor Actor) ([]Token, error) {
	var list []Token
	err := s.read(func(r source) (err error) {
		list, err = all(r, func(t *Token) []any { return []any{&t.ID, &t.Name, &t.CreatedAt, &t.UsedAt} },
			"SELECT id, name, created_at, last_used_at FROM api_token WHERE person_id = ? AND ended_at IS NULL ORDER BY created_at DESC, id", actor.ID)
		return err
	})
	return list, err
}

// EndToken ends one of the actor's own: the next request with it is refused.
func (s *Store) EndToken(actor Actor, token ID) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		tx.hush()
		if err := tx.must("UPDATE api_token SET ended_at = ? WHERE id = ? AND person_id = ? AND ended_at IS NULL", tx.now, token, actor.ID); err != nil {
			return err
		}
		return tx.audit(actor.ID, "token.ended", actor.ID, 0, "")
	})
}

// looseToken is one of an owner or admin that was made without a passkey while
// they have to confirm with one.
const looseToken = "(p.role IN ('owner', 'admin') AND t.confirmed = 0 AND (SELECT value FROM setting WHERE key = 'security.passkey') = '1')"

// TokenActor is whom a token stands for. An unknown or ended one is ErrNotFound,
// like that of somebody who may not sign in any more, or who would have to confirm
// with a passkey; it is read anew each time.
func (s *Store) TokenActor(token string) (Actor, error) {
	if !strings.HasPrefix(token, tokenPrefix) {
		return Actor{}, ErrNotFound
	}
	type held struct {
		Actor
		token ID
		used  Time
	}
	var found held
	err := s.read(func(r source) (err error) {
		found, err = one(r, func(h *held) []any { return append(personFields(&h.Person), &h.token, &h.used) },
			"SELECT "+personColumns+", t.id, t.last_used_at FROM api_token t JOIN person p ON p.id = t.person_id JOIN may_sign_in m ON m.person_id = p.id WHERE t.token_hash = ? AND t.ended_at IS NULL AND NOT "+looseToken,
			hashToken(token))
		return err
	})
	if now := s.Now(); err == nil && now.Sub(found.used.Time) > usedStep {
		if failed := s.write(func(tx *Tx) error {
			tx.hush()
			return tx.run("UPDATE api_token SET last_used_at = ? WHERE id = ?", tx.now, found.token)
		}); failed != nil {
			slog.Warn("the last use of a token could not be kept", "error", failed)
		}
	}
	return found.Actor, err
}
