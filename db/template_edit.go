package db

import "strings"

// Template is a mould that somebody of the team saved from a project.
type Template struct {
	ID                       ID
	Name, Description, By    string
	At                       Time
	Tasks, Shown, Milestones int
	Version                  int64
	May                      bool // the reader may rename and delete it
}

const templatesSeen = `SELECT pr.id, pr.name, pr.description, coalesce(p.name, ''), pr.created_at, pr.version,
	(SELECT count(*) FROM task t WHERE t.project_id = pr.id), (SELECT count(*) FROM task t WHERE t.project_id = pr.id AND t.private = 0),
	(SELECT count(*) FROM milestone m WHERE m.project_id = pr.id),
	EXISTS (SELECT 1 FROM may_edit_template e WHERE e.viewer_id = v.viewer_id AND e.template_id = pr.id)
	FROM visible_template_team v JOIN project pr ON pr.id = v.template_id LEFT JOIN person p ON p.id = pr.template_by WHERE v.viewer_id = ?`

func templateFields(t *Template) []any {
	return []any{&t.ID, &t.Name, &t.Description, &t.By, &t.At, &t.Version, &t.Tasks, &t.Shown, &t.Milestones, &t.May}
}

// Templates are those that the team saved, by name.
func (v *Viewer) Templates() ([]Template, error) {
	return all(v.source, templateFields, templatesSeen+" ORDER BY pr.name COLLATE NOCASE, pr.id", v.ID)
}

// Template is one of them with what is in it.
func (s *Store) Template(actor Actor, id ID) (Template, Mould, error) {
	var found Template
	var mould Mould
	if actor.Side != Team {
		return found, mould, ErrNotFound
	}
	err := s.read(func(r source) (err error) {
		if found, err = one(r, templateFields, templatesSeen+" AND v.template_id = ?", actor.ID, id); err != nil {
			return err
		}
		mould, err = mouldOf(r, id)
		return err
	})
	return found, mould, err
}

// chosenMould finds what a form chose: one of the ready ones, or one that the team saved.
func (tx *Tx) chosenMould(actor ID, chosen, language string) (Mould, error) {
	if mould, ready := ReadyMould(chosen, language); ready {
		return mould, nil
	}
	id, err := ParseID(chosen)
	if err == nil {
		_, err = value[ID](tx, "SELECT template_id FROM visible_template_team WHERE viewer_id = ? AND template_id = ?", actor, id)
	}
	if err != nil {
		return Mould{}, invalid("template", "template.gone")
	}
	return mouldOf(tx, id)
}

// TemplateForm is what is filled in about a template. Internal takes internal texts of
// tasks along when it is saved; Sure says that client names in it are meant. Version
// is of a stored one.
type TemplateForm struct {
	Name, Description string
	Internal, Sure    bool
	Version           int64
}

func (f *TemplateForm) clean() (err error) {
	if f.Name, err = cleanLine("name", f.Name, 200); err != nil {
		return err
	}
	if f.Name == "" {
		return invalid("name", "template.name-empty")
	}
	f.Description, err = cleanText("description", f.Description, 20000)
	return err
}

// SaveTemplate keeps how a project is made for others like it; leaders only. Nobody is
// on a template and no company has it. It is read by the whole team, and another client
// will read the texts: so the names of companies and of their people in what clients
// see are refused until somebody is sure. What an admin did not switch on stays as it is.
func (s *Store) SaveTemplate(actor Actor, project ID, form TemplateForm) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if err := tx.mayLead(actor, project); err != nil {
			return err
		}
		if err := form.clean(); err != nil {
			return err
		}
		mould, err := mouldOf(tx, project)
		if err != nil {
			return err
		}
		mould.Name, mould.Description, mould.Internal = form.Name, form.Description, ""
		if !form.Internal {
			mould.Tasks = withoutInternal(mould.Tasks)
		}
		if _, err := administers(tx, actor); err != nil {
			mould.Switches = switchedOff(mould.Switches)
		}
		if err := tx.noClientNames(mould, form.Sure); err != nil {
			return err
		}
		start, err := value[Date](tx, "SELECT coalesce(starts_on, '2000-01-03') FROM project WHERE id = ?", project)
		if err != nil {
			return err
		}
		if err := tx.keepTemplate(id, actor.ID, mould, start); err != nil {
			return err
		}
		return tx.audit(actor.ID, AuditTemplateSaved, 0, project, mould.Name)
	})
	return id, err
}

