package team

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
	"vitrine/views"
)

const companyEvents = 15

// company is the page of one company.
type company struct {
	db.CompanyLine
	W        *views.Words
	Admin    bool
	List     web.List
	Contacts []contactRow
	Through  []db.ContactLine // through whom the viewer may look
	Roles    []roleUse
	Choices  []roleChoice
	Projects []db.CompanyProject
	Audit    []web.Line
	Events   []web.Line
	Edit     web.Form // the company's own facts
	Add      web.Form // a new contact
	Bills    bool     // the viewer works on its bills
	Sees     []db.PersonName
	Editing  bool // the edit form was sent and not taken
	Theirs   map[string]string
}

// roleUse is a role and how many contacts have it.
type roleUse struct {
	Name, Access string
	Count        int
}

// Company shows it.
func (t *Team) Company(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.company(c, id, fiber.StatusOK, refused{})
}

func (t *Team) company(c *fiber.Ctx, id db.ID, status int, sent refused) error {
	asked := web.ReadList(c, companyURL(id)+"#contacts", "")
	now := t.Store.Now()
	return t.stillAt(c, "companies", status, "team/company", func(s sight) (content, []live.Region, error) {
		page, err := s.company(id)
		if err != nil {
			return content{}, nil, err
		}
		contacts, err := s.Contacts(id)
		if err != nil {
			return content{}, nil, err
		}
		page.people(s, asked, contacts, now)
		page.refuse(sent)
		return content{page.Name, page}, nil, nil
	})
}

// company reads the page with its forms as they are stored.
func (s sight) company(id db.ID) (page company, err error) {
	page.W, page.Admin = s.Words, s.Admins()
	if page.CompanyLine, err = s.Company(id); err != nil {
		return page, err
	}
	if page.Projects, err = s.CompanyProjects(id, 0); err != nil {
		return page, err
	}
	roles, err := s.ContactRoles(id)
	if err != nil {
		return page, err
	}
	page.Choices = s.roleChoices(roles, "")
	audit, err := s.CompanyAudit(id, companyEvents)
	if err != nil {
		return page, err
	}
	page.Audit = s.auditLines(audit)
	if page.Bills = s.MayBill(); page.Bills {
		if page.Sees, err = s.SeesBills(id); err != nil {
			return page, err
		}
	}
	events, err := s.CompanyLog(id, companyEvents)
	page.Events = s.companyLines(events)
	page.Edit = web.FormOf(map[string]string{"name": page.Name, "address": page.Address, "country": page.Country, "vat_number": page.VATNumber, "language": page.Language,
		"currency": page.Currency, "notes": page.Notes, "version": strconv.FormatInt(page.Version, 10)})
	page.Add = web.FormOf(map[string]string{})
	return page, err
}

// refuse puts a form that was sent and not taken into its place.
func (p *company) refuse(sent refused) {
	switch {
	case sent.place == "contact":
		p.Add = sent.form
	case sent.place == "company":
		p.Edit, p.Editing = sent.form, true
	}
	if sent.theirs != nil {
		p.Theirs = sent.theirs.Theirs
		p.Edit.Values["version"] = strconv.FormatInt(sent.theirs.Version, 10)
	}
}

// EditCompany takes the form. Where somebody else saved in the meantime nothing is
// stored, and both texts are shown.
func (t *Team) EditCompany(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	form := web.ReadForm(c, companyFields...)
	err = t.Store.EditCompany(t.Actor(c), id, companyForm(form))
	if conflict := conflictOf(err); conflict != nil {
		return t.company(c, id, fiber.StatusConflict, refused{"company", form, conflict})
	}
	return t.companyChanged(c, id, "company", form, err)
}

// companyChanged answers a form of a company's page.
func (t *Team) companyChanged(c *fiber.Ctx, id db.ID, place string, form web.Form, err error) error {
	if place != "" && form.Refused(t.Words(c), err) {
		return t.company(c, id, fiber.StatusUnprocessableEntity, refused{place, form, nil})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, companyURL(id)+"?said=company")
}

// SetCompanyStatus makes a company active, inactive or archived.
func (t *Team) SetCompanyStatus(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.companyChanged(c, id, "", web.Form{}, t.Store.SetCompanyStatus(t.Actor(c), id, web.ReadForm(c, "status").Value("status")))
}

// SetJoinsAll says whether the contacts join all projects of the company.
func (t *Team) SetJoinsAll(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.companyChanged(c, id, "", web.Form{}, t.Store.SetJoinsAll(t.Actor(c), id, web.ReadForm(c, "on").Value("on") == "1"))
}
