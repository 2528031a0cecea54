package portal

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// projects are the viewer's of one company, or all of them (0). A company that is
// not theirs is not found.
func (s sight) projects(company db.ID) ([]db.ClientProject, error) {
	projects, err := s.Projects()
	if err != nil || company == 0 {
		return projects, err
	}
	companies, err := s.Companies()
	if err == nil && !slices.ContainsFunc(companies, func(own db.ClientCompany) bool { return own.ID == company }) {
		err = db.ErrNotFound
	}
	return slices.DeleteFunc(projects, func(p db.ClientProject) bool { return p.CompanyID != company }), err
}

// switchCompany goes to another of the viewer's companies.
func (p *Portal) switchCompany(c *fiber.Ctx) error {
	company, err := db.ParseID(c.Query("company"))
	if err != nil {
		return err
	}
	if err := p.look(c, func(s sight) error { _, err := s.projects(company); return err }); err != nil {
		return err
	}
	p.Remember(c, company)
	return web.SeeOther(c, "/portal")
}

// colleague is somebody of the company, with the role in words.
type colleague struct {
	db.ClientColleague
	Role string
	You  bool
}

// waiting is an invitation that waits, with the role in words.
type waiting struct {
	db.ClientInvitation
	Role string
	Over bool // its link does not work any more
}

// companyPage is who belongs to the viewer's company, and the form for one more.
type companyPage struct {
	Company  db.ID
	Name     string
	People   []colleague
	Waiting  []waiting
	Roles    []role
	Projects []db.ClientProject // those that the viewer may share
	Form     web.Form
	Sent     string // the address that was just written to
}

type role struct {
	ID   db.ID
	Name string
}

// Company shows the people of the viewer's company.
func (p *Portal) Company(c *fiber.Ctx) error {
	return p.company(c, fiber.StatusOK, c.Query("company"), web.Form{})
}

func (p *Portal) company(c *fiber.Ctx, status int, wanted string, form web.Form) error {
	return p.look(c, func(s sight) error {
		room, err := p.Room(c, s.Glass)
		if err != nil {
			return err
		}
		if id, err := db.ParseID(wanted); wanted != "" && (err != nil || !room.Enter(id)) {
			return db.ErrNotFound
		}
		body, err := s.companyPage(room, form)
		if err != nil {
			return err
		}
		if err := s.invitations(&body, c.Query("sent"), p.Store.Now()); err != nil {
			return err
		}
		if room.Several() {
			p.Remember(c, room.Current)
		}
		page := p.Page(c, s.T("company-page.title"), "company", body)
		if err := room.Dress(s.Glass, page); err != nil {
			return err
		}
		return p.Send(c, status, "portal/company", page)
	})
}

// companyPage reads it; without the right "company" there is none.
func (s sight) companyPage(room web.Room, form web.Form) (companyPage, error) {
	page := companyPage{Company: room.Current, Form: form}
	may, err := s.MayAtCompany(room.Current, "company")
	if err == nil && !may {
		err = db.ErrNotFound
	}
	if err != nil {
		return page, err
	}
	for _, company := range room.Companies {
		if company.ID == room.Current {
			page.Name = company.Name
		}
	}
	people, err := s.Colleagues(room.Current)
	if err != nil {
		return page, err
	}
	for _, one := range people {
		page.People = append(page.People, colleague{one, web.RoleName(s.Words, one.RoleKey, one.Role), one.ID == s.Viewer()})
	}
	return page, nil
}

// invitations adds those that wait, and what the form offers.
func (s sight) invitations(page *companyPage, sent string, now time.Time) error {
	list, err := s.Invitations(page.Company)
	if err != nil {
		return err
	}
	for _, one := range list {
		page.Waiting = append(page.Waiting, waiting{one, web.RoleName(s.Words, one.RoleKey, one.Role), !one.ExpiresAt.After(now)})
		if one.ID.String() == sent {
			page.Sent = one.Address
		}
	}
	roles, err := s.GivableRoles(page.Company)
	if err != nil {
		return err
	}
	for _, one := range roles {
		page.Roles = append(page.Roles, role{one.ID, web.RoleName(s.Words, one.Key, one.Name)})
	}
	projects, err := s.projects(page.Company)
	page.Projects = slices.DeleteFunc(projects, func(p db.ClientProject) bool { return p.Archived })
	return err
}
