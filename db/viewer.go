package db

// Viewer is the team's door: somebody of the team with one snapshot of what
// they may see. Each of its queries joins the team's arm of a visible_ view,
// and a test of the source refuses one that does not.
type Viewer struct {
	Person
	source source
}

// View lends a snapshot to somebody of the team; anybody else gets ErrNotFound.
func (s *Store) View(person Person, see func(*Viewer) error) error {
	if person.Side != Team {
		return ErrNotFound
	}
	return s.read(func(r source) error { return see(&Viewer{person, r}) })
}

// ViewOf is View for the live hub, which knows no more of somebody than the id.
// Who is not of the team, or not any more, gets ErrNotFound.
func (s *Store) ViewOf(id ID, see func(*Viewer) error) error {
	return s.read(func(r source) error {
		person, err := one(r, personFields, "SELECT "+personColumns+" FROM person p WHERE p.id = ? AND p.side = 'team' AND p.active = 1", id)
		if err != nil {
			return err
		}
		return see(&Viewer{person, r})
	})
}
