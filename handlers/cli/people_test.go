package cli

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

func TestPersonCommands(t *testing.T) {
	d := newDesk(t)
	d.ok("person", "add", "k@ormos.example", "--name", "Katerina Doukas", "--role", "owner")
	d.ok("person", "add", "t@ormos.example", "--name", "山田 太郎", "--role", "admin")
	d.ok("person", "add", "r@ormos.example", "--name", "שרה כהן")
	want := "Name             Email            Role    State              Projects  Last sign-in\n" +
		"Katerina Doukas  k@ormos.example  owner   not signed in yet         0  never\n" +
		"שרה כהן          r@ormos.example  member  not signed in yet         0  never\n" +
		"山田 太郎        t@ormos.example  admin   not signed in yet         0  never\n"
	if a := d.ok("person", "list"); a.out != want {
		t.Errorf("prints\n%s", a.out)
	}
	var list []teammate
	if err := json.Unmarshal([]byte(d.ok("person", "list", "--json").out), &list); err != nil || len(list) != 3 || list[2].Role != "admin" || !list[2].Active || len(list[2].ID.String()) != 11 {
		t.Errorf("%v %+v", err, list)
	}
	before := d.rows()
	for _, args := range [][]string{{"role", "k@ormos.example", "admin"}, {"deactivate", "K@ormos.example"}} {
		d.refused(1, "needs an owner", append([]string{"person"}, args...)...)
	}
	d.refused(1, "Nobody has the address", "person", "role", "no@ormos.example", "admin")
	d.refused(1, "does not look like an email", "person", "deactivate", "a@b.example\r\nBcc: c@d.example")
	d.refused(2, "must be one of", "person", "role", "r@ormos.example", "god")
	d.refused(1, "too long", "person", "add", "x@ormos.example", "--name", strings.Repeat("ω", 1000))
	if d.rows() != before {
		t.Error("refused, and something changed")
	}
	if a := d.ok("person", "role", "r@ormos.example", "owner"); !strings.Contains(a.out, "is owner now") {
		t.Error(a.out)
	}
	d.ok("person", "role", "k@ormos.example", "member")
	d.ok("person", "deactivate", "t@ormos.example")
	d.refused(1, "nobody who may sign in", "signin-link", "t@ormos.example")
	d.ok("person", "activate", "t@ormos.example")
	d.ok("signin-link", "t@ormos.example")
}

// An owner whom the shell makes of somebody ends the set-up link.
func TestOwnerByRoleEndsSetup(t *testing.T) {
	d := newDesk(t)
	d.ok("person", "add", "m@ormos.example", "--name", "M")
	r := d.serve()
	setup := regexp.MustCompile(`http://localhost:\d+(/setup/[\w-]{40,})`).FindStringSubmatch(r.out.String())
	if setup == nil {
		t.Fatal(r.out)
	}
	d.ok("person", "role", "m@ormos.example", "owner")
	response, err := http.Get(strings.Replace(r.base, "localhost", "127.0.0.1", 1) + setup[1])
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusGone {
		t.Error("the set-up link still answers ", response.StatusCode)
	}
}

