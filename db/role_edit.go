package db

import (
	"slices"
	"strings"
)

// RoleForm is what an admin fills in about a role. Version is the version that
// the form was opened at.
type RoleForm struct {
	Name    string
	Rights  []string
	Silent  []string // nouns on which it may not reply
	Version int64
}

// maxRoles keeps the list at a size that somebody can choose from.
const maxRoles = 200

// AddRole makes a role of the workspace's own; owner and admins only.
func (s *Store) AddRole(actor Actor, form RoleForm) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if _, err := tx.mayAdminister(actor); err != nil {
			return err
		}
		count, err := value[int](tx, "SELECT count(*) FROM client_role")
		if err != nil {
			return err
		}
		if count >= maxRoles {
			return invalid("name", "client-role.too-many", "Max", maxRoles)
		}
		if err := tx.cleanRole(0, &form); err != nil {
			return err
		}
		if err := tx.run("INSERT INTO client_role (id, name) VALUES (?,?)", id, form.Name); err != nil {
			return err
		}
		if err := tx.setRights(id, form.Rights, form.Silent); err != nil {
			return err
		}
		return tx.audit(actor.ID, "role.added", 0, 0, form.detail())
	})
	return id, err
}

// EditRole changes a role, at once for everybody who has it; owner and admins
// only. A form older than the stored version is a Conflict; a fixed role is Invalid.
func (s *Store) EditRole(actor Actor, id ID, form RoleForm) error {
	return s.write(func(tx *Tx) error {
		role, err := tx.ownRole(actor, id)
		if err != nil {
			return err
		}
		if err := tx.cleanRole(id, &form); err != nil {
			return err
		}
		if form.Version != role.Version {
			return &Conflict{Version: role.Version, Theirs: map[string]string{"name": role.Name, "rights": strings.Join(role.Rights, " "), "silent": strings.Join(role.Silent, " ")}}
		}
		before, err := tx.shownWhere(`SELECT pr.id FROM project pr WHERE pr.company_id IN (SELECT c.company_id FROM contact c WHERE c.role_id = ?)`, id)
		if err != nil {
			return err
		}
		if err := tx.run("UPDATE client_role SET name = ?, version = version + 1 WHERE id = ?", form.Name, id); err != nil {
			return err
		}
		if err := tx.setRights(id, form.Rights, form.Silent); err != nil {
			return err
		}
		if err := tx.audit(actor.ID, "role.changed", 0, 0, form.detail()); err != nil {
			return err
		}
		return tx.touchShown(before)
	})
}

// DeleteRole takes a role away; owner and admins only. While somebody has it, or
// was invited with it, that is Invalid and says how many.
func (s *Store) DeleteRole(actor Actor, id ID) error {
	return s.write(func(tx *Tx) error {
		role, err := tx.ownRole(actor, id)
		if err != nil {
			return err
		}
		held, err := value[int](tx, "SELECT count(*) FROM contact WHERE role_id = ?", id)
		if err != nil {
			return err
		}
		if held > 0 {
			return invalid("role", "client-role.held", "N", held)
		}
		waiting, err := value[int](tx, "SELECT count(*) FROM invitation WHERE role_id = ? AND accepted_at IS NULL AND ended_at IS NULL AND expires_at > ?", id, tx.now)
		if err != nil {
			return err
		}
		if waiting > 0 {
			return invalid("role", "client-role.invited", "N", waiting)
		}
		// The invitations that are over stay, without the role; an expired one is not to be sent again.
		if err := tx.run("UPDATE invitation SET ended_at = ? WHERE role_id = ? AND accepted_at IS NULL AND ended_at IS NULL", tx.now, id); err != nil {
			return err
		}
		if err := tx.must("DELETE FROM client_role WHERE id = ?", id); err != nil {
			return err
		}
		return tx.audit(actor.ID, "role.deleted", 0, 0, role.Name)
	})
}

// ownRole is a role of the workspace's own, to be changed by an admin.
func (tx *Tx) ownRole(actor Actor, id ID) (Role, error) {
	if _, err := tx.mayAdminister(actor); err != nil {
		return Role{}, err
	}
	role, err := one(tx, roleFields, "SELECT "+roleColumns+" FROM client_role cr WHERE cr.id = ?", id)
	if err == nil && role.Fixed() {
		err = invalid("role", "client-role.is-fixed")
	}
	return role, err
}

// cleanRole checks a form for the role id, 0 for a new one.
func (tx *Tx) cleanRole(id ID, form *RoleForm) (err error) {
	if form.Name, err = cleanLine("name", form.Name, 60); err != nil {
		return err
	}
	if form.Name == "" {
		return invalid("name", "name.empty")
	}
	names, err := all(tx, itself[string], "SELECT name FROM client_role WHERE id IS NOT ?", id)
	if err != nil {
		return err
	}
	for _, name := range names {
		if sameName(name, form.Name) {
			return invalid("name", "client-role.name-taken", "Name", name)
		}
	}
	for _, right := range form.Rights {
		if !slices.Contains(RightNames, right) {
			return invalid("rights", "client-role.right-unknown")
		}
	}
	for _, noun := range form.Silent {
		if !slices.Contains(ReplyNouns, noun) {
			return invalid("silent", "client-role.noun-unknown")
		}
	}
	return nil
}

// ReplyNouns are what clients may reply on, in the order in which people read them.
var ReplyNouns = []string{OnTask, OnMilestone, OnProject, OnDecision, OnDeliverable, OnBudget}

// setRights gives a role exactly these rights, and these nouns on which it stays silent.
func (tx *Tx) setRights(role ID, rights, silent []string) error {
	if err := tx.run("DELETE FROM client_role_silent WHERE role_id = ?", role); err != nil {
		return err
	}
	if err := tx.run("INSERT INTO client_role_silent (role_id, noun) SELECT ?, noun FROM reply_right WHERE instr(?, ' ' || noun || ' ') > 0", role, " "+strings.Join(silent, " ")+" "); err != nil {
		return err
	}
	list := " " + strings.Join(rights, " ") + " "
	if err := tx.run("DELETE FROM client_role_right WHERE role_id = ? AND instr(?, ' ' || right || ' ') = 0", role, list); err != nil {
		return err
	}
	return tx.run(`INSERT INTO client_role_right (role_id, right) SELECT ?, value FROM json_each(?) WHERE instr(?, ' ' || value || ' ') > 0 ON CONFLICT DO NOTHING`,
		role, rightsJSON, list)
}

// rightsJSON is RightNames for json_each.
var rightsJSON = `["` + strings.Join(RightNames, `","`) + `"]`

// detail is what the audit keeps of a role.
func (f RoleForm) detail() string {
	detail := f.Name + ": " + strings.Join(f.Rights, " ")
	if len(f.Silent) > 0 {
		detail += "; silent on " + strings.Join(f.Silent, " ")
	}
	return detail
}
