package db

// Connection makes somebody who registered a contact of a company: Company and
// Role are ids, Project is one of the company's projects or "".
type Connection struct{ Company, Role, Project string }

// Connectable is what a connection can be made of.
type Connectable struct {
	Companies []PersonCompany // active ones; Role is empty
	Roles     []PersonCompany // ID and Role
	Projects  []PersonProject // Role is the company's name
}

// Connectable lists it for owner and admins.
func (s *Store) Connectable(actor Actor) (Connectable, error) {
	var c Connectable
	err := s.read(func(r source) error {
		if _, err := administers(r, actor); err != nil {
			return err
		}
		var err error
		if c.Companies, err = all(r, func(o *PersonCompany) []any { return []any{&o.ID, &o.Name} },
			"SELECT id, name FROM company WHERE status = 'active' ORDER BY name, id"); err != nil {
			return err
		}
		if c.Roles, err = all(r, func(o *PersonCompany) []any { return []any{&o.ID, &o.Role, &o.RoleKey} },
			"SELECT id, name, coalesce(key, '') FROM client_role ORDER BY key IS NULL, id"); err != nil {
			return err
		}
		c.Projects, err = all(r, func(o *PersonProject) []any { return []any{&o.ID, &o.Name, &o.Role} },
			`SELECT pr.id, pr.name, co.name FROM project pr JOIN company co ON co.id = pr.company_id AND co.status = 'active'
			WHERE pr.archived_at IS NULL ORDER BY co.name, co.id, pr.name, pr.id`)
		return err
	})
	return c, err
}

// ConnectClient connects somebody who belongs to no company yet; owner and admins
// only. A company whose contacts join all its projects takes them onto all of them.
func (s *Store) ConnectClient(actor Actor, id ID, c Connection) error {
	return s.write(func(tx *Tx) error {
		boss, person, err := tx.governed(actor, id)
		if err != nil {
			return err
		}
		if person.Side != Client {
			return ErrNotFound
		}
		connected, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM contact WHERE person_id = ?)", id)
		if err != nil {
			return err
		}
		if connected {
			return invalid("company", "team-people.connected-already", "Name", person.Name)
		}
		return tx.connect(boss.ID, person, c)
	})
}

func (tx *Tx) connect(actor ID, person Person, c Connection) error {
	company, _ := ParseID(c.Company)
	if there, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM company WHERE id = ? AND status = 'active')", company); err != nil || !there {
		return orInvalid(err, "company", "team-people.no-company")
	}
	role, _ := ParseID(c.Role)
	if there, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM client_role WHERE id = ?)", role); err != nil || !there {
		return orInvalid(err, "role", "role.unknown")
	}
	var chosen ID
	if c.Project != "" {
		chosen, _ = ParseID(c.Project)
		if there, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM project WHERE id = ? AND company_id = ? AND archived_at IS NULL)", chosen, company); err != nil || !there {
			return orInvalid(err, "project", "team-people.no-project")
		}
	}
	if _, err := tx.addContact(actor, company, ContactForm{Name: person.Name, Email: person.Email, RoleID: role}); err != nil || chosen == 0 {
		return err
	}
	on, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM membership WHERE project_id = ? AND person_id = ?)", chosen, person.ID)
	if err != nil || on { // by joining all of the company's
		return err
	}
	return tx.putOn(actor, chosen, person, Client)
}

// orInvalid is what went wrong, or that the field's value is none.
func orInvalid(err error, field, key string) error {
	if err != nil {
		return err
	}
	return invalid(field, key)
}
