package db

import "slices"

// Scopes at which a feature is switched: for everybody, for a company, for a project.
const (
	ForWorkspace = "workspace"
	ForCompany   = "company"
	ForProject   = "project"
)

// A feature that is switched where it belongs: signing up by oneself to the
// workspace alone; help and colleagues are of a company, not of a project.
var featureScopes = map[string][]string{
	ForWorkspace: {"decisions", "deliverables", "billing", "budgets", "requests", "files", "help", "colleagues", "registration"},
	ForCompany:   {"decisions", "deliverables", "billing", "budgets", "requests", "files", "help", "colleagues"},
	ForProject:   {"decisions", "deliverables", "billing", "budgets", "requests", "files"},
}

// Feature is one switch as it stands somewhere. Set is "on" or "off" where it was
// switched right there, "" where it is as the wider scope says; From is the scope
// that decides, and Inherited what would hold without a switch here.
type Feature struct {
	Name          string
	On, Inherited bool
	Set, From     string
}

// Features are the switches of a scope. Name is the company's or the project's,
// Company that of a project.
type Features struct {
	Scope             string
	ID, CompanyID     ID
	Name, CompanyName string
	Switches          []Feature
}

// scoped names what is switched: the company and the project as far as there are any.
func scoped(r source, scope string, id ID) (Features, error) {
	f := Features{Scope: scope, ID: id}
	fields := func(f *Features) []any { return []any{&f.Name, &f.CompanyID, &f.CompanyName} }
	var found Features
	var err error
	switch scope {
	case ForWorkspace:
		if id != 0 {
			err = ErrNotFound
		}
	case ForCompany:
		found, err = one(r, fields, "SELECT name, id, name FROM company WHERE id = ?", id)
	case ForProject:
		found, err = one(r, fields, "SELECT pr.name, pr.company_id, coalesce(co.name, '') FROM project pr LEFT JOIN company co ON co.id = pr.company_id WHERE pr.id = ?", id)
	default:
		err = ErrNotFound
	}
	f.Name, f.CompanyID, f.CompanyName = found.Name, found.CompanyID, found.CompanyName
	return f, err
}

// Features are the switches of the workspace (id 0), a company or a project, for
// owner and admins.
func (s *Store) Features(actor Actor, scope string, id ID) (Features, error) {
	var f Features
	err := s.read(func(r source) (err error) {
		if _, err = administers(r, actor); err != nil {
			return err
		}
		if f, err = scoped(r, scope, id); err != nil {
			return err
		}
		f.Switches, err = switches(r, f)
		return err
	})
	return f, err
}

// switches reads the rows of all three scopes and lets the narrowest decide.
func switches(r source, f Features) ([]Feature, error) {
	type row struct {
		scope, name string
		on          bool
	}
	rows, err := all(r, func(w *row) []any { return []any{&w.scope, &w.name, &w.on} },
		"SELECT scope, name, is_on FROM feature WHERE scope = 'workspace' OR scope = 'company' AND scope_id = ?1 OR scope = 'project' AND scope_id = ?2",
		f.CompanyID, map[bool]ID{true: f.ID}[f.Scope == ForProject])
	if err != nil {
		return nil, err
	}
	var list []Feature
	for _, name := range featureScopes[f.Scope] {
		at := Feature{Name: name}
		for _, scope := range []string{ForWorkspace, ForCompany, ForProject} {
			for _, w := range rows {
				if w.name == name && w.scope == scope {
					at.On, at.From = w.on, scope
					if scope == f.Scope {
						at.Set = map[bool]string{true: "on", false: "off"}[w.on]
					} else {
						at.Inherited = w.on
					}
				}
			}
		}
		list = append(list, at)
	}
	return list, nil
}

// SetFeature switches a feature "on" or "off", or to what the wider scope says
// ("inherit", not for the workspace); owner and admins only. It acts at once.
func (s *Store) SetFeature(actor Actor, scope string, id ID, name, state string) error {
	return s.write(func(tx *Tx) error {
		if _, err := tx.mayAdminister(actor); err != nil {
			return err
		}
		at, err := scoped(tx, scope, id)
		if err != nil {
			return err
		}
		switch {
		case !slices.Contains(featureScopes[scope], name):
			return invalid("name", "feature.unknown")
		case !oneOf(state, "on", "off", "inherit") || scope == ForWorkspace && state == "inherit":
			return invalid("state", "choice.unknown")
		}
		before, err := tx.projectsWith(name)
		if err != nil {
			return err
		}
		if state == "inherit" {
			err = tx.run("DELETE FROM feature WHERE scope = ? AND scope_id = ? AND name = ?", scope, int64(id), name)
		} else {
			err = tx.run("INSERT INTO feature (scope, scope_id, name, is_on) VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET is_on = excluded.is_on", scope, int64(id), name, state == "on")
		}
		if err != nil {
			return err
		}
		project := map[bool]ID{true: id}[scope == ForProject]
		if err := tx.audit(actor.ID, "feature.switched", 0, project, scope+" "+at.Name+": "+name+" "+state); err != nil {
			return err
		}
		return tx.featureTouched(scope, name, before)
	})
}

// projectsWith are the projects where a feature is on.
func (tx *Tx) projectsWith(name string) ([]ID, error) {
	return all(tx, itself[ID], "SELECT project_id FROM feature_project_client WHERE name = ? ORDER BY project_id", name)
}

// featureTouched raises the versions of the projects where it is on now and was
// not before, or the other way round, and of everything when it was switched for
// the workspace. A switch that changes nothing wakes nobody.
func (tx *Tx) featureTouched(scope, name string, before []ID) error {
	after, err := tx.projectsWith(name)
	if err != nil {
		return err
	}
	var changed []ID
	was := make(map[ID]bool, len(before))
	for _, id := range before {
		was[id] = true
	}
	for _, id := range after {
		if !was[id] {
			changed = append(changed, id)
		}
		delete(was, id)
	}
	for id := range was {
		changed = append(changed, id)
	}
	if err := tx.touchAll(changed, changed); err != nil {
		return err
	}
	if scope == ForWorkspace {
		if err := tx.touchSettings(); err != nil {
			return err
		}
	}
	return tx.touchAuthority()
}
