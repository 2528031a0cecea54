package handlers

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/db"
)

// wire keeps what one open page of somebody is sent, until the server ends it.
type wire struct {
	mu    sync.Mutex
	sent  []string
	ended bool
}

func (w *world) wire(name, path string) *wire {
	socket, kept := w.as(name).watch(path), &wire{}
	go func() {
		for {
			_, text, err := socket.ReadMessage()
			kept.mu.Lock()
			if kept.ended = err != nil; !kept.ended {
				kept.sent = append(kept.sent, string(text))
			}
			kept.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	return kept
}

func (k *wire) carries(word string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return strings.Contains(strings.Join(k.sent, "\n"), word)
}

func (k *wire) frames() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.sent)
}

// TestHeldReplyOnTheWire: pages of clients are sent nothing at all while a reply is
// held, edited by nobody and taken back; then it is there within a second of its time.
func TestHeldReplyOnTheWire(t *testing.T) {
	w := newWorld(t)
	w.holds(2)
	task := "/tasks/" + w.tasks["gallery"].String()
	clients := []*wire{w.wire("eleni", "/portal"+task), w.wire("viewer", "/portal/projects/"+w.project.String()), w.wire("eleni", "/portal")}
	team := w.wire("leader", task)
	time.Sleep(300 * time.Millisecond) // the first frames
	before := []int{clients[0].frames(), clients[1].frames(), clients[2].frames()}
	back, err := w.store.AddReply(w.actor("member"), w.tasks["gallery"], "CNRY-taken-back")
	w.ok(err)
	_, err = w.store.TakeBack(w.actor("member"), back)
	w.ok(err)
	_, err = w.store.AddReply(w.actor("member"), w.tasks["gallery"], "Word-of-the-hour")
	w.ok(err)
	due := time.Now().Add(2 * time.Second)
	for time.Until(due) > 100*time.Millisecond {
		for i, client := range clients {
			if got := client.frames(); got != before[i] {
				t.Fatalf("page %d was sent %d frames while the reply was held: %v", i, got-before[i], client.sent[before[i]:])
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	if !team.carries("Word-of-the-hour") {
		t.Error("the team does not see it as held")
	}
	for !clients[0].carries("Word-of-the-hour") {
		if time.Since(due) > 3*time.Second { // the worker looks once a second, beside all other tests
			t.Fatal("it does not come")
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Logf("there %v after its time", time.Since(due).Round(time.Millisecond))
	for i, client := range clients {
		if client.carries("CNRY") {
			t.Errorf("page %d has what was taken back", i)
		}
	}
}

// TestHeldRepliesAtRandom: after every step of any sequence no client has a word of
// a reply that is held, stopped, taken back or a note, nor counts it.
func TestHeldRepliesAtRandom(t *testing.T) {
	w := newWorld(t)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	threads := []db.ID{w.tasks["gallery"], w.tasks["shipping"], w.project}
	pages := []string{"/portal", "/portal/projects/" + w.project.String(), "/portal/tasks/" + w.tasks["gallery"].String(),
		"/portal/tasks/" + w.tasks["shipping"].String(), "/portal/projects/" + w.project.String() + "/conversation"}
	var wires []*wire
	for _, client := range []string{"eleni", "viewer"} {
		for _, page := range pages {
			wires = append(wires, w.wire(client, page))
		}
	}
	words := map[db.ID]string{}
	for step := range 60 {
		did := w.randomHolding(random, threads, words)
		released := map[string]bool{}
		for id, word := range words {
			released[word] = w.rows("SELECT count(*) FROM reply WHERE id = ? AND released_at IS NOT NULL", id) == 1
		}
		for _, client := range []string{"eleni", "viewer"} {
			w.holdsBack(fmt.Sprintf("step %d, %s, seed %d", step, did, seed), client, pages, threads, released)
		}
		for _, kept := range wires {
			for word, out := range released {
				if !out && kept.carries(word) {
					t.Fatalf("step %d, %s, seed %d: a frame has %s", step, did, seed, word)
				}
			}
		}
	}
	t.Logf("%d replies", len(words))
}

// holdsBack looks at everything that a client gets.
func (w *world) holdsBack(when, client string, pages []string, threads []db.ID, released map[string]bool) {
	w.t.Helper()
	var got strings.Builder
	someone := w.as(client)
	for _, page := range pages {
		got.WriteString(someone.get(page).body)
	}
	w.ok(w.store.Glass(w.people[client].ID, func(g *db.Glass) error {
		for _, thread := range threads {
			said, err := g.Conversation(thread)
			if err != nil {
				return err
			}
			for _, reply := range said {
				fmt.Fprintln(&got, reply.Body)
			}
		}
		lines, err := g.Threads(w.project)
		for _, line := range lines {
			said, err := g.Conversation(line.ID)
			if err != nil {
				return err
			}
			if len(said) != line.Replies {
				w.t.Errorf("%s: %s counts %d replies of %d", when, client, line.Replies, len(said))
			}
		}
		return err
	}))
	for word, out := range released {
		if !out && strings.Contains(got.String(), word) {
			w.t.Fatalf("%s: %s reads %s", when, client, word)
		}
	}
}

// randomHolding does something to the team's replies or to what they hang on, and
// says what. What somebody may not do just now is no fault.
func (w *world) randomHolding(random *rand.Rand, threads []db.ID, words map[db.ID]string) (did string) {
	leader, owner, member := w.actor("leader"), w.actor("owner"), w.actor("member")
	var one db.ID
	for id := range words {
		if one = id; random.IntN(3) == 0 {
			break
		}
	}
	by, tasks := []db.Actor{leader, member, owner}[random.IntN(3)], threads[:2]
	task := tasks[random.IntN(2)]
	var err error
	switch random.IntN(13) {
	case 0, 1, 2, 3:
		did = "post"
		w.holds([]int{0, 30, 30, 30}[random.IntN(4)])
		word := fmt.Sprintf("Word-%d-end", random.Uint64())
		var id db.ID
		if id, err = w.store.AddReply(by, threads[random.IntN(3)], word); err == nil {
			words[id] = word
		}
	case 4:
		did = "undo"
		_, err = w.store.TakeBack(by, one)
	case 5:
		did = "send now"
		_, err = w.store.SendNow(by, one)
	case 6:
		did = "note"
		_, err = w.store.MakeNote(by, one)
	case 7, 8:
		did = "release"
		w.behind("UPDATE reply SET held_until = '2020-01-01T00:00:00.000000Z' WHERE held_until IS NOT NULL AND ?1 > 0", 1)
		err = w.store.ReleaseOverdue()
	case 9:
		did = "private"
		if random.IntN(2) == 0 {
			did = "shown"
			err = w.store.ShowTasks(leader, w.project, []db.ID{task})
		} else {
			err = w.store.HideTasks(leader, w.project, []db.ID{task})
		}
	case 10:
		did = "archive"
		if random.IntN(3) == 0 {
			err = w.store.ArchiveProject(leader, w.project, random.IntN(2) == 0)
		} else {
			err = w.store.ArchiveTask(leader, task, random.IntN(2) == 0)
		}
	case 11:
		did = "member"
		if random.IntN(2) == 0 {
			_, err = w.store.AddMember(owner, w.project, member.Email, "", "member")
		} else {
			err = w.store.RemoveMember(owner, w.project, member.ID)
		}
	case 12:
		did = "deactivate"
		err = w.store.SetPersonActive(owner, member.ID, random.IntN(2) == 0)
	}
	var refusal *db.Invalid
	if err != nil && !errors.Is(err, db.ErrNotFound) && !errors.Is(err, db.ErrDenied) && !errors.Is(err, db.ErrSent) && !errors.As(err, &refusal) {
		w.t.Fatalf("%s: %v", did, err)
	}
	return did
}
