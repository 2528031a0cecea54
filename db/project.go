package db

// Project is what the team knows of a project.
type Project struct {
	ID, CompanyID                         ID
	Company, Name, Description, Internal  string
	Status, TeamShown                     string
	StartsOn, EndsOn                      Date
	NewTasksPrivate                       bool
	ArchivedAt                            Time
	TeamVersion, ClientVersion, Version   int64
	Tasks, Done, Shared, Members, Clients int
	Asks                                  int  // what waits for an answer of its clients, or was proposed by them
	Leads                                 bool // the viewer leads it, or is an admin
}

const projectColumns = `pr.id, pr.company_id, coalesce(co.name, ''), pr.name, pr.description, pr.internal_description, pr.status, pr.team_shown,
	pr.starts_on, pr.ends_on, pr.new_tasks_private, pr.archived_at, pr.team_version, pr.client_version, pr.version,
	(SELECT count(*) FROM task t WHERE t.project_id = pr.id AND t.archived_at IS NULL),
	(SELECT count(*) FROM task t JOIN board_column c ON c.id = t.column_id AND c.kind = 'done' WHERE t.project_id = pr.id AND t.archived_at IS NULL),
	(SELECT count(*) FROM task t WHERE t.project_id = pr.id AND t.archived_at IS NULL AND t.private = 0),
	(SELECT count(*) FROM membership m WHERE m.project_id = pr.id AND m.role <> 'client'),
	(SELECT count(*) FROM membership m WHERE m.project_id = pr.id AND m.role = 'client'),
	(SELECT count(*) FROM decision d WHERE d.project_id = pr.id AND d.state IN ('asked', 'proposed')),
	EXISTS (SELECT 1 FROM may_lead l WHERE l.viewer_id = v.viewer_id AND l.project_id = pr.id)`

const projectJoins = ` FROM visible_project_team v JOIN project pr ON pr.id = v.project_id LEFT JOIN company co ON co.id = pr.company_id`

func projectFields(p *Project) []any {
	return []any{&p.ID, &p.CompanyID, &p.Company, &p.Name, &p.Description, &p.Internal, &p.Status, &p.TeamShown,
		&p.StartsOn, &p.EndsOn, &p.NewTasksPrivate, &p.ArchivedAt, &p.TeamVersion, &p.ClientVersion, &p.Version,
		&p.Tasks, &p.Done, &p.Shared, &p.Members, &p.Clients, &p.Asks, &p.Leads}
}

// Projects lists what the viewer works on: open ones first, by name.
func (v *Viewer) Projects() ([]Project, error) {
	return all(v.source, projectFields, "SELECT "+projectColumns+projectJoins+" WHERE v.viewer_id = ? ORDER BY pr.archived_at IS NOT NULL, pr.name COLLATE NOCASE, pr.id", v.ID)
}

// Project is one project of the viewer.
func (v *Viewer) Project(id ID) (Project, error) {
	return one(v.source, projectFields, "SELECT "+projectColumns+projectJoins+" WHERE v.viewer_id = ? AND pr.id = ?", v.ID, id)
}

// ProjectForm is what somebody of the team fills in about a project. Version is
// the version that the form was opened at.
type ProjectForm struct {
	Name, Company, Description, Internal, Status, TeamShown string
	StartsOn, EndsOn                                        string
	NewTasksPrivate                                         bool
	Version                                                 int64

	Template string // of a new one: a template's id or the name of a ready one, "" for none
	Language string // in which a ready one speaks
}

