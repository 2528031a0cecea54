package web

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/views"
)

// companyCookie remembers which of their companies a contact of several looks
// at. It only chooses among what the glass shows.
const companyCookie = "company"

// Room is where a client's page stands: at which of their companies. Current is 0
// for somebody who belongs to none.
type Room struct {
	Companies []db.ClientCompany
	Current   db.ID
}

// Room reads the viewer's companies and takes the one that the browser remembers,
// else the first with a project.
func (a *App) Room(c *fiber.Ctx, g *db.Glass) (Room, error) {
	companies, err := g.Companies()
	room := Room{Companies: companies}
	if err != nil || room.Enter(remembered(c)) || len(companies) == 0 {
		return room, err
	}
	room.Current = companies[0].ID
	if room.Several() {
		projects, err := g.Projects()
		if err != nil {
			return room, err
		}
		room.Current = firstWithProject(companies, projects)
	}
	return room, nil
}

func firstWithProject(companies []db.ClientCompany, projects []db.ClientProject) db.ID {
	for _, company := range companies {
		if slices.ContainsFunc(projects, func(p db.ClientProject) bool { return p.CompanyID == company.ID }) {
			return company.ID
		}
	}
	return companies[0].ID
}

// Name is what the company is called, "" for none.
func (r Room) Name() string {
	for _, company := range r.Companies {
		if company.ID == r.Current {
			return company.Name
		}
	}
	return ""
}

// Several says that there is something to choose; else nothing of it is shown.
func (r Room) Several() bool { return len(r.Companies) > 1 }

// Enter goes to a company of the viewer's; ok is false for any other.
func (r *Room) Enter(company db.ID) (ok bool) {
	ok = slices.ContainsFunc(r.Companies, func(own db.ClientCompany) bool { return own.ID == company })
	if ok {
		r.Current = company
	}
	return ok
}

// Dress puts into a page what depends on the company: the switch, the menu and
// the reader's own picture.
func (r Room) Dress(g *db.Glass, page *views.Page) error {
	for _, company := range r.Companies {
		if company.ID == r.Current {
			page.Me.Company = company.Name
		}
		if r.Several() {
			page.Companies = append(page.Companies, views.Company{Name: company.Name, URL: "/portal?company=" + company.ID.String(), Current: company.ID == r.Current})
		}
	}
	colleagues, err := g.MayAtCompany(r.Current, "company")
	if err != nil {
		return err
	}
	bills, err := g.Bills(r.Current)
	if err != nil {
		return err
	}
	if bills.All > 0 {
		page.Menu = slices.Insert(page.Menu, 2, views.Link{Name: "invoices", URL: "/portal/invoices", Key: "nav.invoices", Count: bills.Owed})
	}
	if colleagues {
		page.Menu = append(page.Menu, views.Link{Name: "company", URL: "/portal/company", Key: "nav.company"})
	}
	waits, err := g.Waits(r.Current)
	if err != nil {
		return err
	}
	for i := range page.Menu {
		if page.Menu[i].Name == "home" {
			page.Menu[i].Count = waits
		}
	}
	avatar, err := g.OwnAvatar()
	page.Me.Avatar = picture(avatar)
	return err
}

// picture names a picture to a page, "" for none.
func picture(id db.ID) string {
	if id == 0 {
		return ""
	}
	return id.String()
}

// remembered is the company in the browser's cookie, 0 when there is none.
func remembered(c *fiber.Ctx) db.ID {
	id, err := db.ParseID(c.Cookies(companyCookie))
	if err != nil {
		return 0
	}
	return id
}

// Remember keeps the company for the pages to come. It is no secret and changes
// nothing in the store, so that a look through a client may do it too.
func (a *App) Remember(c *fiber.Ctx, company db.ID) {
	if company != 0 && company != remembered(c) {
		c.Cookie(&fiber.Cookie{Name: companyCookie, Value: company.String(), Path: "/portal", HTTPOnly: true, Secure: a.Secure, SameSite: fiber.CookieSameSiteLaxMode})
	}
}
