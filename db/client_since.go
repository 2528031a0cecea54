package db

// sinceLimit is how many events a digest looks at: what is older is not told.
const sinceLimit = 400

// Since is what others did after a moment that clients are told, newest first: in one
// project, or (0) in those of a company, or in all (0).
func (g *Glass) Since(company, project ID, at Time) ([]ClientEvent, error) {
	return all(g, clientEventFields, "SELECT "+clientEventColumns+` FROM client_event
		WHERE at > ?1 AND mine IS NOT 1 AND (?2 IS NULL OR project_id = ?2) AND (?3 IS NULL OR project_id IN (SELECT id FROM client_project WHERE company_id = ?3))
		ORDER BY at DESC, id DESC LIMIT ?4`, at, project, company, sinceLimit)
}
