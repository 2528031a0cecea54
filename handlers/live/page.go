package live

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// What a page may have waiting; beyond either it is stale and gets the current
// regions once it has drained.
const (
	queueFrames = 64
	queueBytes  = 256 << 10
)

// closeWithin is how long a page has to answer the close frame.
const closeWithin = time.Second

// page is one open page: a socket, what waits to be written to it, and where
// the hub believes it stands.
type page struct {
	watcher Watcher
	conn    *websocket.Conn
	wire    *wire

	heard  atomic.Int64 // when the client was last heard, Unix nanoseconds
	pingAt int64        // the sweeper's
	endAt  int64        // the sweeper's: when the socket's life ends

	mu     sync.Mutex
	queue  []*frame
	head   int  // of queue
	bytes  int  // of the frames waiting
	listed bool // in the ready list, parked or being drained
	stale  bool // dropped its queue; waits to be drained
	over   bool // the socket is gone
	code   int  // not 0: to be closed with
	sent   bool // the close frame was written
	cutAt  time.Time

	// Owned by the loop.
	group   *group
	version string // once everything enqueued is received; "" asks for all regions
	gone    bool
}

// enqueue adds a frame and says whether the page must be put on the ready list.
func (p *page) enqueue(f *frame) (list bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.over || p.stale || p.code != 0 {
		return false
	}
	waiting := len(p.queue) - p.head
	// An empty queue takes a frame of any size: it could never be sent else.
	if waiting >= queueFrames || waiting > 0 && p.bytes+f.size > queueBytes {
		p.purge()
		p.stale = true
	} else {
		p.queue = append(p.queue, f)
		p.bytes += f.size
	}
	return p.list()
}

// end purges what waits, so that nothing but the close frame is still sent.
func (p *page) end(code int) (list bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.over || p.code != 0 {
		return false
	}
	p.purge()
	p.stale = false
	p.code = code
	p.cutAt = time.Now().Add(closeWithin)
	return p.list()
}

// forget drops what waits: it was drawn for an audience that the page left.
func (p *page) forget() {
	p.mu.Lock()
	p.purge()
	p.mu.Unlock()
}

// next takes the first waiting frame or the close code. With neither the page
// is off the list, and drained says that it was stale until now.
func (p *page) next() (f *frame, code int, drained bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.over:
		p.listed = false
	case p.code != 0:
		return nil, p.code, false
	case p.head < len(p.queue):
		f = p.queue[p.head]
		p.queue[p.head] = nil
		p.head++
		p.bytes -= f.size
		if p.head == len(p.queue) {
			p.queue, p.head = p.queue[:0], 0
			if cap(p.queue) > 8 {
				p.queue = nil
			}
		}
	default:
		p.listed = false
		drained = p.stale
	}
	return f, 0, drained
}

// revive lets a drained page take frames again.
func (p *page) revive() {
	p.mu.Lock()
	p.stale = false
	p.mu.Unlock()
}

// finish is the reader's last word: nothing is written after it.
func (p *page) finish() {
	p.mu.Lock()
	p.over = true
	p.purge()
	p.mu.Unlock()
	p.wire.finish()
}

// purge needs p.mu.
func (p *page) purge() { p.queue, p.head, p.bytes = nil, 0, 0 }

// list needs p.mu.
func (p *page) list() bool {
	if p.listed {
		return false
	}
	p.listed = true
	return true
}
