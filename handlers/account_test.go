package handlers

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

var madeToken = regexp.MustCompile(`vtr_[0-9A-Za-z_-]{43}`)

// A token answers for its person until it is ended; a login in a browser is none.
func TestTokensForPrograms(t *testing.T) {
	w := newWorld(t)
	eleni, program := w.as("eleni"), w.as("")
	ask := func(token string) answer { return program.get("/api/v1/me", "Authorization", "Bearer "+token) }
	made := eleni.post("/portal/account/tokens", "name", "Ledger sync")
	token := madeToken.FindString(made.body)
	if made.status != http.StatusOK || token == "" {
		t.Fatalf("making one: %d\n%s", made.status, made.body)
	}
	page := eleni.get("/portal/account/api").body
	if strings.Contains(page, token) || !strings.Contains(page, "Ledger sync") {
		t.Error("the token is told twice, or not listed")
	}
	var said map[string]string
	if answered := ask(token); answered.status != http.StatusOK || json.Unmarshal([]byte(answered.body), &said) != nil ||
		said["id"] != w.people["eleni"].ID.String() || said["email"] != "eleni@papadopoulos.example" || said["side"] != "client" || said["time_zone"] != "Europe/Athens" || len(said) != 6 {
		t.Errorf("%d %s", answered.status, answered.body)
	}
	for what, refused := range map[string]answer{"a cookie": eleni.get("/api/v1/me"), "no token": program.get("/api/v1/me"), "another": ask("vtr_" + strings.Repeat("x", 43)), "basic": program.get("/api/v1/me", "Authorization", "Basic "+token)} {
		if refused.status != http.StatusUnauthorized || !strings.HasPrefix(refused.body, `{"error"`) || refused.header.Get("Www-Authenticate") != "Bearer" {
			t.Errorf("%s: %d %s", what, refused.status, refused.body)
		}
	}
	end := regexp.MustCompile(`/portal/account/tokens/\w+/end`).FindString(page)
	if other := w.as("viewer").post(end); other.status != http.StatusNotFound {
		t.Errorf("somebody else ends it: %d", other.status)
	}
	if ended := eleni.post(end); ended.status != http.StatusSeeOther || ask(token).status != http.StatusUnauthorized {
		t.Errorf("after its end: %d %d", ended.status, ask(token).status)
	}
	if through := w.as("leader").through("eleni").get("/portal/account/api"); strings.Contains(through.body, "Ledger sync") {
		t.Error("a look through a client shows their tokens")
	}
}

// The profile's theme holds where the browser has none of its own.
func TestThemeOfThePerson(t *testing.T) {
	w := newWorld(t)
	eleni := w.as("eleni")
	theme := regexp.MustCompile(`<html lang="en"(?: data-theme="(\w+)")?>`)
	is := func(someone *someone, want string) {
		t.Helper()
		if got := theme.FindStringSubmatch(someone.get("/portal").body); got == nil || got[1] != want {
			t.Errorf("the theme is %v, not %q", got, want)
		}
	}
	eleni.post("/theme", "theme", "light")
	is(eleni, "light")
	if saved := eleni.post("/portal/account/profile", "name", "Eleni Papadopoulou", "language", "en", "time_zone", "Europe/Athens", "theme", "dark"); saved.status != http.StatusSeeOther {
		t.Fatalf("saving: %d %s", saved.status, saved.body)
	}
	is(eleni, "dark")
	is(w.as("eleni"), "dark") // another browser
	eleni.post("/theme", "theme", "")
	is(eleni, "")
	is(w.as("eleni"), "dark")
	is(w.as("viewer"), "")
	if wrong := eleni.post("/portal/account/profile", "name", "Eleni", "language", "en", "time_zone", "UTC", "theme", "purple"); wrong.status != http.StatusUnprocessableEntity || !strings.Contains(wrong.body, "one of the three themes") {
		t.Errorf("another theme: %d", wrong.status)
	}
}

func TestNotificationsAreChosen(t *testing.T) {
	w := newWorld(t)
	for name, kinds := range map[string]int{"eleni": 3, "member": 4, "leader": 7, "owner": 7} {
		someone, at := w.as(name), "/account/notifications"
		if name == "eleni" {
			at = "/portal" + at
		}
		if page := someone.get(at).body; strings.Count(page, `name="kind"`) != kinds || strings.Count(page, " checked") != kinds || !strings.Contains(page, "cannot be switched off") {
			t.Errorf("%s reads\n%s", name, page)
		}
		someone.post(at, "kind", "client-joined", "kind", "sign-in")
		if page := someone.get(at).body; strings.Count(page, " checked") != kinds/5 {
			t.Errorf("%s has %d afterwards", name, strings.Count(page, " checked"))
		}
	}
}
