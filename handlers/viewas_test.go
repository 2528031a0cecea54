package handlers

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"vitrine/db"
)

// theirPages are the addresses of all pages and files that eleni has, one by one, as
// the matrix says.
func (w *world) theirPages() []string {
	var list []string
	for _, line := range readMatrix(w.t.(*testing.T)) {
		if line.method == http.MethodGet && strings.HasPrefix(line.route, "/portal") && line.want["eleni"] == "200" && line.want["preview"] == "200" {
			list = append(list, w.fill(line.route, line.object))
		}
	}
	return list
}

// nodes is a page as a list of its nodes, without the banner of a preview, its words in
// the title, and that its buttons are off.
func nodes(t *testing.T, page string) []string {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		text := n.Data
		switch {
		case n.Type == html.ElementNode && n.Data == "title", n.Type == html.TextNode && strings.TrimSpace(n.Data) == "":
			return
		case n.Type == html.ElementNode:
			for _, a := range n.Attr {
				switch {
				case a.Key == "class" && a.Val == "preview":
					return
				case a.Key == "class" && n.Data == "body":
					a.Val = strings.TrimSuffix(a.Val, " previewed")
				case a.Key == "disabled" && n.Data == "button":
					continue
				}
				text += " " + a.Key + "=" + a.Val
			}
		}
		list = append(list, text)
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child)
		}
	}
	walk(root)
	return list
}

// TestPreviewIsTheirPage: whatever page eleni has, the look through her is the same,
// node by node but for the banner, and all of it changes no row.
func TestPreviewIsTheirPage(t *testing.T) {
	w := newWorld(t)
	w.behind("DELETE FROM draft") // what they are still writing, nobody sees through them
	now := time.Now()
	w.store.SetClock(func() time.Time { return now }) // a calendar file says when it was made
	eleni, leader := w.as("eleni"), w.as("leader").through("eleni")
	pages := append(w.theirPages(), "/portal/nothing", "/portal/tasks/"+w.tasks["private"].String())
	var theirs []answer
	for _, path := range pages {
		theirs = append(theirs, eleni.get(path))
	}
	before := w.tables()
	compared := 0
	for i, path := range pages {
		ours := leader.get(path)
		if ours.status != theirs[i].status {
			t.Errorf("%s: %d through eleni, %d for her", path, ours.status, theirs[i].status)
			continue
		}
		if !strings.HasPrefix(ours.header.Get("Content-Type"), "text/html") || !strings.Contains(ours.body, "<body") {
			if ours.header.Get("Content-Type") != "application/pdf" && ours.body != theirs[i].body {
				t.Errorf("%s differs", path)
			}
			continue
		}
		if !strings.Contains(ours.body, `class="preview"`) {
			t.Errorf("%s has no banner", path)
		}
		if strings.HasPrefix(path, "/portal/account/security") {
			continue // whose devices these are is nobody's business but theirs
		}
		compared++
		a, b := nodes(t, theirs[i].body), nodes(t, ours.body)
		if at := firstDifference(a, b); at >= 0 {
			t.Errorf("%s differs at node %d: %q instead of %q", path, at, b[min(at, len(b)-1)], a[min(at, len(a)-1)])
		}
	}
	if compared < 12 {
		t.Error("only so many pages were compared:", compared)
	}
	after := w.tables()
	for table := range before {
		if before[table] != after[table] {
			t.Errorf("looking changed the table %s", table)
		}
	}
}

func firstDifference(a, b []string) int {
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			return i
		}
	}
	return -1
}

