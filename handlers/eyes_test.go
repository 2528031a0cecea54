package handlers

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"vitrine/db"
)

// TestPreviewEndsWithTheContact: a look through somebody who may not sign in any
// more is refused, and one that runs ends at once, its socket too.
func TestPreviewEndsWithTheContact(t *testing.T) {
	for what, query := range map[string]string{
		"contact": "UPDATE contact SET active = 0 WHERE person_id = ?1",
		"company": "UPDATE company SET status = 'inactive' WHERE id = (SELECT company_id FROM contact WHERE person_id = ?1)",
		"account": "UPDATE person SET active = 0 WHERE id = ?1",
	} {
		w := newWorld(t)
		for _, who := range []string{"owner", "leader"} {
			if !strings.Contains(w.as(who).get("/portal").body, "Eleni Papadopoulou") {
				t.Fatalf("%s is not offered eleni", who)
			}
		}
		owner, leader := w.as("owner").through("eleni"), w.as("leader").through("eleni")
		socket := leader.watch("/portal/projects/" + w.project.String())
		w.behind(query, w.people["eleni"].ID)
		w.behind("UPDATE setting SET value = value + 1 WHERE key = 'authority'") // as every change of access does
		for who, someone := range map[string]*someone{"owner": owner, "leader": leader} {
			if page := someone.get("/portal"); strings.Contains(page.body, `class="preview"`) || strings.Contains(page.body, "Eleni Papadopoulou") {
				t.Errorf("%s inactive: the preview of %s goes on", what, who)
			}
			if again := someone.post("/preview/start", "person", w.people["eleni"].ID.String()); again.status != http.StatusNotFound {
				t.Errorf("%s inactive: %s begins anew: %d", what, who, again.status)
			}
		}
		socket.SetReadDeadline(time.Now().Add(10 * time.Second))
		if _, text, err := socket.ReadMessage(); !websocket.IsCloseError(err, websocket.ClosePolicyViolation) {
			t.Errorf("%s inactive: the socket lives on: %v %s", what, err, text)
		}
	}
}

// TestPreviewBeforeInviting: admins look through a contact without a project, who
// has an empty home; each preview leads back to the checklist.
func TestPreviewBeforeInviting(t *testing.T) {
	w := newWorld(t)
	owner := w.as("owner").through("former")
	home := owner.get("/portal")
	if home.status != http.StatusOK || !strings.Contains(home.body, `class="preview"`) || !strings.Contains(home.body, "not connected you to a project") || strings.Contains(home.body, "Website Redesign") {
		t.Errorf("the empty home: %d %s", home.status, home.body)
	}
	if !strings.Contains(home.body, `href="`+w.contactPage("", "former", "check")+`"`) {
		t.Error("the banner does not lead to the checklist")
	}
	if !strings.Contains(w.as("leader").through("eleni").get("/portal").body, w.contactPage("", "eleni", "check")) {
		t.Error("the leader's banner does not lead to the checklist")
	}
	if strings.Contains(w.as("owner").through("stranger").get("/portal").body, "/contacts/") {
		t.Error("somebody without a company has a checklist")
	}
	if strings.Contains(w.as("eleni").get("/portal").body, "/contacts/") {
		t.Error("the client is led to the checklist")
	}
	for next, want := range map[string]string{"/portal/projects": "/portal/projects", "/portal?x=1": "/portal?x=1", "/portalx": "/portal", "/projects": "/portal", "//evil.example/portal": "/portal", "/portal/../outbox": "/portal"} {
		if got := w.as("owner").post("/preview/start", "person", w.people["eleni"].ID.String(), "next", next).header.Get("Location"); got != want {
			t.Errorf("next %q leads to %q", next, got)
		}
	}
}

