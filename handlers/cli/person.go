package cli

import (
	"fmt"

	"vitrine/db"
)

type personCommand struct {
	Add personAddCommand `cmd:"" help:"Add somebody to the team. The first owner ends the set-up link."`
}

type personAddCommand struct {
	Email    string `arg:"" help:"Their e-mail address."`
	Name     string `help:"Their full name." required:"" placeholder:"NAME"`
	Role     string `help:"owner, admin or member." enum:"owner,admin,member" default:"member" placeholder:"ROLE"`
	Title    string `help:"What they do, such as Designer." placeholder:"TITLE"`
	Language string `help:"en or el. Default: the workspace's." enum:"en,el," default:"" placeholder:"CODE"`
	TimeZone string `name:"time-zone" help:"Such as Europe/Athens. Default: the workspace's." placeholder:"ZONE"`
}

// Run adds the person and says so.
func (c *personAddCommand) Run(sh *shell) error {
	store, err := sh.openOrCreate()
	if err != nil {
		return err
	}
	defer store.Close()
	person, err := store.AddPersonFromShell(db.NewPerson{Email: c.Email, Name: c.Name, Role: c.Role, Title: c.Title, Language: c.Language, TimeZone: c.TimeZone})
	if err != nil {
		return err
	}
	fmt.Fprintf(sh.out, "Added %s <%s> to the team as %s.\n", person.Name, person.Email, person.Role)
	return nil
}
