package live

import (
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"vitrine/db"
)

// changeNumber reads which change a frame shows.
func changeNumber(frame string) int64 {
	_, rest, found := strings.Cut(frame, `id="region-log">change`)
	if !found {
		return 0
	}
	digits, _, _ := strings.Cut(rest, "<")
	number, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 1 << 60 // fails every comparison
	}
	return number
}

// Two hundred people lose their access in six ways while changes stream: none
// receives anything committed after that, each is closed with 1008 in a second.
func TestRevocationDuringChanges(t *testing.T) {
	h := town(t)
	const count = 200
	watchers, newest := make([]*browser, count), make([]atomic.Int64, count)
	for i := range watchers {
		id := db.ID(1000 + i)
		h.mu.Lock()
		h.person(id, false)
		h.projects[garden].rights[id] = "all"
		h.mu.Unlock()
		watchers[i] = h.visit(Seat{id, projectPage(garden)}, asked{session: id, counts: func(frame string) {
			newest[i].Store(max(newest[i].Load(), changeNumber(frame)))
		}})
	}
	h.registered(count)
	var over atomic.Bool
	streamed := make(chan struct{})
	go func() {
		defer close(streamed)
		for i := 0; !over.Load(); i++ {
			h.move(garden, i%4, columns[i/4%4])
			time.Sleep(5 * time.Millisecond)
		}
	}()
	for i, b := range watchers {
		var last int64
		h.govern(func() {
			last = h.projects[garden].client
			switch i % 3 {
			case 0:
				delete(h.projects[garden].rights, b.seat.Viewer)
			case 1:
				h.ended[b.seat.Viewer] = true
			case 2:
				h.people[b.seat.Viewer].inactive = true
			}
		})
		revoked := time.Now()
		eventually(t, "the page is closed", func() bool { over, _ := b.closed(); return over })
		if took := time.Since(revoked); took > time.Second {
			t.Errorf("closed after %v", took)
		}
		if _, code := b.closed(); code != websocket.ClosePolicyViolation {
			t.Errorf("closed with %d", code)
		}
		if received := newest[i].Load(); received > last {
			t.Errorf("revoked at change %d, received %d", last, received)
		}
		if err := b.connect(asked{session: b.seat.Viewer}); err == nil || !strings.Contains(err.Error(), "404") {
			t.Errorf("connected again: %v", err)
		}
	}
	over.Store(true)
	<-streamed
	if newest[count-1].Load() == 0 {
		t.Error("nothing was received at all")
	}
}

// The revocation and a change are committed after the drawing was asked for and
// before it is made: the drawing is newer than the access.
func TestDrawingNewerThanAccess(t *testing.T) {
	for name, revoke := range map[string]func(h *house){
		"membership": func(h *house) { delete(h.projects[garden].rights, nikos) },
		"session":    func(h *house) { h.ended[77] = true },
	} {
		// With trust the drawing is made even if nikos's eyes were to make it.
		for _, trusts := range []bool{false, true} {
			t.Run(fmt.Sprint(name, trusts), func(t *testing.T) { newerThanAccess(t, revoke, trusts) })
		}
	}
}

func newerThanAccess(t *testing.T, revoke func(h *house), trusts bool) {
	h := town(t)
	h.mu.Lock()
	h.trusts = trusts
	h.mu.Unlock()
	stays := h.visit(Seat{eleni, projectPage(garden)})
	goes := h.visit(Seat{nikos, projectPage(garden)}, asked{session: 77})
	h.registered(2)
	var once atomic.Bool
	h.mu.Lock()
	h.before = func(method string) {
		if method == "Draw" && once.CompareAndSwap(false, true) {
			h.govern(func() { revoke(h) })
			h.move(garden, 1, "done")
		} else if once.Load() {
			time.Sleep(5 * time.Millisecond) // what was sent wrongly gets out before it is purged
		}
	}
	h.mu.Unlock()
	h.move(garden, 0, "done")
	eventually(t, "who stays is current", func() bool { return once.Load() && stays.fresh() })
	eventually(t, "who goes is closed", func() bool { _, code := goes.closed(); return code == 1008 })
	if got := goes.received(); len(got) != 0 {
		t.Errorf("received after the revocation: %v", got)
	}
}

