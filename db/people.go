package db

// PersonLine is somebody on the lists of people that owner and admins read.
type PersonLine struct {
	Person
	Joined     bool // they have signed in once
	MayEnter   bool // they may sign in
	Projects   int  // not archived
	LastSignIn Time // zero for never
	Companies  string
}

const (
	personLineColumns = personColumns + `, p.joined_at IS NOT NULL, EXISTS (SELECT 1 FROM may_sign_in m WHERE m.person_id = p.id),
		(SELECT count(*) FROM membership m JOIN project pr ON pr.id = m.project_id AND pr.archived_at IS NULL AND pr.template = 0 WHERE m.person_id = p.id),
		(SELECT max(a.at) FROM audit a WHERE a.person_id = p.id AND a.kind = 'session.begun'),
		coalesce((SELECT group_concat(name, ', ') FROM (SELECT co.name FROM contact c JOIN company co ON co.id = c.company_id WHERE c.person_id = p.id ORDER BY co.name)), '')`
	// Names on imported work are no people to be looked after.
	personLines = "SELECT " + personLineColumns + " FROM person p WHERE p.email IS NOT NULL AND p.side = ? ORDER BY p.active DESC, p.name, p.id"
)

func personLineFields(l *PersonLine) []any {
	return append(personFields(&l.Person), &l.Joined, &l.MayEnter, &l.Projects, &l.LastSignIn, &l.Companies)
}

// People lists everybody of a side, the active ones first. Only owner and admins
// may ask: others of the team get ErrDenied, everybody else ErrNotFound.
func (s *Store) People(actor Actor, side string) ([]PersonLine, error) {
	var list []PersonLine
	err := s.read(func(r source) error {
		_, err := administers(r, actor)
		if err == nil {
			list, err = all(r, personLineFields, personLines, side)
		}
		return err
	})
	return list, err
}

// TeamFromShell lists the team for whoever holds the data folder.
func (s *Store) TeamFromShell() ([]PersonLine, error) {
	var list []PersonLine
	err := s.read(func(r source) (err error) {
		list, err = all(r, personLineFields, personLines, Team)
		return err
	})
	return list, err
}

// PersonRecord is all that owner and admins read about somebody.
type PersonRecord struct {
	PersonLine
	CreatedAt          Time
	Version            int64
	Sessions, Passkeys int // that hold
	Tokens             int
	On                 []PersonProject
	Of                 []PersonCompany
	Activity           []AuditLine // the newest first
}

// PersonProject is a project that somebody is on.
type PersonProject struct {
	ID         ID
	Name, Role string
	Archived   bool
}

// PersonCompany is a company whose contact somebody is.
type PersonCompany struct {
	ID         ID
	Name, Role string
	RoleKey    string // "" for a role of this workspace's own
	Active     bool
}

// auditLines are how many of them a page shows.
const auditLines = 50

// PersonRecord reads somebody's; the same people may ask as for People.
func (s *Store) PersonRecord(actor Actor, id ID) (PersonRecord, error) {
	var found PersonRecord
	now := s.Now()
	err := s.read(func(r source) error {
		if _, err := administers(r, actor); err != nil {
			return err
		}
		var err error
		found, err = one(r, func(p *PersonRecord) []any {
			return append(personLineFields(&p.PersonLine), &p.CreatedAt, &p.Version, &p.Sessions, &p.Passkeys, &p.Tokens)
		}, "SELECT "+personLineColumns+`, p.created_at, p.version,
			(SELECT count(*) FROM session s WHERE s.person_id = p.id AND `+liveSession+`),
			(SELECT count(*) FROM passkey k WHERE k.person_id = p.id),
			(SELECT count(*) FROM api_token t WHERE t.person_id = p.id AND t.ended_at IS NULL)
			FROM person p WHERE p.email IS NOT NULL AND p.id = ?`, At(now.Add(-SessionIdle)), At(now.Add(-SessionLife)), id)
		if err != nil {
			return err
		}
		return found.read(r)
	})
	return found, err
}

// read adds the lists: where somebody works, and what was done about them.
func (p *PersonRecord) read(r source) error {
	var err error
	if p.On, err = all(r, func(o *PersonProject) []any { return []any{&o.ID, &o.Name, &o.Role, &o.Archived} },
		`SELECT pr.id, pr.name, m.role, pr.archived_at IS NOT NULL FROM membership m JOIN project pr ON pr.id = m.project_id AND pr.template = 0
		WHERE m.person_id = ? ORDER BY pr.archived_at IS NOT NULL, pr.name, pr.id`, p.ID); err != nil {
		return err
	}
	if p.Of, err = all(r, func(o *PersonCompany) []any { return []any{&o.ID, &o.Name, &o.Role, &o.RoleKey, &o.Active} },
		`SELECT co.id, co.name, cr.name, coalesce(cr.key, ''), c.active = 1 AND co.status = 'active' FROM contact c JOIN company co ON co.id = c.company_id
		JOIN client_role cr ON cr.id = c.role_id WHERE c.person_id = ? ORDER BY co.name, co.id`, p.ID); err != nil {
		return err
	}
	p.Activity, err = all(r, auditFields, "SELECT "+auditColumns+` FROM audit a LEFT JOIN person w ON w.id = a.actor_id
		LEFT JOIN person p ON p.id = a.person_id LEFT JOIN project pr ON pr.id = a.project_id WHERE a.person_id = ? ORDER BY a.id DESC LIMIT ?`, p.ID, auditLines)
	return err
}
