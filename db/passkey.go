package db

import "errors"

// Passkey is a key that a device or a password program holds for somebody.
// Credential is what its answers are checked against, as the library writes it:
// the public key, the counter, and whether the key is or may be copied elsewhere.
type Passkey struct {
	ID                ID
	CredentialID      []byte
	Name, Credential  string
	CreatedAt, UsedAt Time
}

const (
	passkeyColumns = "SELECT k.id, k.credential_id, k.name, k.credential, k.created_at, k.last_used_at FROM passkey k"
	passkeysEach   = 20
)

func passkeyFields(k *Passkey) []any {
	return []any{&k.ID, &k.CredentialID, &k.Name, &k.Credential, &k.CreatedAt, &k.UsedAt}
}

// Passkeys are the actor's own, the oldest first.
func (s *Store) Passkeys(actor Actor) ([]Passkey, error) {
	var list []Passkey
	err := s.read(func(r source) (err error) {
		list, err = all(r, passkeyFields, passkeyColumns+" WHERE k.person_id = ? ORDER BY k.created_at, k.id", actor.ID)
		return err
	})
	return list, err
}

// Keyholder is whom a passkey's answer names, if they may sign in. Nothing is
// proved by it.
func (s *Store) Keyholder(id ID) (Person, error) {
	var found Person
	err := s.read(func(r source) (err error) {
		found, err = one(r, personFields, "SELECT "+personColumns+" FROM person p JOIN may_sign_in m ON m.person_id = p.id WHERE p.id = ?", id)
		return err
	})
	return found, err
}

func (tx *Tx) mayAddPasskey(actor Actor) error {
	if err := tx.notPreview(actor); err != nil {
		return err
	}
	if err := tx.mayChangeWays(actor); err != nil {
		return err
	}
	if err := tx.mustBeFresh(actor); err != nil {
		return err
	}
	count, err := value[int](tx, "SELECT count(*) FROM passkey WHERE person_id = ?", actor.ID)
	if err == nil && count >= passkeysEach {
		err = invalid("session", "passkey.full", "Max", passkeysEach)
	}
	return err
}

// AddPasskey keeps a passkey that was just proved. It confirms the session too,
// which goes on under a new token.
func (s *Store) AddPasskey(actor Actor, key Passkey) (token string, err error) {
	name, err := passkeyName(key.Name)
	if err != nil {
		return "", err
	}
	err = s.write(func(tx *Tx) (err error) {
		if err := tx.mayAddPasskey(actor); err != nil {
			return err
		}
		if err := tx.must("INSERT INTO passkey (id, person_id, credential_id, credential, name, created_at) VALUES (?,?,?,?,?,?) ON CONFLICT DO NOTHING",
			NewID(), actor.ID, key.CredentialID, key.Credential, name, tx.now); err != nil {
			return gone(err)
		}
		if err := tx.tellWays(actor, "passkey-added"); err != nil {
			return err
		}
		token, err = tx.confirm(actor)
		return err
	})
	return token, err
}

func passkeyName(text string) (string, error) {
	name, err := cleanLine("name", text, 60)
	if err == nil && name == "" {
		err = invalid("name", "passkey.nameless")
	}
	return name, err
}

// RenamePasskey names one of the actor's own.
func (s *Store) RenamePasskey(actor Actor, id ID, text string) error {
	name, err := passkeyName(text)
	if err != nil {
		return err
	}
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		tx.hush()
		return tx.must("UPDATE passkey SET name = ? WHERE id = ? AND person_id = ?", name, id, actor.ID)
	})
}

// RemovePasskey forgets one of the actor's own: it signs in no more.
func (s *Store) RemovePasskey(actor Actor, id ID) error {
	return s.write(func(tx *Tx) error {
		if err := errors.Join(tx.notPreview(actor), tx.mayChangeWays(actor)); err != nil {
			return err
		}
		if err := tx.must("DELETE FROM passkey WHERE id = ? AND person_id = ?", id, actor.ID); err != nil {
			return err
		}
		return tx.tellWays(actor, "passkey-removed")
	})
}

// usePasskey keeps what a passkey's answer changed, its counter above all. Of two
// answers with the same counter one is a copy: the second finds nothing to change.
func (tx *Tx) usePasskey(person ID, key Passkey, after string) error {
	return gone(tx.must(`UPDATE passkey SET credential = ?, last_used_at = ? WHERE id = ? AND person_id = ? AND credential = ?
		AND EXISTS (SELECT 1 FROM may_sign_in m WHERE m.person_id = passkey.person_id)`, after, tx.now, key.ID, person, key.Credential))
}

// SignInPasskey signs in whoever has just proved a passkey; after is its
// credential as it is now. ErrGone when it was removed or used in the meantime.
func (s *Store) SignInPasskey(person ID, key Passkey, after, next, userAgent string) (token, landing string, err error) {
	err = s.write(func(tx *Tx) error {
		tx.hush()
		if err := tx.usePasskey(person, key, after); err != nil {
			return err
		}
		if token, landing, err = tx.signIn(person, 0, ownPath(next), userAgent, "passkey"); err != nil {
			return err
		}
		return tx.must("UPDATE session SET passkey_at = ? WHERE token_hash = ?", tx.now, hashToken(token))
	})
	return token, landing, err
}

// ConfirmPasskey notes that the actor has just proved a passkey in this session,
// which goes on under a new token.
func (s *Store) ConfirmPasskey(actor Actor, key Passkey, after string) (token string, err error) {
	err = s.write(func(tx *Tx) (err error) {
		if err := errors.Join(tx.notPreview(actor), tx.usePasskey(actor.ID, key, after)); err != nil {
			return err
		}
		if err := tx.audit(actor.ID, "session.confirmed", actor.ID, 0, ""); err != nil {
			return err
		}
		token, err = tx.confirm(actor)
		return err
	})
	return token, err
}
