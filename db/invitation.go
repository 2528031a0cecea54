package db

import "time"

// MailInvitation is the kind of the mail that invites somebody. It carries the
// token of its link.
const MailInvitation = "invitation"

// InvitationLife is how long the link of an invitation works.
const InvitationLife = 7 * 24 * time.Hour

// invite is what an invitation is bound to. Client people are invited to a
// company in a role and to projects, people of the team in a team role. person
// is 0 while only an address is known.
type invite struct {
	address, name, language string
	person, company, role   ID
	teamRole                string
	by                      ID
	letter                  string // the text of the mail, as the team edited it
	projects                []ID
}

// invite makes an invitation, ends the earlier ones to the same address at the
// same company, and puts the mail into the outbox.
func (tx *Tx) invite(i invite) (ID, error) {
	earlier, err := all(tx, itself[ID], `UPDATE invitation SET ended_at = ? WHERE address = ? AND company_id IS ? AND accepted_at IS NULL AND ended_at IS NULL RETURNING id`,
		tx.now, i.address, i.company)
	if err != nil {
		return 0, err
	}
	for _, id := range earlier {
		if err := tx.unpost(MailInvitation, id); err != nil {
			return 0, err
		}
	}
	id, token := NewID(), newToken()
	if err := tx.run(`INSERT INTO invitation (id, token_hash, address, name, language, person_id, company_id, role_id, team_role, invited_by, letter, created_at, expires_at)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`, id, hashToken(token), i.address, i.name, i.language, i.person, i.company, i.role, i.teamRole, i.by, i.letter,
		tx.now, At(tx.now.Add(InvitationLife))); err != nil {
		return 0, err
	}
	for _, project := range i.projects {
		if err := tx.run("INSERT INTO invitation_project (invitation_id, project_id) VALUES (?,?) ON CONFLICT DO NOTHING", id, project); err != nil {
			return 0, err
		}
	}
	return id, tx.postTo(MailInvitation, i.person, i.address, i.language, id, secret{Link: token}, InvitationLife)
}
