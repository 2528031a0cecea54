package db

import "time"

// CeremonyLife is how long a browser may take to answer with a passkey.
const CeremonyLife = 5 * time.Minute

// ceremoniesPerNetwork bounds what strangers can have written while none expires.
const ceremoniesPerNetwork = 60

// Kinds of ceremonies.
const (
	CeremonyRegister = "register"
	CeremonySignIn   = "sign-in"
	CeremonyConfirm  = "confirm"
)

// BeginCeremony keeps what a browser is asked to sign with a passkey and binds
// it to a cookie. The actor is nobody for signing in. ErrOften when a network
// asks too much.
func (s *Store) BeginCeremony(actor Actor, kind, network, data string) (cookie string, err error) {
	cookie = newToken()
	err = s.write(func(tx *Tx) error {
		tx.hush()
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		if kind == CeremonyRegister {
			if err := tx.mayAddPasskey(actor); err != nil {
				return err
			}
		}
		open, err := value[int](tx, "SELECT count(*) FROM ceremony WHERE network = ? AND created_at > ?", network, At(tx.now.Add(-CeremonyLife)))
		if err == nil && open >= ceremoniesPerNetwork {
			err = ErrOften
		}
		if err != nil {
			return err
		}
		return tx.run("INSERT INTO ceremony (id, cookie_hash, kind, person_id, network, data, created_at, expires_at) VALUES (?,?,?,?,?,?,?,?)",
			NewID(), hashToken(cookie), kind, actor.ID, network, data, tx.now, At(tx.now.Add(CeremonyLife)))
	})
	return cookie, err
}

// TakeCeremony returns what was kept, once: whatever becomes of the answer, it
// cannot be given again. ErrGone when it is used, too old, of another kind or
// another person's.
func (s *Store) TakeCeremony(actor Actor, kind, cookie string) (data string, err error) {
	err = s.write(func(tx *Tx) (err error) {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		tx.hush()
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		data, err = value[string](tx, "UPDATE ceremony SET used_at = ?1 WHERE cookie_hash = ?2 AND kind = ?3 AND person_id IS ?4 AND used_at IS NULL AND expires_at > ?1 RETURNING data",
			tx.now, hashToken(cookie), kind, actor.ID)
		return gone(err)
	})
	return data, err
}
