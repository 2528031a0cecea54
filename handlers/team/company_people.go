package team

import (
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// contactRow is a contact in the words of a list.
type contactRow struct {
	db.ContactLine
	Role, State string
}

// roleChoice is a role that can be given.
type roleChoice struct {
	ID           db.ID
	Name, Access string
	Far, Now     bool
}

// people fills in the contacts, and which roles are in use.
func (p *company) people(s sight, asked web.Asked, contacts []db.ContactLine, now time.Time) {
	rows, used := make([]contactRow, len(contacts)), map[db.ID]int{}
	for i, contact := range contacts {
		rows[i] = contactRow{contact, web.RoleName(s.Words, contact.RoleKey, contact.RoleName), contact.State(now)}
		if contact.Works {
			used[contact.RoleID]++
		}
		if contact.Works && contact.MayLook {
			p.Through = append(p.Through, contact)
		}
	}
	for _, role := range p.Choices {
		if used[role.ID] > 0 {
			p.Roles = append(p.Roles, roleUse{role.Name, role.Access, used[role.ID]})
		}
	}
	type column = web.Column[contactRow]
	p.Contacts, p.List = web.Pick(s.Words, asked, rows, func(r contactRow) string {
		return strings.Join([]string{r.Name, r.Email, r.Phone, r.Role, s.T("contact.state-" + r.State)}, " ")
	},
		column{Name: "name", Key: "person.name", Text: func(r contactRow) string { return r.Name }},
		column{Name: "email", Key: "person.email", Text: func(r contactRow) string { return r.Email }},
		column{Name: "role", Key: "role.name", Text: func(r contactRow) string { return r.Role }},
		column{Name: "state", Key: "contact.state", Text: func(r contactRow) string { return s.T("contact.state-" + r.State) }},
		column{Name: "seen", Key: "contact.signed-in", Order: func(a, b contactRow) int { return b.SignedInAt.Compare(a.SignedInAt.Time) }})
}

// roleChoices are roles in words; now is the id of the one that somebody has.
func (s sight) roleChoices(roles []db.Role, now string) []roleChoice {
	list := make([]roleChoice, 0, len(roles))
	for _, role := range roles {
		list = append(list, roleChoice{role.ID, web.RoleName(s.Words, role.Key, role.Name), web.RoleAccess(s.Words, role.Rights), role.Rights.Far(), role.ID.String() == now})
	}
	return list
}

// companyLines are events of several projects, each with its project.
func (s sight) companyLines(events []db.CompanyEvent) []web.Line {
	var lines []web.Line
	for _, event := range events {
		for _, line := range s.lines([]db.Event{event.Event}, false) {
			line.Text = s.H("company.event", "project", event.Project, "text", line.Text)
			lines = append(lines, line)
		}
	}
	return lines
}

// contactFields are what the form of a contact sends.
var contactFields = []string{"name", "email", "phone", "role", "primary", "version"}

func contactForm(form web.Form) (db.ContactForm, error) {
	contact := db.ContactForm{Name: form.Value("name"), Email: strings.TrimSpace(form.Value("email")), Phone: form.Value("phone"), Primary: form.Value("primary") == "1", Version: number(form.Value("version"))}
	var err error
	if role := form.Value("role"); role != "" {
		if contact.RoleID, err = db.ParseID(role); err != nil {
			err = &db.Invalid{Field: "role", Key: "role.unknown"}
		}
	}
	return contact, err
}

// AddContact makes somebody a contact of the company, and leads to their page.
func (t *Team) AddContact(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, contactFields...)
	contact, err := contactForm(form)
	if err != nil {
		contact.RoleID = db.NewID() // the store refuses it, after it has asked who asks
	}
	person, err := t.Store.AddContact(t.Actor(c), id, contact)
	if err != nil {
		return t.companyChanged(c, id, "contact", form, err)
	}
	return web.SeeOther(c, contactURL(id, person.ID))
}

// mayGet are the roles that the viewer may give to a contact.
func mayGet(contact db.ContactLine, roles []roleChoice, admin bool) []roleChoice {
	if !contact.MayInvite || !admin && contact.Rights.Far() {
		return nil
	}
	return slices.DeleteFunc(roles, func(role roleChoice) bool { return role.Far && !admin })
}
