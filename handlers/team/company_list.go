package team

import (
	"cmp"
	"slices"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// companies is the list and, for admins, the form for a new one.
type companies struct {
	List  web.List
	Rows  []db.CompanyLine
	Admin bool
	Form  web.Form
}

// companyFields are what the form of a company sends.
var companyFields = []string{"name", "address", "country", "vat_number", "language", "currency", "notes", "version"}

// companyStates in the order in which the list sorts them.
var companyStates = []string{db.CompanyActive, db.CompanyInactive, db.CompanyArchived}

// Companies lists the companies that the viewer works for.
func (t *Team) Companies(c *fiber.Ctx) error {
	return t.companies(c, fiber.StatusOK, web.FormOf(map[string]string{}))
}

func (t *Team) companies(c *fiber.Ctx, status int, form web.Form) error {
	asked := web.ReadList(c, "/companies", "")
	return t.stillAt(c, "companies", status, "team/companies", func(s sight) (content, []live.Region, error) {
		page := companies{Admin: s.Admins(), Form: form}
		rows, err := s.Companies()
		page.Rows, page.List = web.Pick(s.Words, asked, rows, func(co db.CompanyLine) string {
			return co.Name + " " + co.PrimaryName + " " + co.VATNumber + " " + s.T("company.status-"+co.Status)
		},
			web.Column[db.CompanyLine]{Name: "name", Key: "company.name", Text: func(co db.CompanyLine) string { return co.Name }},
			web.Column[db.CompanyLine]{Name: "status", Key: "company.status", Order: func(a, b db.CompanyLine) int {
				return slices.Index(companyStates, a.Status) - slices.Index(companyStates, b.Status)
			}},
			web.Column[db.CompanyLine]{Name: "primary", Key: "contact.primary", Text: func(co db.CompanyLine) string { return co.PrimaryName }},
			web.Column[db.CompanyLine]{Name: "contacts", Key: "contact.title", Order: func(a, b db.CompanyLine) int { return cmp.Compare(b.Contacts, a.Contacts) }},
			web.Column[db.CompanyLine]{Name: "projects", Key: "projects.title", Order: func(a, b db.CompanyLine) int { return cmp.Compare(b.Projects, a.Projects) }})
		return content{s.T("company.title"), page}, nil, err
	})
}

// AddCompany makes one.
func (t *Team) AddCompany(c *fiber.Ctx) error {
	form := web.ReadForm(c, companyFields...)
	id, err := t.Store.AddCompany(t.Actor(c), companyForm(form))
	if form.Refused(t.Words(c), err) {
		return t.companies(c, fiber.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, companyURL(id))
}

func companyForm(form web.Form) db.CompanyForm {
	return db.CompanyForm{Name: form.Value("name"), Address: form.Value("address"), Country: form.Value("country"), VATNumber: form.Value("vat_number"), Language: form.Value("language"),
		Currency: form.Value("currency"), Notes: form.Value("notes"), Version: number(form.Value("version"))}
}

func companyURL(id db.ID) string { return "/companies/" + id.String() }
func contactURL(company, person db.ID) string {
	return companyURL(company) + "/contacts/" + person.String()
}
