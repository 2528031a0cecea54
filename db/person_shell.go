package db

// SetTeamRoleFromShell gives somebody of the team a role. An owner ends the
// set-up link; the last owner stays one.
func (s *Store) SetTeamRoleFromShell(address, role string) (Person, error) {
	var changed Person
	err := s.write(func(tx *Tx) error {
		found, err := tx.personFromShell(address)
		if err != nil {
			return err
		}
		if found.Side != Team {
			return invalid("email", "team-people.no-teammate", "Name", found.Name)
		}
		changed = found
		changed.Role = role
		if err := tx.setTeamRole(0, found, role); err != nil || role != Owner {
			return err
		}
		return tx.endSetup()
	})
	return changed, err
}

// SetPersonActiveFromShell lets somebody in or out, whichever side they are on.
func (s *Store) SetPersonActiveFromShell(address string, active bool) (Person, error) {
	var changed Person
	err := s.write(func(tx *Tx) error {
		found, err := tx.personFromShell(address)
		if err != nil {
			return err
		}
		changed = found
		changed.Active = active
		return tx.setPersonActive(0, found, active)
	})
	return changed, err
}

func (tx *Tx) personFromShell(address string) (Person, error) {
	email, err := NormalEmail(address)
	if err != nil {
		return Person{}, err
	}
	found, err := tx.personByEmail(email)
	if err == ErrNotFound {
		err = invalid("email", "team-people.nobody", "Email", email)
	}
	return found, err
}
