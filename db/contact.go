package db

import "time"

// How far a contact has come.
const (
	ContactJoined    = "joined"
	ContactUninvited = "uninvited"
	ContactInvited   = "invited"
	ContactOpened    = "opened" // the page of the invitation, not the mail
	ContactExpired   = "expired"
	ContactChanged   = "changed" // role, address or a project is not what was invited any more
	ContactInactive  = "inactive"
	ContactNoLogin   = "no-login" // a person without an address
)

// ContactLine is a person at a company, as the team knows them. Rights are those
// of the role. The invitation's times are of the one that waits, if any.
type ContactLine struct {
	Person
	CompanyID                      ID
	RoleID                         ID
	RoleKey, RoleName              string
	Rights                         Rights
	Primary, Works                 bool // Works: the contact is not deactivated
	Phone                          string
	Version                        int64
	JoinedAt, SignedInAt           Time
	InvitedAt, OpenedAt, ExpiresAt Time
	Changed                        bool // what the invitation is bound to
	MayInvite, MayLook             bool // whether the viewer may
}

var contactColumns = personColumns + `, c.company_id, c.role_id, coalesce(cr.key, ''), cr.name, ` + roleRights + `,
	c.is_primary, c.active, p.phone, p.version, p.joined_at,
	(SELECT max(a.at) FROM audit a WHERE a.person_id = p.id AND a.kind = 'session.begun'), i.created_at, i.opened_at, i.expires_at, i.id IS NOT NULL AND NOT (` + invitationStands + `), `

func contactFields(c *ContactLine) []any {
	return append(personFields(&c.Person), &c.CompanyID, &c.RoleID, &c.RoleKey, &c.RoleName, &c.Rights, &c.Primary, &c.Works, &c.Phone, &c.Version,
		&c.JoinedAt, &c.SignedInAt, &c.InvitedAt, &c.OpenedAt, &c.ExpiresAt, &c.Changed, &c.MayInvite, &c.MayLook)
}

const contactJoins = ` JOIN person p ON p.id = c.person_id JOIN client_role cr ON cr.id = c.role_id
	LEFT JOIN invitation i ON i.id = (SELECT w.id FROM invitation w WHERE w.person_id = p.id AND w.company_id = c.company_id
		AND w.accepted_at IS NULL AND w.ended_at IS NULL ORDER BY w.created_at DESC LIMIT 1)`

// contactsSeen asks for those of a company (?2) that the viewer (?1) sees. What the
// viewer may do with them is asked once for all, not contact by contact: from
// outside no condition gets into those views.
var contactsSeen = "SELECT " + contactColumns + `p.id IN (SELECT y.person_id FROM may_invite y WHERE y.viewer_id = ?1 AND y.company_id = ?2),
		p.id IN (SELECT y.person_id FROM may_preview y WHERE y.viewer_id = ?1)
	FROM visible_contact_team v JOIN contact c ON c.company_id = v.company_id AND c.person_id = v.person_id` + contactJoins + " WHERE v.viewer_id = ?1 AND v.company_id = ?2"

// Contacts are the people of a company: active ones first, by name.
func (v *Viewer) Contacts(company ID) ([]ContactLine, error) {
	return all(v.source, contactFields, contactsSeen+" ORDER BY c.active DESC, p.name COLLATE NOCASE, p.id", v.ID, company)
}

// Contact is one of them.
func (v *Viewer) Contact(company, person ID) (ContactLine, error) {
	return one(v.source, contactFields, contactsSeen+" AND v.person_id = ?3", v.ID, company, person)
}

// ContactElsewhere are the other companies of a contact that the viewer sees.
func (v *Viewer) ContactElsewhere(company, person ID) ([]CompanyLine, error) {
	return all(v.source, func(c *CompanyLine) []any { return []any{&c.ID, &c.Name} },
		`SELECT co.id, co.name FROM visible_contact_team v JOIN company co ON co.id = v.company_id
		WHERE v.viewer_id = ?1 AND v.person_id = ?3 AND v.company_id <> ?2
		AND EXISTS (SELECT 1 FROM visible_contact_team h WHERE h.viewer_id = ?1 AND h.company_id = ?2 AND h.person_id = ?3) ORDER BY co.name COLLATE NOCASE`, v.ID, company, person)
}

// State says how far a contact has come, at a moment.
func (c ContactLine) State(now time.Time) string {
	switch {
	case !c.Works || !c.Active:
		return ContactInactive
	case c.Email == "":
		return ContactNoLogin
	case !c.JoinedAt.IsZero():
		return ContactJoined
	case c.InvitedAt.IsZero():
		return ContactUninvited
	case c.Changed:
		return ContactChanged
	case !c.ExpiresAt.After(now):
		return ContactExpired
	case !c.OpenedAt.IsZero():
		return ContactOpened
	}
	return ContactInvited
}

// ContactsFromShell lists the contacts of a company, named or given by its id.
func (s *Store) ContactsFromShell(company string) ([]ContactLine, error) {
	var list []ContactLine
	err := s.read(func(r source) error {
		id, err := companyNamed(r, company)
		if err != nil {
			return err
		}
		list, err = all(r, contactFields, "SELECT "+contactColumns+"1, 1 FROM contact c"+contactJoins+
			" WHERE c.company_id = ? ORDER BY c.active DESC, p.name COLLATE NOCASE, p.id", id)
		return err
	})
	return list, err
}
