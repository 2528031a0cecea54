package db

// What only whoever holds the data folder may ask: the command line. It needs
// no login, because the folder's owner could read every byte of it anyway.

// AddProjectFromShell makes a project that nobody leads yet.
func (s *Store) AddProjectFromShell(form ProjectForm, columns [3]string) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error { return tx.addProject(id, 0, form, plainMould(columns)) })
	return id, err
}

// AddPersonFromShell adds somebody to the team. The first owner ends the set-up
// link: there is nothing left to set up.
func (s *Store) AddPersonFromShell(n NewPerson) (Person, error) {
	var added Person
	err := s.write(func(tx *Tx) (err error) {
		if !oneOf(n.Role, Owner, Admin, Member) {
			return invalid("role", "choice.unknown")
		}
		n.Side = Team
		if added, err = tx.addPerson(n); err != nil {
			return err
		}
		if err := tx.audit(0, "person.added", added.ID, 0, n.Role); err != nil || n.Role != Owner {
			return err
		}
		return tx.endSetup()
	})
	return added, err
}

// NamedProject is a project as the command line finds it.
type NamedProject struct {
	ID            ID
	Name, Company string
	Archived      bool
}

// ProjectLine is a project on the command line's list.
type ProjectLine struct {
	NamedProject
	Status              string
	Tasks, Done, People int
}

// ProjectsFromShell lists every project, open ones first.
func (s *Store) ProjectsFromShell() ([]ProjectLine, error) {
	var list []ProjectLine
	err := s.read(func(r source) (err error) {
		list, err = all(r, func(p *ProjectLine) []any {
			return []any{&p.ID, &p.Name, &p.Company, &p.Archived, &p.Status, &p.Tasks, &p.Done, &p.People}
		}, `SELECT pr.id, pr.name, coalesce(co.name, ''), pr.archived_at IS NOT NULL, pr.status,
			(SELECT count(*) FROM task t WHERE t.project_id = pr.id AND t.archived_at IS NULL),
			(SELECT count(*) FROM task t JOIN board_column c ON c.id = t.column_id AND c.kind = 'done' WHERE t.project_id = pr.id AND t.archived_at IS NULL),
			(SELECT count(*) FROM membership m WHERE m.project_id = pr.id)
			FROM project pr LEFT JOIN company co ON co.id = pr.company_id WHERE pr.template = 0 ORDER BY pr.archived_at IS NOT NULL, pr.name, pr.id`)
		return err
	})
	return list, err
}

// ProjectsNamed are the projects of a name, or the one of an id, open ones first.
// Case does not matter.
func (s *Store) ProjectsNamed(name string) ([]NamedProject, error) {
	name, err := cleanLine("project", name, 200)
	if err != nil {
		return nil, err
	}
	id, _ := ParseID(name)
	var found []NamedProject
	err = s.read(func(r source) error {
		every, err := all(r, func(p *NamedProject) []any { return []any{&p.ID, &p.Name, &p.Company, &p.Archived} },
			`SELECT pr.id, pr.name, coalesce(co.name, ''), pr.archived_at IS NOT NULL FROM project pr LEFT JOIN company co ON co.id = pr.company_id
			WHERE pr.template = 0 ORDER BY pr.archived_at IS NOT NULL, pr.created_at, pr.id`)
		for _, p := range every {
			if p.ID == id || sameName(p.Name, name) {
				found = append(found, p)
			}
		}
		return err
	})
	return found, err
}

// RosterFromShell is who is on a project.
func (s *Store) RosterFromShell(project ID) ([]RosterLine, error) {
	var list []RosterLine
	err := s.read(func(r source) (err error) {
		list, err = roster(r, "", 0, project)
		return err
	})
	return list, err
}

// SetWorkspaceFromShell changes those settings of the workspace that are not empty.
func (s *Store) SetWorkspaceFromShell(w Workspace) error {
	return s.write(func(tx *Tx) error {
		if _, _, err := tx.manners(w.Language, w.TimeZone); err != nil {
			return err
		}
		return tx.setWorkspace(w)
	})
}

// Empty says that nobody and nothing is in the workspace yet.
func (s *Store) Empty() (bool, error) {
	var empty bool
	err := s.read(func(r source) (err error) {
		empty, err = value[bool](r, "SELECT NOT EXISTS (SELECT 1 FROM person) AND NOT EXISTS (SELECT 1 FROM project) AND NOT EXISTS (SELECT 1 FROM company)")
		return err
	})
	return empty, err
}

// Owned says that the workspace has an owner who can sign in.
func (s *Store) Owned() (bool, error) {
	var owned bool
	err := s.read(func(r source) (err error) {
		owned, err = value[bool](r, ownerExists)
		return err
	})
	return owned, err
}

// Served remembers under which address the workspace is served, so that links
// which the command line prints lead there.
func (s *Store) Served(baseURL string) error {
	return s.write(func(tx *Tx) error {
		tx.hush()
		return tx.run("INSERT INTO setting (key, value) VALUES ('served.at', ?) ON CONFLICT DO UPDATE SET value = excluded.value", baseURL)
	})
}

// ServedAt is the address that Served was last told, "" for none.
func (s *Store) ServedAt() (string, error) {
	var at string
	err := s.read(func(r source) (err error) {
		at, err = value[string](r, "SELECT coalesce((SELECT value FROM setting WHERE key = 'served.at'), '')")
		return err
	})
	return at, err
}
