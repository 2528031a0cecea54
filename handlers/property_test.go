package handlers

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"vitrine/db"
)

// normalForm is what a page says, without the live mark, highlights, the opened
// folds and what the script adds for the reader.
const normalForm = `(() => {
	const page = document.querySelector("main").cloneNode(true);
	page.querySelectorAll("#live, .toast").forEach(e => e.remove());
	page.querySelectorAll("*").forEach(e => {
		e.classList.remove("just-changed", "mine", "htmx-added", "htmx-settling", "htmx-swapping");
		if (!e.classList.length) e.removeAttribute("class");
		for (const name of ["open", "data-htmx-powered", "aria-busy", "style"]) e.removeAttribute(name);
	});
	return page.innerHTML.replace(/\s+/g, " ").replace(/> </g, "><");
})()`

// TestPageEqualsFreshLoad: after any mixture of changes, cut lines and restarts
// the page that lived through it is the page that a fresh load gives.
func TestPageEqualsFreshLoad(t *testing.T) {
	w := newWorld(t)
	addr := strings.TrimPrefix(w.base, "http://")
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	pages := map[string]*tab{}
	for name, path := range map[string]string{"home": "/portal", "project": "/portal/projects/" + w.project.String(), "task": "/portal/tasks/" + w.tasks["gallery"].String()} {
		b := w.browser("eleni", 1000, 800, false)
		b.open(path)
		b.until(`document.querySelector("#live:not([hidden])")`)
		pages[name] = b
	}
	names := []string{"gallery", "search", "shipping", "private"}
	for step := range 60 {
		for range 1 + random.IntN(4) {
			w.randomChange(random, names)
		}
		switch random.IntN(12) {
		case 0: // the line is cut
			for _, b := range pages {
				eval[bool](b, `(document.querySelector("#socket")._htmx?.ws?.connection?.socket?.close(), true)`)
			}
		case 1:
			if step%3 == 0 { // the server restarts
				w.stop()
				w.randomChange(random, names)
				w.serve(addr)
			}
		case 2:
			time.Sleep(time.Duration(random.IntN(120)) * time.Millisecond)
		}
	}
	for name, b := range pages {
		fresh := w.browser("eleni", 1000, 800, false)
		fresh.open(eval[string](b, "location.pathname"))
		want := eval[string](fresh, normalForm)
		deadline := time.Now().Add(30 * time.Second)
		got := ""
		for time.Now().Before(deadline) {
			if got = eval[string](b, normalForm); got == want {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
		if got != want {
			t.Errorf("%s differs from a fresh load (seed %d)\n%s", name, seed, difference(got, want))
		}
		b.silent("WebSocket connection", "ERR_CONNECTION_REFUSED", "htmx:ws:error") // the restarts
	}
}

// difference shows where two texts part.
func difference(got, want string) string {
	at := 0
	for at < len(got) && at < len(want) && got[at] == want[at] {
		at++
	}
	from := max(0, at-200)
	return fmt.Sprintf("lived: …%s\nfresh: …%s", got[from:min(len(got), at+300)], want[from:min(len(want), at+300)])
}

// randomChange does something that the team or the client might do.
func (w *world) randomChange(random *rand.Rand, names []string) {
	leader, kinds := w.actor("leader"), []string{db.Todo, db.Doing, db.Done}
	task := w.tasks[names[random.IntN(len(names))]]
	switch random.IntN(9) {
	case 0, 1, 2, 3:
		before := db.ID(0)
		if random.IntN(2) == 0 {
			before = w.tasks[names[random.IntN(len(names))]]
		}
		_, err := w.store.MoveTask(leader, task, kinds[random.IntN(3)], before)
		w.ok(err)
	case 4:
		_, err := w.store.AddReply(leader, w.tasks["gallery"], fmt.Sprintf("Said at random: %d", random.Int()))
		if err != db.ErrNotFound {
			w.ok(err) // the task may be private now
		}
	case 5:
		_, err := w.store.AddNote(leader, task, "CNRY-random")
		w.ok(err)
	case 6:
		_, err := w.store.AddTask(leader, w.project, db.NewTask{Title: fmt.Sprintf("Added %d", random.IntN(1000)), Column: kinds[random.IntN(3)], Shown: []string{"shown", "private"}[random.IntN(2)]})
		w.ok(err)
	case 7:
		shipping := []db.ID{w.tasks["shipping"]}
		if random.IntN(2) == 0 {
			w.ok(w.store.HideTasks(leader, w.project, shipping))
		} else {
			w.ok(w.store.ShowTasks(leader, w.project, shipping))
		}
	case 8:
		_, err := w.store.AddMilestone(leader, w.project, db.MilestoneForm{Name: fmt.Sprintf("Phase %d", random.IntN(1000)), StartsOn: "2026-05-01", DueOn: "2026-10-01"})
		w.ok(err)
	}
}