func TestCompanyCommands(t *testing.T) {
	d := newDesk(t)
	if a := d.ok("company", "add", "Κύμα Α.Ε.", "--vat", "EL123456789", "--address", "Ερμού 1", "--currency", "eur", "--notes", "They pay late."); len(a.last()) != 11 {
		t.Error(a.out)
	}
	d.refused(1, "already", "company", "add", "κύμα  α.ε.")
	d.ok("contact", "add", "κύμα α.ε.", "e@kyma.example", "--name", "Ελένη Παπά", "--role", "client-admin", "--phone", "+30 210", "--primary")
	d.ok("contact", "add", "Κύμα Α.Ε.", "s@kyma.example", "--name", "Σταύρος", "--role", "Client Viewer")
	want := "Name        Email           Role           State      Phone    Primary\n" +
		"Ελένη Παπά  e@kyma.example  Client Admin   uninvited  +30 210  primary\n" +
		"Σταύρος     s@kyma.example  Client Viewer  uninvited\n"
	if a := d.ok("contact", "list", "Κύμα Α.Ε."); a.out != want {
		t.Errorf("prints\n%s", a.out)
	}
	for _, c := range [][]string{{"no company called", "contact", "list", "Kyma"}, {"no role called", "contact", "role", "Κύμα Α.Ε.", "e@kyma.example", "boss"},
		{"Nobody has the address", "contact", "role", "Κύμα Α.Ε.", "no@kyma.example", "client"}, {"is no contact", "contact", "deactivate", "Κύμα Α.Ε.", "no@kyma.example"},
		{"no company called", "company", "status", "Kyma", "archived"}, {"no company called", "company", "show", ""}} {
		d.refused(1, c[0], c[1:]...)
	}
	d.refused(2, "must be one of", "company", "status", "Κύμα Α.Ε.", "gone")
	var shown companyItem
	if err := json.Unmarshal([]byte(d.ok("company", "show", "Κύμα Α.Ε.", "--json").out), &shown); err != nil || shown.VAT != "EL123456789" || len(shown.People) != 2 || shown.Currency != "EUR" {
		t.Errorf("%v %+v", err, shown)
	}
	d.ok("company", "status", "Κύμα Α.Ε.", "archived")
	d.refused(1, "nobody who may sign in", "signin-link", "e@kyma.example")
	d.ok("company", "status", "Κύμα Α.Ε.", "active")
	d.ok("contact", "deactivate", "Κύμα Α.Ε.", "s@kyma.example")
	d.refused(1, "nobody who may sign in", "signin-link", "s@kyma.example")
	d.ok("contact", "activate", "Κύμα Α.Ε.", "s@kyma.example")
	d.ok("contact", "role", "Κύμα Α.Ε.", "s@kyma.example", "client-finance")
	if a := d.ok("company", "list"); !strings.Contains(a.out, "Κύμα Α.Ε.  active  Ελένη Παπά") {
		t.Error(a.out)
	}
}

func TestProjectCommands(t *testing.T) {
	d := newDesk(t)
	d.ok("person", "add", "k@ormos.example", "--name", "Katerina", "--role", "owner")
	d.ok("project", "add", "Site", "--company", "Kyma")
	d.ok("project", "add-member", "Site", "m@ormos.example", "--role", "leader", "--name", "Maria")
	d.ok("project", "add-member", "Site", "e@kyma.example", "--role", "client", "--name", "Eleni")
	if a := d.ok("project", "list"); a.out != "Name  Company  Status    Done  People\nSite  Kyma     active  0 of 0       2\n" {
		t.Errorf("prints\n%s", a.out)
	}
	var list []projectItem
	if err := json.Unmarshal([]byte(d.ok("project", "list", "--json").out), &list); err != nil || len(list) != 1 || list[0].People != 2 {
		t.Errorf("%v %+v", err, list)
	}
	for _, args := range [][]string{{"project", "members", "Site", "--json"}, {"project", "--members", "Site", "--json"}} {
		var roster []rosterItem
		if err := json.Unmarshal([]byte(d.ok(args...).out), &roster); err != nil || len(roster) != 2 || roster[1].Email != "e@kyma.example" {
			t.Errorf("%v %+v", err, roster)
		}
	}
	d.refused(1, "needs a leader", "project", "remove-member", "Site", "m@ormos.example")
	d.refused(1, "is not on", "project", "remove-member", "Site", "k@ormos.example")
	d.ok("project", "remove-member", "Site", "e@kyma.example")
	d.refused(1, "is not on", "project", "remove-member", "Site", "e@kyma.example")
	d.ok("contact", "list", "Kyma") // still a contact
}

// looker is somebody with a page open on a running server.
type looker struct {
	t       *testing.T
	r       *running
	cookies []string
}

// signedIn uses a printed link as a browser does.
func (d *desk) signedIn(r *running, email string) *looker {
	d.t.Helper()
	link, err := url.Parse(d.ok("signin-link", email).last())
	if err != nil {
		d.t.Fatal(err)
	}
	l := &looker{t: d.t, r: r}
	response := l.ask("POST", link.Path)
	for _, cookie := range response.Cookies() {
		l.cookies = append(l.cookies, cookie.Name+"="+cookie.Value)
	}
	if response.StatusCode != http.StatusSeeOther || len(l.cookies) == 0 {
		d.t.Fatalf("%s cannot sign in: %d", email, response.StatusCode)
	}
	return l
}