// TestGhosts: they say what is hidden and why, to whoever looks through a client and
// sees it, and to nobody else.
func TestGhosts(t *testing.T) {
	w := newWorld(t)
	secret, err := w.store.AddProject(w.actor("owner"), db.ProjectForm{Name: "CNRY-secret-project", Company: "Papadopoulos Ceramics"}, [3]string{"A", "B", "C"})
	w.ok(err)
	w.behind("UPDATE task SET source = 'trello:1' WHERE id = ?", w.task("imported", w.project, "CNRY-imported-title", "todo", "private"))
	project, task, talk := "/portal/projects/"+w.project.String(), "/portal/tasks/"+w.tasks["gallery"].String(), "/portal/projects/"+w.project.String()+"/conversation"
	deliverable := "/portal/deliverables/" + w.parts["deliverable"].String()
	eleni, viewer, leader, owner := w.as("eleni"), w.as("viewer"), w.as("leader").through("eleni"), w.as("owner").through("viewer")
	pages := []string{"/portal", "/portal/projects", project, task, talk, deliverable}
	var before []string
	for _, path := range pages {
		before = append(before, eleni.get(path).body)
		if page := leader.get(path); strings.Contains(page.body, "ghosts\"") && strings.Contains(page.body, `class="ghost"`) || canary.MatchString(page.body) {
			t.Errorf("%s has ghosts before anybody asked for them", path)
		}
	}
	for i, someone := range []*someone{leader, owner} {
		if on := someone.post("/preview/ghosts", "ghosts", "on", "next", project); on.status != http.StatusSeeOther || on.header.Get("Location") != project {
			t.Errorf("switching ghosts on: %d", on.status)
		}
		if count := w.rows("SELECT count(*) FROM preview WHERE ghosts = 1"); count != i+1 {
			t.Errorf("%d looks have ghosts", count)
		}
	}
	if evil := leader.post("/preview/ghosts", "ghosts", "on", "next", "//evil.example"); evil.header.Get("Location") != "/portal" {
		t.Error("the switch leads to", evil.header.Get("Location"))
	}
	for path, want := range map[string][]string{
		project: {"CNRY-private-title", "Private: only the team", "CNRY-imported-title", "It came with an import", "CNRY-draft", "A draft: nobody was asked", "1 note", "entries of the log"},
		task:    {"CNRY-internal-title", "CNRY-internal-details", "CNRY-label", "12 h 57 m", "CNRY-note on gallery", "A note: only the team", "CNRY-held words", "Held: it goes out"},
		talk:    {"CNRY-note on the project"},
	} {
		page := leader.get(path).body
		for _, text := range want {
			if !strings.Contains(page, text) {
				t.Errorf("the ghosts of %s do not say %q", path, text)
			}
		}
		if strings.Contains(page, "CNRY-archived-title") || strings.Contains(page, "CNRY-foreign") {
			t.Errorf("%s has ghosts of something else", path)
		}
	}
	if page := owner.get(project).body; !strings.Contains(page, "Answer decisions and approve") || !strings.Contains(page, "does not have it") {
		t.Error("what the viewer has no right to is not said")
	}
	if home := owner.get("/portal").body; !strings.Contains(home, "CNRY-secret-project") || !strings.Contains(home, "Not on this project") || !strings.Contains(home, projectOf(secret)) {
		t.Error("the owner has no ghost of the other project")
	}
	if home := leader.get("/portal").body; strings.Contains(home, "CNRY-secret-project") {
		t.Error("the leader has a ghost of a project that the leader does not see")
	}
	w.behind("INSERT INTO feature (scope, scope_id, name, is_on) VALUES ('project', ?, 'deliverables', 0)", w.project)
	if page := leader.get(project).body; !strings.Contains(page, "Switched off here: Deliverables") {
		t.Error("what is switched off is not said")
	}
	w.behind("DELETE FROM feature WHERE scope = 'project'")
	for i, path := range pages {
		if now := eleni.get(path).body; now != before[i] {
			t.Errorf("%s of eleni changed, at node %d", path, firstDifference(nodes(t, before[i]), nodes(t, now)))
		}
		for _, client := range []*someone{eleni, viewer} {
			if page := client.get(path).body; strings.Contains(page, `class="ghost"`) || strings.Contains(page, "/preview/ghosts") || canary.MatchString(page) {
				t.Errorf("a client's own %s has ghosts", path)
			}
		}
		if page := leader.get(path).body; amber.MatchString(page) {
			t.Errorf("%s holds amber", path)
		}
	}
	if eleni.post("/preview/ghosts", "ghosts", "on").status != http.StatusNotFound {
		t.Error("a client has the switch")
	}
	leader.post("/preview/ghosts", "ghosts", "off", "next", project)
	if canary.MatchString(leader.get(project).body) {
		t.Error("the ghosts stay")
	}
	if again := w.as("owner").through("eleni"); canary.MatchString(again.get(project).body) {
		t.Error("another look begins with ghosts")
	}
}

// amber are the classes that no page of a client has, previews included.
var amber = regexp.MustCompile(`class="(?:[^"]* )?(?:note|private|internal|in)[ "]`)

func projectOf(id db.ID) string { return `href="/projects/` + id.String() + `"` }

