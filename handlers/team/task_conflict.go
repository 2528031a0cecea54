package team

import (
	"strings"

	"vitrine/handlers/web"
	"vitrine/views"
)

// differences are the stored values of the fields that were sent otherwise, in
// words: what somebody else saved while the form was open.
func differences(w *views.Words, page taskEdit, sent, stored web.Form) map[string]string {
	theirs := map[string]string{}
	note := func(field, value string) {
		if value == "" {
			value = w.T("form.empty")
		}
		theirs[field] = value
	}
	for _, field := range []string{"title", "client_title", "description", "internal", "acceptance", "starts_on", "due_on", "estimate"} {
		if strings.TrimSpace(strings.ReplaceAll(sent.Value(field), "\r\n", "\n")) != stored.Value(field) {
			note(field, stored.Value(field))
		}
	}
	if was := stored.Value("priority"); sent.Value("priority") != was {
		note("priority", w.T("priority."+was))
	}
	if sent.Value("milestone") != stored.Value("milestone") {
		note("milestone", page.Task.Milestone)
	}
	var needs []choice
	for _, need := range page.Needs {
		needs = append(needs, choice{ID: need.ID, Name: need.Title})
	}
	for field, choices := range map[string][]choice{"assignees": page.People, "labels": page.Labels, "needs": needs} {
		var names []string
		same := len(sent.Lists[field]) == len(stored.Lists[field])
		for _, one := range choices {
			if stored.Holds(field, one.ID.String()) {
				names = append(names, one.Name)
			}
			same = same && stored.Holds(field, one.ID.String()) == sent.Holds(field, one.ID.String())
		}
		if !same {
			note(field, w.And(names))
		}
	}
	return theirs
}
