package db

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// door is a store with a clock that a test can set and a few people at its door.
type door struct {
	*Store
	t   testing.TB
	now atomic.Pointer[time.Time]
}

const (
	doorNetwork = "203.0.113.0/24"
	doorEmail   = "eleni@kyma.example"
)

func newDoor(t testing.TB) *door {
	d := &door{t: t}
	start := time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)
	d.now.Store(&start)
	store, err := Open(t.TempDir(), Options{Glasses: 1, Clock: func() time.Time { return *d.now.Load() }})
	if err != nil {
		t.Fatal(err)
	}
	d.Store = store
	t.Cleanup(func() { d.Store.Close() })
	d.person(doorEmail, Client, "")
	d.person("maria@ormos.example", Team, Owner)
	return d
}

func (d *door) pass(step time.Duration) {
	next := d.now.Load().Add(step)
	d.now.Store(&next)
}

func (d *door) person(email, side, role string) Person {
	d.t.Helper()
	added, err := d.AddPerson(NewPerson{Email: email, Name: "N", Side: side, Role: role})
	if err != nil {
		d.t.Fatal(err)
	}
	return added
}

func (d *door) run(query string, args ...any) {
	d.t.Helper()
	if err := d.write(func(tx *Tx) error { return tx.run(query, args...) }); err != nil {
		d.t.Fatal(err)
	}
}

func (d *door) count(query string, args ...any) int {
	d.t.Helper()
	var n int
	if err := d.read(func(r source) (err error) { n, err = value[int](r, query, args...); return err }); err != nil {
		d.t.Fatal(err)
	}
	return n
}

// begin asks for a mail and returns the cookie and the mail.
func (d *door) begin(email, cookie string) (string, Mail) {
	d.t.Helper()
	cookie, err := d.BeginSignIn(email, doorNetwork, "", cookie, "")
	if err != nil {
		d.t.Fatal(err)
	}
	return cookie, d.mail()
}

func (d *door) mail() Mail {
	d.t.Helper()
	mails, err := d.ClaimMail(10)
	if err != nil || len(mails) != 1 {
		d.t.Fatalf("%d mails, %v", len(mails), err)
	}
	if err := d.MailSent(mails[0], false); err != nil {
		d.t.Fatal(err)
	}
	return mails[0]
}

// wrongPIN is one that differs from the right one, by as much as wanted.
func wrongPIN(pin string, by int) string {
	if pin == "" {
		return fmt.Sprintf("%06d", by)
	}
	var n int
	fmt.Sscanf(pin, "%d", &n)
	return fmt.Sprintf("%06d", (n+1+by)%1_000_000)
}

func TestPINSignsIn(t *testing.T) {
	d := newDoor(t)
	cookie, mail := d.begin("  Eleni@KYMA.example ", "")
	if mail.To.Email != doorEmail || len(mail.PIN) != 6 || len(mail.Link) != 43 {
		t.Fatalf("mail to %q with %q %q", mail.To.Email, mail.PIN, mail.Link)
	}
	token, next, err := d.TryPIN(cookie, " "+mail.PIN[:3]+" "+mail.PIN[3:]+"\n", "Firefox")
	if err != nil || next != "/portal" {
		t.Fatal(next, err)
	}
	actor, err := d.Login(token)
	if err != nil || actor.Email != doorEmail {
		t.Fatal(actor.Email, err)
	}
	if _, err := d.Challenge(cookie); !errors.Is(err, ErrNotFound) {
		t.Error("a used sign-in is shown as begun")
	}
	cookie, mail = d.begin("maria@ormos.example", "")
	if _, next, err := d.TryPIN(cookie, mail.PIN, ""); err != nil || next != "/projects" {
		t.Error("the team lands at", next, err)
	}
}

func TestPINOfTheBrowserOnly(t *testing.T) {
	d := newDoor(t)
	_, mail := d.begin(doorEmail, "")
	other, _ := d.begin("maria@ormos.example", "")
	for _, cookie := range []string{"", "nothing", other} {
		if token, _, err := d.TryPIN(cookie, mail.PIN, ""); err == nil || token != "" {
			t.Errorf("a PIN opened the sign-in of cookie %q", cookie)
		}
	}
	if _, _, err := d.TryPIN("nothing", mail.PIN, ""); !errors.Is(err, ErrGone) {
		t.Error("a planted cookie answers", err)
	}
}

func TestPINAndLinkExpire(t *testing.T) {
	d := newDoor(t)
	cookie, mail := d.begin(doorEmail, "")
	d.pass(ChallengeLife)
	if _, _, err := d.TryPIN(cookie, mail.PIN, ""); !errors.Is(err, ErrGone) {
		t.Error("an old PIN answers", err)
	}
	if _, err := d.LinkPage(mail.Link); !errors.Is(err, ErrGone) {
		t.Error("an old link shows", err)
	}
	if _, _, err := d.UseLink(mail.Link, ""); !errors.Is(err, ErrGone) {
		t.Error("an old link answers", err)
	}
}

