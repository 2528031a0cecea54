package db

import "time"

// How long a printed way in lasts.
const (
	SetupLife      = 7 * 24 * time.Hour
	SignInLinkLife = 15 * time.Minute
)

// SetupLink makes the one-time link with which the first owner sets the
// workspace up, and ends an earlier one. "" when there is an owner already.
func (s *Store) SetupLink() (token string, err error) {
	err = s.write(func(tx *Tx) error {
		tx.hush()
		owned, err := value[bool](tx, ownerExists)
		if err != nil || owned {
			return err
		}
		if err := tx.endSetup(); err != nil {
			return err
		}
		token = newToken()
		return tx.run("INSERT INTO way_in (id, kind, token_hash, created_at, expires_at) VALUES (?, 'setup', ?, ?, ?)",
			NewID(), hashToken(token), tx.now, At(tx.now.Add(SetupLife)))
	})
	return token, err
}

const ownerExists = "SELECT EXISTS (SELECT 1 FROM person WHERE role = 'owner')"

// endSetup ends the set-up link: there is an owner now.
func (tx *Tx) endSetup() error {
	return tx.run("UPDATE way_in SET used_at = ? WHERE kind = 'setup' AND used_at IS NULL", tx.now)
}

const (
	openWayIn = "kind = ?3 AND token_hash = ?2 AND used_at IS NULL AND expires_at > ?1"
	openSetup = openWayIn + " AND NOT EXISTS (SELECT 1 FROM person WHERE role = 'owner')"
)

// SetupOpen is nil while a set-up link can be used, else ErrGone.
func (s *Store) SetupOpen(token string) error {
	return s.read(func(r source) error {
		_, err := value[ID](r, "SELECT id FROM way_in WHERE "+openSetup, At(s.Now()), hashToken(token), "setup")
		return gone(err)
	})
}

// Setup is what the first owner says. Language and TimeZone become the
// workspace's as well.
type Setup struct{ Email, Name, Language, TimeZone, Workspace string }

// UseSetup makes the owner and signs them in. A mistake in the form leaves the
// link usable; ErrGone when it is not.
func (s *Store) UseSetup(token string, setup Setup, userAgent string) (session, next string, err error) {
	err = s.write(func(tx *Tx) error {
		if _, err := value[ID](tx, "UPDATE way_in SET used_at = ?1 WHERE "+openSetup+" RETURNING id", tx.now, hashToken(token), "setup"); err != nil {
			return gone(err)
		}
		workspace, err := cleanLine("workspace", setup.Workspace, 80)
		if err == nil && workspace == "" {
			err = invalid("workspace", "name.empty")
		}
		if err != nil {
			return err
		}
		owner, err := tx.addPerson(NewPerson{Email: setup.Email, Name: setup.Name, Side: Team, Role: Owner, Language: setup.Language, TimeZone: setup.TimeZone})
		if err != nil {
			return err
		}
		if err := tx.setWorkspace(Workspace{Name: workspace, Language: owner.Language, TimeZone: owner.TimeZone}); err != nil {
			return err
		}
		session, next, err = tx.signIn(owner.ID, 0, "", userAgent, "setup")
		return err
	})
	return session, next, err
}

// SignInLink makes a one-time link for somebody, for whoever holds the data
// folder. ErrNotFound when nobody active has the address.
func (s *Store) SignInLink(address string) (token string, err error) {
	email, err := NormalEmail(address)
	if err != nil {
		return "", err
	}
	err = s.write(func(tx *Tx) error {
		tx.hush()
		token = newToken()
		if err := tx.must(`INSERT INTO way_in (id, kind, token_hash, person_id, created_at, expires_at)
			SELECT ?, 'sign-in', ?, id, ?, ? FROM person JOIN may_sign_in m ON m.person_id = person.id WHERE email = ?`,
			NewID(), hashToken(token), tx.now, At(tx.now.Add(SignInLinkLife)), email); err != nil {
			return err
		}
		return tx.run("INSERT INTO audit (at, kind, person_id) SELECT ?, 'sign-in.link', id FROM person WHERE email = ?", tx.now, email)
	})
	if err != nil {
		token = ""
	}
	return token, err
}

// WayIn is whom a printed link would sign in; it changes nothing. ErrGone when it
// cannot be used.
func (s *Store) WayIn(token string) (Person, error) {
	var found Person
	err := s.read(func(r source) (err error) {
		found, err = one(r, personFields, "SELECT "+personColumns+` FROM person p JOIN may_sign_in m ON m.person_id = p.id
			WHERE p.id = (SELECT person_id FROM way_in WHERE `+openWayIn+")", At(s.Now()), hashToken(token), "sign-in")
		return gone(err)
	})
	return found, err
}

// UseSignInLink signs in with a printed link, once.
func (s *Store) UseSignInLink(token, userAgent string) (session, next string, err error) {
	err = s.write(func(tx *Tx) error {
		tx.hush()
		person, err := value[ID](tx, "UPDATE way_in SET used_at = ?1 WHERE "+openWayIn+
			" AND EXISTS (SELECT 1 FROM may_sign_in m WHERE m.person_id = way_in.person_id) RETURNING person_id", tx.now, hashToken(token), "sign-in")
		if err == nil {
			session, next, err = tx.signIn(person, 0, "", userAgent, "signin-link")
		}
		return gone(err)
	})
	return session, next, err
}
