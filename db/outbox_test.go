package db

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func (d *door) actor(email string) Actor {
	d.t.Helper()
	person, err := d.PersonByEmail(email)
	if err != nil {
		d.t.Fatal(err)
	}
	return Actor{Person: person}
}

func (d *door) ask(email string) {
	d.t.Helper()
	if _, err := d.BeginSignIn(email, doorNetwork, "", "", ""); err != nil {
		d.t.Fatal(err)
	}
}

func (d *door) claim(want int) []Mail {
	d.t.Helper()
	mails, err := d.ClaimMail(100)
	if err != nil || len(mails) != want {
		d.t.Fatalf("%d mails are due, want %d (%v)", len(mails), want, err)
	}
	return mails
}

func TestMailIsLeased(t *testing.T) {
	d := newDoor(t)
	d.ask(doorEmail)
	first := d.claim(1)[0]
	d.claim(0)
	d.pass(mailLease)
	again := d.claim(1)[0] // the sender died
	if again.MessageID != first.MessageID || again.PIN != first.PIN || again.Tries != 2 {
		t.Error(first, again)
	}
	if err := d.MailSent(again, false); err != nil {
		t.Fatal(err)
	}
	d.pass(mailLease)
	d.claim(0)
}

func TestMailBacksOffForADay(t *testing.T) {
	d := newDoor(t)
	begun := d.Now()
	to := d.actor(doorEmail)
	if err := d.write(func(tx *Tx) error { return tx.post("letter", to.ID, 0, secret{PIN: "123456"}, 0) }); err != nil {
		t.Fatal(err)
	}
	var pauses []time.Duration
	for {
		if len(pauses) > 100 {
			t.Fatal("never given up")
		}
		mail := d.claim(1)[0]
		if err := d.MailFailed(mail, errors.New("421 busy"), false); err != nil {
			t.Fatal(err)
		}
		lines, err := d.Outbox(d.actor("maria@ormos.example"), false)
		if err != nil {
			t.Fatal(err)
		}
		if lines[0].State == MailGivenUp {
			if lines[0].Error != "421 busy" || d.count("SELECT count(*) FROM outbox WHERE sealed IS NOT NULL") != 0 {
				t.Error(lines[0])
			}
			break
		}
		if lines[0].State != MailWaiting || lines[0].Tries != mail.Tries {
			t.Fatal(lines[0])
		}
		pause := lines[0].NextAt.Sub(d.Now())
		if len(pauses) > 0 && pause < pauses[len(pauses)-1] {
			t.Fatal("a shorter pause", pauses, pause)
		}
		pauses = append(pauses, pause)
		d.pass(pause - time.Second)
		d.claim(0)
		d.pass(time.Second)
	}
	if lasted := d.Now().Sub(begun); lasted < 21*time.Hour || lasted > mailTrial || len(pauses) < 15 || pauses[0] != firstRetry || pauses[2] != 4*firstRetry {
		t.Error("tried for", lasted, pauses)
	}
}

func TestFinalFailureIsNotTriedAgain(t *testing.T) {
	d := newDoor(t)
	d.ask(doorEmail)
	mail := d.claim(1)[0]
	if err := d.MailFailed(mail, errors.New("550 no such user; you said "+mail.PIN+" and "+mail.Link+"\r\nX: y"), true); err != nil {
		t.Fatal(err)
	}
	d.pass(time.Hour)
	d.claim(0)
	lines, err := d.Outbox(d.actor("maria@ormos.example"), true)
	if err != nil || lines[0].State != MailGivenUp || !strings.HasPrefix(lines[0].Error, "550 no such user") ||
		strings.Contains(lines[0].Error, mail.PIN) || strings.Contains(lines[0].Error, mail.Link) || strings.ContainsAny(lines[0].Error, "\r\n") {
		t.Errorf("%+v %v", lines[0], err)
	}
}

func TestMailToSomebodyDeactivatedIsDropped(t *testing.T) {
	d := newDoor(t)
	d.ask(doorEmail)
	d.run("UPDATE person SET active = 0 WHERE email = ?", doorEmail)
	d.claim(0)
	d.run("UPDATE person SET active = 1 WHERE email = ?", doorEmail)
	d.claim(0)
	lines, err := d.Outbox(d.actor("maria@ormos.example"), true)
	if err != nil || len(lines) != 1 || lines[0].State != MailInactive || lines[0].PIN != "" {
		t.Error(lines, err)
	}
}

