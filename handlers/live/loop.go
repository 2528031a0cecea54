package live

import (
	"context"
	"time"

	"github.com/gorilla/websocket"

	"vitrine/db"
)

// state belongs to the loop alone.
type state struct {
	groups    map[groupKey]*group
	placed    map[*page]struct{} // pages in a group
	homeless  []*page            // pages whose audience is not known yet
	counters  map[db.ID][2]int64 // when last compared
	authority int64              // up to which all placed pages were proven
	audit     bool               // prove all placed pages, whatever authority says
	failures  int                // rounds in a row
	zones     map[string]*time.Location
}

func newState() state {
	return state{
		groups:   map[groupKey]*group{},
		placed:   map[*page]struct{}{},
		counters: map[db.ID][2]int64{},
		zones:    map[string]*time.Location{},
	}
}

// Waits before a failed round is tried again: doubled up to the longest.
const retryFirst, retryLongest = 100 * time.Millisecond, 10 * time.Second

// loop makes rounds while somebody wakes it.
func (h *Hub) loop() {
	again := time.NewTimer(time.Hour)
	defer again.Stop()
	for {
		select {
		case <-h.stop.Done():
			return
		case <-h.wake:
		case <-again.C:
		}
		ok := false
		if !h.safely("telling pages what changed", func() { ok = h.round() }) {
			h.audit = true // whatever was left half done is done again
			for _, g := range h.groups {
				g.dirty = true
			}
		}
		if ok {
			h.failures = 0
			continue
		}
		h.failures++
		again.Reset(min(retryLongest, retryFirst<<min(h.failures-1, 10)))
	}
}

// round brings every page to the present. It answers false when something
// failed and has to be tried again; nothing unproven was sent then.
func (h *Hub) round() bool {
	h.take()
	if len(h.placed)+len(h.homeless) == 0 {
		return true
	}
	if err := h.settle(); err != nil {
		return h.failed("asking who may see open pages", err)
	}
	if err := h.compare(); err != nil {
		return h.failed("asking what changed", err)
	}
	// Proving can move pages to audiences that are still to be drawn; more than
	// a few times it does only while rights change without a pause.
	for range 4 {
		due := h.due()
		if len(due) == 0 {
			return h.rested()
		}
		for len(due) > 0 {
			batch := due[:min(len(due), batchSize)]
			due = due[len(batch):]
			if err := h.tell(batch); err != nil {
				return h.failed("asking who may see what changed", err)
			}
		}
	}
	h.Wake()
	return h.rested()
}

// batchSize groups are drawn before the first of them is told.
const batchSize = 32

// rested says whether no group failed in this round.
func (h *Hub) rested() bool {
	for _, g := range h.groups {
		if g.resting {
			return false
		}
	}
	return true
}

func (h *Hub) failed(what string, err error) bool {
	if h.stop.Err() == nil {
		h.log.Error(what, "error", err)
	}
	return false
}

// take fetches what others left for the loop.
func (h *Hub) take() {
	h.mu.Lock()
	joined, left, behind, ticked := h.joined, h.left, h.behind, h.ticked
	h.joined, h.left, h.behind, h.ticked = nil, nil, nil, false
	moved := h.moved
	if h.movedDue.IsZero() || time.Now().Before(h.movedDue) {
		moved = nil
	} else {
		h.moved, h.movedDue = map[db.ID]struct{}{}, time.Time{}
	}
	h.mu.Unlock()

	h.homeless = append(h.homeless, joined...)
	for _, p := range left {
		h.drop(p)
	}
	for _, p := range behind {
		p.version = ""
		p.revive()
		if p.group != nil {
			p.group.waiting = true
		}
	}
	now := h.options.Now()
	for _, g := range h.groups {
		g.resting = false
		_, seen := moved[g.key.page.Project]
		if g.key.page.Team && seen || ticked && g.date != h.localDate(now, g.audience.Zone) {
			g.dirty = true
		}
	}
	h.audit = h.audit || ticked
}

// compare marks what must be drawn because a counter moved.
func (h *Hub) compare() error {
	asked := map[db.ID]struct{}{0: {}}
	for _, g := range h.groups {
		for _, project := range g.projects() {
			asked[project] = struct{}{}
		}
	}
	ctx, done := h.patience()
	defer done()
	now, authority, err := h.source.Versions(ctx, keysOf(asked))
	if err != nil {
		return err
	}
	for _, g := range h.groups {
		g.dirty = g.dirty || h.outdated(g, 0, now)
		for _, project := range g.projects() {
			g.dirty = g.dirty || h.outdated(g, project, now)
		}
	}
	h.counters = make(map[db.ID][2]int64, len(asked))
	for project := range asked {
		h.counters[project] = now[project]
	}
	if authority == h.authority && !h.audit {
		return nil
	}
	_, err = h.prove(nil, nil)
	return err
}

// outdated says whether a project's counters moved so that the group must be
// drawn: what is hidden wakes no client.
func (h *Hub) outdated(g *group, project db.ID, now map[db.ID][2]int64) bool {
	before, known := h.counters[project]
	after := now[project]
	return !known || before[1] != after[1] || g.key.page.Team && before[0] != after[0]
}

// due are the groups to draw or with pages to compare, but for those that failed
// in this round.
func (h *Hub) due() []*group {
	var due []*group
	for _, g := range h.groups {
		if (g.dirty || g.waiting) && !g.resting {
			due = append(due, g)
		}
	}
	return due
}

// place puts a page into its audience's group.
func (h *Hub) place(p *page, audience Audience) {
	key := groupKey{audience.Key, p.watcher.Seat.Page}
	g := h.groups[key]
	if g == nil {
		g = &group{key: key, audience: audience, pages: map[*page]struct{}{}, dirty: true}
		h.groups[key] = g
	}
	g.pages[p] = struct{}{}
	g.waiting = true
	p.group = g
	h.placed[p] = struct{}{}
}

// lift takes a page out of its group; the last one takes the group with it.
func (h *Hub) lift(p *page) {
	if g := p.group; g != nil {
		delete(g.pages, p)
		if len(g.pages) == 0 {
			delete(h.groups, g.key)
		}
	}
	p.group = nil
	delete(h.placed, p)
}

// drop forgets a page for good.
func (h *Hub) drop(p *page) {
	p.gone = true
	h.lift(p)
}

// revoke drops a page whose access or login ended; what waited for it is purged.
func (h *Hub) revoke(p *page) {
	h.drop(p)
	h.close(p, websocket.ClosePolicyViolation)
}

func (h *Hub) patience() (context.Context, context.CancelFunc) {
	return context.WithTimeout(h.stop, h.options.Patience)
}

func keysOf[K comparable](set map[K]struct{}) []K {
	keys := make([]K, 0, len(set))
	for key := range set {
		keys = append(keys, key)
	}
	return keys
}
