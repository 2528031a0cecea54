package handlers

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"vitrine/db"
)

// guest is somebody whom the leader adds to the project by e-mail, with the tick
// that invites, as the members panel does it. It answers the link's path.
func (w *world) guest(email string) (id, path string) {
	w.t.Helper()
	added := w.as("leader").post("/projects/"+w.project.String()+"/members", "email", email, "name", "", "role", "client", "invite", "1")
	if added.status != http.StatusSeeOther || !strings.HasSuffix(added.header.Get("Location"), "&told=1") {
		w.t.Fatal(added.status, added.body)
	}
	mail := w.mailOf(email, db.MailInvitation)
	return mail.To.ID.String(), "/join/" + mail.Link
}

// mailOf is the newest mail of a kind to an address.
func (w *world) mailOf(email, kind string) db.OutboxLine {
	w.t.Helper()
	lines, err := w.store.Outbox(w.actor("owner"), true)
	w.ok(err)
	for _, line := range lines {
		if line.To.Email == email && line.Kind == kind {
			return line
		}
	}
	w.t.Fatalf("no mail of kind %s to %s", kind, email)
	return db.OutboxLine{}
}

func (w *world) contact(person string) string {
	return "/companies/" + w.company(w.project).String() + "/contacts/" + person
}

func TestInvitationOverTheWeb(t *testing.T) {
	w := newWorld(t)
	const email = "stavros@papadopoulos.example"
	id, path := w.guest(email)
	scanner := w.as("")
	for range 10 {
		before := w.store.Generation()
		page := scanner.get(path, "Sec-Purpose", "prefetch")
		scanner.send(http.MethodHead, path, nil)
		if page.status != 200 || !strings.Contains(page.body, email) || !strings.Contains(page.body, "Website Redesign") || !strings.Contains(page.body, "Katerina invites you") || w.store.Generation() != before {
			t.Fatal(page.status, page.body)
		}
		w.noCanary("the page of an invitation", "anonymous", page)
	}
	if len(scanner.cookies) != 0 {
		t.Error("the scanner got a cookie")
	}
	if page := w.as("leader").get("/projects/" + w.project.String() + "/members"); !strings.Contains(page.body, ">invited <time") || !strings.Contains(page.body, "Send again") {
		t.Error("the panel does not say who was invited")
	}
	s := w.as("")
	if sent := s.post(path); sent.status != http.StatusSeeOther || sent.header.Get("Location") != "/sign-in/pin" {
		t.Fatal(sent.status, sent.body)
	}
	if page := s.get("/sign-in/pin"); !strings.Contains(page.body, email) {
		t.Error("the PIN page does not say where the PIN went")
	}
	if again := s.post("/sign-in/again"); again.header.Get("Location") != "/sign-in/pin?again=1" {
		t.Error(again.status)
	}
	in := s.post("/sign-in/pin", "pin", w.mailOf(email, db.MailSignIn).PIN)
	if in.status != http.StatusSeeOther || in.header.Get("Location") != "/welcome?next=%2Fportal%2Fprojects%2F"+w.project.String() {
		t.Fatal(in.status, in.header, in.body)
	}
	page := s.get(in.header.Get("Location"))
	for _, part := range []string{`value="/portal/projects/` + w.project.String() + `"`, `name="first_name" type="text" value=""`, `autocomplete="family-name"`, "Welcome to"} {
		if !strings.Contains(page.body, part) {
			t.Errorf("the welcome page has no %s: %s", part, page.body)
		}
	}
	if empty := s.post("/welcome", "language", "en", "time_zone", "Europe/Athens"); empty.status != http.StatusUnprocessableEntity || !strings.Contains(empty.body, "first_name-error") {
		t.Error(empty.status)
	}
	done := s.post("/welcome", "first_name", "Stavros", "last_name", "Papadopoulos", "language", "el", "time_zone", "Europe/Athens")
	if done.header.Get("Location") != "/portal/projects/"+w.project.String() {
		t.Fatal("the only project is not where it leads:", done.header)
	}
	if project := s.get(done.header.Get("Location")); project.status != 200 || !strings.Contains(project.body, `lang="el"`) {
		t.Error(project.status)
	}
	if late := w.as("").get(path); late.status != http.StatusGone || late.body != w.as("").get("/join/"+strings.Repeat("x", 43)).body {
		t.Error("a used invitation is not like one that never was:", late.status)
	}
	if page := w.as("leader").get("/projects/" + w.project.String() + "/members"); !strings.Contains(page.body, "Stavros Papadopoulos") || strings.Contains(page.body, "Send again") {
		t.Error("the panel does not say that they joined")
	}
	if page := w.as("leader").get(w.contact(id) + "/invite"); page.status != 200 || !strings.Contains(page.body, "/introduce") || !strings.Contains(page.body, "παρακολουθείτε") {
		t.Error("no introduction in the language of the client:", page.status)
	}
}

