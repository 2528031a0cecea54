package db

import "time"

// ColleagueForm is whom a client invites to their own company: in which role, and
// to which of the projects that both will see.
type ColleagueForm struct {
	Email, Name string
	RoleID      ID
	Projects    []ID
}

// How many invitations the clients of one company may send within a day.
const (
	colleagueLimit = 20
	colleagueDay   = 24 * time.Hour
)

// colleagueRules is what the writer says to a client who would invite somebody.
type colleagueRules struct {
	language       string
	gives          bool // may give that role
	sees           int  // of the projects asked
	sent           int  // within a day
	already, waits bool // a colleague; invited to more than this client could give
}

// InviteColleague invites an address to a client's own company. Without the right
// "company" there, and for a project that is not theirs, ErrNotFound. Whether
// somebody has the address is neither asked nor told, except for colleagues, whom
// the client sees anyway: it is the same for the team's people, for those who were
// deactivated and for other companies' contacts.
func (s *Store) InviteColleague(actor Actor, company ID, form ColleagueForm) (ID, error) {
	var id ID
	err := s.write(func(tx *Tx) (err error) {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		email, mistaken := NormalEmail(form.Email)
		rules, err := tx.colleagueRules(actor.ID, company, form, email)
		if err == nil {
			err = mistaken
		}
		if err != nil {
			return err
		}
		name, err := cleanLine("name", form.Name, 120)
		if err == nil {
			err = rules.refuse(form)
		}
		if err != nil {
			return err
		}
		if id, err = tx.invite(invite{address: email, name: name, language: rules.language, company: company, role: form.RoleID, by: actor.ID, projects: form.Projects}); err != nil {
			return err
		}
		if err := tx.audit(actor.ID, "colleague.invited", 0, 0, company.String()+" "+id.String()); err != nil {
			return err
		}
		return tx.tellColleagueInvited(id)
	})
	return id, err
}

// colleagueRules asks everything in one statement; no row means no right there.
func (tx *Tx) colleagueRules(actor, company ID, form ColleagueForm, email string) (colleagueRules, error) {
	projects, err := jsonIDs(form.Projects)
	if err != nil {
		return colleagueRules{}, err
	}
	return one(tx, func(r *colleagueRules) []any {
		return []any{&r.language, &r.gives, &r.sees, &r.sent, &r.already, &r.waits}
	},
		`SELECT coalesce(nullif(co.language, ''), p.language),
			EXISTS (SELECT 1 FROM may_give_role_client g WHERE g.viewer_id = p.id AND g.company_id = co.id AND g.role_id = ?3),
			(SELECT count(*) FROM json_each(?4) j JOIN visible_project_client v ON v.viewer_id = p.id AND v.project_id = j.value
				JOIN project pr ON pr.id = v.project_id AND pr.company_id = co.id),
			(SELECT count(*) FROM invitation i JOIN person b ON b.id = i.invited_by AND b.side = 'client' WHERE i.company_id = co.id AND i.created_at > ?5),
			EXISTS (SELECT 1 FROM visible_contact_client v JOIN person o ON o.id = v.person_id WHERE v.viewer_id = p.id AND v.company_id = co.id AND o.email = ?6),
			EXISTS (SELECT 1 FROM visible_invitation_client v JOIN invitation i ON i.id = v.invitation_id WHERE v.viewer_id = p.id AND i.company_id = co.id AND i.address = ?6
				AND NOT EXISTS (SELECT 1 FROM may_invitation_client m WHERE m.viewer_id = p.id AND m.invitation_id = i.id))
		FROM may_company_client m JOIN person p ON p.id = m.viewer_id JOIN company co ON co.id = m.company_id
		WHERE m.viewer_id = ?1 AND m.company_id = ?2 AND m.right = 'company'`,
		actor, company, form.RoleID, projects, At(tx.now.Add(-colleagueDay)), email)
}

// refuse words what stands against an invitation.
func (r colleagueRules) refuse(form ColleagueForm) error {
	switch {
	case r.sees != len(form.Projects):
		return ErrNotFound
	case !r.gives:
		return invalid("role", "colleague.role-refused")
	case r.already:
		return invalid("email", "colleague.already")
	case r.waits:
		return invalid("email", "colleague.waits")
	case r.sent >= colleagueLimit:
		return invalid("email", "colleague.limit", "Max", colleagueLimit)
	}
	return nil
}

// InviteAgain sends an invitation of the client's company once more, with a new
// link; the earlier link ends. What the client could not have sent is ErrNotFound.
func (s *Store) InviteAgain(actor Actor, invitation ID) (ID, error) {
	var id ID
	err := s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		type earlier struct {
			invite
			sent int
		}
		again, err := one(tx, func(i *earlier) []any {
			return []any{&i.address, &i.name, &i.language, &i.person, &i.company, &i.role, &i.letter, &i.sent}
		}, `SELECT i.address, i.name, i.language, i.person_id, i.company_id, i.role_id, i.letter,
			(SELECT count(*) FROM invitation o JOIN person b ON b.id = o.invited_by AND b.side = 'client' WHERE o.company_id = i.company_id AND o.created_at > ?)
			FROM may_invitation_client m JOIN invitation i ON i.id = m.invitation_id WHERE m.viewer_id = ? AND m.invitation_id = ?`,
			At(tx.now.Add(-colleagueDay)), actor.ID, invitation)
		if err != nil {
			return err
		}
		if again.sent >= colleagueLimit {
			return invalid("again", "colleague.limit", "Max", colleagueLimit)
		}
		if again.projects, err = all(tx, itself[ID], "SELECT project_id FROM invitation_project WHERE invitation_id = ?", invitation); err != nil {
			return err
		}
		again.by = actor.ID
		if id, err = tx.invite(again.invite); err != nil {
			return err
		}
		return tx.audit(actor.ID, "colleague.invited-again", again.person, 0, again.company.String()+" "+id.String())
	})
	return id, err
}

// EndColleagueInvitation ends one that waits at the client's company: its link is dead.
func (s *Store) EndColleagueInvitation(actor Actor, invitation ID) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		ended, err := tx.endInvitations("id = ?3 AND EXISTS (SELECT 1 FROM may_invitation_client m WHERE m.viewer_id = ?2 AND m.invitation_id = invitation.id)", actor.ID, invitation)
		if err != nil {
			return err
		}
		if len(ended) == 0 {
			return ErrNotFound
		}
		return tx.audit(actor.ID, "colleague.invitation-ended", 0, 0, invitation.String())
	})
}
