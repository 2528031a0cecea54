package team

import (
	"errors"
	"maps"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// person is the page of somebody, with the forms about them.
type person struct {
	db.PersonRecord
	RoleWord    string
	StateKey    string
	You         bool
	MayChange   bool     // an owner is changed by owners only
	Roles       []string // that the viewer may give, none for themselves
	Form        web.Form
	Mine        web.Form          // what was typed, and beside it
	Theirs      map[string]string // what somebody else saved meanwhile
	Trouble     string
	Connect     web.Form
	Connectable db.Connectable
	Lines       []web.Line
}

// Connects says that this is a client whom nobody has connected to a company yet.
func (p person) Connects() bool { return p.Side == db.Client && len(p.Of) == 0 }

// conflict puts what was typed beside what somebody else saved meanwhile; sent
// again it goes before that.
func (p *person) conflict(words *views.Words, with *db.Conflict) {
	p.Theirs = map[string]string{"name": with.Theirs["name"], "title": with.Theirs["title"], "role": words.T("role." + with.Theirs["role"])}
	p.Mine = web.FormOf(maps.Clone(p.Theirs))
	p.Mine.Values["title"] = p.Form.Value("title")
	if !p.Joined { // who has joined says their name themselves
		p.Mine.Values["name"] = p.Form.Value("name")
	}
	if role := p.Form.Value("role"); slices.Contains(p.Roles, role) {
		p.Mine.Values["role"] = words.T("role." + role)
	}
	p.Form.Values["version"] = strconv.FormatInt(with.Version, 10)
}

// sentForm is a form of the page that was not taken, about the person or the one
// that connects them, or the sentence why a button did nothing.
type sentForm struct {
	about, connect *web.Form
	theirs         *db.Conflict
	trouble        string
}

// Person shows somebody.
func (t *Team) Person(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.person(c, id, fiber.StatusOK, sentForm{})
}

func (t *Team) person(c *fiber.Ctx, id db.ID, status int, sent sentForm) error {
	actor, words := t.Actor(c), t.Words(c)
	record, err := t.Store.PersonRecord(actor, id)
	if err != nil {
		return err
	}
	page := person{PersonRecord: record, StateKey: stateKey(record.PersonLine), Trouble: sent.trouble, You: id == actor.ID, MayChange: actor.Role == db.Owner || record.Role != db.Owner, RoleWord: words.T("role.client")}
	page.Form = web.FormOf(map[string]string{"name": record.Name, "title": record.Title, "role": record.Role, "version": strconv.FormatInt(record.Version, 10)})
	if sent.about != nil {
		page.Form = *sent.about
	}
	if sent.connect != nil {
		page.Connect = *sent.connect
	}
	if record.Side == db.Team {
		page.RoleWord = words.T("role." + record.Role)
	}
	if !page.You {
		page.Roles = rolesFor(actor.Person)
	}
	if sent.theirs != nil {
		page.conflict(words, sent.theirs)
	}
	if page.Connects() {
		if page.Connectable, err = t.Store.Connectable(actor); err != nil {
			return err
		}
	}
	page.Lines = sight{Words: words, space: t.Workspace().Name}.auditLines(record.Activity)
	shown := t.Page(c, record.Name, "people", page)
	shown.Notice = t.notice(c)
	return t.Send(c, status, "team/person", shown)
}

// EditPerson changes role, title and, until they have joined, name.
func (t *Team) EditPerson(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "name", "title", "role", "version")
	err = t.Store.EditTeamPerson(t.Actor(c), id, db.TeamPersonForm{Name: form.Value("name"), Title: form.Value("title"), Role: form.Value("role"), Version: number(form.Value("version"))})
	var conflict *db.Conflict
	if errors.As(err, &conflict) {
		return t.person(c, id, fiber.StatusConflict, sentForm{about: &form, theirs: conflict})
	}
	if form.Refused(t.Words(c), err) {
		return t.person(c, id, fiber.StatusUnprocessableEntity, sentForm{about: &form})
	}
	return t.personChanged(c, id, err, "saved")
}

// SetPersonActive lets somebody in or out.
func (t *Team) SetPersonActive(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	active := web.ReadForm(c, "active").Value("active") == "1"
	said := map[bool]string{true: "person-in", false: "person-out"}[active]
	return t.personChanged(c, id, t.Store.SetPersonActive(t.Actor(c), id, active), said)
}

// EndPersonSessions signs somebody out everywhere.
func (t *Team) EndPersonSessions(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.personChanged(c, id, t.Store.EndPersonSessions(t.Actor(c), id), "person-signed-out")
}

// personChanged leads back to the page; what a button may not do stands above it.
func (t *Team) personChanged(c *fiber.Ctx, id db.ID, err error, said string) error {
	if mistakes, refused := web.MistakesOf(t.Words(c), err); refused {
		return t.person(c, id, fiber.StatusUnprocessableEntity, sentForm{trouble: mistakes["active"] + mistakes["role"] + mistakes["letter"]})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, personURL(id)+"?said="+said)
}

// InvitePerson invites somebody of the team by mail, or again, with the usual text.
func (t *Team) InvitePerson(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.personChanged(c, id, t.Store.InviteMember(t.Actor(c), id, ""), "invited")
}

// ConnectPerson makes somebody who registered a contact of a company.
func (t *Team) ConnectPerson(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "company", "role", "project")
	err = t.Store.ConnectClient(t.Actor(c), id, db.Connection{Company: form.Value("company"), Role: form.Value("role"), Project: form.Value("project")})
	if form.Refused(t.Words(c), err) {
		return t.person(c, id, fiber.StatusUnprocessableEntity, sentForm{connect: &form})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, personURL(id)+"?said=connected")
}
