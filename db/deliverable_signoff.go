package db

// DeliverableSignoffs are the records of the approvals of all versions of a
// deliverable, oldest first.
func (v *Viewer) DeliverableSignoffs(deliverable ID) ([]Signoff, error) {
	return all(v.source, signoffFields, "SELECT "+signoffColumns+`, coalesce((SELECT p.name FROM person p WHERE p.id = s.person_id), '')
		FROM deliverable_version n JOIN decision d ON d.version_id = n.id JOIN signoff s ON s.decision_id = d.id
		JOIN visible_signoff_team v ON v.signoff_id = s.id WHERE v.viewer_id = ? AND n.deliverable_id = ? ORDER BY s.seq`, v.ID, deliverable)
}

// DeliverableOpens say who of the client opened which file of any version of a
// deliverable, oldest first.
func (v *Viewer) DeliverableOpens(deliverable ID) ([]FileOpen, error) {
	return all(v.source, func(o *FileOpen) []any { return []any{&o.FileID, &o.Name, &o.At} }, `SELECT o.file_id, p.name, o.at
		FROM visible_deliverable_version_team v JOIN deliverable_version n ON n.id = v.version_id JOIN file f ON f.version_id = n.id
		JOIN file_open o ON o.file_id = f.id JOIN person p ON p.id = o.person_id
		WHERE v.viewer_id = ? AND n.deliverable_id = ? ORDER BY o.at, p.name, o.file_id`, v.ID, deliverable)
}

// DeliverableSignoffs are the records of the approvals of all versions of a
// deliverable, oldest first.
func (g *Glass) DeliverableSignoffs(deliverable ID) ([]Signoff, error) {
	return g.approvals("n.deliverable_id = ?", deliverable)
}

// ApprovalSignoffs are those of all deliverables of a project.
func (g *Glass) ApprovalSignoffs(project ID) ([]Signoff, error) {
	return g.approvals("n.project_id = ?", project)
}

func (g *Glass) approvals(which string, subject ID) ([]Signoff, error) {
	return all(g, signoffFields, "SELECT "+signoffColumns+`, coalesce(s.person, '') FROM client_deliverable_version n JOIN client_signoff s ON s.decision_id = n.decision_id
		WHERE `+which+" ORDER BY s.at, s.id", subject)
}

// VersionBlobs are the files of a version with what names their bytes.
func (v *Viewer) VersionBlobs(version ID) (map[ID]Blob, error) {
	list, err := all(v.source, namedBlobFields, `SELECT f.id, f.name, f.media_type, coalesce(f.size, -1), f.sha256, coalesce(f.thumbnail, ''), 0
		FROM visible_deliverable_version_team v JOIN file f ON f.version_id = v.version_id AND f.sha256 IS NOT NULL WHERE v.viewer_id = ? AND v.version_id = ?`, v.ID, version)
	return blobsByFile(list), err
}

// VersionBlobs are the files of a version with what names their bytes.
func (g *Glass) VersionBlobs(version ID) (map[ID]Blob, error) {
	list, err := all(g, namedBlobFields, `SELECT f.id, f.name, f.media_type, coalesce(f.size, -1), f.sha256, coalesce(f.thumbnail, ''), 0
		FROM client_version_file n JOIN client_file f ON f.id = n.id WHERE n.version_id = ?`, version)
	return blobsByFile(list), err
}

type namedBlob struct {
	file ID
	Blob
}

func namedBlobFields(b *namedBlob) []any { return append([]any{&b.file}, blobFields(&b.Blob)...) }

func blobsByFile(list []namedBlob) map[ID]Blob {
	blobs := make(map[ID]Blob, len(list))
	for _, one := range list {
		blobs[one.file] = one.Blob
	}
	return blobs
}
