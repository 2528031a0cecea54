package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"sort"
	"strings"
	"sync"
	"testing"

	"vitrine/db"
	hostile "vitrine/handlers/mail/sink"
)

// shape is an answer without what differs between any two of them.
func shape(a answer, email string) string {
	var lines []string
	for name, values := range a.header {
		if name != "Date" {
			lines = append(lines, name+": "+token.ReplaceAllString(strings.Join(values, "|"), "TOKEN"))
		}
	}
	sort.Strings(lines)
	return fmt.Sprint(a.status, "\n", strings.Join(lines, "\n"), "\n", strings.ReplaceAll(a.body, email, "ADDRESS"))
}

var token = regexp.MustCompile(`challenge=[A-Za-z0-9_-]{43}|expires=[^;]+`)

func TestKnownAndUnknownLookTheSame(t *testing.T) {
	w := newWorld(t)
	way := func(email string) (shapes []string) {
		s, note := w.as(""), func(a answer) { shapes = append(shapes, shape(a, email)) }
		note(s.post("/sign-in", "email", email, "next", "/portal"))
		note(s.get("/sign-in/pin"))
		note(s.post("/sign-in/pin", "pin", "12"))
		pin := "000000"
		if email == w.people["eleni"].Email {
			pin = other(w.mailTo(email).PIN)
		}
		for range 6 {
			note(s.post("/sign-in/pin", "pin", pin))
		}
		note(s.get("/sign-in/pin"))
		for range 5 {
			note(s.post("/sign-in/again"))
			note(s.get("/sign-in/pin"))
		}
		note(s.post("/sign-in", "email", email))
		for range 5 { // now guessed so often that the mail carries a link
			browser := w.as("")
			if cookie, err := w.store.BeginSignIn(email, "198.51.100.0/24", "", "", ""); err == nil {
				browser.cookies["challenge"] = cookie
				if email == w.people["eleni"].Email {
					if sent := w.mailTo(email).PIN; sent != "" {
						pin = other(sent)
					}
				}
				for range 5 {
					note(browser.post("/sign-in/pin", "pin", pin))
				}
				note(browser.get("/sign-in/pin"))
			}
		}
		return shapes
	}
	known := way(w.people["eleni"].Email)
	for _, email := range []string{"olena@papadopoulos.example", "eleni@papadopoulos.exampel"} {
		unknown := way(email)
		if len(known) != len(unknown) || len(known) < 30 {
			t.Fatal(len(known), len(unknown))
		}
		for i := range known {
			if known[i] != unknown[i] {
				t.Errorf("answer %d differs:\n%s\n%s", i, known[i], unknown[i])
			}
		}
	}
	all := strings.Join(known, "\n")
	for _, part := range []string{"4 tries left", "1 try left", "the last try", "no longer works", "429", "several emails", "link and no PIN"} {
		if !strings.Contains(all, part) {
			t.Errorf("the way never met %q", part)
		}
	}
}

// Strings of Fiber's context are borrowed: 200 people at once must still become
// themselves.
func TestTwoHundredAtOnce(t *testing.T) {
	w := newWorld(t)
	const people = 200
	for i := range people {
		w.add(fmt.Sprint(i), fmt.Sprintf("p%d@many.example", i), "P", db.Client, "")
	}
	browsers := make([]*someone, people)
	var wait sync.WaitGroup
	for i := range people {
		browsers[i] = w.as("")
		// Browsers that begin a second time: one place alone may not begin so many.
		cookie, err := w.store.BeginSignIn(fmt.Sprintf("p%d@many.example", i), fmt.Sprintf("198.51.%d.0/24", i), "", "", "")
		w.ok(err)
		_, _, err = w.store.TryPIN(cookie, w.mailTo(fmt.Sprintf("p%d@many.example", i)).PIN, "")
		w.ok(err)
		browsers[i].cookies["challenge"] = cookie
	}
	for i := range people {
		wait.Go(func() { browsers[i].post("/sign-in", "email", fmt.Sprintf("p%d@many.example", i)) })
	}
	wait.Wait()
	lines, err := w.store.Outbox(w.actor("owner"), true)
	w.ok(err)
	pins := map[string]string{}
	for _, line := range lines {
		pins[line.To.Email] = line.PIN
	}
	for i := range people {
		wait.Go(func() { browsers[i].post("/sign-in/pin", "pin", pins[fmt.Sprintf("p%d@many.example", i)]) })
	}
	wait.Wait()
	for i := range people {
		actor, err := w.store.Login(browsers[i].cookies["session"])
		if err != nil || actor.Email != fmt.Sprintf("p%d@many.example", i) {
			t.Errorf("%d became %s, %v", i, actor.Email, err)
		}
	}
}

