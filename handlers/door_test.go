package handlers

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"vitrine/db"
)

// mailTo is the newest mail to an address, as the owner finds it in the outbox.
func (w *world) mailTo(email string) db.OutboxLine {
	w.t.Helper()
	lines, err := w.store.Outbox(w.actor("owner"), true)
	w.ok(err)
	for _, line := range lines {
		if line.To.Email == email {
			return line
		}
	}
	w.t.Fatal("no mail to", email)
	return db.OutboxLine{}
}

func (s *someone) signIn(name string) answer {
	s.w.t.Helper()
	email := s.w.people[name].Email
	if sent := s.post("/sign-in", "email", email); sent.status != http.StatusSeeOther || sent.header.Get("Location") != "/sign-in/pin" {
		s.w.t.Fatal(sent.status, sent.body)
	}
	return s.post("/sign-in/pin", "pin", s.w.mailTo(email).PIN)
}

func TestSignInByPIN(t *testing.T) {
	w := newWorld(t)
	s := w.as("")
	first := s.get("/portal/projects?a=b")
	if first.status != http.StatusSeeOther {
		t.Fatal(first.status)
	}
	form := s.get(first.header.Get("Location"))
	if form.status != 200 || !strings.Contains(form.body, `value="/portal/projects?a=b"`) || !strings.Contains(form.body, `autocomplete="email"`) {
		t.Fatal(form.status, form.body)
	}
	for _, typed := range []string{"", "eleni", "eleni@", "a@b@c.example", "eleni@papadopoulos.example,x@evil.example"} {
		if refused := s.post("/sign-in", "email", typed, "next", "/portal"); refused.status != http.StatusUnprocessableEntity ||
			!strings.Contains(refused.body, `aria-invalid="true"`) || !strings.Contains(refused.body, "email address") {
			t.Errorf("%q: %d", typed, refused.status)
		}
	}
	s.post("/sign-in", "email", " Eleni@Papadopoulos.example", "next", "/portal/projects?a=b")
	page := s.get("/sign-in/pin")
	for _, part := range []string{`autocomplete="one-time-code"`, `inputmode="numeric"`, "autofocus", "eleni@papadopoulos.example", `action="/sign-in/pin"`, `action="/sign-in/again"`} {
		if !strings.Contains(page.body, part) {
			t.Errorf("the page has no %s", part)
		}
	}
	pin := w.mailTo("eleni@papadopoulos.example").PIN
	if short := s.post("/sign-in/pin", "pin", "12 34"); short.status != http.StatusUnprocessableEntity || !strings.Contains(short.body, "six digits") || !strings.Contains(short.body, `value="12 34"`) {
		t.Error(short.status, short.body)
	}
	if wrong := s.post("/sign-in/pin", "pin", other(pin)); wrong.status != http.StatusUnprocessableEntity || !strings.Contains(wrong.body, "4 tries left") {
		t.Error(wrong.status, wrong.body)
	}
	s.cookies["session"] = "planted"
	in := s.post("/sign-in/pin", "pin", " "+pin[:3]+" "+pin[3:])
	if in.status != http.StatusSeeOther || in.header.Get("Location") != "/portal/projects?a=b" || s.cookies["session"] == "planted" {
		t.Fatal(in.status, in.header)
	}
	if shown := s.get("/portal/projects"); shown.status != 200 {
		t.Error(shown.status)
	}
	if again := s.get("/sign-in"); again.status != http.StatusSeeOther || again.header.Get("Location") != "/portal" {
		t.Error("somebody signed in is asked again:", again.status)
	}
	if again := s.get("/sign-in/pin"); again.status != http.StatusSeeOther {
		t.Error("a used sign-in is shown:", again.status)
	}
	for _, language := range []string{"el", "en"} {
		if page := w.as("").get("/sign-in", "Accept-Language", language); !strings.Contains(page.body, `lang="`+language+`"`) {
			t.Error("not in", language)
		}
	}
}

func other(pin string) string {
	if pin == "000000" {
		return "000001"
	}
	return "000000"
}

