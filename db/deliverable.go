package db

// Deliverable is something that is handed over to clients in versions, each of which
// they approve. State is "draft" until the first one was delivered, and then that of
// the newest: asked, decided, changes, declined, withdrawn or expired. Number is that
// version's, 0 for none.
type Deliverable struct {
	ID, ProjectID, MilestoneID   ID
	Name, Description, Milestone string
	Version                      int64 // of the text, for its form
	State                        string
	Number                       int
	Versions                     []DeliverableVersion // newest first
	Tasks                        []Task               // linked: ID, ProjectID, Title, Kind, Column, Private, ArchivedAt
}

// DeliverableVersion is one of them. One without DeliveredAt is being prepared, in the
// state "draft": clients have nothing of it. Newest is the last that was delivered.
type DeliverableVersion struct {
	ID, DeliverableID ID
	Number            int
	Note              string
	MustOpen          bool   // its files are to be opened before it is approved
	SHA256            string // over number, note and files
	DeliveredBy       string
	DeliveredByID     ID
	DeliveredAt       Time
	DecisionID        ID
	State             string
	EndedAt           Time
	Newest            bool
	Files             []File
}

// stateDraft is the state of what was not delivered.
const stateDraft = "draft"

// Deliverables are those of a project, oldest first, with versions and tasks and
// without files.
func (v *Viewer) Deliverables(project ID) ([]Deliverable, error) {
	return v.deliverables(" AND d.project_id = ?", project)
}

// Deliverable is one of them, with its files.
func (v *Viewer) Deliverable(id ID) (Deliverable, error) {
	found, err := v.deliverables(" AND d.id = ?", id)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Deliverable{}, err
	}
	return found[0], v.withVersionFiles(&found[0])
}

func (v *Viewer) deliverables(which string, subject ID) ([]Deliverable, error) {
	list, err := all(v.source, func(d *Deliverable) []any {
		return []any{&d.ID, &d.ProjectID, &d.MilestoneID, &d.Name, &d.Description, &d.Milestone, &d.Version}
	}, `SELECT d.id, d.project_id, d.milestone_id, d.name, d.description, coalesce(m.name, ''), d.version
		FROM visible_deliverable_team v JOIN deliverable d ON d.id = v.deliverable_id LEFT JOIN milestone m ON m.id = d.milestone_id
		WHERE v.viewer_id = ?`+which+" ORDER BY d.created_at, d.id", v.ID, subject)
	if err != nil || len(list) == 0 {
		return list, err
	}
	place := make(map[ID]*Deliverable, len(list))
	for i := range list {
		list[i].State = stateDraft
		place[list[i].ID] = &list[i]
	}
	versions, err := all(v.source, versionFields, `SELECT n.id, n.deliverable_id, n.number, n.note, n.must_open, n.sha256, coalesce(p.name, ''), n.delivered_by, n.delivered_at,
		c.id, coalesce(c.state, 'draft'), c.ended_at,
		n.delivered_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM deliverable_version l WHERE l.deliverable_id = n.deliverable_id AND l.number > n.number AND l.delivered_at IS NOT NULL)
		FROM visible_deliverable_version_team v JOIN deliverable_version n ON n.id = v.version_id JOIN deliverable d ON d.id = n.deliverable_id
		LEFT JOIN decision c ON c.version_id = n.id LEFT JOIN person p ON p.id = n.delivered_by
		WHERE v.viewer_id = ?`+which+" ORDER BY n.number DESC", v.ID, subject)
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
	return list, v.withDeliverableTasks(place, which, subject)
}

func versionFields(n *DeliverableVersion) []any {
	return []any{&n.ID, &n.DeliverableID, &n.Number, &n.Note, &n.MustOpen, &n.SHA256, &n.DeliveredBy, &n.DeliveredByID, &n.DeliveredAt, &n.DecisionID, &n.State, &n.EndedAt, &n.Newest}
}

// withDeliverableTasks adds the tasks that deliverables are linked to, in board order.
func (v *Viewer) withDeliverableTasks(place map[ID]*Deliverable, which string, subject ID) error {
	type linked struct {
		deliverable ID
		Task
	}
	list, err := all(v.source, func(l *linked) []any {
		return []any{&l.deliverable, &l.ID, &l.ProjectID, &l.Title, &l.Kind, &l.Column, &l.Private, &l.ArchivedAt}
	}, `SELECT d.id, t.id, t.project_id, t.title, c.kind, c.name, t.private, t.archived_at
		FROM visible_deliverable_team v JOIN deliverable d ON d.id = v.deliverable_id JOIN deliverable_task w ON w.deliverable_id = d.id
		JOIN task t ON t.id = w.task_id JOIN board_column c ON c.id = t.column_id
		WHERE v.viewer_id = ?`+which+" ORDER BY c.position, c.id, t.position, t.id", v.ID, subject)
	for _, l := range list {
		d := place[l.deliverable]
		d.Tasks = append(d.Tasks, l.Task)
	}
	return err
}

// withVersionFiles hangs its files on each version, by name.
func (v *Viewer) withVersionFiles(d *Deliverable) error {
	type hung struct {
		version ID
		File
	}
	list, err := all(v.source, func(h *hung) []any { return append([]any{&h.version}, fileFields(&h.File)...) }, "SELECT n.id, "+fileColumns+`''
		FROM visible_deliverable_version_team v JOIN deliverable_version n ON n.id = v.version_id JOIN file f ON f.version_id = n.id
		WHERE v.viewer_id = ? AND n.deliverable_id = ? ORDER BY f.name, f.sha256, f.id`, v.ID, d.ID)
	files := map[ID][]File{}
	for _, h := range list {
		files[h.version] = append(files[h.version], h.File)
	}
	for i := range d.Versions {
		d.Versions[i].Files = files[d.Versions[i].ID]
	}
	return err
}

// FileOpen says who of the client opened a file, and when first.
type FileOpen struct {
	FileID ID
	Name   string // of the person
	At     Time
}

// VersionOpens are those of the files of a version, oldest first.
func (v *Viewer) VersionOpens(version ID) ([]FileOpen, error) {
	return all(v.source, func(o *FileOpen) []any { return []any{&o.FileID, &o.Name, &o.At} }, `SELECT o.file_id, p.name, o.at
		FROM visible_deliverable_version_team v JOIN file f ON f.version_id = v.version_id JOIN file_open o ON o.file_id = f.id JOIN person p ON p.id = o.person_id
		WHERE v.viewer_id = ? AND v.version_id = ? ORDER BY o.at, p.name, o.file_id`, v.ID, version)
}
