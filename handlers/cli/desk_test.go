package cli

import (
	"bytes"
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

// rows is everything in the database, so that "nothing changed" can be shown: a
// backup packs the same rows into the same bytes, after a header with counters.
func (d *desk) rows() string {
	d.t.Helper()
	packed, err := os.ReadFile(d.ok("backup", d.t.TempDir()).last())
	if err != nil {
		d.t.Fatal(err)
	}
	return string(packed[100:])
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
