package handlers

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"vitrine/db"
)

// refusedNow waits until a socket is closed for good, and answers how soon that was.
func refusedNow(t *testing.T, socket *websocket.Conn) time.Duration {
	t.Helper()
	begun := time.Now()
	socket.SetReadDeadline(begun.Add(5 * time.Second))
	for {
		_, _, err := socket.ReadMessage()
		if err == nil {
			continue
		}
		var closed *websocket.CloseError
		if !errors.As(err, &closed) || closed.Code != websocket.ClosePolicyViolation {
			t.Errorf("the socket ended with %v", err)
		}
		return time.Since(begun)
	}
}

// Deactivated, somebody's open pages close, their next request leads to sign-in,
// and no frame of what is done afterwards reaches them.
func TestDeactivatedWhileLooking(t *testing.T) {
	w := newWorld(t)
	for name, path := range map[string]string{"member": "/projects/" + w.project.String(), "eleni": "/portal/projects/" + w.project.String()} {
		someone := w.as(name)
		socket := someone.watch(path)
		if answer := w.as("owner").post("/people/"+w.people[name].ID.String()+"/active", "active", "0"); answer.status != http.StatusSeeOther {
			t.Fatalf("%s: %d", name, answer.status)
		}
		if _, err := w.store.MoveTask(w.actor("owner"), w.tasks["shipping"], db.Doing, 0); err != nil {
			t.Fatal(err)
		}
		if took := refusedNow(t, socket); took > time.Second {
			t.Errorf("%s was out after %v", name, took)
		}
		if answer := someone.get(path); answer.status != http.StatusSeeOther {
			t.Errorf("%s still reads: %d", name, answer.status)
		}
		if _, _, err := someone.socket("/live?page=board&id=" + w.project.String()); err == nil {
			t.Errorf("%s connects again", name)
		}
	}
}

// An admin who becomes a member leaves the pages of projects they are not on.
func TestDemotedWhileLooking(t *testing.T) {
	w := newWorld(t)
	boss, id := w.as("owner"), "/people/"+w.people["elsewhere"].ID.String()
	if answer := boss.post(id, "title", w.people["elsewhere"].Title, "role", "admin", "version", "1"); answer.status != http.StatusSeeOther {
		t.Fatal(answer.status)
	}
	otto := w.as("elsewhere")
	foreign := otto.watch("/projects/" + w.project.String())
	own := otto.watch("/projects/" + w.other.String())
	if answer := boss.post(id, "title", w.people["elsewhere"].Title, "role", "member", "version", "2"); answer.status != http.StatusSeeOther {
		t.Fatal(answer.status)
	}
	if took := refusedNow(t, foreign); took > time.Second {
		t.Errorf("out after %v", took)
	}
	if answer := otto.get("/projects/" + w.project.String()); answer.status != http.StatusNotFound {
		t.Errorf("the project is still read: %d", answer.status)
	}
	own.SetReadDeadline(time.Now().Add(300 * time.Millisecond))
	if _, _, err := own.ReadMessage(); websocket.IsCloseError(err, websocket.ClosePolicyViolation) {
		t.Error("their own project closed too")
	}
}
