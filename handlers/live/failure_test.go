package live

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// While the store fails nothing is sent, and afterwards everybody catches up.
func TestStoreFails(t *testing.T) {
	h := town(t)
	b := h.visit(Seat{eleni, projectPage(garden)})
	h.registered(1)
	for _, method := range []string{"Versions", "Draw", "Audiences"} {
		before := len(b.received())
		h.mu.Lock()
		failing := true
		h.before = func(called string) {
			h.mu.Lock()
			defer h.mu.Unlock()
			if h.broken = nil; failing && called == method {
				h.broken = errBroken
			}
		}
		h.mu.Unlock()
		h.change(garden, true, func(u *undertaking) { u.tasks[0].title += "!" })
		time.Sleep(30 * time.Millisecond)
		if len(b.received()) != before {
			t.Errorf("sent although %s failed", method)
		}
		h.mu.Lock()
		failing = false
		h.mu.Unlock()
		eventually(t, "the page caught up by itself", b.fresh)
		h.quiet()
	}
}

func TestPanicsEndNothing(t *testing.T) {
	h := town(t)
	poor, well := h.visit(Seat{petra, projectPage(harbour)}), h.visit(Seat{eleni, projectPage(garden)})
	h.registered(2)
	for _, method := range []string{"Draw", "Versions", "Audiences", "Alive"} {
		var left atomic.Int64
		left.Store(10)
		h.mu.Lock()
		h.before = func(called string) {
			if called == method && left.Add(-1) >= 0 {
				panic("injected")
			}
		}
		h.mu.Unlock()
		for i := range 10 {
			h.govern(func() {})
			h.move(harbour, 0, columns[i%4])
			h.move(garden, 0, columns[i%4])
			time.Sleep(2 * time.Millisecond)
		}
		eventually(t, "both are current after panics in "+method, func() bool {
			return left.Load() < 0 && poor.fresh() && well.fresh()
		})
	}
}

// What panics in one page's drawing does not keep others from theirs, nor those
// who move to another audience from its first drawing.
func TestPanicOfOnePage(t *testing.T) {
	h := town(t)
	h.visit(Seat{petra, projectPage(harbour)})
	well := h.visit(Seat{eleni, projectPage(garden)})
	h.registered(2)
	h.mu.Lock()
	h.poison = projectPage(harbour)
	h.mu.Unlock()
	for i := range 8 {
		h.govern(func() { h.projects[garden].rights[eleni] = []string{"few", "all"}[i%2] })
		h.move(harbour, 0, "done")
		h.move(garden, 0, columns[(i+1)%4])
		eventually(t, "the other page is current", well.fresh)
	}
}

func TestCloseSaysComeAgain(t *testing.T) {
	h := town(t)
	var pages []*browser
	for range 30 {
		pages = append(pages, h.visit(Seat{eleni, projectPage(garden)}))
	}
	deaf := h.visit(Seat{nikos, projectPage(garden)}, asked{unread: true})
	_ = deaf
	h.registered(31)
	ctx, done := context.WithTimeout(context.Background(), 3*time.Second)
	defer done()
	began := time.Now()
	if err := h.hub.Close(ctx); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 2500*time.Millisecond {
		t.Errorf("closing took %v", took)
	}
	for _, b := range pages {
		eventually(t, "1012", func() bool { _, code := b.closed(); return code == websocket.CloseServiceRestart })
	}
	late := h.loaded(Seat{eleni, projectPage(garden)})
	conn, _, err := websocket.DefaultDialer.Dial(late.address(asked{}), http.Header{"Origin": {ourOrigin}})
	if err == nil {
		_, _, err = conn.ReadMessage()
		conn.Close()
	}
	if err == nil || !strings.Contains(fmt.Sprint(err), "1012") {
		t.Errorf("a socket opened after the end: %v", err)
	}
}

// A task that became private closes its page although its project is still seen,
// and does so without asking for ever.
func TestPageThatIsGone(t *testing.T) {
	h := town(t)
	task := PageKey{Kind: "task", Project: garden, Noun: 99}
	pages := []*browser{h.visit(Seat{eleni, task}), h.visit(Seat{nikos, task})}
	stays := h.visit(Seat{eleni, projectPage(garden)})
	h.registered(3)
	h.mu.Lock()
	h.private = task
	h.mu.Unlock()
	before := h.drawings()
	h.move(garden, 0, "done")
	for _, b := range pages {
		eventually(t, "the task's page is closed", func() bool { _, code := b.closed(); return code == 1008 })
		if got := b.received(); len(got) != 0 {
			t.Errorf("received %v", got)
		}
	}
	eventually(t, "the project's page is current", stays.fresh)
	h.registered(1)
	if drawn := h.drawings() - before; drawn > 6 {
		t.Errorf("drawn %d times", drawn)
	}
}

// A page that is behind joins a group that is current: also what is only caught
// up with needs a proof of its own.
func TestNothingIsCaughtUpWithoutProof(t *testing.T) {
	h := town(t)
	behind := h.loaded(Seat{nikos, projectPage(garden)})
	h.visit(Seat{eleni, projectPage(garden)})
	h.registered(1)
	h.move(garden, 0, "done")
	h.quiet()
	var failing atomic.Bool
	var calls atomic.Int64
	failing.Store(true)
	h.mu.Lock()
	h.before = func(method string) {
		h.mu.Lock()
		defer h.mu.Unlock()
		if h.broken = nil; method == "Audiences" && failing.Load() && calls.Add(1) > 1 {
			h.broken = errBroken
		}
	}
	h.mu.Unlock()
	if err := behind.connect(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "it is tried again", func() bool { return calls.Load() > 2 })
	time.Sleep(30 * time.Millisecond)
	if got := behind.received(); len(got) != 0 {
		t.Errorf("received %v", got)
	}
	failing.Store(false)
	eventually(t, "the page caught up", behind.fresh)
}
