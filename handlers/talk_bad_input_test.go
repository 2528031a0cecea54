package handlers

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"vitrine/db"
)

// What was being written when its task became private stays with whoever wrote it, says
// why it could not go, and reaches nobody.
func TestReplyOnATaskMadePrivateMeanwhile(t *testing.T) {
	w := newWorld(t)
	task := w.tasks["gallery"]
	at := "/tasks/" + task.String()
	w.ok(w.store.HideTasks(w.actor("owner"), w.project, []db.ID{task}))
	for _, headers := range [][]string{{}, {"HX-Request", "true"}} {
		got := w.as("leader").send(http.MethodPost, at+"/replies", strings.NewReader("body=Typed+before+it+was+hidden"), append(headers, "Content-Type", "application/x-www-form-urlencoded", "Origin", w.base)...)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, ">Typed before it was hidden</textarea>") || !strings.Contains(got.body, `role="alert"`) {
			t.Errorf("the leader's words are lost: %d %s", got.status, got.body)
		}
	}
	late := w.as("eleni").post("/portal"+at+"/replies", "body", "CNRY-client-words")
	never := w.as("eleni").post("/portal/tasks/"+w.tasks["private"].String()+"/replies", "body", "CNRY-client-words")
	if late.status != http.StatusNotFound || late.body != never.body {
		t.Errorf("the client is told of a task that is not there: %d", late.status)
	}
	if w.rows("SELECT count(*) FROM reply WHERE body LIKE 'Typed before%' OR body LIKE 'CNRY-client%'") != 0 {
		t.Error("it was said")
	}
}

// Somebody who was taken off the project between typing and sending is not mentioned: the
// name stays a word, nobody else is meant, and no mail leaves.
func TestMentionOfSomebodyRemovedMeanwhile(t *testing.T) {
	w := newWorld(t)
	task, leader := "/tasks/"+w.tasks["gallery"].String(), w.as("leader")
	w.beside("DELETE FROM outbox")
	w.ok(w.store.RemoveMember(w.actor("owner"), w.project, w.people["member"].ID))
	if got := leader.post(task+"/notes", "body", "@Nikos CNRY-surname should look"); got.status != http.StatusSeeOther {
		t.Fatal("the note:", got.status)
	}
	w.ok(w.store.RemoveMember(w.actor("owner"), w.project, w.people["eleni"].ID))
	for range 2 {
		got := leader.post(task+"/replies", "body", "@Eleni Papadopoulou and @Nikos CNRY-surname, please look")
		if got.status != http.StatusSeeOther && (got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "please look</textarea>")) {
			t.Fatal("the reply:", got.status, got.body)
		}
		if got.status == http.StatusSeeOther {
			break
		}
	}
	if w.rows("SELECT count(*) FROM mention m JOIN person p ON p.id = m.person_id WHERE p.email IN (?, ?)", w.people["member"].Email, w.people["eleni"].Email) != 0 ||
		w.rows("SELECT count(*) FROM reply WHERE body LIKE '%@{%look%'")+w.rows("SELECT count(*) FROM note WHERE body LIKE '%@{%look%'") != 0 {
		t.Error("somebody who is gone is mentioned")
	}
	if w.rows("SELECT count(*) FROM outbox o JOIN person p ON p.id = o.person_id WHERE p.email IN (?, ?)", w.people["member"].Email, w.people["eleni"].Email) != 0 {
		t.Error("somebody who is gone is written to")
	}
}

// Of two who save the same words at the same moment one is answered with both texts.
func TestTwoEditsAtOnce(t *testing.T) {
	w := newWorld(t)
	for what, edit := range map[string]struct{ who, path string }{
		"a reply":        {"member", "/replies/" + w.parts["reply"].String() + "/edit"},
		"a note":         {"leader", "/notes/" + w.parts["note"].String() + "/edit"},
		"a client's own": {"eleni", "/portal/replies/" + w.parts["reply of eleni"].String() + "/edit"},
	} {
		texts := []string{"One way to say " + what, "Another way to say " + what}
		answers, both := make([]answer, 2), sync.WaitGroup{}
		for i := range texts {
			someone := w.as(edit.who)
			both.Go(func() { answers[i] = someone.post(edit.path, "body", texts[i], "version", "1") })
		}
		both.Wait()
		lost := 0
		if answers[0].status == http.StatusSeeOther {
			lost = 1
		}
		if answers[1-lost].status != http.StatusSeeOther || answers[lost].status != http.StatusConflict {
			t.Errorf("%s: %d and %d", what, answers[0].status, answers[1].status)
			continue
		}
		for _, text := range texts {
			if !strings.Contains(strings.ReplaceAll(answers[lost].body, "&#39;", "'"), text) {
				t.Errorf("%s: the page that asks does not have %q", what, text)
			}
		}
		if again := w.as(edit.who).post(edit.path, "body", texts[lost], "version", "2"); again.status != http.StatusSeeOther {
			t.Errorf("%s: what was read again is refused: %d", what, again.status)
		}
	}
}

// A word of 10,000 letters is taken whole, in every place where words are, and read back
// as it was; mail wraps it.
func TestWordsWithoutAnEnd(t *testing.T) {
	w := newWorld(t)
	task := "/tasks/" + w.tasks["gallery"].String()
	for _, letter := range []string{"x", "Ω", "漢", "🙂", "@", "*", "`", "["} {
		word := strings.Repeat(letter, 10000)
		for _, post := range []struct{ who, path string }{{"eleni", "/portal" + task + "/replies"}, {"leader", task + "/replies"}, {"leader", task + "/notes"}} {
			if got := w.as(post.who).post(post.path, "body", word); got.status != http.StatusSeeOther {
				t.Errorf("%s of %q: %d", post.path, letter, got.status)
			}
		}
		if kept := w.rows("SELECT count(*) FROM (SELECT body FROM reply UNION ALL SELECT body FROM note) WHERE body = ?", word); kept != 3 {
			t.Errorf("%q is kept %d times", letter, kept)
		}
		for who, page := range map[string]string{"eleni": "/portal" + task, "leader": task} {
			if got := w.as(who).get(page); got.status != http.StatusOK || letter != "*" && letter != "`" && !strings.Contains(got.body, word) {
				t.Errorf("%s does not read %q: %d", who, letter, got.status)
			}
		}
	}
}
