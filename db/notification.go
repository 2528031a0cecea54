package db

import "time"

// What people are told by mail, if they want it. What is about their own safety
// is no notification: nobody can switch that off.
const (
	MailProjectAdded     = "project-added"
	MailClientJoined     = "client-joined"
	MailColleagueInvited = "colleague-invited"
)

// newsLife is how long such a mail is worth sending.
const newsLife = 3 * 24 * time.Hour

// Notification is a kind of mail and whether somebody wants it.
type Notification struct {
	Kind string
	Mail bool
}

// Notifications are the kinds that can concern the actor: what they are asked only
// clients, answers and notes only the team; of them those who are admins or lead a project also hear of clients who join and are
// invited.
func (s *Store) Notifications(actor Actor) ([]Notification, error) {
	var list []Notification
	err := s.read(func(r source) (err error) {
		list, err = all(r, func(n *Notification) []any { return []any{&n.Kind, &n.Mail} },
			`WITH kind (name, place) AS (SELECT 'decisions', 1 UNION ALL SELECT 'replies', 2 UNION ALL SELECT 'answers', 3 UNION ALL SELECT 'notes', 4 UNION ALL SELECT 'bills', 8
				UNION ALL SELECT 'project-added', 5 UNION ALL SELECT 'client-joined', 6 UNION ALL SELECT 'colleague-invited', 7)
			SELECT k.name, coalesce(n.mail, 1) FROM person p JOIN kind k LEFT JOIN notification n ON n.person_id = p.id AND n.kind = k.name
			WHERE p.id = ? AND (k.name IN ('replies', 'project-added') OR k.name = 'bills' AND (p.side = 'team' AND (p.role IN ('owner', 'admin') OR p.bills = 1) OR EXISTS (SELECT 1 FROM may_company_client m WHERE m.viewer_id = p.id AND m.right = 'billing')) OR p.side = 'client' AND k.name = 'decisions' OR p.side = 'team' AND (k.name IN ('answers', 'notes') OR k.name NOT IN ('decisions', 'bills') AND EXISTS (SELECT 1 FROM may_lead l WHERE l.viewer_id = p.id))) ORDER BY k.place`, actor.ID)
		return err
	})
	return list, err
}

// SetNotifications stores which of the actor's kinds are wanted: those named.
func (s *Store) SetNotifications(actor Actor, wanted []string) error {
	kinds, err := s.Notifications(actor)
	if err != nil {
		return err
	}
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		tx.hush()
		for _, kind := range kinds {
			if err := tx.run("INSERT INTO notification (person_id, kind, mail) VALUES (?,?,?) ON CONFLICT DO UPDATE SET mail = excluded.mail",
				actor.ID, kind.Kind, oneOf(kind.Kind, wanted...)); err != nil {
				return err
			}
		}
		return nil
	})
}

// wantsMail is who is told of a kind (?1): whoever may sign in and did not refuse it.
const wantsMail = `SELECT m.person_id FROM may_sign_in m JOIN person p ON p.id = m.person_id
	WHERE NOT EXISTS (SELECT 1 FROM notification n WHERE n.person_id = p.id AND n.kind = ?1 AND n.mail = 0) AND `

// tellThose puts a mail into the outbox for everybody whom a condition on person p
// (with ?2) picks, who wants it and may sign in. What it says is read when it is
// sent, with the recipient's eyes.
func (tx *Tx) tellThose(kind string, subject ID, those string, arg ID) error {
	people, err := all(tx, itself[ID], wantsMail+those, kind, arg)
	if err != nil {
		return err
	}
	for _, person := range people {
		if err := tx.post(kind, person, subject, secret{}, newsLife); err != nil {
			return err
		}
	}
	return nil
}

// companysTeam are the owner, the admins and those who lead an open project of a company (?2).
const companysTeam = `p.side = 'team' AND (p.role IN ('owner', 'admin') OR EXISTS (SELECT 1 FROM membership l
	JOIN project pr ON pr.id = l.project_id AND pr.company_id = ?2 AND pr.archived_at IS NULL WHERE l.person_id = p.id AND l.role = 'leader'))`

// tellClientJoined tells the company's team that a contact has come in for the first time.
func (tx *Tx) tellClientJoined(person, company ID) error {
	return tx.tellThose(MailClientJoined, person, companysTeam, company)
}

// tellColleagueInvited tells the company's team that a client has invited somebody.
func (tx *Tx) tellColleagueInvited(invitation ID) error {
	company, err := value[ID](tx, "SELECT company_id FROM invitation WHERE id = ?", invitation)
	if err != nil {
		return err
	}
	return tx.tellThose(MailColleagueInvited, invitation, companysTeam, company)
}

// tellProjectAdded tells somebody who has been here before that a project is open
// for them: not those who added themselves, nor who is on their way in.
func (tx *Tx) tellProjectAdded(actor, person, project ID) error {
	if actor == person {
		return nil
	}
	return tx.tellThose(MailProjectAdded, project, "p.id = ?2 AND p.joined_at IS NOT NULL", person)
}