func TestExpiredMailIsDropped(t *testing.T) {
	d := newDoor(t)
	d.ask(doorEmail)
	mail := d.claim(1)[0]
	if err := d.MailFailed(mail, errors.New("connection refused"), false); err != nil {
		t.Fatal(err)
	}
	d.pass(ChallengeLife)
	d.claim(0)
	lines, err := d.Outbox(d.actor("maria@ormos.example"), true)
	if err != nil || lines[0].State != MailExpired || lines[0].Error != "connection refused" || lines[0].PIN != "" {
		t.Errorf("%+v %v", lines, err)
	}
	if sealed := d.count("SELECT count(*) FROM outbox WHERE sealed IS NOT NULL"); sealed != 0 {
		t.Error("sealed stays")
	}
}

func TestVoidedMailIsNotSent(t *testing.T) {
	d := newDoor(t)
	cookie, err := d.BeginSignIn(doorEmail, doorNetwork, "", "", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.SignInAgain(cookie, doorNetwork); err != nil {
		t.Fatal(err)
	}
	d.claim(1)
}

func TestSealedIsErasedWhenSent(t *testing.T) {
	d := newDoor(t)
	d.ask(doorEmail)
	if sealed := d.count("SELECT count(*) FROM outbox WHERE sealed IS NOT NULL"); sealed != 1 {
		t.Fatal(sealed)
	}
	if err := d.MailSent(d.claim(1)[0], false); err != nil {
		t.Fatal(err)
	}
	if sealed := d.count("SELECT count(*) FROM outbox WHERE sealed IS NOT NULL"); sealed != 0 {
		t.Error("sealed stays after sending")
	}
}

func TestShownMailIsKeptWhileValid(t *testing.T) {
	d := newDoor(t)
	d.person("nikos@ormos.example", Team, Admin)
	d.person("petros@ormos.example", Team, Member)
	owner, admin := d.actor("maria@ormos.example"), d.actor("nikos@ormos.example")
	cookie, err := d.BeginSignIn(doorEmail, doorNetwork, "", "", "")
	if err != nil {
		t.Fatal(err)
	}
	d.ask(owner.Email)
	for _, mail := range d.claim(2) {
		if err := d.MailSent(mail, true); err != nil {
			t.Fatal(err)
		}
	}
	read := func(actor Actor, shown bool) (ofOwner, ofClient OutboxLine) {
		lines, err := d.Outbox(actor, shown)
		if err != nil || len(lines) != 2 {
			t.Fatal(lines, err)
		}
		return lines[0], lines[1]
	}
	if ofOwner, ofClient := read(owner, true); len(ofOwner.PIN) != 6 || len(ofClient.PIN) != 6 || len(ofClient.Link) != 43 {
		t.Error("the owner cannot read:", ofOwner, ofClient)
	}
	if ofOwner, ofClient := read(admin, true); ofOwner.PIN+ofOwner.Link != "" || len(ofClient.PIN) != 6 {
		t.Error("an admin reads:", ofOwner, ofClient)
	}
	if ofOwner, ofClient := read(owner, false); ofOwner.PIN+ofOwner.Link+ofClient.PIN+ofClient.Link != "" {
		t.Error("shown although a mail server is set:", ofOwner, ofClient)
	}
	for _, refused := range []Actor{d.actor(doorEmail), d.actor("petros@ormos.example"), {}, {Person: owner.Person, Preview: 1}} {
		if lines, err := d.Outbox(refused, true); !errors.Is(err, ErrDenied) || lines != nil {
			t.Error("read by", refused.Email)
		}
	}
	_, ofClient := read(owner, true)
	if _, _, err := d.TryPIN(cookie, ofClient.PIN, ""); err != nil {
		t.Fatal(err)
	}
	if _, used := read(owner, true); used.PIN+used.Link != "" {
		t.Error("a used PIN stays")
	}
	d.pass(ChallengeLife)
	if ofOwner, _ := read(owner, true); ofOwner.PIN+ofOwner.Link != "" {
		t.Error("an expired PIN is shown")
	}
	d.claim(0)
	if sealed := d.count("SELECT count(*) FROM outbox WHERE sealed IS NOT NULL"); sealed != 0 {
		t.Error("sealed stays after its time")
	}
}