// TestBesideTheBoard: an address never begins a look; a form does, and leads back. The
// client's page alone may stand in a frame, and of mails their look without their keys.
func TestBesideTheBoard(t *testing.T) {
	w := newWorld(t)
	board, page := "/projects/"+w.project.String(), "/portal/projects/"+w.project.String()
	eleni, viewer := w.people["eleni"].ID.String(), w.people["viewer"].ID.String()
	leader, frame := w.as("leader"), `<iframe src="`+page+`"`
	generation := w.store.Generation()
	if got := leader.get(board + "?beside=" + eleni); strings.Contains(got.body, "<iframe") || !strings.Contains(got.body, "See it as Eleni") || w.store.Generation() != generation {
		t.Error("an address begins a look:", got.status)
	}
	for _, nobody := range []string{w.people["outsider"].ID.String(), w.people["member"].ID.String(), db.NewID().String(), "x", ""} {
		if got := leader.get(board + "?beside=" + nobody); got.status != http.StatusOK || strings.Contains(got.body, `id="glance"`) {
			t.Errorf("beside %q: %d", nobody, got.status)
		}
	}
	for _, who := range []string{eleni, viewer, eleni} { // several, one after the other
		begun := leader.post("/preview/start", "person", who, "beside", w.project.String())
		if begun.header.Get("Location") != board+"?beside="+who {
			t.Error("the form leads to", begun.header.Get("Location"))
		}
		if got := leader.get(begun.header.Get("Location")); !strings.Contains(got.body, frame) || strings.Count(got.body, "<iframe") != 1 || strings.Contains(got.body, `class="preview"`) {
			t.Error("the client's page is not beside the board")
		}
		if other := map[string]string{eleni: viewer, viewer: eleni}[who]; strings.Contains(leader.get(board+"?beside="+other).body, "<iframe") {
			t.Error("the page of somebody else is framed")
		}
	}
	if got := w.as("member").get(board + "?beside=" + eleni); strings.Contains(got.body, `id="glance"`) || strings.Contains(got.body, "/preview/start") {
		t.Error("a member looks through eleni")
	}
	for _, path := range []string{page, "/portal", "/portal/tasks/" + db.NewID().String()} {
		ours, theirs := leader.get(path), w.as("eleni").get(path)
		if ours.header.Get("X-Frame-Options") != "SAMEORIGIN" || !strings.Contains(ours.header.Get("Content-Security-Policy"), "frame-ancestors 'self'") {
			t.Errorf("%s cannot stand beside the board", path)
		}
		if theirs.header.Get("X-Frame-Options") != "DENY" || !strings.Contains(theirs.header.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
			t.Errorf("%s of a client can be framed", path)
		}
	}
	if got := leader.get(board); got.header.Get("X-Frame-Options") != "DENY" {
		t.Error("the board can be framed")
	}
	for referer, want := range map[string]string{board + "?beside=" + eleni: board + "?beside=" + eleni, board + "?beside=x": board, "/projects": board, "": board} { // without scripts
		moved := leader.send(http.MethodPost, "/tasks/"+w.tasks["shipping"].String()+"/move", strings.NewReader("column=todo"), "Content-Type", "application/x-www-form-urlencoded", "Origin", w.base, "Referer", w.base+referer)
		if moved.header.Get("Location") != want {
			t.Errorf("a card moved on %s leads to %s", referer, moved.header.Get("Location"))
		}
	}
	for next, want := range map[string]string{page: board, page + "/conversation": board + "/conversation", "/portal/tasks/" + eleni: "/tasks/" + eleni, "/portal": "/projects", "/portal/projects/x": "/projects", "//evil.example": "/projects", page + "?x=1": "/projects"} {
		if got := leader.post("/preview/stop", "next", next).header.Get("Location"); got != want {
			t.Errorf("stopping at %s leads to %s", next, got)
		}
	}
	w.looksOfMails()
}

func (w *world) looksOfMails() {
	t := w.t
	leader, at := w.as("leader"), w.contactPage("", "eleni", "mails")
	w.behind("UPDATE person SET joined_at = NULL WHERE id = ?", w.people["eleni"].ID)
	w.ok(w.store.InviteContact(w.actor("owner"), w.parts["company"], w.people["eleni"].ID, "Come in, please."))
	_, err := w.store.AddReply(w.actor("member"), w.tasks["gallery"], "Words for a mail.")
	w.ok(err)
	before := w.store.Generation()
	list := leader.get(at)
	mails := regexp.MustCompile(`mails\?show=(\d+)`).FindAllStringSubmatch(list.body, -1)
	if list.status != http.StatusOK || len(mails) < 2 || !strings.Contains(list.body, "/mails?mail=letter") {
		t.Fatalf("%d: %d mails are listed", list.status, len(mails))
	}
	read := ""
	for _, name := range append([][]string{{"", "letter"}}, mails...) {
		mail := leader.get(at + "?mail=" + name[1])
		policy := mail.header.Get("Content-Security-Policy")
		if mail.status == http.StatusOK && (!strings.HasPrefix(policy, "sandbox; default-src 'none'; frame-ancestors 'self'; style-src 'sha256-") || strings.Contains(policy, "unsafe")) {
			t.Error("a mail runs under", policy)
		}
		if links := regexp.MustCompile(`href="[^"]{2,}"`).FindAllString(mail.body, -1); links != nil {
			t.Error("a mail leads somewhere:", links)
		}
		read += mail.body
	}
	if !strings.Contains(read, "Come in, please.") || !strings.Contains(read, "Words for a mail.") || canary.MatchString(read) {
		t.Error("the mails do not say what eleni reads")
	}
	for _, kind := range []string{"sign-in", "new-device", "security"} {
		if strings.Contains(list.body, ">"+map[string]string{"sign-in": "Sign-in", "new-device": "New device", "security": "Security"}[kind]+"<") {
			t.Error("mails about the account are listed:", kind)
		}
	}
	foreign := w.rows("SELECT coalesce(max(id), 0) FROM outbox WHERE person_id <> ?", w.people["eleni"].ID)
	for _, name := range []string{fmt.Sprint(foreign), "0", "x", "-1"} {
		if got := leader.get(at + "?mail=" + name); got.status != http.StatusNotFound {
			t.Errorf("mail %s: %d", name, got.status)
		}
	}
	if w.store.Generation() != before || w.as("member").get(at).status != http.StatusForbidden || slices.Contains([]int{200, 403}, w.as("eleni").get(at).status) {
		t.Error("reading wrote, or somebody else reads")
	}
}
