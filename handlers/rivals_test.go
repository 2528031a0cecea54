package handlers

import (
	"net/http"
	"strings"
	"sync"
	"testing"
)

// Two admins save the same thing at the same moment: one is stored, the other one
// reads both texts and loses nothing.
func TestTwoAdminsAtOnce(t *testing.T) {
	w := newWorld(t)
	w.add("new", "new@papadopoulos.example", "New Client", "client", "")
	w.join(w.project, "new", "client")
	settings := w.settingsVersion()
	for path, form := range map[string][]string{
		"/settings/roles/" + w.parts["role"].String(): {"right", "projects", "version", "1"},
		"/companies/" + w.parts["company"].String():   {"currency", "EUR", "version", "3"},
		w.contact(w.people["new"].ID.String()):        {"email", "new@papadopoulos.example", "version", "1"},
		"/settings/workspace":                         {"address", "", "brand", "#123456", "language", "en", "time_zone", "UTC", "version", settings},
	} {
		names := []string{"First Admin's Text", "Second Admin's Text"}
		answers := make([]answer, 2)
		var wait sync.WaitGroup
		for i, name := range names {
			someone := w.as("owner")
			wait.Go(func() { answers[i] = someone.post(path, append([]string{"name", name}, form...)...) })
		}
		wait.Wait()
		lost := 0
		if answers[0].status == http.StatusSeeOther {
			lost = 1
		}
		if answers[lost].status != http.StatusConflict || answers[1-lost].status != http.StatusSeeOther {
			t.Errorf("%s answers %d and %d: %s", path, answers[0].status, answers[1].status, answers[lost].body)
			continue
		}
		for _, name := range names {
			if !strings.Contains(answers[lost].body, strings.ReplaceAll(name, "'", "&#39;")) {
				t.Errorf("%s: %q is not on the page", path, name)
			}
		}
	}
}

// The last owner cannot leave the workspace without one, whichever form they take.
func TestLastOwnerStays(t *testing.T) {
	w := newWorld(t)
	owner, at := w.as("owner"), "/people/"+w.people["owner"].ID.String()
	version := "1"
	before := w.store.Generation()
	for path, form := range map[string][]string{at: {"name", "Ourania", "title", "", "role", "admin", "version", version}, at + "/active": {"active", "0"}} {
		if got := owner.post(path, form...); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `role="alert"`) && !strings.Contains(got.body, "aria-invalid") {
			t.Errorf("%s answers %d", path, got.status)
		}
	}
	if w.store.Generation() != before || w.rows("SELECT count(*) FROM person WHERE role = 'owner' AND active = 1") != 1 {
		t.Error("something changed")
	}
}
