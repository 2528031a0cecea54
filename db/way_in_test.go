package db

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func emptyStore(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.TempDir(), Options{Glasses: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

var firstOwner = Setup{Email: "katerina@ormos.example", Name: "Katerina", Language: "el", TimeZone: "Europe/Athens", Workspace: "Ormos Studio"}

func TestSetupMakesTheOwnerOnce(t *testing.T) {
	s := emptyStore(t)
	for _, guess := range []string{"", "x", newToken(), newToken()} {
		if _, _, err := s.UseSetup(guess, firstOwner, ""); !errors.Is(err, ErrGone) {
			t.Fatalf("%q: %v", guess, err)
		}
	}
	old, err := s.SetupLink()
	if err != nil || old == "" {
		t.Fatal(err)
	}
	token, err := s.SetupLink()
	if err != nil || token == old {
		t.Fatal(err)
	}
	if err := s.SetupOpen(old); !errors.Is(err, ErrGone) {
		t.Error("a newer link leaves the older one open:", err)
	}
	mistaken := firstOwner
	mistaken.Email = "katerina"
	var invalid *Invalid
	if _, _, err := s.UseSetup(token, mistaken, ""); !errors.As(err, &invalid) || invalid.Field != "email" {
		t.Fatal(err)
	}
	if err := s.SetupOpen(token); err != nil {
		t.Fatal("a mistake used the link up:", err)
	}
	var owners atomic.Int32
	var wait sync.WaitGroup
	for range 50 {
		wait.Go(func() {
			session, next, err := s.UseSetup(token, firstOwner, "")
			if err != nil {
				return
			}
			owners.Add(1)
			if actor, err := s.Login(session); err != nil || actor.Role != Owner || actor.Side != Team || actor.TimeZone != "Europe/Athens" || next != "/projects" {
				t.Error(actor, next, err)
			}
		})
	}
	wait.Wait()
	if owners.Load() != 1 {
		t.Errorf("%d owners", owners.Load())
	}
	if w, err := s.Workspace(); err != nil || w.Name != "Ormos Studio" || w.Language != "el" || w.TimeZone != "Europe/Athens" {
		t.Error(w, err)
	}
	if _, _, err := s.UseSetup(token, Setup{Email: "x@ormos.example", Workspace: "X"}, ""); !errors.Is(err, ErrGone) {
		t.Error("a second set-up:", err)
	}
	if again, err := s.SetupLink(); err != nil || again != "" {
		t.Error("a set-up link beside an owner:", again, err)
	}
}

func TestSetupEndsWithAnOwnerFromTheShell(t *testing.T) {
	s := emptyStore(t)
	token, err := s.SetupLink()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddPerson(NewPerson{Email: "m@ormos.example", Side: Team, Role: Owner}); err != nil {
		t.Fatal(err)
	}
	if err := s.SetupOpen(token); !errors.Is(err, ErrGone) {
		t.Error(err)
	}
	if _, _, err := s.UseSetup(token, firstOwner, ""); !errors.Is(err, ErrGone) {
		t.Error("a second owner:", err)
	}
}

// Somebody's own sign-in link must not make an owner, nor a set-up link a session.
func TestLinksKeepToTheirKind(t *testing.T) {
	s := emptyStore(t)
	setup, err := s.SetupLink()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddPerson(NewPerson{Email: doorEmail, Side: Client}); err != nil {
		t.Fatal(err)
	}
	signIn, err := s.SignInLink(doorEmail)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetupOpen(signIn); !errors.Is(err, ErrGone) {
		t.Error(err)
	}
	if _, _, err := s.UseSetup(signIn, firstOwner, ""); !errors.Is(err, ErrGone) {
		t.Error("a sign-in link made an owner:", err)
	}
	if _, _, err := s.UseSignInLink(setup, ""); !errors.Is(err, ErrGone) {
		t.Error("a set-up link signed in:", err)
	}
	if _, _, err := s.UseLink(signIn, ""); !errors.Is(err, ErrGone) {
		t.Error(err)
	}
}

func TestSetupLinkExpires(t *testing.T) {
	s := emptyStore(t)
	token, err := s.SetupLink()
	if err != nil {
		t.Fatal(err)
	}
	s.SetClock(func() time.Time { return time.Now().Add(SetupLife + time.Second) })
	if _, _, err := s.UseSetup(token, firstOwner, ""); !errors.Is(err, ErrGone) {
		t.Error(err)
	}
}

func TestSignInLinkWorksOnce(t *testing.T) {
	d := newDoor(t)
	for _, nobody := range []string{"nobody@kyma.example"} {
		if token, err := d.SignInLink(nobody); !errors.Is(err, ErrNotFound) || token != "" {
			t.Error(token, err)
		}
	}
	token, err := d.SignInLink("Eleni@kyma.example")
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		if person, err := d.WayIn(token); err != nil || person.Email != doorEmail {
			t.Fatal(person.Email, err)
		}
	}
	if err := d.SetupOpen(token); !errors.Is(err, ErrGone) {
		t.Error("a sign-in link opens the set-up:", err)
	}
	var sessions atomic.Int32
	var wait sync.WaitGroup
	for range 100 {
		wait.Go(func() {
			session, next, err := d.UseSignInLink(token, "")
			if err == nil {
				sessions.Add(1)
				if actor, err := d.Login(session); err != nil || actor.Email != doorEmail || next != "/portal" {
					t.Error(actor.Email, next, err)
				}
			}
		})
	}
	wait.Wait()
	if begun := d.count("SELECT count(*) FROM session"); sessions.Load() != 1 || begun != 1 {
		t.Errorf("%d tokens, %d sessions", sessions.Load(), begun)
	}
	if _, err := d.WayIn(token); !errors.Is(err, ErrGone) {
		t.Error(err)
	}
}

func TestSignInLinkEnds(t *testing.T) {
	d := newDoor(t)
	late, err := d.SignInLink(doorEmail)
	if err != nil {
		t.Fatal(err)
	}
	d.pass(SignInLinkLife)
	if _, _, err := d.UseSignInLink(late, ""); !errors.Is(err, ErrGone) {
		t.Error("an old link:", err)
	}
	token, err := d.SignInLink(doorEmail)
	if err != nil {
		t.Fatal(err)
	}
	d.run("UPDATE person SET active = 0 WHERE email = ?", doorEmail)
	if _, err := d.WayIn(token); !errors.Is(err, ErrGone) {
		t.Error("somebody deactivated is shown:", err)
	}
	if _, _, err := d.UseSignInLink(token, ""); !errors.Is(err, ErrGone) {
		t.Error("somebody deactivated signs in:", err)
	}
	if _, err := d.SignInLink(doorEmail); !errors.Is(err, ErrNotFound) {
		t.Error("a link for somebody deactivated:", err)
	}
}
