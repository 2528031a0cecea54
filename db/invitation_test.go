package db

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// inviteMail sends what waits and answers the newest mail to an address.
func (w *world) inviteMail(address, kind string) (found Mail) {
	w.t.Helper()
	for mails, err := w.ClaimMail(50); len(mails) > 0; mails, err = w.ClaimMail(50) {
		w.must(err)
		for _, m := range mails {
			if w.must(w.MailSent(m, false)); m.To.Email == address && m.Kind == kind {
				found = m
			}
		}
	}
	return found
}

// guest is somebody new at Acme who was put on the site project and invited.
func (w *world) guest(name string) (Person, Mail) {
	w.t.Helper()
	person, err := w.AddAndInvite(w.actor("lea"), w.id("site"), name+"@acme.test", name, "client")
	w.must(err)
	mail := w.inviteMail(person.Email, MailInvitation)
	if len(mail.Link) != 43 {
		w.t.Fatalf("no invitation for %s: %+v", name, mail)
	}
	return person, mail
}

// begin presses the button of an invitation and answers cookie and PIN mail.
func (w *world) begin(link, address string) (string, Mail) {
	w.t.Helper()
	w.tick(mailWindow) // the limits have tests of their own
	cookie, err := w.BeginJoin(link, "192.0.2.0/24", "")
	w.must(err)
	return cookie, w.inviteMail(address, MailSignIn)
}

// joins is what may not grow when an invitation is refused.
func (w *world) joins() string {
	return strings.Join(w.rows(`SELECT (SELECT count(*) FROM session), (SELECT count(*) FROM person WHERE joined_at IS NOT NULL), (SELECT count(*) FROM contact),
		(SELECT count(*) FROM membership), (SELECT count(*) FROM person), (SELECT count(*) FROM invitation WHERE accepted_at IS NOT NULL)`), "")
}

func TestInvitationJoins(t *testing.T) {
	w := newWorld(t)
	person, mail := w.guest("gwen")
	if mail.To.ID != person.ID || mail.Letter.From != "Lea" || mail.Letter.Project != "Site" || mail.Letter.Text != "" || mail.PIN != "" {
		t.Errorf("%+v", mail.Letter)
	}
	for range 10 { // programs that scan mail
		if page, err := w.Invitation(mail.Link); err != nil || page.Address != person.Email || page.Project != "Site" || page.From != "Lea" {
			t.Fatal(page, err)
		}
	}
	if state := w.stateOf("lea", person.ID); state != InvitationSent {
		t.Error("looking counts as opened:", state)
	}
	cookie, pin := w.begin(mail.Link, person.Email)
	if state := w.stateOf("lea", person.ID); state != InvitationOpened {
		t.Error(state)
	}
	before := w.Generation()
	token, next, err := w.TryPIN(cookie, pin.PIN, "")
	if err != nil || next != "/welcome?next=%2Fportal%2Fprojects%2F"+w.id("site").String() {
		t.Fatal(next, err)
	}
	if actor, err := w.Login(token); err != nil || actor.ID != person.ID {
		t.Error(actor, err)
	}
	if state := w.stateOf("lea", person.ID); state != InvitationJoined || w.Generation() == before {
		t.Error("nobody is told:", state)
	}
	if _, err := w.Invitation(mail.Link); !errors.Is(err, ErrGone) {
		t.Error("a used invitation shows", err)
	}
	if kinds := w.rows("SELECT kind FROM audit WHERE person_id = ? ORDER BY id", person.ID); fmt.Sprint(kinds) != "[contact.added member.added invitation.sent invitation.accepted session.begun]" {
		t.Error(kinds)
	}
	var invalid *Invalid
	if err := w.InviteContact(w.actor("lea"), w.id("Acme"), person.ID, ""); !errors.As(err, &invalid) || invalid.Key != "invite.has-joined" {
		t.Error("who has joined is invited again:", err)
	}
}

func (w *world) stateOf(viewer string, person ID) (state string) {
	w.t.Helper()
	w.must(w.View(w.actor(viewer).Person, func(v *Viewer) error {
		states, err := v.InvitationStates(w.id("Acme"))
		roster, wrong := v.RosterStates(w.id("site"))
		state, _ = states[person].At(w.Now())
		if on, is := roster[person]; is {
			if other, _ := on.At(w.Now()); other != state {
				w.t.Errorf("%s at the company, %s on the project", state, other)
			}
		}
		return errors.Join(err, wrong)
	}))
	return state
}

