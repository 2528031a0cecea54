package db

import (
	"encoding/json"
	"strings"

	"vitrine/db/importers"
)

// findProject finds the project that a board goes into, or makes it.
func (i *importing) findProject(target ImportTarget) (err error) {
	id := target.Project
	if id == 0 && strings.TrimSpace(target.ProjectName) == "" {
		if id, err = i.importedBefore(); err != nil {
			return err
		}
	}
	if id == 0 {
		return i.addProject(target)
	}
	if err := i.mayImport(id); err != nil {
		return err
	}
	i.project = id
	if i.done.Name, err = value[string](i.tx, "SELECT name FROM project WHERE id = ?", id); err != nil {
		return err
	}
	i.done.Project = id
	if err := i.tx.run("UPDATE project SET source = ? WHERE id = ? AND source IS NULL", i.boardSource(), id); err != nil {
		return err
	}
	return i.takeCompany(target.Company)
}

// mayImport lets the shell and those pass who may change the project's work.
func (i *importing) mayImport(project ID) error {
	if i.actor != nil {
		err := i.tx.mayWork(*i.actor, project)
		if err == ErrDenied { // seen, and yet nobody may work on it
			err = invalid("project", "import.project-archived")
		}
		return err
	}
	archived, err := value[bool](i.tx, "SELECT archived_at IS NOT NULL FROM project WHERE id = ?", project)
	if err == nil && archived {
		err = invalid("project", "import.project-archived")
	}
	return err
}

// boardSource is the board's stored name; nil when the file does not say its id.
func (i *importing) boardSource() any {
	if i.plan.SourceID == "" {
		return nil
	}
	return i.source(i.plan.SourceID)
}

// importedBefore is the project that holds this board already, 0 when there is
// none: by the board's id, else by the ids of its columns. Two are refused, since
// nobody but the person who asks can choose.
func (i *importing) importedBefore() (ID, error) {
	var columns []string
	for _, c := range i.plan.Columns {
		if lasting(c) {
			columns = append(columns, i.source(c.SourceID))
		}
	}
	list, err := json.Marshal(columns)
	if err != nil {
		return 0, err
	}
	found, err := all(i.tx, itself[ID], `SELECT id FROM project WHERE source = ?1
		UNION SELECT project_id FROM board_column WHERE source IN (SELECT value FROM json_each(?2)) LIMIT 100`, i.boardSource(), string(list))
	if err != nil {
		return 0, err
	}
	var theirs []ID
	for _, id := range found {
		switch err := i.mayImport(id); err {
		case nil:
			theirs = append(theirs, id)
		case ErrNotFound: // not the actor's: for them it does not exist
		default:
			return 0, err
		}
	}
	switch len(theirs) {
	case 0:
		return 0, nil
	case 1:
		return theirs[0], nil
	}
	return 0, invalid("project", "import.project-choose")
}

// lasting says whether a column's id means this one column for ever; others are
// counted up within the file.
func lasting(c importers.Column) bool { return !c.Added && !strings.Contains(c.SourceID, ":") }

// addProject makes a project without columns: the board brings its own. What is
// added to it later is private too, until its leader decides otherwise.
func (i *importing) addProject(target ImportTarget) error {
	form := ProjectForm{Name: target.ProjectName, Company: target.Company, Internal: i.plan.Description, NewTasksPrivate: true}
	if form.Name == "" {
		form.Name = i.plan.Name
	}
	if form.Name == "" {
		form.Name = "Imported board"
	}
	if err := i.tx.cleanProject(&form); err != nil {
		return err
	}
	company, err := i.tx.companyByName(i.actorID(), form.Company)
	if err != nil {
		return err
	}
	i.project = NewID()
	i.done.Project, i.done.Name, i.done.NewProject = i.project, form.Name, true
	if err := i.tx.run(`INSERT INTO project (id, company_id, name, internal_description, team_shown, new_tasks_private, source, created_at) VALUES (?,?,?,?,?,?,?,?)`,
		i.project, company, form.Name, form.Internal, form.TeamShown, form.NewTasksPrivate, i.boardSource(), i.tx.now); err != nil {
		return err
	}
	if i.actor != nil {
		if err := i.tx.run("INSERT INTO membership (project_id, person_id, role, created_at) VALUES (?,?,'leader',?)", i.project, i.actor.ID, i.tx.now); err != nil {
			return err
		}
	}
	if err := i.tx.projectJoins(0, company, i.project); err != nil {
		return err
	}
	return i.tx.touchAuthority()
}

// takeCompany gives a company to a project that has none.
func (i *importing) takeCompany(name string) error {
	name, err := cleanLine("company", name, 200)
	if err != nil || name == "" {
		return err
	}
	if i.actor != nil {
		if err := i.tx.mayLead(*i.actor, i.project); err != nil {
			return err
		}
	}
	company, err := i.tx.companyByName(i.actorID(), name)
	if err != nil {
		return err
	}
	has, err := value[ID](i.tx, "SELECT company_id FROM project WHERE id = ?", i.project)
	switch {
	case err != nil || has == company:
		return err
	case has != 0:
		return invalid("company", "import.company-other", "Project", i.done.Name)
	}
	if err := i.tx.noForeignWords("company", i.project, company); err != nil {
		return err
	}
	if err := i.tx.run("UPDATE project SET company_id = ? WHERE id = ?", company, i.project); err != nil {
		return err
	}
	if err := i.tx.projectJoins(0, company, i.project); err != nil {
		return err
	}
	i.shown = true
	return i.tx.touchAuthority()
}
