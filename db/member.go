package db

// RosterLine is a line of a project's roster.
type RosterLine struct {
	Person
	MemberRole string // leader, member or client
	ClientRole string // a client's role at the company: its name
	RoleID     ID     // that role
	RoleKey    string // and its key, "" for one of the workspace's own
	Sees       bool   // a client whose role or contact lets them see the project
	Rights     Rights // a client's, as far as they count on this project
	Far        bool   // rights of that role reach beyond the project: only admins change it
	Avatar     ID     // 0 without a picture
}

// Roster is who is on a project: leaders, members, clients.
func (v *Viewer) Roster(project ID) ([]RosterLine, error) {
	return roster(v.source, `JOIN visible_project_team v ON v.project_id = m.project_id AND v.viewer_id = ?1`, v.ID, project)
}

func roster(r source, door string, viewer, project ID) ([]RosterLine, error) {
	return all(r, func(m *RosterLine) []any {
		return append(personFields(&m.Person), &m.MemberRole, &m.ClientRole, &m.RoleID, &m.RoleKey, &m.Sees, &m.Rights, &m.Far, &m.Avatar)
	},
		"SELECT "+personColumns+`, m.role, coalesce(cr.name, ''), cr.id, coalesce(cr.key, ''), EXISTS (SELECT 1 FROM visible_project s WHERE s.viewer_id = p.id AND s.project_id = m.project_id),
		CASE WHEN c.active = 1 AND p.active = 1 AND (SELECT status FROM company WHERE id = c.company_id) = 'active' THEN `+countingRights+` ELSE '' END, `+reachesFar("cr.id")+`,
		(SELECT a.id FROM avatar a WHERE a.person_id = p.id)
		FROM membership m `+door+` JOIN person p ON p.id = m.person_id JOIN project pr ON pr.id = m.project_id
		LEFT JOIN contact c ON c.person_id = p.id AND c.company_id = pr.company_id AND m.role = 'client' LEFT JOIN client_role cr ON cr.id = c.role_id
		WHERE ?1 IS ?1 AND m.project_id = ?2 ORDER BY CASE m.role WHEN 'leader' THEN 1 WHEN 'member' THEN 2 ELSE 3 END, p.name, p.id`, viewer, project)
}

// countingRights are the rights of contact c's role that count on project m.project_id:
// one whose features are all off does not.
var countingRights = `(SELECT group_concat(right, ' ') FROM (SELECT r.right FROM client_role_right r WHERE r.role_id = c.role_id
	AND (r.right IN ('projects', 'comment') OR EXISTS (SELECT 1 FROM feature_right n JOIN feature_project_client f ON f.name = n.feature
		WHERE n.right = r.right AND f.project_id = m.project_id)) ORDER BY ` + rightOrder("r.right") + `))`

// AddMember puts somebody on a project by e-mail address. Somebody unknown
// becomes a contact of the project's company with the role Client when role is
// "client", a person of the team otherwise.
func (s *Store) AddMember(actor Actor, project ID, email, name, role string) (Person, error) {
	var added Person
	err := s.write(func(tx *Tx) (err error) {
		if err := tx.mayLead(actor, project); err != nil {
			return err
		}
		added, err = tx.addMember(actor.ID, project, email, name, role)
		return err
	})
	return added, err
}

// AddMemberFromShell does the same for whoever holds the data folder.
func (s *Store) AddMemberFromShell(project ID, email, name, role string) (Person, error) {
	var added Person
	err := s.write(func(tx *Tx) (err error) {
		added, err = tx.addMember(0, project, email, name, role)
		return err
	})
	return added, err
}

func (tx *Tx) addMember(actor, project ID, address, name, role string) (Person, error) {
	if !oneOf(role, "leader", "member", "client") {
		return Person{}, invalid("role", "choice.unknown")
	}
	email, err := NormalEmail(address)
	if err != nil {
		return Person{}, err
	}
	side := Team
	if role == "client" {
		side = Client
	}
	person, err := tx.personByEmail(email)
	if err == ErrNotFound {
		n := NewPerson{Email: email, Name: name, Side: side}
		if side == Team { // who belongs to the team is for admins to say
			n.Role = Member
			if _, err := administers(tx, Actor{Person: Person{ID: actor}}); actor != 0 && err != nil {
				return Person{}, invalid("email", "member.team-by-admins")
			}
		}
		if side == Client { // their mails are in the company's language
			if n.Language, err = value[string](tx, "SELECT coalesce((SELECT co.language FROM project pr JOIN company co ON co.id = pr.company_id WHERE pr.id = ?), '')", project); err != nil {
				return Person{}, err
			}
		}
		person, err = tx.addPerson(n)
	}
	if err != nil {
		return person, err
	}
	if person.Side != side {
		return person, invalid("email", "member.wrong-side-"+person.Side, "Name", person.Name)
	}
	if side == Client {
		if err := tx.contactOf(actor, project, person.ID); err != nil {
			return person, err
		}
	}
	if err := tx.keepsLeader(project, person.ID, role); err != nil {
		return person, err
	}
	return person, tx.putOn(actor, project, person, role)
}

