package db

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestLoginEnds(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	token := w.session("eleni")
	if actor, err := w.Login(token); err != nil || actor.ID != w.id("eleni") || actor.Side != Client || actor.Preview != 0 || actor.Session == 0 {
		t.Fatal(actor, err)
	}
	for _, wrong := range []string{"", "x", token[1:], token + "A", strings.ToLower(token), newToken()} {
		if _, err := w.Login(wrong); err != ErrNotFound {
			t.Errorf("%q signs in: %v", wrong, err)
		}
	}
	// Used every day it lasts a month, unused two weeks.
	idle := w.session("eleni")
	for range 29 {
		w.tick(24 * time.Hour)
		if _, err := w.Login(token); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Login(idle); err != ErrNotFound {
		t.Error("unused for 29 days it still signs in: ", err)
	}
	w.tick(24 * time.Hour)
	if _, err := w.Login(token); err != ErrNotFound {
		t.Error("after a month it still signs in: ", err)
	}
	if list, err := w.Sessions(w.actor("eleni")); err != nil || len(list) > 0 {
		t.Error("sessions that are over are listed: ", list, err)
	}
}

func TestTokenIsNotStored(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.session("eleni")
	if strings.Contains(w.digest(), token) {
		t.Error("the token stands in the database")
	}
}

func TestSessionsAreOnesOwn(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	eleni, second, vic := w.signIn("eleni"), w.signIn("eleni"), w.signIn("vic")
	before := w.digest()
	for _, id := range []ID{vic.Session, NewID(), 0} {
		if err := w.EndSession(eleni, id); err != ErrNotFound {
			t.Errorf("ending a session that is not one's own: %v", err)
		}
	}
	if w.digest() != before {
		t.Error("something changed")
	}
	list, err := w.Sessions(eleni)
	if err != nil || len(list) != 2 || slices.ContainsFunc(list, func(s Session) bool { return s.ID == vic.Session }) {
		t.Error(list, err)
	}
	w.must(w.EndOtherSessions(eleni))
	if alive, err := w.Alive([]ID{eleni.Session, second.Session, vic.Session}, nil); err != nil || !alive[eleni.Session] || alive[second.Session] || !alive[vic.Session] {
		t.Error(alive, err)
	}
	if err := w.EndOtherSessions(eleni); err != nil {
		t.Error("without others: ", err)
	}
	w.must(w.EndSession(eleni, eleni.Session))
	if err := w.EndSession(eleni, eleni.Session); err != ErrNotFound {
		t.Error("ended twice: ", err)
	}
}

// That the last use cannot be kept, on a full disk, keeps nobody out.
func TestLoginWithoutWriting(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.session("eleni")
	w.tick(time.Hour)
	w.must(w.write(func(tx *Tx) error {
		return tx.run("CREATE TEMP TRIGGER full BEFORE UPDATE ON main.session BEGIN SELECT RAISE(FAIL, 'the disk is full'); END")
	}))
	if actor, err := w.Login(token); err != nil || actor.ID != w.id("eleni") {
		t.Error(actor, err)
	}
}

// Whatever ends somebody's access ends it with the write: the glass is empty,
// the login refused, the seat gone, and the generation has risen.
func TestAccessEndsAtOnce(t *testing.T) {
	alone(t)
	t.Parallel()
	for what, c := range map[string]struct {
		end   func(w *world, eleni Actor) error
		login bool // the login ends too
	}{
		"taken off the project": {func(w *world, _ Actor) error { return w.RemoveMember(w.actor("lea"), w.id("site"), w.id("eleni")) }, false},
		"another client role": {func(w *world, _ Actor) error {
			return w.SetClientRole(w.actor("adam"), w.id("site"), w.id("eleni"), "client-finance")
		}, false},
		"person deactivated": {func(w *world, _ Actor) error {
			return w.behind("UPDATE person SET active = 0 WHERE id = ?", w.id("eleni"))
		}, true},
		"contact deactivated": {func(w *world, _ Actor) error {
			return w.behind("UPDATE contact SET active = 0 WHERE person_id = ?", w.id("eleni"))
		}, true},
		"company put aside": {func(w *world, _ Actor) error {
			return w.behind("UPDATE company SET status = 'inactive' WHERE id = ?", w.id("Acme"))
		}, true},
		"right taken away": {func(w *world, _ Actor) error {
			return w.behind("DELETE FROM client_role_right WHERE role_id = 1 AND right = ?", "projects")
		}, false},
		"project of another company": {func(w *world, _ Actor) error {
			return w.behind("UPDATE project SET company_id = ? WHERE name = 'Site'", w.id("Beta"))
		}, false},
		"project of no company": {func(w *world, _ Actor) error {
			return w.behind("UPDATE project SET company_id = NULL WHERE id = ?", w.id("site"))
		}, false},
		"session ended": {func(w *world, eleni Actor) error { return w.EndSession(eleni, eleni.Session) }, true},
	} {
		t.Run(what, func(t *testing.T) {
			w := newWorld(t)
			w.t = t
			token := w.session("eleni")
			eleni, err := w.Login(token)
			w.must(err)
			if seats, err := w.Standings([]ID{eleni.ID}); err != nil || seats[Seat{eleni.ID, w.id("site"), 0}].Side != Client || seats[Seat{eleni.ID, w.id("site"), 0}].Replies == "" {
				t.Fatal(seats, err)
			}
			_, authority, err := w.Versions(nil)
			w.must(err)
			generation := w.Generation()
			w.must(c.end(w, eleni))
			if w.Generation() == generation {
				t.Error("the generation stayed")
			}
			byMethod := what == "taken off the project" || what == "another client role" || what == "session ended"
			if _, after, err := w.Versions(nil); err != nil || after == authority && byMethod {
				t.Error("authority stayed", err)
			}
			if _, err := w.Login(token); c.login != errors.Is(err, ErrNotFound) || !c.login && err != nil {
				t.Error("Login: ", err)
			}
			if alive, err := w.Alive([]ID{eleni.Session}, nil); err != nil || alive[eleni.Session] == c.login {
				t.Error("Alive: ", alive, err)
			}
			if what == "session ended" { // the person stays a client of the project
				return
			}
			seats, err := w.Standings([]ID{eleni.ID})
			if _, seated := seats[Seat{eleni.ID, w.id("site"), 0}]; seated || err != nil {
				t.Error("still seated: ", seats, err)
			}
			if _, home := seats[Seat{eleni.ID, 0, 0}]; home == c.login {
				t.Error("seated at home: ", home)
			}
			if site := w.glassOrder("eleni", "site"); len(site) > 0 {
				t.Error("the glass still shows ", site)
			}
			w.must(w.Glass(eleni.ID, func(g *Glass) error {
				if p, err := g.Project(w.id("site")); err != ErrNotFound {
					t.Error(p, err)
				}
				log, err := g.Log(w.id("site"), 100)
				if thread, _ := g.Conversation(w.id("home")); len(log)+len(thread) > 0 {
					t.Error("log or thread is still there")
				}
				return err
			}))
			if _, err := w.AddReply(eleni, w.id("home"), "words"); err != ErrNotFound {
				t.Error("still replies: ", err)
			}
		})
	}
}

// behind changes rows that the store has no method for yet.
func (w *world) behind(query string, args ...any) error {
	return w.write(func(tx *Tx) error { return tx.must(query, args...) })
}
