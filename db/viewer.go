package db

// Viewer is the team's door: somebody of the team with one snapshot of what
// they may see. Each of its queries joins a visible_ view, and a test of the
// source refuses one that does not.
type Viewer struct {
	Person
	source source
}

// View lends a snapshot to somebody of the team.
func (s *Store) View(person Person, see func(*Viewer) error) error {
	return s.read(func(r source) error { return see(&Viewer{person, r}) })
}
