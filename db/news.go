package db

import "errors"

// News is what a notification says. It is read when the mail is sent, with the
// eyes of its recipient; what these do not see any more is ErrNotFound.
type News struct {
	Project       string
	Name, Company string // who joined or was invited, and where
	By            string // who invited
}

// News reads what a mail of one of the notification kinds is about.
func (s *Store) News(m Mail) (News, error) {
	if m.Kind == MailProjectAdded && m.To.Side == Client {
		var news News
		err := s.Glass(m.To.ID, func(g *Glass) error {
			project, err := g.Project(m.Subject)
			news.Project = project.Name
			return err
		})
		return news, err
	}
	var news News
	err := s.ViewOf(m.To.ID, func(v *Viewer) (err error) {
		switch m.Kind {
		case MailProjectAdded:
			news.Project, err = value[string](v.source, "SELECT p.name FROM visible_project_team v JOIN project p ON p.id = v.project_id WHERE v.viewer_id = ? AND v.project_id = ?", v.ID, m.Subject)
		case MailClientJoined:
			news, err = v.Joined(m.Subject)
		case MailColleagueInvited:
			news, err = v.Invited(m.Subject)
		default:
			err = errors.New("no news of kind " + m.Kind)
		}
		return err
	})
	return news, err
}

// Joined is a contact of a company that the viewer may see, the newest one.
func (v *Viewer) Joined(person ID) (News, error) {
	return one(v.source, func(n *News) []any { return []any{&n.Name, &n.Company} },
		`SELECT p.name, co.name FROM visible_contact_team v JOIN contact c ON c.company_id = v.company_id AND c.person_id = v.person_id AND c.active = 1
			JOIN person p ON p.id = v.person_id JOIN company co ON co.id = v.company_id
			WHERE v.viewer_id = ? AND v.person_id = ? ORDER BY c.created_at DESC, co.name LIMIT 1`, v.ID, person)
}

// Invited is an invitation that still waits or was taken, to a company that the viewer may see.
func (v *Viewer) Invited(invitation ID) (News, error) {
	return one(v.source, func(n *News) []any { return []any{&n.Name, &n.Company, &n.By} },
		`SELECT CASE WHEN i.name <> '' THEN i.name || ' <' || i.address || '>' ELSE i.address END, co.name, coalesce(b.name, '')
			FROM visible_company_team v JOIN invitation i ON i.company_id = v.company_id AND i.ended_at IS NULL
			JOIN company co ON co.id = v.company_id LEFT JOIN person b ON b.id = i.invited_by
			WHERE v.viewer_id = ? AND i.id = ?`, v.ID, invitation)
}
