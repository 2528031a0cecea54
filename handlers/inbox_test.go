package handlers

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"vitrine/db"
)

var tags = regexp.MustCompile(`<[^>]*>`)

// says is the text of the element with an id, up to its end.
func (a answer) says(id, end string) string {
	_, text, _ := strings.Cut(a.body, `id="`+id+`"`)
	text, _, _ = strings.Cut(text, end)
	return strings.Join(strings.Fields(tags.ReplaceAllString("<"+text, "")), " ")
}

var waiting = regexp.MustCompile(`\d+ waits? for you`)

// TestInboxOfEverybody: members have what waits in their projects and nothing of
// others; the tabs tell mine from all; the menu counts what is mine.
func TestInboxOfEverybody(t *testing.T) {
	w := newWorld(t)
	_, err := w.store.AddReply(w.actor("outsider"), w.tasks["foreign"], "CNRY-foreign-question")
	w.ok(err)
	row, foreign := "waits-"+w.tasks["gallery"].String(), "waits-"+w.tasks["foreign"].String()
	for _, one := range []struct {
		who, path   string
		own, others bool
		count       string // in the menu
	}{
		{"leader", "/inbox", true, false, "2 wait for you"},
		{"member", "/inbox", true, false, "1 waits for you"},
		{"elsewhere", "/inbox", false, false, ""},
		{"elsewhere", "/inbox?show=all", false, true, ""},
		{"elsewhere", "/inbox?show=day", false, true, ""},
		{"owner", "/inbox?show=all", true, true, "3 wait for you"},
		{"owner", "/inbox?show=all&q=buttons", true, false, "3 wait for you"},
		{"leader", "/inbox?show=day", true, false, "2 wait for you"},
		{"leader", "/inbox?q=CNRY-foreign", false, false, "2 wait for you"},
	} {
		page := w.as(one.who).get(one.path)
		own, others := row, foreign
		if strings.HasSuffix(one.path, "day") {
			own, others = "Buttons are better.", "CNRY-foreign-question"
		}
		if page.status != 200 || strings.Contains(page.body, own) != one.own || strings.Contains(page.body, others) != one.others {
			t.Errorf("%s at %s: %d", one.who, one.path, page.status)
		}
		if got := waiting.FindString(page.body); got != one.count {
			t.Errorf("%s at %s is told that %q", one.who, one.path, got)
		}
	}
	page := w.as("leader").get("/inbox").body
	for _, words := range []string{"Eleni Papadopoulou", "Papadopoulos Ceramics", "Buttons are better.", "Website Redesign"} {
		if !strings.Contains(page, words) {
			t.Errorf("a row does not say %q", words)
		}
	}
}

// TestInboxNames: what clients said names whom it mentions, in every list of it, and
// no id, even where the words were cut within a mention.
func TestInboxNames(t *testing.T) {
	w := newWorld(t)
	_, err := w.store.AddReply(w.actor("eleni"), w.tasks["gallery"], "Can @Nikos see to [it](https://x.example/"+strings.Repeat("a", 546)+")? @Nikos")
	w.ok(err)
	for _, path := range []string{"/inbox", "/inbox?q=nikos", "/inbox?show=day"} {
		page := w.as("leader").get(path).body
		if !strings.Contains(page, "Can @Nikos CNRY-surname see to it?") || strings.Contains(page, "@{") {
			t.Error(path, "names nobody, or an id")
		}
	}
	if page := w.as("leader").get("/inbox?q=" + w.people["member"].ID.String()); !strings.Contains(page.body, `id="found"`) || strings.Contains(page.body, "waits-"+w.tasks["gallery"].String()) {
		t.Error("what waits is found by an id")
	}
}

// TestHandledAndAside: what needs no answer leaves every inbox and comes back by
// Undo; what somebody puts aside leaves theirs alone.
func TestHandledAndAside(t *testing.T) {
	w := newWorld(t)
	leader, member := w.as("leader"), w.as("member")
	at, row := "/threads/"+w.tasks["gallery"].String(), "waits-"+w.tasks["gallery"].String()
	in := func(who *someone) bool { return strings.Contains(who.get("/inbox").body, `id="`+row) }
	clock := func(who *someone, path string) string { return who.get(path).says("region-clock", "</div>") }

	answer := leader.post(at+"/handled", "on", "1", "back", "/inbox")
	if answer.status != 303 || answer.header.Get("Location") != "/inbox?undo="+w.tasks["gallery"].String() {
		t.Fatal(answer.status, answer.header.Get("Location"))
	}
	if page := leader.get("/inbox?undo=" + w.tasks["gallery"].String()).body; !strings.Contains(page, `action="`+at+`/handled"`) || in(member) {
		t.Error("what is handled cannot be undone, or stays")
	}
	if said := clock(member, "/tasks/"+w.tasks["gallery"].String()); !strings.Contains(said, "Handled by Katerina") {
		t.Error(said)
	}
	leader.post(at+"/handled", "on", "0", "back", "/inbox")
	if !in(leader) || !in(member) {
		t.Error("undone, it is not back")
	}
	if answer := leader.post(at+"/snooze", "until", "tomorrow"); answer.status != 303 || waiting.FindString(leader.get("/projects").body) != "1 waits for you" || !in(member) {
		t.Error("put aside by one", answer.status)
	}
	if page := leader.get("/inbox").body; !strings.Contains(page, `id="aside"`) {
		t.Error("what is put aside is nowhere")
	}
	leader.post(at+"/snooze", "until", "")
	for _, day := range []string{"", "2001-01-01", "9999-01-01", "soon"} {
		if answer := leader.post(at+"/snooze", "until", "day", "day", day); answer.status != 422 || !strings.Contains(answer.body, `aria-invalid="true"`) {
			t.Errorf("put aside until %q: %d", day, answer.status)
		}
	}
	if answer := leader.post(at+"/handled", "on", "1", "back", "//evil.example"); answer.header.Get("Location") != "/tasks/"+w.tasks["gallery"].String()+"#talk" {
		t.Error("leads to", answer.header.Get("Location"))
	}
}

