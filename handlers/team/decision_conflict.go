package team

import (
	"slices"
	"strings"

	"vitrine/db"
	"vitrine/handlers/web"
	"vitrine/views"
)

// decisionDiffers are the stored values of the fields that were sent otherwise, in
// words: what somebody else saved while the form was open.
func decisionDiffers(w *views.Words, page decisionEdit, sent, stored web.Form) map[string]string {
	theirs := map[string]string{}
	note := func(field, value string, same bool) {
		if value == "" {
			value = w.T("form.empty")
		}
		if !same {
			theirs[field] = value
		}
	}
	for _, field := range []string{"question", "body", "if_silent", "due_on", "currency", "price", "days", "new_tasks"} {
		note(field, stored.Value(field), typed(sent.Value(field)) == stored.Value(field))
	}
	note("mode", w.T("edition.mode-"+stored.Value("mode")), sent.Value("mode") == stored.Value("mode"))
	for _, field := range []string{"closes", "free_answer"} {
		on := stored.Value(field) != ""
		note(field, w.T("edition."+map[bool]string{true: "yes", false: "no"}[on]), (sent.Value(field) != "") == on)
	}
	note("milestone", milestoneName(page.Milestones, stored.Value("milestone")), sent.Value("milestone") == stored.Value("milestone"))
	note("deciders", w.And(chosenNames(page.Deciders, func(p db.Person) (db.ID, string) { return p.ID, p.Name }, byPlace(stored))), slices.Equal(byPlace(sent), byPlace(stored)))
	tasks := func(form web.Form) []string {
		return chosenNames(page.Tasks, func(t db.Task) (db.ID, string) { return t.ID, t.Title }, form.Lists["tasks"])
	}
	was, is := tasks(stored), tasks(sent)
	slices.Sort(was)
	slices.Sort(is)
	note("tasks", w.And(was), slices.Equal(was, is))
	for i := range max(len(stored.Lists["option_title"]), len(sent.Lists["option_title"])) {
		was, is := optionAt(stored, i), optionAt(sent, i)
		is.Text = typed(is.Text)
		note("option-title-"+itoa(i+1), optionText(w, was, stored.Value("currency")), was == is)
	}
	return theirs
}

// typed is a text as the store keeps it.
func typed(text string) string { return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) }

// optionText is an option on a few lines.
func optionText(w *views.Words, o db.OptionForm, currency string) string {
	lines := []string{o.Title, o.Text}
	if o.Cost != "" {
		lines = append(lines, w.T("team-asking.cost")+": "+o.Cost+" "+currency)
	}
	if o.Days != "" {
		lines = append(lines, w.T("team-asking.days")+": "+o.Days)
	}
	if o.Recommended {
		lines = append(lines, w.T("team-asking.recommended"))
	}
	return strings.TrimSpace(strings.Join(slices.DeleteFunc(lines, func(line string) bool { return line == "" }), "\n"))
}

func milestoneName(list []db.Milestone, id string) string {
	for _, m := range list {
		if m.ID.String() == id {
			return m.Name
		}
	}
	return ""
}

// chosenNames are the names of those whose ids were chosen, in the order of the ids.
func chosenNames[T any](list []T, named func(T) (db.ID, string), chosen []string) (names []string) {
	for _, id := range chosen {
		for _, one := range list {
			if its, name := named(one); its.String() == id {
				names = append(names, name)
			}
		}
	}
	return names
}
