package live

import (
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	// burst is how many frames a page gets before it is another page's turn.
	burst = 8

	// parkFor is how long a page whose connection is full is left alone.
	parkFor = 10 * time.Millisecond
)

// readyList holds the pages with something to send, each at most once. All
// drainers share it.
type readyList struct {
	mu     sync.Mutex
	filled sync.Cond
	pages  []*page
	head   int
	closed bool
}

func (r *readyList) push(pages ...*page) {
	if len(pages) == 0 {
		return
	}
	r.mu.Lock()
	if r.head > len(r.pages)/2 {
		kept := copy(r.pages, r.pages[r.head:])
		clear(r.pages[kept:])
		r.pages, r.head = r.pages[:kept], 0
	}
	r.pages = append(r.pages, pages...)
	r.mu.Unlock()
	if len(pages) == 1 {
		r.filled.Signal()
	} else {
		r.filled.Broadcast()
	}
}

// pop waits for a page; nil means that the list was closed.
func (r *readyList) pop() *page {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.head == len(r.pages) {
		if r.closed {
			return nil
		}
		r.filled.Wait()
	}
	p := r.pages[r.head]
	r.pages[r.head] = nil
	r.head++
	return p
}

func (r *readyList) close() {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	r.filled.Broadcast()
}

// drainer writes to one ready page after the other until the hub closes.
func (h *Hub) drainer() {
	for {
		p := h.ready.pop()
		if p == nil {
			return
		}
		if !h.safely("writing to a page", func() { h.drain(p) }) {
			p.wire.cut()
		}
	}
}

// drain writes what waits for a page. Only one drainer has it at a time.
func (h *Hub) drain(p *page) {
	for range burst {
		clear, err := p.wire.flush()
		if err != nil {
			p.wire.cut()
			return
		}
		if !clear {
			h.park(p)
			return
		}
		f, code, drained := p.next()
		switch {
		case code != 0:
			h.sendClose(p, code)
			return
		case drained:
			h.fallen(p)
			return
		case f == nil:
			return
		}
		if err := p.conn.WritePreparedMessage(f.message); err != nil {
			p.wire.cut()
			return
		}
	}
	h.ready.push(p)
}

// sendClose writes the close frame once and then waits, parked, for the client
// to hang up.
func (h *Hub) sendClose(p *page, code int) {
	if !p.sent {
		p.sent = true
		message := websocket.FormatCloseMessage(code, closeReasons[code])
		if err := p.conn.WriteControl(websocket.CloseMessage, message, time.Now().Add(closeWithin)); err != nil {
			p.wire.cut()
			return
		}
	}
	h.park(p)
}

var closeReasons = map[int]string{
	websocket.ClosePolicyViolation: "access ended",
	websocket.CloseServiceRestart:  "connect again",
}

// park leaves a page alone for a moment, listed as it is.
func (h *Hub) park(p *page) {
	h.parkMu.Lock()
	h.parked = append(h.parked, p)
	h.parkMu.Unlock()
	select {
	case h.parking <- struct{}{}:
	default:
	}
}

// unpark gives parked pages back to the drainers and cuts those that took
// nothing for too long or did not answer the close frame.
func (h *Hub) unpark(now time.Time) {
	h.parkMu.Lock()
	pages := h.parked
	h.parked = nil
	h.parkMu.Unlock()
	for _, p := range pages {
		p.mu.Lock()
		late := p.code != 0 && now.After(p.cutAt)
		p.mu.Unlock()
		if late || p.wire.stuck(now) {
			p.wire.cut()
		}
	}
	h.ready.push(pages...)
}
