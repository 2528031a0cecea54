package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"vitrine/db"
)

func (w *world) contactPath(name string) string {
	return "/companies/" + w.parts["company"].String() + "/contacts/" + w.people[name].ID.String()
}

// outAtOnce has eleni with everything in hand, lets the team act, and asks for each
// of it again.
func outAtOnce(t *testing.T, path string, form ...string) {
	w := newWorld(t)
	eleni, browser := w.as("eleni"), w.as("")
	address := w.people["eleni"].Email
	project := "/portal/projects/" + w.project.String()
	link, err := w.store.SignInLink(address)
	w.ok(err)
	if begun := browser.post("/sign-in", "email", address); begun.status != http.StatusSeeOther {
		t.Fatal(begun.status)
	}
	pin, mailed := w.mailed(address)
	through := w.as("owner").through("eleni")
	socket, home, watched := eleni.watch(project), eleni.watch("/portal"), through.watch(project)
	acted := w.as("owner").post(strings.NewReplacer("{company}", "/companies/"+w.parts["company"].String(), "{contact}", w.contactPath("eleni")).Replace(path), form...)
	if acted.status != http.StatusSeeOther {
		t.Fatalf("%s answers %d", path, acted.status)
	}
	at := time.Now()
	for what, ended := range map[string]*websocket.Conn{"project": socket, "home": home, "preview": watched} {
		ended.SetReadDeadline(at.Add(time.Second))
		var err error
		for err == nil {
			_, _, err = ended.ReadMessage()
		}
		if !websocket.IsCloseError(err, websocket.ClosePolicyViolation) {
			t.Errorf("the %s socket was not closed with 1008 within a second: %v", what, err)
		}
	}
	for _, page := range []string{project, "/portal", "/portal/tasks/" + w.tasks["gallery"].String()} {
		if got := eleni.get(page); got.status != http.StatusSeeOther || strings.Contains(got.body, "Website") {
			t.Errorf("%s answers %d", page, got.status)
		}
		if got := eleni.get(page, "HX-Request", "true"); got.status != http.StatusUnauthorized || strings.Contains(got.body, "Website") {
			t.Errorf("the fragment of %s answers %d", page, got.status)
		}
		if got := through.get(page); strings.Contains(got.body, `class="preview"`) || strings.Contains(got.body, "Website Redesign") {
			t.Errorf("the preview still shows %s", page)
		}
	}
	if _, _, err := eleni.socket("/portal/live?page=project&id=" + w.project.String()); err == nil {
		t.Error("a socket opens")
	}
	for what, path := range map[string]string{"the printed link": "/in/" + link, "the mailed link": "/sign-in/link/" + mailed} {
		if got := w.as("").post(path); got.status != http.StatusGone {
			t.Errorf("%s answers %d", what, got.status)
		}
	}
	if got := browser.post("/sign-in/pin", "pin", pin); got.status == http.StatusSeeOther && browser.cookies["session"] != "" {
		t.Error("the PIN signs in")
	}
	for _, mail := range w.outboxOf(address) {
		if mail.PIN != "" || mail.Link != "" {
			t.Error("the outbox still shows a way in")
		}
	}
}

// mailed is what the mail of a sign-in carries.
func (w *world) mailed(address string) (pin, link string) {
	w.t.Helper()
	for _, line := range w.outboxOf(address) { // newest first; the server may have shown it already
		if line.PIN != "" {
			return line.PIN, line.Link
		}
	}
	w.t.Fatal("no mail to ", address)
	return "", ""
}

func (w *world) outboxOf(address string) (list []db.OutboxLine) {
	all, err := w.store.Outbox(w.actor("owner"), true)
	w.ok(err)
	for _, line := range all {
		if line.To.Email == address {
			list = append(list, line)
		}
	}
	return list
}

func TestDeactivationEndsEverything(t *testing.T) {
	outAtOnce(t, "{contact}/active", "active", "0")
}

func TestCompanyPutAsideEndsEverything(t *testing.T) {
	outAtOnce(t, "{company}/status", "status", db.CompanyInactive)
}

