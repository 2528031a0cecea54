package cli

import (
	"errors"
	"fmt"

	"vitrine/db"
)

// contactArgs name a contact of a company.
type contactArgs struct {
	Company string `arg:"" help:"The company's name or id."`
	Email   string `arg:"" help:"Whose."`
}

// change does something to the contact and says so.
func (a contactArgs) change(sh *shell, said string, change func(store *db.Store, company string) error) error {
	store, err := sh.open()
	if err != nil {
		return err
	}
	defer store.Close()
	company, err := companyNamed(store, a.Company)
	if err != nil {
		return err
	}
	err = change(store, company.ID.String())
	if errors.Is(err, db.ErrNotFound) {
		return fmt.Errorf("%s is no contact of %q", a.Email, company.Name)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(sh.out, said, a.Email, company.Name)
	return nil
}

type contactRoleCommand struct {
	contactArgs
	Role string `arg:"" help:"A role by its key or name, such as client-viewer."`
}

// Run gives the role, which holds at once in all projects of the company.
func (c *contactRoleCommand) Run(sh *shell) error {
	return c.change(sh, "%s has another role at %q now.\n", func(store *db.Store, company string) error {
		role, err := roleNamed(store, c.Role)
		if err != nil {
			return err
		}
		return store.SetContactRoleFromShell(company, c.Email, role.ID)
	})
}

type contactOutCommand struct{ contactArgs }

// Run puts the contact out.
func (c *contactOutCommand) Run(sh *shell) error {
	return c.change(sh, "%s sees nothing of %q any more.\n", func(store *db.Store, company string) error {
		return store.SetContactActiveFromShell(company, c.Email, false)
	})
}

type contactInCommand struct{ contactArgs }

// Run lets the contact in again.
func (c *contactInCommand) Run(sh *shell) error {
	return c.change(sh, "%s is a contact of %q again.\n", func(store *db.Store, company string) error {
		return store.SetContactActiveFromShell(company, c.Email, true)
	})
}
