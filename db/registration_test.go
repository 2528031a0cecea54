package db

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
)

func (d *door) registration(on bool) {
	d.run("UPDATE feature SET is_on = ? WHERE scope = 'workspace' AND name = 'registration'", on)
}

// beginAt asks from a network of its own.
func (d *door) beginAt(email string, network int, language string) (string, Mail) {
	d.t.Helper()
	cookie, err := d.BeginSignIn(email, fmt.Sprintf("198.51.%d.0/24", network), "", "", language)
	if err != nil {
		d.t.Fatal(err)
	}
	mails, err := d.ClaimMail(100) // the team is told of who has come in beside it
	for _, mail := range mails {
		if mail.To.Email == email {
			return cookie, mail
		}
	}
	d.t.Fatal("no mail to ", email, err)
	return "", Mail{}
}

func TestRegistering(t *testing.T) {
	d := newDoor(t)
	d.registration(true)
	cookie, mail := d.beginAt("new@kyma.example", 1, "el")
	if mail.Kind != MailRegister || mail.To.ID != 0 || mail.To.Email != "new@kyma.example" || mail.To.Language != "el" || len(mail.PIN) != 6 {
		t.Fatalf("%+v", mail)
	}
	if people := d.count("SELECT count(*) FROM person WHERE email = 'new@kyma.example'"); people != 0 {
		t.Error("an account before the PIN")
	}
	before := d.Generation()
	token, next, err := d.TryPIN(cookie, mail.PIN, "")
	if err != nil || next != "/welcome" || d.Generation() == before {
		t.Fatal(next, err)
	}
	actor, err := d.Login(token)
	if err != nil || actor.Side != Client || actor.Language != "el" || actor.Email != "new@kyma.example" {
		t.Error(actor, err)
	}
	if contacts := d.count("SELECT count(*) FROM contact"); contacts != 0 {
		t.Error("somebody who registers belongs to a company")
	}
	cookie, mail = d.beginAt("new@kyma.example", 2, "en")
	if _, next, err := d.TryPIN(cookie, mail.PIN, ""); err != nil || next != "/portal" || mail.Kind != MailSignIn {
		t.Error("the second time", next, err)
	}
	cookie, mail = d.beginAt("link@kyma.example", 3, "zz")
	if page, err := d.LinkPage(mail.Link); err != nil || page.Address != "link@kyma.example" {
		t.Error(page, err)
	}
	if _, next, err := d.UseLink(mail.Link, ""); err != nil || next != "/welcome" {
		t.Error(next, err)
	}
	if _, _, err := d.TryPIN(cookie, mail.PIN, ""); !errors.Is(err, ErrGone) {
		t.Error(err)
	}
}

func TestOneAccountOfManyRegistrations(t *testing.T) {
	d := newDoor(t)
	d.registration(true)
	var wait sync.WaitGroup
	for i := range 5 {
		cookie, mail := d.beginAt("new@kyma.example", i, "en")
		for range 20 {
			wait.Go(func() { d.TryPIN(cookie, mail.PIN, "") })
		}
	}
	wait.Wait()
	if people, sessions := d.count("SELECT count(*) FROM person WHERE email = 'new@kyma.example'"), d.count("SELECT count(*) FROM session"); people != 1 || sessions != 5 {
		t.Errorf("%d accounts, %d sessions", people, sessions)
	}
}

// Between the mail and the PIN the switch may be turned, and the address may
// become somebody's.
func TestRegisteringAfterSomethingChanged(t *testing.T) {
	for what, change := range map[string]func(*door){
		"off": func(d *door) { d.registration(false) },
		"deactivated": func(d *door) {
			d.person("new@kyma.example", Client, "")
			d.run("UPDATE person SET active = 0 WHERE email = 'new@kyma.example'")
		},
	} {
		d := newDoor(t)
		d.registration(true)
		cookie, mail := d.beginAt("new@kyma.example", 1, "en")
		change(d)
		var mistake *WrongPIN
		if token, _, err := d.TryPIN(cookie, mail.PIN, ""); token != "" || !errors.As(err, &mistake) {
			t.Error(what, err)
		}
		if _, err := d.LinkPage(mail.Link); !errors.Is(err, ErrGone) {
			t.Error(what, err)
		}
		if _, _, err := d.UseLink(mail.Link, ""); !errors.Is(err, ErrGone) || d.count("SELECT count(*) FROM session") != 0 {
			t.Error(what, err)
		}
	}
	d := newDoor(t)
	d.registration(true)
	cookie, mail := d.beginAt("new@kyma.example", 1, "en")
	added := d.person("new@kyma.example", Client, "")
	token, _, err := d.TryPIN(cookie, mail.PIN, "")
	if actor, wrong := d.Login(token); err != nil || wrong != nil || actor.ID != added.ID {
		t.Error("somebody added in the meantime:", err, wrong)
	}
	if _, err := d.BeginSignIn("team@kyma.example", doorNetwork, "", "", "en"); err != nil {
		t.Fatal(err)
	}
	d.person("team@kyma.example", Team, Member)
	if mails, err := d.ClaimMail(10); len(mails) != 0 || err != nil {
		t.Error("mail to an address that the team has by now:", mails, err)
	}
}

