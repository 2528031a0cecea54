package handlers

import (
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const goodPassword = "slow boats carry lemons"

func TestPasswordSignsIn(t *testing.T) {
	w := newWorld(t)
	eleni := w.as("eleni")
	for password, sentence := range map[string]string{"short": "Use 10 characters or more.", "password12345": "too easy to guess", "Papadopoulou 1": "made of your name"} {
		if refused := eleni.post("/portal/account/password", "password", password); refused.status != http.StatusUnprocessableEntity || !strings.Contains(refused.body, sentence) || strings.Contains(refused.body, password) {
			t.Error(password, refused.status)
		}
	}
	if set := eleni.post("/portal/account/password", "password", goodPassword); set.status != http.StatusSeeOther || set.header.Get("Location") != "/portal/account/security" {
		t.Fatal(set.status, set.body)
	}
	s := w.as("")
	first := s.get("/sign-in?next=/portal/projects%3Fa=b")
	if !strings.Contains(first.body, `href="/sign-in/password?next=%2fportal%2fprojects%3fa%3db"`) {
		t.Error("the first page does not lead to the password")
	}
	if form := s.get("/sign-in/password?next=/portal/projects%3Fa=b"); !strings.Contains(form.body, `value="/portal/projects?a=b"`) || !strings.Contains(form.body, `autocomplete="current-password"`) {
		t.Error(form.status)
	}
	s.cookies["session"] = "planted"
	in := s.post("/sign-in/password", "email", w.people["eleni"].Email, "password", goodPassword, "next", "/portal/projects?a=b")
	if in.status != http.StatusSeeOther || in.header.Get("Location") != "/portal/projects?a=b" || len(s.cookies["session"]) != 43 || len(s.cookies["device"]) != 43 {
		t.Fatal(in.status, in.header)
	}
	if away := s.post("/sign-in/password", "email", w.people["eleni"].Email, "password", goodPassword, "next", "//evil.example"); away.header.Get("Location") != "/portal" {
		t.Error("leads to", away.header.Get("Location"))
	}
	if out := eleni.post("/portal/account/password/remove"); out.status != http.StatusSeeOther {
		t.Error(out.status)
	}
	if again := w.as("").post("/sign-in/password", "email", w.people["eleni"].Email, "password", goodPassword); again.status != http.StatusUnprocessableEntity {
		t.Error("a removed password signs in:", again.status)
	}
}

// Somebody with a password, somebody without one, and nobody: the same bytes.
func TestPasswordPageTellsOfNobody(t *testing.T) {
	w := newWorld(t)
	if set := w.as("eleni").post("/portal/account/password", "password", goodPassword); set.status != http.StatusSeeOther {
		t.Fatal(set.status)
	}
	shape := func(email string, try int) string {
		got := w.as("").post("/sign-in/password", "email", email, "password", "wrong lemons carry boats")
		names := slices.Sorted(maps.Keys(got.header))
		return http.StatusText(got.status) + strings.Join(names, " ") + strings.ReplaceAll(got.body, email, "EMAIL")
	}
	for try := range 6 {
		known, without, nobody := shape(w.people["eleni"].Email, try), shape(w.people["viewer"].Email, try), shape("nobody@nowhere.example", try)
		if known != nobody || without != nobody {
			t.Fatalf("try %d differs:\n%s\n%s\n%s", try, known, without, nobody)
		}
	}
	if !strings.Contains(shape(w.people["eleni"].Email, 0), "Address or password is not right") {
		t.Error("no sentence")
	}
	shape("another@nowhere.example", 0) // the twentieth
	if late := w.as("").post("/sign-in/password", "email", w.people["eleni"].Email, "password", goodPassword); late.status != http.StatusTooManyRequests || !strings.Contains(late.body, "Use the PIN") {
		t.Error("one network tries as often as it likes:", late.status)
	}
	if in := w.as("").signIn("eleni"); in.status != http.StatusSeeOther {
		t.Error("the PIN does not sign in:", in.status)
	}
}

// Every way in, and then every secret that went over the wire is looked for in
// the files of the data folder.
func TestSecretsAreNotKept(t *testing.T) {
	w := newWorld(t)
	s, key := w.as(""), w.authenticator()
	var secrets []string
	note := func() {
		for _, value := range s.cookies {
			secrets = append(secrets, value)
		}
	}
	s.post("/sign-in", "email", w.people["eleni"].Email)
	note()
	mail := w.mailTo(w.people["eleni"].Email)
	secrets = append(secrets, mail.Link)
	s.post("/sign-in/pin", "pin", mail.PIN)
	note()
	s.post("/portal/account/password", "password", goodPassword)
	secrets = append(secrets, goodPassword)
	if added := key.adds(s, "/portal/account"); added.status != http.StatusSeeOther {
		t.Fatal(added.status, added.body)
	}
	note()
	s.post("/sign-out")
	key.signsIn(s, "")
	note()
	s.post("/sign-in/password", "email", w.people["eleni"].Email, "password", goodPassword)
	note()
	if len(secrets) < 12 || s.get("/portal").status != 200 {
		t.Fatal(len(secrets), "secrets")
	}
	files, err := filepath.Glob(filepath.Join(w.folder, "*"))
	w.ok(err)
	for _, file := range files {
		bytes, err := os.ReadFile(file)
		if err != nil {
			continue // a folder
		}
		for _, secret := range secrets {
			if strings.Contains(string(bytes), secret) {
				t.Errorf("%s holds a secret of %d letters", filepath.Base(file), len(secret))
			}
		}
	}
	if strings.Contains(w.log.String(), goodPassword) || strings.Contains(w.log.String(), s.cookies["session"]) {
		t.Error("the log holds a secret")
	}
}

// A second browser is told by mail, and only once.
func TestNewDeviceIsTold(t *testing.T) {
	w := newWorld(t)
	told := func() int { return w.rows("SELECT count(*) FROM outbox WHERE kind = 'new-device'") }
	home, cafe := w.as(""), w.as("")
	home.signIn("eleni")
	home.signIn("eleni")
	if told() != 0 {
		t.Error("told of the first browser")
	}
	if cafe.signIn("eleni"); told() != 1 {
		t.Error("not told of the second one")
	}
	if cafe.signIn("eleni"); told() != 1 {
		t.Error("told of it again")
	}
	if line := w.mailTo(w.people["eleni"].Email); line.Kind != "sign-in" && line.Kind != "new-device" {
		t.Error(line.Kind)
	}
}
