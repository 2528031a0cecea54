package db

// Who works for the team is decided by owner and admins. Of owners only owners
// decide; nobody takes away their own role or access; and there is always an
// owner who can sign in. Each rule is asked again in the write itself.

// AddTeamPerson adds somebody to the team. An address that is known is refused in
// words; nobody is mailed.
func (s *Store) AddTeamPerson(actor Actor, n NewPerson) (Person, error) {
	var added Person
	err := s.write(func(tx *Tx) error {
		boss, err := tx.mayAdminister(actor)
		if err != nil {
			return err
		}
		if !oneOf(n.Role, Owner, Admin, Member) {
			return invalid("role", "choice.unknown")
		}
		if n.Role == Owner && boss.Role != Owner {
			return ErrDenied
		}
		n.Side = Team
		if added, err = tx.addPerson(n); err != nil {
			return err
		}
		return tx.audit(boss.ID, "person.added", added.ID, 0, n.Role)
	})
	return added, err
}

// teamPerson is somebody of the team with the version of what the form showed.
type teamPerson struct {
	Person
	joined  bool
	version int64
}

func teamPersonFields(p *teamPerson) []any {
	return append(personFields(&p.Person), &p.joined, &p.version)
}

const teamPersonColumns = "SELECT " + personColumns + ", p.joined_at IS NOT NULL, p.version FROM person p WHERE p.email IS NOT NULL"

// TeamPersonForm is what owner and admins change about somebody of the team. An
// empty Role stays as it is. Name counts until somebody has joined; afterwards
// it is theirs.
type TeamPersonForm struct {
	Name, Role, Title string
	Version           int64
}

// EditTeamPerson changes it. Changed by somebody else in between is a *Conflict.
func (s *Store) EditTeamPerson(actor Actor, id ID, form TeamPersonForm) error {
	return s.write(func(tx *Tx) error {
		boss, err := tx.mayAdminister(actor)
		if err != nil {
			return err
		}
		old, err := one(tx, teamPersonFields, teamPersonColumns+" AND p.side = 'team' AND p.id = ?", id)
		if err != nil {
			return err
		}
		if form.Role == "" {
			form.Role = old.Role
		}
		if boss.Role != Owner && (old.Role == Owner || form.Role == Owner) {
			return ErrDenied
		}
		if form.Version != old.version {
			return &Conflict{Version: old.version, Theirs: map[string]string{"name": old.Name, "role": old.Role, "title": old.Title}}
		}
		if boss.ID == id && form.Role != old.Role {
			return invalid("role", "team-people.own-role")
		}
		return tx.editTeamPerson(boss.ID, old, form)
	})
}

func (tx *Tx) editTeamPerson(actor ID, old teamPerson, form TeamPersonForm) error {
	name, err := cleanLine("name", form.Name, 120)
	if err != nil {
		return err
	}
	title, err := cleanLine("title", form.Title, 120)
	if err != nil {
		return err
	}
	switch {
	case old.joined:
		name = old.Name
	case name == "":
		return invalid("name", "name.empty")
	}
	same := name == old.Name && title == old.Title
	if same && form.Role == old.Role {
		tx.hush()
		return nil
	}
	if !same {
		if err := tx.rename(actor, old.ID, name, title); err != nil {
			return err
		}
	}
	return tx.setTeamRole(actor, old.Person, form.Role)
}

// rename gives somebody another name and title; clients who read them hear of it.
func (tx *Tx) rename(actor, person ID, name, title string) error {
	before, err := tx.shownNames(person, false)
	if err != nil {
		return err
	}
	if err := tx.must("UPDATE person SET name = ?, title = ?, version = version + 1 WHERE id = ?", name, title, person); err != nil {
		return err
	}
	if err := tx.touchNames(person, false, before); err != nil {
		return err
	}
	return tx.audit(actor, "person.changed", person, 0, name)
}

// setTeamRole gives somebody of the team a role; open pages are asked again.
func (tx *Tx) setTeamRole(actor ID, person Person, role string) error {
	if !oneOf(role, Owner, Admin, Member) {
		return invalid("role", "choice.unknown")
	}
	if role != person.Role {
		if err := tx.keepsOwner(person, role == Owner); err != nil {
			return err
		}
		if err := tx.must("UPDATE person SET role = ?, version = version + 1 WHERE id = ? AND side = 'team'", role, person.ID); err != nil {
			return err
		}
		if err := tx.audit(actor, "person.role", person.ID, 0, role); err != nil {
			return err
		}
	}
	return tx.touchAuthority()
}

// keepsOwner refuses to leave the workspace without an owner who can sign in.
func (tx *Tx) keepsOwner(person Person, stays bool) error {
	if stays || person.Role != Owner {
		return nil
	}
	others, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM person p JOIN may_sign_in m ON m.person_id = p.id WHERE p.role = 'owner' AND p.id <> ?)", person.ID)
	if err == nil && !others && person.Active {
		err = invalid("role", "team-people.last-owner")
	}
	return err
}

// SetPersonBills gives a member the right to work on the bills of the companies that they
// see, or takes it; owner and admins, who have it anyway, decide.
func (s *Store) SetPersonBills(actor Actor, id ID, bills bool) error {
	return s.write(func(tx *Tx) error {
		boss, err := tx.mayAdminister(actor)
		if err != nil {
			return err
		}
		if err := tx.must("UPDATE person SET bills = ?, version = version + 1 WHERE id = ? AND side = 'team' AND role = 'member' AND email IS NOT NULL", bills, id); err != nil {
			return err
		}
		if err := tx.audit(boss.ID, "person.bills", id, 0, map[bool]string{true: "on", false: "off"}[bills]); err != nil {
			return err
		}
		return tx.touchAuthority()
	})
}
