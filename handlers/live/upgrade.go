package live

import (
	"bufio"
	"encoding/base64"
	"io"
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

// Limits of what a client may send: nothing that it says is needed.
const (
	readLimit    = 4 << 10 // bytes of one message
	messageLimit = 100     // messages and pings of one socket's life, pongs aside
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
	kept := c.App().Server().KeepHijackedConns
	c.Context().Hijack(func(conn net.Conn) {
		bare, ok := conn.(interface{ UnsafeConn() net.Conn })
		if !ok || spoken(conn) {
			_ = conn.Close()
			return
		}
		serve := func() {
			h.safely("reading from a page", func() { h.serve(bare.UnsafeConn(), request, w) })
		}
		if kept {
			go detach(h, bare.UnsafeConn(), request, w)
			return
		}
		serve()
	})
	return nil
}

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

// serve runs on the hijacked connection's own goroutine until the socket ends.
// When it returns nobody writes to the connection any more.
func (h *Hub) serve(conn net.Conn, request *http.Request, w Watcher) {
	p := h.open(conn, request, w)
	if p == nil {
		return
	}
	joined := h.join(p)
	defer func() {
		p.finish()
		if joined {
			h.leave(p)
		}
	}()
	if joined {
		p.read()
	}
	p.wire.hangUp()
}

// open answers the handshake. The connection is used without the server's
// buffer, so there must be nothing in it: a client may not speak before it has
// the answer.
func (h *Hub) open(conn net.Conn, request *http.Request, w Watcher) *page {
	bare, ok := conn.(interface{ UnsafeConn() net.Conn })
	if !ok {
		return nil
	}
	_ = conn.SetReadDeadline(time.Unix(1, 0))
	if n, _ := conn.Read(make([]byte, 1)); n != 0 {
		return nil
	}
	p := &page{watcher: w, version: w.Version, wire: newWire(bare.UnsafeConn())}
	socket, err := upgrader.Upgrade(&answer{wire: p.wire}, request, nil)
	if err != nil {
		return nil
	}
	p.conn = socket
	now := time.Now().UnixNano()
	p.heard.Store(now)
	p.pingAt = now + rand.Int64N(int64(h.options.Ping))
	p.endAt = now + int64(h.options.Life) - rand.Int64N(int64(h.options.Life)/5+1)
	return p
}

// read discards what the client says. It returns when the socket ends, however
// that comes about.
func (p *page) read() {
	said := 0
	heard := func(string) error { p.heard.Store(time.Now().UnixNano()); return nil }
	pong := p.conn.PingHandler()
	p.conn.SetReadLimit(readLimit)
	p.conn.SetPongHandler(heard)
	p.conn.SetPingHandler(func(text string) error {
		if said++; said > messageLimit {
			return websocket.ErrReadLimit
		}
		_ = heard(text)
		return pong(text)
	})
	for said <= messageLimit {
		_, message, err := p.conn.NextReader()
		if err == nil {
			_, err = io.Copy(io.Discard, message) // so that the limit counts its parts together
		}
		if err != nil {
			return
		}
		said++
		_ = heard("")
	}
	p.refuse(websocket.ClosePolicyViolation)
}

// refuse closes from the reader's side.
func (p *page) refuse(code int) {
	message := websocket.FormatCloseMessage(code, "")
	_ = p.conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(closeWithin))
}

// join registers a page, before anything is compared: a commit from here on
// wakes the loop for it.
func (h *Hub) join(p *page) bool {
	viewer := p.watcher.Login.Viewer
	h.mu.Lock()
	closed, full := h.closed, h.sockets[viewer] >= h.options.PerViewer
	if !closed && !full {
		h.pages[p] = struct{}{}
		h.sockets[viewer]++
		h.joined = append(h.joined, p)
		h.arrive(p)
	}
	h.mu.Unlock()
	switch {
	case closed:
		p.refuse(websocket.CloseServiceRestart)
	case full:
		p.refuse(websocket.CloseTryAgainLater)
	default:
		h.Wake()
	}
	return !closed && !full
}

func (h *Hub) leave(p *page) {
	viewer := p.watcher.Login.Viewer
	h.mu.Lock()
	delete(h.pages, p)
	if h.sockets[viewer]--; h.sockets[viewer] == 0 {
		delete(h.sockets, viewer)
	}
	h.left = append(h.left, p)
	h.depart(p)
	if h.closed && len(h.pages) == 0 {
		close(h.emptied)
	}
	h.mu.Unlock()
	h.Wake()
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
