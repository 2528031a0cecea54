package live

import (
	"time"

	"github.com/gorilla/websocket"
)

// sweep looks after all pages at once: pings, silence, the end of a socket's
// life, full connections, and the minute.
func (h *Hub) sweep() {
	beat := time.NewTicker(min(time.Second, h.options.Ping/4))
	defer beat.Stop()
	minute := time.NewTicker(time.Minute)
	defer minute.Stop()
	retry := time.NewTimer(parkFor)
	defer retry.Stop()
	var pages []*page
	for {
		select {
		case <-h.stop.Done():
			return
		case <-minute.C:
			h.Tick()
		case <-h.parking:
			retry.Reset(parkFor)
		case now := <-retry.C:
			h.safely("trying full connections", func() { h.unpark(now) })
		case now := <-beat.C:
			h.mu.Lock()
			pages = h.openPages(pages[:0])
			h.mu.Unlock()
			h.safely("looking after pages", func() { h.lookAfter(pages, now) })
			clear(pages)
		}
	}
}

// lookAfter pings pages in turn, cuts those not heard of for two and a half
// pings and ends those that lived long enough: what a socket may receive is
// decided anew at its next upgrade.
func (h *Hub) lookAfter(pages []*page, now time.Time) {
	at, ping := now.UnixNano(), int64(h.options.Ping)
	for _, p := range pages {
		switch {
		case at-p.heard.Load() > ping*5/2:
			p.wire.cut()
		case at > p.endAt:
			h.close(p, websocket.CloseServiceRestart)
		case at > p.pingAt:
			p.pingAt = at + ping
			if p.enqueue(h.ping) {
				h.ready.push(p)
			}
		}
	}
}
