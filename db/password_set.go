package db

import "errors"

// SetPassword sets the actor's password. Whoever has one says it; a first one is
// set shortly after signing in. A changed one ends the actor's other sessions.
// The errors are Invalid (fields current, password, session), ErrUsePIN after too
// many wrong ones, ErrUnconfirmed and ErrBusy.
func (s *Store) SetPassword(actor Actor, current, password string) error {
	if actor.Preview != 0 {
		return ErrPreview
	}
	password, err := s.newPassword(actor, password)
	if err != nil {
		return err
	}
	return hashing.pass(func() error {
		old, err := s.trial(actor.Email, "")
		if err == nil && old.person != 0 {
			err = s.saysPassword(actor, old, current)
		}
		if err != nil {
			return err
		}
		hash, err := hashing.hash(password)
		if err != nil {
			return err
		}
		return s.write(func(tx *Tx) error { return tx.setPassword(actor, old, hash) })
	})
}

func (s *Store) saysPassword(actor Actor, old trial, current string) error {
	current, err := typedPassword("current", current)
	switch {
	case err != nil:
		return err
	case old.spent:
		return ErrUsePIN
	case !hashing.matches(current, old.hash):
		return errors.Join(s.wrongPassword(actor.Email, ""), invalid("current", "password.wrong"))
	}
	return nil
}

// setPassword finds the password as it was when the old one was said, or changes nothing.
func (tx *Tx) setPassword(actor Actor, old trial, hash string) error {
	if err := tx.mayChangeWays(actor); err != nil {
		return err
	}
	if old.person != 0 {
		if err := tx.must("UPDATE password SET hash = ?, changed_at = ? WHERE person_id = ? AND hash = ?", hash, tx.now, actor.ID, old.hash); err != nil {
			return gone(err)
		}
		if _, err := tx.endSessions(actor, others, actor.Session); err != nil {
			return err
		}
		return tx.tellWays(actor, "password-changed")
	}
	if err := tx.mustBeFresh(actor); err != nil {
		return err
	}
	if err := tx.must("INSERT INTO password (person_id, hash, changed_at) VALUES (?,?,?) ON CONFLICT DO NOTHING", actor.ID, hash, tx.now); err != nil {
		return gone(err)
	}
	return tx.tellWays(actor, "password-set")
}

// RemovePassword lets the actor sign in without one again, shortly after signing
// in by other means: so a forgotten password is replaced.
func (s *Store) RemovePassword(actor Actor) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		if err := tx.mayChangeWays(actor); err != nil {
			return err
		}
		if err := tx.mustBeFresh(actor); err != nil {
			return err
		}
		if err := tx.must("DELETE FROM password WHERE person_id = ?", actor.ID); err != nil {
			return err
		}
		return tx.tellWays(actor, "password-removed")
	})
}