// TestChooseAmongMany: with 500 clients the chooser stays short, and finds.
func TestChooseAmongMany(t *testing.T) {
	w := newWorld(t)
	for _, query := range []string{
		"WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 49) INSERT INTO company (id, name, created_at) SELECT 9000 + i, 'Company ' || i, '2026' FROM n",
		"WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 499) INSERT INTO person (id, email, name, side, role, created_at) SELECT 10000 + i, 'c' || i || '@many.example', 'Γιώργος Νούμερος ' || i, 'client', '', '2026' FROM n",
		"INSERT INTO contact (company_id, person_id, role_id, created_at) SELECT 9000 + (id - 10000) / 10, id, 1, '2026' FROM person WHERE id BETWEEN 10000 AND 10499",
	} {
		w.behind(query)
	}
	offered := regexp.MustCompile(`name="person" value="`)
	all := w.as("owner").get("/portal/projects")
	if n := len(offered.FindAllString(all.body, -1)); n != 60 || len(all.body) > 60<<10 || !strings.Contains(all.body, "There are 447 more") {
		t.Errorf("%d are offered, in %d bytes", n, len(all.body))
	}
	for search, want := range map[string]int{"γιωργος 499": 1, "ΓΙΏΡΓΟΣ ΝΟΎΜΕΡΟΣ 12": 15, "company 49": 15, "c7@many": 1, "eleni": 1, "nobody at all": 0, "%": 0, "papadopoulos eleni": 1} {
		page := w.as("owner").get("/portal?search=" + strings.ReplaceAll(strings.ReplaceAll(search, "%", "%25"), " ", "+"))
		if n := len(offered.FindAllString(page.body, -1)); n != want || page.status != http.StatusOK {
			t.Errorf("%q finds %d", search, n)
		}
		if want == 0 && !strings.Contains(page.body, "Nobody was found") {
			t.Errorf("%q finds nobody and does not say so", search)
		}
	}
	if page := w.as("leader").get("/portal?search=γιωργος"); len(offered.FindAllString(page.body, -1)) != 0 {
		t.Error("a leader is offered somebody else's clients")
	}
	if page := w.as("owner").get("/portal/projects?search=eleni"); !strings.Contains(page.body, `name="next" value="/portal/projects"`) {
		t.Error("the search loses the way")
	}
}

// TestHelp: one page for each side, of what its reader has.
func TestHelp(t *testing.T) {
	w := newWorld(t)
	section := func(name string) string { return `<h2 id="` + name + `">` }
	w.ok(w.store.SetClientRole(w.actor("owner"), w.project, w.people["eleni"].ID, "client-admin"))
	for who, has := range map[string]string{"eleni": "start project live reply decide colleagues mail signin wrong", "viewer": "start project live mail signin wrong",
		"finance": "start mail signin wrong", "former": "start mail signin wrong", "stranger": "start mail signin wrong"} {
		page := w.as(who).get("/portal/help")
		for _, name := range strings.Fields("start project live reply decide colleagues mail signin wrong") {
			if got, want := strings.Contains(page.body, section(name)), strings.Contains(" "+has+" ", " "+name+" "); got != want {
				t.Errorf("%s reads of %s: %v", who, name, got)
			}
		}
		if page.status != http.StatusOK || !strings.Contains(page.body, "9.8.7") || strings.Contains(page.body, "⟦") {
			t.Error(who, page.status)
		}
	}
	if through := w.as("leader").through("viewer").get("/portal/help"); strings.Contains(through.body, section("reply")) || !strings.Contains(through.body, `class="preview"`) {
		t.Error("the preview reads another page")
	}
	if page := w.as("member").get("/help"); page.status != http.StatusOK || !strings.Contains(page.body, section("team-kinds")) || !strings.Contains(page.body, section("team-course")) || !strings.Contains(page.body, section("team-home")) || !strings.Contains(page.body, "9.8.7") {
		t.Error("the team's page:", page.status)
	}
	w.behind("INSERT INTO feature (scope, scope_id, name, is_on) VALUES ('company', ?, 'help', 0)", w.parts["company"])
	for who, status := range map[string]int{"eleni": 404, "outsider": 200, "stranger": 200} {
		if got := w.as(who).get("/portal/help"); got.status != status {
			t.Errorf("switched off for one company, %s gets %d", who, got.status)
		}
	}
	w.behind("UPDATE feature SET is_on = 0 WHERE name = 'help' AND scope = 'workspace'")
	if got := w.as("stranger").get("/portal/help"); got.status != http.StatusNotFound {
		t.Error("switched off for all:", got.status)
	}
}