// spoilers are everything that may happen to an invitation between its mail and
// the PIN, and how the team reads of it afterwards.
var spoilers = map[string]struct {
	state string
	spoil func(w *world, p Person, link string)
}{
	"revoked":    {InvitationEnded, func(w *world, p Person, _ string) { w.must(w.EndInvitation(w.actor("lea"), w.id("Acme"), p.ID)) }},
	"sent again": {InvitationSent, func(w *world, p Person, _ string) { w.must(w.InviteContact(w.actor("lea"), w.id("Acme"), p.ID, "x")) }},
	"expired": {InvitationExpired, func(w *world, p Person, _ string) {
		w.sql("UPDATE invitation SET expires_at = ? WHERE person_id = ?", At(w.Now()), p.ID)
	}},
	"role edited": {InvitationChanged, func(w *world, p Person, _ string) {
		w.must(w.SetClientRole(w.actor("lea"), w.id("site"), p.ID, "client-viewer"))
	}},
	"address edited": {InvitationChanged, func(w *world, p Person, _ string) {
		w.sql("UPDATE person SET email = 'other-' || email WHERE id = ?", p.ID)
	}},
	"off the project":     {InvitationChanged, func(w *world, p Person, _ string) { w.must(w.RemoveMember(w.actor("lea"), w.id("site"), p.ID)) }},
	"contact deactivated": {InvitationChanged, func(w *world, p Person, _ string) { w.sql("UPDATE contact SET active = 0 WHERE person_id = ?", p.ID) }},
	"person deactivated":  {InvitationChanged, func(w *world, p Person, _ string) { w.sql("UPDATE person SET active = 0 WHERE id = ?", p.ID) }},
	"company archived": {InvitationChanged, func(w *world, p Person, _ string) {
		w.sql("UPDATE company SET status = 'archived' WHERE id = ?", w.id("Acme"))
	}},
	"contact removed": {NotInvited, func(w *world, p Person, _ string) {
		w.sql("DELETE FROM contact WHERE person_id = ?", p.ID)
		w.sql("DELETE FROM membership WHERE person_id = ?", p.ID)
	}},
}

// Ten people and five tries each, for every way to spoil it.
func TestSpoiledInvitationJoinsNobody(t *testing.T) {
	alone(t)
	for name, how := range spoilers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			for i := range 10 {
				person, mail := w.guest(fmt.Sprint("guest", i))
				person.Active = true
				cookie, pin := w.begin(mail.Link, person.Email)
				how.spoil(w, person, mail.Link)
				before, audited := w.joins(), w.rows("SELECT count(*) FROM audit")[0]
				enter := func() error { _, _, err := w.TryPIN(cookie, pin.PIN, ""); return err }
				if i%2 == 0 {
					enter = func() error { _, _, err := w.UseLink(pin.Link, ""); return err }
				}
				if err := enter(); !errors.Is(err, ErrNotInvited) {
					t.Fatal("the PIN answers", err)
				}
				for range 2 {
					if _, err := w.BeginJoin(mail.Link, "192.0.2.0/24", ""); !errors.Is(err, ErrGone) {
						t.Fatal("the button answers", err)
					}
				}
				if _, err := w.Invitation(mail.Link); !errors.Is(err, ErrGone) {
					t.Fatal("the page shows", err)
				}
				if _, err := w.AcceptInvitation(Actor{Person: person}, mail.Link); !errors.Is(err, ErrGone) {
					t.Fatal("who is signed in is answered", err)
				}
				if after := w.joins(); after != before || w.rows("SELECT count(*) FROM audit")[0] != audited {
					t.Fatal("somebody joined:", before, after)
				}
				w.sql("UPDATE company SET status = 'active' WHERE id = ?", w.id("Acme"))
				if state := w.stateOf("adam", person.ID); name != "company archived" && state != how.state {
					t.Error("the team reads", state)
				}
			}
		})
	}
}

// The mail goes only to who may read it when it is sent.
func TestSpoiledInvitationIsNotMailed(t *testing.T) {
	for name, how := range spoilers {
		if name == "sent again" {
			continue // the newer one is
		}
		w := newWorld(t)
		person, err := w.AddAndInvite(w.actor("lea"), w.id("site"), "late@acme.test", "Late", "client")
		w.must(err)
		how.spoil(w, person, "")
		for mails, err := w.ClaimMail(50); len(mails) > 0 || err != nil; mails, err = w.ClaimMail(50) {
			t.Errorf("%s: %d mails, %v", name, len(mails), err)
		}
		if left := w.rows("SELECT count(*) FROM outbox WHERE sealed IS NOT NULL"); left[0] != "0" {
			t.Errorf("%s: the link stays in the outbox", name)
		}
	}
}

