package portal

import (
	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// since is what a reader has not seen. Named says that the projects are named.
type since struct {
	W        *views.Words
	At       db.Time
	Sections []web.Section
	Named    bool
}

// since is what happened since the viewer was here: in one project, or (0) in those of
// a company. It is the viewer's alone, so it stands in no region, and it is nil on
// their first visit.
func (s sight) since(company db.ID, projects ...db.ClientProject) (*since, error) {
	visit, err := s.Visit()
	at := visit.Since(s.now)
	if err != nil || at.IsZero() || len(projects) == 0 {
		return nil, err
	}
	names, project := map[db.ID]string{}, db.ID(0)
	for _, one := range projects {
		names[one.ID] = one.Name
	}
	if s.page.Kind == projectPage {
		project = s.page.Project
	}
	events, err := s.Since(company, project, at)
	return &since{s.Words, at, web.Digest(s.Words, names, events, ""), project == 0}, err
}
