package team

import (
	"net/http"
	"strings"
	"testing"

	"vitrine/db"
)

// held posts a reply that is held and answers with its address.
func (w *world) held(who, text string) string {
	w.t.Helper()
	id, err := w.store.AddReply(w.actor(who), w.tasks["gallery"], text)
	w.ok(err)
	return "/replies/" + id.String()
}

// A held reply says when it goes out, to the second, and offers what may be done.
func TestHeldMessage(t *testing.T) {
	w := newWorld(t)
	w.holds(30)
	path := "/tasks/" + w.tasks["gallery"].String()
	at := w.held("maria", "Held words")
	page := w.get("leader", path)
	message := page.id("reply-" + strings.TrimPrefix(at, "/replies/"))
	if len(find(message, "time", "datetime", "2026-05-14T10:41:30+03:00")) != 1 || !strings.Contains(textOf(message), "Goes out at 10:41:30") {
		t.Error("it does not say when it goes out:", textOf(message))
	}
	for _, deed := range []string{"/undo", "/release", "/note"} {
		form := find(message, "form", "action", at+deed)
		if len(form) != 1 || attr(form[0], "method") != "post" {
			t.Error("no form for", deed)
		}
	}
	if !strings.Contains(textOf(message), "Maria Lenti or whoever leads the project can take it back") {
		t.Error("it does not say who may take it back:", textOf(message))
	}
	if hint := textOf(page.id("reply-hint")); !strings.Contains(hint, "Held for 30 seconds") {
		t.Error(hint)
	}
	w.holds(0)
	if hint := textOf(w.get("leader", path).id("reply-hint")); strings.Contains(hint, "Held") {
		t.Error(hint)
	}
}

// What was taken back stands in the open reply box, once, with the focus.
func TestTakeBack(t *testing.T) {
	w := newWorld(t)
	w.holds(30)
	path := "/tasks/" + w.tasks["gallery"].String()
	w.post("maria", w.held("maria", "Held words")+"/undo").leads(path + "?box=reply#write-reply")
	page := w.get("maria", path+"?box=reply")
	box := page.id("write-reply")
	if !open(box) || open(page.id("write-note")) || value(box, "body") != "Held words" || len(find(box, "textarea", "autofocus", "")) != 1 {
		t.Error("the words are not back, or not where one writes")
	}
	if open(w.get("maria", path).id("write-reply")) || open(w.get("leader", path+"?box=reply").id("write-reply")) {
		t.Error("the box is open without words that came back")
	}
	frame := w.htmx("maria", w.held("maria", "More words")+"/undo").is(http.StatusOK)
	into := find(frame.page, "hx-partial", "hx-target", "#write-reply")
	if len(into) != 1 || !open(frame.id("write-reply")) || !strings.HasPrefix(value(frame.id("reply-form"), "body"), "More words") || len(find(frame.page, "hx-partial", "hx-target", "#region-thread")) != 1 {
		t.Error("htmx does not get box and conversation:", frame.body)
	}
	theirs := w.htmx("leader", w.held("maria", "Mine")+"/undo").is(http.StatusOK)
	if theirs.has("reply-form") || strings.Contains(theirs.body, "Mine") {
		t.Error("whoever leads gets the words")
	}
	w.post("leader", w.held("maria", "Mine")+"/undo").leads(path + "?said=held-theirs#talk")
	w.post("member", w.held("maria", "Mine")+"/undo").is(http.StatusForbidden)
	w.post("elsewhere", w.held("maria", "Mine")+"/undo").is(http.StatusNotFound)
	w.post("member", w.held("maria", "Mine")+"/release").is(http.StatusForbidden)
}

