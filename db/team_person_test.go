package db

import (
	"errors"
	"strings"
	"testing"
)

// key is the sentence that a refusal names, "" for another error.
func key(err error) string {
	var refused *Invalid
	errors.As(err, &refused)
	if refused == nil {
		return ""
	}
	return refused.Key
}

// govern are the writes about somebody's access, each done to a person.
var govern = map[string]func(w *world, by Actor, id ID) error{
	"add": func(w *world, by Actor, _ ID) error {
		return just(w.AddTeamPerson(by, NewPerson{Email: "new@ormos.test", Role: Member}))
	},
	"edit": func(w *world, by Actor, id ID) error {
		return w.EditTeamPerson(by, id, TeamPersonForm{Name: "N", Title: "T", Version: 1})
	},
	"role": func(w *world, by Actor, id ID) error {
		return w.EditTeamPerson(by, id, TeamPersonForm{Name: "N", Role: Admin, Version: 1})
	},
	"deactivate": func(w *world, by Actor, id ID) error { return w.SetPersonActive(by, id, false) },
	"activate":   func(w *world, by Actor, id ID) error { return w.SetPersonActive(by, id, true) },
	"sessions":   func(w *world, by Actor, id ID) error { return w.EndPersonSessions(by, id) },
	"connect": func(w *world, by Actor, _ ID) error {
		return w.ConnectClient(by, w.id("stan"), Connection{Company: w.id("Acme").String(), Role: ID(1).String()})
	},
}

// Only owner and admins decide about people: the others of the team are told so,
// for everybody else these people do not exist. What the cookie says about a role
// does not count.
func TestWhoGovernsPeople(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.digest()
	forged := func(name string) Actor {
		actor := w.actor(name)
		actor.Side, actor.Role, actor.Active = Team, Owner, true
		return actor
	}
	for who, c := range map[string]struct {
		actor Actor
		want  error
	}{"member": {w.actor("lea"), ErrDenied}, "forged owner": {forged("mark"), ErrDenied}, "deactivated admin": {forged("dora"), ErrNotFound},
		"client": {w.actor("nikos"), ErrNotFound}, "forged client": {forged("nikos"), ErrNotFound}, "nobody": {Actor{}, ErrNotFound}} {
		for what, do := range govern {
			for _, id := range []ID{w.id("tess"), w.id("olivia"), NewID()} {
				if err := do(w, c.actor, id); !errors.Is(err, c.want) {
					t.Errorf("%s, %s: %v", who, what, err)
				}
			}
		}
		for what, read := range map[string]func(Actor) error{"people": func(a Actor) error { return just(w.People(a, Team)) },
			"record": func(a Actor) error { return just(w.PersonRecord(a, w.id("tess"))) }, "connectable": func(a Actor) error { return just(w.Connectable(a)) }} {
			if err := read(c.actor); !errors.Is(err, c.want) {
				t.Errorf("%s reads %s: %v", who, what, err)
			}
		}
		w.unchanged(before, who)
	}
	for what, do := range govern { // forged ids, and clients where only the team is meant
		if err := do(w, w.actor("olivia"), NewID()); what != "add" && what != "connect" && !errors.Is(err, ErrNotFound) {
			t.Errorf("%s of nobody: %v", what, err)
		}
	}
	if err := w.EditTeamPerson(w.actor("olivia"), w.id("nikos"), TeamPersonForm{Name: "N", Role: Owner, Version: 1}); err != ErrNotFound {
		t.Error("a client became an owner: ", err)
	}
}

