package team

import (
	"net/http"
	"strings"
	"testing"
)

// Words of a note do not go out by a slip: the form asks, and the tick counts for
// that very text.
func TestDoubts(t *testing.T) {
	w := newWorld(t)
	path := "/tasks/" + w.tasks["gallery"].String()
	_, err := w.store.AddNote(w.actor("leader"), w.tasks["gallery"], "Take care: it may become a scope question for us.")
	w.ok(err)
	count, text := w.stored("gallery").Replies, "Yes. It may become a scope question, so let me price it."
	page := w.post("leader", path+"/replies", "body", text).is(http.StatusUnprocessableEntity)
	form := page.id("reply-form")
	if value(form, "body") != text || !open(page.id("write-reply")) || !strings.Contains(textOf(page.id("doubts")), "“It may become a scope question” is in your note of") {
		t.Error("the form does not ask:", textOf(form))
	}
	if instead := find(form, "button", "formaction", path+"/notes"); len(instead) != 1 || textOf(instead[0]) != "Make it a note instead" {
		t.Error("no way to keep it within the team")
	}
	mark := value(form, "doubts")
	if theirs := w.post("maria", path+"/replies", "body", text).is(http.StatusUnprocessableEntity); !strings.Contains(theirs.text(), "is in the note of Katerina Doukas of") {
		t.Error("a colleague's note:", textOf(theirs.id("doubts")))
	}
	for what, pairs := range map[string][]string{
		"another text":  {"body", text + " And it may become a scope question.", "checked", "1", "doubts", mark},
		"no tick":       {"body", text, "doubts", mark},
		"no mark":       {"body", text, "checked", "1"},
		"a forged mark": {"body", text, "checked", "1", "doubts", mark + "x"},
	} {
		if again := w.htmx("leader", append([]string{path + "/replies"}, pairs...)[0], pairs...).is(http.StatusUnprocessableEntity); !again.has("doubts") || !again.has("reply-form") {
			t.Error("not asked again after", what)
		}
	}
	w.post("maria", path+"/replies", "body", text, "checked", "1", "doubts", mark).is(http.StatusUnprocessableEntity) // another's tick
	if w.stored("gallery").Replies != count {
		t.Fatal("it went out")
	}
	w.post("leader", path+"/replies", "body", strings.ReplaceAll(text, "\n", "\r\n"), "checked", "1", "doubts", mark).leads(path + "#talk")
	if w.stored("gallery").Replies != count+1 {
		t.Error("it is blocked for good")
	}
}

// What was asked about can be kept as a note: the reply box is empty then.
func TestDoubtBecomesANote(t *testing.T) {
	w := newWorld(t)
	path := "/tasks/" + w.tasks["gallery"].String()
	notes := w.stored("gallery").Notes
	frame := w.htmx("leader", path+"/notes", "body", "Ask [client name] first", "from", "reply", "seen", "x").is(http.StatusOK)
	if w.stored("gallery").Notes != notes+1 || !frame.has("write-reply") || open(frame.id("write-reply")) || value(frame.id("reply-form"), "body") != "" || frame.has("note-form") {
		t.Error("the note is not stored, or the reply box is not fresh")
	}
	refused := w.htmx("leader", path+"/notes", "body", " ", "from", "reply").is(http.StatusUnprocessableEntity)
	if !refused.has("reply-error") {
		t.Error("an empty one is not refused where it was written")
	}
}