// A stranger with the mail: the PIN goes to the address that was invited.
func TestForwardedInvitationJoinsNobody(t *testing.T) {
	w := newWorld(t)
	thief := w.actor("otto")
	for i := range 10 {
		person, mail := w.guest(fmt.Sprint("guest", i))
		cookie, pin := w.begin(mail.Link, person.Email)
		before := w.joins()
		if pin.To.Email != person.Email {
			t.Fatal("the PIN goes to", pin.To.Email)
		}
		for guess := range 10 {
			if _, _, err := w.TryPIN(cookie, wrongPIN(pin.PIN, guess), ""); err == nil {
				t.Fatal("guessed")
			}
		}
		if _, err := w.AcceptInvitation(thief, mail.Link); !errors.Is(err, ErrNotInvited) {
			t.Fatal("another account accepts:", err)
		}
		if after := w.joins(); after != before {
			t.Fatal(before, after)
		}
		cookie, pin = w.begin(mail.Link, person.Email)
		if _, _, err := w.TryPIN(cookie, pin.PIN, ""); err != nil {
			t.Fatal("the one who was invited:", err)
		}
		before = w.joins()
		if _, err := w.BeginJoin(mail.Link, "192.0.2.0/24", ""); !errors.Is(err, ErrGone) || w.joins() != before {
			t.Fatal("used again:", err)
		}
	}
}

func TestOneAcceptsOfAHundred(t *testing.T) {
	w := newWorld(t)
	person, mail := w.guest("gwen")
	type pair struct{ cookie, pin string }
	var pairs []pair
	for range 5 {
		cookie, pin := w.begin(mail.Link, person.Email)
		w.tick(-mailWindow)
		pairs = append(pairs, pair{cookie, pin.PIN})
	}
	person.Active = true
	var accepted atomic.Int32
	var wait sync.WaitGroup
	for i := range 100 {
		wait.Go(func() {
			if i%2 == 0 {
				if token, _, err := w.TryPIN(pairs[i/2%5].cookie, pairs[i/2%5].pin, ""); err == nil && token != "" {
					accepted.Add(1)
				}
			} else if _, err := w.AcceptInvitation(Actor{Person: person}, mail.Link); err == nil {
				accepted.Add(1)
			}
		})
	}
	wait.Wait()
	if n := w.rows("SELECT count(*) FROM audit WHERE kind = 'invitation.accepted'"); accepted.Load() != 1 || n[0] != "1" {
		t.Errorf("%d accepted, %s written", accepted.Load(), n[0])
	}
}

func TestInvitingNeedsTheRight(t *testing.T) {
	w := newWorld(t)
	acme := w.id("Acme")
	want := map[string]error{"olivia": nil, "adam": nil, "lea": nil, "mark": ErrDenied, "dora": ErrNotFound, "tess": ErrNotFound, "nikos": ErrNotFound, "eleni": ErrNotFound, "otto": ErrNotFound, "stan": ErrNotFound}
	for who, want := range want {
		for what, ask := range map[string]func() error{
			"invites":    func() error { return w.InviteContact(w.actor(who), acme, w.id("vic"), "") },
			"takes back": func() error { return w.EndInvitation(w.actor(who), acme, w.id("vic")) },
		} {
			before := w.rows("SELECT count(*) FROM invitation")[0]
			if err := ask(); !errors.Is(err, want) || want == nil && err != nil {
				t.Errorf("%s %s: %v, not %v", who, what, err, want)
			}
			if want != nil && w.rows("SELECT count(*) FROM invitation")[0] != before {
				t.Error(who, "wrote")
			}
		}
		if err := w.InviteOnProject(w.actor(who), w.id("site"), w.id("mark")); (err == nil) != (want == nil) {
			t.Errorf("%s invites a colleague: %v", who, err)
		}
	}
	// lea leads site only: brand is none of hers, and bea is a client of it.
	if err := w.InviteContact(w.actor("lea"), acme, w.id("bea"), ""); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
	preview := w.actor("lea")
	preview.Preview = 1
	if err := w.InviteContact(preview, acme, w.id("vic"), ""); !errors.Is(err, ErrPreview) {
		t.Error(err)
	}
	for name, key := range map[string]string{"ingo": "invite.inactive", "gone": "invite.inactive"} {
		var refused *Invalid
		if err := w.InviteContact(w.actor("adam"), acme, w.id(name), ""); !errors.As(err, &refused) || refused.Key != key {
			t.Errorf("%s: %v", name, err)
		}
	}
	var refused *Invalid
	if err := w.InviteContact(w.actor("adam"), acme, w.id("vic"), strings.Repeat("a", letterLimit+1)); !errors.As(err, &refused) || refused.Key != "text.long" {
		t.Error(err)
	}
	for range invitationsPerDay + 1 {
		if err := w.InviteContact(w.actor("adam"), acme, w.id("finn"), ""); err != nil {
			if !errors.As(err, &refused) || refused.Key != "invite.often" {
				t.Error(err)
			}
			return
		}
	}
	t.Error("a mailbox can be flooded")
}