// What the audit log says of templates.
const (
	AuditTemplateSaved   = "template.saved"
	AuditTemplateDeleted = "template.deleted"
)

// keepTemplate stores a mould. The dates stand as days after its own start.
func (tx *Tx) keepTemplate(id, actor ID, m Mould, start Date) error {
	ends, ok := start.after(m.Ends)
	if !ok {
		return invalid("name", "template.too-far")
	}
	for _, day := range m.days() {
		if _, ok := start.after(day); !ok {
			return invalid("name", "template.too-far")
		}
	}
	if err := tx.run(`INSERT INTO project (id, template, template_by, name, description, internal_description, status, starts_on, ends_on, team_shown, new_tasks_private, created_at)
		VALUES (?,1,?,?,?,?,'planned',?,?,?,?,?)`, id, actor, m.Name, m.Description, m.Internal, start, ends, m.TeamShown, m.NewTasksPrivate, tx.now); err != nil {
		return err
	}
	err := tx.pour(m, id, 0, start)
	if refused, is := err.(*Invalid); is {
		refused.Field = "name"
	}
	return err
}

func withoutInternal(tasks []MouldTask) []MouldTask {
	for i := range tasks {
		tasks[i].Internal = ""
	}
	return tasks
}

// switchedOff keeps the switches that take something away: others are an admin's to give.
func switchedOff(switches []MouldSwitch) (off []MouldSwitch) {
	for _, s := range switches {
		if !s.On {
			off = append(off, s)
		}
	}
	return off
}

// noClientNames finds companies and their people in what clients would read.
func (tx *Tx) noClientNames(m Mould, sure bool) error {
	if sure {
		return nil
	}
	doubts, err := namesOthers(tx, doubtful{}, strings.Join(m.clientTexts(), "\n\n"))
	if err != nil || len(doubts) == 0 {
		return err
	}
	var names []string
	for _, doubt := range doubts {
		names = append(names, doubt.Words)
	}
	return invalid("sure", "template.names", "names", strings.Join(names, ", "))
}

// EditTemplate renames a template.
func (s *Store) EditTemplate(actor Actor, id ID, form TemplateForm) error {
	return s.write(func(tx *Tx) error {
		old, err := tx.ownTemplate(actor, id)
		if err != nil {
			return err
		}
		if form.Version != old.Version {
			return &Conflict{Version: old.Version, Theirs: map[string]string{"name": old.Name, "description": old.Description}}
		}
		if err := form.clean(); err != nil {
			return err
		}
		return tx.must("UPDATE project SET name = ?, description = ?, version = version + 1 WHERE id = ? AND template = 1", form.Name, form.Description, id)
	})
}

// DeleteTemplate takes a template away. Projects made of it stay as they are.
func (s *Store) DeleteTemplate(actor Actor, id ID) error {
	return s.write(func(tx *Tx) error {
		old, err := tx.ownTemplate(actor, id)
		if err != nil {
			return err
		}
		if err := tx.run("DELETE FROM feature WHERE scope = 'project' AND scope_id = ?", int64(id)); err != nil {
			return err
		}
		if err := tx.must("DELETE FROM project WHERE id = ? AND template = 1", id); err != nil {
			return err
		}
		return tx.audit(actor.ID, AuditTemplateDeleted, 0, 0, old.Name)
	})
}

// ownTemplate lets those pass who may change a template: ErrDenied for others of the team.
func (tx *Tx) ownTemplate(actor Actor, id ID) (Template, error) {
	if err := tx.notPreview(actor); err != nil {
		return Template{}, err
	}
	if actor.Side != Team {
		return Template{}, ErrNotFound
	}
	found, err := one(tx, templateFields, templatesSeen+" AND v.template_id = ?", actor.ID, id)
	if err == nil && !found.May {
		err = ErrDenied
	}
	return found, err
}
