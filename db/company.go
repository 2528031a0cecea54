package db

// States of a company. Contacts of one that is not active see nothing and cannot sign in.
const (
	CompanyActive   = "active"
	CompanyInactive = "inactive"
	CompanyArchived = "archived"
)

// CompanyLine is what the team knows of a company. Address and VATNumber are for
// invoices; Language and Currency are "" for the workspace's own; nothing but the
// name is ever shown to clients. Contacts counts the active ones, Projects the
// open ones of those that the reader sees.
type CompanyLine struct {
	ID                                        ID
	Name, Status, Address, Country, VATNumber string
	Language, Currency, Notes, PrimaryName    string
	JoinsAll                                  bool // its contacts join all its projects
	Version                                   int64
	CreatedAt                                 Time
	Contacts, Projects                        int
}

const companyColumns = `co.id, co.name, co.status, co.address, co.country, co.vat_number, co.language, co.currency, co.internal_notes, co.joins_all, co.version, co.created_at,
	coalesce((SELECT p.name FROM contact c JOIN person p ON p.id = c.person_id WHERE c.company_id = co.id AND c.is_primary = 1 LIMIT 1), ''),
	(SELECT count(*) FROM contact c WHERE c.company_id = co.id AND c.active = 1), `

func companyFields(c *CompanyLine) []any {
	return []any{&c.ID, &c.Name, &c.Status, &c.Address, &c.Country, &c.VATNumber, &c.Language, &c.Currency, &c.Notes, &c.JoinsAll, &c.Version, &c.CreatedAt,
		&c.PrimaryName, &c.Contacts, &c.Projects}
}

const companiesSeen = "SELECT " + companyColumns + `(SELECT count(*) FROM project pr JOIN visible_project_team s ON s.project_id = pr.id AND s.viewer_id = ?1
		WHERE pr.company_id = co.id AND pr.archived_at IS NULL)
	FROM visible_company_team v JOIN company co ON co.id = v.company_id WHERE v.viewer_id = ?1`

// Companies lists the viewer's companies: every one for admins, those of their
// projects for members. Active ones come first.
func (v *Viewer) Companies() ([]CompanyLine, error) {
	return all(v.source, companyFields, companiesSeen+" ORDER BY co.status = 'archived', co.status = 'inactive', co.name COLLATE NOCASE, co.id", v.ID)
}

// Company is one of them.
func (v *Viewer) Company(id ID) (CompanyLine, error) {
	return one(v.source, companyFields, companiesSeen+" AND v.company_id = ?2", v.ID, id)
}

// CompanyProject is a project of a company as its pages list it. On says that the
// contact whom the list is about is on it, Leads that the viewer may change that.
type CompanyProject struct {
	ID           ID
	Name, Status string
	ArchivedAt   Time
	Leads, On    bool
}

// CompanyProjects are the projects of a company that the viewer sees, and whether
// a contact (0: nobody) is on them.
func (v *Viewer) CompanyProjects(company, person ID) ([]CompanyProject, error) {
	return all(v.source, func(p *CompanyProject) []any { return []any{&p.ID, &p.Name, &p.Status, &p.ArchivedAt, &p.Leads, &p.On} },
		`SELECT pr.id, pr.name, pr.status, pr.archived_at, EXISTS (SELECT 1 FROM may_lead l WHERE l.viewer_id = v.viewer_id AND l.project_id = pr.id),
			EXISTS (SELECT 1 FROM membership m WHERE m.project_id = pr.id AND m.person_id = ? AND m.role = 'client')
		FROM visible_project_team v JOIN project pr ON pr.id = v.project_id
		WHERE v.viewer_id = ? AND pr.company_id = ? ORDER BY pr.archived_at IS NOT NULL, pr.name COLLATE NOCASE, pr.id`, person, v.ID, company)
}

// companyNamed finds a company by its name, in any case of any script, or by its id.
func companyNamed(r source, name string) (ID, error) {
	asked, _ := ParseID(name)
	type named struct {
		id   ID
		name string
	}
	every, err := all(r, func(n *named) []any { return []any{&n.id, &n.name} }, "SELECT id, name FROM company ORDER BY status = 'archived', created_at, id")
	if err != nil {
		return 0, err
	}
	for _, one := range every {
		if sameName(one.name, name) || one.id == asked {
			return one.id, nil
		}
	}
	return 0, ErrNotFound
}

const companiesFromShell = "SELECT " + companyColumns + `(SELECT count(*) FROM project pr WHERE pr.company_id = co.id AND pr.archived_at IS NULL) FROM company co`

// CompaniesFromShell lists every company, for whoever holds the data folder.
func (s *Store) CompaniesFromShell() ([]CompanyLine, error) {
	var list []CompanyLine
	err := s.read(func(r source) (err error) {
		list, err = all(r, companyFields, companiesFromShell+" ORDER BY co.status = 'archived', co.status = 'inactive', co.name COLLATE NOCASE, co.id")
		return err
	})
	return list, err
}

// mayEditCompany lets owner and admins pass. Whoever of the team sees the company
// is denied; for anybody else it does not exist. company is 0 for a new one.
func (tx *Tx) mayEditCompany(actor Actor, company ID) error {
	if err := tx.notPreview(actor); err != nil {
		return err
	}
	type rank struct{ seen, admin bool }
	r, err := one(tx, func(r *rank) []any { return []any{&r.seen, &r.admin} },
		`SELECT ?2 IS NULL OR EXISTS (SELECT 1 FROM visible_company_team v WHERE v.viewer_id = p.id AND v.company_id = ?2), p.role IN ('owner', 'admin')
		FROM person p WHERE p.id = ?1 AND p.side = 'team' AND p.active = 1`, actor.ID, company)
	switch {
	case err != nil:
		return err
	case !r.seen:
		return ErrNotFound
	case !r.admin:
		return ErrDenied
	}
	return nil
}

// auditCompany is audit for what was done about a company, or about a contact of it.
func (tx *Tx) auditCompany(actor ID, kind string, company, person, project ID, detail string) error {
	return tx.run("INSERT INTO audit (at, actor_id, kind, company_id, person_id, project_id, detail) VALUES (?,?,?,?,?,?,?)",
		tx.now, actor, kind, company, person, project, detail)
}
