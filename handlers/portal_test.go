package handlers

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"vitrine/db"
)

func TestClientSeesTheProject(t *testing.T) {
	w := newWorld(t)
	eleni := w.as("eleni")
	for _, path := range []string{"/portal", "/portal/projects", "/portal/projects/" + w.project.String(), "/portal/tasks/" + w.tasks["gallery"].String(), "/portal/account"} {
		answer := eleni.get(path)
		if answer.status != http.StatusOK {
			t.Errorf("%s: %d %s", path, answer.status, answer.body)
		}
		// Lines of the log that are the team's: a note, an edit, a column, somebody who was taken off.
		for _, inner := range []string{"left a note", "changed this task", "changed the columns", "archived", "removed"} {
			if strings.Contains(answer.body, inner) {
				t.Errorf("%s tells clients that somebody %s", path, inner)
			}
		}
		if i := strings.Index(answer.body, "CNRY"); i >= 0 {
			t.Errorf("%s carries a canary: …%s…", path, answer.body[max(0, i-80):min(len(answer.body), i+80)])
		}
	}
}

// TestPartsOfAProject: from each page of a project all others are one step away, and the
// page says once what it is.
func TestPartsOfAProject(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	at := "/portal/projects/" + w.project.String()
	parts := []string{"", "/timeline", "/completed", "/updates", "/files", "/people", "/activity"}
	for _, part := range parts {
		page := w.as("eleni").get(at + part).body
		_, rest, _ := strings.Cut(page, `<nav class="tabs" aria-label="Parts of the project"`)
		tabs, _, _ := strings.Cut(rest, "</nav>")
		for _, other := range parts {
			if link := `<a href="` + at + other + `"`; strings.Count(tabs, link) != 1 || strings.Contains(tabs, link+` aria-current="page"`) != (part == other) {
				t.Errorf("the tab of %q on %q: %s", other, part, tabs)
			}
		}
		if strings.Count(page, "<h1") != 1 || part == "/people" && strings.Contains(page, `<h2 id="people">`) {
			t.Errorf("%q says its title more or less than once", part)
		}
	}
}

// TestProjectListSaysWhatNeedsYou: the list counts what the home page lists, for whoever
// has to do it.
func TestProjectListSaysWhatNeedsYou(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	list := func(who string) string {
		_, rest, _ := strings.Cut(w.as(who).get("/portal/projects").body, `id="region-projects"`)
		rows, _, _ := strings.Cut(rest, "</section>")
		return rows
	}
	calm, err := w.store.AddProject(w.actor("leader"), db.ProjectForm{Name: "Nothing to answer", Company: w.parts["company"].String()}, [3]string{"To do", "Doing", "Done"})
	w.ok(err)
	_, err = w.store.AddMember(w.actor("leader"), calm, w.people["eleni"].Email, "", "client")
	w.ok(err)
	home := w.as("eleni").get("/portal").body
	n := strings.Count(home, `<li id="ask-`) + strings.Count(home, `<li id="given-`)
	if chip := fmt.Sprintf(`<span class="chip call">%d wait for you</span>`, n); n < 2 || !strings.Contains(list("eleni"), chip) || !strings.Contains(list("eleni"), "Nothing to answer") || strings.Count(list("eleni"), "chip call") != 1 {
		t.Errorf("%d wait for eleni, the list says %s", n, list("eleni"))
	}
	if rows := list("viewer"); !strings.Contains(rows, w.project.String()) || strings.Contains(rows, "chip call") {
		t.Error("something waits for who may not answer: ", rows)
	}
}
