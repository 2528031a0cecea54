package cli

import (
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestServeFirstStart(t *testing.T) {
	d := newDesk(t)
	r := d.serve()
	link := regexp.MustCompile(regexp.QuoteMeta(r.base) + `/setup/[\w-]{40,}`).FindString(r.out.String())
	if link == "" {
		t.Fatalf("no set-up link:\n%s", r.out)
	}
	d.refused(1, "another process is serving", "serve", "--addr", "127.0.0.1:0")
	other := newDesk(t)
	other.refused(1, "cannot listen on", "serve", "--addr", strings.Replace(r.base, "http://localhost", "127.0.0.1", 1)[0:])
	if code := r.stop(t); code != 0 {
		t.Errorf("after SIGTERM the server ended with %d: %s", code, r.err)
	}
	d.ok("person", "add", "k@ormos.example", "--name", "Katerina", "--role", "owner")
	if r = d.serve(); strings.Contains(r.out.String(), "/setup/") {
		t.Error("a workspace with an owner prints a set-up link")
	}
	if link = d.ok("signin-link", "k@ormos.example").last(); !strings.HasPrefix(link, r.base+"/in/") {
		t.Errorf("the link %s does not lead to %s", link, r.base)
	}
}

// Commands work on the folder that a server serves at the same time.
func TestBesideARunningServer(t *testing.T) {
	d := newDesk(t)
	d.ok("person", "add", "k@ormos.example", "--name", "Katerina", "--role", "owner")
	r := d.serve("--base-url", "https://portal.example/")
	file := filepath.Join(t.TempDir(), "board.json")
	if err := os.WriteFile(file, []byte(smallBoard), 0o600); err != nil {
		t.Fatal(err)
	}
	d.ok("import", "trello", file, "--company", "Kyma", "--publish")
	d.ok("project", "add-member", "Kiln shop", "e@kyma.example", "--role", "client", "--name", "Eleni")
	if a := d.ok("project", "members", "Kiln shop"); !strings.Contains(a.out, "Client  Eleni  project view") {
		t.Error(a.out)
	}
	if link := d.ok("signin-link", "e@kyma.example").last(); !regexp.MustCompile(`^https://portal\.example/in/[\w-]{40,}$`).MatchString(link) {
		t.Errorf("link %q", link)
	}
	if link := d.ok("signin-link", "e@kyma.example", "--base-url", "http://192.0.2.7:81").last(); !strings.HasPrefix(link, "http://192.0.2.7:81/in/") {
		t.Errorf("link %q", link)
	}
	copied := d.ok("backup", t.TempDir()).last()
	if about, err := os.Stat(copied); err != nil || about.Size() == 0 {
		t.Errorf("backup %q: %v", copied, err)
	}
	d.refused(1, "exists already", "backup", copied)
	d.ok("doctor")
	if code := r.stop(t); code != 0 {
		t.Errorf("the server ended with %d: %s", code, r.err)
	}
	// What was changed beside it is there, and the backup serves.
	restored := newDesk(t)
	if err := os.MkdirAll(restored.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(copied, filepath.Join(restored.dir, "vitrine.db")); err != nil {
		t.Fatal(err)
	}
	restored.serve()
	if a := restored.ok("project", "members", "Kiln shop"); !strings.Contains(a.out, "Eleni") {
		t.Error(a.out)
	}
}

func TestServeDemo(t *testing.T) {
	d := newDesk(t)
	links := regexp.MustCompile(`http://localhost:\d+/in/[\w-]{40,}`)
	for range 2 { // the first start fills it, every start prints links
		r := d.serve("--demo")
		found := links.FindAllString(r.out.String(), -1)
		if len(found) != 2 || strings.Contains(r.out.String(), "/setup/") {
			t.Fatalf("the demo prints\n%s%s", r.out, r.err)
		}
		response, err := http.Get(strings.Replace(found[1], "localhost", "127.0.0.1", 1))
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != 200 {
			t.Errorf("the client's link answers %d", response.StatusCode)
		}
		if code := r.stop(t); code != 0 {
			t.Errorf("the server ended with %d: %s", code, r.err)
		}
	}
	other := newDesk(t)
	other.ok("project", "add", "Real work")
	other.refused(1, "not empty", "demo")
	r := other.serve("--demo")
	if !strings.Contains(r.out.String(), "the demo was left out") || links.MatchString(r.out.String()) {
		t.Errorf("a workspace with work in it prints\n%s", r.out)
	}
}

func TestBaseOf(t *testing.T) {
	for addr, want := range map[string]string{"[::]:8080": "http://localhost:8080", "0.0.0.0:80": "http://localhost", "127.0.0.1:9000": "http://localhost:9000",
		"192.0.2.7:8080": "http://192.0.2.7:8080", "[2001:db8::1]:8080": "http://[2001:db8::1]:8080", "[2001:db8::1]:80": "http://[2001:db8::1]"} {
		tcp, err := net.ResolveTCPAddr("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		if got := baseOf(tcp); got != want {
			t.Errorf("%s is reached at %s, want %s", addr, got, want)
		}
	}
}