func TestSendNowAndTooLate(t *testing.T) {
	w := newWorld(t)
	w.holds(30)
	path := "/tasks/" + w.tasks["gallery"].String()
	at := w.held("maria", "Held words")
	sent := w.htmx("maria", at+"/release").is(http.StatusOK)
	if message := sent.id("reply-" + strings.TrimPrefix(at, "/replies/")); strings.Contains(textOf(message), "not sent yet") {
		t.Error("it is still held:", textOf(message))
	}
	w.post("maria", at+"/undo").leads(path + "?said=held-late#talk")
	w.post("maria", at+"/note").leads(path + "?said=held-late#talk")
	if page := w.get("maria", path+"?said=held-late"); !strings.Contains(page.text(), "It has gone out already") {
		t.Error("nothing is said to who comes late")
	}
	late := w.htmx("maria", at+"/undo").is(http.StatusOK)
	if !strings.Contains(late.text(), "It has gone out already") || late.has("reply-form") {
		t.Error("htmx does not hear that it is too late")
	}
	w.post("maria", w.held("maria", "Again")+"/release").leads(path + "#talk")
	w.post("maria", w.held("maria", "Between us")+"/note").leads(path + "?said=note#talk")
	w.ok(w.store.Glass(w.people["eleni"].ID, func(g *db.Glass) error {
		thread, err := g.Conversation(w.tasks["gallery"])
		if len(thread) != 4 {
			t.Errorf("the client reads %d messages", len(thread))
		}
		return err
	}))
}

// A stopped reply says why, and offers the two ways that are left.
func TestStoppedMessage(t *testing.T) {
	w := newWorld(t)
	w.holds(30)
	path, at := "/tasks/"+w.tasks["gallery"].String(), w.held("maria", "Held words")
	w.ok(w.store.HideTasks(w.actor("maria"), w.project, []db.ID{w.tasks["gallery"]}))
	w.post("maria", at+"/release").leads(path + "#talk")
	message := w.get("maria", path).id("reply-" + strings.TrimPrefix(at, "/replies/"))
	if !strings.Contains(textOf(message), "Not sent: this task became private") || len(find(message, "form", "action", at+"/release")) != 0 ||
		len(find(message, "form", "action", at+"/note")) != 1 || len(find(message, "form", "action", at+"/undo")) != 1 {
		t.Error("a stopped reply:", textOf(message))
	}
	if redirect := w.htmx("maria", at+"/undo"); redirect.header.Get("HX-Redirect") != path+"?box=reply#write-reply" {
		t.Error("on a page without a box:", redirect.status, redirect.header)
	}
	form := w.get("maria", path+"?box=reply").id("reply-form")
	if value(form, "body") != "Held words" || attr(form, "action") != path+"/notes" {
		t.Error("on a private task the words come back to be sent")
	}
	w.post("maria", path+"/notes", "body", "Held words", "from", "reply").leads(path + "#talk")
	if w.get("maria", path+"?box=reply").has("reply-form") {
		t.Error("the draft stays after it was kept as a note")
	}
}

// A form that was drawn before its readers changed is refused in every kind of
// conversation, with the text in it.
func TestReadersChangeElsewhere(t *testing.T) {
	w := newWorld(t)
	var milestone db.ID
	w.look("leader", func(v *db.Viewer) error {
		list, err := v.Milestones(w.project)
		milestone = list[0].ID
		return err
	})
	paths := map[string]string{"/milestones/" + milestone.String(): "/milestones/" + milestone.String(), "/projects/" + w.project.String() + "/conversation": "/projects/" + w.project.String()}
	seen := map[string]string{}
	for page := range paths {
		seen[page] = value(w.get("leader", page).id("reply-form"), "seen")
	}
	w.ok(w.store.RemoveMember(w.actor("leader"), w.project, w.people["viewer"].ID))
	for page, to := range paths {
		refused := w.post("leader", to+"/replies", "body", "For both of you", "seen", seen[page]).is(http.StatusUnprocessableEntity)
		form := refused.id("reply-form")
		if value(form, "body") != "For both of you" || !strings.Contains(refused.text(), "have changed") {
			t.Error(page, "does not keep the text")
		}
		w.post("leader", to+"/replies", "body", "For one of you", "seen", value(form, "seen")).is(http.StatusSeeOther)
	}
}