// Owners are decided about by owners only, nobody decides about themselves, and
// an owner remains.
func TestOwners(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	olivia, adam, before := w.actor("olivia"), w.actor("adam"), w.digest()
	edit := func(by Actor, who, role string) error {
		return w.EditTeamPerson(by, w.id(who), TeamPersonForm{Name: "N", Role: role, Version: 1})
	}
	for what, err := range map[string]error{
		"admin makes an owner":     edit(adam, "lea", Owner),
		"admin unmakes an owner":   edit(adam, "olivia", Member),
		"admin titles an owner":    edit(adam, "olivia", ""),
		"admin makes itself owner": edit(adam, "adam", Owner),
		"admin adds an owner":      just(w.AddTeamPerson(adam, NewPerson{Email: "x@ormos.test", Role: Owner})),
		"admin puts out an owner":  w.SetPersonActive(adam, olivia.ID, false),
		"admin signs out an owner": w.EndPersonSessions(adam, olivia.ID),
		"an owner is let in again": w.SetPersonActive(adam, olivia.ID, true),
	} {
		if !errors.Is(err, ErrDenied) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for what, c := range map[string][2]string{
		"demotes herself":      {key(edit(olivia, "olivia", Member)), "team-people.own-role"},
		"admin demotes itself": {key(edit(adam, "adam", Member)), "team-people.own-role"},
		"puts herself out":     {key(w.SetPersonActive(olivia, olivia.ID, false)), "team-people.yourself"},
		"shell demotes":        {key(just(w.SetTeamRoleFromShell("olivia@ormos.test", Admin))), "team-people.last-owner"},
		"shell puts out":       {key(just(w.SetPersonActiveFromShell("olivia@ormos.test", false))), "team-people.last-owner"},
		"unknown role":         {key(edit(olivia, "lea", "god")), "choice.unknown"},
		"client's role":        {key(just(w.SetTeamRoleFromShell("nikos@acme.test", Owner))), "team-people.no-teammate"},
		"nobody's role":        {key(just(w.SetTeamRoleFromShell("nobody@acme.test", Owner))), "team-people.nobody"},
	} {
		if c[0] != c[1] {
			t.Errorf("%s: %q, want %q", what, c[0], c[1])
		}
	}
	w.unchanged(before, "owners")
	// With a second owner the first may be demoted, by the second one.
	w.must(edit(olivia, "lea", Owner))
	if err := edit(w.actor("lea"), "olivia", Member); err != nil {
		t.Error(err)
	}
	if got := w.actor("lea"); got.Role != Owner {
		t.Error("lea is ", got.Role)
	}
	// An owner who is out already is no last one.
	w.must(edit2(w, "lea", "adam", Owner))
	w.must(w.SetPersonActive(w.actor("lea"), w.id("adam"), false))
	if err := just(w.SetTeamRoleFromShell("adam@ormos.test", Member)); err != nil {
		t.Error(err)
	}
}

// edit2 is an edit at the version that is stored.
func edit2(w *world, by, who, role string) error {
	record, err := w.PersonRecord(w.actor(by), w.id(who))
	if err != nil {
		return err
	}
	return w.EditTeamPerson(w.actor(by), w.id(who), TeamPersonForm{Name: record.Name, Title: record.Title, Role: role, Version: record.Version})
}

// Two owners who demote, or put out, each other at once: one remains.
func TestOwnersAgainstEachOther(t *testing.T) {
	alone(t)
	t.Parallel()
	for _, what := range []string{"role", "active", "shell"} {
		w := newWorld(t)
		w.must(edit2(w, "olivia", "lea", Owner))
		olivia, lea := w.actor("olivia"), w.actor("lea")
		errs := make(chan error, 2)
		do := func(by Actor, other Actor, version int64) {
			switch what {
			case "role":
				errs <- w.EditTeamPerson(by, other.ID, TeamPersonForm{Name: "N", Role: Member, Version: version})
			case "active":
				errs <- w.SetPersonActive(by, other.ID, false)
			case "shell":
				errs <- just(w.SetTeamRoleFromShell(other.Email, Member))
			}
		}
		go do(olivia, lea, 2)
		go do(lea, olivia, 1)
		failed := 0
		for range 2 {
			if <-errs != nil {
				failed++
			}
		}
		if left := w.rows("SELECT 1 FROM person WHERE role = 'owner' AND active = 1"); failed != 1 || len(left) != 1 {
			t.Errorf("%s: %d refused, %d owners left", what, failed, len(left))
		}
	}
}

// Two admins at once: the second one is told, and nothing of theirs is stored.
func TestTwoAdminsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(w.EditTeamPerson(w.actor("olivia"), w.id("tess"), TeamPersonForm{Name: "Tess Tor", Title: "Producer", Role: Admin, Version: 1}))
	before := w.digest()
	err := w.EditTeamPerson(w.actor("adam"), w.id("tess"), TeamPersonForm{Name: "Tess Tor", Title: "Chief", Role: Member, Version: 1})
	var conflict *Conflict
	if !errors.As(err, &conflict) || conflict.Theirs["role"] != Admin || conflict.Theirs["title"] != "Producer" {
		t.Fatalf("%v %+v", err, conflict)
	}
	w.unchanged(before, "the second admin")
	w.must(w.EditTeamPerson(w.actor("adam"), w.id("tess"), TeamPersonForm{Name: "Tess Tor", Title: "Chief", Version: conflict.Version}))
	if tess := w.actor("tess"); tess.Title != "Chief" || tess.Role != Admin {
		t.Errorf("%+v", tess)
	}
}

// The name is the admins' until somebody has signed in, and then theirs.
func TestNamesUntilJoined(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	named := func(name string) string {
		record, err := w.PersonRecord(w.actor("adam"), w.id("tess"))
		w.must(err)
		w.must(w.EditTeamPerson(w.actor("adam"), w.id("tess"), TeamPersonForm{Name: name, Title: "T", Version: record.Version}))
		return w.actor("tess").Name
	}
	if got := named("Tessa \u202eTo\u0301r"); got != "Tessa Tór" {
		t.Errorf("%q", got)
	}
	link, err := w.SignInLink("tess@ormos.test")
	w.must(err)
	w.must(just2(w.UseSignInLink(link, "a browser")))
	if got := named("Other"); got != "Tessa Tór" {
		t.Errorf("joined, and named %q", got)
	}
	for field, form := range map[string]TeamPersonForm{"name": {Name: strings.Repeat("ω", 1000)}, "title": {Name: "N", Title: strings.Repeat("x", 1000)}} {
		form.Version = 1
		var refused *Invalid
		if err := w.EditTeamPerson(w.actor("adam"), w.id("mark"), form); !errors.As(err, &refused) || refused.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	for _, address := range []string{"a@b.test\r\nBcc: x@y.test", "a@b.test,c@d.test", "\"a b\"@c.test", "a@b", strings.Repeat("a", 300) + "@b.test", "OLIVIA@ormos.test"} {
		if _, err := w.AddTeamPerson(w.actor("adam"), NewPerson{Email: address, Role: Member}); !strings.HasPrefix(key(err), "email.") {
			t.Errorf("%q: %v", address, err)
		}
	}
	if added, err := w.AddTeamPerson(w.actor("adam"), NewPerson{Email: "rtl@ormos.test", Name: "שרה\r\nBcc: כהן", Role: Member}); err != nil || strings.ContainsAny(added.Name, "\r\n") {
		t.Errorf("%q %v", added.Name, err)
	}
}

func just2[T, U any](_ T, _ U, err error) error { return err }
