package db

// shutOut ends what contacts of a company have in hand to come in by, after a
// change that may have taken their access away: person says whose, 0 everybody's.
// Invitations to the company and looks through its contacts end in any case; the
// rest where somebody may not sign in any more, as they may who are active
// contacts of another company. Nothing of this comes back.
func (tx *Tx) shutOut(company, person ID) error {
	if err := tx.uninvite(company, person); err != nil {
		return err
	}
	people, err := all(tx, itself[ID], "SELECT person_id FROM contact WHERE company_id = ?1 AND (?2 IS NULL OR person_id = ?2)", company, person)
	if err != nil {
		return err
	}
	if err := tx.endAll(people, "UPDATE preview SET ended_at = ?1 WHERE ended_at IS NULL AND viewer_id IN (SELECT value FROM json_each(?2))"); err != nil {
		return err
	}
	out, err := all(tx, itself[ID], `SELECT c.person_id FROM contact c WHERE c.company_id = ?1 AND (?2 IS NULL OR c.person_id = ?2)
		AND NOT EXISTS (SELECT 1 FROM may_sign_in m WHERE m.person_id = c.person_id)`, company, person)
	if err != nil {
		return err
	}
	return tx.endAll(out, waysIn...)
}

// waysIn end sessions, tokens, links, begun sign-ins and what waits to be mailed
// of people (?2) now (?1).
var waysIn = []string{
	"UPDATE session SET ended_at = ?1 WHERE ended_at IS NULL AND person_id IN (SELECT value FROM json_each(?2))",
	"UPDATE api_token SET ended_at = ?1 WHERE ended_at IS NULL AND person_id IN (SELECT value FROM json_each(?2))",
	"UPDATE way_in SET used_at = ?1 WHERE used_at IS NULL AND person_id IN (SELECT value FROM json_each(?2))",
	"UPDATE challenge SET expires_at = ?1 WHERE used_at IS NULL AND expires_at > ?1 AND person_id IN (SELECT value FROM json_each(?2))",
	"UPDATE ceremony SET used_at = ?1 WHERE used_at IS NULL AND person_id IN (SELECT value FROM json_each(?2))",
	"UPDATE outbox SET failed_at = ?1, error = '" + MailInactive + "', sealed = NULL WHERE sent_at IS NULL AND failed_at IS NULL AND person_id IN (SELECT value FROM json_each(?2))",
	"UPDATE outbox SET sealed = NULL, expires_at = ?1 WHERE sealed IS NOT NULL AND person_id IN (SELECT value FROM json_each(?2))",
}

func (tx *Tx) endAll(people []ID, ends ...string) error {
	list, err := jsonIDs(people)
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

// uninvite ends the invitations to a company that wait, and the sign-ins begun
// with them: those of a person, or of everybody (0).
func (tx *Tx) uninvite(company, person ID) error {
	invitations, err := all(tx, itself[ID], `UPDATE invitation SET ended_at = ?1 WHERE company_id = ?2 AND accepted_at IS NULL AND ended_at IS NULL
		AND (?3 IS NULL OR person_id = ?3 OR address = (SELECT email FROM person WHERE id = ?3)) RETURNING id`, tx.now, company, person)
	if err != nil {
		return err
	}
	return tx.endAll(invitations,
		"UPDATE outbox SET sealed = NULL, expires_at = ?1 WHERE kind = '"+MailInvitation+"' AND sealed IS NOT NULL AND subject_id IN (SELECT value FROM json_each(?2))",
		"UPDATE outbox SET sealed = NULL, expires_at = ?1 WHERE kind = '"+MailSignIn+`' AND sealed IS NOT NULL
			AND subject_id IN (SELECT id FROM challenge WHERE invitation_id IN (SELECT value FROM json_each(?2)))`,
		"UPDATE challenge SET expires_at = ?1 WHERE used_at IS NULL AND expires_at > ?1 AND invitation_id IN (SELECT value FROM json_each(?2))")
}
