package live

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"vitrine/db"
)

// After any interleaving of changes, changed rights, cuts, pauses and returns,
// every open page equals a page loaded then.
func TestScreensEqualFreshPages(t *testing.T) {
	seeds, steps := 6, 300
	if testing.Short() {
		seeds, steps = 2, 100
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { adventure(t, uint64(seed), steps) })
	}
}

func adventure(t *testing.T, seed uint64, steps int) {
	h := town(t)
	random := rand.New(rand.NewPCG(seed, 7))
	seats := []Seat{
		{eleni, projectPage(garden)}, {nikos, projectPage(garden)}, {petra, projectPage(harbour)}, {eleni, home()}, {nikos, home()}, {petra, home()},
		{maria, board(garden)}, {maria, board(harbour)}, {eleni, projectPage(garden)},
	}
	var pages []*browser
	for _, seat := range seats {
		pages = append(pages, h.visit(seat))
	}
	for range steps {
		h.disturb(random, pages)
		if random.IntN(4) == 0 {
			time.Sleep(time.Duration(random.IntN(3)) * time.Millisecond)
		}
	}
	received := 0
	for _, b := range pages {
		b.settled()
		received += len(b.received())
	}
	for _, b := range pages {
		eventually(t, fmt.Sprint("a fresh page of ", b.seat), func() bool {
			_, may := h.load(b.seat)
			over, code := b.closed()
			return may && !over && b.fresh() || !may && over && (code == 1008 || code == 1006)
		})
	}
	if received == 0 {
		t.Error("nothing was received at all")
	}
}

func (h *house) disturb(random *rand.Rand, pages []*browser) {
	projects, clients := []db.ID{garden, harbour}, []db.ID{eleni, nikos, petra}
	project, client := projects[random.IntN(2)], clients[random.IntN(3)]
	b := pages[random.IntN(len(pages))]
	switch random.IntN(12) {
	case 0, 1, 2, 3:
		h.move(project, random.IntN(4), columns[random.IntN(4)])
	case 4:
		h.change(project, false, func(u *undertaking) { u.tasks = append(u.tasks, work{"hidden", "todo", true}) })
	case 5:
		h.change(project, true, func(u *undertaking) { u.tasks[random.IntN(4)].title += "x" })
	case 6:
		right := []string{"all", "few", ""}[random.IntN(3)]
		h.govern(func() {
			h.projects[project].rights[client] = right
			if right == "" {
				delete(h.projects[project].rights, client)
			}
			h.projects[project].team++
			h.projects[project].client++
		})
	case 7, 8:
		b.drop() // a tunnel: the page stays as it was, and comes back later
	case 9, 10:
		b.comeBack()
	case 11:
		h.mu.Lock()
		h.now = h.now.Add(5 * time.Hour)
		h.mu.Unlock()
		h.hub.Tick()
	}
}

// comeBack connects as the browser would, with the version it stands at; who was
// refused stays away.
func (b *browser) comeBack() {
	b.mu.Lock()
	away := b.conn == nil || b.over
	b.mu.Unlock()
	if away {
		_ = b.connect()
	}
}

// settled brings the page back if it may, as the last step of its adventures.
func (b *browser) settled() {
	if over, _ := b.closed(); over {
		if _, may := b.house.load(b.seat); may {
			_ = b.connect()
		}
		return
	}
	b.mu.Lock()
	away := b.conn == nil
	b.mu.Unlock()
	if away && b.connect() != nil {
		b.mu.Lock()
		b.over, b.code = true, 1008
		b.mu.Unlock()
	}
}
