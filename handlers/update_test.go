package handlers

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"vitrine/db"
)

// seedUpdates posts about both projects.
func (w *world) seedUpdates() {
	var err error
	w.parts["update"], err = w.store.PostUpdate(w.actor("leader"), w.project, "The **gallery** goes well.")
	w.ok(err)
	w.parts["foreign update"], err = w.store.PostUpdate(w.actor("owner"), w.other, "CNRY-foreign-update")
	w.ok(err)
}

// TestUpdates: a post reaches clients as it is, with the figures of its moment, which
// stay; words that may be meant for the team are asked about first; two who edit at
// once both see both texts; and what was taken back is gone everywhere.
func TestUpdates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	leader, eleni := w.as("leader"), w.as("eleni")
	project := "/projects/" + w.project.String()
	post := func(status int, form ...string) answer {
		t.Helper()
		a := leader.post(project+"/updates", form...)
		if a.status != status {
			t.Fatalf("%v answers %d: %s", form, a.status, a.body)
		}
		return a
	}
	post(http.StatusUnprocessableEntity, "body", "  \n ")
	post(http.StatusUnprocessableEntity, "body", strings.Repeat("α", 5001))
	asked := post(http.StatusUnprocessableEntity, "body", "CNRY-word: about this we are not sure")
	if !strings.Contains(asked.body, `name="doubts"`) || strings.Contains(eleni.get("/portal"+project).body, "not sure") {
		t.Error("what was doubted is there, or nobody asked")
	}
	post(http.StatusSeeOther, "body", "All photos are taken.\n\n*Next week* we build.\n\n<script>alert(1)</script>")
	page := between(eleni.get("/portal"+project).body, `id="region-latest"`)
	for _, want := range []string{"All photos are taken.", "<em>Next week</em>", "Katerina", "1 of 4", "Shop ready"} {
		if !strings.Contains(page, want) {
			t.Errorf("the client does not read %q: %s", want, page)
		}
	}
	if strings.Contains(page, "<script") || strings.Contains(page, "CNRY") {
		t.Error("the client reads", page)
	}
	_, err := w.store.MoveTask(w.actor("leader"), w.tasks["gallery"], "done", 0)
	w.ok(err)
	if now := eleni.get("/portal" + project).body; !strings.Contains(now, "2 of 4") || !strings.Contains(between(now, `id="region-latest"`), "1 of 4") {
		t.Error("the figures of a post move, or those of the project do not")
	}
	var list []db.StatusUpdate
	w.ok(w.store.View(w.people["leader"], func(v *db.Viewer) (err error) { list, err = v.Updates(w.project); return err }))
	edit := "/updates/" + list[0].ID.String() + "/edit"
	if a := leader.post(edit, "body", "All photos are here.", "version", "1"); a.status != http.StatusSeeOther {
		t.Fatal(a.status, a.body)
	}
	late := w.as("owner").post(edit, "body", "Most photos are here.", "version", "1")
	if late.status != http.StatusConflict || !strings.Contains(late.body, "All photos are here.") || !strings.Contains(late.body, "Most photos are here.") {
		t.Error("who was slower does not see both:", late.status)
	}
	if page := eleni.get("/portal" + project + "/updates").body; !strings.Contains(page, "All photos are here.") || !strings.Contains(page, "changed since") || strings.Index(page, "All photos") > strings.Index(page, "goes well") {
		t.Error("the list is not newest first with what was changed")
	}
	if a := leader.post("/updates/" + list[0].ID.String() + "/delete"); a.status != http.StatusSeeOther {
		t.Error(a.status)
	}
	if page := eleni.get("/portal"+project).body + eleni.get("/portal"+project+"/updates").body; strings.Contains(page, "All photos") || !strings.Contains(page, "goes well") {
		t.Error("what was taken back is still there")
	}
}

// TestSinceYouWereHere: nothing on the first visit, all that others did since the last
// one on the next, not what one did oneself; a visit goes on while pages are opened, and
// nobody visits by looking through a client.
func TestSinceYouWereHere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	now := time.Now()
	passes := func(d time.Duration) {
		at := now.Add(d) // the server reads this one while the next is made
		now = at
		w.store.SetClock(func() time.Time { return at })
	}
	passes(0)
	page, home := "/portal/projects/"+w.project.String(), "/portal"
	told := func(path string) string {
		t.Helper()
		return between(w.as("eleni").get(path).body, `id="since"`)
	}
	if text := told(page) + told(home); text != "" {
		t.Error("a first visit tells of", text)
	}
	passes(2 * time.Minute)
	_, err := w.store.AddReply(w.actor("eleni"), w.tasks["gallery"], "My own words")
	w.ok(err)
	if text := told(page); text != "" {
		t.Error("the same visit tells of", text)
	}
	passes(30 * time.Second) // too soon to be kept: only who wrote it says that it is not new
	_, err = w.store.AddReply(w.actor("eleni"), w.tasks["gallery"], "My last words")
	w.ok(err)
	passes(24 * time.Hour)
	visits := func() int {
		return w.rows("SELECT count(*) FROM visit WHERE last_at >= ?", now.Add(-time.Minute).UTC().Format(time.RFC3339))
	}
	through := w.as("leader").through("eleni")
	if body := through.get(page).body; !strings.Contains(body, `id="since"`) || !strings.Contains(body, "Nothing has changed.") {
		t.Error("who looks through a client does not see what they would")
	}
	if visits() != 0 {
		t.Error("looking through a client is a visit")
	}
	_, err = w.store.MoveTask(w.actor("leader"), w.tasks["gallery"], "done", 0)
	w.ok(err)
	_, err = w.store.MoveTask(w.actor("leader"), w.tasks["private"], "done", 0)
	w.ok(err)
	_, err = w.store.AddReply(w.actor("member"), w.tasks["shipping"], "Words of ours")
	w.ok(err)
	_, err = w.store.AddNote(w.actor("member"), w.tasks["shipping"], "CNRY-note")
	w.ok(err)
	passes(time.Minute)
	if same := told(page); visits() != 1 {
		t.Error("a visit is not kept:", same)
	}
	same := []string{told(page), told(home), between(through.get(page).body, `id="since"`)}
	passes(10 * time.Minute)
	same = append(same, told(page), told(home)) // the visit goes on
	for _, text := range same {
		if !strings.Contains(text, "Done: <a") || !strings.Contains(text, "Product page gallery") || !strings.Contains(text, "New reply on <a") || strings.Contains(text, "CNRY") || strings.Contains(text, "2 tasks") {
			t.Error("told is", text)
		}
	}
	passes(time.Hour)
	if text := told(page); !strings.Contains(text, "Nothing has changed.") {
		t.Error("the next visit tells of what was told:", text)
	}
}

// between is the text of a section after a mark of its own, "" where there is none.
func between(body, mark string) string {
	_, text, _ := strings.Cut(body, mark)
	text, _, _ = strings.Cut(text, "</section>")
	return text
}
