package team

import (
	"net/http"
	"strings"
	"testing"

	"vitrine/db"
)

// editing fills the task's form as the page shows it, with some fields changed.
func editing(w *world, a answer, path string, changed ...string) []string {
	form := a.form(path)
	var pairs []string
	set := map[string]string{}
	for i := 0; i+1 < len(changed); i += 2 {
		set[changed[i]] = changed[i+1]
	}
	for _, name := range []string{"version", "title", "client_title", "description", "acceptance", "internal", "estimate", "starts_on", "due_on"} {
		text, ok := set[name]
		if !ok {
			text = value(form, name)
		}
		pairs = append(pairs, name, text)
	}
	for _, name := range []string{"priority", "milestone"} {
		for _, option := range find(find(form, "select", "name", name)[0], "option", "selected", "*") {
			pairs = append(pairs, name, attr(option, "value"))
		}
	}
	for _, name := range []string{"assignees", "labels"} {
		for _, box := range find(form, "input", "name", name) {
			if len(find(box, "input", "checked", "*")) == 1 {
				pairs = append(pairs, name, attr(box, "value"))
			}
		}
	}
	return pairs
}

// TestEditKeepsEverything: saving the form as it was opened changes nothing.
func TestEditKeepsEverything(t *testing.T) {
	w := newWorld(t)
	path := "/tasks/" + w.tasks["gallery"].String()
	before := w.stored("gallery")
	w.post("leader", path+"/edit", editing(w, w.get("leader", path+"/edit"), path+"/edit", "title", "Gallery")...).leads(path + "?said=saved")
	after := w.stored("gallery")
	if after.Title != "Gallery" || after.Description != before.Description || after.Internal != before.Internal || after.Acceptance != before.Acceptance || after.Estimate != 1080 ||
		after.DueOn != before.DueOn || after.StartsOn != before.StartsOn || after.Priority != "high" || after.MilestoneID != before.MilestoneID || len(after.Assignees) != 2 || len(after.Labels) != 2 {
		t.Errorf("from %+v to %+v", before, after)
	}
}

func TestEditRefused(t *testing.T) {
	w := newWorld(t)
	path := "/tasks/" + w.tasks["gallery"].String() + "/edit"
	form := w.get("leader", path)
	for field, bad := range map[string]string{"title": " ", "due_on": "tomorrow", "estimate": "soon", "description": strings.Repeat("x", 50001), "client_title": "a\xffb", "starts_on": "2026-06-30"} {
		page := w.post("leader", path, editing(w, form, path, field, bad, "internal", "my long text")...).is(http.StatusUnprocessableEntity)
		if field == "starts_on" {
			field = "due_on" // the end is what lies before the start
		}
		if !page.has(field+"-error") || value(page.form(path), "internal") != "my long text" {
			t.Errorf("%s: no sentence, or the text is lost", field)
		}
	}
	if task := w.stored("gallery"); task.Internal == "my long text" {
		t.Error("a refused form was stored")
	}
	w.post("leader", path, append(editing(w, form, path), "assignees", w.people["elsewhere"].ID.String())...).is(http.StatusUnprocessableEntity)
}

