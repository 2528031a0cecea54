package db

// SetPersonActive lets somebody in, or out of everything at that moment: pages,
// sockets, links, begun sign-ins and tokens. Only owner and admins may; of an
// owner only an owner; and nobody may do it to themselves.
func (s *Store) SetPersonActive(actor Actor, id ID, active bool) error {
	return s.write(func(tx *Tx) error {
		boss, person, err := tx.governed(actor, id)
		if err != nil {
			return err
		}
		if boss.ID == id && !active {
			return invalid("active", "team-people.yourself")
		}
		return tx.setPersonActive(boss.ID, person, active)
	})
}

// EndPersonSessions signs somebody out everywhere; the same rules hold.
func (s *Store) EndPersonSessions(actor Actor, id ID) error {
	return s.write(func(tx *Tx) error {
		boss, person, err := tx.governed(actor, id)
		if err != nil {
			return err
		}
		if err := tx.endEverything(person.ID); err != nil {
			return err
		}
		if err := tx.audit(boss.ID, "sessions.ended", person.ID, 0, ""); err != nil {
			return err
		}
		return tx.touchAuthority()
	})
}

// governed is the actor, who is owner or admin, and somebody whose access they decide about.
func (tx *Tx) governed(actor Actor, id ID) (boss, person Person, err error) {
	if boss, err = tx.mayAdminister(actor); err != nil {
		return boss, person, err
	}
	found, err := one(tx, teamPersonFields, teamPersonColumns+" AND p.id = ?", id)
	if err == nil && found.Role == Owner && boss.Role != Owner {
		err = ErrDenied
	}
	return boss, found.Person, err
}

func (tx *Tx) setPersonActive(actor ID, person Person, active bool) error {
	if person.Active == active {
		tx.hush()
		return nil
	}
	if err := tx.keepsOwner(person, active); err != nil {
		return err
	}
	before, err := tx.shownWhere("SELECT project_id AS id FROM membership WHERE person_id = ?", person.ID)
	if err != nil {
		return err
	}
	if err := tx.must("UPDATE person SET active = ?, version = version + 1 WHERE id = ?", active, person.ID); err != nil {
		return err
	}
	kind := "person.activated"
	if !active {
		kind = "person.deactivated"
		if err := tx.endEverything(person.ID); err != nil {
			return err
		}
	}
	if err := tx.audit(actor, kind, person.ID, 0, ""); err != nil {
		return err
	}
	return tx.touchShown(before)
}
