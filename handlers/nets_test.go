package handlers

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"vitrine/db"
	"vitrine/views/pdf/layer"
)

// clients are all kinds of people on the client's side.
var clients = []string{"eleni", "viewer", "finance", "former", "outsider", "stranger"}

// hidden are addresses of things that exist and that eleni may not see.
func (w *world) hidden() map[string]string {
	return map[string]string{
		"private task":  "/portal/tasks/" + w.tasks["private"].String(),
		"archived task": "/portal/tasks/" + w.tasks["archived"].String(),
		"foreign task":  "/portal/tasks/" + w.tasks["foreign"].String(),
		"other project": "/portal/projects/" + w.other.String(),
		"team's board":  "/projects/" + w.project.String(),
		"team's task":   "/tasks/" + w.tasks["gallery"].String(),
		"outbox":        "/outbox",
		"signoff":       "/portal/signoffs/" + w.parts["signoff hidden"].String(),
		"person":        "/people/" + w.people["member"].ID.String(),
	}
}

func (a answer) bytes() string {
	var text strings.Builder
	header := a.header.Clone()
	header.Del("Date")
	header.Write(&text)
	if a.header.Get("Content-Type") == "application/pdf" { // its text is packed
		written, err := layer.Text([]byte(a.body))
		if err != nil {
			panic(err)
		}
		return text.String() + written
	}
	return text.String() + a.body
}

// TestForeignIsMissing: what is not theirs answers byte for byte like what never was.
func TestForeignIsMissing(t *testing.T) {
	w := newWorld(t)
	for _, name := range clients {
		someone := w.as(name)
		for what, path := range w.hidden() {
			if name == "outsider" && (what == "foreign task" || what == "other project") {
				continue // theirs
			}
			never := regexp.MustCompile(`[0-9A-Za-z]{11}$`).ReplaceAllString(path, db.NewID().String())
			real, none := someone.get(path), someone.get(never)
			if real.status != http.StatusNotFound || real.bytes() != none.bytes() {
				t.Errorf("%s asks for the %s: %d, and %d for nothing\n%s\n%s", name, what, real.status, none.status, real.bytes(), none.bytes())
			}
		}
		for _, path := range []string{w.tasks["private"].String(), w.tasks["foreign"].String(), w.tasks["archived"].String(), db.NewID().String(), "x"} {
			if name == "outsider" && path == w.tasks["foreign"].String() {
				continue
			}
			before := w.store.Generation()
			refused := someone.post("/portal/tasks/"+path+"/replies", "body", "hello")
			if refused.status != http.StatusNotFound || w.store.Generation() != before {
				t.Errorf("%s writes on a task that is not theirs: %d", name, refused.status)
			}
		}
	}
}

// socket opens a live page's socket as a person.
func (s *someone) socket(address string) (*websocket.Conn, *http.Response, error) {
	header := http.Header{"Origin": {s.w.base}}
	for name, value := range s.cookies {
		header.Add("Cookie", name+"="+value)
	}
	return websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(s.w.base, "http")+address, header)
}

var (
	socketAddress = regexp.MustCompile(`hx-ws:connect="([^"]+)"`)
	versionValue  = regexp.MustCompile(`<data id="version" value="([^"]+)"`)
)

// watch opens the socket that a page names, at the page's version.
func (s *someone) watch(path string) *websocket.Conn {
	s.w.t.Helper()
	page := s.get(path)
	address, version := socketAddress.FindStringSubmatch(page.body), versionValue.FindStringSubmatch(page.body)
	if address == nil || version == nil {
		s.w.t.Fatalf("%s is not a live page: %d", path, page.status)
	}
	socket, _, err := s.socket(strings.ReplaceAll(address[1], "&amp;", "&") + "&v=" + version[1])
	s.w.ok(err)
	s.w.t.Cleanup(func() { socket.Close() })
	return socket
}

// frames reads for a while and returns what came.
func frames(socket *websocket.Conn, wait time.Duration) []string {
	var came []string
	socket.SetReadDeadline(time.Now().Add(wait))
	for {
		_, text, err := socket.ReadMessage()
		if err != nil {
			return came
		}
		came = append(came, string(text))
	}
}

