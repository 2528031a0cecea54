package team

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// roleRow is a role in the reader's words.
type roleRow struct {
	db.Role
	Name   string
	Rights string // "projects, replies, decisions"
}

func newRoleRow(w *views.Words, role db.Role) roleRow {
	return roleRow{role, web.RoleName(w, role.Key, role.Name), rightsInWords(w, role.Rights)}
}

// rightsInWords names rights in their order; without any it is "nothing".
func rightsInWords(w *views.Words, rights db.Rights) string {
	var names []string
	for _, right := range db.RightNames {
		if rights.Has(right) {
			names = append(names, w.T("right."+right))
		}
	}
	if len(names) == 0 {
		return w.T("client-role.nothing")
	}
	return strings.Join(names, ", ")
}

// silentInWords names where a role may not reply; "" is nowhere.
func silentInWords(w *views.Words, nouns []string) string {
	var names []string
	for _, noun := range db.ReplyNouns {
		if slices.Contains(nouns, noun) {
			names = append(names, w.T("client-role.silent-"+noun))
		}
	}
	return strings.Join(names, ", ")
}

// roleFields are what the form of a role sends.
var roleFields = []string{"name", "right", "silent", "version"}

func roleForm(form web.Form) db.RoleForm {
	return db.RoleForm{Name: form.Value("name"), Rights: form.Lists["right"], Silent: form.Lists["silent"], Version: number(form.Value("version"))}
}

// Roles lists the roles of clients; ?from= fills the form for a new one with a copy.
func (t *Team) Roles(c *fiber.Ctx) error {
	form := web.FormOf(map[string]string{})
	form.Lists["right"] = []string{"projects", "comment"}
	return t.roles(c, fiber.StatusOK, form)
}

func (t *Team) roles(c *fiber.Ctx, status int, form web.Form) error {
	list, err := t.Store.Roles(t.Actor(c))
	if err != nil {
		return err
	}
	words, rows := t.Words(c), make([]roleRow, len(list))
	from, _ := db.ParseID(c.Query("from"))
	for i, role := range list {
		if rows[i] = newRoleRow(words, role); role.ID == from && status == fiber.StatusOK {
			form.Values["name"], form.Lists["right"], form.Lists["silent"] = words.T("client-role.copy-name", "name", rows[i].Name), role.Rights, role.Silent
		}
	}
	return t.settingsPage(c, status, words.T("client-role.title"), "team/roles", map[string]any{"Rows": rows, "Form": form, "Rights": db.RightNames, "Nouns": db.ReplyNouns})
}

// AddRole makes a role.
func (t *Team) AddRole(c *fiber.Ctx) error {
	form := web.ReadForm(c, roleFields...)
	id, err := t.Store.AddRole(t.Actor(c), roleForm(form))
	if form.Refused(t.Words(c), err) {
		return t.roles(c, fiber.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, "/settings/roles/"+id.String()+"?said=saved-settings")
}

// Role shows one role, with those who have it.
func (t *Team) Role(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.role(c, id, fiber.StatusOK, nil, nil)
}

// role shows it as it is stored, or with a form that was not taken.
func (t *Team) role(c *fiber.Ctx, id db.ID, status int, sent *web.Form, theirs *db.Conflict) error {
	role, holders, err := t.Store.Role(t.Actor(c), id)
	if err != nil {
		return err
	}
	words := t.Words(c)
	form := web.FormOf(map[string]string{"name": role.Name, "version": strconv.FormatInt(role.Version, 10)})
	form.Lists["right"], form.Lists["silent"] = role.Rights, role.Silent
	page := map[string]any{"Role": newRoleRow(words, role), "Holders": holders, "More": role.Contacts - len(holders), "Rights": db.RightNames, "Nouns": db.ReplyNouns}
	if sent != nil {
		form = *sent
	}
	if theirs != nil {
		form.Values["version"] = strconv.FormatInt(theirs.Version, 10)
		page["Theirs"] = map[string]string{"name": theirs.Theirs["name"], "rights": rightsInWords(words, strings.Fields(theirs.Theirs["rights"])), "silent": silentInWords(words, strings.Fields(theirs.Theirs["silent"]))}
		page["Mine"] = web.FormOf(map[string]string{"name": form.Value("name"), "rights": rightsInWords(words, form.Lists["right"]), "silent": silentInWords(words, form.Lists["silent"])})
	}
	page["Form"] = form
	return t.settingsPage(c, status, page["Role"].(roleRow).Name, "team/role", page)
}

// EditRole changes a role for everybody who has it.
func (t *Team) EditRole(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, roleFields...)
	return t.roleChanged(c, id, form, "/settings/roles/"+id.String(), t.Store.EditRole(t.Actor(c), id, roleForm(form)))
}

// DeleteRole takes a role away that nobody has.
func (t *Team) DeleteRole(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	err = t.Store.DeleteRole(t.Actor(c), id)
	var refused *db.Invalid
	if errors.As(err, &refused) {
		mistakes, _ := web.MistakesOf(t.Words(c), err)
		return t.roleRefused(c, id, mistakes)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, "/settings/roles?said=role-deleted")
}

func (t *Team) roleChanged(c *fiber.Ctx, id db.ID, form web.Form, back string, err error) error {
	var conflict *db.Conflict
	switch {
	case errors.As(err, &conflict):
		return t.role(c, id, fiber.StatusConflict, &form, conflict)
	case form.Refused(t.Words(c), err):
		return t.role(c, id, fiber.StatusUnprocessableEntity, &form, nil)
	case err != nil:
		return err
	}
	return web.SeeOther(c, back+"?said=saved-settings")
}

// roleRefused shows the role as it is stored, and why it stays.
func (t *Team) roleRefused(c *fiber.Ctx, id db.ID, mistakes web.Mistakes) error {
	role, _, err := t.Store.Role(t.Actor(c), id)
	if err != nil {
		return err
	}
	form := web.FormOf(map[string]string{"name": role.Name, "version": strconv.FormatInt(role.Version, 10)})
	form.Lists["right"], form.Mistakes = role.Rights, mistakes
	return t.role(c, id, fiber.StatusUnprocessableEntity, &form, nil)
}
