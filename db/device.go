package db

import "time"

// DeviceLife is how long a browser is remembered after its last sign-in.
const DeviceLife = 365 * 24 * time.Hour

// KnowDevice remembers the browser that somebody has just signed in with, by a
// cookie that it gets anew each time: one that a stranger planted knows nobody.
// Who signed in before, but never with this browser, is told by mail.
func (s *Store) KnowDevice(actor Actor, cookie, userAgent string) (token string, err error) {
	token = newToken()
	err = s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		tx.hush()
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		type known struct{ here, elsewhere bool }
		before, err := one(tx, func(k *known) []any { return []any{&k.here, &k.elsewhere} },
			"SELECT coalesce(max(token_hash = ?), 0), count(*) > 0 FROM device WHERE person_id = ?", hashToken(cookie), actor.ID)
		if err != nil {
			return err
		}
		if err := tx.run("UPDATE device SET token_hash = ?1, last_used_at = iif(person_id = ?2, ?3, last_used_at) WHERE token_hash = ?4",
			hashToken(token), actor.ID, tx.now, hashToken(cookie)); err != nil || before.here {
			return err
		}
		if err := tx.run("INSERT INTO device (person_id, token_hash, created_at, last_used_at) VALUES (?,?,?,?)", actor.ID, hashToken(token), tx.now, tx.now); err != nil || !before.elsewhere {
			return err
		}
		return tx.post(MailNewDevice, actor.ID, actor.Session, secret{About: userAgent}, 0)
	})
	return token, err
}
