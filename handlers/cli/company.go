package cli

import (
	"errors"
	"fmt"
	"strings"

	"vitrine/db"
)

type companyCommand struct {
	Add    companyAddCommand    `cmd:"" help:"Add a client company."`
	List   companyListCommand   `cmd:"" help:"List the client companies."`
	Show   companyShowCommand   `cmd:"" help:"Print what is known about a company, and its contacts."`
	Status companyStatusCommand `cmd:"" help:"Make a company active, inactive or archived. Contacts of one that is not active are out at once."`
}

type companyAddCommand struct {
	Name     string `arg:"" help:"The company's name."`
	Address  string `help:"For invoices." placeholder:"TEXT"`
	VAT      string `name:"vat" help:"VAT number, for invoices." placeholder:"NUMBER"`
	Language string `help:"en or el. Default: the workspace's." enum:"en,el," default:"" placeholder:"CODE"`
	Currency string `help:"Such as EUR." placeholder:"CODE"`
	Notes    string `help:"For the team; no client sees them." placeholder:"TEXT"`
}

// Run adds the company; its id stands alone on the last line.
func (c *companyAddCommand) Run(sh *shell) error {
	store, err := sh.openOrCreate()
	if err != nil {
		return err
	}
	defer store.Close()
	id, err := store.AddCompanyFromShell(db.CompanyForm{Name: c.Name, Address: c.Address, VATNumber: c.VAT, Language: c.Language, Currency: c.Currency, Notes: c.Notes})
	if err != nil {
		return err
	}
	fmt.Fprintf(sh.out, "Added the company %q.\n%s\n", strings.Join(strings.Fields(c.Name), " "), id)
	return nil
}

type companyListCommand struct{ listed }

// companyItem is a company, for scripts.
type companyItem struct {
	ID       db.ID         `json:"id"`
	Name     string        `json:"name"`
	Status   string        `json:"status"`
	Address  string        `json:"address,omitempty"`
	VAT      string        `json:"vat_number,omitempty"`
	Language string        `json:"language,omitempty"`
	Currency string        `json:"currency,omitempty"`
	Notes    string        `json:"internal_notes,omitempty"`
	Primary  string        `json:"primary,omitempty"`
	JoinsAll bool          `json:"joins_all"`
	Contacts int           `json:"contacts"`
	Projects int           `json:"projects"`
	People   []contactItem `json:"people,omitempty"`
}

func companyOf(c db.CompanyLine) companyItem {
	return companyItem{c.ID, c.Name, c.Status, c.Address, c.VATNumber, c.Language, c.Currency, c.Notes, c.PrimaryName, c.JoinsAll, c.Contacts, c.Projects, nil}
}

// Run prints the companies.
func (c *companyListCommand) Run(sh *shell) error {
	store, err := sh.open()
	if err != nil {
		return err
	}
	defer store.Close()
	lines, err := store.CompaniesFromShell()
	if err != nil {
		return err
	}
	rows, items := [][]string{{"Name", "Status", "Primary contact", "Contacts", "Projects"}}, []companyItem{}
	for _, l := range lines {
		rows = append(rows, []string{l.Name, l.Status, l.PrimaryName, fmt.Sprint(l.Contacts), fmt.Sprint(l.Projects)})
		items = append(items, companyOf(l))
	}
	return c.print(sh.out, items, rows, 3, 4)
}

type companyShowCommand struct {
	listed
	Company string `arg:"" help:"The company's name or id."`
}

// Run prints the company and its contacts.
func (c *companyShowCommand) Run(sh *shell) error {
	store, err := sh.open()
	if err != nil {
		return err
	}
	defer store.Close()
	company, err := companyNamed(store, c.Company)
	if err != nil {
		return err
	}
	contacts, err := store.ContactsFromShell(company.ID.String())
	if err != nil {
		return err
	}
	item := companyOf(company)
	item.People = contactItems(contacts, store.Now())
	if c.JSON {
		return c.print(sh.out, item, nil)
	}
	rows := [][]string{{"Name", company.Name}, {"Status", company.Status}}
	for _, fact := range [][]string{{"Address", strings.ReplaceAll(company.Address, "\n", ", ")}, {"VAT number", company.VATNumber}, {"Language", company.Language}, {"Currency", company.Currency},
		{"Internal notes", strings.ReplaceAll(company.Notes, "\n", " ")}} {
		if fact[1] != "" {
			rows = append(rows, fact)
		}
	}
	table(sh.out, rows)
	fmt.Fprintln(sh.out)
	table(sh.out, contactRows(contacts, store.Now()))
	return nil
}

type companyStatusCommand struct {
	Company string `arg:"" help:"The company's name or id."`
	Status  string `arg:"" help:"active, inactive or archived." enum:"active,inactive,archived"`
}

// Run sets the status; open pages follow.
func (c *companyStatusCommand) Run(sh *shell) error {
	store, err := sh.open()
	if err != nil {
		return err
	}
	defer store.Close()
	company, err := companyNamed(store, c.Company)
	if err != nil {
		return err
	}
	if err := store.SetCompanyStatusFromShell(company.ID.String(), c.Status); err != nil {
		return err
	}
	fmt.Fprintf(sh.out, "%q is %s now.\n", company.Name, c.Status)
	return nil
}

// companyNamed finds a company by name or id.
func companyNamed(store *db.Store, name string) (db.CompanyLine, error) {
	found, err := store.CompanyFromShell(name)
	if errors.Is(err, db.ErrNotFound) {
		err = fmt.Errorf("there is no company called %q", name)
	}
	return found, err
}
