package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"vitrine/db"
)

// TestGivenTask: a task given to a client waits for them on every page that says so,
// they alone may say that it is done, which the board shows at once, and take it back.
func TestGivenTask(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	eleni, viewer, id := w.as("eleni"), w.as("viewer"), w.tasks["shipping"]
	path := "/portal/tasks/" + id.String()
	finish := func(who *someone, done string, status int) {
		t.Helper()
		if a := who.post(path+"/finish", "done", done); a.status != status {
			t.Errorf("%q answers %d, not %d", done, a.status, status)
		}
	}
	finish(eleni, "yes", http.StatusNotFound) // it is not hers
	version := int64(0)
	give := func(people ...string) {
		t.Helper()
		w.ok(w.store.View(w.people["leader"], func(v *db.Viewer) error {
			task, err := v.Task(id)
			version = task.Version
			return err
		}))
		form := db.TaskForm{Title: "Shipping rules", DueOn: w.store.Now().AddDate(0, 0, 1).Format(time.DateOnly), Version: version}
		for _, name := range people {
			form.Assignees = append(form.Assignees, w.people[name].ID.String())
		}
		w.ok(w.store.EditTask(w.actor("leader"), id, form))
	}
	give("eleni", "member")
	for _, page := range []string{"/portal", "/portal/projects/" + w.project.String()} {
		if body := eleni.get(page).body; !strings.Contains(body, `id="given-`+id.String()+`"`) {
			t.Errorf("%s does not say that it waits for her", page)
		}
		if body := viewer.get(page).body; strings.Contains(body, `id="given-`) {
			t.Errorf("%s says to somebody else that it waits", page)
		}
	}
	if body := viewer.get(path).body; strings.Contains(body, "/finish") {
		t.Error("somebody else is offered the done mark")
	}
	if body := eleni.get("/portal/tasks?mine=yes").body; !strings.Contains(body, "Shipping rules") || strings.Contains(body, "Product page gallery") {
		t.Error("her own tasks are not listed alone")
	}
	finish(viewer, "yes", http.StatusNotFound)
	finish(w.as("leader").through("eleni"), "yes", http.StatusForbidden)
	finish(eleni, "yes", http.StatusSeeOther)
	finish(eleni, "yes", http.StatusSeeOther) // said twice it is said once
	if n := w.rows("SELECT count(*) FROM event WHERE task_id = ? AND kind = 'task.moved'", int64(id)); n != 1 {
		t.Error("the log tells of it so many times:", n)
	}
	if body := w.as("leader").get("/projects/" + w.project.String() + "/log").body; !strings.Contains(body, "Shipping rules</a> to CNRY-column-done") {
		t.Error("the team does not read that it is done")
	}
	if body := eleni.get("/portal").body; strings.Contains(body, `id="given-`) {
		t.Error("it still waits for her")
	}
	finish(eleni, "no", http.StatusSeeOther)
	if body := eleni.get(path).body; !strings.Contains(body, "I have done this") {
		t.Error("it cannot be taken back")
	}
	give("member")
	finish(eleni, "yes", http.StatusNotFound)
	give("eleni")
	w.ok(w.store.HideTasks(w.actor("leader"), w.project, []db.ID{id}))
	finish(eleni, "yes", http.StatusNotFound)
}

// TestListsOfClients: lists narrow what a client sees and nothing else; a log is read to
// its beginning, each line once.
func TestListsOfClients(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	eleni, project := w.as("eleni"), "/portal/projects/"+w.project.String()
	for query, want := range map[string]string{"": "gallery Search Shipping", "state=done": "Search", "state=doing": "gallery", "state=open": "gallery Shipping",
		"q=SHIPP%C3%8DNG": "Shipping", "q=secret": "", "project=" + w.project.String(): "gallery Search Shipping", "project=" + w.other.String(): "gallery Search Shipping", "state=evil&mine=": "gallery Search Shipping"} {
		body := eleni.get("/portal/tasks?" + query).body
		_, body, _ = strings.Cut(body, "<main")
		for _, title := range []string{"Product page gallery", "Search", "Shipping rules"} {
			word := strings.TrimPrefix(title, "Product page ")
			word, _, _ = strings.Cut(word, " ")
			if strings.Contains(body, ">"+title+"</a>") != strings.Contains(want, word) {
				t.Errorf("%q: %s listed %v", query, title, !strings.Contains(want, word))
			}
		}
		if strings.Contains(body, "CNRY") {
			t.Errorf("%q lists what is hidden", query)
		}
	}
	for range 60 {
		_, err := w.store.MoveTask(w.actor("leader"), w.tasks["gallery"], "done", 0)
		w.ok(err)
		_, err = w.store.MoveTask(w.actor("leader"), w.tasks["gallery"], "doing", 0)
		w.ok(err)
	}
	pages, lines, at := 0, 0, project+"/activity"
	for ; at != "" && pages < 20; pages++ {
		body := eleni.get(at).body
		lines += strings.Count(body, "<li><span>") + strings.Count(body, `<li class="key"><span>`) + strings.Count(body, `<li class="call"><span>`)
		at = ""
		if _, rest, more := strings.Cut(body, `rel="next" href="`); more {
			query, _, _ := strings.Cut(rest, `"`)
			at = project + "/activity" + strings.ReplaceAll(query, "&amp;", "&")
		}
		if strings.Contains(body, "CNRY") {
			t.Error("the log tells what is hidden")
		}
	}
	if pages < 3 || lines < 120 || lines > 140 {
		t.Errorf("%d lines on %d pages", lines, pages)
	}
	tomorrow := url.QueryEscape(w.store.Now().AddDate(0, 0, 2).Format(time.DateOnly))
	for query, want := range map[string]bool{"of=tasks": true, "of=replies": false, "from=" + tomorrow: false, "to=2020-01-01": false, "from=x&to=y&of=z&before=nonsense": true, "before=" + w.parts["reply"].String(): false} {
		if body := eleni.get(project + "/activity?" + query).body; strings.Contains(body, "Product page gallery</a> is done") != want {
			t.Errorf("%s tells of a finished task: %v", query, !want)
		}
	}
	for path, want := range map[string]string{"/completed": "Search", "/people": "Katerina", "/files": "sitemap"} {
		if body := eleni.get(project + path).body; !strings.Contains(body, want) && path != "/files" || strings.Contains(body, "CNRY") {
			t.Errorf("%s: %s", path, body)
		}
	}
}