func TestInvitationAndAnotherAccount(t *testing.T) {
	w := newWorld(t)
	w.add("new", "new@papadopoulos.example", "New Client", db.Client, "")
	_, path := w.guest("new@papadopoulos.example")
	for _, name := range []string{"eleni", "stranger", "outsider", "leader"} {
		s := w.as(name)
		before := w.store.Generation()
		for range 50 / 4 {
			asked := s.post(path)
			if asked.status != http.StatusConflict || !strings.Contains(asked.body, `name="instead"`) || !strings.Contains(asked.body, w.people[name].Email) || s.cookies["challenge"] != "" {
				t.Fatal(asked.status, asked.body)
			}
		}
		if w.store.Generation() != before {
			t.Error(name, "changed something")
		}
	}
	s := w.as("stranger")
	if sent := s.post(path, "instead", "1"); sent.header.Get("Location") != "/sign-in/pin" {
		t.Fatal(sent.status)
	}
	old := s.cookies["session"]
	in := s.post("/sign-in/pin", "pin", w.mailOf("new@papadopoulos.example", db.MailSignIn).PIN)
	if actor, err := w.store.Login(s.cookies["session"]); err != nil || actor.Email != "new@papadopoulos.example" || in.status != http.StatusSeeOther {
		t.Error(in.status, err)
	}
	if _, err := w.store.Login(old); err == nil {
		t.Error("the other session goes on")
	}
}

func TestInvitationOfWhoIsSignedIn(t *testing.T) {
	w := newWorld(t)
	w.add("new", "new@papadopoulos.example", "New Client", db.Client, "")
	_, path := w.guest("new@papadopoulos.example")
	s := w.as("new") // by a way of their own
	if page := s.get(path); page.status != 200 || !strings.Contains(page.body, "Accept the invitation") {
		t.Error(page.status)
	}
	var accepted atomic.Int32
	var wait sync.WaitGroup
	for range 100 {
		browser := w.as("new")
		wait.Go(func() {
			if a := browser.post(path); a.status == http.StatusSeeOther && a.header.Get("Location") == "/portal/projects/"+w.project.String() {
				accepted.Add(1)
			}
		})
	}
	wait.Wait()
	if accepted.Load() != 1 {
		t.Errorf("%d accepted", accepted.Load())
	}
}

func TestSpoiledInvitationOverTheWeb(t *testing.T) {
	w := newWorld(t)
	members := "/projects/" + w.project.String() + "/members/"
	for name, spoil := range map[string]func(id string){
		"taken back":  func(id string) { w.as("leader").post(w.contact(id) + "/invite/end") },
		"sent again":  func(id string) { w.as("leader").post(w.contact(id)+"/invite", "letter", "Once more") },
		"role edited": func(id string) { w.as("leader").post(members+id+"/role", "role", "client-viewer") },
		"removed":     func(id string) { w.as("leader").post(members + id + "/remove") },
	} {
		email := strings.ReplaceAll(name, " ", "") + "@papadopoulos.example"
		id, path := w.guest(email)
		begun := w.as("")
		begun.post(path)
		pin := w.mailOf(email, db.MailSignIn).PIN
		spoil(id)
		refused := begun.post("/sign-in/pin", "pin", pin)
		if refused.status != http.StatusGone || !strings.Contains(refused.body, "Ask whoever invited you") || begun.cookies["session"] != "" {
			t.Errorf("%s: the PIN answers %d", name, refused.status)
		}
		for _, late := range []answer{w.as("").get(path), w.as("").post(path), w.as("eleni").post(path, "instead", "1")} {
			if late.status != http.StatusGone || !strings.Contains(late.body, "no longer holds") {
				t.Errorf("%s: %d", name, late.status)
			}
		}
	}
}

func TestInvitePage(t *testing.T) {
	w := newWorld(t)
	w.add("new", "new@papadopoulos.example", "Νέα Πελάτισσα", db.Client, "")
	w.ok(w.store.SetProfile(w.actor("new"), db.Profile{Name: "Νέα Πελάτισσα", Language: "el", TimeZone: "Europe/Athens"}))
	w.join(w.project, "new", "client")
	path := w.contact(w.people["new"].ID.String()) + "/invite"
	page := w.as("leader").get(path)
	for _, part := range []string{`lang="el"`, "Στην πύλη μας", "new@papadopoulos.example", "Website Redesign", "Papadopoulos Ceramics", "not invited", `action="` + path + `"`} {
		if !strings.Contains(page.body, part) {
			t.Errorf("no %s on the page", part)
		}
	}
	sent := w.as("leader").post(path, "letter", "Καλημέρα σας.\r\n\r\n<script>alert(1)</script>")
	if sent.header.Get("Location") != path+"?said=invited" {
		t.Fatal(sent.status, sent.body)
	}
	if page := w.as("leader").get(sent.header.Get("Location")); !strings.Contains(page.body, "on its way") || !strings.Contains(page.body, path+"/end") {
		t.Error(page.body)
	}
	if long := w.as("leader").post(path, "letter", strings.Repeat("ά", 5001)); long.status != http.StatusUnprocessableEntity || !strings.Contains(long.body, `aria-invalid="true"`) || !strings.Contains(long.body, "άάά") {
		t.Error(long.status)
	}
	if page := w.as("owner").get("/outbox"); !strings.Contains(page.body, "/join/") || !strings.Contains(page.body, "Invitation") {
		t.Error("the outbox does not show it")
	}
	if page := w.as("leader").post(w.contact(w.people["new"].ID.String())+"/introduce", "letter", "x"); page.status != http.StatusUnprocessableEntity {
		t.Error("an introduction to who has not joined:", page.status)
	}
}

