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
	if err := tx.endAll(people, looks...); err != nil {
		return err
	}
	out, err := all(tx, itself[ID], `SELECT c.person_id FROM contact c WHERE c.company_id = ?1 AND (?2 IS NULL OR c.person_id = ?2)
		AND NOT EXISTS (SELECT 1 FROM may_sign_in m WHERE m.person_id = c.person_id)`, company, person)
	if err != nil {
		return err
	}
	return tx.endAll(out, waysIn...)
}

// ofCompany picks the invitations to a company (?2): those of a person (?3), or
// of everybody (0).
const ofCompany = "company_id = ?2 AND (?3 IS NULL OR person_id = ?3 OR address = (SELECT email FROM person WHERE id = ?3))"

// uninvite ends such invitations and the sign-ins begun with them.
func (tx *Tx) uninvite(company, person ID) error {
	ended, err := tx.endInvitations(ofCompany, company, person)
	if err != nil {
		return err
	}
	return tx.endAll(ended,
		"UPDATE outbox SET sealed = NULL, expires_at = ?1 WHERE kind = '"+MailSignIn+"' AND sealed IS NOT NULL AND subject_id IN (SELECT id FROM challenge WHERE invitation_id"+of+")",
		"UPDATE challenge SET expires_at = ?1 WHERE used_at IS NULL AND expires_at > ?1 AND invitation_id"+of)
}
