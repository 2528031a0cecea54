package team

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

const contactEvents = 40

// contact is the page of one contact of a company.
type contact struct {
	db.ContactLine
	W             *views.Words
	Company       db.CompanyLine
	Admin         bool
	State         string
	Role, Access  string
	Choices       []roleChoice // roles that the viewer may give
	Projects      []db.CompanyProject
	Elsewhere     []db.CompanyLine
	Lines         []web.Line
	Form          web.Form
	Editing       bool
	Theirs        map[string]string
	At, CompanyAt string
}

// Joined says that name and address are the person's own.
func (p contact) Joined() bool { return !p.JoinedAt.IsZero() }

// Contact shows it.
func (t *Team) Contact(c *fiber.Ctx) error {
	company, person, err := withPerson(c)
	if err != nil {
		return err
	}
	return t.contact(c, company, person, fiber.StatusOK, refused{})
}

func (t *Team) contact(c *fiber.Ctx, company, person db.ID, status int, sent refused) error {
	now := t.Store.Now()
	return t.stillAt(c, "companies", status, "team/contact", func(s sight) (content, []live.Region, error) {
		page, err := s.contact(company, person)
		if err != nil {
			return content{}, nil, err
		}
		page.State = page.ContactLine.State(now)
		if sent.place != "" {
			page.Form, page.Editing = sent.form, true
		}
		if sent.theirs != nil {
			page.Theirs = sent.theirs.Theirs
			page.Form.Values["version"] = strconv.FormatInt(sent.theirs.Version, 10)
		}
		return content{page.Name, page}, nil, nil
	})
}

// contact reads the page with its form as it is stored.
func (s sight) contact(company, person db.ID) (page contact, err error) {
	page.W, page.Admin, page.At, page.CompanyAt = s.Words, s.Admins(), contactURL(company, person), companyURL(company)
	if page.Company, err = s.Company(company); err != nil {
		return page, err
	}
	if page.ContactLine, err = s.Viewer.Contact(company, person); err != nil {
		return page, err
	}
	roles, err := s.ContactRoles(company)
	if err != nil {
		return page, err
	}
	choices := s.roleChoices(roles, page.RoleID.String())
	for _, role := range choices {
		if role.Now {
			page.Role, page.Access = role.Name, role.Access
		}
	}
	page.Choices = mayGet(page.ContactLine, choices, page.Admin)
	if page.Projects, err = s.CompanyProjects(company, person); err != nil {
		return page, err
	}
	if page.Elsewhere, err = s.ContactElsewhere(company, person); err != nil {
		return page, err
	}
	audit, err := s.ContactAudit(company, person, contactEvents)
	page.Lines = s.auditLines(audit)
	page.Form = web.FormOf(map[string]string{"name": page.Name, "email": page.Email, "phone": page.Phone, "version": strconv.FormatInt(page.Version, 10)})
	return page, err
}

// EditContact takes the form about the person.
func (t *Team) EditContact(c *fiber.Ctx) error {
	company, person, err := withPerson(c)
	if err != nil {
		return err
	}
	form := web.ReadForm(c, contactFields...)
	sent, _ := contactForm(form)
	err = t.Store.SetContact(t.Actor(c), company, person, sent)
	if conflict := conflictOf(err); conflict != nil {
		return t.contact(c, company, person, fiber.StatusConflict, refused{"contact", form, conflict})
	}
	return t.contactChanged(c, form, err)
}

// contactChanged answers a form of a contact's page.
func (t *Team) contactChanged(c *fiber.Ctx, form web.Form, err error) error {
	company, person, failed := withPerson(c)
	if failed != nil {
		return failed
	}
	if len(form.Values) > 0 && form.Refused(t.Words(c), err) {
		return t.contact(c, company, person, fiber.StatusUnprocessableEntity, refused{"contact", form, nil})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, contactURL(company, person)+"?said=contact")
}
