package team

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// offer is a role that somebody may be given: what the form sends, and its name.
type offer struct{ Value, Name string }

// rosterRow is a line of the roster in words.
type rosterRow struct {
	db.RosterLine
	Role, Access, More string
	Leader, You        bool
	Roles              []offer // the other roles that the viewer may give to this person
	MayLook            bool    // the viewer may look through them
	State              stateWord
	MayInvite          bool // the viewer may invite them, or again
}

// members is the page of a project's people.
type members struct {
	head
	Rows  []rosterRow
	Form  web.Form
	Added string // who has just been added
	Told  bool   // by mail
}

// Members shows who is on the project and what each of them sees.
func (t *Team) Members(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.members(c, id, fiber.StatusOK, newMember())
}

// newMember is the form as it is first shown: a client, who is told by mail.
func newMember() web.Form {
	return web.FormOf(map[string]string{"role": db.Client, "invite": "1"})
}

func (t *Team) members(c *fiber.Ctx, id db.ID, status int, form web.Form) error {
	added := c.Query("added")
	return t.still(c, status, "team/members", func(s sight) (content, []live.Region, error) {
		project, err := s.Project(id)
		if err != nil {
			return content{}, nil, err
		}
		roster, err := s.Roster(id)
		if err != nil {
			return content{}, nil, err
		}
		roles, err := s.GivableRoles(id)
		if err != nil {
			return content{}, nil, err
		}
		states, err := s.RosterStates(id)
		page, now := members{head: newHead(project, roster, "members"), Form: form, Told: c.Query("told") != ""}, db.At(t.Store.Now())
		for _, line := range roster {
			row := s.rosterRow(project, line, roles)
			row.State = wordOf(states[line.ID], now)
			row.MayInvite = project.Leads && line.Email != "" && line.Active && row.State.State != db.InvitationJoined
			if page.Rows = append(page.Rows, row); line.ID.String() == added {
				page.Added = line.Name
			}
		}
		return content{project.Name, page}, nil, err
	})
}

func (s sight) rosterRow(project db.Project, line db.RosterLine, roles []db.Role) rosterRow {
	row := rosterRow{RosterLine: line, Role: s.T("role." + line.MemberRole), You: line.ID == s.ID, Leader: line.MemberRole == "leader"}
	row.Access, row.More, _ = web.Access(s.Words, line)
	if line.MemberRole != db.Client {
		other := map[string]string{"leader": "member", "member": "leader"}[line.MemberRole]
		row.Roles = []offer{{other, s.T("role." + other)}}
		return row
	}
	row.MayLook = project.Leads && line.Sees
	row.Role = web.RoleName(s.Words, line.RoleKey, line.ClientRole)
	if line.Far && !s.Admins() {
		return row // only admins take such a role away
	}
	for _, role := range roles {
		if role.ID != line.RoleID {
			row.Roles = append(row.Roles, offer{role.ID.String(), web.RoleName(s.Words, role.Key, role.Name)})
		}
	}
	return row
}

// AddMember puts somebody on the project by e-mail address.
func (t *Team) AddMember(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "email", "name", "role", "invite")
	add, told := t.Store.AddMember, ""
	if form.Value("invite") == "1" {
		add, told = t.Store.AddAndInvite, "&told=1"
	}
	person, err := add(t.Actor(c), id, form.Value("email"), form.Value("name"), form.Value("role"))
	if form.Refused(t.Words(c), err) {
		return t.members(c, id, fiber.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, projectURL(id)+"/members?added="+person.ID.String()+told)
}

// member reads the two ids of the path; somebody who is not on the project is not found.
func (t *Team) member(c *fiber.Ctx) (project db.ID, line db.RosterLine, err error) {
	project, person, err := withPerson(c)
	if err != nil {
		return project, line, err
	}
	err = t.look(c, func(s sight) error {
		roster, err := s.Roster(project)
		for _, line = range roster {
			if line.ID == person {
				return err
			}
		}
		if err == nil {
			err = db.ErrNotFound
		}
		return err
	})
	return project, line, err
}

// SetRole gives somebody of the project another role: leader or member, or one of
// a client's.
func (t *Team) SetRole(c *fiber.Ctx) error {
	project, line, err := t.member(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, "role")
	switch role := form.Value("role"); {
	case line.MemberRole == db.Client:
		err = t.Store.SetClientRole(t.Actor(c), project, line.ID, role)
	case line.MemberRole != db.Client && (role == "leader" || role == "member"):
		_, err = t.Store.AddMember(t.Actor(c), project, line.Email, "", role)
	default:
		err = &db.Invalid{Field: "role", Key: "role.unknown"}
	}
	return t.membersChanged(c, project, form, err)
}

// RemoveMember takes somebody off the project.
func (t *Team) RemoveMember(c *fiber.Ctx) error {
	project, line, err := t.member(c)
	if err != nil {
		return err
	}
	return t.membersChanged(c, project, web.Form{}, t.Store.RemoveMember(t.Actor(c), project, line.ID))
}

// membersChanged leads back to the roster; who took themselves off goes to the projects.
func (t *Team) membersChanged(c *fiber.Ctx, project db.ID, form web.Form, err error) error {
	if form.Refused(t.Words(c), err) {
		return t.rosterRefused(c, project, form.Mistake("role"))
	}
	if err != nil {
		return err
	}
	if t.look(c, func(s sight) error { _, err := s.Project(project); return err }) != nil {
		return web.SeeOther(c, "/projects")
	}
	return web.SeeOther(c, projectURL(project)+"/members")
}

// rosterRefused says above the roster why something was not done.
func (t *Team) rosterRefused(c *fiber.Ctx, project db.ID, sentence string) error {
	form := newMember()
	form.Mistakes = web.Mistakes{"roster": sentence}
	return t.members(c, project, fiber.StatusUnprocessableEntity, form)
}
