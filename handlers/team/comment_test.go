package team

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"vitrine/db"
)

func open(details *html.Node) bool {
	for _, one := range details.Attr {
		if one.Key == "open" {
			return true
		}
	}
	return false
}

// TestComposers are the rules that keep a note inside.
func TestComposers(t *testing.T) {
	w := newWorld(t)
	path := "/tasks/" + w.tasks["gallery"].String()
	page := w.get("leader", path)
	note, reply := page.id("write-note"), page.id("write-reply")
	if !open(note) || open(reply) {
		t.Error("the note is not open, or the reply is")
	}
	noteForm, replyForm := find(note, "form", "action", path+"/notes"), find(reply, "form", "action", path+"/replies")
	if len(noteForm) != 1 || len(replyForm) != 1 || len(find(note, "form", "action", "*")) != 1 || len(find(reply, "form", "action", "*")) != 1 {
		t.Fatal("not two forms with two addresses")
	}
	if len(find(note, "button", "formaction", "*"))+len(find(reply, "button", "formaction", "*")) != 0 {
		t.Error("a button leads a text to another address")
	}
	send, save := find(reply, "button", "class", "send"), find(note, "button", "class", "internal")
	if len(send) != 1 || textOf(send[0]) != "Send to Papadopoulos Ceramics (client)" || len(save) != 1 || textOf(save[0]) != "Save internal note" {
		t.Error("the buttons do not say where the text goes")
	}
	if goes := textOf(page.id("region-goes")); !strings.Contains(goes, "Eleni Papadopoulou") || !strings.Contains(goes, "Dimitra Kosta") || strings.Contains(goes, "Fanis") {
		t.Error("the reply names its readers as", goes)
	}
	if label := textOf(note); !strings.Contains(label, "Note to Maria Lenti and Nikos Raptis") || strings.Contains(label, "Eleni") {
		t.Error("the note names its readers as", label)
	}
	private := w.get("leader", "/tasks/"+w.tasks["scope"].String())
	if private.has("write-reply") || len(find(private.page, "textarea", "name", "body")) != 1 || !open(private.id("write-note")) {
		t.Error("a private task has a reply form")
	}
}

func TestNote(t *testing.T) {
	w := newWorld(t)
	path := "/tasks/" + w.tasks["gallery"].String()
	w.post("leader", path+"/notes", "body", "Between us").leads(path + "#talk")
	frame := w.htmx("maria", path+"/notes", "body", "Also between us").is(http.StatusOK)
	thread := find(frame.page, "hx-partial", "hx-target", "#region-thread")
	if len(thread) != 1 || len(find(thread[0], "li", "class", "note")) != 3 || len(find(thread[0], "li", "class", "reply")) != 2 {
		t.Error("the answer is not the conversation:", frame.body)
	}
	if value(frame.id("note-form"), "body") != "" || frame.has("reply-form") {
		t.Error("the answer is not a fresh box for notes")
	}
	refused := w.htmx("leader", path+"/notes", "body", strings.Repeat("n", 20001)).is(http.StatusUnprocessableEntity)
	if value(refused.id("note-form"), "body") != strings.Repeat("n", 20001) || !refused.has("note-error") {
		t.Error("the text or the sentence is lost")
	}
	whole := w.post("leader", path+"/notes", "body", " \n").is(http.StatusUnprocessableEntity)
	if !whole.has("note-error") || !whole.has("region-thread") || open(whole.id("write-reply")) {
		t.Error("the page does not show the refused note")
	}
	w.post("leader", "/tasks/"+w.tasks["scope"].String()+"/notes", "body", "On a private one").is(http.StatusSeeOther)
	w.post("leader", "/tasks/"+w.tasks["foreign"].String()+"/notes", "body", "x").is(http.StatusNotFound)
	w.ok(w.store.Glass(w.people["eleni"].ID, func(g *db.Glass) error {
		thread, err := g.Conversation(w.tasks["gallery"])
		if len(thread) != 2 {
			t.Errorf("the client reads %d messages", len(thread))
		}
		return err
	}))
}

func TestReply(t *testing.T) {
	w := newWorld(t)
	path := "/tasks/" + w.tasks["gallery"].String()
	seen := value(w.get("leader", path).id("reply-form"), "seen")
	w.post("leader", path+"/replies", "body", "Yes, they can.", "seen", seen).leads(path + "#talk")
	w.post("leader", path+"/replies", "body", "From a script.").leads(path + "#talk")
	frame := w.htmx("leader", path+"/replies", "body", "And more.", "seen", seen).is(http.StatusOK)
	if open(frame.id("write-reply")) || value(frame.id("reply-form"), "body") != "" || len(find(frame.page, "hx-partial", "hx-target", "#region-thread")) != 1 || frame.has("note-form") {
		t.Error("the answer is not a fresh, closed box for replies and the conversation")
	}
	refused := w.htmx("leader", path+"/replies", "body", "  ", "seen", seen).is(http.StatusUnprocessableEntity)
	if !refused.has("reply-error") || refused.has("write-note") {
		t.Error("a refused reply is not shown again")
	}
	w.post("leader", path+"/replies", "body", "\xff\xfe", "seen", seen).is(http.StatusUnprocessableEntity)
	w.post("leader", "/tasks/"+w.tasks["foreign"].String()+"/replies", "body", "x").is(http.StatusNotFound)
}

// TestReplyToWhomItWasWritten: a form that was opened before its readers changed
// is refused, and the text is kept.
func TestReplyToWhomItWasWritten(t *testing.T) {
	w := newWorld(t)
	path := "/tasks/" + w.tasks["gallery"].String()
	seen := value(w.get("leader", path).id("reply-form"), "seen")
	count := w.stored("gallery").Replies
	w.ok(w.store.RemoveMember(w.actor("leader"), w.project, w.people["viewer"].ID))
	page := w.post("leader", path+"/replies", "body", "For both of you", "seen", seen).is(http.StatusUnprocessableEntity)
	form := page.id("reply-form")
	if value(form, "body") != "For both of you" || !open(page.id("write-reply")) || value(form, "seen") == seen || attr(form, "action") != path+"/replies" {
		t.Error("the text is not kept for another try")
	}
	w.ok(w.store.HideTasks(w.actor("maria"), w.project, []db.ID{w.tasks["gallery"]}))
	for _, stopped := range []answer{w.post("leader", path+"/replies", "body", "Too late", "seen", value(form, "seen")), w.htmx("leader", path+"/replies", "body", "Too late")} {
		form := stopped.is(http.StatusUnprocessableEntity).id("reply-form")
		if value(form, "body") != "Too late" || attr(form, "action") != path+"/notes" || len(find(form, "button", "class", "send")) != 0 || !strings.Contains(stopped.text(), "private now") {
			t.Error("on a private task the text can still be sent, or is lost")
		}
	}
	if w.stored("gallery").Replies != count {
		t.Error("a refused reply was stored")
	}
}

func TestNoReplyOnPrivate(t *testing.T) {
	w := newWorld(t)
	before := w.store.Generation()
	w.post("leader", "/tasks/"+w.tasks["scope"].String()+"/replies", "body", "x").is(http.StatusUnprocessableEntity)
	if w.store.Generation() != before {
		t.Error("something was written")
	}
}
