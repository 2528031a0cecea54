package team

import (
	"net/http"
	"strings"
	"testing"

	"vitrine/db"
)

// said is the id of what somebody said on a task, newest first.
func (w *world) said(task, body string) (id string) {
	w.look("leader", func(v *db.Viewer) error {
		list, err := v.Conversation(w.tasks[task])
		for _, one := range list {
			if strings.Contains(one.Body, body) {
				id = one.ID.String()
			}
		}
		return err
	})
	return id
}

func TestEditingSaying(t *testing.T) {
	w := newWorld(t)
	reply, task := "/replies/"+w.said("gallery", "Centimetres"), "/tasks/"+w.tasks["gallery"].String()
	form := w.get("maria", reply+"/edit").is(http.StatusOK)
	if value(form.page, "body") != "Centimetres are in, for every size." || value(form.page, "version") != "1" || len(find(form.page, "button", "class", "send")) != 1 {
		t.Error("the form is not that of the reply")
	}
	w.post("maria", reply+"/edit", "body", "Inches are in.", "version", "1").leads(task + "#reply-" + strings.TrimPrefix(reply, "/replies/"))
	late := w.post("maria", reply+"/edit", "body", "Feet are in.", "version", "1").is(http.StatusConflict)
	if text := late.text(); !strings.Contains(text, "Inches are in.") || !strings.Contains(text, "Feet are in.") || value(late.page, "version") != "2" || !late.has("changed") {
		t.Error("not both texts are shown:", text)
	}
	w.post("maria", reply+"/edit", "body", " ", "version", "2").is(http.StatusUnprocessableEntity).has("body-error")
	w.get("leader", reply+"/edit").is(http.StatusForbidden)
	w.post("leader", reply+"/edit", "body", "x", "version", "2").is(http.StatusForbidden)
	w.get("elsewhere", reply+"/edit").is(http.StatusNotFound)
	history := w.get("member", reply+"/history").is(http.StatusOK)
	if len(find(history.page, "ins", "", "")) != 0 || !strings.Contains(history.text(), "Centimetres") || !strings.Contains(history.text(), "Inches") {
		t.Error("the history says", history.text())
	}
	page := w.get("leader", task)
	if !strings.Contains(page.body, `class="team leads"`) || strings.Contains(w.get("maria", task).body, `class="team leads"`) {
		t.Error("the page does not know who leads")
	}
	if !strings.Contains(page.body, reply+"/history") || !strings.Contains(page.body, reply+"/drill") {
		t.Error("the menu does not lead on")
	}
	w.ok(w.store.HideTasks(w.actor("leader"), w.project, []db.ID{w.tasks["gallery"]}))
	kept := w.post("maria", reply+"/edit", "body", "Yards are in.", "version", "2").is(http.StatusUnprocessableEntity)
	if value(kept.page, "body") != "Yards are in." || len(find(kept.page, "button", "class", "send")) != 0 {
		t.Error("on a task made private the text is lost, or can still be saved")
	}
}

// New words of a reply are looked through as those of a new reply are; a note's are not.
func TestEditsAreDoubted(t *testing.T) {
	w := newWorld(t)
	task := "/tasks/" + w.tasks["gallery"].String()
	own, err := w.store.AddNote(w.actor("leader"), w.tasks["gallery"], "Take care: it may become a scope question for us.")
	w.ok(err)
	reply, note, text := "/replies/"+w.said("gallery", "Centimetres"), "/notes/"+own.String(), "Yes. It may become a scope question, so ask [client name]."
	page := w.post("maria", reply+"/edit", "body", text, "version", "1").is(http.StatusUnprocessableEntity)
	asked := page.id("doubts")
	if value(page.page, "body") != text || !strings.Contains(textOf(asked), "“It may become a scope question” is in the note of Katerina Doukas of") || !strings.Contains(textOf(asked), "[client name]") {
		t.Error("the form does not ask:", page.text())
	}
	mark := value(asked, "doubts")
	w.post("maria", reply+"/edit", "body", text+" TODO", "version", "1", "checked", "1", "doubts", mark).is(http.StatusUnprocessableEntity).id("doubts")
	w.post("maria", reply+"/edit", "body", text, "version", "1", "doubts", mark).is(http.StatusUnprocessableEntity).id("doubts")
	w.post("leader", reply+"/edit", "body", text, "version", "1").is(http.StatusForbidden)
	if w.said("gallery", "Centimetres") == "" {
		t.Fatal("it went out")
	}
	w.post("maria", reply+"/edit", "body", text, "version", "1", "checked", "1", "doubts", mark).leads(task + "#reply-" + strings.TrimPrefix(reply, "/replies/"))
	w.post("maria", reply+"/edit", "body", "Late. "+text, "version", "1").is(http.StatusConflict)
	w.post("leader", note+"/edit", "body", text, "version", "1").leads(task + "#note-" + strings.TrimPrefix(note, "/notes/"))
}

func TestDeletingSaying(t *testing.T) {
	w := newWorld(t)
	task := "/tasks/" + w.tasks["gallery"].String()
	reply, note := "/replies/"+w.said("gallery", "Centimetres"), "/notes/"+w.said("gallery", "zoom yet")
	w.post("member", reply+"/delete").is(http.StatusForbidden)
	w.get("member", reply+"/drill").is(http.StatusForbidden)
	drill := w.get("leader", reply+"/drill").is(http.StatusOK)
	if !strings.Contains(drill.text(), "Eleni Papadopoulou") || strings.Contains(drill.text(), "Fanis") {
		t.Error("who could see it is named as", drill.text())
	}
	w.post("leader", reply+"/delete", "back", "drill").leads(reply + "/drill")
	gone := w.get("leader", reply+"/drill").is(http.StatusOK)
	if !gone.has("taken-back") || strings.Contains(gone.body, "Centimetres") {
		t.Error("the drill says", gone.text())
	}
	late := w.post("maria", reply+"/edit", "body", "My long text", "version", "1").is(http.StatusConflict)
	if value(late.page, "body") != "My long text" || len(find(late.page, "button", "class", "send")) != 0 {
		t.Error("the text of a late edit is lost, or can still be saved")
	}
	w.get("maria", reply+"/edit").is(http.StatusNotFound)
	w.post("leader", note+"/delete").leads(task + "#note-" + strings.TrimPrefix(note, "/notes/"))
	page := w.get("maria", task)
	if strings.Contains(page.body, "Centimetres") || strings.Contains(page.body, "zoom yet") || strings.Count(page.text(), "Deleted by Katerina") != 2 {
		t.Error("the conversation says", page.text())
	}
}
