package db

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
)

const goodPassword = "slow boats carry lemons"

// enters signs in by PIN, so that the session is fresh.
func (d *door) enters(email string) Actor {
	d.t.Helper()
	cookie, mail := d.begin(email, "")
	token, _, err := d.TryPIN(cookie, mail.PIN, "Firefox")
	if err != nil {
		d.t.Fatal(err)
	}
	actor, err := d.Login(token)
	if err != nil {
		d.t.Fatal(err)
	}
	return actor
}

// withPassword gives somebody a password.
func (d *door) withPassword(email, password string) Actor {
	d.t.Helper()
	actor := d.enters(email)
	if err := d.SetPassword(actor, "", password); err != nil {
		d.t.Fatal(err)
	}
	d.mail()
	return actor
}

func (d *door) password(email, password string) error {
	_, _, err := d.SignInPassword(email, password, doorNetwork, "", "Firefox")
	return err
}

func TestPasswordSignsIn(t *testing.T) {
	d := newDoor(t)
	d.withPassword(doorEmail, "Ψωμί, ελιές και θάλασσα")
	token, next, err := d.SignInPassword(" ELENI@kyma.example", "Ψωμι\u0301, ελιε\u0301ς και θα\u0301λασσα", doorNetwork, "/portal/projects", "Firefox")
	if err != nil || next != "/portal/projects" {
		t.Fatal(next, err)
	}
	actor, err := d.Login(token)
	if err != nil || actor.Email != doorEmail || actor.Confirmed {
		t.Fatal(actor, err)
	}
	for _, wrong := range []string{"ψωμί, ελιές και θάλασσα", goodPassword} {
		if err := d.password(doorEmail, wrong); !errors.Is(err, ErrWrongPassword) {
			t.Errorf("%q answers %v", wrong, err)
		}
	}
	if stored := d.count("SELECT count(*) FROM password WHERE hash LIKE '$argon2id$v=19$m=19456,t=2,p=1$%'"); stored != 1 {
		t.Error("not stored as Argon2id of the chosen cost")
	}
	d.run("UPDATE person SET active = 0 WHERE email = ?", doorEmail)
	if err := d.password(doorEmail, "Ψωμί, ελιές και θάλασσα"); !errors.Is(err, ErrWrongPassword) {
		t.Error("somebody deactivated signs in:", err)
	}
}

func TestNobodysPasswordCostsTheSame(t *testing.T) {
	params, _, _, err := argon2id.DecodeHash(nobodysPassword)
	if err != nil || *params != passwordCost {
		t.Error(params, err)
	}
}

// Known or not, with a password or without one: the same answer, the same work,
// the same rows, the same limit.
func TestPasswordTellsOfNobody(t *testing.T) {
	d := newDoor(t)
	d.withPassword(doorEmail, goodPassword)
	for i, email := range []string{doorEmail, "maria@ormos.example", "nobody@nowhere.example"} {
		for try := range passwordTries + 2 {
			before, rows := hashing.runs.Load(), d.count("SELECT count(*) FROM password_try")
			_, _, err := d.SignInPassword(email, "wrong "+fmt.Sprint(try), fmt.Sprintf("10.%d.%d.0/24", i, try), "", "")
			want, work := ErrWrongPassword, int64(1)
			if try >= passwordTries {
				want, work = ErrUsePIN, 0
			}
			if !errors.Is(err, want) || hashing.runs.Load()-before != work || d.count("SELECT count(*) FROM password_try")-rows != int(work) {
				t.Fatalf("%s, try %d: %v with %d runs", email, try, err, hashing.runs.Load()-before)
			}
		}
	}
	if err := d.password(doorEmail, goodPassword); !errors.Is(err, ErrUsePIN) {
		t.Error("the right password is compared after too many wrong ones:", err)
	}
	if actor := d.enters(doorEmail); actor.Email != doorEmail {
		t.Error("the PIN does not sign in")
	}
	d.pass(passwordWindow + time.Minute)
	if err := d.password(doorEmail, goodPassword); err != nil {
		t.Error("a day later:", err)
	}
}

