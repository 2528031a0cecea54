package handlers

import (
	"net/http"
	"strings"
	"testing"
)

// written counts what a refused passkey must not add to.
func (w *world) written() [4]int {
	w.t.Helper()
	return [4]int{w.rows("SELECT count(*) FROM session"), w.rows("SELECT count(*) FROM passkey"), w.rows("SELECT count(*) FROM audit"), w.rows("SELECT count(*) FROM outbox")}
}

func TestPasskeySignsIn(t *testing.T) {
	w := newWorld(t)
	key, eleni := w.authenticator(), w.as("eleni")
	old := eleni.cookies["session"]
	if added := key.adds(eleni, "/portal/account"); added.status != http.StatusSeeOther || added.header.Get("Location") != "/portal/account/security" {
		t.Fatal(added.status, added.body)
	}
	if eleni.cookies["session"] == old || eleni.get("/portal/account/security").status != 200 {
		t.Error("the session did not go on under another token")
	}
	if _, err := w.store.Login(old); err == nil {
		t.Error("the token from before goes on")
	}
	s := w.as("")
	s.cookies["session"] = "planted"
	in := key.signsIn(s, "/portal/projects?a=b")
	if in.status != http.StatusSeeOther || in.header.Get("Location") != "/portal/projects?a=b" || len(s.cookies["session"]) != 43 {
		t.Fatal(in.status, in.header, in.body)
	}
	if page := s.get("/portal/account/security"); !strings.Contains(page.body, "with a passkey") || !strings.Contains(page.body, "<b>Phone</b>") {
		t.Error(page.body)
	}
	if away := key.signsIn(w.as(""), "https://evil.example/"); away.header.Get("Location") != "/portal" {
		t.Error("leads to", away.header.Get("Location"))
	}
}

// Whatever is wrong with an answer: one sentence, and nothing is written.
func TestPasskeysThatAreRefused(t *testing.T) {
	w := newWorld(t)
	key, eleni := w.authenticator(), w.as("eleni")
	key.adds(eleni, "/portal/account")
	stranger := w.authenticator()
	stranger.handle = key.handle
	sentence := "This passkey was not accepted."
	for what, answers := range map[string]func(s *someone) answer{
		"nothing": func(s *someone) answer { return s.post("/sign-in/passkey") },
		"no JSON": func(s *someone) answer {
			key.get(s.post("/sign-in/passkey/begin"))
			return s.post("/sign-in/passkey", "credential", "{")
		},
		"another key": func(s *someone) answer { return stranger.signsIn(s, "") },
		"no ceremony": func(s *someone) answer {
			text := key.get(s.post("/sign-in/passkey/begin"))
			delete(s.cookies, "ceremony")
			return s.post("/sign-in/passkey", "credential", text)
		},
		"a foreign page": func(s *someone) answer { a := *key; a.origin = "https://evil.example"; return a.signsIn(s, "") },
		"another port":   func(s *someone) answer { a := *key; a.origin = "http://localhost:1"; return a.signsIn(s, "") },
		"a foreign site": func(s *someone) answer { a := *key; a.site = "evil.example"; return a.signsIn(s, "") },
		"nobody there":   func(s *someone) answer { a := *key; a.flags = 0; return a.signsIn(s, "") },
		"not its owner":  func(s *someone) answer { a := *key; a.flags = 1; return a.signsIn(s, "") },
		"another person": func(s *someone) answer { a := *key; a.handle = w.people["owner"].ID.String(); return a.signsIn(s, "") },
		"no person":      func(s *someone) answer { a := *key; a.handle = "x"; return a.signsIn(s, "") },
		"another kind": func(s *someone) answer {
			text := key.get(eleni.post("/portal/account/passkeys/begin"))
			s.cookies["ceremony"] = eleni.cookies["ceremony"]
			return s.post("/sign-in/passkey", "credential", text)
		},
	} {
		before, s := w.written(), w.as("")
		got := answers(s)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, sentence) || s.cookies["session"] != "" {
			t.Errorf("%s answers %d", what, got.status)
		}
		if after := w.written(); after != before {
			t.Errorf("%s writes: %v, before %v", what, after, before)
		}
	}
	// The same answer twice, and one with a counter that stood still.
	s := w.as("")
	text := key.get(s.post("/sign-in/passkey/begin"))
	cookie := s.cookies["ceremony"]
	if in := s.post("/sign-in/passkey", "credential", text); in.status != http.StatusSeeOther {
		t.Fatal(in.status, in.body)
	}
	again := w.as("")
	again.cookies["ceremony"] = cookie
	if got := again.post("/sign-in/passkey", "credential", text); got.status != http.StatusUnprocessableEntity || again.cookies["session"] != "" {
		t.Error("an answer is taken twice:", got.status)
	}
	key.count--
	if got := key.signsIn(w.as(""), ""); got.status != http.StatusUnprocessableEntity {
		t.Error("a copy signs in:", got.status)
	}
	full := 0
	for range 70 {
		if got := w.as("").post("/sign-in/passkey/begin"); got.status == http.StatusTooManyRequests && strings.Contains(got.body, "Many passkeys were asked for") {
			full++
		}
	}
	if full == 0 || w.rows("SELECT count(*) FROM ceremony") > 60 {
		t.Error("one network begins as many as it likes")
	}
	w.behind("UPDATE ceremony SET network = ''") // as if the network had waited
	// Adding: for another person, or with a foreign origin.
	fresh := w.authenticator()
	before := w.written()
	begun := eleni.post("/portal/account/passkeys/begin")
	viewer := w.as("viewer")
	viewer.cookies["ceremony"] = eleni.cookies["ceremony"]
	fresh.origin = "https://evil.example"
	for who, got := range map[string]answer{
		"another person":      viewer.post("/portal/account/passkeys", "name", "Phone", "credential", fresh.create(begun)),
		"from a foreign page": eleni.post("/portal/account/passkeys", "name", "Phone", "credential", fresh.create(begun)),
	} {
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "The passkey was not added.") {
			t.Error(who, "answers", got.status)
		}
	}
	if w.written() != before {
		t.Error("a refused passkey is kept")
	}
}