func TestCookiesOfTheDoor(t *testing.T) {
	w := newWorld(t)
	s := w.as("")
	sent := s.post("/sign-in", "email", w.people["eleni"].Email)
	in := s.post("/sign-in/pin", "pin", w.mailTo(w.people["eleni"].Email).PIN)
	old := s.cookies["session"]
	for _, line := range []string{sent.header.Get("Set-Cookie"), in.header.Get("Set-Cookie")} {
		for _, part := range []string{"HttpOnly", "SameSite=Lax", "path=/"} {
			if !strings.Contains(line, part) {
				t.Errorf("%s without %s", strings.Split(line, "=")[0], part)
			}
		}
		if strings.Contains(strings.ToLower(line), "domain=") {
			t.Error("a cookie for other hosts")
		}
	}
	if !strings.Contains(in.header.Get("Set-Cookie"), "max-age=2592000") {
		t.Error("the session's cookie:", strings.SplitN(in.header.Get("Set-Cookie"), ";", 2)[1])
	}
	if s.signIn("eleni"); s.cookies["session"] == old || len(s.cookies["session"]) != 43 {
		t.Error("the token did not change")
	}
	if _, err := w.store.Login(old); err == nil {
		t.Error("the browser's earlier session goes on")
	}
}

func TestSignOut(t *testing.T) {
	w := newWorld(t)
	s := w.as("")
	s.signIn("leader")
	s.through("eleni")
	token := s.cookies["session"]
	out := s.post("/sign-out")
	if out.status != http.StatusSeeOther || !strings.Contains(out.header.Get("Clear-Site-Data"), `"cache"`) || !strings.Contains(out.header.Get("Clear-Site-Data"), `"storage"`) {
		t.Error(out.status, out.header)
	}
	if s.cookies["session"] != "" || s.cookies["preview"] != "" {
		t.Error("cookies stay:", len(s.cookies))
	}
	s.cookies["session"] = token
	if again := s.get("/account"); again.status != http.StatusSeeOther || !strings.HasPrefix(again.header.Get("Location"), "/sign-in") {
		t.Error("the session goes on:", again.status)
	}
	if page := s.get(out.header.Get("Location")); !strings.Contains(page.body, "You are signed out.") {
		t.Error("it is not said")
	}
	if nobody := w.as("").post("/sign-out"); nobody.status != http.StatusSeeOther {
		t.Error("nobody signs out:", nobody.status)
	}
}

// bare is a served workspace without anybody in it.
func bare(t *testing.T) *world {
	w := &world{t: t, people: map[string]db.Person{}, tokens: map[string]string{}, log: &bytes.Buffer{}}
	store, err := db.Open(t.TempDir(), db.Options{Serve: true})
	w.ok(err)
	w.store = store
	w.serve("127.0.0.1:0")
	t.Cleanup(func() {
		w.stop()
		w.store.Close()
	})
	return w
}

func TestSetUpOverTheWeb(t *testing.T) {
	w := bare(t)
	token, err := w.store.SetupLink()
	w.ok(err)
	fields := []string{"workspace", "Ormos Studio", "name", "Katerina", "email", "katerina@ormos.example", "language", "el", "time_zone", "Europe/Athens"}
	stranger := w.as("")
	for i := range 100 {
		guess := fmt.Sprintf("/setup/%s%02d", token[:len(token)-2], i)
		if strings.HasSuffix(guess, token) {
			continue
		}
		if refused := stranger.post(guess, fields...); refused.status != http.StatusGone {
			t.Fatal(refused.status)
		}
	}
	s, path := w.as(""), "/setup/"+token
	for range 3 {
		if page := s.get(path); page.status != 200 || !strings.Contains(page.body, `action="`+path+`"`) {
			t.Fatal(page.status, page.body)
		}
	}
	for i, wrong := range map[int]string{1: "", 5: "katerina", 7: "tlh", 9: "Mars/Olympus"} {
		mistaken := append([]string(nil), fields...)
		mistaken[i] = wrong
		refused := s.post(path, mistaken...)
		if refused.status != http.StatusUnprocessableEntity || strings.Count(refused.body, `aria-invalid="true"`) != 1 || strings.Contains(refused.body, "⟦") ||
			strings.Count(refused.body, "autofocus") != 1 || !strings.Contains(refused.body, `value="Katerina"`) {
			t.Errorf("%s %q: %d %s", mistaken[i-1], wrong, refused.status, refused.body)
		}
	}
	if in := s.post(path, fields...); in.status != http.StatusSeeOther || in.header.Get("Location") != "/projects" {
		t.Fatal(in.status, in.header)
	}
	if page := s.get("/account"); page.status != 200 || !strings.Contains(page.body, "Katerina") || !strings.Contains(page.body, `lang="el"`) || !strings.Contains(page.body, "Ormos Studio") {
		t.Error(page.status)
	}
	second := w.as("")
	if late, looked := second.post(path, fields...), second.get(path); late.status != http.StatusGone || looked.status != http.StatusGone || len(second.cookies) != 0 {
		t.Error("a second set-up:", late.status, looked.status)
	}
}

