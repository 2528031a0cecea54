package db

// PreInvite is what a look before inviting compares with the contact's own glass.
type PreInvite struct {
	Trouble
	Companies []ID           // every one whose active contact they are
	Theirs    []TheirProject // every project that they are rightly on, of all their companies
	Hidden    Hidden
	Named     []TeamName
	Looked    Looked
}

// TheirProject is a project that a contact is on, worked out from the tables and not
// from the views that their pages are made of. Seen says that the actor sees it too.
type TheirProject struct {
	ID, CompanyID ID
	Seen          bool
}

// Hidden is what no client may see of the contact's projects, as far as the actor sees these.
type Hidden struct{ Tasks, Notes, Labels []HiddenThing }

// HiddenThing is a private or archived task, a note with its words, or the team's
// own label by name.
type HiddenThing struct {
	ProjectID, ID, TaskID ID
	Text                  string
}

// TeamName is somebody of the team as one project shows them to its clients.
type TeamName struct {
	ProjectID ID
	Shown     string // "" stands for the team as one
	Untitled  bool   // where titles are shown, and this person has none
}

// Looked says who has looked through the contact's eyes last, and when something
// that decides what they see has changed last.
type Looked struct {
	By            string
	At, ChangedAt Time
}

// Enough says that nothing has changed since.
func (l Looked) Enough() bool { return !l.At.IsZero() && !l.ChangedAt.After(l.At.Time) }

// PreInvite gathers it for whoever may invite the contact; errors as of Trouble.
func (s *Store) PreInvite(actor Actor, company, person ID) (PreInvite, error) {
	var c PreInvite
	err := s.read(func(r source) (err error) {
		if c.Trouble, err = s.trouble(r, actor, company, person); err != nil {
			return err
		}
		if c.Companies, err = all(r, itself[ID], "SELECT company_id FROM contact WHERE person_id = ? AND active = 1", person); err != nil {
			return err
		}
		if c.Theirs, err = all(r, func(p *TheirProject) []any { return []any{&p.ID, &p.CompanyID, &p.Seen} },
			`SELECT pr.id, pr.company_id, EXISTS (SELECT 1 FROM visible_project_team v WHERE v.viewer_id = ?1 AND v.project_id = pr.id)
			FROM membership m JOIN project pr ON pr.id = m.project_id JOIN contact c ON c.company_id = pr.company_id AND c.person_id = m.person_id AND c.active = 1
			WHERE m.person_id = ?2 AND m.role = 'client'`, actor.ID, person); err != nil {
			return err
		}
		if c.Hidden, err = hiddenFrom(r, actor, company, person); err != nil {
			return err
		}
		if c.Named, err = shownTeam(r, actor, company, person); err != nil {
			return err
		}
		c.Looked, err = looked(r, company, person)
		return err
	})
	return c, err
}

// theirProjects are those of the company that the contact (?3) is on and the actor (?1) sees.
const theirProjects = `visible_project_team v JOIN project pr ON pr.id = v.project_id AND pr.company_id = ?2
	JOIN membership m ON m.project_id = pr.id AND m.person_id = ?3 AND m.role = 'client'`

func hiddenFrom(r source, actor Actor, company, person ID) (h Hidden, err error) {
	fields := func(t *HiddenThing) []any { return []any{&t.ProjectID, &t.ID, &t.TaskID, &t.Text} }
	if h.Tasks, err = all(r, fields, "SELECT pr.id, t.id, t.id, '' FROM "+theirProjects+" JOIN task t ON t.project_id = pr.id AND (t.private = 1 OR t.archived_at IS NOT NULL) WHERE v.viewer_id = ?1", actor.ID, company, person); err != nil {
		return h, err
	}
	if h.Notes, err = all(r, fields, "SELECT pr.id, n.id, n.thread_id, n.body FROM "+theirProjects+" JOIN note n ON n.project_id = pr.id AND n.deleted_at IS NULL WHERE v.viewer_id = ?1", actor.ID, company, person); err != nil {
		return h, err
	}
	// A label of the same name that clients do see is not the team's own.
	h.Labels, err = all(r, fields, "SELECT pr.id, l.id, 0, l.name FROM "+theirProjects+` JOIN label l ON l.project_id = pr.id AND l.client_visible = 0
			AND NOT EXISTS (SELECT 1 FROM label o WHERE o.project_id = l.project_id AND o.client_visible = 1 AND o.name = l.name) WHERE v.viewer_id = ?1`, actor.ID, company, person)
	return h, err
}

func shownTeam(r source, actor Actor, company, person ID) ([]TeamName, error) {
	return all(r, func(n *TeamName) []any { return []any{&n.ProjectID, &n.Shown, &n.Untitled} },
		"SELECT pr.id, n.name, pr.team_shown = 'title' AND p.title = '' FROM "+theirProjects+`
			JOIN membership t ON t.project_id = pr.id AND t.role <> 'client' JOIN person p ON p.id = t.person_id AND p.side = 'team' AND p.active = 1
			JOIN shown_person_client n ON n.project_id = pr.id AND n.person_id = p.id
		WHERE v.viewer_id = ?1 ORDER BY pr.name COLLATE NOCASE, pr.id, t.role, p.name, p.id`, actor.ID, company, person)
}

// looked counts as a change what decides who sees what: rights and memberships, a
// project's settings, and tasks that came into sight or got other words. Work
// going on, and what is said, are none.
func looked(r source, company, person ID) (Looked, error) {
	return one(r, func(l *Looked) []any { return []any{&l.By, &l.At, &l.ChangedAt} }, `SELECT
		coalesce((SELECT p.name FROM audit a JOIN person p ON p.id = a.actor_id WHERE a.person_id = ?2 AND a.kind = 'preview.started' ORDER BY a.id DESC LIMIT 1), ''),
		(SELECT max(a.at) FROM audit a WHERE a.person_id = ?2 AND a.kind = 'preview.started'),
		(SELECT max(at) FROM (
			SELECT a.at FROM audit a WHERE a.person_id = ?2 AND a.kind NOT LIKE 'preview.%' AND a.kind NOT LIKE 'session.%' AND a.kind NOT LIKE 'sign-in.%' AND a.kind NOT LIKE 'invitation.%'
			UNION ALL SELECT e.at FROM event e JOIN project pr ON pr.id = e.project_id AND pr.company_id = ?1
				JOIN membership m ON m.project_id = pr.id AND m.person_id = ?2 AND m.role = 'client'
				WHERE e.kind IN ('project.edited', 'column.changed', 'imported')
				OR e.kind IN ('task.created', 'task.shown', 'task.renamed', 'task.edited', 'task.restored') AND EXISTS (SELECT 1 FROM task t WHERE t.id = e.task_id AND t.private = 0)))`, company, person)
}
