package db

import "time"

// MailInvitation is the kind of the mail that invites somebody. It carries the
// token of its link.
const MailInvitation = "invitation"

// InvitationLife is how long the link of an invitation works.
const InvitationLife = 7 * 24 * time.Hour

// invitationsPerDay keep a mailbox from being flooded by who may invite. They are
// counted by company: no client learns who else writes to an address.
const invitationsPerDay = 20

// openInvitation is one that waits: neither accepted, ended nor expired at ?1.
const openInvitation = "i.accepted_at IS NULL AND i.ended_at IS NULL AND i.expires_at > ?1"

// invitationStands is whether everything that an invitation is bound to is still
// so: the address and the side of its owner, role, projects, the company, and the
// right of a client who invites. Whatever was changed since it was sent needs
// another invitation, so that nobody joins what was not meant for them.
const invitationStands = `CASE WHEN i.company_id IS NULL THEN
		EXISTS (SELECT 1 FROM person p WHERE p.id = i.person_id AND p.email = i.address AND p.side = 'team' AND p.active = 1 AND p.role = i.team_role)
		AND NOT EXISTS (SELECT 1 FROM invitation_project n WHERE n.invitation_id = i.id
			AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.project_id = n.project_id AND m.person_id = i.person_id AND m.role IN ('leader', 'member')))
	ELSE
		EXISTS (SELECT 1 FROM company co WHERE co.id = i.company_id AND co.status = 'active')
		AND NOT EXISTS (SELECT 1 FROM person p WHERE p.email = i.address AND (p.side <> 'client' OR p.active = 0))
		AND NOT EXISTS (SELECT 1 FROM person p JOIN contact c ON c.person_id = p.id AND c.company_id = i.company_id WHERE p.email = i.address AND (c.active = 0 OR c.role_id <> i.role_id))
		AND (i.person_id IS NULL OR EXISTS (SELECT 1 FROM person p JOIN contact c ON c.person_id = p.id AND c.company_id = i.company_id WHERE p.id = i.person_id AND p.email = i.address))
		AND NOT EXISTS (SELECT 1 FROM invitation_project n JOIN project pr ON pr.id = n.project_id WHERE n.invitation_id = i.id AND (pr.company_id IS NOT i.company_id
			OR (i.person_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.project_id = n.project_id AND m.person_id = i.person_id AND m.role = 'client'))))
		AND CASE WHEN (SELECT p.side FROM person p WHERE p.id = i.invited_by) = 'client' THEN
			EXISTS (SELECT 1 FROM may_company_client m WHERE m.viewer_id = i.invited_by AND m.company_id = i.company_id AND m.right = 'company')
			AND NOT EXISTS (SELECT 1 FROM client_role_right r WHERE r.role_id = i.role_id AND NOT EXISTS (SELECT 1 FROM contact c
				JOIN client_role_right mine ON mine.role_id = c.role_id AND mine.right = r.right WHERE c.company_id = i.company_id AND c.person_id = i.invited_by))
			AND NOT EXISTS (SELECT 1 FROM invitation_project n WHERE n.invitation_id = i.id
				AND NOT EXISTS (SELECT 1 FROM visible_project_client v WHERE v.viewer_id = i.invited_by AND v.project_id = n.project_id))
		ELSE i.person_id IS NOT NULL OR EXISTS (SELECT 1 FROM person p WHERE p.id = i.invited_by AND p.side = 'team' AND p.active = 1) END
	END`

// invite is what an invitation is bound to. Client people are invited to a
// company in a role and to projects, people of the team in a team role. person
// is 0 while only an address is known.
type invite struct {
	address, name, language string
	person, company, role   ID
	teamRole                string
	by                      ID
	letter                  string // the text of the mail as the team edited it; "" is the usual one
	projects                []ID
}

// invite makes an invitation, ends the earlier ones to the same address at the
// same company, and puts the mail into the outbox.
func (tx *Tx) invite(i invite) (ID, error) {
	sent, err := value[int](tx, "SELECT count(*) FROM invitation WHERE company_id IS ? AND address = ? AND created_at > ?", i.company, i.address, At(tx.now.Add(-24*time.Hour)))
	if err == nil && sent >= invitationsPerDay {
		err = invalid("letter", "invite.often")
	}
	if err != nil {
		return 0, err
	}
	if _, err := tx.endInvitations("address = ?2 AND company_id IS ?3", i.address, i.company); err != nil {
		return 0, err
	}
	id, token := NewID(), newToken()
	if err := tx.run(`INSERT INTO invitation (id, token_hash, address, name, language, person_id, company_id, role_id, team_role, invited_by, letter, created_at, expires_at)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`, id, hashToken(token), i.address, i.name, i.language, i.person, i.company, i.role, i.teamRole, i.by, i.letter,
		tx.now, At(tx.now.Add(InvitationLife))); err != nil {
		return 0, err
	}
	projects, err := jsonIDs(i.projects)
	if err != nil {
		return 0, err
	}
	if err := tx.run("INSERT INTO invitation_project (invitation_id, project_id) SELECT ?, value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING", id, projects); err != nil {
		return 0, err
	}
	if err := tx.audit(i.by, "invitation.sent", i.person, 0, i.address); err != nil {
		return 0, err
	}
	return id, tx.postTo(MailInvitation, i.person, i.address, i.language, id, secret{Link: token}, InvitationLife)
}

// endInvitations ends those that wait and meet a condition (with the arguments
// from ?2 on), also in mails that have not gone out yet. It says which these were.
func (tx *Tx) endInvitations(which string, args ...any) (ended []ID, err error) {
	ended, err = all(tx, itself[ID], "UPDATE invitation SET ended_at = ?1 WHERE accepted_at IS NULL AND ended_at IS NULL AND "+which+" RETURNING id", append([]any{tx.now}, args...)...)
	if err != nil || len(ended) == 0 {
		return nil, err
	}
	return ended, tx.endAll(ended, "UPDATE outbox SET sealed = NULL, expires_at = ?1 WHERE kind = '"+MailInvitation+"' AND sealed IS NOT NULL AND subject_id"+of)
}