func TestCookiesBehindHTTPS(t *testing.T) {
	w := newWorld(t)
	server, err := NewServer(w.store, Config{BaseURL: "https://portal.example"})
	w.ok(err)
	send := func(path, form string, cookies ...*http.Cookie) *http.Response {
		request := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form))
		request.Host = "portal.example"
		request.Header.Set("Origin", "https://portal.example")
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for _, cookie := range cookies {
			request.AddCookie(cookie)
		}
		response, err := server.App.Test(request, 10_000)
		w.ok(err)
		return response
	}
	begun := send("/sign-in", "email="+url.QueryEscape(w.people["eleni"].Email)).Cookies()
	if len(begun) != 1 || begun[0].Name != "__Host-challenge" {
		t.Fatal(begun)
	}
	in := send("/sign-in/pin", "pin="+w.mailTo(w.people["eleni"].Email).PIN, begun[0]).Cookies()
	if len(in) != 2 || in[0].Name != "__Host-session" || in[1].Name != "__Host-device" {
		t.Fatal(in)
	}
	for _, cookie := range append(begun, in...) {
		if !cookie.Secure || !cookie.HttpOnly || cookie.Path != "/" || cookie.Domain != "" || cookie.SameSite != http.SameSiteLaxMode {
			t.Errorf("%s: %+v", cookie.Name, cookie)
		}
	}
	out := send("/sign-out", "", in[0])
	for _, cookie := range out.Cookies() {
		if cookie.MaxAge >= 0 || !cookie.Secure {
			t.Errorf("%s is not taken back as it was given", cookie.Name)
		}
	}
}

func TestOutboxPage(t *testing.T) {
	w := newWorld(t)
	w.as("").post("/sign-in", "email", w.people["eleni"].Email)
	mail := w.mailTo(w.people["eleni"].Email)
	page := w.as("owner").get("/outbox")
	if page.status != 200 || !strings.Contains(page.body, mail.PIN) || !strings.Contains(page.body, `href="`+w.base+"/sign-in/link/"+mail.Link+`"`) || strings.Contains(page.body, "⟦") {
		t.Error(page.status, page.body)
	}
	for _, name := range []string{"leader", "eleni"} {
		if refused := w.as(name).get("/outbox"); refused.status != http.StatusNotFound {
			t.Error(name, refused.status)
		}
	}
}

func TestLinksNeedTheButton(t *testing.T) {
	w := newWorld(t)
	s := w.as("")
	s.post("/sign-in", "email", w.people["eleni"].Email, "next", "/portal/projects")
	printed, err := w.store.SignInLink(w.people["eleni"].Email)
	w.ok(err)
	for path, landing := range map[string]string{"/sign-in/link/" + w.mailTo(w.people["eleni"].Email).Link: "/portal/projects", "/in/" + printed: "/portal"} {
		scanner := w.as("")
		for range 10 {
			page := scanner.get(path, "Sec-Purpose", "prefetch")
			if page.status != 200 || !strings.Contains(page.body, w.people["eleni"].Email) || !strings.Contains(page.body, `action="`+path+`"`) {
				t.Fatal(page.status, page.body)
			}
			scanner.send(http.MethodHead, path, nil)
		}
		if len(scanner.cookies) != 0 {
			t.Error("the scanner got a cookie")
		}
		person := w.as("")
		in := person.post(path)
		if in.status != http.StatusSeeOther || in.header.Get("Location") != landing {
			t.Fatal(in.status, in.header)
		}
		if page := person.get("/portal"); page.status != 200 {
			t.Error(page.status)
		}
		thief := w.as("")
		used, looked := thief.post(path), thief.get(path)
		never := thief.get(path[:len(path)-10] + "0123456789")
		if used.status != http.StatusGone || looked.status != http.StatusGone || len(thief.cookies) != 0 {
			t.Error("a second use:", used.status, looked.status)
		}
		if never.status != http.StatusGone || never.body != looked.body || used.body != looked.body {
			t.Error("a used link and one that never was differ")
		}
	}
	if late := s.post("/sign-in/pin", "pin", "000000"); late.status != http.StatusSeeOther || late.header.Get("Location") != "/sign-in" {
		t.Error("the PIN beside a used link:", late.status)
	}
}
