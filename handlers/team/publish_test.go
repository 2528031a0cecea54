package team

import (
	"net/http"
	"strings"
	"testing"

	"vitrine/db"
)

// TestPublish: the preview lists exactly what was chosen and shows what the
// client will read of it; nothing is shown before the button is pressed.
func TestPublish(t *testing.T) {
	w := newWorld(t)
	path := "/projects/" + w.project.String() + "/publish"
	scope := w.tasks["scope"].String()
	page := w.get("leader", path+"?task="+scope+"&task="+w.tasks["gallery"].String()).is(http.StatusOK)
	shown := find(page.page, "article", "class", "reveal")
	if len(shown) != 1 || attr(shown[0], "id") != "reveal-"+scope {
		t.Fatalf("%d tasks are on the page; the shown one is no news", len(shown))
	}
	text := textOf(shown[0])
	for _, seen := range []string{"Prices for shops", "every side", "The twelve pieces of the Kyma series are online.", "4 to 12 May", "Photos", "Large photo first", "Sizes in centimetres",
		"Eleni Papadopoulou and Nikos", "Shop ready for testing", "High", "1 note stays with the team"} {
		if !strings.Contains(text, seen) {
			t.Errorf("the preview does not show %q: %s", seen, text)
		}
	}
	for _, hidden := range []string{"Photos arrive in four sizes", "Risk", "Do not promise", "Raptis", "18 h"} {
		if strings.Contains(text, hidden) {
			t.Errorf("the preview shows %q, which the client will not see", hidden)
		}
	}
	if lede := page.text(); !strings.Contains(lede, "This becomes visible to Dimitra Kosta and Eleni Papadopoulou") || strings.Contains(lede, "Fanis Fanou") {
		t.Error("the page does not say who will see it")
	}
	form := page.form(path)
	if button := find(form, "button", "class", "send"); len(button) != 1 || !strings.Contains(textOf(button[0]), "Papadopoulos Ceramics") {
		t.Error("the button does not name the client")
	}
	if !w.stored("scope").Private {
		t.Fatal("looking has shown it")
	}
	w.post("leader", path, "task", scope, "seen", value(form, "seen")).leads("/tasks/" + scope + "?shown=1")
	if w.stored("scope").Private || !w.stored("host").Private {
		t.Error("not exactly the chosen task is shown")
	}
	w.ok(w.store.Glass(w.people["eleni"].ID, func(g *db.Glass) error {
		task, err := g.Task(w.tasks["scope"])
		if !strings.Contains(text, task.Title) || !strings.Contains(text, strings.ReplaceAll(task.Acceptance, "**", "")) || len(task.Labels) != 1 || len(task.Assignees) != 2 {
			t.Errorf("the client sees something else: %+v", task)
		}
		for _, person := range task.Assignees {
			if !strings.Contains(text, person.Name) {
				t.Errorf("the preview does not name %s", person.Name)
			}
		}
		return err
	}))
}

// TestPublishSeesChanges: a preview that no longer tells the truth shows nothing.
func TestPublishSeesChanges(t *testing.T) {
	w := newWorld(t)
	path, scope := "/projects/"+w.project.String()+"/publish", w.tasks["scope"]
	old := value(w.get("leader", path+"?task="+scope.String()).form(path), "seen")
	w.ok(w.store.AddItem(w.actor("maria"), scope, "Ask the lawyer"))
	again := w.post("leader", path, "task", scope.String(), "seen", old).is(http.StatusConflict)
	if !w.stored("scope").Private || !strings.Contains(again.text(), "Ask the lawyer") || len(find(again.page, "p", "role", "alert")) != 1 {
		t.Error("something that nobody looked at was shown, or the new preview does not say so")
	}
	w.post("leader", path, "task", scope.String()).is(http.StatusConflict)
	w.post("leader", path, "task", scope.String(), "seen", value(again.form(path), "seen")).leads("/tasks/" + scope.String() + "?shown=1")
}

func TestPublishAll(t *testing.T) {
	w := newWorld(t)
	project := "/projects/" + w.project.String()
	page := w.get("leader", project+"/publish?all=yes")
	if len(find(page.page, "article", "class", "reveal")) != 2 {
		t.Error("not all private tasks are on the page")
	}
	w.post("leader", project+"/publish", "all", "yes", "seen", value(page.form(project+"/publish"), "seen")).leads(project + "?shown=2")
	if notice := textOf(w.get("leader", project+"?shown=2").id("notice")); !strings.Contains(notice, "2 tasks are now visible") {
		t.Error("the board says", notice)
	}
	if none := w.get("leader", project+"/publish?all=yes"); len(find(none.page, "form", "action", project+"/publish")) != 0 {
		t.Error("there is still something to show")
	}
	w.get("leader", project+"/publish?task="+w.tasks["foreign"].String()).is(http.StatusNotFound)
	w.get("leader", project+"/publish?task=x").is(http.StatusNotFound)
}

// TestRepliesComeWithIt: what was said while a task was shown is shown again with it.
func TestRepliesComeWithIt(t *testing.T) {
	w := newWorld(t)
	project, gallery := "/projects/"+w.project.String(), w.tasks["gallery"]
	w.post("leader", project+"/hide", "task", gallery.String()).leads("/tasks/" + gallery.String())
	text := textOf(w.get("leader", project+"/publish?task="+gallery.String()).id("reveal-" + gallery.String()))
	if !strings.Contains(text, "2 replies become visible") || !strings.Contains(text, "Centimetres are in") || strings.Contains(text, "Do not promise") {
		t.Error("the preview shows", text)
	}
}
