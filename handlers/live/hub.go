package live

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"vitrine/db"
)

// Options of a hub; what is left zero has the value named here.
type Options struct {
	Now       func() time.Time         // the one clock; time.Now. Sockets' own deadlines do not follow it
	Origin    func(origin string) bool // which Origin headers may open a socket; none
	Drainers  int                      // goroutines that write; 4
	PerViewer int                      // sockets of one person; 40
	Ping      time.Duration            // between two pings; 25 s
	Life      time.Duration            // of a socket, less up to a fifth; 30 min
	Linger    time.Duration            // how long who left is still shown as watching; 2 s
	Patience  time.Duration            // with one answer of the Source; 10 s
	Logger    *slog.Logger             // slog.Default()
}

// Hub watches open pages and keeps them current. One goroutine, the loop,
// decides what goes to whom; a few drainers write it; each page's own goroutine
// only reads.
type Hub struct {
	source  Source
	options Options
	log     *slog.Logger
	ping    *frame
	ready   readyList
	wake    chan struct{}
	stop    context.Context
	halt    context.CancelFunc
	running sync.WaitGroup // loop, sweeper, drainers

	parkMu  sync.Mutex
	parked  []*page
	parking chan struct{}

	mu         sync.Mutex
	closed     bool
	emptied    chan struct{} // closed when the hub is closed and no page is left
	pages      map[*page]struct{}
	sockets    map[db.ID]int // of a person
	joined     []*page       // for the loop, like all up to ticked
	left       []*page
	behind     []*page // drained after they were stale
	ticked     bool
	watching   map[db.ID]map[*page]struct{} // client people's pages of a project
	moved      map[db.ID]struct{}           // projects where that changed
	movedDue   time.Time
	movedTimer *time.Timer

	state // the loop's
}

// NewHub starts a hub; Close ends it.
func NewHub(source Source, options Options) *Hub {
	options.fill()
	ping, err := websocket.NewPreparedMessage(websocket.PingMessage, nil)
	if err != nil {
		panic("an empty ping cannot fail: " + err.Error())
	}
	h := &Hub{
		source: source, options: options, log: options.Logger,
		ping:     &frame{message: ping},
		wake:     make(chan struct{}, 1),
		parking:  make(chan struct{}, 1),
		emptied:  make(chan struct{}),
		pages:    map[*page]struct{}{},
		sockets:  map[db.ID]int{},
		watching: map[db.ID]map[*page]struct{}{},
		moved:    map[db.ID]struct{}{},
		state:    newState(),
	}
	h.ready.filled.L = &h.ready.mu
	h.stop, h.halt = context.WithCancel(context.Background())
	h.movedTimer = time.AfterFunc(time.Hour, h.Wake)
	h.movedTimer.Stop()
	h.start(h.loop)
	h.start(h.sweep)
	for range options.Drainers {
		h.start(h.drainer)
	}
	return h
}

func (o *Options) fill() {
	fill(&o.Drainers, 4)
	fill(&o.PerViewer, 40)
	fill(&o.Ping, 25*time.Second)
	fill(&o.Life, 30*time.Minute)
	fill(&o.Linger, 2*time.Second)
	fill(&o.Patience, 10*time.Second)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Origin == nil {
		o.Origin = func(string) bool { return false }
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
}

func fill[T int | time.Duration](value *T, standard T) {
	if *value <= 0 {
		*value = standard
	}
}

func (h *Hub) start(run func()) {
	h.running.Add(1)
	go func() {
		defer h.running.Done()
		run()
	}()
}

// Wake says that something was committed, here or by another process. It never
// blocks; what is said while the loop is busy is one more round, however often.
func (h *Hub) Wake() {
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

// Tick looks at what changes by time alone: the local date of each audience and
// logins that expired. The hub calls it every minute itself.
func (h *Hub) Tick() {
	h.mu.Lock()
	h.ticked = true
	h.mu.Unlock()
	h.Wake()
}

// Close closes every page with 1012, so that it connects again, and waits until
// all are gone; when ctx ends before, it cuts the rest and says so.
func (h *Hub) Close(ctx context.Context) error {
	h.mu.Lock()
	first := !h.closed
	h.closed = true
	if first && len(h.pages) == 0 {
		close(h.emptied)
	}
	pages := h.openPages(nil)
	h.mu.Unlock()
	for _, p := range pages {
		h.close(p, websocket.CloseServiceRestart)
	}
	var err error
	select {
	case <-h.emptied:
	case <-ctx.Done():
		err = fmt.Errorf("closing open pages: %w", ctx.Err())
		for _, p := range pages {
			p.wire.cut()
		}
		<-h.emptied
	}
	h.halt()
	h.movedTimer.Stop()
	h.ready.close()
	h.running.Wait()
	return err
}

// openPages appends all pages to list; it needs h.mu.
func (h *Hub) openPages(list []*page) []*page {
	for p := range h.pages {
		list = append(list, p)
	}
	return list
}

// close ends a page politely; what waited for it is never sent.
func (h *Hub) close(p *page, code int) {
	if p.end(code) {
		h.ready.push(p)
	}
}

// fallen hands a page to the loop that was stale and has drained.
func (h *Hub) fallen(p *page) {
	h.mu.Lock()
	h.behind = append(h.behind, p)
	h.mu.Unlock()
	h.Wake()
}

// safely runs f and logs what it panics with: no goroutine here has a recovery
// above it.
func (h *Hub) safely(what string, f func()) (ok bool) {
	defer func() {
		if cause := recover(); cause != nil {
			h.log.Error("panic while "+what, "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
		}
	}()
	f()
	return true
}
