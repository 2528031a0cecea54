package handlers

import "testing"

// looks are the pages that are looked at, wide and narrow, light and dark.
func looks(w *world) []struct{ name, who, path string } {
	return []struct{ name, who, path string }{
		{"client-home", "eleni", "/portal"},
		{"client-projects", "eleni", "/portal/projects"},
		{"client-project", "eleni", "/portal/projects/" + w.project.String()},
		{"client-task", "eleni", "/portal/tasks/" + w.tasks["gallery"].String()},
		{"client-account", "eleni", "/portal/account"},
		{"client-empty", "stranger", "/portal"},
		{"door-email", "", "/sign-in"},
		{"outbox", "owner", "/outbox"},
		{"team-account", "leader", "/account"},
		{"preview-choose", "leader", "/portal"},
		{"client-missing", "eleni", "/portal/projects/" + w.other.String()},
	}
}

// TestPagesInTheBrowser loads every page in four dresses: nothing on the console,
// nothing wider than the window.
func TestPagesInTheBrowser(t *testing.T) {
	w := newWorld(t)
	for _, dress := range []struct {
		name          string
		width, height int64
		dark          bool
	}{{"wide-light", 1440, 900, false}, {"wide-dark", 1440, 900, true}, {"narrow-light", 360, 740, false}, {"narrow-dark", 360, 740, true}} {
		tabs := map[string]*tab{}
		for _, look := range looks(w) {
			b := tabs[look.who]
			if b == nil {
				b = w.browser(look.who, dress.width, dress.height, dress.dark)
				tabs[look.who] = b
			}
			b.open(look.path)
			if wide := eval[int](b, "document.documentElement.scrollWidth"); wide > int(dress.width) {
				t.Errorf("%s %s is %d px wide", look.name, dress.name, wide)
			}
			b.shot(look.name + "-" + dress.name)
		}
		for _, b := range tabs {
			b.silent("404")
		}
	}
}
