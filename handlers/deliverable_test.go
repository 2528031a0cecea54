package handlers

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vitrine/db"
)

// A deliverable goes out in two versions: what is asked for of the first becomes a task
// that is linked to it, the second is approved, and both stay readable.
func TestTwoVersions(t *testing.T) {
	w := newWorld(t)
	leader, eleni := w.as("leader"), w.as("eleni")
	made := leader.post("/projects/"+w.project.String()+"/deliverables", "name", "Shop sign", "about", "For the street.", "tasks", w.tasks["shipping"].String())
	if made.status != http.StatusSeeOther || !strings.HasPrefix(made.header.Get("Location"), "/deliverables/") {
		t.Fatalf("%d %s", made.status, made.body)
	}
	path := made.header.Get("Location")
	id, err := db.ParseID(strings.TrimPrefix(path, "/deliverables/"))
	w.ok(err)
	w.parts["sign"] = id
	if row := leader.attach(path+"/files", sent{"sign.txt", "text/plain", []byte("Bowls\nPlates\n")}, sent{"sign.pdf", "", []byte("%PDF-1.7 sign")}); row.status != 200 || !strings.Contains(row.body, "sign.pdf") {
		t.Fatalf("%d %s", row.status, row.body)
	}
	if early := eleni.get("/portal" + path); early.status != 404 {
		t.Errorf("what is being prepared answers %d", early.status)
	}
	page := leader.get(path)
	if !strings.Contains(page.body, "Deliver version 1 to Papadopoulos Ceramics") {
		t.Error("the button does not say to whom it goes")
	}
	if done := leader.post(path+"/deliver", w.delivering(id, "eleni", "Two lines.")...); done.status != 303 {
		t.Fatalf("%d %s", done.status, done.body)
	}
	if sent := eleni.post("/portal"+path+"/answer", w.versionAnswer("sign", 1, db.Changes, "")...); sent.status != 422 || !strings.Contains(sent.body, "Write what should change.") {
		t.Errorf("changes without words: %d", sent.status)
	}
	if sent := eleni.post("/portal"+path+"/answer", w.versionAnswer("sign", 1, db.Changes, "Larger letters, please.")...); sent.status != 303 {
		t.Fatalf("%d %s", sent.status, sent.body)
	}
	d, _ := w.delivered("sign", 1)
	if len(d.Tasks) != 2 || d.Tasks[1].Title != "Shop sign, version 1" && d.Tasks[0].Title != "Shop sign, version 1" {
		t.Errorf("the changes made no linked task: %v", d.Tasks)
	}
	if page := leader.get(path); !strings.Contains(page.body, "Shop sign, version 1") || !strings.Contains(page.body, "Larger letters, please.") || !strings.Contains(page.body, "/signoffs/") {
		t.Error("the team's page tells nothing of it")
	}
	if next := leader.post(path + "/versions"); next.status != 303 {
		t.Fatal(next.status)
	}
	if row := leader.attach(path+"/files", sent{"sign.txt", "text/plain", []byte("Bowls\nCups\n")}); row.status != 200 {
		t.Fatal(row.status)
	}
	if done := leader.post(path+"/deliver", w.delivering(id, "eleni", "Larger.")...); done.status != 303 {
		t.Fatalf("%d %s", done.status, done.body)
	}
	if sent := eleni.post("/portal"+path+"/answer", w.versionAnswer("sign", 2, db.Approve, "Good.")...); sent.status != 303 {
		t.Fatalf("%d %s", sent.status, sent.body)
	}
	for _, look := range []struct{ path, says string }{{"", "Approved"}, {"?version=1", "Replaced by version 2"}, {"?version=1&with=2", "Cups"}, {"?version=2&with=1", "Not in version 2 any more"}} {
		if page := eleni.get("/portal" + path + look.path); page.status != 200 || !strings.Contains(page.body, look.says) {
			t.Errorf("%s answers %d without %q", look.path, page.status, look.says)
		}
		if page := leader.get(path + look.path); page.status != 200 {
			t.Errorf("the team's %s answers %d", look.path, page.status)
		}
	}
}

