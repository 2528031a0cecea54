package db

// Mails about security tell that something happened and carry nothing to open:
// they go out also to somebody whose sessions were ended.
const (
	MailSecurity  = "security"
	MailNewDevice = "new-device"
)

// of is that a column holds one of the people (?2, a JSON list of ids), theirs
// that a row is about one of them, be it by address.
const (
	of     = " IN (SELECT value FROM json_each(?2))"
	theirs = "(person_id" + of + " OR address IN (SELECT email FROM person WHERE id" + of + "))"
)

// looks end the previews by people (?2) and through them now (?1).
var looks = []string{
	"INSERT INTO audit (at, actor_id, kind, person_id) SELECT ?1, actor_id, 'preview.ended', viewer_id FROM preview WHERE ended_at IS NULL AND expires_at > ?1 AND (actor_id" + of + " OR viewer_id" + of + ")",
	"UPDATE preview SET ended_at = ?1 WHERE ended_at IS NULL AND (actor_id" + of + " OR viewer_id" + of + ")",
}

// waysIn end every way in that people (?2) have or were promised, now (?1):
// sessions, previews, tokens, printed and mailed links, PINs, begun passkey
// ceremonies, and the mail that waits to carry any of these. Invitations are not
// among them: they may be of a company where all is well.
var waysIn = append([]string{
	"UPDATE session SET ended_at = ?1 WHERE ended_at IS NULL AND person_id" + of,
	"UPDATE api_token SET ended_at = ?1 WHERE ended_at IS NULL AND person_id" + of,
	"UPDATE way_in SET used_at = ?1 WHERE used_at IS NULL AND person_id" + of,
	"UPDATE ceremony SET used_at = ?1 WHERE used_at IS NULL AND person_id" + of,
	"UPDATE challenge SET expires_at = ?1 WHERE used_at IS NULL AND expires_at > ?1 AND " + theirs,
	`UPDATE outbox SET sealed = NULL, expires_at = ?1, failed_at = iif(sent_at IS NULL, coalesce(failed_at, ?1), NULL),
		error = iif(sent_at IS NULL AND failed_at IS NULL AND NOT EXISTS (SELECT 1 FROM may_sign_in m WHERE m.person_id = outbox.person_id), '` + MailInactive + `', error)
		WHERE (sealed IS NOT NULL OR sent_at IS NULL AND failed_at IS NULL) AND kind NOT IN ('` + MailSecurity + "', '" + MailNewDevice + "') AND " + theirs,
}, looks...)

// endAll runs statements that end something of the people or things listed (?2) now (?1).
func (tx *Tx) endAll(ids []ID, ends ...string) error {
	list, err := jsonIDs(ids)
	if err != nil {
		return err
	}
	for _, end := range ends {
		if err := tx.run(end, tx.now, list); err != nil {
			return err
		}
	}
	return nil
}

// endEverything ends every way in of a person, and the invitations that wait for
// them anywhere. What they know or hold, a password or a passkey, stays: it signs
// in nobody who may not sign in. Who ended it and why is audited by the caller.
func (tx *Tx) endEverything(person ID) error {
	if _, err := tx.endInvitations("(person_id = ?2 OR address = (SELECT email FROM person WHERE id = ?2))", person); err != nil {
		return err
	}
	if err := tx.endAll([]ID{person}, waysIn...); err != nil {
		return err
	}
	return tx.touchAuthority()
}
