package db

// AuditLine is one line of what was done about access. Its words are made when it
// is read. Without an actor it was done in the shell.
type AuditLine struct {
	ID                                   int64
	Kind, Detail, Actor, Person, Project string
	ActorID, PersonID, ProjectID         ID
	At                                   Time
}

const auditColumns = `a.id, a.kind, a.detail, coalesce(w.name, ''), coalesce(p.name, ''), coalesce(pr.name, ''), a.actor_id, a.person_id, a.project_id, a.at`

// auditSeen keeps what was done in projects from those who do not see them, and bills from
// those who have nothing to do with them.
const auditSeen = ` LEFT JOIN person w ON w.id = a.actor_id LEFT JOIN person p ON p.id = a.person_id LEFT JOIN project pr ON pr.id = a.project_id
	WHERE (a.project_id IS NULL OR EXISTS (SELECT 1 FROM visible_project_team s WHERE s.viewer_id = ?1 AND s.project_id = a.project_id))
	AND (a.kind NOT IN ('invoice.sent', 'invoice.void', 'payment.recorded', 'payment.withdrawn', 'payment.refused') OR EXISTS (SELECT 1 FROM may_bill b WHERE b.viewer_id = ?1 AND b.company_id = a.company_id)) ORDER BY a.id DESC LIMIT `

func auditFields(a *AuditLine) []any {
	return []any{&a.ID, &a.Kind, &a.Detail, &a.Actor, &a.Person, &a.Project, &a.ActorID, &a.PersonID, &a.ProjectID, &a.At}
}

// CompanyAudit is what was done about a company, those of its contacts whom the
// viewer sees and their places on its projects, newest first, at most limit lines.
func (v *Viewer) CompanyAudit(company ID, limit int) ([]AuditLine, error) {
	return all(v.source, auditFields, "SELECT "+auditColumns+` FROM (
			SELECT x.* FROM visible_company_team v JOIN audit x ON x.company_id = v.company_id WHERE v.viewer_id = ?1 AND v.company_id = ?2
				AND (x.person_id IS NULL OR EXISTS (SELECT 1 FROM visible_contact_team k WHERE k.viewer_id = v.viewer_id AND k.company_id = v.company_id AND k.person_id = x.person_id))
			UNION ALL SELECT x.* FROM visible_project_team v JOIN project o ON o.id = v.project_id JOIN audit x ON x.project_id = o.id AND x.company_id IS NULL
				WHERE v.viewer_id = ?1 AND o.company_id = ?2) a`+auditSeen+"?3", v.ID, company, limit)
}

// ContactAudit is what was done about a contact and by them, as far as it is about
// the company or no company at all.
func (v *Viewer) ContactAudit(company, person ID, limit int) ([]AuditLine, error) {
	return all(v.source, auditFields, "SELECT "+auditColumns+` FROM (
			SELECT x.* FROM visible_contact_team v JOIN audit x ON x.person_id = v.person_id AND (x.company_id IS NULL OR x.company_id = v.company_id)
			WHERE v.viewer_id = ?1 AND v.company_id = ?2 AND v.person_id = ?3) a`+auditSeen+"?4", v.ID, company, person, limit)
}

// CompanyEvent is an event of one of a company's projects.
type CompanyEvent struct {
	Event
	ProjectID ID
	Project   string
}

// CompanyLog is the newest events of a company's projects, at most limit.
func (v *Viewer) CompanyLog(company ID, limit int) ([]CompanyEvent, error) {
	return all(v.source, func(e *CompanyEvent) []any { return append(eventFields(&e.Event), &e.ProjectID, &e.Project) },
		"SELECT "+eventColumns+", pr.id, pr.name"+eventJoins+" JOIN project pr ON pr.id = e.project_id WHERE v.viewer_id = ? AND pr.company_id = ? ORDER BY e.seq DESC LIMIT ?",
		v.ID, company, limit)
}
