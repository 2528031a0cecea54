package db

import (
	"errors"
	"net/url"
	"path"
	"strings"
	"unicode"
)

const openChallenge = "used_at IS NULL AND expires_at > ?1 AND tries < 5"

// Challenge is the sign-in that a browser began, as its PIN page shows it.
func (s *Store) Challenge(cookie string) (Challenge, error) {
	var found Challenge
	err := s.read(func(r source) (err error) {
		found, err = challengeOf(r, cookie, At(s.Now()))
		return err
	})
	return found, err
}

func challengeOf(from source, cookie string, now Time) (Challenge, error) {
	return one(from, func(c *Challenge) []any {
		return []any{&c.id, &c.Address, &c.Next, &c.Language, &c.LinkOnly, &c.Open}
	},
		"SELECT id, address, next, language, pin_hash IS NULL, "+openChallenge+" FROM challenge WHERE cookie_hash = ?2 AND used_at IS NULL", now, hashToken(cookie))
}

// admits says of a challenge c whether the one who proves the address gets in:
// somebody who may sign in, who was invited (what the invitation is bound to is
// checked when it is accepted), or who registers at an address that nobody has.
const admits = `(c.invitation_id IS NOT NULL OR EXISTS (SELECT 1 FROM may_sign_in m WHERE m.person_id = c.person_id)
	OR (c.registers = 1 AND (` + registrationIsOn + `) AND NOT EXISTS (SELECT 1 FROM person p WHERE p.email = c.address AND NOT EXISTS (SELECT 1 FROM may_sign_in m WHERE m.person_id = p.id))))`

// met is a challenge that was answered rightly.
type met struct {
	id, person, invitation  ID
	address, next, language string
	registers               bool
}

func metFields(m *met) []any {
	return []any{&m.id, &m.person, &m.invitation, &m.address, &m.next, &m.language, &m.registers}
}

const metColumns = "id, person_id, invitation_id, address, next, language, registers"

// TryPIN signs in with the PIN of the mail, in the browser that asked for it.
// Of any number of right PINs at the same time one gets the session. The errors
// are Invalid (not six digits: not counted), WrongPIN, ErrUseLink, ErrGone, and
// ErrNotInvited when the invitation that it was to accept no longer holds.
func (s *Store) TryPIN(cookie, pin, userAgent string) (token, next string, err error) {
	pin, err = cleanPIN(pin)
	if err != nil {
		return "", "", err
	}
	var refused error
	err = s.write(func(tx *Tx) (err error) {
		tx.hush()
		token, next, refused, err = tx.tryPIN(cookie, pin, userAgent)
		return err
	})
	if err == nil {
		err = refused
	}
	return token, next, err
}

// tryPIN answers a wrong PIN as refused and not as an error, which would take
// the count back.
func (tx *Tx) tryPIN(cookie, pin, userAgent string) (token, next string, refused, err error) {
	challenge, err := challengeOf(tx, cookie, tx.now)
	if errors.Is(err, ErrNotFound) || err == nil && !challenge.Open {
		return "", "", ErrGone, nil
	}
	if err != nil {
		return "", "", nil, err
	}
	type outcome struct {
		met
		right bool
		tries int
	}
	const right = "c.pin_hash = ?3 AND " + admits
	tried, err := one(tx, func(o *outcome) []any { return append(metFields(&o.met), &o.right, &o.tries) },
		`UPDATE challenge AS c SET used_at = iif(`+right+`, ?1, NULL), tries = tries + iif(`+right+`, 0, 1)
		WHERE id = ?2 AND pin_hash IS NOT NULL AND `+openChallenge+`
			AND (SELECT sum(w.tries) FROM challenge w WHERE w.address = c.address AND w.created_at > ?4) < ?5
		RETURNING `+metColumns+`, used_at IS NOT NULL, tries`,
		tx.now, challenge.id, tx.store.keyed(challenge.id.String(), pin), tx.guessesSince(), guessesCompared)
	switch {
	case errors.Is(err, ErrNotFound):
		return "", "", ErrUseLink, nil
	case err != nil:
		return "", "", nil, err
	case !tried.right:
		return "", "", &WrongPIN{Left: pinTries - tried.tries}, nil
	}
	return tx.enter(tried.met, userAgent, "pin")
}

