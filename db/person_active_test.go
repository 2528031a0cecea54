package db

import (
	"testing"
	"time"
)

// Deactivated, somebody is out of everything at that commit, and what they were
// out of does not come back by itself when they are let in again.
func TestOutOfEverything(t *testing.T) {
	t.Parallel()
	for who, by := range map[string]string{"lea": "adam", "eleni": "adam", "adam": "olivia"} {
		t.Run(who, func(t *testing.T) {
			w := newWorld(t)
			w.t = t
			id, token := w.id(who), w.session(who)
			actor, err := w.Login(token)
			w.must(err)
			link, err := w.SignInLink(actor.Email)
			w.must(err)
			asked, err := w.BeginSignIn(actor.Email, "203.0.113.9", "", "", "")
			w.must(err)
			w.sql("INSERT INTO api_token (id, token_hash, person_id, name, created_at) VALUES (?, x'01', ?, 'script', '2026')", NewID(), id)
			var preview string
			if actor.Side == Team {
				preview, err = w.StartPreview(actor, w.id("nikos"))
				w.must(err)
			}
			_, authority, err := w.Versions(nil)
			w.must(err)
			w.must(w.SetPersonActive(w.actor(by), id, false))
			w.outOf(actor, token, link, preview)
			if _, after, _ := w.Versions(nil); after == authority {
				t.Error("open pages are not asked again")
			}
			if open := w.rows("SELECT 1 FROM challenge WHERE person_id = ? AND used_at IS NULL AND expires_at > ?", id, At(w.Now())); len(open) > 0 {
				t.Error("a sign-in that was begun goes on: ", asked)
			}
			w.must(w.SetPersonActive(w.actor(by), id, true))
			w.tick(time.Second)
			if _, err := w.Login(token); err != ErrNotFound {
				t.Error("let in again, and the old session holds: ", err)
			}
			if open := w.rows("SELECT 1 FROM api_token WHERE ended_at IS NULL"); len(open) > 0 {
				t.Error("let in again, and the old token holds")
			}
			if _, err := w.SignInLink(actor.Email); err != nil {
				t.Error("let in again, and cannot: ", err)
			}
		})
	}
}

func (w *world) outOf(actor Actor, token, link, preview string) {
	w.t.Helper()
	if _, err := w.Login(token); err != ErrNotFound {
		w.t.Error("Login: ", err)
	}
	if alive, err := w.Alive([]ID{actor.Session}, nil); err != nil || alive[actor.Session] {
		w.t.Error("Alive: ", alive, err)
	}
	if seats, err := w.Standings([]ID{actor.ID}); err != nil || len(seats) > 0 {
		w.t.Error("Standings: ", seats, err)
	}
	if _, _, err := w.UseSignInLink(link, ""); err != ErrGone {
		w.t.Error("the link: ", err)
	}
	if _, err := w.SignInLink(actor.Email); err != ErrNotFound {
		w.t.Error("another link: ", err)
	}
	if preview != "" {
		if _, err := w.Preview(actor, preview); err != ErrNotFound {
			w.t.Error("the preview: ", err)
		}
	}
}

// Signed out everywhere is not put out: they come in again, by a new way only.
func TestSignedOutEverywhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.session("lea")
	actor, err := w.Login(token)
	w.must(err)
	link, err := w.SignInLink(actor.Email)
	w.must(err)
	w.must(w.EndPersonSessions(w.actor("adam"), actor.ID))
	if _, err := w.Login(token); err != ErrNotFound {
		t.Error("Login: ", err)
	}
	if _, _, err := w.UseSignInLink(link, ""); err != ErrGone {
		t.Error("the link: ", err)
	}
	if _, err := w.SignInLink(actor.Email); err != nil {
		t.Error(err)
	}
}

// Clients read no more of somebody who was put out, and their pages hear of it;
// pages of projects that the person is not on hear nothing.
func TestClientsReadTheyAreGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	names := func() (names []string) {
		w.must(w.Glass(w.id("eleni"), func(g *Glass) error {
			people, err := g.People(w.id("site"))
			for _, p := range people {
				names = append(names, p.Name)
			}
			return err
		}))
		return names
	}
	before, _, err := w.Versions([]ID{w.id("site"), w.id("beta")})
	w.must(err)
	all := names()
	w.must(w.SetPersonActive(w.actor("adam"), w.id("lea"), false)) // its last leader: admins lead on
	after, _, err := w.Versions([]ID{w.id("site"), w.id("beta")})
	w.must(err)
	if left := names(); len(left) != len(all)-1 {
		t.Errorf("%q, and then %q", all, left)
	}
	if after[w.id("site")][1] <= before[w.id("site")][1] || after[w.id("beta")] != before[w.id("beta")] {
		t.Error("versions: ", before, after)
	}
	w.must(w.RemoveMember(w.actor("adam"), w.id("site"), w.id("mark")))
}