// A client invites a colleague by address alone: what the inviter may not give
// any more joins nobody.
func TestColleagueIsInvited(t *testing.T) {
	spoil := map[string]string{
		"":                    "",
		"inviter lost right":  "UPDATE contact SET role_id = 1 WHERE person_id = ?1",
		"inviter deactivated": "UPDATE person SET active = 0 WHERE id = ?1",
		"inviter off project": "DELETE FROM membership WHERE person_id = ?1",
		"inviter is gone":     "UPDATE invitation SET invited_by = NULL WHERE ?1",
		"role grew":           "INSERT INTO client_role_right (role_id, right) SELECT 4, 'upload' WHERE ?1",
		"feature is off":      "UPDATE feature SET is_on = 0 WHERE name = 'colleagues' AND ?1",
		"company inactive":    "UPDATE company SET status = 'inactive' WHERE ?1",
		"project moved away":  "UPDATE project SET company_id = (SELECT company_id FROM project WHERE name = 'Beta work') WHERE name = 'Site' AND ?1",
		"works for the team":  "INSERT INTO person (id, email, name, side, role, created_at) SELECT 77, 'new@acme.test', 'N', 'team', 'member', '2026' WHERE ?1",
		"is deactivated":      "INSERT INTO person (id, email, name, side, role, active, created_at) SELECT 77, 'new@acme.test', 'N', 'client', '', 0, '2026' WHERE ?1",
	}
	for name, query := range spoil {
		w := newWorld(t)
		w.sql("DELETE FROM client_role_right WHERE role_id = 2 AND right = 'upload'") // nikos, a client admin, may not upload
		token, by := "", w.id("nikos")
		w.must(w.write(func(tx *Tx) error {
			id, err := tx.invite(invite{address: "new@acme.test", name: "New Person", language: "el", company: w.id("Acme"), role: 4, by: by, projects: []ID{w.id("site")}})
			token = newToken()
			return errors.Join(err, tx.run("UPDATE invitation SET token_hash = ? WHERE id = ?", hashToken(token), id))
		}))
		mail := w.inviteMail("new@acme.test", MailInvitation)
		if mail.To.ID != 0 || mail.To.Language != "el" || mail.Letter.From != "Nikos Admin" || mail.Letter.Project != "Site" {
			t.Errorf("%+v", mail)
		}
		cookie, pin := w.begin(token, "new@acme.test")
		if pin.To.ID != 0 || pin.To.Language != "el" {
			t.Fatalf("%+v", pin)
		}
		if query != "" {
			w.sql(query, by)
			w.tick(-time.Minute)
			before := w.joins()
			if _, _, err := w.TryPIN(cookie, pin.PIN, ""); !errors.Is(err, ErrNotInvited) || w.joins() != before {
				t.Errorf("%s: %v, %s, %s", name, err, before, w.joins())
			}
			continue
		}
		session, _, err := w.TryPIN(cookie, pin.PIN, "")
		w.must(err)
		actor, err := w.Login(session)
		w.must(err)
		if actor.Name != "New Person" || actor.Side != Client || actor.Language != "el" {
			t.Errorf("%+v", actor)
		}
		w.must(w.Glass(actor.ID, func(g *Glass) error {
			projects, err := g.Projects()
			if len(projects) != 1 || projects[0].Name != "Site" {
				t.Error(projects)
			}
			return err
		}))
	}
}

