package cli

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

var program string

// TestMain builds the program once; the tests run it as people do.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "vitrine-cli-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	program = filepath.Join(dir, "vitrine")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	code := 1
	if out, err := exec.Command("go", "build", "-o", program, "vitrine").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s%v\n", out, err)
	} else {
		code = m.Run()
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

// answer is what a command left behind.
type answer struct {
	code     int
	out, err string
}

// last is the last line of the output, which scripts take.
func (a answer) last() string {
	lines := strings.Split(strings.TrimSpace(a.out), "\n")
	return lines[len(lines)-1]
}

// desk is somebody's terminal, with a data folder of its own.
type desk struct {
	t   *testing.T
	dir string
}

func newDesk(t *testing.T) *desk { return &desk{t, filepath.Join(t.TempDir(), "data")} }

func (d *desk) command(args ...string) *exec.Cmd {
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "VITRINE_DATA="+d.dir, "TZ=UTC")
	return cmd
}

func (d *desk) run(args ...string) answer {
	d.t.Helper()
	cmd := d.command(args...)
	var out, errors bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errors
	err := cmd.Run()
	code := cmd.ProcessState.ExitCode()
	if err != nil && code < 1 {
		d.t.Fatal(err)
	}
	return answer{code, out.String(), errors.String()}
}

// ok runs a command that has to succeed, without a word on the error output.
func (d *desk) ok(args ...string) answer {
	d.t.Helper()
	a := d.run(args...)
	if a.code != 0 || a.err != "" {
		d.t.Fatalf("vitrine %q ended with %d: %s", args, a.code, a.err)
	}
	return a
}

// refused runs a command that has to fail with one sentence.
func (d *desk) refused(code int, says string, args ...string) {
	d.t.Helper()
	a := d.run(args...)
	if a.code != code || a.out != "" || strings.Count(a.err, "\n") != 1 || !strings.Contains(a.err, says) {
		d.t.Errorf("vitrine %q ended with %d, want %d and %q\nout: %s\nerr: %s", args, a.code, code, says, a.out, a.err)
	}
}

// rows dumps every table, so that "nothing changed" can be shown.
func (d *desk) rows() string {
	d.t.Helper()
	pool, err := sql.Open("sqlite", "file:"+filepath.ToSlash(filepath.Join(d.dir, "vitrine.db"))+"?mode=ro")
	if err != nil {
		d.t.Fatal(err)
	}
	defer pool.Close()
	var dump strings.Builder
	for _, table := range d.strings(pool, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%' ORDER BY name") {
		columns := d.strings(pool, "SELECT name FROM pragma_table_info('"+table+"')")
		for _, row := range d.strings(pool, "SELECT quote("+strings.Join(columns, ") || '|' || quote(")+") FROM "+table+" ORDER BY 1") {
			dump.WriteString(table + " " + row + "\n")
		}
	}
	return dump.String()
}

func (d *desk) strings(pool *sql.DB, query string) (list []string) {
	d.t.Helper()
	rows, err := pool.Query(query)
	if err != nil {
		d.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			d.t.Fatal(err)
		}
		list = append(list, text)
	}
	return list
}

// running is a server in a process of its own.
type running struct {
	*exec.Cmd
	base     string
	out, err *file
	ended    chan error
}

// file takes what a process writes while it runs.
type file struct{ *os.File }

func (f *file) String() string {
	text, _ := os.ReadFile(f.Name())
	return string(text)
}

func (d *desk) output(name string) *file {
	d.t.Helper()
	made, err := os.Create(filepath.Join(d.t.TempDir(), name))
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { made.Close() })
	return &file{made}
}

// serve starts a server and waits until it answers.
func (d *desk) serve(args ...string) *running {
	d.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		d.t.Fatal(err)
	}
	addr := listener.Addr().String()
	listener.Close()
	r := &running{Cmd: d.command(append([]string{"serve", "--addr", addr}, args...)...), out: d.output("out"), err: d.output("err"), ended: make(chan error, 1)}
	_, port, _ := net.SplitHostPort(addr)
	r.base = "http://localhost:" + port
	r.Stdout, r.Stderr = r.out.File, r.err.File
	if err := r.Start(); err != nil {
		d.t.Fatal(err)
	}
	go func() { r.ended <- r.Wait() }()
	d.t.Cleanup(func() { r.Process.Kill() })
	request, err := http.NewRequest("GET", "http://"+addr+"/healthz", nil)
	if err != nil {
		d.t.Fatal(err)
	}
	request.Host = strings.TrimPrefix(r.base, "http://")
	for i, arg := range args { // the server answers to its own name only
		if arg == "--base-url" {
			request.Host = strings.Trim(strings.TrimPrefix(args[i+1], "https:"), "/")
		}
	}
	for range 400 {
		if response, err := http.DefaultClient.Do(request); err == nil {
			body, _ := io.ReadAll(response.Body)
			response.Body.Close()
			if response.StatusCode == 200 && strings.TrimSpace(string(body)) == "ok" {
				return r
			}
		}
		select {
		case err := <-r.ended:
			d.t.Fatalf("the server ended: %v\n%s", err, r.err)
		case <-time.After(25 * time.Millisecond):
		}
	}
	d.t.Fatal("the server never answered")
	return nil
}

// stop ends the server as an init system does, and answers its status.
func (r *running) stop(t *testing.T) int {
	t.Helper()
	if err := r.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-r.ended:
		var ended *exec.ExitError
		if errors.As(err, &ended) {
			return ended.ExitCode()
		}
		return 0
	case <-time.After(15 * time.Second):
		t.Fatal("the server does not stop")
		return -1
	}
}

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
