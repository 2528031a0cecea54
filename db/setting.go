package db

// Workspace is the team that this program serves, as pages show it.
type Workspace struct {
	Name, Address, Brand, Language, TimeZone string
	Version                                  string // rises when any of these changes
}

// Workspace reads the settings that every page needs.
func (s *Store) Workspace() (Workspace, error) {
	var w Workspace
	err := s.read(func(r source) (err error) {
		w, err = readWorkspace(r, "SELECT key, value FROM setting")
		return err
	})
	return w, err
}

func readWorkspace(r source, query string) (Workspace, error) {
	type pair struct{ key, value string }
	var w Workspace
	pairs, err := all(r, func(p *pair) []any { return []any{&p.key, &p.value} }, query)
	into := map[string]*string{"workspace.name": &w.Name, "workspace.address": &w.Address, "workspace.brand": &w.Brand,
		"workspace.language": &w.Language, "workspace.time_zone": &w.TimeZone, "settings.version": &w.Version}
	for _, p := range pairs {
		if field := into[p.key]; field != nil {
			*field = p.value
		}
	}
	return w, err
}

// setWorkspace changes what is not empty.
func (tx *Tx) setWorkspace(w Workspace) error {
	for key, text := range map[string]string{"workspace.name": w.Name, "workspace.address": w.Address, "workspace.brand": w.Brand,
		"workspace.language": w.Language, "workspace.time_zone": w.TimeZone} {
		if text == "" {
			continue
		}
		if err := tx.must("UPDATE setting SET value = ? WHERE key = ?", text, key); err != nil {
			return err
		}
	}
	return tx.must("UPDATE setting SET value = value + 1 WHERE key = 'settings.version'")
}
