package web

import (
	"strings"

	"vitrine/db"
	"vitrine/views"
)

// RoleName is a role in the reader's words, by its key; one of the workspace's own
// making (without a key) keeps its name.
func RoleName(w *views.Words, key, name string) string {
	if key != "" && w.Knows("role."+key) {
		return w.T("role." + key)
	}
	return name
}

// usual are the rights that the role Client has: a short word for what somebody
// sees does not name them.
var usual = db.Rights{"projects", "comment", "decide", "request", "upload"}

// Access words what somebody on a roster sees: "full", "project view", "looks
// only", "billing only" or "none"; more names the rights that belong to a project
// view, and beyond those that go further than what a usual client has.
func Access(w *views.Words, line db.RosterLine) (short, more, beyond string) {
	var every, far []string
	for _, right := range db.RightNames[1:] {
		if line.Rights.Has(right) {
			every = append(every, w.T("members.right-"+right))
			if !usual.Has(right) {
				far = append(far, w.T("members.right-"+right))
			}
		}
	}
	more = strings.Join(every, ", ")
	switch {
	case line.MemberRole != db.Client && line.Sees:
		return w.T("members.full"), "", ""
	case line.MemberRole == db.Client && line.Sees && len(every) == 0:
		return w.T("members.looks"), "", ""
	case line.MemberRole == db.Client && line.Sees:
		return w.T("members.view"), more, strings.Join(far, ", ")
	case len(every) > 0 && !line.Rights.Has("projects"):
		return w.T("members.only", "rights", more), "", ""
	}
	return w.T("members.nothing"), "", ""
}

// RoleAccess words what a role lets its holders do.
func RoleAccess(w *views.Words, rights db.Rights) string {
	short, more, _ := Access(w, db.RosterLine{MemberRole: db.Client, Rights: rights, Sees: rights.Has("projects")})
	if more != "" {
		short += ": " + more
	}
	return short
}