func TestFiveTries(t *testing.T) {
	d := newDoor(t)
	cookie, mail := d.begin(doorEmail, "")
	for _, malformed := range []string{"", "12345", "1234567", "12345x", "１２３４５６"} {
		var invalid *Invalid
		if _, _, err := d.TryPIN(cookie, malformed, ""); !errors.As(err, &invalid) {
			t.Errorf("%q answers %v", malformed, err)
		}
	}
	for left := 4; left >= 0; left-- {
		var mistake *WrongPIN
		if _, _, err := d.TryPIN(cookie, wrongPIN(mail.PIN, left), ""); !errors.As(err, &mistake) || mistake.Left != left {
			t.Fatalf("with %d left: %v", left, err)
		}
	}
	if _, _, err := d.TryPIN(cookie, mail.PIN, ""); !errors.Is(err, ErrGone) {
		t.Error("after five wrong tries the right PIN answers", err)
	}
	if _, _, err := d.UseLink(mail.Link, ""); err != nil {
		t.Error("wrong tries locked the link:", err)
	}
}

func TestTriesInParallel(t *testing.T) {
	d := newDoor(t)
	cookie, mail := d.begin(doorEmail, "")
	var compared atomic.Int32
	var wait sync.WaitGroup
	for i := range 100 {
		wait.Go(func() {
			var mistake *WrongPIN
			if _, _, err := d.TryPIN(cookie, wrongPIN(mail.PIN, i), ""); errors.As(err, &mistake) {
				compared.Add(1)
			}
		})
	}
	wait.Wait()
	if compared.Load() != pinTries {
		t.Errorf("%d guesses were compared", compared.Load())
	}
}

func TestOnceInParallel(t *testing.T) {
	d := newDoor(t)
	for round := range 10 {
		cookie, mail := d.begin(doorEmail, "")
		var sessions atomic.Int32
		var wait sync.WaitGroup
		for i := range 100 {
			wait.Go(func() {
				var token string
				if i%2 == 0 {
					token, _, _ = d.TryPIN(cookie, mail.PIN, "")
				} else {
					token, _, _ = d.UseLink(mail.Link, "")
				}
				if token != "" {
					sessions.Add(1)
				}
			})
		}
		wait.Wait()
		if begun := d.count("SELECT count(*) FROM session"); sessions.Load() != 1 || begun != round+1 {
			t.Fatalf("round %d: %d tokens, %d sessions", round, sessions.Load(), begun)
		}
	}
}

func TestNoCrossMatch(t *testing.T) {
	const people = 200
	d := newDoor(t)
	var cookies [people]string
	var wait sync.WaitGroup
	for i := range people {
		d.person(fmt.Sprintf("p%d@kyma.example", i), Client, "")
	}
	for i := range people {
		wait.Go(func() {
			cookie, err := d.BeginSignIn(fmt.Sprintf("p%d@kyma.example", i), fmt.Sprintf("198.51.%d.0/24", i), "", "", "")
			if err != nil {
				t.Error(err)
			}
			cookies[i] = cookie
		})
	}
	wait.Wait()
	pins := map[string]string{}
	for mails, err := d.ClaimMail(50); len(mails) > 0; mails, err = d.ClaimMail(50) {
		if err != nil {
			t.Fatal(err)
		}
		for _, mail := range mails {
			pins[mail.To.Email] = mail.PIN
		}
	}
	// All pairs in one transaction that is taken back: the tries are reset, so
	// that each of the 40,000 is really compared.
	undo := errors.New("undo")
	err := d.write(func(tx *Tx) error {
		for a := range people {
			for b := range people {
				if raced && (a+b)%10 > 0 { // the comparing is done by one alone
					continue
				}
				if b%5 == 0 || raced {
					if err := tx.run("UPDATE challenge SET tries = 0 WHERE address = ?", fmt.Sprintf("p%d@kyma.example", a)); err != nil {
						return err
					}
				}
				pin, own := pins[fmt.Sprintf("p%d@kyma.example", b)], pins[fmt.Sprintf("p%d@kyma.example", a)]
				if pin == own {
					continue // the same person, or one chance in a million
				}
				token, _, refused, err := tx.tryPIN(cookies[a], pin, "")
				var mistake *WrongPIN
				if token != "" || err != nil || !errors.As(refused, &mistake) {
					return fmt.Errorf("PIN of %d (%q) at %d (%q): %v %w", b, pin, a, cookies[a], refused, err)
				}
			}
		}
		return undo
	})
	if !errors.Is(err, undo) {
		t.Fatal(err)
	}
	for i := range people {
		email := fmt.Sprintf("p%d@kyma.example", i)
		token, _, err := d.TryPIN(cookies[i], pins[email], "")
		if err != nil {
			t.Fatal(err)
		}
		if actor, err := d.Login(token); err != nil || actor.Email != email {
			t.Fatalf("%s became %s, %v", email, actor.Email, err)
		}
	}
}
