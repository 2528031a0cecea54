package live

import (
	"errors"
	"runtime"
	"sync"

	"vitrine/db"
)

// refusalsAllowed are few, as each was followed by a new proof.
const refusalsAllowed = 3

// tell draws groups, proves who may see that, and sends it to exactly those.
func (h *Hub) tell(groups []*group) error {
	updates := h.drawAll(groups)
	receivers, eyes := concerned(updates)
	if len(receivers)+len(eyes) > 0 {
		proof, err := h.prove(receivers, eyes)
		if err != nil {
			for _, u := range updates {
				u.group.dirty = true
			}
			return err
		}
		for _, u := range updates {
			// Eyes that meanwhile belong elsewhere may have seen too much.
			if u.drawn && proof[u.eyes].Key != u.group.key.audience {
				u.gone, h.audit = true, true
			}
		}
	}
	var list []*page
	for _, u := range updates {
		list = h.deliver(u, list)
	}
	h.ready.push(list...)
	return nil
}

// concerned are the pages that updates go to and the eyes they were drawn by:
// all of these have to be proven.
func concerned(updates []*update) (receivers []*page, eyes []Seat) {
	for _, u := range updates {
		if u.drawn {
			eyes = append(eyes, u.eyes)
		}
		for p := range u.group.pages {
			if u.gone || u.needs(p) {
				receivers = append(receivers, p)
			}
		}
	}
	return receivers, eyes
}

// deliver enqueues a proven update to the pages that are still of its audience
// and adds those to list that a drainer has to be told of.
func (h *Hub) deliver(u *update, list []*page) []*page {
	g := u.group
	if u.gone {
		h.refused(u)
		return list
	}
	g.refusals = 0
	for p := range g.pages {
		f, err := u.frameFor(p)
		if err != nil {
			h.failed("writing a frame", err)
			g.dirty, g.resting = true, true
			return list
		}
		if f == nil {
			continue
		}
		p.version = u.drawing.Version
		if p.enqueue(f) {
			list = append(list, p)
		}
	}
	g.drawing, g.full, g.date, g.waiting = u.drawing, u.full, u.date, false
	return list
}

// refused tries again, with other eyes if those left. When the Source refuses to
// draw again and again for people whose audience it confirms, the page itself is
// not theirs any more: a task made private, in a project that they still see.
func (h *Hub) refused(u *update) {
	g := u.group
	g.dirty = true
	if u.drawn {
		g.resting = g.eyes() == u.eyes // until everybody was asked
		return
	}
	if g.refusals++; g.refusals < refusalsAllowed {
		return
	}
	for p := range g.pages {
		h.revoke(p)
	}
}

// drawAll draws the dirty ones of the groups, a few at a time. One that fails
// stays dirty and has no update.
func (h *Hub) drawAll(groups []*group) (updates []*update) {
	var (
		wait    sync.WaitGroup
		results = make([]*update, len(groups))
		turns   = make(chan struct{}, min(4, runtime.GOMAXPROCS(0)))
		now     = h.options.Now()
	)
	for i, g := range groups {
		if !g.dirty {
			results[i] = &update{group: g, drawing: g.drawing, full: g.full, date: g.date, eyes: g.eyes()}
			continue
		}
		date := h.localDate(now, g.audience.Zone)
		turns <- struct{}{}
		wait.Add(1)
		go func() {
			defer wait.Done()
			defer func() { <-turns }()
			h.safely("drawing a page", func() { results[i] = h.draw(g, date) })
		}()
	}
	wait.Wait()
	for i, u := range results {
		if groups[i].resting = u == nil; u != nil {
			u.group.dirty = false
			updates = append(updates, u)
		}
	}
	return updates
}

// draw draws a group's page; nil means that it failed.
func (h *Hub) draw(g *group, date string) *update {
	ctx, done := h.patience()
	defer done()
	u := &update{group: g, eyes: g.eyes(), date: date}
	drawing, err := h.source.Draw(ctx, g.audience, g.key.page)
	switch {
	case errors.Is(err, ErrGone), errors.Is(err, db.ErrNotFound):
		u.gone = true
	case err != nil:
		h.failed("drawing a page", err)
		return nil
	default:
		u.drawing, u.drawn = drawing, true
		u.changed = changedRegions(g.drawing.Regions, drawing.Regions)
		if drawing.Version == g.drawing.Version && len(u.changed) == 0 {
			u.full = g.full
		}
	}
	return u
}