// An answer is bound to the version that was on screen; the words are kept.
func TestOldVersionIsNotAnswered(t *testing.T) {
	w := newWorld(t)
	eleni, path := w.as("eleni"), "/portal/deliverables/"+w.parts["deliverable"].String()
	before := w.rows("SELECT count(*) FROM signoff")
	old := eleni.post(path+"/answer", w.versionAnswer("deliverable", 1, db.Decline, "No, not like this.")...)
	if old.status != 409 || !strings.Contains(old.body, "This is version 1, version 2 is here. Look at it before you answer.") || !strings.Contains(old.body, "No, not like this.</textarea>") {
		t.Errorf("an old version: %d\n%s", old.status, old.body)
	}
	form := w.versionAnswer("deliverable", 2, db.Changes, "Other colours.")
	form[3] = strings.Repeat("0", 64)
	if other := eleni.post(path+"/answer", form...); other.status != 409 || !strings.Contains(other.body, "is not version 2 as it stands here") || !strings.Contains(other.body, "Other colours.") {
		t.Errorf("another hash: %d", other.status)
	}
	form[1] = "7"
	if never := eleni.post(path+"/answer", form...); never.status != 404 {
		t.Errorf("a version that never was: %d", never.status)
	}
	if prepared := eleni.post(path+"/answer", "version", "3", "shown", "", "outcome", db.Decline, "comment", "x"); prepared.status != 404 {
		t.Errorf("a version that is being prepared: %d", prepared.status)
	}
	if through := w.as("leader").through("eleni").post(path+"/answer", w.versionAnswer("deliverable", 2, db.Decline, "x")...); through.status != 403 {
		t.Errorf("through eleni: %d", through.status)
	}
	for _, name := range []string{"viewer", "finance", "outsider", "stranger"} {
		if got := w.as(name).post(path+"/answer", w.versionAnswer("deliverable", 2, db.Decline, "x")...); got.status != 404 {
			t.Errorf("%s answers: %d", name, got.status)
		}
	}
	if w.rows("SELECT count(*) FROM signoff") != before {
		t.Error("something was sealed")
	}
	if sent := eleni.post(path+"/answer", w.versionAnswer("deliverable", 2, db.Decline, "Not like this.")...); sent.status != 303 {
		t.Fatalf("%d", sent.status)
	}
	if again := eleni.post(path+"/answer", w.versionAnswer("deliverable", 2, db.Decline, "And again.")...); again.status != 409 || !strings.Contains(again.body, "You have answered version 2 already.") || !strings.Contains(again.body, "And again.") {
		t.Errorf("answered twice: %d", again.status)
	}
}

// Approving is closed until every file was opened, by whoever approves, by a press.
func TestApprovingWaitsForOpening(t *testing.T) {
	w := newWorld(t)
	eleni, path := w.as("eleni"), "/portal/deliverables/"+w.parts["deliverable"].String()
	shut := eleni.post(path+"/answer", w.versionAnswer("deliverable", 2, db.Approve, "Fine.")...)
	if shut.status != 422 || !strings.Contains(shut.body, "Please open this first: page.png, page.txt.") || !strings.Contains(shut.body, "Fine.</textarea>") {
		t.Errorf("unopened: %d", shut.status)
	}
	button := `data-answers popovertarget="approve"`
	if page := eleni.get(path); strings.Contains(page.body, button) || !strings.Contains(page.body, "Open every file first.") {
		t.Error("the page lets approve what was not opened")
	}
	_, version := w.delivered("deliverable", 2)
	for _, file := range version.Files {
		eleni.get("/portal/files/" + file.ID.String()) // looking by a link is not opening
		eleni.get("/portal/files/" + file.ID.String() + "/thumbnail")
	}
	eleni.get(path + "?version=1&with=2")
	if page := eleni.get(path); strings.Contains(page.body, button) {
		t.Error("a GET opened files")
	}
	for _, file := range version.Files {
		if opened := eleni.post("/portal/files/" + file.ID.String() + "/open"); opened.status != 303 || opened.header.Get("Location") != "/portal/files/"+file.ID.String() {
			t.Errorf("opening: %d %s", opened.status, opened.header.Get("Location"))
		}
	}
	if part := eleni.get(path + "?version=2&part=opened"); !strings.Contains(part.body, button) || strings.Contains(part.body, "<html") {
		t.Errorf("the part does not know it: %s", part.body)
	}
	if page := eleni.get(path); !strings.Contains(page.body, button) {
		t.Error("the page does not know it")
	}
	if page := w.as("leader").get("/deliverables/" + w.parts["deliverable"].String()); strings.Count(page.body, "Eleni Papadopoulou <time") < 2 {
		t.Error("the team is not told who opened what")
	}
	if sent := eleni.post(path+"/answer", w.versionAnswer("deliverable", 2, db.Approve, "")...); sent.status != 303 {
		t.Errorf("opened: %d", sent.status)
	}
}

