package db

// Who gives which role to a contact. It holds at once in all projects of the
// company. Admins give every role; a leader gives roles to the clients of
// projects led, but neither gives nor takes one whose rights reach beyond a project.

// ContactRoles are the roles that the contacts of a company may have: those of the
// workspace, the fixed ones first.
func (v *Viewer) ContactRoles(company ID) ([]Role, error) {
	return all(v.source, roleFields, "SELECT "+roleColumns+` FROM visible_company_team v JOIN client_role cr ON cr.name >= ''
		WHERE v.viewer_id = ? AND v.company_id = ?`+roleOrder, v.ID, company)
}

// GivableRoles are the roles that the viewer may give to clients of a project:
// admins all of them, leaders those without the rights that reach beyond it.
func (v *Viewer) GivableRoles(project ID) ([]Role, error) {
	return all(v.source, roleFields, "SELECT "+roleColumns+` FROM visible_project_team v JOIN client_role cr ON cr.name >= ''
		WHERE v.viewer_id = ?1 AND v.project_id = ?2 AND EXISTS (SELECT 1 FROM may_lead l WHERE l.viewer_id = v.viewer_id AND l.project_id = v.project_id)
		AND (NOT `+reachesFar("cr.id")+` OR EXISTS (SELECT 1 FROM person p WHERE p.id = v.viewer_id AND p.role IN ('owner', 'admin')))`+roleOrder, v.ID, project)
}

// SetContactRole gives a contact of a company another role. ErrDenied for people of
// the team who may not.
func (s *Store) SetContactRole(actor Actor, company, person, role ID) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayInvite(actor, company, person); err != nil {
			return err
		}
		far, err := tx.givesFar(actor, company, person, role)
		if err == nil && far {
			err = ErrDenied
		}
		if err != nil {
			return err
		}
		return tx.giveRole(actor.ID, company, person, 0, role)
	})
}

// SetContactRoleFromShell does the same for whoever holds the data folder.
func (s *Store) SetContactRoleFromShell(company, address string, role ID) error {
	return s.write(func(tx *Tx) error {
		id, err := companyNamed(tx, company)
		if err != nil {
			return err
		}
		person, err := tx.personFromShell(address)
		if err != nil {
			return err
		}
		return tx.giveRole(0, id, person.ID, 0, role)
	})
}

// SetClientRole does the same for a client of a project, at the project's company,
// by the role's key or id. A role that the actor may not give is Invalid.
func (s *Store) SetClientRole(actor Actor, project, person ID, role string) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayLead(actor, project); err != nil {
			return err
		}
		company, err := value[ID](tx, `SELECT c.company_id FROM membership m JOIN project p ON p.id = m.project_id
			JOIN contact c ON c.company_id = p.company_id AND c.person_id = m.person_id WHERE m.project_id = ? AND m.person_id = ? AND m.role = 'client'`, project, person)
		if err != nil {
			return err
		}
		id, _ := ParseID(role)
		given, err := value[ID](tx, "SELECT id FROM client_role WHERE key = ? OR id = ?", role, id)
		if err == ErrNotFound {
			return invalid("role", "role.unknown")
		}
		if err != nil {
			return err
		}
		far, err := tx.givesFar(actor, company, person, given)
		if err == nil && far {
			err = invalid("role", "client-role.admins-only")
		}
		if err != nil {
			return err
		}
		return tx.giveRole(actor.ID, company, person, project, given)
	})
}

// givesFar says that a role, or the one that the contact has, reaches further than
// what the actor may give and take.
func (tx *Tx) givesFar(actor Actor, company, person, role ID) (bool, error) {
	return value[bool](tx, `SELECT (`+reachesFar("?1")+` OR EXISTS (SELECT 1 FROM contact c WHERE c.company_id = ?2 AND c.person_id = ?3 AND `+reachesFar("c.role_id")+`))
		AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = ?4 AND p.side = 'team' AND p.active = 1 AND p.role IN ('owner', 'admin'))`, role, company, person, actor.ID)
}

// giveRole gives a contact a role; one that is none is Invalid. project is where
// that was done, 0 for none.
func (tx *Tx) giveRole(actor, company, person, project, role ID) error {
	name, err := value[string](tx, "SELECT coalesce(key, name) FROM client_role WHERE id = ?", role)
	if err == ErrNotFound {
		err = invalid("role", "role.unknown")
	}
	if err != nil {
		return err
	}
	before, err := tx.shownWhere(projectsOf, company)
	if err != nil {
		return err
	}
	if err := tx.must("UPDATE contact SET role_id = ? WHERE company_id = ? AND person_id = ?", role, company, person); err != nil {
		return err
	}
	if err := tx.auditCompany(actor, "client-role.changed", company, person, project, name); err != nil {
		return err
	}
	return tx.touchShown(before)
}