// TestOutsidersStaySilent: whatever happens in a project, nobody else's socket speaks.
func TestOutsidersStaySilent(t *testing.T) {
	w := newWorld(t)
	address := "/portal/live?page=project&id=" + w.project.String()
	for _, name := range []string{"finance", "former", "outsider", "stranger", ""} {
		if socket, response, err := w.as(name).socket(address); err == nil {
			socket.Close()
			t.Errorf("%q may watch the project", name)
		} else if response == nil || response.StatusCode < 400 && response.StatusCode != http.StatusSeeOther {
			t.Errorf("%q: %v %v", name, response, err)
		}
	}
	watchers := map[string]*websocket.Conn{}
	for _, name := range []string{"outsider", "stranger", "former", "finance"} {
		watchers[name] = w.as(name).watch("/portal")
	}
	eleni := w.as("eleni").watch("/portal/projects/" + w.project.String())
	for i, column := range []string{db.Done, db.Doing, db.Todo} {
		_, err := w.store.MoveTask(w.actor("leader"), w.tasks["shipping"], column, 0)
		w.ok(err)
		_, err = w.store.MoveTask(w.actor("leader"), w.tasks["private"], []string{db.Doing, db.Done, db.Todo}[i], 0)
		w.ok(err)
		_, err = w.store.AddNote(w.actor("leader"), w.tasks["gallery"], "CNRY-note-again")
		w.ok(err)
	}
	if came := frames(eleni, 1500*time.Millisecond); len(came) == 0 || strings.Contains(strings.Join(came, ""), "CNRY") {
		t.Errorf("the client got %d frames", len(came))
	}
	for name, socket := range watchers {
		if came := frames(socket, 50*time.Millisecond); len(came) != 0 {
			t.Errorf("%s got %q", name, came)
		}
	}
}

// TestHiddenChangesWakeNobody: what the team does among itself sends clients nothing.
func TestHiddenChangesWakeNobody(t *testing.T) {
	w := newWorld(t)
	eleni := w.as("eleni")
	before := eleni.get("/portal/projects/" + w.project.String())
	socket := eleni.watch("/portal/projects/" + w.project.String())
	_, err := w.store.AddNote(w.actor("leader"), w.tasks["gallery"], "CNRY-hidden-note")
	w.ok(err)
	_, err = w.store.MoveTask(w.actor("leader"), w.tasks["private"], db.Done, 0)
	w.ok(err)
	_, err = w.store.AddTask(w.actor("leader"), w.project, db.NewTask{Title: "CNRY-new-private", Column: db.Todo, Shown: "private"})
	w.ok(err)
	w.ok(w.store.EditProject(w.actor("leader"), w.project, db.ProjectForm{Name: "Website Redesign", Company: "Papadopoulos Ceramics", Description: "A new shop.",
		Internal: "CNRY-changed", StartsOn: "2026-03-02", EndsOn: "2026-12-19", Version: 1}))
	_, err = w.store.AddColumn(w.actor("leader"), w.project, db.ColumnForm{Name: "CNRY-column", Kind: db.Review, ClientLabel: ""})
	w.ok(err)
	if came := frames(socket, 400*time.Millisecond); len(came) != 0 {
		t.Errorf("the client was woken: %q", came)
	}
	after := eleni.get("/portal/projects/" + w.project.String())
	if before.bytes() != after.bytes() {
		t.Errorf("the page changed\n%s\n%s", before.bytes(), after.bytes())
	}
}

// TestRemovalEndsEverything: from the commit on there is no page, no frame and no socket.
func TestRemovalEndsEverything(t *testing.T) {
	w := newWorld(t)
	eleni := w.as("eleni")
	path := "/portal/projects/" + w.project.String()
	socket, home := eleni.watch(path), eleni.watch("/portal")
	w.ok(w.store.RemoveMember(w.actor("owner"), w.project, w.people["eleni"].ID))
	if after := eleni.get(path); after.status != http.StatusNotFound {
		t.Errorf("the page answers %d", after.status)
	}
	_, err := w.store.MoveTask(w.actor("leader"), w.tasks["shipping"], db.Done, 0)
	w.ok(err)
	socket.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, text, err := socket.ReadMessage(); !websocket.IsCloseError(err, websocket.ClosePolicyViolation) {
		t.Errorf("the socket was not closed: %v %s", err, text)
	}
	for _, frame := range frames(home, 400*time.Millisecond) {
		if strings.Contains(frame, "Website Redesign") || strings.Contains(frame, "Shipping") {
			t.Errorf("the home page still got %s", frame)
		}
	}
}

