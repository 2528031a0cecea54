package db

import (
	"fmt"
	"slices"
	"strings"
)

// RightNames are what a role of clients may hold, in the order in which people read
// them. "projects" is seeing the projects at all.
var RightNames = []string{"projects", "comment", "decide", "request", "upload", "billing", "budgets", "company"}

// Rights are named rights, as rows hold them: apart by a space.
type Rights []string

// Has says whether a right is among them; an unknown one is not.
func (r Rights) Has(right string) bool { return slices.Contains(r, right) }

// farRights reach beyond a project: roles that hold one only admins give and take.
var farRights = Rights{"billing", "company"}

// Far says whether one of them is among these.
func (r Rights) Far() bool { return slices.ContainsFunc(farRights, r.Has) }

// reachesFar says the same of the role with an id, in SQL.
func reachesFar(role string) string {
	return "EXISTS (SELECT 1 FROM client_role_right far WHERE far.role_id = " + role + " AND far.right IN ('" + strings.Join(farRights, "', '") + "'))"
}

// Scan reads them from a row.
func (r *Rights) Scan(stored any) error {
	switch text := stored.(type) {
	case nil:
		*r = nil
	case string:
		*r = strings.Fields(text)
	default:
		return fmt.Errorf("rights are no text: %T", stored)
	}
	return nil
}

// Role is a role that contacts may have at their company. Key is "" for one of
// the workspace's own making; those with a key are fixed.
type Role struct {
	ID        ID
	Key, Name string
	Version   int64
	Rights    Rights
	Silent    Rights // on which nouns of ReplyNouns it may not reply, right or not
	Contacts  int    // who hold it
}

// Fixed says that the role came with the program and does not change.
func (r Role) Fixed() bool { return r.Key != "" }

// roleRights puts the rights of role cr into one column, in the order of RightNames.
var roleRights = "coalesce((SELECT group_concat(right, ' ') FROM (SELECT right FROM client_role_right r WHERE r.role_id = cr.id ORDER BY " + rightOrder("right") + ")), '')"

// rightOrder sorts a column of rights as RightNames has them.
func rightOrder(column string) string {
	return "instr(' " + strings.Join(RightNames, " ") + " ', ' ' || " + column + " || ' ')"
}

var roleColumns = "cr.id, coalesce(cr.key, ''), cr.name, cr.version, " + roleRights + ", " + roleSilent

// roleSilent are the nouns on which a role cr may not reply.
const roleSilent = "coalesce((SELECT group_concat(s.noun, ' ' ORDER BY s.noun) FROM client_role_silent s WHERE s.role_id = cr.id), '')"

func roleFields(r *Role) []any {
	return []any{&r.ID, &r.Key, &r.Name, &r.Version, &r.Rights, &r.Silent}
}

const roleOrder = " ORDER BY cr.key IS NULL, cr.id * (cr.key IS NOT NULL), cr.name COLLATE NOCASE, cr.id"

// Roles are all roles of clients, for owner and admins: the fixed ones first.
func (s *Store) Roles(actor Actor) ([]Role, error) {
	var list []Role
	err := s.read(func(r source) (err error) {
		if _, err := administers(r, actor); err != nil {
			return err
		}
		list, err = all(r, func(o *Role) []any { return append(roleFields(o), &o.Contacts) },
			"SELECT "+roleColumns+", (SELECT count(*) FROM contact c WHERE c.role_id = cr.id) FROM client_role cr"+roleOrder)
		return err
	})
	return list, err
}

// Holder is a contact who has a role.
type Holder struct {
	Person, Company   ID
	Name, CompanyName string
	Active            bool // and may look in
}

// maxHolders is how many of those who hold a role are named.
const maxHolders = 200

// Role is one role with those who hold it, at most 200 of them, for owner and admins.
func (s *Store) Role(actor Actor, id ID) (Role, []Holder, error) {
	var role Role
	var holders []Holder
	err := s.read(func(r source) (err error) {
		if _, err := administers(r, actor); err != nil {
			return err
		}
		if role, err = one(r, func(o *Role) []any { return append(roleFields(o), &o.Contacts) },
			"SELECT "+roleColumns+", (SELECT count(*) FROM contact c WHERE c.role_id = cr.id) FROM client_role cr WHERE cr.id = ?", id); err != nil {
			return err
		}
		holders, err = all(r, func(h *Holder) []any { return []any{&h.Person, &h.Company, &h.Name, &h.CompanyName, &h.Active} },
			`SELECT p.id, co.id, p.name, co.name, c.active = 1 AND p.active = 1 AND co.status = 'active' FROM contact c
			JOIN person p ON p.id = c.person_id JOIN company co ON co.id = c.company_id WHERE c.role_id = ? ORDER BY p.name, p.id, co.id LIMIT ?`, id, maxHolders)
		return err
	})
	return role, holders, err
}
