package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestUsage(t *testing.T) {
	d := newDesk(t)
	for _, args := range [][]string{{"nonsense"}, {"serve", "--nonsense"}, {"import"}, {"import", "jira", "x"}, {"import", "trello"}, {"project"}, {"project", "--members"},
		{"project", "add"}, {"project", "add-member", "A", "a@b.example"}, {"project", "add-member", "A", "a@b.example", "--role", "boss"},
		{"person", "add", "a@b.example"}, {"person", "add", "a@b.example", "--name", "A", "--role", "god"}, {"backup"}, {"signin-link"},
		{"import", "trello", "x", "--descriptions", "everywhere"}, {"serve", "--base-url", "portal"}} {
		d.refused(2, "vitrine: ", args...)
	}
	if _, err := os.Stat(d.dir); err == nil {
		t.Error("a misspelt command made a data folder")
	}
	for _, args := range [][]string{{"--help"}, {}, {"serve", "--help"}, {"import", "trello", "--help"}, {"project", "--help"}, {"backup", "--help"}} {
		if a := d.ok(args...); !strings.Contains(a.out, "--data") {
			t.Errorf("vitrine %q: %s", args, a.out)
		}
	}
	for _, name := range []string{"VITRINE_ADDR", "VITRINE_BASE_URL", "VITRINE_SMTP_HOST", "VITRINE_SMTP_PASSWORD", "VITRINE_TRUSTED_PROXIES", "VITRINE_DATA"} {
		if a := d.ok("serve", "--help"); !strings.Contains(a.out, name) {
			t.Errorf("--help does not name %s", name)
		}
	}
	if a := d.ok("version"); !strings.HasPrefix(a.out, "vitrine ") {
		t.Errorf("version prints %q", a.out)
	}
}

func TestMissingDataFolder(t *testing.T) {
	d := newDesk(t)
	for _, args := range [][]string{{"signin-link", "a@b.example"}, {"project", "members", "A"}, {"backup", filepath.Join(t.TempDir(), "x.db")}, {"doctor"},
		{"project", "add-member", "A", "a@b.example", "--role", "client"}} {
		d.refused(1, "there is no data folder", args...)
	}
	if _, err := os.Stat(d.dir); err == nil {
		t.Error("a command that only reads made a data folder")
	}
}

func TestRoster(t *testing.T) {
	d := newDesk(t)
	d.ok("person", "add", "k@ormos.example", "--name", "Katerina Doukas", "--role", "owner")
	d.refused(1, "k@ormos.example is used by somebody else", "person", "add", "K@ormos.example", "--name", "Other")
	if a := d.ok("project", "add", "Νέα σελίδα", "--company", "Κύμα"); len(a.last()) != 11 {
		t.Errorf("the last line is not the project's id: %q", a.last())
	}
	d.refused(1, "already", "project", "add", "νέα σελίδα")
	d.ok("project", "add-member", "Νέα σελίδα", "n@ormos.example", "--role", "leader", "--name", "Νίκος Ράπτης")
	d.ok("project", "add-member", "Νέα σελίδα", "m@ormos.example", "--role", "member", "--name", "Maria Lenti")
	d.ok("project", "add-member", "Νέα σελίδα", "e@kyma.example", "--role", "client", "--name", "Ελένη Παπαδοπούλου")
	want := "Role    Name                Access\nLeader  Νίκος Ράπτης        full\nMember  Maria Lenti         full\nClient  Ελένη Παπαδοπούλου  project view\n"
	for _, args := range [][]string{{"project", "members", "Νέα σελίδα"}, {"project", "--members", "νέα  σελίδα"}} {
		if a := d.ok(args...); a.out != want {
			t.Errorf("vitrine %q prints\n%s", args, a.out)
		}
	}
	d.refused(1, "is a client", "project", "add-member", "Νέα σελίδα", "e@kyma.example", "--role", "member")
	d.refused(1, "works for the team", "project", "add-member", "Νέα σελίδα", "m@ormos.example", "--role", "client")
	d.refused(1, "no project called", "project", "members", "Other")
}

func TestDoctor(t *testing.T) {
	d := newDesk(t)
	d.ok("project", "add", "A")
	if a := d.run("doctor"); a.code != 1 || !strings.Contains(a.out, "wrong  The workspace has no owner") {
		t.Errorf("doctor: %+v", a)
	}
	d.ok("person", "add", "k@ormos.example", "--name", "K", "--role", "owner")
	if a := d.ok("doctor"); strings.Contains(a.out, "wrong") {
		t.Error(a.out)
	}
	if a := d.run("doctor", "--smtp-host", "mail.example", "--smtp-from", "nobody"); a.code != 1 || !strings.Contains(a.out, "wrong  The mail server") {
		t.Errorf("doctor: %+v", a)
	}
}