func (tx *Tx) cleanProject(f *ProjectForm) (err error) {
	if f.Name, err = cleanLine("name", f.Name, 200); err != nil {
		return err
	}
	if f.Name == "" {
		return invalid("name", "project.name-empty")
	}
	if f.Company, err = cleanLine("company", f.Company, 200); err != nil {
		return err
	}
	if f.Description, err = cleanText("description", f.Description, 20000); err != nil {
		return err
	}
	if f.Internal, err = cleanText("internal", f.Internal, 20000); err != nil {
		return err
	}
	starts, ok := ParseDate(f.StartsOn)
	if !ok {
		return invalid("starts_on", "date.invalid")
	}
	ends, ok := ParseDate(f.EndsOn)
	if !ok {
		return invalid("ends_on", "date.invalid")
	}
	if starts != "" && ends != "" && ends < starts {
		return invalid("ends_on", "date.before-start")
	}
	if f.Status == "" {
		f.Status = "active"
	}
	if f.TeamShown == "" {
		f.TeamShown = "first"
	}
	if !oneOf(f.Status, "planned", "active", "paused", "finished") {
		return invalid("status", "choice.unknown")
	}
	if !oneOf(f.TeamShown, "full", "first", "title", "team") {
		return invalid("team_shown", "choice.unknown")
	}
	return nil
}

func oneOf(text string, choices ...string) bool {
	for _, choice := range choices {
		if text == choice {
			return true
		}
	}
	return false
}

// AddProject makes a project with the three usual columns, or what its template holds;
// the actor leads it.
func (s *Store) AddProject(actor Actor, form ProjectForm, columns [3]string) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		if _, err := value[ID](tx, "SELECT id FROM person WHERE id = ? AND side = 'team' AND active = 1", actor.ID); err != nil {
			return err
		}
		mould := plainMould(columns)
		if form.Template != "" {
			var err error
			if mould, err = tx.chosenMould(actor.ID, form.Template, form.Language); err != nil {
				return err
			}
		}
		return tx.addProject(id, actor.ID, form, mould)
	})
	return id, err
}

func (tx *Tx) addProject(id, actor ID, form ProjectForm, mould Mould) error {
	mould = mould.over(form)
	form, err := mould.under(form)
	if err != nil {
		return err
	}
	if err := tx.cleanProject(&form); err != nil {
		return err
	}
	company, err := tx.companyByName(actor, form.Company)
	if err != nil {
		return err
	}
	if err := tx.run(`INSERT INTO project (id, company_id, name, description, internal_description, status, starts_on, ends_on, team_shown, new_tasks_private, created_at)
		VALUES (?,?,?,?,?,?,?,?,?,?,?)`, id, company, form.Name, form.Description, form.Internal, form.Status, Date(form.StartsOn), Date(form.EndsOn),
		form.TeamShown, form.NewTasksPrivate, tx.now); err != nil {
		return err
	}
	if err := tx.pour(mould, id, actor, Date(form.StartsOn)); err != nil {
		return err
	}
	if actor != 0 {
		if err := tx.run("INSERT INTO membership (project_id, person_id, role, created_at) VALUES (?,?,'leader',?)", id, actor, tx.now); err != nil {
			return err
		}
	}
	if err := tx.record(happened{project: id, actor: actor, kind: EventProjectCreated, clients: true}); err != nil {
		return err
	}
	if err := tx.projectJoins(actor, company, id); err != nil {
		return err
	}
	return tx.touchAuthority()
}