// TestClockOfBothSides: both sides read with whom the conversation lies and
// that it is late; the client reads nothing of who handled what.
func TestClockOfBothSides(t *testing.T) {
	w := newWorld(t)
	task := w.tasks["gallery"].String()
	eleni, leader := w.as("eleni"), w.as("leader")
	due := db.At(time.Now().Add(-time.Hour))
	w.behind("UPDATE setting SET value = 'call 210 1234567' WHERE key = 'urgent.text'")
	w.behind("UPDATE thread SET due_at = ?, late_at = ? WHERE id = ?", due, due, w.tasks["gallery"])
	if said := leader.get("/tasks/"+task).says("region-clock", "</div>"); !strings.Contains(said, "Lies with us since") || !strings.Contains(said, "Late since") {
		t.Error("the team reads", said)
	}
	said := eleni.get("/portal/tasks/"+task).says("region-clock", "</div>")
	if !strings.Contains(said, "it is our turn since") || !strings.Contains(said, "We meant to answer by") || !strings.Contains(said, "If it is urgent: call 210 1234567") {
		t.Error("the client reads", said)
	}
	if home := eleni.get("/portal").says("region-waiting", "</section>"); !strings.Contains(home, "Product page gallery") || !strings.Contains(home, "We meant to answer by") {
		t.Error("at home the client reads", home)
	}
	if board := leader.get("/projects/"+w.project.String()).says("task-"+task, "</li>\n"); !strings.Contains(board, "Answer is late") {
		t.Error("the card says", board)
	}
	if list := leader.get("/projects").says("project-"+w.project.String(), "</li>"); !strings.Contains(list, "1 waits for an answer") {
		t.Error("the list says", list)
	}
	_, err := w.store.AddReply(w.actor("leader"), w.tasks["gallery"], "It is.")
	w.ok(err)
	if said := eleni.get("/portal/tasks/"+task).says("region-clock", "</div>"); !strings.Contains(said, "The latest reply is ours") {
		t.Error("answered, the client reads", said)
	}
	if said := leader.get("/tasks/"+task).says("region-clock", "</div>"); !strings.Contains(said, "Lies with the client") {
		t.Error("answered, the team reads", said)
	}
}

// TestInboxIsLive: what a client writes stands in the open inbox at once, and is
// counted in its menu; answered from elsewhere it is gone.
func TestInboxIsLive(t *testing.T) {
	w := newWorld(t)
	b := w.browser("member", 1200, 900, false)
	b.open("/inbox")
	b.until(`document.querySelector("#live:not([hidden])")`)
	count := `document.querySelector("#region-waits .count")?.textContent ?? ""`
	row := `document.getElementById("waits-` + w.tasks["shipping"].String() + `")`
	if got := eval[string](b, count); got != "1" {
		t.Errorf("the menu counts %q", got)
	}
	_, err := w.store.AddNote(w.actor("member"), w.tasks["shipping"], "I look after it.")
	w.ok(err)
	_, err = w.store.AddReply(w.actor("eleni"), w.tasks["shipping"], "To which **islands**?")
	w.ok(err)
	b.until(row + `?.textContent.includes("To which islands?")`)
	b.until(count + ` == "2"`)
	b.shot("inbox")
	_, err = w.store.AddReply(w.actor("outsider"), w.tasks["foreign"], "CNRY-foreign-question")
	w.ok(err)
	_, err = w.store.AddReply(w.actor("leader"), w.tasks["shipping"], "To all.")
	w.ok(err)
	b.until(row + ` == null`)
	b.until(count + ` == "1"`)
	if eval[bool](b, `document.documentElement.outerHTML.includes("CNRY-foreign")`) {
		t.Error("another project is in the inbox")
	}
	b.silent()
}

// TestInboxSocketIsOnesOwn: nobody watches the inbox of somebody else.
func TestInboxSocketIsOnesOwn(t *testing.T) {
	w := newWorld(t)
	for _, kind := range []string{"inbox", "inbox-all"} {
		for who, want := range map[string]int{"leader": 101, "member": 404, "owner": 404, "eleni": 404} {
			socket, answer, _ := w.as(who).socket("/live?page=" + kind + "&id=" + w.people["leader"].ID.String())
			if answer == nil || answer.StatusCode != want {
				t.Errorf("%s at the leader's %s: %v", who, kind, answer)
			}
			if socket != nil {
				socket.Close()
			}
		}
	}
}
