package handlers

import (
	"net/http"
	"strings"
	"testing"

	"vitrine/db"
)

// TestTemplates: the leader saves the project as a template, after a question about the
// client's name in it; a colleague makes a project of it on days of their own; the owner
// renames it while the leader had the old form open; and no client page and no other
// page of the team knows of it.
func TestTemplates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	leader, elsewhere, owner := w.as("leader"), w.as("elsewhere"), w.as("owner")
	project := "/projects/" + w.project.String()
	if page := leader.get(project + "/settings").body; !strings.Contains(page, `action="`+project+`/template"`) || strings.Contains(w.as("member").get(project+"/settings").body, "/template\"") {
		t.Error("the settings do not offer a template to the leader, or to others")
	}
	asked := leader.post(project+"/template", "name", "Shop from scratch", "description", "As for Papadopoulos Ceramics", "internal", "yes")
	if asked.status != http.StatusUnprocessableEntity || !strings.Contains(asked.body, `id="sure-error"`) || !strings.Contains(asked.body, "in it names Papadopoulos Ceramics.") || !strings.Contains(asked.body, `name="internal" value="yes" checked`) {
		t.Error("nobody asks about the client's name:", asked.status)
	}
	if a := leader.post(project+"/template", "name", " "); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `id="template-name-error"`) {
		t.Error("a template without a name:", a.status)
	}
	saved := leader.post(project+"/template", "name", "Shop from scratch", "description", "A shop as we build it", "sure", "yes")
	at, _, _ := strings.Cut(saved.header.Get("Location"), "?")
	if saved.status != http.StatusSeeOther || !strings.HasPrefix(at, "/templates/") {
		t.Fatal(saved.status, saved.header)
	}
	page := elsewhere.get(at).body
	for _, want := range []string{"Shop from scratch", "A shop as we build it", "Clients read: Product page gallery", "Shop ready", "Days 31 to 275", "Large photo first", "12 h 57 min", "clients see 4 of them", "Katerina CNRY-surname"} {
		if !strings.Contains(page, want) {
			t.Errorf("its page does not say %q", want)
		}
	}
	for _, never := range []string{"CNRY-internal-details", "CNRY-archived", "CNRY-note", "Nikos", "/rename", "/delete"} {
		if strings.Contains(page, never) {
			t.Errorf("its page says %q", never)
		}
	}
	id := strings.TrimPrefix(at, "/templates/")
	if page := elsewhere.get("/projects?template=" + id).body; !strings.Contains(page, `value="`+id+`" selected`) || !strings.Contains(page, `value="agency"`) {
		t.Error("the form of a new project does not choose it")
	}
	made := elsewhere.post("/projects", "name", "The next shop", "template", id, "starts_on", "2027-03-01", "new_tasks", "shown")
	if made.status != http.StatusSeeOther {
		t.Fatal(made.status, made.body)
	}
	board := elsewhere.get(made.header.Get("Location")).body
	if strings.Count(board, `id="task-`) != 5 || strings.Count(board, `data-kind="todo"`) < 5 || !strings.Contains(board, "CNRY-internal-title") {
		t.Error("the board is another one")
	}
	if plan := elsewhere.get(made.header.Get("Location") + "/timeline").body; !strings.Contains(plan, "2027-11-30") || !strings.Contains(plan, "Shop ready") {
		t.Error("the days of the new project do not count from its start")
	}
	for field, form := range map[string][]string{"template": {"template", db.NewID().String()}, "starts_on": {"template", id, "starts_on", "9999-12-01"}} {
		if a := elsewhere.post("/projects", append(form, "name", "No")...); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `id="`+field+`-error"`) {
			t.Error(field, a.status)
		}
	}
	if a := owner.post(at+"/rename", "name", "Shop", "version", "1"); a.status != http.StatusSeeOther {
		t.Error(a.status)
	}
	if a := leader.post(at+"/rename", "name", "My shop", "version", "1"); a.status != http.StatusConflict || !strings.Contains(a.body, "My shop") || !strings.Contains(a.body, `name="version" value="2"`) {
		t.Error("who was slower does not see both:", a.status)
	}
	if a := leader.post(at+"/rename", "name", "", "version", "2"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `id="name-error"`) {
		t.Error(a.status)
	}
	for _, path := range []string{"/projects/" + id, "/projects/" + id + "/list", "/projects/" + id + "/settings", "/projects/" + id + "/log", "/projects/" + id + "/members", "/portal/projects/" + id} {
		if a := owner.get(path); path[:7] != "/portal" && a.status != http.StatusNotFound {
			t.Error(path, a.status)
		}
		if a := w.as("eleni").get(path); a.status != http.StatusNotFound {
			t.Error(path, a.status)
		}
	}
	for _, path := range []string{"/inbox", "/companies", "/people", "/meetings", "/import", "/settings", "/settings/home", "/companies/" + w.parts["company"].String(), "/people/" + w.people["leader"].ID.String()} {
		if body := owner.get(path).body; strings.Contains(body, id) || strings.Contains(body, w.parts["template"].String()) {
			t.Errorf("%s knows of a template", path)
		}
	}
	if body := owner.get("/projects").body; strings.Contains(body, "project-"+id) {
		t.Error("a template is among the projects")
	}
	if a := leader.post(at + "/delete"); a.status != http.StatusSeeOther || leader.get(at).status != http.StatusNotFound || strings.Contains(leader.get("/templates").body, id) {
		t.Error("a deleted template is there:", a.status)
	}
	if strings.Count(elsewhere.get(made.header.Get("Location")).body, `id="task-`) != 5 {
		t.Error("a project went with its template")
	}
}

// TestReadyTemplates: those that come with the program speak the language of whoever
// begins with one; what clients of the company then see is what it shows.
func TestReadyTemplates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner := w.as("owner")
	if page := owner.get("/templates").body; strings.Count(page, `id="template-`) != len(db.ReadyNames)+2 || !strings.Contains(page, "Consulting assignment") {
		t.Error("the list is another one")
	}
	if a := owner.post("/account/profile", "name", "Ourania", "language", "el", "time_zone", "Europe/Athens"); a.status != http.StatusSeeOther {
		t.Fatal(a.status)
	}
	if page := owner.get("/templates/service").body; !strings.Contains(page, "Παράδοση προσβάσεων") || strings.Contains(page, "Hand over access") {
		t.Error("its page is in another language")
	}
	made := owner.post("/projects", "name", "Ανάληψη", "company", "Papadopoulos Ceramics", "template", "service", "new_tasks", "shown")
	if made.status != http.StatusSeeOther {
		t.Fatal(made.status, made.body)
	}
	at := made.header.Get("Location")
	w.join(mustID(t, at), "eleni", "client")
	page := w.as("eleni").get("/portal" + at).body
	for text, want := range map[string]bool{"Δώστε μας πρόσβαση": true, "Παράδοση προσβάσεων": false, "Έναρξη λειτουργίας": true, "Συνεννόηση με τον προηγούμενο πάροχο": false, "Καταχώριση του πελάτη": false} {
		if strings.Contains(page, text) != want {
			t.Errorf("the client reads %q: %v", text, !want)
		}
	}
}

func mustID(t *testing.T, path string) db.ID {
	t.Helper()
	id, err := db.ParseID(path[strings.LastIndex(path, "/")+1:])
	if err != nil {
		t.Fatal(err)
	}
	return id
}
