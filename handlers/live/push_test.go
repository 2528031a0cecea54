package live

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"vitrine/db"
)

const (
	maria, eleni, nikos, petra db.ID = 1, 2, 3, 4 // maria is of the team
	garden, harbour            db.ID = 10, 11
)

func projectPage(project db.ID) PageKey { return PageKey{false, "project", project, project} }
func board(project db.ID) PageKey       { return PageKey{true, "board", project, project} }
func home() PageKey                     { return PageKey{Kind: "home"} }

// town has maria's team, eleni and nikos in front of the garden, petra in front
// of the harbour.
func town(t testing.TB, adjust ...func(*Options)) *house {
	h := newHouse(t, adjust...)
	h.person(maria, true)
	for _, client := range []db.ID{eleni, nikos, petra} {
		h.person(client, false)
	}
	h.project(garden, map[db.ID]string{maria: "leader", eleni: "all", nikos: "all"})
	h.project(harbour, map[db.ID]string{maria: "leader", petra: "all"})
	return h
}

func (h *house) move(project db.ID, task int, column string) {
	h.change(project, true, func(u *undertaking) { u.tasks[task].column = column })
}

func TestChangeReachesAllWhoSeeIt(t *testing.T) {
	h := town(t)
	pages := []*browser{
		h.visit(Seat{eleni, projectPage(garden)}), h.visit(Seat{nikos, projectPage(garden)}),
		h.visit(Seat{maria, board(garden)}), h.visit(Seat{eleni, home()}),
	}
	h.registered(len(pages))
	h.move(garden, 0, "done")
	for _, b := range pages {
		eventually(t, "the page shows the move", b.fresh)
	}
	frame := pages[0].received()[0]
	for _, wanted := range []string{"#region-todo", "#region-done", "#region-log", "#version"} {
		if !strings.Contains(frame, wanted) {
			t.Errorf("the frame has no %s: %s", wanted, frame)
		}
	}
	if strings.Contains(frame, "#region-doing") || strings.Contains(frame, "#region-head") {
		t.Errorf("the frame has regions that did not change: %s", frame)
	}
}

func TestOutsidersAndHiddenChangesStaySilent(t *testing.T) {
	h := town(t)
	client, outsider := h.visit(Seat{eleni, projectPage(garden)}), h.visit(Seat{petra, projectPage(harbour)})
	h.registered(2)
	drawn := h.drawings()
	h.change(garden, false, func(u *undertaking) { u.tasks[1].hidden = true; u.tasks[1].title = "hidden first" })
	h.quiet()
	if now := h.drawings(); now != drawn {
		t.Errorf("a hidden change was drawn for clients, %d times", now-drawn)
	}
	team := h.visit(Seat{maria, board(garden)})
	h.registered(3)
	h.change(garden, false, func(u *undertaking) { u.tasks[1].hidden = true; u.tasks[1].title = "secret" })
	eventually(t, "the team sees what is hidden", team.fresh)
	h.quiet()
	if got := client.received(); len(got) != 0 {
		t.Errorf("a hidden change woke a client: %v", got)
	}
	h.move(garden, 0, "done")
	eventually(t, "the client sees the move", client.fresh)
	h.quiet()
	if got := outsider.received(); len(got) != 0 {
		t.Errorf("an outsider received %v", got)
	}
	if strings.Contains(strings.Join(client.received(), ""), "secret") {
		t.Error("a client received what is hidden")
	}
}

func TestOneDrawingForAnAudience(t *testing.T) {
	h := town(t)
	first := h.visit(Seat{eleni, projectPage(garden)})
	var rest []*browser
	for range 5 {
		rest = append(rest, h.visit(Seat{nikos, projectPage(garden)}))
	}
	h.registered(6)
	before := h.drawings()
	h.move(garden, 0, "doing")
	for _, b := range append(rest, first) {
		eventually(t, "the page shows the move", b.fresh)
	}
	if now := h.drawings(); now != before+1 {
		t.Errorf("%d drawings for one audience", now-before)
	}
}

func TestOnlyTheVersionIsSentWhenNothingElseChanged(t *testing.T) {
	h := town(t)
	b := h.visit(Seat{eleni, home()})
	h.registered(1)
	h.govern(func() { h.projects[harbour].rights[eleni] = "all" })
	eventually(t, "the home shows the new project", b.fresh)
	before := len(b.received())
	// The second counter is in the version and in no region of the last one.
	h.mu.Lock()
	h.workspace++
	h.mu.Unlock()
	h.hub.Wake()
	eventually(t, "the home is fresh", b.fresh)
	frames := b.received()[before:]
	if len(frames) != 1 || strings.Contains(frames[0], "#region-projects") {
		t.Errorf("equal bytes were sent: %v", frames)
	}
}

