package team

import (
	"net/http"
	"testing"

	"golang.org/x/net/html"
)

// pages are all that can be looked at.
func pages(w *world) []string {
	project, task := "/projects/"+w.project.String(), "/tasks/"+w.tasks["gallery"].String()
	return []string{"/projects", project, project + "/list", project + "/list?seen=private&sort=due", project + "/log", project + "/members", project + "/settings",
		project + "/publish?task=" + w.tasks["scope"].String(), project + "/publish?all=yes", task, task + "/edit", "/tasks/" + w.tasks["scope"].String(), "/import"}
}

// TestPages: every page is whole, in both languages, with each id once and a name
// for each field.
func TestPages(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"leader", "member", "owner"} {
		for _, path := range pages(w) {
			page := w.get(name, path).is(http.StatusOK)
			ids, labels := map[string]int{}, map[string]bool{}
			walk(page.page, func(n *html.Node) {
				if id := attr(n, "id"); id != "" {
					if ids[id]++; ids[id] == 2 {
						t.Errorf("%s for %s has the id %s twice", path, name, id)
					}
				}
				if n.Data == "label" {
					labels[attr(n, "for")] = true
				}
			})
			if len(find(page.page, "h1", "id", "*"))+len(headings(page.page)) != 1 {
				t.Errorf("%s for %s has not one h1", path, name)
			}
			walk(page.page, func(n *html.Node) {
				switch n.Data {
				case "input", "select", "textarea":
					kind := attr(n, "type")
					if kind != "hidden" && !labels[attr(n, "id")] && attr(n, "aria-label") == "" && n.Parent.Data != "label" {
						t.Errorf("%s: the field %s has no label", path, attr(n, "name"))
					}
				case "form":
					if attr(n, "action") == "" && attr(n, "method") != "dialog" {
						t.Errorf("%s has a form without an address", path)
					}
				}
			})
		}
	}
}

// headings are the h1 without an id.
func headings(page *html.Node) []*html.Node {
	var found []*html.Node
	walk(page, func(n *html.Node) {
		if n.Data == "h1" && attr(n, "id") == "" {
			found = append(found, n)
		}
	})
	return found
}
