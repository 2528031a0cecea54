package live

import (
	"io"
	"time"

	"github.com/gorilla/websocket"
)

// Limits of what a client may send: nothing that it says is needed.
const (
	readLimit    = 4 << 10 // bytes of one message
	messageLimit = 100     // messages and pings of one socket's life, pongs aside
)

// watch is the page's own goroutine: it registers the page and reads until the
// socket ends. When it returns nobody writes to the connection any more.
func (h *Hub) watch(p *page) {
	joined := h.join(p)
	h.safely("reading from a page", func() {
		if joined {
			p.read()
		}
		p.wire.hangUp()
	})
	p.finish()
	if joined {
		h.leave(p)
	}
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
