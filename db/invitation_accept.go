package db

import "errors"

// ErrNotInvited says that an invitation was taken back, is used or too old, or
// that the address, the role or a project is not what was invited any more.
var ErrNotInvited = errors.New("the invitation does not hold any more")

// Invitation is what the page of an invitation shows to who holds its link.
type Invitation struct {
	Address, Language string
	Letter
	id ID
}

// Invitation is what a token invites to. It changes nothing: programs that scan
// mail open every link. ErrGone when it cannot be used, whatever the reason.
func (s *Store) Invitation(token string) (Invitation, error) {
	var found Invitation
	now := At(s.Now())
	err := s.read(func(r source) (err error) {
		found, err = invitationOf(r, token, now)
		return err
	})
	return found, gone(err)
}

func invitationOf(from source, token string, now Time) (Invitation, error) {
	found, err := one(from, func(i *Invitation) []any { return []any{&i.id, &i.Address, &i.Language} },
		"SELECT i.id, i.address, i.language FROM invitation i WHERE i.token_hash = ?2 AND "+openInvitation+" AND "+invitationStands, now, hashToken(token))
	if err == nil {
		found.Letter, err = one(from, letterFields, invitationLetter+" WHERE i.id = ?", found.id)
	}
	return found, err
}

// BeginJoin mails a PIN to the address that an invitation is bound to, whoever
// holds the link, and binds it to a cookie: so a forwarded mail joins nobody.
// ErrGone when the invitation cannot be used, ErrOften as for BeginSignIn.
func (s *Store) BeginJoin(token, network, oldCookie string) (cookie string, err error) {
	err = s.write(func(tx *Tx) error {
		found, err := invitationOf(tx, token, tx.now)
		if err != nil {
			return gone(err)
		}
		if err := tx.run("UPDATE invitation SET opened_at = ? WHERE id = ? AND opened_at IS NULL", tx.now, found.id); err != nil {
			return err
		}
		cookie, err = tx.beginSignIn(asked{found.Address, network, "", oldCookie, found.Language, found.id})
		return err
	})
	return cookie, err
}

// AcceptInvitation accepts at once for somebody who is signed in with the very
// address that was invited; anybody else gets ErrNotInvited. It says where to lead.
func (s *Store) AcceptInvitation(actor Actor, token string) (next string, err error) {
	err = s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		found, err := invitationOf(tx, token, tx.now)
		if err != nil {
			return gone(err)
		}
		if mine, err := value[bool](tx, "SELECT email IS ? FROM person WHERE id = ?", found.Address, actor.ID); err != nil || !mine {
			return errors.Join(err, ErrNotInvited)
		}
		if err := tx.run("UPDATE invitation SET opened_at = ? WHERE id = ? AND opened_at IS NULL", tx.now, found.id); err != nil {
			return err
		}
		_, next, err = tx.accept(found.id, "")
		return err
	})
	return next, err
}

// joining is an invitation that was just accepted.
type joining struct {
	address, name, language string
	person, company, role   ID
	host                    ID // the client who invited, 0 for the team
}

// accept joins whoever has proved the address of an invitation. Everything that
// it is bound to is asked again in the statement that uses it up: of any number
// at the same time one is accepted. Otherwise it is ErrNotInvited and nothing is
// written. next is kept, or the one project of the invitation.
func (tx *Tx) accept(invitation ID, next string) (person ID, landing string, err error) {
	j, err := one(tx, func(j *joining) []any {
		return []any{&j.address, &j.name, &j.language, &j.person, &j.company, &j.role, &j.host}
	}, "UPDATE invitation AS i SET accepted_at = ?1 WHERE i.id = ?2 AND "+openInvitation+" AND "+invitationStands+
		" RETURNING address, name, language, person_id, company_id, role_id, (SELECT p.id FROM person p WHERE p.id = invited_by AND p.side = 'client')", tx.now, invitation)
	if errors.Is(err, ErrNotFound) {
		err = ErrNotInvited
	}
	if err != nil {
		return 0, "", err
	}
	tx.quiet = false
	if err := tx.unpost(MailInvitation, invitation); err != nil {
		return 0, "", err
	}
	if j.company != 0 {
		if err := tx.joinCompany(&j, invitation); err != nil {
			return 0, "", err
		}
	}
	if err := tx.run("UPDATE invitation SET person_id = ? WHERE id = ?", j.person, invitation); err != nil {
		return 0, "", err
	}
	if err := tx.clientJoined(j.person, j.company, invitation); err != nil {
		return 0, "", err
	}
	if err := tx.touchAuthority(); err != nil || next != "" {
		return j.person, next, err
	}
	only, err := all(tx, itself[ID], "SELECT v.project_id FROM invitation_project n JOIN visible_project v ON v.project_id = n.project_id AND v.viewer_id = ? WHERE n.invitation_id = ? LIMIT 2", j.person, invitation)
	switch {
	case err != nil || len(only) != 1:
		return j.person, "", err
	case j.company != 0:
		return j.person, "/portal/projects/" + only[0].String(), nil
	}
	return j.person, "/projects/" + only[0].String(), nil
}

// joinCompany makes the person, the contact and the memberships that are not
// there yet.
func (tx *Tx) joinCompany(j *joining, invitation ID) error {
	known, err := tx.personByEmail(j.address)
	if errors.Is(err, ErrNotFound) {
		known, err = tx.addPerson(NewPerson{Email: j.address, Name: j.name, Side: Client, Language: spoken(j.language)})
	}
	if err != nil {
		return err
	}
	j.person = known.ID
	made, err := tx.makeContact(j.person, j.company, j.person, j.role, "invitation")
	if err != nil {
		return err
	}
	missing, err := all(tx, itself[ID], `SELECT n.project_id FROM invitation_project n WHERE n.invitation_id = ?
		AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.project_id = n.project_id AND m.person_id = ?)`, invitation, j.person)
	if err != nil {
		return err
	}
	for _, project := range missing {
		if err := tx.putOn(j.person, project, known, Client); err != nil {
			return err
		}
	}
	if !made {
		return nil
	}
	return tx.contactJoins(j.company, j.person, j.host)
}

// clientJoined notes that somebody has accepted an invitation to a company, to the
// team (company 0), or has registered (invitation 0), and tells the team of clients.
func (tx *Tx) clientJoined(person, company, invitation ID) error {
	kind := "invitation.accepted"
	if invitation == 0 {
		kind = "person.joined"
	}
	if err := tx.audit(person, kind, person, 0, ""); err != nil || company == 0 && invitation != 0 {
		return err
	}
	return tx.tellClientJoined(person, company)
}
