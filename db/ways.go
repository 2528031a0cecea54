package db

import (
	"errors"
	"time"
)

// What somebody can sign in with (a password, passkeys) is changed by themselves
// only, and by nobody who merely found an open browser.

// ErrUnconfirmed refuses an owner or admin who has passkeys and did not use one
// in this session, while that is asked of them.
var ErrUnconfirmed = errors.New("to be confirmed with a passkey first")

// freshFor is how long after signing in a first password or another passkey can
// be added. A password alone makes no session fresh: what guards an account is
// not added by what it replaces.
const freshFor = 10 * time.Minute

// mayChangeWays refuses sessions that have to be confirmed and could be.
func (tx *Tx) mayChangeWays(actor Actor) error {
	bound, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM session s JOIN person p ON p.id = s.person_id JOIN passkey k ON k.person_id = p.id WHERE s.id = ? AND "+unconfirmed+")", actor.Session)
	if err == nil && bound {
		err = ErrUnconfirmed
	}
	return err
}

// mustBeFresh asks to sign in again when that was long ago.
func (tx *Tx) mustBeFresh(actor Actor) error {
	fresh, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM session WHERE id = ?1 AND person_id = ?2 AND ended_at IS NULL AND (created_at > ?3 AND method <> 'password' OR passkey_at > ?3))",
		actor.Session, actor.ID, At(tx.now.Add(-freshFor)))
	if err == nil && !fresh {
		err = invalid("session", "ways.sign-in-again")
	}
	return err
}

// tellWays tells somebody by mail that what they can sign in with has changed,
// and writes it down. what is such as "password-set".
func (tx *Tx) tellWays(actor Actor, what string) error {
	if err := tx.audit(actor.ID, what, actor.ID, 0, ""); err != nil {
		return err
	}
	return tx.post(MailSecurity, actor.ID, actor.Session, secret{About: what}, 0)
}

// confirm notes that a passkey was used in this session just now. The session
// goes on under another token: whoever had copied the old one does not rise with it.
func (tx *Tx) confirm(actor Actor) (token string, err error) {
	token = newToken()
	if err := tx.must("UPDATE session SET passkey_at = ?, token_hash = ? WHERE id = ? AND person_id = ? AND ended_at IS NULL", tx.now, hashToken(token), actor.Session, actor.ID); err != nil {
		return "", err
	}
	return token, tx.touchAuthority()
}
