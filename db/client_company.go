package db

// ClientCompany is a company that the viewer is a contact of.
type ClientCompany struct {
	ID   ID
	Name string
}

// Companies are the viewer's companies, by name.
func (g *Glass) Companies() ([]ClientCompany, error) {
	return all(g, func(c *ClientCompany) []any { return []any{&c.ID, &c.Name} }, "SELECT id, name FROM client_company ORDER BY lower(name), id")
}

// MayAtCompany says whether the viewer has a right at a company; an unknown one: no.
func (g *Glass) MayAtCompany(company ID, may string) (bool, error) {
	return value[bool](g, "SELECT count(*) > 0 FROM client_right WHERE company_id = ? AND right = ?", company, may)
}

// MayAnywhere says whether the viewer has a right at one of their companies.
func (g *Glass) MayAnywhere(may string) (bool, error) {
	return value[bool](g, "SELECT count(*) > 0 FROM client_right WHERE right = ?", may)
}

// ClientColleague is somebody of the viewer's company. RoleKey is "" for a role
// of the workspace's own making.
type ClientColleague struct {
	ID                  ID
	Name, RoleKey, Role string
	Joined              bool
}

// Colleagues are the people of a company, for viewers with the right "company".
func (g *Glass) Colleagues(company ID) ([]ClientColleague, error) {
	return all(g, func(c *ClientColleague) []any { return []any{&c.ID, &c.Name, &c.RoleKey, &c.Role, &c.Joined} },
		"SELECT person_id, name, coalesce(role_key, ''), role, joined FROM client_colleague WHERE company_id = ? ORDER BY lower(name), person_id", company)
}

// ClientInvitation is one that waits for its answer. MayChange says that the
// viewer may repeat and end it.
type ClientInvitation struct {
	ID                           ID
	Address, Name, RoleKey, Role string
	At, ExpiresAt                Time
	MayChange                    bool
}

// Invitations are a company's, newest first, for viewers with the right "company".
func (g *Glass) Invitations(company ID) ([]ClientInvitation, error) {
	return all(g, func(i *ClientInvitation) []any {
		return []any{&i.ID, &i.Address, &i.Name, &i.RoleKey, &i.Role, &i.At, &i.ExpiresAt, &i.MayChange}
	}, "SELECT id, address, name, coalesce(role_key, ''), role, created_at, expires_at, may_change FROM client_invitation WHERE company_id = ? ORDER BY created_at DESC, id", company)
}

// ClientRole is a role that the viewer may give to a colleague.
type ClientRole struct {
	ID        ID
	Key, Name string
}

// GivableRoles are those with no right that the viewer's own role does not have.
func (g *Glass) GivableRoles(company ID) ([]ClientRole, error) {
	return all(g, func(r *ClientRole) []any { return []any{&r.ID, &r.Key, &r.Name} },
		"SELECT id, coalesce(key, ''), name FROM client_givable_role WHERE company_id = ? ORDER BY id", company)
}

// Avatar is the picture of somebody whom the viewer may see.
func (g *Glass) Avatar(id ID) ([]byte, error) {
	return value[[]byte](g, "SELECT image FROM client_avatar WHERE id = ?", id)
}

// OwnAvatar is the id of the viewer's picture, 0 without one.
func (g *Glass) OwnAvatar() (ID, error) { return value[ID](g, "SELECT avatar_id FROM client_me") }