// A company's whole way through the pages: made, filled, edited by two at once.
func TestCompanyPages(t *testing.T) {
	w := newWorld(t)
	owner := w.as("owner")
	made := owner.post("/companies", "name", "Νήσος", "notes", "CNRY-new", "currency", "eur")
	at := made.header.Get("Location")
	if made.status != http.StatusSeeOther || !strings.HasPrefix(at, "/companies/") {
		t.Fatal(made.status, at)
	}
	if page := owner.get(at); !strings.Contains(page.body, "No contacts yet") || !strings.Contains(page.body, "No projects yet") || !strings.Contains(page.body, "CNRY-new") {
		t.Error(page.body)
	}
	if again := owner.post("/companies", "name", "νήσος", "notes", "kept text"); again.status != http.StatusUnprocessableEntity ||
		!strings.Contains(again.body, `aria-invalid="true"`) || !strings.Contains(again.body, "kept text") {
		t.Error("the same name:", again.status)
	}
	contact := owner.post(at+"/contacts", "name", "Io", "email", "io@nisos.example", "role", db.ID(4).String(), "primary", "1")
	person := contact.header.Get("Location")
	if page := owner.get(person); page.status != http.StatusOK || !strings.Contains(page.body, "Not invited") || !strings.Contains(page.body, `href="`+person+`/invite"`) {
		t.Error(contact.status, page.status)
	}
	if refused := owner.post(at+"/contacts", "name", "Nikos", "email", "nikos@cnry-team.example"); refused.status != http.StatusUnprocessableEntity || !strings.Contains(refused.body, "works for the team") {
		t.Error("somebody of the team:", refused.status)
	}
	if saved := owner.post(at, "name", "Νήσος", "notes", "theirs", "version", "1"); saved.status != http.StatusSeeOther {
		t.Error(saved.status)
	}
	late := owner.post(at, "name", "Νήσος", "notes", "mine", "version", "1")
	if late.status != http.StatusConflict || !strings.Contains(late.body, "theirs") || !strings.Contains(late.body, "mine") || !strings.Contains(late.body, `name="version" value="2"`) {
		t.Error("both texts are shown:", late.status)
	}
	if list := w.as("member").get("/companies"); strings.Contains(list.body, "Νήσος") || strings.Contains(list.body, `method="post" action="/companies"`) || !strings.Contains(list.body, "Papadopoulos") {
		t.Error("a member's list")
	}
	if page := w.as("member").get("/companies/" + w.parts["company"].String()); strings.Contains(page.body, "/status") || !strings.Contains(page.body, "CNRY-company-notes") {
		t.Error("a member reads, and changes nothing")
	}
}

// Lists are searched whatever the accents, sorted as the reader's language does,
// and say whether nothing matches or nothing is there.
func TestLists(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"Ωμέγα", "άλφα", "Βήτα", "Ζήτα 10", "Ζήτα 9"} {
		_, err := w.store.AddCompany(w.actor("owner"), db.CompanyForm{Name: name})
		w.ok(err)
	}
	owner := w.as("owner")
	order := func(query string, names ...string) {
		t.Helper()
		page, last := owner.get("/companies"+query), -1
		for _, name := range names {
			at := strings.Index(page.body, ">"+name+"</a>")
			if at <= last {
				t.Errorf("%s: %s stands at %d, after %d", query, name, at, last)
			}
			last = at
		}
	}
	order("?sort=name", "άλφα", "Βήτα", "Ζήτα 9", "Ζήτα 10", "Ωμέγα")
	order("?sort=-name", "Ωμέγα", "Ζήτα 10", "Ζήτα 9", "Βήτα", "άλφα")
	if page := owner.get("/companies?sort=-name"); !strings.Contains(page.body, `aria-sort="descending"`) {
		t.Error("the head does not tell")
	}
	found := owner.get("/companies?q=" + url.QueryEscape("ΩΜΕΓΑ"))
	if !strings.Contains(found.body, "Ωμέγα") || strings.Contains(found.body, "Βήτα") {
		t.Error("accents and case matter")
	}
	if none := owner.get("/companies?q=zzz%3Cb%3E"); !strings.Contains(none.body, "Nothing matches “zzz&lt;b&gt;”") || strings.Contains(none.body, "No companies yet") {
		t.Error("nothing matches")
	}
	for range 30 {
		_, err := w.store.AddCompany(w.actor("owner"), db.CompanyForm{Name: "Page " + db.NewID().String()})
		w.ok(err)
	}
	if first, last := owner.get("/companies?q=page&sort=name"), owner.get("/companies?q=page&sort=name&page=2"); strings.Count(first.body, `id="company-`) != 25 ||
		!strings.Contains(first.body, `page=2`) || strings.Count(last.body, `id="company-`) != 5 || !strings.Contains(last.body, "26 to 30 of 30") {
		t.Error("pages")
	}
	if far := owner.get("/companies?q=page&page=999999"); strings.Count(far.body, `id="company-`) != 5 {
		t.Error("a page that is none is the last one")
	}
	for _, path := range []string{"/projects?q=redesign", "/outbox?q=x", "/companies/" + w.parts["company"].String() + "?q=" + strings.Repeat("é", 300)} {
		if got := owner.get(path); got.status != http.StatusOK {
			t.Errorf("%s: %d", path, got.status)
		}
	}
	if empty := w.as("member").get("/projects?q=zzz"); !strings.Contains(empty.body, "Nothing matches") {
		t.Error("projects that do not match")
	}
}
