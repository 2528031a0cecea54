package db

// SetContactActive deactivates a contact or brings one back; owner and admins
// only. From the commit on a deactivated one is out of every page, socket, link
// and token of the company, and cannot sign in unless they belong to another one.
// Brought back, they have their role and projects, and have to sign in anew.
func (s *Store) SetContactActive(actor Actor, company, person ID, active bool) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayEditCompany(actor, company); err != nil {
			return err
		}
		return tx.setContactActive(actor.ID, company, person, active)
	})
}

// SetContactActiveFromShell does the same for whoever holds the data folder.
func (s *Store) SetContactActiveFromShell(company, address string, active bool) error {
	email, err := NormalEmail(address)
	if err != nil {
		return err
	}
	return s.write(func(tx *Tx) error {
		id, err := companyNamed(tx, company)
		if err != nil {
			return err
		}
		person, err := tx.personByEmail(email)
		if err != nil {
			return err
		}
		return tx.setContactActive(0, id, person.ID, active)
	})
}

func (tx *Tx) setContactActive(actor, company, person ID, active bool) error {
	before, err := tx.shownWhere(projectsOf, company)
	if err != nil {
		return err
	}
	if err := tx.must("UPDATE contact SET active = ?1, is_primary = CASE WHEN ?1 THEN is_primary ELSE 0 END WHERE company_id = ?2 AND person_id = ?3", active, company, person); err != nil {
		return err
	}
	kind := "contact.activated"
	if !active {
		kind = "contact.deactivated"
		if err := tx.shutOut(company, person); err != nil {
			return err
		}
	}
	if err := tx.auditCompany(actor, kind, company, person, 0, ""); err != nil {
		return err
	}
	return tx.touchShown(before)
}
