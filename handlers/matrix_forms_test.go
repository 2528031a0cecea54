package handlers

import "testing"

// form is what a line's POST carries: a body that would be accepted from whoever may.
func (w *world) form(line matrixLine) []string {
	switch line.route {
	case "/portal/tasks/:id/replies":
		return []string{"body", "Hello"}
	case "/portal/account/profile", "/account/profile":
		return []string{"name", "New Name", "title", "", "language", "en", "time_zone", "Europe/Athens"}
	case "/preview/start":
		return []string{"person", w.people["eleni"].ID.String()}
	}
	return nil
}

// nouns are the ids of parts of a project.
func (w *world) nouns(route, object string) string { return w.tasks["gallery"].String() }

var _ = testing.Short
