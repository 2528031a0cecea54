package handlers

import (
	"net/http"
	"strings"
	"testing"
)

// The brief names what somebody new has to know of a project, and nothing of another.
func TestHandoverBrief(t *testing.T) {
	w := newWorld(t)
	page := w.as("leader").get("/projects/" + w.project.String() + "/brief")
	if page.status != http.StatusOK {
		t.Fatal(page.status)
	}
	for part, says := range map[string][]string{
		"brief-stands":   {"1 done, 0 in review, 1 in progress, 3 to do.", "1 of them is private."},
		"brief-promises": {"Buttons are better.", "Eleni Papadopoulou"},
		"brief-waits":    {"Which colour shall the buttons have?", "A map of the workshop"},
		"brief-next":     {"Shipping"},
		"brief-given":    {"Which colour shall the front page have?"},
		"brief-people":   {"Eleni Papadopoulou", "eleni@papadopoulos.example"},
	} {
		text := page.says(part, "</section>")
		for _, words := range says {
			if !strings.Contains(text, words) {
				t.Errorf("%s does not say %q: %s", part, words, text)
			}
		}
	}
	if strings.Contains(page.body, "CNRY-foreign") || strings.Contains(page.body, "⟦") {
		t.Error("it tells of another project, or a word is missing")
	}
}
