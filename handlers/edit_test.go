package handlers

import (
	"net/http"
	"strings"
	"testing"
)

// A client changes and takes back their own words, and only these.
func TestClientEdits(t *testing.T) {
	w := newWorld(t)
	eleni, task := w.as("eleni"), "/portal/tasks/"+w.tasks["gallery"].String()
	own := "/portal/replies/" + w.parts["reply of eleni"].String()
	if form := eleni.get(own + "/edit"); form.status != http.StatusOK || !strings.Contains(form.body, ">Buttons are better.</textarea>") {
		t.Fatal("the form:", form.status, form.body)
	}
	if saved := eleni.post(own+"/edit", "body", "Links are better.", "version", "1"); saved.header.Get("Location") != task+"#reply-"+w.parts["reply of eleni"].String() {
		t.Error("leads to", saved.header.Get("Location"))
	}
	late := eleni.post(own+"/edit", "body", "Icons are better.", "version", "1")
	if late.status != http.StatusConflict || !strings.Contains(late.body, "Links are better.") || !strings.Contains(late.body, "Icons are better.") || !strings.Contains(late.body, `value="2"`) {
		t.Error("two edits at once:", late.status, late.body)
	}
	for _, who := range []string{"eleni", "viewer"} {
		if page := w.as(who).get(task); !strings.Contains(page.body, "Links are better.") || strings.Contains(page.body, "Buttons are better.") || !strings.Contains(page.body, "Edited") {
			t.Errorf("%s does not read the new words, or reads the old ones", who)
		}
	}
	if empty := eleni.post(own+"/edit", "body", "", "version", "2"); empty.status != http.StatusUnprocessableEntity || !strings.Contains(empty.body, "body-error") {
		t.Error("no words:", empty.status)
	}
	if saved := eleni.post(own + "/delete"); saved.status != http.StatusSeeOther {
		t.Error("deleting:", saved.status)
	}
	if kept := eleni.post(own+"/edit", "body", "My long text", "version", "2"); kept.status != http.StatusConflict || !strings.Contains(kept.body, "My long text") || strings.Contains(kept.body, "Save the reply") {
		t.Error("an edit after the end:", kept.status)
	}
	for _, who := range []string{"eleni", "viewer", "leader"} {
		at := map[bool]string{true: task[len("/portal"):], false: task}[who == "leader"]
		if page := w.as(who).get(at); strings.Contains(page.body, "Links are better.") || !strings.Contains(page.body, "Deleted by Eleni Papadopoulou") {
			t.Errorf("%s sees no mark, or the words", who)
		}
	}
}

// What was on a client's screen is told to the team; a look through somebody, and a
// page that is only open behind others, tell nothing.
func TestSeenInTheBrowser(t *testing.T) {
	w := newWorld(t)
	reply, path := w.parts["reply"].String(), "/tasks/"+w.tasks["gallery"].String()
	reads := func() string { return w.as("member").get(path).body }
	through := w.browser("leader", 1200, 900, false)
	through.open("/projects")
	eval[bool](through, `fetch("/preview/start", {method: "POST", body: new URLSearchParams({person: "`+w.people["eleni"].ID.String()+`"})}).then(() => true)`)
	through.open("/portal" + path)
	through.until(`document.body.matches(".previewed")`)
	eval[bool](through, `new Promise(done => setTimeout(() => done(true), 1500))`)
	if strings.Contains(reads(), "Read by") {
		t.Fatal("a look through somebody counts")
	}
	team := w.browser("member", 1200, 900, false)
	team.open(path)
	team.until(`document.querySelector("#live b")?.textContent === "Live"`)
	client := w.browser("eleni", 1200, 900, false)
	client.open("/portal" + path)
	team.until(`[...document.querySelectorAll("#reply-` + reply + ` footer")].some(line => line.textContent.includes("Read by Eleni Papadopoulou"))`)
	if eval[bool](client, `getComputedStyle(document.querySelector("#reply-`+reply+`")).display === "none" || !!document.querySelector("#reply-`+reply+` .menu a[href$='/edit']")`) {
		t.Error("the client has a menu on the team's words")
	}
	if !eval[bool](client, `getComputedStyle(document.querySelector("#reply-`+w.parts["reply of eleni"].String()+` .menu .own")).display !== "none"`) {
		t.Error("the client has no menu on their own words")
	}
	if !eval[bool](team, `getComputedStyle(document.querySelector("#reply-`+reply+` .menu .own")).display !== "none" && getComputedStyle(document.querySelector("#reply-`+w.parts["reply of eleni"].String()+` .menu .own")).display === "none"`) {
		t.Error("a member of the team has no menu on their own words, or one on others'")
	}
	client.silent()
	team.silent()
}