// enter signs in who has met a challenge: accepts the invitation or makes the
// account that it was begun for.
func (tx *Tx) enter(m met, userAgent, how string) (token, next string, refused, err error) {
	if err := tx.unpostPIN(m.id); err != nil {
		return "", "", nil, err
	}
	switch {
	case m.invitation != 0:
		if m.person, m.next, err = tx.accept(m.invitation, m.next); errors.Is(err, ErrNotInvited) {
			return "", "", ErrNotInvited, nil
		}
	case m.person == 0:
		// Somebody may have been added, or have registered, since the mail was asked for.
		if m.person, err = value[ID](tx, "SELECT id FROM person WHERE email = ?", m.address); errors.Is(err, ErrNotFound) {
			m.person, err = tx.register(m.address, m.language)
		}
	}
	if err != nil {
		return "", "", nil, err
	}
	fresh, err := value[bool](tx, "SELECT joined_at IS NULL FROM person WHERE id = ?", m.person)
	if err != nil {
		return "", "", nil, err
	}
	token, next, err = tx.signIn(m.person, 0, m.next, userAgent, how)
	if fresh && (m.invitation != 0 || m.registers) {
		next = welcome(m.next)
	}
	return token, next, nil, err
}

// welcome is where somebody new says who they are; it leads on to next.
func welcome(next string) string {
	if next == "" {
		return "/welcome"
	}
	return "/welcome?next=" + url.QueryEscape(next)
}

// cleanPIN takes a PIN as people type and paste it.
func cleanPIN(text string) (string, error) {
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' {
			return -1
		}
		return r
	}, text)
	if len(text) != 6 || strings.Trim(text, "0123456789") != "" {
		return "", invalid("pin", "pin.empty")
	}
	return text, nil
}

// LinkPage is whom a mailed link would sign in. It changes nothing: programs that
// scan mail open every link. ErrGone when it cannot be used, whatever the reason.
func (s *Store) LinkPage(token string) (Challenge, error) {
	var found Challenge
	err := s.read(func(r source) (err error) {
		found, err = one(r, func(c *Challenge) []any { return []any{&c.Address, &c.Next, &c.Language} },
			"SELECT c.address, c.next, c.language FROM challenge c WHERE c.link_hash = ? AND c.used_at IS NULL AND c.expires_at > ? AND "+admits,
			hashToken(token), At(s.Now()))
		return err
	})
	return found, gone(err)
}

// UseLink signs in with a mailed link, in any browser and also after wrong PINs.
// Link and PIN are used up together. ErrGone, or ErrNotInvited as for TryPIN.
func (s *Store) UseLink(token, userAgent string) (session, next string, err error) {
	var refused error
	err = s.write(func(tx *Tx) error {
		tx.hush()
		link, err := one(tx, metFields, `UPDATE challenge AS c SET used_at = ?1 WHERE link_hash = ?2 AND used_at IS NULL AND expires_at > ?1
			AND `+admits+` RETURNING `+metColumns, tx.now, hashToken(token))
		if err == nil {
			session, next, refused, err = tx.enter(link, userAgent, "link")
		}
		return err
	})
	if err == nil {
		err = refused
	}
	return session, next, gone(err)
}

// gone makes what cannot be found a thing that is no longer valid: of a secret
// nobody learns whether it ever was.
func gone(err error) error {
	if errors.Is(err, ErrNotFound) {
		return ErrGone
	}
	return err
}

// signIn begins a session after a challenge (0: another way in) was met.
func (tx *Tx) signIn(person, challenge ID, next, userAgent, how string) (token, landing string, err error) {
	if challenge != 0 {
		if err := tx.unpostPIN(challenge); err != nil {
			return "", "", err
		}
	}
	side, err := value[string](tx, "SELECT side FROM person WHERE id = ?", person)
	if err != nil {
		return "", "", err
	}
	if err := tx.audit(person, "session.begun", person, 0, how); err != nil {
		return "", "", err
	}
	if err := tx.run("UPDATE person SET joined_at = ? WHERE id = ? AND joined_at IS NULL", tx.now, person); err != nil {
		return "", "", err
	}
	token, err = tx.startSession(person, userAgent, how)
	switch {
	case next != "":
		return token, next, err
	case side == Client:
		return token, "/portal", err
	}
	return token, "/projects", err
}

// OwnPath is a path of this site to lead to, or another one when it is none.
func OwnPath(next, otherwise string) string {
	if next = ownPath(next); next == "" {
		return otherwise
	}
	return next
}

// ownPath keeps next only when it is a plain path of this site; anything that a
// browser could read as another address becomes "".
func ownPath(next string) string {
	if len(next) < 2 || len(next) > 500 || next[0] != '/' || next[1] == '/' || strings.ContainsFunc(next, func(r rune) bool {
		return r == '\\' || r <= ' ' || r == 0x7f || r == unicode.ReplacementChar || unicode.IsControl(r) || unicode.IsSpace(r)
	}) {
		return ""
	}
	to, err := url.Parse(next)
	if err != nil || to.Scheme != "" || to.Host != "" || to.User != nil || to.Opaque != "" {
		return ""
	}
	clean := path.Clean(to.Path)
	if clean != strings.TrimSuffix(to.Path, "/") || strings.ContainsFunc(to.Path, func(r rune) bool { return r == '\\' || unicode.IsControl(r) }) || strings.HasPrefix(clean, "/sign-") {
		return ""
	}
	return next
}