// The same rows for a known and an unknown address, whatever the switch says.
func TestRegistrationWritesTheSameRows(t *testing.T) {
	for _, on := range []bool{false, true} {
		var rows []string
		for _, address := range []string{doorEmail, "nobody@kyma.example", "maria@ormos.example", "gone@kyma.example"} {
			d := newDoor(t)
			d.registration(on)
			d.person("gone@kyma.example", Client, "")
			d.run("UPDATE person SET active = 0 WHERE email = 'gone@kyma.example'")
			cookie := ""
			for range mailsPerNetwork {
				next, err := d.BeginSignIn(address, doorNetwork, "", cookie, "el")
				if err != nil {
					t.Fatal(err)
				}
				cookie = next
			}
			_, err := d.BeginSignIn(address, doorNetwork, "", cookie, "el")
			rows = append(rows, fmt.Sprint(err, d.count("SELECT count(*) FROM challenge WHERE language = 'el'"), d.count("SELECT count(*) FROM outbox WHERE language = 'el'")))
		}
		for _, r := range rows {
			if r != rows[0] || !strings.Contains(r, "too many") {
				t.Error(on, rows)
			}
		}
	}
}

// One place may not have the portal write to one stranger after the other. It is
// counted alike for addresses that somebody has; browsers that signed in before
// go on.
func TestMailsPerPlace(t *testing.T) {
	for _, on := range []bool{false, true} {
		d := newDoor(t)
		d.registration(on)
		mine, mail := d.begin(doorEmail, "")
		if _, _, err := d.TryPIN(mine, mail.PIN, ""); err != nil {
			t.Fatal(err)
		}
		for i := range mailsPerPlace {
			address := fmt.Sprintf("p%d@many.example", i)
			if i%2 == 0 {
				d.person(address, Client, "")
			}
			if _, err := d.BeginSignIn(address, doorNetwork, "", "", "en"); err != nil {
				t.Fatal(i, err)
			}
		}
		for _, address := range []string{"one@more.example", "maria@ormos.example"} {
			if _, err := d.BeginSignIn(address, doorNetwork, "", "", "en"); !errors.Is(err, ErrOften) {
				t.Errorf("%s after %d mails: %v", address, mailsPerPlace, err)
			}
			if _, err := d.BeginSignIn(address, "198.51.1.0/24", "", "", "en"); err != nil {
				t.Error("another place:", err)
			}
		}
		if _, err := d.BeginSignIn(doorEmail, doorNetwork, "", mine, "en"); err != nil {
			t.Error("a browser that signed in before:", err)
		}
		d.pass(mailWindow)
		if _, err := d.BeginSignIn("one@more.example", doorNetwork, "", "", "en"); err != nil {
			t.Error("an hour later:", err)
		}
	}
}

// The cap over all is silent: beyond it the answer is the same and no mail goes.
func TestRegisterMailsAreCapped(t *testing.T) {
	d := newDoor(t)
	d.registration(true)
	sent := 0
	for i := range registerMails + 10 {
		if _, err := d.BeginSignIn(fmt.Sprintf("p%d@many.example", i), fmt.Sprintf("198.51.%d.0/24", i), "", "", "en"); err != nil {
			t.Fatal(err)
		}
	}
	for mails, err := d.ClaimMail(50); len(mails) > 0; mails, err = d.ClaimMail(50) {
		if sent += len(mails); err != nil {
			t.Fatal(err)
		}
	}
	if sent != registerMails {
		t.Errorf("%d mails to strangers in an hour", sent)
	}
	if _, mail := d.beginAt(doorEmail, 200, "en"); mail.To.Email != doorEmail {
		t.Error("the cap keeps mail from somebody known")
	}
}

func TestSwitchingRegistration(t *testing.T) {
	w := newWorld(t)
	for who, want := range map[string]error{"olivia": nil, "adam": nil, "lea": ErrDenied, "eleni": ErrNotFound, "dora": ErrNotFound} {
		if err := w.SetFeature(w.actor(who), ForWorkspace, 0, "registration", "on"); !errors.Is(err, want) {
			t.Errorf("%s: %v", who, err)
		}
	}
	if open, err := w.RegistrationOpen(); err != nil || !open {
		t.Error(open, err)
	}
}
