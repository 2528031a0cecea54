package cli

import (
	"fmt"
	"strings"
	"time"

	"vitrine/db"
)

type contactCommand struct {
	Add        contactAddCommand  `cmd:"" help:"Add a contact to a company. Nobody is mailed."`
	List       contactListCommand `cmd:"" help:"List the contacts of a company."`
	Role       contactRoleCommand `cmd:"" help:"Give a contact another role."`
	Deactivate contactOutCommand  `cmd:"" help:"Put a contact out of what this company sees, at once."`
	Activate   contactInCommand   `cmd:"" help:"Let a contact in again."`
}

type contactAddCommand struct {
	Company string `arg:"" help:"The company's name or id."`
	Email   string `arg:"" help:"Their e-mail address."`
	Name    string `help:"Their full name, when they are not known yet." placeholder:"NAME"`
	Role    string `help:"A role by its key or name, such as client-viewer." default:"client" placeholder:"ROLE"`
	Phone   string `help:"Their phone; no other client sees it." placeholder:"NUMBER"`
	Primary bool   `help:"The contact to turn to first."`
}

// Run adds the contact.
func (c *contactAddCommand) Run(sh *shell) error {
	store, err := sh.open()
	if err != nil {
		return err
	}
	defer store.Close()
	company, err := companyNamed(store, c.Company)
	if err != nil {
		return err
	}
	role, err := roleNamed(store, c.Role)
	if err != nil {
		return err
	}
	person, err := store.AddContactFromShell(company.ID.String(), db.ContactForm{Name: c.Name, Email: c.Email, Phone: c.Phone, RoleID: role.ID, Primary: c.Primary})
	if err != nil {
		return err
	}
	fmt.Fprintf(sh.out, "%s <%s> is a contact of %q as %s.\n", person.Name, person.Email, company.Name, role.Name)
	return nil
}

// roleNamed finds a role of contacts by key or name.
func roleNamed(store *db.Store, name string) (db.Role, error) {
	roles, err := store.ClientRolesFromShell()
	if err != nil {
		return db.Role{}, err
	}
	if role, found := db.RoleNamed(roles, name); found {
		return role, nil
	}
	names := make([]string, len(roles))
	for i, role := range roles {
		if names[i] = role.Key; role.Key == "" {
			names[i] = role.Name
		}
	}
	return db.Role{}, fmt.Errorf("there is no role called %q; there are %s", name, strings.Join(names, ", "))
}

type contactListCommand struct {
	listed
	Company string `arg:"" help:"The company's name or id."`
}

// contactItem is a contact, for scripts.
type contactItem struct {
	ID       db.ID  `json:"id"`
	Name     string `json:"name"`
	Email    string `json:"email,omitempty"`
	Phone    string `json:"phone,omitempty"`
	Role     string `json:"role"`
	Primary  bool   `json:"primary"`
	Active   bool   `json:"active"`
	State    string `json:"state"`
	Language string `json:"language"`
}

func contactItems(lines []db.ContactLine, now time.Time) []contactItem {
	items := make([]contactItem, 0, len(lines))
	for _, l := range lines {
		items = append(items, contactItem{l.ID, l.Name, l.Email, l.Phone, l.RoleName, l.Primary, l.Works && l.Active, l.State(now), l.Language})
	}
	return items
}

func contactRows(lines []db.ContactLine, now time.Time) [][]string {
	rows := [][]string{{"Name", "Email", "Role", "State", "Phone", "Primary"}}
	for _, l := range lines {
		rows = append(rows, []string{l.Name, l.Email, l.RoleName, l.State(now), l.Phone, map[bool]string{true: "primary"}[l.Primary]})
	}
	return rows
}

// Run prints the contacts.
func (c *contactListCommand) Run(sh *shell) error {
	store, err := sh.open()
	if err != nil {
		return err
	}
	defer store.Close()
	company, err := companyNamed(store, c.Company)
	if err != nil {
		return err
	}
	lines, err := store.ContactsFromShell(company.ID.String())
	if err != nil {
		return err
	}
	return c.print(sh.out, contactItems(lines, store.Now()), contactRows(lines, store.Now()))
}
