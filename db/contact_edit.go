package db

// ContactForm is what is filled in about a contact. Without an e-mail address it
// is a person who cannot sign in; RoleID 0 is the role Client. Version is the
// version of the person that the form was opened at.
type ContactForm struct {
	Name, Email, Phone string
	RoleID             ID
	Primary            bool
	Version            int64
}

// usualRole is the role Client.
const usualRole = "SELECT id FROM client_role WHERE key = 'client'"

func (tx *Tx) cleanContact(f *ContactForm) (err error) {
	if f.Name, err = cleanLine("name", f.Name, 120); err != nil {
		return err
	}
	if f.Phone, err = cleanLine("phone", f.Phone, 60); err != nil {
		return err
	}
	if f.Email != "" {
		if f.Email, err = NormalEmail(f.Email); err != nil {
			return err
		}
	} else if f.Name == "" {
		return invalid("name", "contact.name-or-email")
	}
	return nil
}

// AddContact makes somebody a contact of a company; owner and admins only. A
// client who is known already becomes a contact here too, and keeps their name.
// Nobody is mailed.
func (s *Store) AddContact(actor Actor, company ID, form ContactForm) (Person, error) {
	var added Person
	err := s.write(func(tx *Tx) (err error) {
		if err := tx.mayEditCompany(actor, company); err != nil {
			return err
		}
		added, err = tx.addContact(actor.ID, company, form)
		return err
	})
	return added, err
}

// AddContactFromShell does the same for whoever holds the data folder.
func (s *Store) AddContactFromShell(company string, form ContactForm) (Person, error) {
	var added Person
	err := s.write(func(tx *Tx) error {
		id, err := companyNamed(tx, company)
		if err == nil {
			added, err = tx.addContact(0, id, form)
		}
		return err
	})
	return added, err
}

func (tx *Tx) addContact(actor, company ID, form ContactForm) (Person, error) {
	if err := tx.cleanContact(&form); err != nil {
		return Person{}, err
	}
	person, err := tx.contactPerson(company, form)
	if err != nil {
		return person, err
	}
	if form.RoleID == 0 {
		if form.RoleID, err = value[ID](tx, usualRole); err != nil {
			return person, err
		}
	}
	made, err := tx.makeContact(actor, company, person.ID, form.RoleID, "")
	if err != nil {
		return person, err
	}
	if !made {
		return person, tx.notAdded(company, person)
	}
	if form.Primary {
		if err := tx.setPrimary(company, person.ID); err != nil {
			return person, err
		}
	}
	if err := tx.joinAll(actor, company, 0, person.ID); err != nil {
		return person, err
	}
	return person, tx.touchAuthority()
}

// makeContact makes somebody a contact of a company. It does not (made is false) when
// they are one already, or when the role is none.
func (tx *Tx) makeContact(actor, company, person, role ID, how string) (made bool, err error) {
	rows, err := tx.exec(`INSERT INTO contact (company_id, person_id, role_id, created_at) SELECT ?, ?, id, ? FROM client_role WHERE id = ?
		ON CONFLICT DO NOTHING`, company, person, tx.now, role)
	if err != nil || rows == 0 {
		return false, err
	}
	return true, tx.auditCompany(actor, "contact.added", company, person, 0, how)
}

// notAdded says why: the person is a contact already, or the role is none.
func (tx *Tx) notAdded(company ID, person Person) error {
	active, err := value[bool](tx, "SELECT active FROM contact WHERE company_id = ? AND person_id = ?", company, person.ID)
	switch {
	case err == ErrNotFound:
		return invalid("role", "role.unknown")
	case err == nil && active:
		return invalid("email", "contact.already", "Name", person.Name)
	case err == nil:
		return invalid("email", "contact.already-inactive", "Name", person.Name)
	}
	return err
}

// contactPerson finds who is meant or makes them, in the company's language.
func (tx *Tx) contactPerson(company ID, form ContactForm) (Person, error) {
	person, err := Person{}, error(ErrNotFound)
	if form.Email != "" {
		person, err = tx.personByEmail(form.Email)
	}
	switch {
	case err == nil && person.Side != Client:
		return person, invalid("email", "contact.of-the-team", "Name", person.Name)
	case err == nil:
		return person, tx.run("UPDATE person SET phone = ? WHERE id = ? AND phone = ''", form.Phone, person.ID)
	case err != ErrNotFound:
		return person, err
	}
	language, err := value[string](tx, "SELECT language FROM company WHERE id = ?", company)
	if err != nil {
		return person, err
	}
	if form.Email == "" {
		person, err = tx.addUnreachable(form.Name, language)
	} else {
		person, err = tx.addPerson(NewPerson{Email: form.Email, Name: form.Name, Side: Client, Language: language})
	}
	if err != nil {
		return person, err
	}
	return person, tx.run("UPDATE person SET phone = ? WHERE id = ?", form.Phone, person.ID)
}

// addUnreachable adds a client without an address: a name that cannot sign in.
func (tx *Tx) addUnreachable(name, language string) (Person, error) {
	lang, zone, err := tx.manners(language, "")
	if err != nil {
		return Person{}, err
	}
	p := Person{ID: NewID(), Name: name, Side: Client, Language: lang, TimeZone: zone, Active: true}
	return p, tx.run("INSERT INTO person (id, name, side, role, language, time_zone, created_at) VALUES (?,?,?,'',?,?,?)", p.ID, p.Name, p.Side, p.Language, p.TimeZone, tx.now)
}
