package cli

import (
	"fmt"

	"vitrine/db"
)

type personCommand struct {
	Add        personAddCommand  `cmd:"" help:"Add somebody to the team. The first owner ends the set-up link."`
	List       personListCommand `cmd:"" help:"List the team."`
	Role       personRoleCommand `cmd:"" help:"Give somebody of the team a role. There is always an owner."`
	Deactivate personOutCommand  `cmd:"" help:"Put somebody out of every page, link and token at once."`
	Activate   personInCommand   `cmd:"" help:"Let somebody in again."`
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

type personListCommand struct{ listed }

// teammate is somebody of the team, for scripts.
type teammate struct {
	ID         db.ID  `json:"id"`
	Name       string `json:"name"`
	Email      string `json:"email"`
	Role       string `json:"role"`
	Title      string `json:"title,omitempty"`
	Language   string `json:"language"`
	Active     bool   `json:"active"`
	Joined     bool   `json:"joined"`
	Projects   int    `json:"projects"`
	LastSignIn string `json:"last_sign_in,omitempty"`
}

// Run prints the team.
func (c *personListCommand) Run(sh *shell) error {
	store, err := sh.open()
	if err != nil {
		return err
	}
	defer store.Close()
	lines, err := store.TeamFromShell()
	if err != nil {
		return err
	}
	rows, items := [][]string{{"Name", "Email", "Role", "State", "Projects", "Last sign-in"}}, []teammate{}
	for _, l := range lines {
		rows = append(rows, []string{l.Name, l.Email, l.Role, personState(l), fmt.Sprint(l.Projects), day(l.LastSignIn)})
		items = append(items, teammate{l.ID, l.Name, l.Email, l.Role, l.Title, l.Language, l.Active, l.Joined, l.Projects, moment(l.LastSignIn)})
	}
	return c.print(sh.out, items, rows, 4)
}

func personState(line db.PersonLine) string {
	switch {
	case !line.Active:
		return "deactivated"
	case !line.Joined:
		return "not signed in yet"
	}
	return "active"
}

type personRoleCommand struct {
	Email string `arg:"" help:"Whose role."`
	Role  string `arg:"" help:"owner, admin or member." enum:"owner,admin,member"`
}

// Run gives the role; open pages follow.
func (c *personRoleCommand) Run(sh *shell) error {
	store, err := sh.open()
	if err != nil {
		return err
	}
	defer store.Close()
	person, err := store.SetTeamRoleFromShell(c.Email, c.Role)
	if err != nil {
		return err
	}
	fmt.Fprintf(sh.out, "%s <%s> is %s now.\n", person.Name, person.Email, person.Role)
	return nil
}

type personOutCommand struct {
	Email string `arg:"" help:"Whom to put out: somebody of the team, or a client at all companies."`
}

// Run puts somebody out.
func (c *personOutCommand) Run(sh *shell) error {
	return sh.setActive(c.Email, false, "%s <%s> is out of everything.\n")
}

type personInCommand struct {
	Email string `arg:"" help:"Whom to let in again."`
}

// Run lets somebody in again.
func (c *personInCommand) Run(sh *shell) error {
	return sh.setActive(c.Email, true, "%s <%s> can sign in again.\n")
}

func (sh *shell) setActive(email string, active bool, said string) error {
	store, err := sh.open()
	if err != nil {
		return err
	}
	defer store.Close()
	person, err := store.SetPersonActiveFromShell(email, active)
	if err != nil {
		return err
	}
	fmt.Fprintf(sh.out, said, person.Name, person.Email)
	return nil
}