// What is being prepared is in no byte of anything that a client gets.
func TestPreparedVersionsStayInside(t *testing.T) {
	w := newWorld(t)
	project, deliverable := w.project.String(), w.parts["deliverable"].String()
	eleni := w.as("eleni")
	pages := []string{"/portal", "/portal/projects/" + project, "/portal/deliverables/" + deliverable, "/portal/deliverables/" + deliverable + "?version=2", "/portal/deliverables/" + deliverable + "?version=1&with=2",
		"/portal/deliverables/" + deliverable + "?version=2&part=opened"}
	before := map[string]string{}
	for _, page := range pages {
		before[page] = eleni.get(page).bytes()
	}
	socket := eleni.watch("/portal/deliverables/" + deliverable)
	leader := w.as("leader")
	for range 2 {
		if row := leader.attach("/deliverables/"+deliverable+"/files", sent{"CNRY-late.txt", "", []byte("CNRY-late")}); row.status != 200 {
			t.Fatal(row.status)
		}
	}
	if gone := leader.post("/files/" + w.parts["file prepared"].String() + "/remove"); gone.status != 303 {
		t.Fatal(gone.status)
	}
	if came := frames(socket, 400*time.Millisecond); len(came) != 0 {
		t.Errorf("the client was woken: %q", came)
	}
	for _, page := range pages {
		now := eleni.get(page)
		if now.bytes() != before[page] {
			t.Errorf("%s changed", page)
		}
		w.noCanary(page, "eleni", now)
	}
	for _, query := range []string{"?version=3", "?version=3&with=2", "?version=2&with=3", "?version=3&part=opened", "?version=2&with=x", "?version=2&with=2"} {
		if got := eleni.get("/portal/deliverables/" + deliverable + query); got.status != 404 {
			t.Errorf("%s answers %d", query, got.status)
		}
	}
	for _, id := range []string{w.parts["draft deliverable"].String(), w.parts["foreign deliverable"].String()} {
		never := eleni.get("/portal/deliverables/" + db.NewID().String())
		if got := eleni.get("/portal/deliverables/" + id); got.status != 404 || got.bytes() != never.bytes() {
			t.Errorf("hidden and missing differ: %d", got.status)
		}
	}
}

// What lies on the disk in the place of a delivered file is neither sent nor compared.
func TestReplacedFileIsNotShown(t *testing.T) {
	w := newWorld(t)
	path := "/deliverables/" + w.parts["deliverable"].String()
	_, version := w.delivered("deliverable", 2)
	sum := ""
	for _, file := range version.Files {
		if file.Name == "page.txt" {
			sum = file.SHA256
		}
	}
	w.ok(os.WriteFile(filepath.Join(w.folder, db.BlobFolder, sum[:2], sum), []byte("CNRY-replaced by hand\nSizes in a list.\n"), 0o600))
	for _, who := range []string{"eleni", "leader"} {
		at := map[string]string{"eleni": "/portal", "leader": ""}[who]
		page := w.as(who).get(at + path + "?version=2&with=1")
		if page.status != 200 || strings.Contains(page.body, "CNRY-replaced") || !strings.Contains(page.body, "is not the file that was stored") {
			t.Errorf("%s compares %d", who, page.status)
		}
		if file := w.as(who).get(at + "/files/" + w.parts["version file 2"].String()); file.status != 409 || strings.Contains(file.body, "CNRY-replaced") {
			t.Errorf("%s gets %d", who, file.status)
		}
	}
}

