package db

// ClientDeliverable is a deliverable of which at least one version was handed over.
// State is that of the newest one's approval, Number its number.
type ClientDeliverable struct {
	ID, ProjectID, MilestoneID ID
	Name, Description          string
	State                      string
	Number                     int
	Versions                   []ClientVersion // newest first
	Tasks                      []ClientTask    // linked: ID, ProjectID, Title, Kind, Label
}

// ClientVersion is a version that was handed over. DeliveredBy is "" for a team that
// is shown as one.
type ClientVersion struct {
	ID, DeliverableID ID
	Number            int
	Note              string
	MustOpen          bool // the viewer has to open its files before approving it
	SHA256            string
	DeliveredBy       string
	DeliveredAt       Time
	DecisionID        ID
	State             string
	EndedAt           Time
	Newest            bool
	Files             []ClientFile
}

// Deliverables are those of a project, with versions and tasks and without files:
// what was delivered last comes first.
func (g *Glass) Deliverables(project ID) ([]ClientDeliverable, error) {
	return g.deliverables("project_id = ?", project)
}

// Deliverable is one of them, with its files.
func (g *Glass) Deliverable(id ID) (ClientDeliverable, error) {
	found, err := g.deliverables("deliverable_id = ?", id)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return ClientDeliverable{}, err
	}
	d := found[0]
	files, err := all(g, func(f *ClientFile) []any { return append(openableFields(f), &f.VersionID) },
		"SELECT "+openableColumns+", version_id FROM client_version_file WHERE deliverable_id = ? ORDER BY name, sha256, id", id)
	for i := range d.Versions {
		for _, file := range files {
			if file.VersionID == d.Versions[i].ID {
				d.Versions[i].Files = append(d.Versions[i].Files, file)
			}
		}
	}
	return d, err
}

func (g *Glass) deliverables(which string, subject ID) ([]ClientDeliverable, error) {
	list, err := all(g, func(d *ClientDeliverable) []any {
		return []any{&d.ID, &d.ProjectID, &d.MilestoneID, &d.Name, &d.Description}
	}, `SELECT d.id, d.project_id, d.milestone_id, d.name, d.description FROM client_deliverable d JOIN client_deliverable_version n ON n.deliverable_id = d.id AND n.newest = 1
		WHERE n.`+which+" ORDER BY n.delivered_at DESC, d.id", subject)
	if err != nil || len(list) == 0 {
		return list, err
	}
	place := make(map[ID]*ClientDeliverable, len(list))
	for i := range list {
		place[list[i].ID] = &list[i]
	}
	versions, err := all(g, func(n *ClientVersion) []any {
		return []any{&n.ID, &n.DeliverableID, &n.Number, &n.Note, &n.MustOpen, &n.SHA256, &n.DeliveredBy, &n.DeliveredAt, &n.DecisionID, &n.State, &n.EndedAt, &n.Newest}
	}, `SELECT n.id, n.deliverable_id, n.number, n.note, n.must_open, n.sha256, coalesce(n.delivered_by, ''), n.delivered_at, n.decision_id, coalesce(n.state, ''), n.ended_at, n.newest
		FROM client_deliverable_version n WHERE n.`+which+" ORDER BY n.number DESC", subject)
	if err != nil {
		return nil, err
	}
	for _, version := range versions {
		d := place[version.DeliverableID]
		d.Versions = append(d.Versions, version)
		if version.Newest {
			d.State, d.Number = version.State, version.Number
		}
	}
	return list, g.withDeliverableTasks(place, which, subject)
}

// withDeliverableTasks adds the tasks that deliverables are linked to, as far as the
// viewer sees them.
func (g *Glass) withDeliverableTasks(place map[ID]*ClientDeliverable, which string, subject ID) error {
	type linked struct {
		deliverable ID
		ClientTask
	}
	list, err := all(g, func(l *linked) []any {
		return []any{&l.deliverable, &l.ID, &l.ProjectID, &l.Title, &l.Kind, &l.Label}
	}, `SELECT w.deliverable_id, t.id, t.project_id, t.title, t.kind, t.label FROM client_deliverable_task w JOIN client_task t ON t.id = w.task_id
		WHERE w.`+which+" ORDER BY t.column_position, t.position, t.id", subject)
	for _, l := range list {
		d := place[l.deliverable]
		d.Tasks = append(d.Tasks, l.ClientTask)
	}
	return err
}

// DecisionFiles are the files that hang on a question itself, by name; those of an
// approval hang on its version.
func (g *Glass) DecisionFiles(decision ID) ([]ClientFile, error) {
	return all(g, openableFields, "SELECT "+openableColumns+" FROM client_decision_file WHERE decision_id = ? ORDER BY name, sha256, id", decision)
}

const openableColumns = "id, name, size, picture, coalesce(width, 0), coalesce(height, 0), required, sha256, opened"

func openableFields(f *ClientFile) []any {
	return []any{&f.ID, &f.Name, &f.Size, &f.Picture, &f.Width, &f.Height, &f.Required, &f.SHA256, &f.Opened}
}