// Somebody who registered is connected to a company once; ids of elsewhere are
// refused in words.
func TestConnectClient(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	adam, stan, before := w.actor("adam"), w.id("stan"), w.digest()
	acme, client := w.id("Acme").String(), ID(1).String()
	for want, c := range map[string]Connection{"team-people.no-company": {NewID().String(), client, ""}, "team-people.no-company ": {w.id("Closed").String(), client, ""},
		"team-people.no-company  ": {"x", client, ""}, "role.unknown": {acme, NewID().String(), ""}, "role.unknown ": {acme, "", ""},
		"team-people.no-project": {acme, client, w.id("beta").String()}, "team-people.no-project ": {acme, client, "x"}, "team-people.no-project  ": {acme, client, w.id("old").String()}} {
		if err := w.ConnectClient(adam, stan, c); key(err) != trimmed(want) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	for _, who := range []string{"mark", "olivia"} {
		if err := w.ConnectClient(w.actor("olivia"), w.id(who), Connection{acme, client, ""}); err != ErrNotFound {
			t.Errorf("%s became a contact: %v", who, err)
		}
	}
	if err := w.ConnectClient(adam, w.id("eleni"), Connection{w.id("Beta").String(), client, ""}); key(err) != "team-people.connected-already" {
		t.Error(err)
	}
	w.unchanged(before, "connections")
	w.must(w.ConnectClient(adam, stan, Connection{acme, client, w.id("site").String()}))
	if len(w.glassOrder("stan", "site")) == 0 {
		t.Error("stan sees nothing")
	}
	if err := w.ConnectClient(adam, stan, Connection{acme, client, ""}); key(err) != "team-people.connected-already" {
		t.Error(err)
	}
	// A company whose contacts join everything takes them onto them.
	w.sql("UPDATE company SET joins_all = 1 WHERE id = ?", w.id("Acme"))
	w.sql("DELETE FROM contact WHERE person_id = ?", w.id("odd"))
	w.sql("DELETE FROM membership WHERE person_id = ?", w.id("odd"))
	w.must(w.ConnectClient(adam, w.id("odd"), Connection{acme, client, ""}))
	if on := w.rows("SELECT p.name FROM membership m JOIN project p ON p.id = m.project_id WHERE m.person_id = ? ORDER BY 1", w.id("odd")); len(on) != 3 {
		t.Error("odd is on ", on)
	}
}

func trimmed(text string) string {
	for len(text) > 0 && text[len(text)-1] == ' ' {
		text = text[:len(text)-1]
	}
	return text
}

// The page about somebody counts what is theirs and tells what was done.
func TestPersonRecord(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	link, err := w.SignInLink("lea@ormos.test")
	w.must(err)
	w.must(just2(w.UseSignInLink(link, "a browser")))
	w.sql("INSERT INTO passkey (id, person_id, credential_id, credential, name, created_at) VALUES (1, ?, x'02', '', 'phone', '2026')", w.id("lea"))
	w.must(w.EditTeamPerson(w.actor("olivia"), w.id("lea"), TeamPersonForm{Name: "Lea Lind", Title: "Design lead", Role: Admin, Version: 1}))
	record, err := w.PersonRecord(w.actor("adam"), w.id("lea"))
	w.must(err)
	if record.Sessions != 1 || record.Passkeys != 1 || record.LastSignIn.IsZero() || len(record.On) != 2 || record.On[0].Role != "leader" || !record.On[1].Archived {
		t.Errorf("%+v", record)
	}
	if line := record.Activity[0]; line.Kind != "person.role" || line.Detail != Admin || line.Actor != "Olivia Ormos" {
		t.Errorf("%+v", line)
	}
	duo, err := w.PersonRecord(w.actor("adam"), w.id("duo"))
	w.must(err)
	if len(duo.Of) != 2 || duo.Companies != "Acme, Beta" {
		t.Errorf("%+v", duo.Of)
	}
	list, err := w.People(w.actor("adam"), Client)
	w.must(err)
	for _, line := range list {
		if (line.ID == w.id("stan")) != (line.Companies == "") || line.Side != Client {
			t.Errorf("%+v", line)
		}
	}
	w.sql("INSERT INTO person (id, name, side, role, created_at) VALUES (77, 'A Name', 'team', 'member', '2026')") // of an import
	if _, err := w.PersonRecord(w.actor("adam"), 77); err != ErrNotFound {
		t.Error(err)
	}
}
