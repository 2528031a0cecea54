package db

// MailIntroduction is the kind of the mail that introduces the portal to
// somebody who has joined. Its subject is a letter.
const MailIntroduction = "introduction"

// Introduce mails a letter of the team to a contact who has joined. letter is
// its text, "" the usual one.
func (s *Store) Introduce(actor Actor, company, person ID, letter string) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayInvite(actor, company, person); err != nil {
			return err
		}
		name, err := value[string](tx, "SELECT name FROM person WHERE id = ?", person)
		if err != nil {
			return err
		}
		if _, err := value[ID](tx, `SELECT p.id FROM person p JOIN may_sign_in s ON s.person_id = p.id JOIN contact c ON c.person_id = p.id AND c.company_id = ? AND c.active = 1
			WHERE p.id = ? AND p.joined_at IS NOT NULL`, company, person); err == ErrNotFound {
			return invalid("letter", "invite.not-joined", "Name", name)
		} else if err != nil {
			return err
		}
		body, err := cleanText("letter", letter, letterLimit)
		if err != nil {
			return err
		}
		sent, err := value[int](tx, "SELECT count(*) FROM letter WHERE person_id = ? AND created_at > ?", person, At(tx.now.AddDate(0, 0, -1)))
		if err == nil && sent >= invitationsPerDay {
			err = invalid("letter", "invite.often")
		}
		if err != nil {
			return err
		}
		id := NewID()
		if err := tx.run("INSERT INTO letter (id, person_id, sender_id, body, created_at) VALUES (?,?,?,?,?)", id, person, actor.ID, body, tx.now); err != nil {
			return err
		}
		if err := tx.audit(actor.ID, "letter.sent", person, 0, ""); err != nil {
			return err
		}
		return tx.post(MailIntroduction, person, id, secret{}, 0)
	})
}

// Letter is what an invitation or an introduction says besides its usual words:
// nothing that its reader could not read on their own pages.
type Letter struct {
	Text    string // as the team wrote it, "" for the usual text
	From    string // who writes, by the name that the reader knows; "" for the team as a whole
	Project string // what they are invited to, when it is one project; "" says nothing of it
	Team    bool   // to somebody of the team
	Help    bool   // the reader has a help page
}

func letterFields(l *Letter) []any { return []any{&l.Text, &l.From, &l.Project, &l.Team, &l.Help} }

// writer is the name under which client people read of whoever writes to them:
// on projects j that the reader sees and the writer is on, by the name that all
// of these show. Where they differ, or there is none, it is the team.
const writer = `(SELECT CASE WHEN count(DISTINCT coalesce(n.shown_id, '') || n.name) = 1 THEN max(CASE WHEN n.shown_id IS NOT NULL THEN n.name ELSE '' END) ELSE '' END
	FROM membership m JOIN shown_person_client n ON n.project_id = m.project_id AND n.person_id = m.person_id
	JOIN person w ON w.id = m.person_id AND w.active = 1 WHERE m.role IN ('leader', 'member')`

// invitedProjects are those of an invitation that its reader will see.
const invitedProjects = `SELECT n.project_id FROM invitation_project n JOIN project pr ON pr.id = n.project_id AND pr.archived_at IS NULL WHERE n.invitation_id = i.id
	AND (i.company_id IS NULL OR EXISTS (SELECT 1 FROM client_role_right r WHERE r.role_id = i.role_id AND r.right = 'projects'))`

const invitationLetter = `SELECT i.letter,
	CASE WHEN i.company_id IS NULL OR (SELECT side FROM person WHERE id = i.invited_by) = 'client' THEN coalesce((SELECT p.name FROM person p WHERE p.id = i.invited_by AND p.active = 1), '')
		ELSE ` + writer + ` AND m.person_id = i.invited_by AND m.project_id IN (` + invitedProjects + `)) END,
	coalesce((SELECT CASE WHEN count(*) = 1 THEN max(name) END FROM project WHERE id IN (` + invitedProjects + `)), ''),
	i.company_id IS NULL, 0 FROM invitation i`

// lettered reads what a mail has to say; who may not have it any more gets ErrNotFound.
func lettered(r source, now Time, m Mail) (Letter, error) {
	switch m.Kind {
	case MailInvitation:
		return one(r, letterFields, invitationLetter+" WHERE i.id = ?2 AND "+openInvitation+" AND "+invitationStands, now, m.Subject)
	case MailIntroduction:
		return one(r, letterFields, `SELECT l.body, `+writer+` AND m.person_id = l.sender_id
				AND m.project_id IN (SELECT v.project_id FROM visible_project_client v WHERE v.viewer_id = l.person_id)), '', 0,
			CASE WHEN EXISTS (SELECT 1 FROM visible_company_client v WHERE v.viewer_id = l.person_id)
				THEN EXISTS (SELECT 1 FROM visible_company_client v JOIN feature_company_client f ON f.company_id = v.company_id AND f.name = 'help' WHERE v.viewer_id = l.person_id)
				ELSE EXISTS (SELECT 1 FROM feature f WHERE f.scope = 'workspace' AND f.name = 'help' AND f.is_on = 1) END
			FROM letter l WHERE l.id = ?1 AND l.person_id = ?2`, m.Subject, m.To.ID)
	}
	return Letter{}, nil
}

// staleInvitation is a mail whose invitation may not be read any more: taken
// back, or no longer what was invited.
const staleInvitation = `kind = '` + MailInvitation + `' AND NOT EXISTS (SELECT 1 FROM invitation i WHERE i.id = outbox.subject_id AND ` + openInvitation + ` AND ` + invitationStands + `)`