func TestPasswordsFromOneNetwork(t *testing.T) {
	d := newDoor(t)
	d.withPassword(doorEmail, goodPassword)
	for i := range passwordNetworkTries {
		if err := d.password(fmt.Sprintf("p%d@kyma.example", i), goodPassword); !errors.Is(err, ErrWrongPassword) {
			t.Fatal(i, err)
		}
	}
	if err := d.password(doorEmail, goodPassword); !errors.Is(err, ErrUsePIN) {
		t.Error("from the same network:", err)
	}
	if _, _, err := d.SignInPassword(doorEmail, goodPassword, "198.51.100.0/24", "", ""); err != nil {
		t.Error("from another network:", err)
	}
	d.pass(networkWindow + time.Minute)
	if err := d.password(doorEmail, goodPassword); err != nil {
		t.Error("an hour later:", err)
	}
}

// However many come at the same time: every right password gets a session of its
// own, and no more wrong ones are compared than one after the other.
func TestPasswordsInParallel(t *testing.T) {
	d := newDoor(t)
	d.withPassword(doorEmail, goodPassword)
	before := d.count("SELECT count(*) FROM session")
	count := map[bool]int{false: 100, true: 20}[raced] // every hash takes its time
	var tokens sync.Map
	var wait sync.WaitGroup
	for range count {
		wait.Go(func() {
			token, _, err := d.SignInPassword(doorEmail, goodPassword, doorNetwork, "", "")
			if _, twice := tokens.LoadOrStore(token, true); twice || err != nil {
				t.Error("a right password answers", err)
			}
		})
	}
	wait.Wait()
	if begun := d.count("SELECT count(*) FROM session") - before; begun != count {
		t.Errorf("%d sessions", begun)
	}
	var wrong, refused atomic.Int32
	for i := range count {
		wait.Go(func() {
			switch err := d.password(doorEmail, fmt.Sprint("wrong ", i)); {
			case errors.Is(err, ErrWrongPassword):
				wrong.Add(1)
			case errors.Is(err, ErrUsePIN):
				refused.Add(1)
			}
		})
	}
	wait.Wait()
	if wrong.Load() != passwordTries || int(refused.Load()) != count-passwordTries {
		t.Errorf("%d compared, %d refused", wrong.Load(), refused.Load())
	}
}

func TestTurnstileQueueEnds(t *testing.T) {
	var stile turnstile
	inside, out := make(chan bool), make(chan bool)
	go stile.pass(func() error { close(inside); <-out; return nil })
	<-inside
	stile.waiting.Store(turnstileQueue)
	if err := stile.pass(func() error { return nil }); !errors.Is(err, ErrBusy) {
		t.Error(err)
	}
	close(out)
}

func TestPasswordsThatAreRefused(t *testing.T) {
	d := newDoor(t)
	d.run("UPDATE person SET name = 'Ελένη Παπαδοπούλου' WHERE email = ?", doorEmail)
	d.run("UPDATE setting SET value = 'Ormos Studio' WHERE key = 'workspace.name'")
	actor := d.enters(doorEmail)
	for password, key := range map[string]string{
		"":                                 "password.empty",
		"lemon boat":                       "password.common",
		"jk3-Lpq9-x":                       "", // ten characters
		"lemonboat":                        "password.short",
		strings.Repeat("é", 257):           "text.long",
		"\xffabcdefghijkl":                 "text.broken",
		"1234567890":                       "password.common",
		"Passw0rd!!2024":                   "password.common",
		"qwertyuiop":                       "password.common",
		"aaaaaaaaaaaaaaaa":                 "password.common",
		"παπαδοπουλου1":                    "password.yours",
		"ΕΛΕΝΗ-παπαδοπούλου":               "password.yours",
		"ormos.studio.24":                  "password.yours",
		"kyma-eleni-55":                    "password.yours",
		"ormos lemons in the wide harbor":  "",
		strings.Repeat("boat lemon 7", 21): "",
	} {
		var refused *Invalid
		_, err := d.newPassword(actor, password)
		if errors.As(err, &refused); key == "" && err != nil || key != "" && (refused == nil || refused.Key != key) {
			t.Errorf("%q answers %v, not %q", password, err, key)
		}
	}
}

