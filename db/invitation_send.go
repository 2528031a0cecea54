package db

// letterLimit bounds, in runes, what the team writes into a mail.
const letterLimit = 5000

// InviteContact mails an invitation to a contact who has not joined. letter is
// the text of the mail, "" the usual one. What it is bound to is read here: the
// address, the role, and the projects that the actor sees. ErrDenied for people
// of the team who may not invite this contact.
func (s *Store) InviteContact(actor Actor, company, person ID, letter string) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayInvite(actor, company, person); err != nil {
			return err
		}
		return tx.inviteContact(actor.ID, company, person, letter)
	})
}

// InviteMember mails an invitation to somebody of the team who has not joined:
// admins to anybody, leaders to those on a project that they lead.
func (s *Store) InviteMember(actor Actor, person ID, letter string) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		if _, err := value[ID](tx, `SELECT p.id FROM person p WHERE p.id = ?1 AND p.side = 'team' AND (EXISTS (SELECT 1 FROM person a WHERE a.id = ?2 AND a.side = 'team' AND a.active = 1 AND a.role IN ('owner', 'admin'))
			OR EXISTS (SELECT 1 FROM may_lead l JOIN membership m ON m.project_id = l.project_id AND m.person_id = p.id AND m.role <> 'client' WHERE l.viewer_id = ?2))`, person, actor.ID); err != nil {
			return err
		}
		return tx.inviteMember(actor.ID, person, letter)
	})
}

// InviteOnProject is one of the two for somebody on a project, with the usual
// text: for those who lead the project.
func (s *Store) InviteOnProject(actor Actor, project, person ID) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayLead(actor, project); err != nil {
			return err
		}
		return tx.inviteOn(actor.ID, project, person)
	})
}

// AddAndInvite is AddMember for somebody who is also invited by mail, unless
// they have joined already: both or none of it is done.
func (s *Store) AddAndInvite(actor Actor, project ID, email, name, role string) (Person, error) {
	var added Person
	err := s.write(func(tx *Tx) (err error) {
		if err := tx.mayLead(actor, project); err != nil {
			return err
		}
		if added, err = tx.addMember(actor.ID, project, email, name, role); err != nil {
			return err
		}
		joined, err := value[bool](tx, "SELECT joined_at IS NOT NULL FROM person WHERE id = ?", added.ID)
		if err != nil || joined {
			return err
		}
		return tx.inviteOn(actor.ID, project, added.ID)
	})
	return added, err
}

// EndInvitation takes back what waits for a contact. With nothing to end it does
// nothing.
func (s *Store) EndInvitation(actor Actor, company, person ID) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayInvite(actor, company, person); err != nil {
			return err
		}
		ended, err := tx.endInvitations(ofCompany, company, person)
		if err != nil || len(ended) == 0 {
			return err
		}
		return tx.audit(actor.ID, "invitation.ended", person, 0, "")
	})
}

// mayInvite is invites for a change.
func (tx *Tx) mayInvite(actor Actor, company, person ID) error {
	if err := tx.notPreview(actor); err != nil {
		return err
	}
	return invites(tx, actor, company, person)
}

// invites lets those pass who may invite a contact. Others of the team who see
// the contact are denied (ErrDenied); for anybody else there is none (ErrNotFound).
func invites(r source, actor Actor, company, person ID) error {
	may, err := value[bool](r, `SELECT EXISTS (SELECT 1 FROM may_invite m WHERE m.viewer_id = ?1 AND m.company_id = ?2 AND m.person_id = ?3)
		FROM visible_contact_team v WHERE v.viewer_id = ?1 AND v.company_id = ?2 AND v.person_id = ?3`, actor.ID, company, person)
	if err == nil && !may {
		err = ErrDenied
	}
	return err
}

func (tx *Tx) inviteOn(actor, project, person ID) error {
	type place struct {
		role    string
		company ID
	}
	on, err := one(tx, func(p *place) []any { return []any{&p.role, &p.company} },
		"SELECT m.role, pr.company_id FROM membership m JOIN project pr ON pr.id = m.project_id WHERE m.project_id = ? AND m.person_id = ?", project, person)
	switch {
	case err != nil:
		return err
	case on.role == Client:
		return tx.inviteContact(actor, on.company, person, "")
	}
	return tx.inviteMember(actor, person, "")
}

// invited is somebody about to be invited.
type invited struct {
	invite
	open, joined bool // may sign in; has
}

func (tx *Tx) inviteContact(actor, company, person ID, letter string) error {
	to, err := one(tx, func(i *invited) []any { return []any{&i.address, &i.name, &i.language, &i.role, &i.open, &i.joined} },
		`SELECT coalesce(p.email, ''), p.name, p.language, c.role_id, c.active = 1 AND co.status = 'active' AND p.active = 1 AND p.side = 'client', p.joined_at IS NOT NULL
		FROM contact c JOIN person p ON p.id = c.person_id JOIN company co ON co.id = c.company_id WHERE c.company_id = ? AND c.person_id = ?`, company, person)
	if err != nil {
		return err
	}
	to.projects, err = all(tx, itself[ID], `SELECT v.project_id FROM visible_project_team v JOIN project pr ON pr.id = v.project_id AND pr.company_id = ?
		JOIN membership m ON m.project_id = pr.id AND m.person_id = ? AND m.role = 'client' WHERE v.viewer_id = ?`, company, person, actor)
	to.company = company
	return tx.sendInvitation(to, actor, person, letter, err)
}

func (tx *Tx) inviteMember(actor, person ID, letter string) error {
	to, err := one(tx, func(i *invited) []any {
		return []any{&i.address, &i.name, &i.language, &i.teamRole, &i.open, &i.joined}
	},
		"SELECT coalesce(email, ''), name, language, role, active = 1, joined_at IS NOT NULL FROM person WHERE id = ? AND side = 'team'", person)
	if err != nil {
		return err
	}
	to.projects, err = all(tx, itself[ID], `SELECT v.project_id FROM visible_project_team v JOIN membership m ON m.project_id = v.project_id AND m.person_id = ? AND m.role <> 'client'
		WHERE v.viewer_id = ?`, person, actor)
	return tx.sendInvitation(to, actor, person, letter, err)
}

func (tx *Tx) sendInvitation(to invited, actor, person ID, letter string, err error) error {
	if err != nil {
		return err
	}
	switch {
	case to.address == "":
		return invalid("letter", "invite.no-email", "Name", to.name)
	case !to.open:
		return invalid("letter", "invite.inactive", "Name", to.name)
	case to.joined:
		return invalid("letter", "invite.has-joined", "Name", to.name)
	}
	to.by, to.person = actor, person
	if to.letter, err = cleanText("letter", letter, letterLimit); err != nil {
		return err
	}
	_, err = tx.invite(to.invite)
	return err
}