func (l *looker) header() http.Header {
	return http.Header{"Origin": {l.r.base}, "Cookie": {strings.Join(l.cookies, "; ")}}
}

func (l *looker) ask(method, path string) *http.Response {
	l.t.Helper()
	request, err := http.NewRequest(method, l.r.base+path, nil)
	if err != nil {
		l.t.Fatal(err)
	}
	request.Header = l.header()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		l.t.Fatal(err)
	}
	response.Body.Close()
	return response
}

func (l *looker) watch(address string) *websocket.Conn {
	l.t.Helper()
	socket, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(l.r.base, "http")+address, l.header())
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() { socket.Close() })
	return socket
}

// closedWithin waits until a socket is closed because access ended.
func closedWithin(t *testing.T, socket *websocket.Conn, limit time.Duration) {
	t.Helper()
	socket.SetReadDeadline(time.Now().Add(limit))
	for {
		_, _, err := socket.ReadMessage()
		if err == nil {
			continue
		}
		var closed *websocket.CloseError
		if !errors.As(err, &closed) || closed.Code != websocket.ClosePolicyViolation {
			t.Errorf("after %v the socket ended with %v", limit, err)
		}
		return
	}
}

// What the shell changes about people acts on the open pages of the server beside it.
func TestOpenPagesFollowTheShell(t *testing.T) {
	d := newDesk(t)
	d.ok("person", "add", "k@ormos.example", "--name", "Katerina", "--role", "owner")
	d.ok("person", "add", "a@ormos.example", "--name", "Adam", "--role", "admin")
	site := d.ok("project", "add", "Site", "--company", "Kyma").last()
	for _, email := range []string{"e@kyma.example", "s@kyma.example", "p@kyma.example", "c@kyma.example"} {
		d.ok("project", "add-member", "Site", email, "--role", "client")
	}
	r := d.serve()
	for _, c := range []struct {
		email, socket, page string
		then                int
		command             []string
	}{
		{"a@ormos.example", "/live?page=board&id=" + site, "/projects/" + site, http.StatusNotFound, []string{"person", "role", "a@ormos.example", "member"}},
		{"e@kyma.example", "/portal/live?page=project&id=" + site, "/portal/projects/" + site, http.StatusNotFound, []string{"contact", "role", "Kyma", "e@kyma.example", "client-finance"}},
		{"s@kyma.example", "/portal/live?page=project&id=" + site, "/portal/projects/" + site, http.StatusSeeOther, []string{"contact", "deactivate", "Kyma", "s@kyma.example"}},
		{"p@kyma.example", "/portal/live?page=project&id=" + site, "/portal/projects/" + site, http.StatusNotFound, []string{"project", "remove-member", "Site", "p@kyma.example"}},
		{"a@ormos.example", "", "/projects", http.StatusSeeOther, []string{"person", "deactivate", "a@ormos.example"}},
		{"c@kyma.example", "/portal/live?page=home", "/portal", http.StatusSeeOther, []string{"company", "status", "Kyma", "inactive"}},
	} {
		someone := d.signedIn(r, c.email)
		if before := someone.ask("GET", c.page); before.StatusCode != http.StatusOK {
			t.Fatalf("%s cannot read %s: %d", c.email, c.page, before.StatusCode)
		}
		var socket *websocket.Conn
		if c.socket != "" {
			socket = someone.watch(c.socket)
		}
		d.ok(c.command...)
		if socket != nil {
			closedWithin(t, socket, time.Second)
		}
		time.Sleep(200 * time.Millisecond) // the server looks for others' changes ten times in a second
		if after := someone.ask("GET", c.page); after.StatusCode != c.then {
			t.Errorf("%q: %s reads %s: %d, want %d", c.command, c.email, c.page, after.StatusCode, c.then)
		}
	}
}