func TestPasswordIsChangedByItsOwner(t *testing.T) {
	d := newDoor(t)
	actor, other := d.withPassword(doorEmail, goodPassword), d.enters(doorEmail)
	var refused *Invalid
	if err := d.SetPassword(actor, "", "wide nets dry at noon"); !errors.As(err, &refused) || refused.Field != "current" {
		t.Error("without the current one:", err)
	}
	if err := d.SetPassword(actor, "not that one", "wide nets dry at noon"); !errors.As(err, &refused) || refused.Key != "password.wrong" {
		t.Error("with a wrong one:", err)
	}
	d.pass(time.Hour)
	if err := d.SetPassword(actor, goodPassword, "wide nets dry at noon"); err != nil {
		t.Fatal(err)
	}
	if mail := d.mail(); mail.Kind != MailSecurity || mail.About != "password-changed" || mail.To.Email != doorEmail {
		t.Error(mail.Kind, mail.About)
	}
	if alive, err := d.Alive([]ID{actor.Session, other.Session}, nil); err != nil || !alive[actor.Session] || alive[other.Session] {
		t.Error("other sessions go on:", alive, err)
	}
	if err := d.password(doorEmail, goodPassword); !errors.Is(err, ErrWrongPassword) {
		t.Error("the old one answers", err)
	}
	if err := d.RemovePassword(actor); !errors.As(err, &refused) || refused.Key != "ways.sign-in-again" {
		t.Error("an old session removes it:", err)
	}
	token, _, err := d.SignInPassword(doorEmail, "wide nets dry at noon", doorNetwork, "", "")
	if err != nil {
		t.Fatal(err)
	}
	byPassword, _ := d.Login(token)
	if err := d.RemovePassword(byPassword); !errors.As(err, &refused) {
		t.Error("a session begun with the password removes it:", err)
	}
	if err := d.RemovePassword(d.enters(doorEmail)); err != nil {
		t.Fatal(err)
	}
	if mail := d.mail(); mail.About != "password-removed" {
		t.Error(mail.About)
	}
	if err := d.password(doorEmail, "wide nets dry at noon"); !errors.Is(err, ErrWrongPassword) {
		t.Error("a removed one answers", err)
	}
}

func TestFirstPasswordNeedsAFreshSession(t *testing.T) {
	d := newDoor(t)
	actor := d.enters(doorEmail)
	d.pass(freshFor)
	var refused *Invalid
	if err := d.SetPassword(actor, "", goodPassword); !errors.As(err, &refused) || refused.Key != "ways.sign-in-again" {
		t.Error(err)
	}
	preview := actor
	preview.Preview = NewID()
	for what, err := range map[string]error{"SetPassword": d.SetPassword(preview, "", goodPassword), "RemovePassword": d.RemovePassword(preview)} {
		if !errors.Is(err, ErrPreview) {
			t.Error(what, "in a preview answers", err)
		}
	}
}

// Guesses at the current password count like those at the door.
func TestCurrentPasswordIsGuessedInVain(t *testing.T) {
	d := newDoor(t)
	actor := d.withPassword(doorEmail, goodPassword)
	for i := range passwordTries {
		d.SetPassword(actor, fmt.Sprint("guess ", i), "wide nets dry at noon")
	}
	if err := d.SetPassword(actor, goodPassword, "wide nets dry at noon"); !errors.Is(err, ErrUsePIN) {
		t.Error(err)
	}
}

func TestOldTriesArePruned(t *testing.T) {
	d := newDoor(t)
	d.password(doorEmail, goodPassword)
	if _, err := d.BeginCeremony(Actor{}, CeremonySignIn, doorNetwork, "{}"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.KnowDevice(d.enters(doorEmail), "", ""); err != nil {
		t.Fatal(err)
	}
	d.pass(DeviceLife + time.Hour)
	if err := d.Prune(); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"password_try", "ceremony", "device"} {
		if left := d.count("SELECT count(*) FROM " + table); left != 0 {
			t.Errorf("%d rows are left in %s", left, table)
		}
	}
}