// putOn puts somebody on a project, or gives another role there.
func (tx *Tx) putOn(actor, project ID, person Person, role string) error {
	before, err := tx.shownPeople(project)
	if err != nil {
		return err
	}
	known, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM membership WHERE project_id = ? AND person_id = ?)", project, person.ID)
	if err != nil {
		return err
	}
	if err := tx.run("INSERT INTO membership (project_id, person_id, role, created_at) VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET role = excluded.role",
		project, person.ID, role, tx.now); err != nil {
		return err
	}
	if err := tx.record(happened{project: project, actor: actor, kind: EventMemberAdded, internal: person.Name}); err != nil {
		return err
	}
	if err := tx.audit(actor, "member.added", person.ID, project, role); err != nil {
		return err
	}
	if !known {
		if err := tx.tellProjectAdded(actor, person.ID, project); err != nil {
			return err
		}
	}
	return tx.touchPeople(project, before)
}

// contactOf makes somebody a contact of the project's company, with the role
// Client; a project without a company gets one of its own name, which must be new:
// of two companies of one name somebody would choose the wrong one.
func (tx *Tx) contactOf(actor, project, person ID) error {
	company, err := value[ID](tx, "SELECT company_id FROM project WHERE id = ?", project)
	if err != nil {
		return err
	}
	if company == 0 {
		name, err := value[string](tx, "SELECT name FROM project WHERE id = ?", project)
		if err != nil {
			return err
		}
		if _, err := companyNamed(tx, name); err == nil {
			return invalid("email", "member.company-taken", "Name", name)
		} else if err != ErrNotFound {
			return err
		}
		company = NewID()
		if err := tx.noForeignWords("email", project, company); err != nil {
			return err
		}
		if err := tx.run("INSERT INTO company (id, name, created_at) VALUES (?,?,?)", company, name, tx.now); err != nil {
			return err
		}
		if err := tx.run("UPDATE project SET company_id = ? WHERE id = ?", company, project); err != nil {
			return err
		}
	}
	role, err := value[ID](tx, usualRole)
	if err != nil {
		return err
	}
	made, err := tx.makeContact(actor, company, person, role, "")
	if err != nil || !made {
		return err
	}
	return tx.contactJoins(company, person, 0)
}

// RemoveMember takes somebody off a project: pages, sockets and links end at once.
func (s *Store) RemoveMember(actor Actor, project, person ID) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayLead(actor, project); err != nil {
			return err
		}
		if err := tx.keepsLeader(project, person, ""); err != nil {
			return err
		}
		return tx.takeOff(actor.ID, project, person)
	})
}

// RemoveMemberFromShell does the same by address.
func (s *Store) RemoveMemberFromShell(project ID, address string) (Person, error) {
	var removed Person
	err := s.write(func(tx *Tx) (err error) {
		if removed, err = tx.personFromShell(address); err != nil {
			return err
		}
		if err := tx.keepsLeader(project, removed.ID, ""); err != nil {
			return err
		}
		return tx.takeOff(0, project, removed.ID)
	})
	return removed, err
}

// takeOff takes somebody off a project; who is not on it is ErrNotFound.
func (tx *Tx) takeOff(actor, project, person ID) error {
	before, err := tx.shownPeople(project)
	if err != nil {
		return err
	}
	if err := tx.must("DELETE FROM membership WHERE project_id = ? AND person_id = ?", project, person); err != nil {
		return err
	}
	// A colleague's invitation to their address would put them back; one of the team's holds for members only.
	if err := tx.run(`UPDATE invitation SET ended_at = ? WHERE person_id IS NULL AND accepted_at IS NULL AND ended_at IS NULL AND address = (SELECT email FROM person WHERE id = ?)
		AND EXISTS (SELECT 1 FROM invitation_project n WHERE n.invitation_id = invitation.id AND n.project_id = ?)`, tx.now, person, project); err != nil {
		return err
	}
	name, err := value[string](tx, "SELECT name FROM person WHERE id = ?", person)
	if err != nil {
		return err
	}
	if err := tx.record(happened{project: project, actor: actor, kind: EventMemberRemoved, internal: name}); err != nil {
		return err
	}
	if err := tx.audit(actor, "member.removed", person, project, ""); err != nil {
		return err
	}
	return tx.touchPeople(project, before)
}

// keepsLeader refuses to leave a project without anybody who leads it.
func (tx *Tx) keepsLeader(project, person ID, role string) error {
	if role == "leader" {
		return nil
	}
	leads, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM membership WHERE project_id = ?1 AND person_id = ?2 AND role = 'leader') AND NOT EXISTS (SELECT 1 FROM membership WHERE project_id = ?1 AND person_id <> ?2 AND role = 'leader')", project, person)
	if err == nil && leads {
		err = invalid("role", "member.last-leader")
	}
	return err
}
