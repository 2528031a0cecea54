package db

// What is switched on for a client.

// Features are the features that are on at one of the viewer's companies; for
// somebody without a company those of the workspace.
func (g *Glass) Features() ([]string, error) {
	return all(g, itself[string], "SELECT DISTINCT name FROM client_feature ORDER BY name")
}

// CompanyFeatures are those of one company of the viewer's.
func (g *Glass) CompanyFeatures(company ID) ([]string, error) {
	return all(g, itself[string], "SELECT name FROM client_feature WHERE company_id = ? ORDER BY name", company)
}

// ProjectFeatures are those of one project of the viewer's.
func (g *Glass) ProjectFeatures(project ID) ([]string, error) {
	return all(g, itself[string], "SELECT name FROM client_project_feature WHERE project_id = ? ORDER BY name", project)
}