// TestHowTheTeamAppears: on every page of a client, whatever the project chooses, no
// name, title or address of the team that it does not choose. What may be read is
// read, so that the test sees something.
func TestHowTheTeamAppears(t *testing.T) {
	w := newWorld(t)
	_, err := w.store.MoveTask(w.actor("member"), w.tasks["shipping"], db.Doing, 0)
	w.ok(err)
	w.behind("UPDATE person SET phone = '+30CNRYPHONE'")
	eleni := w.as("eleni")
	settings := func() string { return w.as("owner").get("/projects/" + w.project.String() + "/settings").body }
	for _, choice := range []struct {
		shown, title string
		reads        []string // of the people of the team
		example      string   // on the settings page
	}{
		{"full", "Developer", []string{"Nikos", "CNRY-surname"}, "clients read “Katerina CNRY-surname”"},
		{"first", "Developer", []string{"Nikos"}, "clients read “Katerina”"},
		{"title", "Developer", []string{"Developer"}, "clients read “CNRY-title leader”"},
		{"title", "", nil, "clients read “CNRY-title leader”"},
		{"team", "Developer", nil, "clients read “Vitrine”"},
	} {
		w.ok(w.store.SetProfile(w.actor("member"), db.Profile{Name: "Nikos CNRY-surname", Title: choice.title, Language: "en", TimeZone: "Europe/Athens"}))
		version := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(settings())[1]
		saved := w.as("owner").post("/projects/"+w.project.String()+"/settings", "name", "Website Redesign", "company", "Papadopoulos Ceramics", "status", "active", "team_shown", choice.shown, "version", version)
		if saved.status != http.StatusSeeOther || !strings.Contains(settings(), choice.example) || !strings.Contains(settings(), `value="`+choice.shown+`" checked`) {
			t.Errorf("%v: the settings do not say how it looks (%d)", choice, saved.status)
		}
		read := ""
		for _, route := range w.server.Routes {
			if route.Section != "client" || route.Method != http.MethodGet || strings.Contains(route.Path, "*") || strings.Contains(route.Path, "live") ||
				strings.Contains(route.Path, "/signoffs/") { // what was sealed stays as it was on screen then
				continue
			}
			page := eleni.get(w.fill(route.Path, "own"))
			// Colleagues are always shown by name; one of them may be called like the team.
			read += page.body
			never := map[string]bool{"cnry-team.example": false, "CNRYPHONE": false, "CNRY-surname": choice.shown == "full", "CNRY-title": choice.shown == "title",
				"Nikos": choice.shown == "full" || choice.shown == "first", "Katerina": choice.shown == "full" || choice.shown == "first", "Developer": choice.shown == "title" && choice.title != ""}
			for word, may := range never {
				if i := strings.Index(page.body, word); i >= 0 && !may {
					t.Errorf("%s as %s tells %s: …%s…", route.Path, choice.shown, word, page.body[max(0, i-80):min(len(page.body), i+40)])
				}
			}
			// Nobody is named by nothing, and "the team" has no id.
			if i := strings.Index(page.body, `aria-hidden="true"></span></span>`); i >= 0 {
				t.Errorf("%s as %s names somebody by nothing", route.Path, choice.shown)
			}
			if choice.shown == "team" && strings.Contains(page.body, w.people["member"].ID.String()) {
				t.Errorf("%s as one team tells an id", route.Path)
			}
		}
		for _, word := range choice.reads {
			if strings.Count(read, word) < 4 { // assignee, reply, people, event
				t.Errorf("%s: %q is read %d times", choice.shown, word, strings.Count(read, word))
			}
		}
		if choice.shown == "title" && choice.title == "" && strings.Contains(read, w.people["member"].ID.String()) {
			t.Error("who has no title is told by id")
		}
		if len(choice.reads) == 0 && !strings.Contains(read, fmt.Sprintf(`<b>%s</b>`, "Vitrine")) {
			t.Errorf("%v: the reply is nobody's", choice)
		}
	}
}
