package live

import (
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// writeDeadline is how long a connection may take no byte at all.
	writeDeadline = 2 * time.Second

	// tailLimit bounds the control frames behind an unfinished frame: a client
	// that pings without reading is cut, not remembered.
	tailLimit = 1 << 10

	// How long and how much of what a client still says is read after the last
	// frame was written.
	hangUpWithin = 500 * time.Millisecond
	hangUpBytes  = 64 << 10
)

var errNotReading = errors.New("the client does not read")

// wire is the connection as the websocket writes to it: Write never waits. What
// the kernel does not take at once stays behind as backlog, for flush to
// continue, so a reader that stands still costs a look now and then and never a
// waiting goroutine. Where the connection cannot do that (not a plain socket,
// Windows) Write waits up to writeDeadline instead.
type wire struct {
	net.Conn
	try func(p []byte) (int, error) // writes what fits now; nil: cannot

	mu      sync.Mutex
	backlog []byte // the rest of a frame
	tail    []byte // control frames behind it, at most tailLimit
	done    bool

	// waits is when the connection last took a byte, in Unix nanoseconds, or 0
	// while nothing is left behind.
	waits atomic.Int64
}

func newWire(conn net.Conn) *wire {
	return &wire{Conn: conn, try: attemptWrites(conn)}
}

// Write takes all of p or fails for good. It keeps p, which must not change:
// the frames written here are prepared ones and control frames of their own.
func (w *wire) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.done:
		return 0, net.ErrClosed
	case w.try == nil:
		if err := w.Conn.SetWriteDeadline(time.Now().Add(writeDeadline)); err != nil {
			return 0, err
		}
		return w.Conn.Write(p)
	case len(w.backlog) > 0 && len(w.tail)+len(p) > tailLimit:
		return 0, errNotReading
	case len(w.backlog) > 0:
		w.tail = append(w.tail, p...)
		return len(p), nil
	}
	n, err := w.try(p)
	if err != nil {
		return 0, err
	}
	if n < len(p) {
		w.backlog = p[n:]
		w.waits.Store(time.Now().UnixNano())
	}
	return len(p), nil
}

// flush continues the backlog; clear is true when nothing is left of it.
func (w *wire) flush() (clear bool, err error) {
	if w.waits.Load() == 0 {
		return true, nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.done {
		return false, net.ErrClosed
	}
	for len(w.backlog) > 0 {
		n, err := w.try(w.backlog)
		if err != nil {
			return false, err
		}
		if n > 0 {
			w.waits.Store(time.Now().UnixNano())
		}
		if w.backlog = w.backlog[n:]; len(w.backlog) > 0 {
			return false, nil
		}
		w.backlog, w.tail = w.tail, nil
	}
	w.backlog = nil
	w.waits.Store(0)
	return true, nil
}

// stuck says that the connection took no byte for writeDeadline.
func (w *wire) stuck(now time.Time) bool {
	since := w.waits.Load()
	return since != 0 && now.UnixNano()-since > int64(writeDeadline)
}

// cut ends the connection at once; the reader returns with an error.
func (w *wire) cut() { _ = w.Conn.Close() }

// hangUp lets the last frame arrive: closing a connection with unread bytes
// would reset it and take the close frame away from the client.
func (w *wire) hangUp() {
	socket, ok := w.Conn.(interface{ CloseWrite() error })
	if !ok || socket.CloseWrite() != nil {
		return
	}
	if w.Conn.SetReadDeadline(time.Now().Add(hangUpWithin)) == nil {
		_, _ = io.CopyN(io.Discard, w.Conn, hangUpBytes)
	}
}

// finish ends the connection and returns when nobody writes to it any more:
// the server may then take it back.
func (w *wire) finish() {
	w.cut()
	w.mu.Lock()
	w.done, w.backlog, w.tail = true, nil, nil
	w.mu.Unlock()
	w.waits.Store(0)
}

// SetWriteDeadline does nothing: Write does not wait, and stuck is looked at by
// the sweeper, without a timer per page.
func (w *wire) SetWriteDeadline(time.Time) error { return nil }
