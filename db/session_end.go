package db

import "errors"

// Mails about security tell that something happened and carry nothing to open:
// they go out also to somebody who was just locked out.
const (
	MailSecurity  = "security"
	MailNewDevice = "new-device"
)

// endEverything ends every way in that a person has or was promised: sessions,
// looks through clients by them and through them, printed and mailed links, PINs,
// API tokens, begun passkey ceremonies, open invitations and the mail that waits
// to carry any of these. What they know or hold, a password or a passkey, stays:
// it signs in nobody who may not sign in. Who ended it and why is audited by the caller.
func (tx *Tx) endEverything(person ID) error {
	const theirs = "(person_id = ?2 OR address = (SELECT email FROM person WHERE id = ?2))"
	return errors.Join(
		tx.run("INSERT INTO audit (at, actor_id, kind, person_id) SELECT ?1, actor_id, 'preview.ended', viewer_id FROM preview WHERE ended_at IS NULL AND expires_at > ?1 AND ?2 IN (actor_id, viewer_id)", tx.now, person),
		tx.run("UPDATE preview SET ended_at = ?1 WHERE ended_at IS NULL AND ?2 IN (actor_id, viewer_id)", tx.now, person),
		tx.run("UPDATE session SET ended_at = ?1 WHERE ended_at IS NULL AND person_id = ?2", tx.now, person),
		tx.run("UPDATE way_in SET used_at = ?1 WHERE used_at IS NULL AND person_id = ?2", tx.now, person),
		tx.run("UPDATE challenge SET expires_at = ?1 WHERE used_at IS NULL AND expires_at > ?1 AND "+theirs, tx.now, person),
		tx.run("UPDATE api_token SET ended_at = ?1 WHERE ended_at IS NULL AND person_id = ?2", tx.now, person),
		tx.run("UPDATE ceremony SET used_at = ?1 WHERE used_at IS NULL AND person_id = ?2", tx.now, person),
		tx.run("UPDATE invitation SET ended_at = ?1 WHERE ended_at IS NULL AND accepted_at IS NULL AND "+theirs, tx.now, person),
		tx.run("UPDATE outbox SET sealed = NULL, expires_at = ?1 WHERE sealed IS NOT NULL AND kind NOT IN ('"+MailSecurity+"', '"+MailNewDevice+"') AND "+theirs, tx.now, person),
		tx.touchAuthority(),
	)
}
