package handlers

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/db"
)

// TestKillLosesNothing: the real program is killed with -9 while people write,
// and everything that it acknowledged is there when it comes back.
func TestKillLosesNothing(t *testing.T) {
	program := filepath.Join(t.TempDir(), "vitrine")
	if out, err := exec.Command("go", "build", "-o", program, "vitrine").CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	data := t.TempDir()
	w := &world{t: t}
	w.copySeed(data)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	w.ok(err)
	addr := listener.Addr().String()
	listener.Close()
	w.base = "http://" + addr
	var mu sync.Mutex
	said := map[string]bool{}
	for round := range 4 {
		serve := exec.Command(program, "serve", "--addr", addr, "--data", data)
		serve.Stdout, serve.Stderr = os.Stderr, os.Stderr
		if !testing.Verbose() {
			serve.Stdout, serve.Stderr = nil, nil
		}
		begun := time.Now()
		w.ok(serve.Start())
		w.ready()
		t.Logf("round %d: ready after %v, %d acknowledged so far", round, time.Since(begun).Round(time.Millisecond), len(said))
		w.have(said)
		stop := make(chan struct{})
		var writers sync.WaitGroup
		for writer := range 16 {
			writers.Go(func() {
				for i := 0; ; i++ {
					select {
					case <-stop:
						return
					default:
					}
					body := fmt.Sprintf("round %d writer %d reply %d.", round, writer, i)
					if w.says("eleni", body) {
						mu.Lock()
						said[body] = true
						mu.Unlock()
					}
				}
			})
		}
		time.Sleep(500 * time.Millisecond)
		w.ok(serve.Process.Kill())
		serve.Wait()
		close(stop)
		writers.Wait()
	}
	store, err := db.Open(data, db.Options{Serve: true})
	w.ok(err)
	defer store.Close()
	have := map[string]bool{}
	w.ok(store.Glass(w.people["eleni"].ID, func(g *db.Glass) error {
		thread, err := g.Conversation(w.tasks["gallery"])
		for _, reply := range thread {
			have[reply.Body] = true
		}
		return err
	}))
	if len(said) < 30 {
		t.Errorf("only %d writes were acknowledged", len(said))
	}
	for body := range said {
		if !have[body] {
			t.Errorf("acknowledged and lost: %s", body)
		}
	}
	t.Logf("%d acknowledged, all there", len(said))
}

func (w *world) ready() {
	for begun := time.Now(); time.Since(begun) < 10*time.Second; time.Sleep(5 * time.Millisecond) {
		if response, err := http.Get(w.base + "/readyz"); err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
		}
	}
	w.t.Fatal("the program does not come back")
}

// have looks on the client's page for what was acknowledged before.
func (w *world) have(said map[string]bool) {
	page := w.as("eleni").get("/portal/tasks/" + w.tasks["gallery"].String()).body
	for body := range said {
		if !strings.Contains(page, body) {
			w.t.Errorf("acknowledged and not on the page: %s", body)
		}
	}
}

// says writes a reply and tells whether it was acknowledged.
func (w *world) says(name, body string) bool {
	request, err := http.NewRequest(http.MethodPost, w.base+"/portal/tasks/"+w.tasks["gallery"].String()+"/replies", strings.NewReader(url.Values{"body": {body}}.Encode()))
	if err != nil {
		return false
	}
	request.Header.Set("Origin", w.base)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.AddCookie(&http.Cookie{Name: "session", Value: w.tokens[name]})
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusSeeOther
}
