package db

// RecentFile is a file that the team or the client put into a project.
type RecentFile struct {
	ID, ProjectID ID
	Name          string
	Size          int64
	Picture       bool
	At            Time
}

// RecentFiles are the newest that the viewer may open: of one project, or (0) of one company's
// or of all (0). What hangs on an unsent draft is not among them.
func (g *Glass) RecentFiles(company, project ID, limit int) ([]RecentFile, error) {
	return all(g, func(f *RecentFile) []any { return []any{&f.ID, &f.ProjectID, &f.Name, &f.Size, &f.Picture, &f.At} },
		`SELECT f.id, f.project_id, f.name, coalesce(f.size, 0), f.thumbnail IS NOT NULL, f.created_at FROM client_file f JOIN client_project p ON p.id = f.project_id
		WHERE f.draft_id IS NULL AND (?1 IS NULL OR p.company_id = ?1) AND (?2 IS NULL OR f.project_id = ?2) ORDER BY f.created_at DESC, f.name, f.id LIMIT ?3`, company, project, limit)
}

// RecentUpdates are the newest posts about the viewer's open projects.
func (g *Glass) RecentUpdates(company ID, limit int) ([]StatusUpdate, error) {
	return all(g, updateFields, "SELECT "+updateColumns+`, u.author_id, coalesce(u.author, '') FROM client_status_update u JOIN client_project p ON p.id = u.project_id AND p.archived = 0
		WHERE ?1 IS NULL OR p.company_id = ?1 ORDER BY u.at DESC, u.id DESC LIMIT ?2`, company, limit)
}