func TestRegistrationOverTheWeb(t *testing.T) {
	w := newWorld(t)
	const hint = "you make your account"
	if page := w.as("").get("/sign-in"); strings.Contains(page.body, hint) {
		t.Error("one can register where it is off")
	}
	w.as("").post("/sign-in", "email", "nobody@nowhere.example")
	if lines, err := w.store.Outbox(w.actor("owner"), true); err != nil || strings.Contains(fmt.Sprint(lines), "nobody@nowhere.example") {
		t.Error("mail to a stranger where registration is off")
	}
	w.ok(w.store.SetFeature(w.actor("owner"), db.ForWorkspace, 0, "registration", "on"))
	if page := w.as("").get("/sign-in"); !strings.Contains(page.body, hint) {
		t.Error("the page does not say that one can register")
	}
	s := w.as("")
	if sent := s.send(http.MethodPost, "/sign-in", strings.NewReader("email=rea%40nowhere.example&next=%2Fportal%2Fprojects"), "Content-Type", "application/x-www-form-urlencoded", "Origin", w.base, "Accept-Language", "el"); sent.status != http.StatusSeeOther {
		t.Fatal(sent.status)
	}
	mail := w.mailOf("rea@nowhere.example", db.MailRegister)
	in := s.post("/sign-in/pin", "pin", mail.PIN)
	if in.header.Get("Location") != "/welcome?next=%2Fportal%2Fprojects" {
		t.Fatal(in.status, in.header)
	}
	if page := s.get("/welcome"); !strings.Contains(page.body, `<html lang="el"`) {
		t.Error("not in the language of the browser")
	}
	if done := s.post("/welcome", "first_name", "Ρέα", "language", "el", "time_zone", "Europe/Athens"); done.header.Get("Location") != "/portal" {
		t.Error(done.header)
	}
	home := s.get("/portal")
	if home.status != 200 {
		t.Error(home.status)
	}
	w.noCanary("the home of somebody who registered", "stranger", home)
	// Added by e-mail, they see the project.
	w.as("leader").post("/projects/"+w.project.String()+"/members", "email", "rea@nowhere.example", "role", "client", "invite", "1")
	if page := s.get("/portal/projects/" + w.project.String()); page.status != 200 {
		t.Error("added by e-mail:", page.status)
	}
}

// With registration on and off, known and unknown addresses answer alike.
func TestRegistrationTellsNobody(t *testing.T) {
	w := newWorld(t)
	for _, on := range []bool{true, false} {
		w.ok(w.store.SetFeature(w.actor("owner"), db.ForWorkspace, 0, "registration", map[bool]string{true: "on", false: "off"}[on]))
		var shapes []string
		for _, email := range []string{w.people["eleni"].Email, map[bool]string{true: "nobody1_on@nowhere.example", false: "nobody_off@nowhere.example"}[on], w.people["leader"].Email} {
			s := w.as("")
			shapes = append(shapes, shape(s.post("/sign-in", "email", email), email)+shape(s.get("/sign-in/pin"), email)+shape(s.post("/sign-in/pin", "pin", "12"), email)+shape(s.post("/sign-in/again"), email))
		}
		for _, one := range shapes {
			if one != shapes[0] {
				t.Errorf("%v:\n%s\n%s", on, one, shapes[0])
			}
		}
	}
}

// TestWelcomeTakesAPassword: it is wanted by nobody, kept when it is good, and
// when it is not, nothing of the form is stored.
func TestWelcomeTakesAPassword(t *testing.T) {
	w := newWorld(t)
	w.add("new", "new@papadopoulos.example", "new", db.Client, "")
	fresh := w.as("")
	fresh.signIn("new")
	form := []string{"first_name", "Nefeli", "last_name", "Neou", "language", "en", "time_zone", "Europe/Athens"}
	if weak := fresh.post("/welcome", append(form, "password", "Nefeli Neou1")...); weak.status != http.StatusUnprocessableEntity || !strings.Contains(weak.body, "password-error") || strings.Contains(weak.body, "Neou1") {
		t.Error(weak.status, weak.body)
	}
	if changed := w.rows("SELECT count(*) FROM person WHERE name LIKE 'Nefeli%'"); changed != 0 {
		t.Error("a refused form was half stored")
	}
	if taken := fresh.post("/welcome", append(form, "password", goodPassword)...); taken.status != http.StatusSeeOther {
		t.Fatal(taken.status, taken.body)
	}
	if w.rows("SELECT count(*) FROM password") != 1 {
		t.Error("no password was stored")
	}
	if in := w.as("").post("/sign-in/password", "email", "new@papadopoulos.example", "password", goodPassword); in.status != http.StatusSeeOther {
		t.Error("the password does not sign in:", in.status)
	}
}
