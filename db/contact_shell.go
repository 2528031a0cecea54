package db

// CompanyFromShell is a company by its name, in any case, or by its id.
func (s *Store) CompanyFromShell(name string) (CompanyLine, error) {
	var found CompanyLine
	err := s.read(func(r source) error {
		id, err := companyNamed(r, name)
		if err == nil {
			found, err = one(r, companyFields, companiesFromShell+" WHERE co.id = ?", id)
		}
		return err
	})
	return found, err
}

// SetCompanyStatusFromShell makes a company, named or given by its id, active,
// inactive or archived.
func (s *Store) SetCompanyStatusFromShell(company, status string) error {
	return s.write(func(tx *Tx) error {
		id, err := companyNamed(tx, company)
		if err == nil {
			err = tx.setCompanyStatus(0, id, status)
		}
		return err
	})
}

// ClientRolesFromShell are the roles that contacts may have, the fixed ones first.
func (s *Store) ClientRolesFromShell() ([]Role, error) {
	var list []Role
	err := s.read(func(r source) (err error) {
		list, err = all(r, roleFields, "SELECT "+roleColumns+" FROM client_role cr"+roleOrder)
		return err
	})
	return list, err
}

// RoleNamed finds one of them by its key or its name, in any case. "" is the role
// Client. Among several of a name the fixed one is meant.
func RoleNamed(roles []Role, name string) (Role, bool) {
	for _, role := range roles {
		if role.Key == name && name != "" || sameName(role.Name, name) || name == "" && role.Key == "client" {
			return role, true
		}
	}
	return Role{}, false
}
