package handlers

import (
	"bufio"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"vitrine/db"
)

// What ends whose access, and what is left of it then, is data: a line for each
// event, a column for each way. An event or a way that the file lacks fails.
const revocationFile = "testdata/revocation.txt"

// readRevocation answers the ways of the file and, of each event, what they answer.
func readRevocation(t *testing.T) (ways []string, events map[string]map[string]string) {
	file, err := os.Open(revocationFile)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	events = map[string]map[string]string{}
	for scanner := bufio.NewScanner(file); scanner.Scan(); {
		fields := strings.Fields(scanner.Text())
		switch {
		case len(fields) == 0 || fields[0] == "#":
		case ways == nil:
			ways = fields[1:]
		case len(fields) != len(ways)+1 || events[fields[0]] != nil:
			t.Fatal("not one answer for each way: ", scanner.Text())
		default:
			events[fields[0]] = map[string]string{}
			for i, way := range ways {
				events[fields[0]][way] = fields[i+1]
			}
		}
	}
	return ways, events
}

// TestRevocation: after each event, which is committed while others move tasks,
// every way is asked once. A socket that has to close does so with 1008 within a
// second, and no frame carries anything that was done after the commit.
func TestRevocation(t *testing.T) {
	ways, events := readRevocation(t)
	if known := slices.Sorted(maps.Keys(endings)); !slices.Equal(known, slices.Sorted(maps.Keys(events))) {
		t.Fatalf("%s has other events than %q", revocationFile, known)
	}
	if known := slices.Sorted(maps.Keys(waysOut)); !slices.Equal(known, slices.Sorted(slices.Values(ways))) {
		t.Fatalf("%s has other ways than %q", revocationFile, known)
	}
	for event, wants := range events {
		t.Run(event, func(t *testing.T) {
			t.Parallel()
			h := newHolder(t)
			end := endings[event](h)
			h.keepMail()
			stop := h.bustle()
			h.commit(t, end, wants)
			for _, way := range waysInOrder {
				if got := waysOut[way](h); got != wants[way] {
					t.Errorf("%s answers %s, not %s", way, got, wants[way])
				}
			}
			stop()
		})
	}
}

// commit lets the event happen, and waits until the sockets have had their second:
// to be told nothing, or to be closed. One that stays live is told when the machine
// comes to it.
func (h *holder) commit(t *testing.T, end func() answer, wants map[string]string) {
	t.Helper()
	if page := h.maria.get(h.project); page.status != 200 {
		t.Fatal("it begins with ", page.status)
	}
	if acted := end(); acted.status != 303 {
		t.Fatalf("the event answers %d %s", acted.status, acted.body)
	}
	h.over.Store(true)
	at := time.Now()
	for name, seen := range h.sockets {
		patience := time.Second
		switch {
		case wants[name] == "live", raced && wants[name] == "1008": // a second is for the program, not for the detector
			patience = 20 * time.Second
		}
		seen.outcome = seen.after(at, patience)
	}
}

// watched is an open socket and what came over it.
type watched struct {
	late    atomic.Bool   // something that was done after the commit
	over    chan struct{} // told of it, or closed
	closed  atomic.Pointer[closing]
	outcome string
}

type closing struct {
	why error
	at  time.Time
}

const lateTask = "after the commit"

func (h *holder) watches(name string, someone *someone, path string) {
	socket, seen := someone.watch(path), &watched{over: make(chan struct{}, 2)}
	h.sockets[name] = seen
	go func() {
		for {
			_, frame, err := socket.ReadMessage()
			if err != nil {
				seen.closed.Store(&closing{err, time.Now()})
				seen.over <- struct{}{}
				return
			}
			if strings.Contains(string(frame), lateTask) && !seen.late.Swap(true) {
				seen.over <- struct{}{}
			}
		}
	}()
}

// after says what became of a socket: "live" is told on, "quiet" stays open and is
// told nothing of the project, a number is the code that it was closed with.
func (s *watched) after(at time.Time, patience time.Duration) string {
	select {
	case <-s.over:
	case <-time.After(time.Until(at.Add(patience))):
	}
	closed, outcome := s.closed.Load(), "quiet"
	switch {
	case closed == nil && s.late.Load():
		return "live"
	case closed != nil && s.late.Load():
		return "told-too-late"
	case closed != nil && closed.at.Before(at.Add(patience)):
		outcome = fmt.Sprint(closed.why)
		if refused := new(websocket.CloseError); errors.As(closed.why, &refused) {
			outcome = fmt.Sprint(refused.Code)
		}
	}
	return outcome
}

// bustle has the team add and move tasks until it is told to stop.
func (h *holder) bustle() (stop func()) {
	over, done := make(chan struct{}), make(chan struct{})
	owner := h.actor("owner")
	go func() {
		defer close(done)
		for n := 0; ; n++ {
			title := fmt.Sprint("Early task ", n)
			if h.over.Load() { // from here on the commit is acknowledged
				title = fmt.Sprint("Task ", n, " ", lateTask)
			}
			id, err := h.store.AddTask(owner, h.world.project, db.NewTask{Title: title, Column: db.Doing, Shown: "shown"})
			if err == nil && n%3 == 0 {
				_, err = h.store.MoveTask(owner, id, db.Done, 0)
			}
			if err != nil {
				h.t.Error("the team cannot work on: ", err)
				return
			}
			select {
			case <-over:
				return
			case <-time.After(15 * time.Millisecond):
			}
		}
	}()
	return func() { close(over); <-done }
}
