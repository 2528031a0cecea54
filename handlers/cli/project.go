package cli

import (
	"fmt"
	"strings"

	"vitrine/db"
)

type projectCommand struct {
	Members   rosterCommand      `cmd:"" help:"Print who is on a project: role, name, access."`
	Add       projectAddCmd      `cmd:"" help:"Add a project."`
	AddMember projectMemberCmd   `cmd:"" name:"add-member" help:"Put somebody on a project. Somebody unknown with the role client becomes a contact of the project's company."`
	Remove    projectRemoveCmd   `cmd:"" name:"remove-member" help:"Take somebody off a project."`
	List      projectListCommand `cmd:"" help:"List the projects."`
	Roster    rosterFlag         `cmd:"" hidden:"" default:"withargs"`
}

type projectAddCmd struct {
	Name    string `arg:"" help:"The project's name."`
	Company string `help:"The client company; one that is not known yet is added." placeholder:"NAME"`
}

// Run adds a project with the three usual columns in the workspace's language.
func (c *projectAddCmd) Run(sh *shell) error {
	store, err := sh.openOrCreate()
	if err != nil {
		return err
	}
	defer store.Close()
	found, err := store.ProjectsNamed(c.Name)
	if err != nil {
		return err
	}
	for _, project := range found {
		if !project.Archived {
			return fmt.Errorf("there is a project called %q already", project.Name)
		}
	}
	columns, err := usualColumns(store)
	if err != nil {
		return err
	}
	id, err := store.AddProjectFromShell(db.ProjectForm{Name: c.Name, Company: c.Company}, columns)
	if err != nil {
		return err
	}
	fmt.Fprintf(sh.out, "Added the project %q.\n%s\n", strings.TrimSpace(c.Name), id)
	return nil
}

type projectMemberCmd struct {
	Project string `arg:"" help:"The project's name or id."`
	Email   string `arg:"" help:"Their e-mail address."`
	Role    string `help:"leader, member or client." enum:"leader,member,client" required:"" placeholder:"ROLE"`
	Name    string `help:"Their full name, when they are not known yet." placeholder:"NAME"`
}

// Run puts the person on the project.
func (c *projectMemberCmd) Run(sh *shell) error {
	store, err := sh.open()
	if err != nil {
		return err
	}
	defer store.Close()
	project, err := projectNamed(store, c.Project)
	if err != nil {
		return err
	}
	person, err := store.AddMemberFromShell(project.ID, c.Email, c.Name, c.Role)
	if err != nil {
		return err
	}
	fmt.Fprintf(sh.out, "%s <%s> is on %q as %s.\n", person.Name, person.Email, project.Name, c.Role)
	return nil
}

// projectNamed finds the one project that is meant: an open one before an archived one.
func projectNamed(store *db.Store, name string) (db.NamedProject, error) {
	found, err := store.ProjectsNamed(name)
	if err != nil {
		return db.NamedProject{}, err
	}
	if len(found) == 0 {
		return db.NamedProject{}, fmt.Errorf("there is no project called %q", name)
	}
	if len(found) > 1 && found[0].Archived == found[1].Archived {
		return db.NamedProject{}, fmt.Errorf("%d projects are called %q; use the id of one: %s", len(found), name, strings.Join(ids(found), ", "))
	}
	return found[0], nil
}

func ids(projects []db.NamedProject) []string {
	var list []string
	for _, p := range projects {
		text := p.ID.String()
		if p.Company != "" {
			text += " (" + p.Company + ")"
		}
		if p.Archived {
			text += " (archived)"
		}
		list = append(list, text)
	}
	return list
}