// TestPreview: a look through a client shows exactly the client's pages and changes nothing.
func TestPreview(t *testing.T) {
	w := newWorld(t)
	w.behind("DELETE FROM draft") // what they are still writing, nobody sees through them
	leader := w.as("leader").through("eleni")
	eleni := w.as("eleni")
	region := regexp.MustCompile(`(?s)<main.*`)
	before := w.store.Generation()
	for _, path := range []string{"/portal", "/portal/projects", "/portal/projects/" + w.project.String(), "/portal/tasks/" + w.tasks["gallery"].String()} {
		theirs, ours := eleni.get(path), leader.get(path)
		if ours.status != http.StatusOK || !strings.Contains(ours.body, `class="preview"`) {
			t.Fatalf("%s through eleni: %d", path, ours.status)
		}
		if a, b := region.FindString(theirs.body), region.FindString(ours.body); cutEnd(a) != cutEnd(b) {
			t.Errorf("%s looks different\n%s\n%s", path, cutEnd(a), cutEnd(b))
		}
		if ours.header.Get("Cache-Control") != "no-store" && !strings.Contains(ours.header.Get("Cache-Control"), "no-store") {
			t.Error("a preview may be kept:", ours.header.Get("Cache-Control"))
		}
	}
	for _, path := range []string{"/portal/tasks/" + w.tasks["gallery"].String() + "/replies", "/portal/account/profile", "/portal/account/sessions/end-others", "/portal/anything"} {
		if refused := leader.post(path, "body", "as eleni", "name", "x", "language", "en", "time_zone", "UTC"); refused.status != http.StatusForbidden {
			t.Errorf("POST %s through eleni: %d", path, refused.status)
		}
	}
	if w.store.Generation() != before {
		t.Error("the preview wrote something")
	}
	for what, path := range w.hidden() {
		if strings.HasPrefix(path, "/portal") && leader.get(path).status != http.StatusNotFound {
			t.Errorf("the %s is seen through eleni", what)
		}
	}
	socket := leader.watch("/portal/projects/" + w.project.String())
	if stopped := leader.post("/preview/stop"); stopped.status != http.StatusSeeOther {
		t.Errorf("stopping: %d", stopped.status)
	}
	socket.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, _, err := socket.ReadMessage(); !websocket.IsCloseError(err, websocket.ClosePolicyViolation) {
		t.Errorf("the preview's socket lives on: %v", err)
	}
	if again := w.as("leader").get("/portal"); !strings.Contains(again.body, "/preview/start") {
		t.Error("without a preview nobody asks through whom to look")
	}
	if denied := w.as("leader").post("/preview/start", "person", w.people["outsider"].ID.String()); denied.status != http.StatusNotFound {
		t.Errorf("a leader looks through a client of another project: %d", denied.status)
	}
	if denied := w.as("member").post("/preview/start", "person", w.people["eleni"].ID.String()); denied.status != http.StatusNotFound {
		t.Errorf("a member looks through a client: %d", denied.status)
	}
}

// cutEnd leaves the form's buttons out, which a preview switches off, and the foot.
func cutEnd(body string) string {
	body, _, _ = strings.Cut(body, `<footer`)
	return body
}

// TestPreviewExpires: after an hour it is over, without anybody's doing.
func TestPreviewExpires(t *testing.T) {
	w := newWorld(t)
	leader := w.as("leader").through("eleni")
	w.store.SetClock(func() time.Time { return time.Now().Add(db.PreviewLife + time.Minute) })
	if late := leader.get("/portal"); strings.Contains(late.body, `class="preview"`) {
		t.Error("the preview outlives its hour")
	}
}
