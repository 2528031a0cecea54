package handlers

import (
	"net/http"
	"strings"
	"testing"
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
