package db

// SetContact corrects a contact; owner and admins only. Name and e-mail are the
// team's to correct until the person has signed in for the first time; from then
// on they are the person's own, and a change of them is refused in words. Another
// address ends what was sent to the old one. A form older than the stored version
// is a Conflict.
func (s *Store) SetContact(actor Actor, company, person ID, form ContactForm) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayEditCompany(actor, company); err != nil {
			return err
		}
		type known struct {
			ContactForm
			joined bool
		}
		old, err := one(tx, func(k *known) []any { return []any{&k.Name, &k.Email, &k.Phone, &k.Version, &k.joined} },
			`SELECT p.name, coalesce(p.email, ''), p.phone, p.version, p.joined_at IS NOT NULL FROM contact c JOIN person p ON p.id = c.person_id
			WHERE c.company_id = ? AND c.person_id = ?`, company, person)
		if err != nil {
			return err
		}
		if err := tx.cleanContact(&form); err != nil {
			return err
		}
		if form.Name == "" {
			form.Name = old.Name
		}
		switch {
		case form.Version != old.Version:
			return &Conflict{Version: old.Version, Theirs: map[string]string{"name": old.Name, "email": old.Email, "phone": old.Phone}}
		case old.joined && form.Email != old.Email:
			return invalid("email", "contact.email-theirs", "Name", old.Name)
		case old.joined && form.Name != old.Name:
			return invalid("name", "contact.name-theirs", "Name", old.Name)
		}
		return tx.setContact(actor.ID, company, person, old.ContactForm, form)
	})
}

func (tx *Tx) setContact(actor, company, person ID, old, form ContactForm) error {
	if form.Email != old.Email {
		if err := tx.newAddress(actor, company, person, form.Email); err != nil {
			return err
		}
	}
	before, err := tx.shownNames(person, form.Name == old.Name)
	if err != nil {
		return err
	}
	if err := tx.must("UPDATE person SET name = ?, phone = ?, version = version + 1 WHERE id = ?", form.Name, form.Phone, person); err != nil {
		return err
	}
	if err := tx.touchNames(person, form.Name == old.Name, before); err != nil {
		return err
	}
	return tx.auditCompany(actor, "contact.changed", company, person, 0, "")
}

// newAddress gives somebody who never signed in another address, or none. What
// went to the old one ends: it may be a stranger's.
func (tx *Tx) newAddress(actor, company, person ID, email string) error {
	if email != "" {
		if _, err := tx.personByEmail(email); err == nil {
			return invalid("email", "email.taken", "Email", email)
		} else if err != ErrNotFound {
			return err
		}
	}
	companies, err := all(tx, itself[ID], "SELECT company_id FROM contact WHERE person_id = ?", person)
	if err != nil {
		return err
	}
	for _, id := range companies {
		if err := tx.uninvite(id, person); err != nil {
			return err
		}
	}
	if err := tx.endAll([]ID{person}, waysIn...); err != nil {
		return err
	}
	if err := tx.must("UPDATE person SET email = nullif(?, '') WHERE id = ?", email, person); err != nil {
		return err
	}
	if err := tx.auditCompany(actor, "contact.email", company, person, 0, email); err != nil {
		return err
	}
	return tx.touchAuthority()
}

// SetPrimary marks the contact who is asked first; owner and admins only. A
// company has one, so the mark goes from whoever had it.
func (s *Store) SetPrimary(actor Actor, company, person ID) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayEditCompany(actor, company); err != nil {
			return err
		}
		if err := tx.setPrimary(company, person); err != nil {
			return err
		}
		return tx.auditCompany(actor.ID, "contact.primary", company, person, 0, "")
	})
}

func (tx *Tx) setPrimary(company, person ID) error {
	if err := tx.run("UPDATE contact SET is_primary = 0 WHERE company_id = ? AND person_id <> ?", company, person); err != nil {
		return err
	}
	return tx.must("UPDATE contact SET is_primary = 1 WHERE company_id = ? AND person_id = ? AND active = 1", company, person)
}

// ConnectContact puts a contact on a project of their company, or takes them off
// it; whoever leads the project may.
func (s *Store) ConnectContact(actor Actor, company, person, project ID, on bool) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayLead(actor, project); err != nil {
			return err
		}
		who, err := one(tx, personFields, "SELECT "+personColumns+` FROM contact c JOIN person p ON p.id = c.person_id AND p.side = 'client' JOIN project pr ON pr.company_id = c.company_id
			WHERE c.company_id = ? AND c.person_id = ? AND pr.id = ?`, company, person, project)
		switch {
		case err != nil:
			return err
		case on:
			return tx.putOn(actor.ID, project, who, Client)
		}
		return tx.takeOff(actor.ID, project, person)
	})
}