// What the mail tells of its writer is what the project tells its clients.
func TestInviterAsTheProjectShows(t *testing.T) {
	for shown, want := range map[string]string{"full": "Lea Lind", "first": "Lea", "title": "Design lead", "team": ""} {
		w := newWorld(t)
		w.sql("UPDATE project SET team_shown = ? WHERE id = ?", shown, w.id("site"))
		person, mail := w.guest("gwen")
		if mail.Letter.From != want {
			t.Errorf("%s: %q", shown, mail.Letter.From)
		}
		w.must(w.InviteContact(w.actor("olivia"), w.id("Acme"), person.ID, "")) // not on the project
		if mail := w.inviteMail(person.Email, MailInvitation); mail.Letter.From != "" || mail.Letter.Project != "Site" {
			t.Errorf("somebody who is not on the project: %q", mail.Letter.From)
		}
		w.must(w.SetClientRole(w.actor("adam"), w.id("site"), person.ID, "client-finance"))
		w.must(w.InviteContact(w.actor("lea"), w.id("Acme"), person.ID, "Text"))
		if mail := w.inviteMail(person.Email, MailInvitation); mail.Letter.From != "" || mail.Letter.Project != "" || mail.Letter.Text != "Text" {
			t.Errorf("who sees no project reads of %+v", mail.Letter)
		}
	}
}

func TestIntroduction(t *testing.T) {
	w := newWorld(t)
	var refused *Invalid
	if err := w.Introduce(w.actor("lea"), w.id("Acme"), w.id("eleni"), "Hello"); !errors.As(err, &refused) || refused.Key != "invite.not-joined" {
		t.Error(err)
	}
	w.sql("UPDATE person SET joined_at = ? WHERE id = ?", At(w.Now()), w.id("eleni"))
	if err := w.Introduce(w.actor("mark"), w.id("Acme"), w.id("eleni"), "Hello"); !errors.Is(err, ErrDenied) {
		t.Error(err)
	}
	w.must(w.Introduce(w.actor("lea"), w.id("Acme"), w.id("eleni"), "Hello\r\n\r\nagain"))
	if mail := w.inviteMail("eleni@acme.test", MailIntroduction); mail.Letter.Text != "Hello\n\nagain" || !mail.Letter.Help || mail.Letter.From != "Lea" {
		t.Errorf("%+v", mail)
	}
	w.sql("INSERT INTO feature (scope, scope_id, name, is_on) VALUES ('company', ?, 'help', 0)", w.id("Acme"))
	w.must(w.Introduce(w.actor("lea"), w.id("Acme"), w.id("eleni"), ""))
	if mail := w.inviteMail("eleni@acme.test", MailIntroduction); mail.Letter.Help {
		t.Error("help is off")
	}
	w.must(w.Introduce(w.actor("lea"), w.id("Acme"), w.id("eleni"), ""))
	w.sql("UPDATE contact SET active = 0 WHERE person_id = ?", w.id("eleni"))
	if mail := w.inviteMail("eleni@acme.test", MailIntroduction); mail.ID != 0 {
		t.Error("mail after access ended")
	}
}

func TestTeamInvitation(t *testing.T) {
	w := newWorld(t)
	w.must(w.InviteOnProject(w.actor("lea"), w.id("site"), w.id("mark")))
	mail := w.inviteMail("mark@ormos.test", MailInvitation)
	if !mail.Letter.Team || mail.Letter.From != "Lea Lind" || mail.Letter.Project != "Site" {
		t.Errorf("%+v", mail)
	}
	cookie, pin := w.begin(mail.Link, "mark@ormos.test")
	w.sql("UPDATE person SET role = 'admin' WHERE id = ?", w.id("mark"))
	if _, _, err := w.TryPIN(cookie, pin.PIN, ""); !errors.Is(err, ErrNotInvited) {
		t.Error("another role than was invited:", err)
	}
	w.must(w.InviteMember(w.actor("adam"), w.id("mark"), ""))
	mail = w.inviteMail("mark@ormos.test", MailInvitation)
	cookie, pin = w.begin(mail.Link, "mark@ormos.test")
	if _, next, err := w.TryPIN(cookie, pin.PIN, ""); err != nil || !strings.HasPrefix(next, "/welcome") {
		t.Error(next, err)
	}
	if err := w.InviteMember(w.actor("tess"), w.id("lea"), ""); !errors.Is(err, ErrNotFound) {
		t.Error("somebody who leads nothing of theirs:", err)
	}
	if err := w.InviteMember(w.actor("nikos"), w.id("lea"), ""); !errors.Is(err, ErrNotFound) {
		t.Error("a client:", err)
	}
}
