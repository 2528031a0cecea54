package live

import (
	"bufio"
	"encoding/base64"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gorilla/websocket"

	"vitrine/db"
)

// Watcher is who opens a socket, checked by the guards before. Version is what
// the page was drawn at. Client says that the person is the client's, to be
// shown to the team as watching; behind a preview nobody is.
type Watcher struct {
	Login   Login
	Seat    Seat
	Version string
	Client  bool
}

func (w Watcher) present() bool {
	return w.Client && w.Login.Preview == 0 && w.Seat.Page.Project != 0
}

const (
	readBuffer   = 256
	versionLimit = 64 // bytes of the version in the address
)

var upgrader = websocket.Upgrader{
	ReadBufferSize:  readBuffer,
	WriteBufferPool: noBuffers{}, // everything written is prepared
	CheckOrigin:     func(*http.Request) bool { return true },
}

// noBuffers keeps gorilla from giving each page a write buffer.
type noBuffers struct{}

func (noBuffers) Get() any { return nil }
func (noBuffers) Put(any)  {}

// Room says whether a person may open one more socket; the answer to "no" is 429.
func (h *Hub) Room(viewer db.ID) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.sockets[viewer] < h.options.PerViewer
}

// Upgrade turns the request into a socket of the hub. Whether the watcher may
// see the page was decided before; here only the handshake, the Origin and the
// number of sockets are looked at. The socket lives on after the handler.
func Upgrade(c *fiber.Ctx, h *Hub, w Watcher) error {
	request, err := handshake(c)
	if err != nil {
		return err
	}
	// Exactly one Origin, and one of ours: a page of another site could open a
	// socket with the person's cookie otherwise.
	origins := c.Request().Header.PeekAll(fiber.HeaderOrigin)
	if len(origins) != 1 || !h.options.Origin(string(origins[0])) {
		return fiber.ErrForbidden
	}
	if !h.Room(w.Login.Viewer) {
		return fiber.ErrTooManyRequests
	}
	if len(w.Version) > versionLimit {
		w.Version = "" // none of ours
	}
	w.Version, w.Seat.Page.Kind = strings.Clone(w.Version), strings.Clone(w.Seat.Page.Kind)
	c.Status(fiber.StatusSwitchingProtocols) // for the log; the upgrader writes it
	c.Context().HijackSetNoResponse(true)
	detached := c.App().Server().KeepHijackedConns
	c.Context().Hijack(func(conn net.Conn) {
		var p *page
		h.safely("opening a socket", func() { p = h.open(conn, request, w) })
		switch {
		case p == nil:
		case detached:
			go h.watch(p)
		default:
			h.watch(p)
		}
	})
	return nil
}

// Prepare lets sockets leave the server's request behind: its buffers would stay
// with each watcher as long as the socket lives, twice as much as all the rest.
// Call it before the app listens. The app may then hijack nothing else, as the
// server no longer closes what was hijacked.
func Prepare(app *fiber.App) { app.Server().KeepHijackedConns = true }

// handshake copies what the upgrader needs of the request (the rest is borrowed
// memory) and answers what it would refuse while that can still be a page.
func handshake(c *fiber.Ctx) (*http.Request, error) {
	request := &http.Request{Method: http.MethodGet, Header: http.Header{}}
	for _, name := range []string{"Connection", "Upgrade", "Sec-Websocket-Version", "Sec-Websocket-Key"} {
		request.Header.Set(name, strings.Clone(c.Get(name)))
	}
	if c.Method() != http.MethodGet || !websocket.IsWebSocketUpgrade(request) {
		return nil, fiber.ErrUpgradeRequired
	}
	key, err := base64.StdEncoding.DecodeString(request.Header.Get("Sec-Websocket-Key"))
	if err != nil || len(key) != 16 || request.Header.Get("Sec-Websocket-Version") != "13" {
		return nil, fiber.ErrBadRequest
	}
	return request, nil
}

// open answers the handshake; nil means that it failed and the connection is
// closed. The server's buffer is left behind, so there must be nothing in it: a
// client may not speak before it has the answer.
func (h *Hub) open(conn net.Conn, request *http.Request, w Watcher) (p *page) {
	bare := conn.(interface{ UnsafeConn() net.Conn }).UnsafeConn()
	defer func() {
		if p == nil {
			_ = bare.Close()
		}
	}()
	_ = bare.SetReadDeadline(time.Unix(1, 0))
	if n, _ := conn.Read(make([]byte, 1)); n != 0 {
		return nil
	}
	opened := &page{watcher: w, version: w.Version, wire: newWire(bare)}
	socket, err := upgrader.Upgrade(&answer{wire: opened.wire}, request, nil)
	if err != nil {
		return nil
	}
	opened.conn = socket
	now := time.Now().UnixNano()
	opened.heard.Store(now)
	opened.pingAt = now + rand.Int64N(int64(h.options.Ping))
	opened.endAt = now + int64(h.options.Life) - rand.Int64N(int64(h.options.Life)/5+1)
	return opened
}

// answer is as much of an http.ResponseWriter as the upgrader needs. What it
// could refuse was refused before, so it has nothing to say of its own.
type answer struct {
	wire   *wire
	header http.Header
}

func (a *answer) Header() http.Header {
	if a.header == nil {
		a.header = http.Header{}
	}
	return a.header
}

func (a *answer) Write(text []byte) (int, error) { return len(text), nil }

func (a *answer) WriteHeader(int) {}

func (a *answer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return a.wire, bufio.NewReadWriter(bufio.NewReaderSize(a.wire, 16), bufio.NewWriterSize(a.wire, 16)), nil
}