// Whoever delivers delivers what was on screen, once.
func TestDeliverWhatWasSeen(t *testing.T) {
	w := newWorld(t)
	id := w.parts["deliverable"]
	leader, path := w.as("leader"), "/deliverables/"+id.String()
	form := w.delivering(id, "eleni", "Version three.")
	w.versionFile("deliverable", "CNRY-more.txt", "more")
	if late := leader.post(path+"/deliver", form...); late.status != 409 || !strings.Contains(late.body, "Version three.") || !strings.Contains(late.body, "not those that you had on this page") {
		t.Errorf("unseen files: %d", late.status)
	}
	form = w.delivering(id, "eleni", "Version three.")
	if nobody := leader.post(path+"/deliver", form[:6]...); nobody.status != 422 || !strings.Contains(nobody.body, "Choose who is to approve it.") || !strings.Contains(nobody.body, "Version three.") {
		t.Errorf("nobody asked: %d", nobody.status)
	}
	if done := leader.post(path+"/deliver", form...); done.status != 303 {
		t.Fatal(done.status)
	}
	if twice := leader.post(path+"/deliver", form...); twice.status != 409 || !strings.Contains(twice.body, "Version three.") {
		t.Errorf("twice: %d", twice.status)
	}
	if _, version := w.delivered("deliverable", 0); version.Number != 3 {
		t.Errorf("version %d", version.Number)
	}
	if gone := leader.post(path + "/delete"); gone.status != 422 {
		t.Errorf("deleting what was delivered: %d", gone.status)
	}
	if stays := leader.post("/files/" + w.parts["version file 1"].String() + "/remove"); stays.status != 422 {
		t.Errorf("taking a delivered file off: %d", stays.status)
	}
	if stale := leader.post(path, "name", "Mine", "version", "9"); stale.status != 409 || !strings.Contains(stale.body, "Mine") || !strings.Contains(stale.body, "Product page design") {
		t.Errorf("an old text: %d", stale.status)
	}
	if empty := leader.post(path, "name", " ", "version", "1"); empty.status != 422 || !strings.Contains(empty.body, "Give it a name.") {
		t.Errorf("no name: %d", empty.status)
	}
	draft := "/deliverables/" + w.parts["draft deliverable"].String()
	if gone := leader.post(draft + "/delete"); gone.status != 303 || leader.get(draft).status != 404 {
		t.Errorf("deleting: %d", gone.status)
	}
}

// Comparing reads texts within its limits, and shows pictures by their thumbnails.
func TestComparing(t *testing.T) {
	w := newWorld(t)
	id := w.parts["deliverable"]
	path := "/deliverables/" + id.String()
	w.versionFile("deliverable", "long.txt", strings.Repeat("line\n", 5001))
	w.versionFile("deliverable", "page.txt", "Photos side by side.\n<script>alert(1)</script>\nSizes as buttons.\n")
	w.versionPicture("deliverable", "page.png")
	w.deliver("deliverable", "eleni", db.DeliverForm{Note: "Three."})
	w.versionFile("deliverable", "long.txt", strings.Repeat("line\n", 5002))
	w.deliver("deliverable", "eleni", db.DeliverForm{Note: "Four."})
	page := w.as("eleni").get("/portal" + path + "?version=3&with=2")
	for _, says := range []string{"&lt;script&gt;", "Sizes as buttons.", "Sizes in a list.", "/thumbnail", "Unchanged", "New in version 3"} {
		if !strings.Contains(page.body, says) {
			t.Errorf("no %q", says)
		}
	}
	for _, says := range []string{"too long to be compared", "Not in version 4 any more"} {
		if page := w.as("eleni").get("/portal" + path + "?version=4&with=3"); !strings.Contains(page.body, says) {
			t.Errorf("no %q", says)
		}
	}
}
