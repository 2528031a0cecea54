package live

import (
	"errors"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// Readers that stand still delay nobody, are cut within ten seconds and leave
// no memory behind.
func TestDeafReadersStallNobody(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	h := town(t)
	h.filling["log"] = strings.Repeat("a long log ", 2_000)
	const deaf, well = 20, 20
	for range deaf {
		h.visit(Seat{nikos, projectPage(garden)}, asked{unread: true})
	}
	var newest [well]atomic.Int64
	for i := range well {
		h.visit(Seat{eleni, projectPage(garden)}, asked{counts: func(frame string) { newest[i].Store(changeNumber(frame)) }})
	}
	h.registered(deaf + well)
	var took []time.Duration
	for i, began := 1, time.Now(); time.Since(began) < 10*time.Second; i++ {
		sent := time.Now()
		h.move(garden, 0, columns[i%4])
		for each := range newest {
			eventually(t, "who reads is current", func() bool { return newest[each].Load() == int64(i) })
		}
		took = append(took, time.Since(sent))
		h.hub.mu.Lock()
		left := len(h.hub.pages)
		h.hub.mu.Unlock()
		if left == well {
			break
		}
	}
	h.registered(well)
	slices.Sort(took)
	if p95 := took[len(took)*95/100]; p95 > 250*time.Millisecond {
		t.Errorf("who reads waited %v (p95 of %d)", p95, len(took))
	}
}

// A reader that pauses is not fed from memory: it gets the current regions once
// it reads again, not what it missed.
func TestSlowReaderGetsTheCurrentRegions(t *testing.T) {
	h := town(t)
	h.filling["log"] = strings.Repeat("a long log ", 3_000)
	slow, well := h.loaded(Seat{nikos, projectPage(garden)}), h.visit(Seat{eleni, projectPage(garden)})
	if err := slow.connect(asked{unread: true}); err != nil {
		t.Fatal(err)
	}
	h.registered(2)
	stale, sent := false, 0
	for began := time.Now(); !stale && time.Since(began) < writeDeadline/2; sent++ {
		h.move(garden, sent%4, columns[sent/4%4])
		eventually(t, "who reads is current", well.fresh)
		h.hub.mu.Lock()
		for p := range h.hub.pages {
			p.mu.Lock()
			stale = stale || p.stale
			if p.bytes > queueBytes {
				t.Errorf("%d bytes wait for one page", p.bytes)
			}
			p.mu.Unlock()
		}
		h.hub.mu.Unlock()
	}
	if !stale {
		t.Fatalf("the reader was not slow within %d changes", sent)
	}
	h.move(garden, 0, "doing")
	go slow.read(slow.conn)
	eventually(t, "the slow reader is current", slow.fresh)
	if got := len(slow.received()); got > sent {
		t.Errorf("received %d frames of %d changes", got, sent)
	}
	h.move(garden, 0, "review")
	eventually(t, "and stays current", slow.fresh)
}

func TestQueueIsBounded(t *testing.T) {
	p := &page{}
	small := &frame{size: 10}
	for i := range queueFrames {
		if list := p.enqueue(small); list != (i == 0) || p.stale {
			t.Fatalf("frame %d: list %v, stale %v", i, list, p.stale)
		}
	}
	p.enqueue(small)
	if !p.stale || len(p.queue) != 0 || p.bytes != 0 {
		t.Fatal("an overfull queue was not dropped")
	}
	p.enqueue(small)
	if f, _, drained := p.next(); f != nil || !drained {
		t.Fatal("a stale page was fed")
	}
	p.revive()
	large := &frame{size: queueBytes * 2}
	if !p.enqueue(large) || p.stale {
		t.Fatal("an empty queue refused a large frame")
	}
	p.enqueue(small)
	if !p.stale {
		t.Fatal("bytes are not bounded")
	}
	p.revive()
	p.enqueue(small)
	p.end(1008)
	p.enqueue(small)
	if f, code, _ := p.next(); f != nil || code != 1008 {
		t.Fatal("a closed page was fed")
	}
}

func TestWireNeverWaits(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	client, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	server, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	w := newWire(server)
	if w.try == nil {
		t.Skip("no such writes on this system")
	}
	large := make([]byte, 16<<20)
	for i := range large {
		large[i] = byte(i % 251)
	}
	began := time.Now()
	if _, err := w.Write(large); err != nil {
		t.Fatal(err)
	}
	if time.Since(began) > time.Second {
		t.Error("a write waited")
	}
	if _, err := w.Write([]byte("tail")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(make([]byte, tailLimit)); !errors.Is(err, errNotReading) {
		t.Errorf("the tail grows: %v", err)
	}
	if clear, _ := w.flush(); clear || w.stuck(time.Now()) || !w.stuck(time.Now().Add(writeDeadline+time.Second)) {
		t.Error("a full connection is not seen to be stuck")
	}
	received := make(chan []byte)
	go func() {
		var all []byte
		part := make([]byte, 1<<20)
		for len(all) < len(large)+4 {
			n, err := client.Read(part)
			if err != nil {
				break
			}
			all = append(all, part[:n]...)
		}
		received <- all
	}()
	eventually(t, "the backlog is gone", func() bool { clear, err := w.flush(); return clear && err == nil })
	if got := <-received; !slices.Equal(got, append(slices.Clone(large), "tail"...)) {
		t.Error("the bytes arrived in another order")
	}
	w.finish()
	if _, err := w.Write([]byte("late")); !errors.Is(err, net.ErrClosed) {
		t.Errorf("written after the end: %v", err)
	}
}

func TestSilentClientsAreCut(t *testing.T) {
	h := town(t, func(o *Options) { o.Ping = 40 * time.Millisecond })
	answers, silent := h.visit(Seat{eleni, projectPage(garden)}), h.visit(Seat{nikos, projectPage(garden)}, asked{unread: true})
	h.registered(2)
	h.registered(1)
	time.Sleep(150 * time.Millisecond)
	if over, _ := answers.closed(); over {
		t.Error("who answers pings was cut")
	}
	_ = silent
}

func TestSocketsEndOfAge(t *testing.T) {
	h := town(t, func(o *Options) { o.Life, o.Ping = 50*time.Millisecond, 40*time.Millisecond })
	b := h.visit(Seat{eleni, projectPage(garden)})
	eventually(t, "1012", func() bool { _, code := b.closed(); return code == websocket.CloseServiceRestart })
}
