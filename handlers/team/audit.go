package team

import (
	"strings"

	"vitrine/db"
	"vitrine/handlers/web"
)

// auditLines words what was done about access. A kind without words of its own is
// named as it is stored: nothing that was done is left out.
func (s sight) auditLines(audit []db.AuditLine) []web.Line {
	lines := make([]web.Line, 0, len(audit))
	for _, a := range audit {
		key := "audit." + strings.ReplaceAll(a.Kind, ".", "-")
		if !s.Knows(key) {
			key = "audit.something"
		}
		who := a.Actor
		if who == "" {
			who = s.space
		}
		lines = append(lines, web.Line{W: s.Words, At: a.At,
			Text: s.H(key, "who", who, "person", a.Person, "project", a.Project, "detail", s.auditDetail(a), "kind", a.Kind)})
	}
	return lines
}

// auditDetail puts stored words into the reader's.
func (s sight) auditDetail(a db.AuditLine) string {
	switch {
	case a.Kind == "company.status":
		return s.T("company.status-" + a.Detail)
	case a.Kind == "person.role":
		return s.T("role." + a.Detail)
	case a.Kind == "client-role.changed":
		return web.RoleName(s.Words, a.Detail, a.Detail)
	case a.Kind == "session.begun" && s.Knows("audit.by-"+a.Detail):
		return s.T("audit.by-" + a.Detail)
	case a.Kind == db.AuditReplyDeleted:
		read, left := kept(db.Drill{Kept: a.Detail})
		return s.T("drill.kept", "read", s.Num(read), "left", s.Num(left))
	}
	return a.Detail
}