// A login that ended between the guard and the registration is noticed.
func TestLoginEndedWhileConnecting(t *testing.T) {
	h := town(t)
	h.visit(Seat{eleni, projectPage(garden)})
	h.registered(1)
	var once atomic.Bool
	seat := Seat{nikos, projectPage(garden)}
	h.mu.Lock()
	h.before = func(method string) {
		// The hub learns of the new authority before it knows the page.
		if method == "Alive" && once.CompareAndSwap(false, true) {
			h.mu.Lock()
			h.ended[77] = true
			h.mu.Unlock()
		}
	}
	h.mu.Unlock()
	b := h.visit(seat, asked{session: 77})
	eventually(t, "the page is closed", func() bool { _, code := b.closed(); return code == 1008 })
}

// A login that expires ends no row: the minute finds it.
func TestLoginExpires(t *testing.T) {
	h := town(t)
	b := h.visit(Seat{eleni, projectPage(garden)}, asked{session: 77})
	h.registered(1)
	h.mu.Lock()
	h.ended[77] = true
	h.mu.Unlock()
	h.hub.Tick()
	eventually(t, "the page is closed", func() bool { _, code := b.closed(); return code == 1008 })
}

func TestAudienceChanges(t *testing.T) {
	h := town(t)
	all, few := h.visit(Seat{eleni, projectPage(garden)}), h.visit(Seat{nikos, projectPage(garden)})
	h.registered(2)
	h.govern(func() { h.projects[garden].rights[nikos] = "few" })
	eventually(t, "nikos sees fewer columns", few.fresh)
	if strings.Contains(few.region("review"), "task") {
		t.Error("nikos still sees the column")
	}
	h.change(garden, true, func(u *undertaking) { u.tasks[2].title = "for all only" })
	eventually(t, "both are current", func() bool { return all.fresh() && few.fresh() })
	if strings.Contains(strings.Join(few.received(), ""), "for all only") {
		t.Error("nikos received another audience's region")
	}
	h.govern(func() { h.projects[garden].rights[nikos] = "all" })
	eventually(t, "nikos sees all again", func() bool { return few.fresh() && strings.Contains(few.region("review"), "for all only") })
}

// The drawing for "few" is made with nikos's eyes, who meanwhile sees all.
func TestEyesThatSeeMore(t *testing.T) {
	h := town(t)
	h.mu.Lock()
	h.trusts = true
	h.projects[garden].rights = map[db.ID]string{nikos: "few", eleni: "few"}
	h.mu.Unlock()
	pages := map[db.ID]*browser{eleni: h.visit(Seat{eleni, projectPage(garden)}), nikos: h.visit(Seat{nikos, projectPage(garden)})}
	h.registered(2)
	var drawer atomic.Int64
	h.mu.Lock()
	h.before = func(method string) {
		if method == "Draw" && drawer.Load() == 0 {
			// Whose eyes draw is the group's to know; read where the loop waits.
			for _, g := range h.hub.groups {
				drawer.Store(int64(g.audience.Viewer))
			}
			h.govern(func() { h.projects[garden].rights[db.ID(drawer.Load())] = "all" })
		}
	}
	h.mu.Unlock()
	h.change(garden, true, func(u *undertaking) { u.tasks[2].title = "for all only" })
	eventually(t, "both are current", func() bool { return drawer.Load() != 0 && pages[eleni].fresh() && pages[nikos].fresh() })
	other := eleni
	if db.ID(drawer.Load()) == eleni {
		other = nikos
	}
	if strings.Contains(strings.Join(pages[other].received(), ""), "for all only") {
		t.Error("received what only the drawing eyes may see")
	}
}

func TestEyesThatLeave(t *testing.T) {
	h := town(t)
	pages := map[db.ID]*browser{eleni: h.visit(Seat{eleni, projectPage(garden)}), nikos: h.visit(Seat{nikos, projectPage(garden)})}
	h.registered(2)
	for _, leaves := range []db.ID{eleni, nikos} {
		h.govern(func() { delete(h.projects[garden].rights, leaves) })
		h.move(garden, 0, columns[int(leaves)])
		eventually(t, "who left is closed", func() bool { _, code := pages[leaves].closed(); return code == 1008 })
		if leaves == eleni {
			eventually(t, "the other is current", pages[nikos].fresh)
		}
	}
}
