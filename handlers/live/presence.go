package live

import (
	"cmp"
	"slices"
	"time"

	"vitrine/db"
)

// Presence is a client's person and a page of the project that they have open.
type Presence struct {
	Viewer db.ID
	Page   PageKey
}

// Presence says which client people have which pages of a project open, each
// once and in a fixed order. Previews are never among them. When it changes the
// project's team pages are drawn again.
func (h *Hub) Presence(project db.ID) []Presence {
	h.mu.Lock()
	var present []Presence
	for p := range h.watching[project] {
		present = append(present, Presence{p.watcher.Seat.Viewer, p.watcher.Seat.Page})
	}
	h.mu.Unlock()
	slices.SortFunc(present, func(a, b Presence) int {
		return cmp.Or(cmp.Compare(a.Viewer, b.Viewer), cmp.Compare(a.Page.Kind, b.Page.Kind), cmp.Compare(a.Page.Noun, b.Page.Noun))
	})
	return slices.Compact(present)
}

// Watches says whether somebody has one of these kinds of page about a noun open,
// with their own eyes: what a preview shows is another's.
func (h *Hub) Watches(person, noun db.ID, kinds ...string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.sockets[person] == 0 {
		return false
	}
	for p := range h.pages {
		if w := p.watcher; w.Seat.Viewer == person && w.Login.Preview == 0 && w.Seat.Page.Noun == noun && slices.Contains(kinds, w.Seat.Page.Kind) {
			return true
		}
	}
	return false
}

// PresenceStamp is equal for equal answers of Presence, also after a restart: a
// part of the version of pages that show them.
func (h *Hub) PresenceStamp(project db.ID) string {
	var parts []any
	for _, one := range h.Presence(project) {
		parts = append(parts, int64(one.Viewer), one.Page.Kind, int64(one.Page.Noun))
	}
	if len(parts) == 0 {
		return ""
	}
	return Stamp(Audience{}, PageKey{}, parts...)
}

// arrive needs h.mu.
func (h *Hub) arrive(p *page) {
	project := p.watcher.Seat.Page.Project
	if !p.watcher.present() {
		return
	}
	if h.watching[project] == nil {
		h.watching[project] = map[*page]struct{}{}
	}
	h.watching[project][p] = struct{}{}
	h.presenceMoved(project, h.options.Linger/20)
}

// depart needs h.mu. Who loads the next page leaves and comes back at once, so
// the team is told later than of an arrival.
func (h *Hub) depart(p *page) {
	project := p.watcher.Seat.Page.Project
	if _, present := h.watching[project][p]; !present {
		return
	}
	delete(h.watching[project], p)
	if len(h.watching[project]) == 0 {
		delete(h.watching, project)
	}
	h.presenceMoved(project, h.options.Linger)
}

// presenceMoved needs h.mu.
func (h *Hub) presenceMoved(project db.ID, after time.Duration) {
	h.moved[project] = struct{}{}
	due := time.Now().Add(after)
	if h.movedDue.IsZero() || due.Before(h.movedDue) {
		h.movedDue = due
		h.movedTimer.Reset(after)
	}
}
