package db

import (
	"errors"
	"time"

	"github.com/alexedwards/argon2id"
)

// A password is optional; the PIN always works. So whoever tries passwords can
// keep nobody out: after a number of wrong ones only the PIN is taken.
const (
	passwordTries        = 10 // wrong ones for an address in a day, whether anybody has it or not
	passwordWindow       = 24 * time.Hour
	passwordNetworkTries = 20 // wrong ones from a network in an hour
	networkWindow        = time.Hour
)

// passwordCost is OWASP's choice for Argon2id: 19 MiB, two passes, one lane
// (Password Storage Cheat Sheet).
var passwordCost = argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// nobodysPassword is compared with where there is no password, so that it takes
// the same work. It is the hash of nothing: no text is known to give this key.
const nobodysPassword = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// ErrUsePIN refuses every password for an address, or from a network, for a while.
var ErrUsePIN = errors.New("only a PIN or a passkey can be used")

// ErrWrongPassword is one answer to a wrong password, to an address without a
// password and to one that nobody has.
var ErrWrongPassword = errors.New("the address or the password is wrong")

// trial is what stands before a comparison.
type trial struct {
	person ID
	hash   string
	spent  bool // too many wrong ones
}

func (s *Store) trial(email, network string) (trial, error) {
	now, found := s.Now(), trial{}
	err := s.read(func(r source) (err error) {
		found, err = one(r, func(t *trial) []any { return []any{&t.person, &t.hash, &t.spent} },
			`SELECT p.person_id, coalesce(p.hash, ?4), (SELECT count(*) FROM password_try WHERE address = ?1 AND at > ?2) >= ?5
				OR ?6 <> '' AND (SELECT count(*) FROM password_try WHERE network = ?6 AND at > ?3) >= ?7
			FROM (SELECT 1) LEFT JOIN (SELECT w.person_id, w.hash FROM password w JOIN may_sign_in m ON m.person_id = w.person_id JOIN person p ON p.id = w.person_id WHERE p.email = ?1) p`,
			email, At(now.Add(-passwordWindow)), At(now.Add(-networkWindow)), nobodysPassword, passwordTries, network, passwordNetworkTries)
		return err
	})
	return found, err
}

// SignInPassword signs in with an address and its password. The work is the same
// whether anybody has the address or not. The errors are Invalid (nothing was
// compared), ErrWrongPassword, ErrUsePIN and ErrBusy.
func (s *Store) SignInPassword(address, password, network, next, userAgent string) (token, landing string, err error) {
	email, err := NormalEmail(address)
	if err != nil {
		return "", "", err
	}
	if password, err = typedPassword("password", password); err != nil {
		return "", "", err
	}
	err = hashing.pass(func() error {
		found, err := s.trial(email, network)
		if err == nil && found.spent {
			err = ErrUsePIN
		}
		if err != nil {
			return err
		}
		if right := hashing.matches(password, found.hash); !right || found.person == 0 {
			return errors.Join(s.wrongPassword(email, network), ErrWrongPassword)
		}
		return s.write(func(tx *Tx) (err error) {
			tx.hush()
			token, landing, err = tx.signInPassword(found, email, network, ownPath(next), userAgent)
			return err
		})
	})
	return token, landing, err
}

func (s *Store) wrongPassword(email, network string) error {
	return s.write(func(tx *Tx) error {
		tx.hush()
		return tx.run("INSERT INTO password_try (id, address, network, at) VALUES (?,?,?,?)", NewID(), email, network, tx.now)
	})
}

// signInPassword asks again whether it is still their password, and forgives
// what was mistyped from here.
func (tx *Tx) signInPassword(found trial, email, network, next, userAgent string) (token, landing string, err error) {
	if _, err := value[ID](tx, "SELECT w.person_id FROM password w JOIN may_sign_in m ON m.person_id = w.person_id WHERE w.person_id = ? AND w.hash = ?", found.person, found.hash); err != nil {
		if errors.Is(err, ErrNotFound) {
			err = ErrWrongPassword
		}
		return "", "", err
	}
	if err := tx.run("DELETE FROM password_try WHERE address = ? AND network = ?", email, network); err != nil {
		return "", "", err
	}
	return tx.signIn(found.person, 0, next, userAgent, "password")
}

// PasswordSince is when the actor last changed their password; zero without one.
func (s *Store) PasswordSince(actor Actor) (Time, error) {
	var since Time
	err := s.read(func(r source) (err error) {
		since, err = value[Time](r, "SELECT (SELECT changed_at FROM password WHERE person_id = ?)", actor.ID)
		return err
	})
	return since, err
}