func TestCatchUpByVersion(t *testing.T) {
	h := town(t)
	b := h.loaded(Seat{eleni, projectPage(garden)})
	h.move(garden, 0, "done")
	h.move(garden, 1, "done")
	if err := b.connect(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the page caught up", b.fresh)
	if frames := b.received(); len(frames) != 1 || !strings.Contains(frames[0], "#region-head") {
		t.Errorf("not all regions at once but %v", frames)
	}
	current := h.visit(Seat{nikos, projectPage(garden)})
	h.registered(2)
	if frames := current.received(); len(frames) != 0 {
		t.Errorf("a current page received %v", frames)
	}
	nonsense := strings.Repeat("x", 1000)
	odd := h.visit(Seat{nikos, projectPage(garden)}, asked{version: &nonsense})
	eventually(t, "an unknown version gets all regions", func() bool { return len(odd.received()) == 1 })
}

// A commit at any point of the registration must reach the page: it is
// registered first and compared afterwards.
func TestCommitWhileRegistering(t *testing.T) {
	for _, moment := range []string{"Alive", "Audiences", "Versions", "Draw"} {
		for _, late := range []bool{false, true} {
			t.Run(fmt.Sprint(moment, late), func(t *testing.T) {
				h := town(t)
				var done atomic.Bool
				once := func(method string) {
					if method == moment && done.CompareAndSwap(false, true) {
						h.move(garden, 0, "done")
					}
				}
				h.mu.Lock()
				if late {
					h.after = once
				} else {
					h.before = once
				}
				h.mu.Unlock()
				b := h.visit(Seat{eleni, projectPage(garden)})
				eventually(t, "the page shows what was committed", func() bool { return done.Load() && b.fresh() })
			})
		}
	}
}

func TestLocalMidnight(t *testing.T) {
	h := town(t)
	h.people[nikos].zone = "America/New_York"
	athens, york := h.visit(Seat{eleni, projectPage(garden)}), h.visit(Seat{nikos, projectPage(garden)})
	h.registered(2)
	h.mu.Lock()
	h.now = h.now.Add(10 * time.Hour) // past midnight in Athens only
	h.mu.Unlock()
	h.hub.Tick()
	eventually(t, "Athens has a new day", func() bool { return len(athens.received()) == 1 && athens.fresh() })
	h.quiet()
	if frames := york.received(); len(frames) != 0 {
		t.Errorf("New York received %v", frames)
	}
}

func TestPresence(t *testing.T) {
	h := town(t)
	team, other := h.visit(Seat{maria, board(garden)}), h.visit(Seat{maria, board(harbour)})
	h.registered(2)
	client := h.visit(Seat{eleni, projectPage(garden)})
	second := h.visit(Seat{eleni, projectPage(garden)})
	h.visit(Seat{nikos, projectPage(garden)}, asked{preview: 99})
	h.registered(5)
	eventually(t, "the team sees who watches", func() bool { return strings.Contains(team.region("watching"), "project") && team.fresh() })
	if present := h.hub.Presence(garden); len(present) != 1 || present[0] != (Presence{eleni, projectPage(garden)}) {
		t.Errorf("present: %v", present)
	}
	if frames := strings.Join(team.received(), ""); strings.Contains(frames, "#region-todo") {
		t.Errorf("more than who watches was sent: %v", frames)
	}
	stamp := h.hub.PresenceStamp(garden)
	before := len(team.received())
	second.drop()
	h.registered(4)
	client.drop() // loads the page again at once
	h.registered(3)
	h.visit(Seat{eleni, projectPage(garden)})
	h.registered(4)
	time.Sleep(2 * h.hub.options.Linger)
	if again := h.hub.PresenceStamp(garden); again != stamp || len(team.received()) != before {
		t.Error("loading a page again blinked")
	}
	if frames := other.received(); len(frames) != 0 {
		t.Errorf("another project's board received %v", frames)
	}
}

func TestWatchingEndsWithTheLastPage(t *testing.T) {
	h := town(t)
	team, client := h.visit(Seat{maria, board(garden)}), h.visit(Seat{eleni, projectPage(garden)})
	eventually(t, "the team sees who watches", func() bool { return strings.Contains(team.region("watching"), "project") })
	client.drop()
	eventually(t, "the team sees who left", func() bool { return !strings.Contains(team.region("watching"), "project") && team.fresh() })
	if h.hub.PresenceStamp(garden) != "" {
		t.Error("nobody has a stamp")
	}
}

func (b *browser) region(name string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.regions["region-"+name]
}
