package db

// RoleLine is a role that contacts may have. Strong roles hold the rights billing
// or company: only admins give and take them.
type RoleLine struct {
	ID                ID
	Key, Name, Rights string
	Strong            bool
}

const strongRole = "EXISTS (SELECT 1 FROM client_role_right s WHERE s.role_id = r.id AND s.right IN ('billing', 'company'))"

// ContactRoles are the roles that the contacts of a company may have: those of the
// workspace, the built-in ones first.
func (v *Viewer) ContactRoles(company ID) ([]RoleLine, error) {
	return all(v.source, func(r *RoleLine) []any { return []any{&r.ID, &r.Key, &r.Name, &r.Rights, &r.Strong} },
		`SELECT r.id, coalesce(r.key, ''), r.name, coalesce((SELECT group_concat(right, ' ') FROM (SELECT x.right FROM client_role_right x WHERE x.role_id = r.id ORDER BY x.right)), ''), `+strongRole+`
		FROM visible_company_team v JOIN client_role r ON r.name >= '' WHERE v.viewer_id = ? AND v.company_id = ?
		ORDER BY r.key IS NULL, CASE WHEN r.key IS NULL THEN 0 ELSE r.id END, r.name COLLATE NOCASE`, v.ID, company)
}

// SetContactRole gives a contact another role; it holds at once in all projects
// of the company. Admins may give every role. A leader may for the clients of
// projects led, but neither gives nor takes a strong role.
func (s *Store) SetContactRole(actor Actor, company, person, role ID) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayGiveRole(actor, company, person, role); err != nil {
			return err
		}
		return tx.setContactRole(actor.ID, company, person, role)
	})
}

func (tx *Tx) setContactRole(actor, company, person, role ID) error {
	before, err := tx.crowd(company, 0)
	if err != nil {
		return err
	}
	if err := tx.must("UPDATE contact SET role_id = ? WHERE company_id = ? AND person_id = ?", role, company, person); err != nil {
		return err
	}
	name, err := value[string](tx, "SELECT coalesce(key, name) FROM client_role WHERE id = ?", role)
	if err != nil {
		return err
	}
	if err := tx.auditCompany(actor, "client-role.changed", company, person, 0, name); err != nil {
		return err
	}
	return tx.touchCrowd(before)
}

// mayGiveRole judges who gives which role to whom. A role that is none is Invalid.
func (tx *Tx) mayGiveRole(actor Actor, company, person, role ID) error {
	if err := tx.notPreview(actor); err != nil {
		return err
	}
	type rule struct{ seen, invites, admin, known, strong bool }
	r, err := one(tx, func(r *rule) []any { return []any{&r.seen, &r.invites, &r.admin, &r.known, &r.strong} },
		`SELECT EXISTS (SELECT 1 FROM visible_contact_team v WHERE v.viewer_id = p.id AND v.company_id = ?2 AND v.person_id = ?3),
			EXISTS (SELECT 1 FROM may_invite m WHERE m.viewer_id = p.id AND m.company_id = ?2 AND m.person_id = ?3),
			p.role IN ('owner', 'admin'), EXISTS (SELECT 1 FROM client_role WHERE id = ?4),
			EXISTS (SELECT 1 FROM client_role r WHERE r.id IN (?4, (SELECT role_id FROM contact WHERE company_id = ?2 AND person_id = ?3)) AND `+strongRole+`)
		FROM person p WHERE p.id = ?1 AND p.side = 'team' AND p.active = 1`, actor.ID, company, person, role)
	switch {
	case err != nil:
		return err
	case !r.seen:
		return ErrNotFound
	case !r.invites, r.strong && !r.admin:
		return ErrDenied
	case !r.known:
		return invalid("role", "role.unknown")
	}
	return nil
}
