package cli

import (
	"errors"
	"fmt"

	"vitrine/db"
)

type projectListCommand struct{ listed }

// projectItem is a project, for scripts.
type projectItem struct {
	ID       db.ID  `json:"id"`
	Name     string `json:"name"`
	Company  string `json:"company,omitempty"`
	Status   string `json:"status"`
	Archived bool   `json:"archived"`
	Tasks    int    `json:"tasks"`
	Done     int    `json:"done"`
	People   int    `json:"people"`
}

// Run prints the projects.
func (c *projectListCommand) Run(sh *shell) error {
	store, err := sh.open()
	if err != nil {
		return err
	}
	defer store.Close()
	lines, err := store.ProjectsFromShell()
	if err != nil {
		return err
	}
	rows, items := [][]string{{"Name", "Company", "Status", "Done", "People"}}, []projectItem{}
	for _, l := range lines {
		status := l.Status
		if l.Archived {
			status = "archived"
		}
		rows = append(rows, []string{l.Name, l.Company, status, fmt.Sprintf("%d of %d", l.Done, l.Tasks), fmt.Sprint(l.People)})
		items = append(items, projectItem{l.ID, l.Name, l.Company, l.Status, l.Archived, l.Tasks, l.Done, l.People})
	}
	return c.print(sh.out, items, rows, 3, 4)
}

type projectRemoveCmd struct {
	Project string `arg:"" help:"The project's name or id."`
	Email   string `arg:"" help:"Whom to take off it."`
}

// Run takes somebody off the project; their open pages of it close.
func (c *projectRemoveCmd) Run(sh *shell) error {
	store, err := sh.open()
	if err != nil {
		return err
	}
	defer store.Close()
	project, err := projectNamed(store, c.Project)
	if err != nil {
		return err
	}
	person, err := store.RemoveMemberFromShell(project.ID, c.Email)
	if errors.Is(err, db.ErrNotFound) {
		return fmt.Errorf("%s is not on %q", c.Email, project.Name)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(sh.out, "%s <%s> is off %q.\n", person.Name, person.Email, project.Name)
	return nil
}
