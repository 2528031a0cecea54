package cli

import (
	"strings"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

type rosterCommand struct {
	listed
	Project string `arg:"" help:"The project's name or id."`
}

// rosterFlag is the other way to ask for it: vitrine project --members NAME.
type rosterFlag struct {
	listed
	Members string `help:"Print who is on the project of this name." placeholder:"NAME"`
}

// Run prints the roster.
func (c *rosterFlag) Run(sh *shell) error {
	if c.Members == "" {
		return mistyped("say what to do: project members, project add or project add-member")
	}
	return sh.roster(c.Members, c.listed)
}

// Run prints the roster.
func (c *rosterCommand) Run(sh *shell) error { return sh.roster(c.Project, c.listed) }

// rosterItem is somebody on a project, for scripts.
type rosterItem struct {
	Role   string `json:"role"`
	Name   string `json:"name"`
	Email  string `json:"email,omitempty"`
	Access string `json:"access"`
}

func (sh *shell) roster(name string, as listed) error {
	store, err := sh.open()
	if err != nil {
		return err
	}
	defer store.Close()
	project, err := projectNamed(store, name)
	if err != nil {
		return err
	}
	lines, err := store.RosterFromShell(project.ID)
	if err != nil {
		return err
	}
	words := views.For("en", "UTC", store.Now())
	rows, items := [][]string{{"Role", "Name", "Access"}}, []rosterItem{}
	for _, line := range lines {
		access := accessOf(words, line)
		rows = append(rows, []string{roleOf(line), line.Name, access})
		items = append(items, rosterItem{roleOf(line), line.Name, line.Email, access})
	}
	return as.print(sh.out, items, rows)
}

// roleOf is what somebody is on the project; a contact with a role of its own at
// the company goes by that.
func roleOf(line db.RosterLine) string {
	if line.ClientRole != "" {
		return line.ClientRole
	}
	return strings.ToUpper(line.MemberRole[:1]) + line.MemberRole[1:]
}

// accessOf says it in the words of the members' page, in English as all commands do.
func accessOf(words *views.Words, line db.RosterLine) string {
	short, _, beyond := web.Access(words, line)
	if beyond != "" {
		short += ", " + beyond
	}
	return short
}

// usualColumns are the names of a new project's columns, in the workspace's language.
func usualColumns(store *db.Store) ([3]string, error) {
	space, err := store.Workspace()
	if err != nil {
		return [3]string{}, err
	}
	words := views.For(space.Language, space.TimeZone, store.Now())
	return [3]string{words.T("status.todo"), words.T("status.doing"), words.T("status.done")}, nil
}
