package live

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
)

const ourOrigin = "https://vitrine.example"

// prepared is how the program runs; TestUnprepared tries the other way.
var prepared = true

// house is a world behind a hub behind a real server.
type house struct {
	*world
	t       testing.TB
	hub     *Hub
	address string
	app     *fiber.App
}

func newHouse(t testing.TB, adjust ...func(*Options)) *house {
	t.Helper()
	w := newWorld()
	options := Options{
		Now:    func() time.Time { w.mu.Lock(); defer w.mu.Unlock(); return w.now },
		Origin: func(origin string) bool { return origin == ourOrigin },
		Linger: 200 * time.Millisecond,
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	for _, one := range adjust {
		one(&options)
	}
	h := &house{world: w, t: t, hub: NewHub(w, options)}
	w.commit, w.presence, w.stamp = h.hub.Wake, h.hub.Presence, h.hub.PresenceStamp
	h.app = fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true})
	if prepared {
		Prepare(h.app)
	}
	h.app.Get("/live", h.open)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.address = listener.Addr().String()
	served := make(chan struct{})
	go func() { defer close(served); _ = h.app.Listener(tightListener{listener}) }()
	t.Cleanup(func() {
		ctx, done := context.WithTimeout(context.Background(), 5*time.Second)
		defer done()
		if err := h.hub.Close(ctx); err != nil {
			t.Error(err)
		}
		_ = h.app.ShutdownWithTimeout(time.Second)
		<-served
		eventually(t, "goroutines of the hub end", func() bool { return !strings.Contains(stacks(), "handlers/live.(*Hub)") })
	})
	return h
}

// tightListener gives connections small buffers, so that a reader who stands
// still is felt after kilobytes.
type tightListener struct{ net.Listener }

func (l tightListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err == nil {
		_ = conn.(*net.TCPConn).SetWriteBuffer(32 << 10)
	}
	return conn, err
}

func stacks() string {
	text := make([]byte, 1<<20)
	return string(text[:runtime.Stack(text, true)])
}

// open stands for the guards: whoever may not see the page gets a 404.
func (h *house) open(c *fiber.Ctx) error {
	id := func(name string) db.ID { return db.ID(c.QueryInt(name)) }
	seat := Seat{id("viewer"), PageKey{c.Query("team") == "true", c.Query("kind"), id("project"), id("noun")}}
	login := Login{Session: id("session"), Preview: id("preview"), Viewer: seat.Viewer}
	h.mu.Lock()
	_, may := h.audience(seat)
	may = may && !h.ended[login.Session]
	h.mu.Unlock()
	if !may {
		return fiber.ErrNotFound
	}
	return Upgrade(c, h.hub, Watcher{login, seat, c.Query("v"), !seat.Page.Team})
}

// eventually waits up to five seconds.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within five seconds: %s", what)
		}
	}
}

// registered waits until the hub has so many pages and has compared them.
func (h *house) registered(count int) {
	h.t.Helper()
	eventually(h.t, fmt.Sprintf("%d pages are open", count), func() bool {
		h.hub.mu.Lock()
		defer h.hub.mu.Unlock()
		return len(h.hub.pages) == count
	})
	h.quiet()
}

// quiet waits until a round that began after the call has ended: the third
// question seen is of a round after it. Pages must be open.
func (h *house) quiet() {
	h.t.Helper()
	for range 3 {
		before := h.compared()
		h.hub.Wake()
		eventually(h.t, "a round", func() bool { return h.compared() > before })
	}
}

func (h *house) compared() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.comparisons
}

func (h *house) drawings() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.draws
}