// TestEditConflict: the second of two gets 409 with both texts, and nothing is lost.
func TestEditConflict(t *testing.T) {
	w := newWorld(t)
	path := "/tasks/" + w.tasks["gallery"].String()
	mine := w.get("leader", path+"/edit")
	theirs := w.get("maria", path+"/edit")
	w.post("maria", path+"/edit", editing(w, theirs, path+"/edit", "description", "Maria wrote this.", "due_on", "2026-06-01")...).leads(path + "?said=saved")
	page := w.post("leader", path+"/edit", editing(w, mine, path+"/edit", "description", "Katerina wrote this.", "title", "Gallery")...).is(http.StatusConflict)
	if both := textOf(page.id("stored-description")); !strings.Contains(both, "Maria wrote this.") || !strings.Contains(both, "Katerina wrote this.") {
		t.Error("not both texts are shown:", both)
	}
	if !strings.Contains(textOf(page.id("stored-title")), "Product page: gallery and sizes") || page.has("stored-internal") {
		t.Error("the fields that differ are not those that are shown")
	}
	form := page.form(path + "/edit")
	if value(form, "description") != "Katerina wrote this." || value(form, "due_on") != "2026-05-20" || !strings.Contains(page.text(), "2026-06-01") {
		t.Error("what was typed is not in the form, or the stored date is not beside it")
	}
	if task := w.stored("gallery"); task.Description != "Maria wrote this." {
		t.Error("the form was stored all the same:", task.Description)
	}
	merged := editing(w, page, path+"/edit", "description", "Maria and Katerina wrote this.")
	w.post("leader", path+"/edit", merged...).leads(path + "?said=saved")
	if task := w.stored("gallery"); task.Description != "Maria and Katerina wrote this." || task.Title != "Gallery" {
		t.Errorf("merged into %+v", task)
	}
}

func TestEstimate(t *testing.T) {
	for text, want := range map[string]string{"": "", "18 h": "1080", "18h": "1080", "1 h 30 min": "90", "45 min": "45", "1:30": "90", "1.5": "90", "1,5 h": "90", "2": "120", "18 ώ.": "1080", "1 ώ. 30 λ.": "90", "45 λ.": "45"} {
		if got, err := estimate(text); got != want || err != nil {
			t.Errorf("%q is %s (%v), not %s", text, got, err, want)
		}
	}
	for _, text := range []string{"soon", "0", "h", "min", "-3 h", "1:75", "999999999 h", "1e9", "٣"} {
		if got, err := estimate(text); err == nil {
			t.Errorf("%q is %s", text, got)
		}
	}
}

func TestChecklist(t *testing.T) {
	w := newWorld(t)
	path := "/tasks/" + w.tasks["gallery"].String()
	w.post("member", path+"/items", "text", "Alt texts").leads(path + "#checklist")
	page := w.get("leader", path)
	items := find(page.id("region-task"), "li", "id", "*")
	if len(items) != 3 || !strings.Contains(textOf(items[2]), "Alt texts") {
		t.Fatalf("%d items", len(items))
	}
	tick := attr(find(items[0], "form", "action", "*")[0], "action")
	frame := w.htmx("leader", tick, "done", "yes").is(http.StatusOK)
	if len(find(frame.page, "hx-partial", "hx-target", "#region-task")) != 1 || !strings.Contains(frame.text(), "1 of 3 done") {
		t.Error("the answer is not the region:", frame.body)
	}
	w.post("leader", tick, "done", "no").leads(path + "#checklist")
	w.post("leader", strings.Replace(tick, "/tick", "/delete", 1)).leads(path + "#checklist")
	if task := w.stored("gallery"); task.Items != 2 || task.ItemsDone != 0 {
		t.Errorf("%d of %d", task.ItemsDone, task.Items)
	}
	w.post("leader", path+"/items", "text", " ").is(http.StatusUnprocessableEntity).id("item-error")
	w.htmx("leader", path+"/items", "text", strings.Repeat("x", 501)).is(http.StatusUnprocessableEntity).id("item-error")
	w.post("elsewhere", tick, "done", "yes").is(http.StatusNotFound)
	w.post("leader", "/items/"+db.NewID().String()+"/tick", "done", "yes").is(http.StatusNotFound)
}

func TestArchiveTask(t *testing.T) {
	w := newWorld(t)
	path := "/tasks/" + w.tasks["gallery"].String()
	w.post("leader", path+"/archive", "archive", "yes").leads(path + "?said=archived")
	if w.get("leader", "/projects/"+w.project.String()).has("task-" + w.tasks["gallery"].String()) {
		t.Error("an archived task is on the board")
	}
	page := w.get("leader", path+"?said=archived").is(http.StatusOK)
	if page.has("write-reply") || !page.has("write-note") || !page.has("notice") {
		t.Error("an archived task can be replied on, or takes no notes")
	}
	w.post("leader", path+"/archive", "archive", "no").leads(path + "?said=restored")
}