// While a passkey is asked of owner and admins, nothing but their account opens.
func TestConfirmGuards(t *testing.T) {
	w := newWorld(t)
	owner := w.as("")
	owner.signIn("owner")
	key := w.authenticator()
	key.adds(owner, "/account")
	w.behind("UPDATE setting SET value = '1' WHERE key = 'security.passkey'")
	if page := owner.get("/outbox"); page.status != 200 {
		t.Error("adding a passkey does not confirm:", page.status)
	}
	later := w.as("")
	later.signIn("owner")
	for _, path := range []string{"/projects", "/projects/" + w.project.String(), "/outbox", "/portal", "/portal/projects", "/portal/account", "/live?page=board&id=" + w.project.String()} {
		if got := later.get(path); got.status != http.StatusSeeOther || !strings.HasPrefix(got.header.Get("Location"), "/confirm?next=%2F") {
			t.Error(path, "answers", got.status, got.header.Get("Location"))
		}
	}
	for _, path := range []string{"/projects", "/projects/" + w.project.String() + "/tasks", "/preview/start"} {
		if got := later.post(path, "title", "x", "person", w.people["eleni"].ID.String()); got.status != http.StatusSeeOther || got.header.Get("Location") != "/confirm" {
			t.Error("POST", path, "answers", got.status, got.header.Get("Location"))
		}
	}
	if got := later.get("/projects", "HX-Request", "true", "HX-Current-URL", w.base+"/projects?q=1"); got.status != http.StatusUnauthorized || got.header.Get("HX-Redirect") != "/confirm?next=%2Fprojects%3Fq%3D1" {
		t.Error("htmx:", got.status, got.header)
	}
	if got := later.get("/live?page=board&id="+w.project.String(), "Upgrade", "websocket", "Connection", "Upgrade", "Origin", w.base); got.status != http.StatusUnauthorized {
		t.Error("the socket:", got.status)
	}
	for _, path := range []string{"/account", "/account/security", "/confirm"} {
		if got := later.get(path); got.status != 200 {
			t.Error(path, "answers", got.status)
		}
	}
	for _, path := range []string{"/account/sessions/end-others", "/account/password", "/account/password/remove"} {
		if got := later.post(path, "password", "slow boats carry lemons"); got.status != http.StatusSeeOther || got.header.Get("Location") != "/confirm?next=/account/security" {
			t.Error("POST", path, "answers", got.status, got.header.Get("Location"))
		}
	}
	if got := later.post("/account/passkeys/begin"); got.status != http.StatusForbidden || !strings.Contains(got.body, "Confirm with one of your passkeys first.") {
		t.Error(got.status, got.body)
	}
	stranger := w.authenticator()
	stranger.adds(w.as("leader"), "/account")
	if got := later.post("/confirm", "credential", stranger.get(later.post("/confirm/begin"))); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "not accepted") {
		t.Error("somebody else's passkey confirms:", got.status)
	}
	if got := later.post("/confirm", "credential", key.get(later.post("/confirm/begin", "next", "/outbox"))); got.status != http.StatusSeeOther || got.header.Get("Location") != "/outbox" {
		t.Fatal(got.status, got.body)
	}
	if got := later.get("/outbox"); got.status != 200 {
		t.Error(got.status)
	}
	for _, name := range []string{"member", "owner"} { // as("owner") holds a link from the server
		if got := w.as(name).get("/projects"); got.status != 200 {
			t.Error(name, "is asked for a passkey:", got.status)
		}
	}
	if got := w.as("eleni").get("/portal"); got.status != 200 {
		t.Error("a client is asked for a passkey")
	}
}