func TestHostileAddresses(t *testing.T) {
	w := newWorld(t)
	owned := map[string]bool{}
	for _, person := range w.people {
		owned[person.Email] = true
	}
	for i, typed := range hostile.HostileAddresses(w.people["eleni"].Email, "thief@evil.example") {
		answer := w.as("").post("/sign-in", "email", typed)
		if answer.status != http.StatusSeeOther && answer.status != http.StatusUnprocessableEntity && answer.status != http.StatusTooManyRequests {
			t.Errorf("%d %q: %d", i, typed, answer.status)
		}
	}
	lines, err := w.store.Outbox(w.actor("owner"), true)
	w.ok(err)
	for _, line := range lines {
		if line.Kind == db.MailSignIn && line.To.Email != "" && !owned[line.To.Email] {
			t.Errorf("mail to %q", line.To.Email)
		}
	}
	// Where strangers may register, each mail goes to one plain address.
	w.ok(w.store.SetFeature(w.actor("owner"), db.ForWorkspace, 0, "registration", "on"))
	for i, typed := range hostile.HostileAddresses("rea@nowhere.example", "thief@evil.example") {
		_, err := w.store.BeginSignIn(typed, fmt.Sprintf("198.51.%d.0/24", i), "", "", "en")
		if mistaken := new(db.Invalid); err != nil && !errors.Is(err, db.ErrOften) && !errors.As(err, &mistaken) {
			t.Error(typed, err)
		}
	}
	lines, err = w.store.Outbox(w.actor("owner"), true)
	w.ok(err)
	for _, line := range lines {
		if plain, err := db.NormalEmail(line.To.Email); err != nil || plain != line.To.Email || strings.Count(plain, "@") != 1 {
			t.Errorf("mail to %q", line.To.Email)
		}
	}
}

func TestNextStaysHere(t *testing.T) {
	w := newWorld(t)
	own, err := url.Parse(w.base)
	w.ok(err)
	payloads := []string{"//evil.example", "///evil.example", `/\evil.example`, `\\evil.example`, "https://evil.example", "https:evil.example", "javascript:alert(1)", "/\t/evil.example",
		"/\n/evil.example", "%2F%2Fevil.example", "/%2Fevil.example", "/%5Cevil.example", "//evil.example%2F..", "/..//evil.example", "/.//evil.example", "@evil.example", "http:///evil.example", "?//evil.example"}
	team := []string{"leader", "member", "elsewhere"}
	for i, payload := range payloads {
		email := w.people[team[i%3]].Email
		if page := w.as("").get("/sign-in?next=" + url.QueryEscape(payload)); strings.Contains(page.body, "evil.example") {
			t.Errorf("%q stands on the page", payload)
		}
		s := w.as("")
		s.post("/sign-in", "email", email, "next", payload)
		in := s.post("/sign-in/pin", "pin", w.mailTo(email).PIN)
		to, err := own.Parse(in.header.Get("Location"))
		if err != nil || in.status != http.StatusSeeOther || to.Host != own.Host || to.Path != "/projects" {
			t.Errorf("%q leads to %q (%d, %v)", payload, in.header.Get("Location"), in.status, err)
		}
		if signed := s.get("/sign-in?next=" + url.QueryEscape(payload)); signed.header.Get("Location") != "/projects" {
			t.Errorf("%q leads somebody signed in to %q", payload, signed.header.Get("Location"))
		}
	}
}

func TestForgedHeadersDoNotMoveTheLimit(t *testing.T) {
	w := newWorld(t)
	headers := []string{"X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "X-Cluster-Client-IP", "X-Forwarded"}
	sent := 0
	for i := range 40 {
		form := strings.NewReader("email=nobody%40papadopoulos.example")
		answer := w.as("").send(http.MethodPost, "/sign-in", form, "Content-Type", "application/x-www-form-urlencoded", "Origin", w.base,
			headers[i%len(headers)], fmt.Sprintf("198.51.%d.7", i))
		if answer.status == http.StatusSeeOther {
			sent++
		}
	}
	if sent != 5 {
		t.Errorf("%d mails for one place", sent)
	}
}

func TestNetwork(t *testing.T) {
	for peer, want := range map[string]string{"203.0.113.77": "203.0.113.0/24", "::ffff:203.0.113.9": "203.0.113.0/24", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
		"fe80::1%eth0": "fe80::/64", "": "", "203.0.113.77, 8.8.8.8": ""} {
		if got := network(peer); got != want {
			t.Errorf("%s is in %s", peer, got)
		}
	}
}

func TestSecretsStayOutOfTheLog(t *testing.T) {
	w := newWorld(t)
	s := w.as("")
	s.post("/sign-in", "email", w.people["eleni"].Email)
	mail := w.mailTo(w.people["eleni"].Email)
	near := mail.PIN[3:] + mail.PIN[:3] // a slip tells most of the PIN
	if near == mail.PIN {
		near = other(mail.PIN)
	}
	s.post("/sign-in/pin", "pin", near)
	s.post("/sign-in/pin", "pin", mail.PIN)
	token := s.cookies["session"]
	s.post("/sign-in/link/" + mail.Link)
	s.post("/sign-out")
	w.stop()
	w.stop = func() {}
	logged := w.log.String()
	for _, secret := range []string{mail.PIN, near, mail.Link, token, s.cookies["challenge"], w.people["eleni"].Email} {
		if secret == "" || strings.Contains(logged, secret) {
			t.Errorf("in the log: %q", secret)
		}
	}
	for _, line := range []string{`msg="wrong PIN"`, `msg="signed in"`, `msg="link refused"`, `msg="signed out"`} {
		if strings.Count(logged, line) != 1 {
			t.Errorf("%s stands %d times in the log", line, strings.Count(logged, line))
		}
	}
}