// EditProject changes a project; leaders only. A form older than the stored
// version is a Conflict.
func (s *Store) EditProject(actor Actor, id ID, form ProjectForm) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayLead(actor, id); err != nil {
			return err
		}
		if err := tx.cleanProject(&form); err != nil {
			return err
		}
		old, err := one(tx, func(p *Project) []any {
			return []any{&p.Name, &p.Description, &p.Internal, &p.CompanyID, &p.Company, &p.Status, &p.StartsOn, &p.EndsOn, &p.TeamShown, &p.Version}
		}, `SELECT pr.name, description, internal_description, company_id, coalesce(co.name, ''), pr.status, starts_on, ends_on, team_shown, pr.version
			FROM project pr LEFT JOIN company co ON co.id = pr.company_id WHERE pr.id = ?`, id)
		if err != nil {
			return err
		}
		if form.Version != old.Version {
			return &Conflict{Version: old.Version, Theirs: map[string]string{"name": old.Name, "description": old.Description, "internal": old.Internal}}
		}
		company, err := tx.companyByName(actor.ID, form.Company)
		if err != nil {
			return err
		}
		if company != old.CompanyID && old.CompanyID != 0 {
			clients, err := value[int](tx, "SELECT count(*) FROM membership WHERE project_id = ? AND role = 'client'", id)
			if err != nil {
				return err
			}
			if clients > 0 {
				return invalid("company", "project.company-has-clients", "Company", old.Company)
			}
		}
		if company != old.CompanyID {
			if err := tx.noForeignWords("company", id, company); err != nil {
				return err
			}
		}
		if err := tx.must(`UPDATE project SET company_id = ?, name = ?, description = ?, internal_description = ?, status = ?, starts_on = ?, ends_on = ?, team_shown = ?, new_tasks_private = ?, version = version + 1 WHERE id = ?`,
			company, form.Name, form.Description, form.Internal, form.Status, Date(form.StartsOn), Date(form.EndsOn), form.TeamShown, form.NewTasksPrivate, id); err != nil {
			return err
		}
		if err := tx.record(happened{project: id, actor: actor.ID, kind: EventProject}); err != nil {
			return err
		}
		if ends := Date(form.EndsOn); ends != old.EndsOn {
			if err := tx.recordMove(happened{project: id, actor: actor.ID, kind: EventProjectMoved, clients: true, old: old.EndsOn, new: ends}); err != nil {
				return err
			}
		}
		if company != old.CompanyID {
			if err := tx.projectJoins(actor.ID, company, id); err != nil {
				return err
			}
			if err := tx.touchAuthority(); err != nil {
				return err
			}
		}
		shown := company != old.CompanyID || form.Name != old.Name || form.Description != old.Description || form.Status != old.Status ||
			Date(form.StartsOn) != old.StartsOn || Date(form.EndsOn) != old.EndsOn || form.TeamShown != old.TeamShown
		return tx.touch(id, shown)
	})
}

// ArchiveProject puts a project aside, or brings it back. Clients still read it.
func (s *Store) ArchiveProject(actor Actor, id ID, archive bool) error {
	return s.write(func(tx *Tx) error {
		if err := tx.mayLead(actor, id); err != nil {
			return err
		}
		kind, at := EventRestored, Time{}
		if archive {
			kind, at = EventArchived, tx.now
		}
		if err := tx.must("UPDATE project SET archived_at = ?, version = version + 1 WHERE id = ?", at, id); err != nil {
			return err
		}
		if err := tx.record(happened{project: id, actor: actor.ID, kind: kind, clients: true}); err != nil {
			return err
		}
		return tx.touchAuthority() // an archived project takes no replies
	})
}

// mayWork lets those pass who see the project and may change its work.
func (tx *Tx) mayWork(actor Actor, project ID) error {
	return tx.pass(actor, project, "SELECT count(*) FROM may_work WHERE viewer_id = ? AND project_id = ?")
}

// mayLead lets leaders and admins pass.
func (tx *Tx) mayLead(actor Actor, project ID) error {
	return tx.pass(actor, project, "SELECT count(*) FROM may_lead WHERE viewer_id = ? AND project_id = ?")
}

// pass answers ErrNotFound where the project is not the actor's at all, and
// ErrDenied where it is but the actor may not do this.
func (tx *Tx) pass(actor Actor, project ID, rule string) error {
	if err := tx.notPreview(actor); err != nil {
		return err
	}
	if actor.Side != Team {
		return ErrNotFound
	}
	may, err := value[int](tx, rule, actor.ID, project)
	if err != nil || may > 0 {
		return err
	}
	seen, err := value[int](tx, "SELECT count(*) FROM visible_project_team WHERE viewer_id = ? AND project_id = ?", actor.ID, project)
	if err != nil {
		return err
	}
	if seen > 0 {
		return ErrDenied
	}
	return ErrNotFound
}
