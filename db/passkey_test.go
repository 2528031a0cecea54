package db

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func (d *door) ceremony(actor Actor, kind string) string {
	d.t.Helper()
	cookie, err := d.BeginCeremony(actor, kind, doorNetwork, "{}")
	if err != nil {
		d.t.Fatal(err)
	}
	return cookie
}

// keyed gives somebody a passkey and returns it with the session as it is then.
func (d *door) keyed(actor Actor, id string) (Passkey, Actor) {
	d.t.Helper()
	token, err := d.AddPasskey(actor, Passkey{CredentialID: []byte(id), Credential: "{}", Name: "Phone"})
	if err != nil {
		d.t.Fatal(err)
	}
	if mail := d.mail(); mail.Kind != MailSecurity || mail.About != "passkey-added" {
		d.t.Error(mail.Kind, mail.About)
	}
	after, err := d.Login(token)
	if err != nil || after.Session != actor.Session || !after.Confirmed {
		d.t.Fatal(after, err)
	}
	list, err := d.Passkeys(after)
	if err != nil || len(list) == 0 {
		d.t.Fatal(list, err)
	}
	return list[len(list)-1], after
}

func TestCeremonyIsTakenOnce(t *testing.T) {
	d := newDoor(t)
	eleni, maria := d.enters(doorEmail), d.enters("maria@ormos.example")
	cookie := d.ceremony(eleni, CeremonyRegister)
	for what, err := range map[string]error{
		"nobody":       second(d.TakeCeremony(Actor{}, CeremonyRegister, cookie)),
		"another":      second(d.TakeCeremony(maria, CeremonyRegister, cookie)),
		"another kind": second(d.TakeCeremony(eleni, CeremonyConfirm, cookie)),
		"no cookie":    second(d.TakeCeremony(eleni, CeremonyRegister, "")),
	} {
		if !errors.Is(err, ErrGone) {
			t.Error(what, "answers", err)
		}
	}
	var taken atomic.Int32
	var wait sync.WaitGroup
	for range 100 {
		wait.Go(func() {
			if data, err := d.TakeCeremony(eleni, CeremonyRegister, cookie); err == nil && data == "{}" {
				taken.Add(1)
			}
		})
	}
	wait.Wait()
	if taken.Load() != 1 {
		t.Errorf("taken %d times", taken.Load())
	}
	cookie = d.ceremony(Actor{}, CeremonySignIn)
	d.pass(CeremonyLife)
	if err := second(d.TakeCeremony(Actor{}, CeremonySignIn, cookie)); !errors.Is(err, ErrGone) {
		t.Error("an old one answers", err)
	}
	for range ceremoniesPerNetwork {
		d.ceremony(Actor{}, CeremonySignIn)
	}
	if _, err := d.BeginCeremony(Actor{}, CeremonySignIn, doorNetwork, "{}"); !errors.Is(err, ErrOften) {
		t.Error("one network begins as many as it likes:", err)
	}
}

func second[A any](_ A, err error) error { return err }

func TestPasskeySignsIn(t *testing.T) {
	d := newDoor(t)
	key, actor := d.keyed(d.enters(doorEmail), "a")
	token, next, err := d.SignInPasskey(actor.ID, key, `{"n":1}`, "/portal/projects", "Firefox")
	if err != nil || next != "/portal/projects" {
		t.Fatal(next, err)
	}
	if again, err := d.Login(token); err != nil || !again.Confirmed {
		t.Error(again, err)
	}
	// The counter rose: the same answer is a copy.
	if token, _, err := d.SignInPasskey(actor.ID, key, `{"n":1}`, "", ""); !errors.Is(err, ErrGone) || token != "" {
		t.Error("a copy signs in:", err)
	}
	key.Credential = `{"n":1}`
	maria := d.enters("maria@ormos.example")
	if token, _, err := d.SignInPasskey(maria.ID, key, `{"n":2}`, "", ""); !errors.Is(err, ErrGone) || token != "" {
		t.Error("it signs somebody else in:", err)
	}
	if _, err := d.ConfirmPasskey(maria, key, `{"n":2}`); !errors.Is(err, ErrGone) {
		t.Error("it confirms somebody else's session:", err)
	}
	if err := d.RemovePasskey(maria, key.ID); !errors.Is(err, ErrNotFound) {
		t.Error("somebody else removes it:", err)
	}
	if err := d.RenamePasskey(maria, key.ID, "Mine"); !errors.Is(err, ErrNotFound) {
		t.Error("somebody else names it:", err)
	}
	if _, err := d.AddPasskey(maria, Passkey{CredentialID: []byte("a"), Credential: "{}", Name: "Phone"}); !errors.Is(err, ErrGone) {
		t.Error("one key of two people:", err)
	}
	d.run("UPDATE person SET active = 0 WHERE id = ?", actor.ID)
	if _, _, err := d.SignInPasskey(actor.ID, key, `{"n":2}`, "", ""); !errors.Is(err, ErrGone) {
		t.Error("somebody deactivated signs in:", err)
	}
	d.run("UPDATE person SET active = 1 WHERE id = ?", actor.ID)
	if err := d.RenamePasskey(actor, key.ID, " Blue  phone "); err != nil {
		t.Error(err)
	}
	if list, err := d.Passkeys(actor); err != nil || len(list) != 1 || list[0].Name != "Blue phone" || list[0].UsedAt.IsZero() {
		t.Error(list, err)
	}
	if err := d.RemovePasskey(actor, key.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.SignInPasskey(actor.ID, key, `{"n":2}`, "", ""); !errors.Is(err, ErrGone) {
		t.Error("a removed one signs in:", err)
	}
}

func TestPasskeysAreAddedFreshly(t *testing.T) {
	d := newDoor(t)
	actor := d.enters(doorEmail)
	_, actor = d.keyed(actor, "a")
	d.pass(freshFor)
	var refused *Invalid
	if _, err := d.BeginCeremony(actor, CeremonyRegister, doorNetwork, "{}"); !errors.As(err, &refused) || refused.Key != "ways.sign-in-again" {
		t.Error(err)
	}
	if _, err := d.AddPasskey(actor, Passkey{CredentialID: []byte("b"), Credential: "{}", Name: "Phone"}); !errors.As(err, &refused) {
		t.Error(err)
	}
	preview := actor
	preview.Preview = NewID()
	if _, err := d.AddPasskey(preview, Passkey{CredentialID: []byte("b"), Credential: "{}", Name: "Phone"}); !errors.Is(err, ErrPreview) {
		t.Error(err)
	}
	actor = d.enters(doorEmail)
	for i := range passkeysEach - 1 {
		_, actor = d.keyed(actor, fmt.Sprint("key ", i))
	}
	if _, err := d.AddPasskey(actor, Passkey{CredentialID: []byte("b"), Credential: "{}", Name: "Phone"}); !errors.As(err, &refused) || refused.Key != "passkey.full" {
		t.Error(err)
	}
}

// What an unconfirmed session of the owner may do while passkeys are asked for.
func TestConfirming(t *testing.T) {
	d := newDoor(t)
	const owner = "maria@ormos.example"
	first := d.enters(owner)
	if first.Confirmed || first.MustConfirm {
		t.Error("before it is asked for:", first)
	}
	d.run("UPDATE setting SET value = '1' WHERE key = 'security.passkey'")
	again := func(a Actor) Actor {
		token := newToken()
		d.run("UPDATE session SET token_hash = ? WHERE id = ?", hashToken(token), a.Session)
		found, err := d.Login(token)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if first = again(first); !first.MustConfirm {
		t.Error("the owner need not confirm")
	}
	if eleni := d.enters(doorEmail); eleni.MustConfirm {
		t.Error("a client has to confirm")
	}
	link, err := d.SignInLink(owner)
	if err != nil {
		t.Fatal(err)
	}
	token, _, err := d.UseSignInLink(link, "")
	if err != nil {
		t.Fatal(err)
	}
	if local, err := d.Login(token); err != nil || !local.Confirmed || local.MustConfirm {
		t.Error("whoever holds the data folder is locked out:", local, err)
	}
	key, first := d.keyed(first, "a")
	if first.MustConfirm {
		t.Error("the first passkey does not confirm")
	}
	other := d.enters(owner)
	for what, err := range map[string]error{
		"adds a passkey":      second(d.AddPasskey(other, Passkey{CredentialID: []byte("b"), Credential: "{}", Name: "Phone"})),
		"begins to add one":   second(d.BeginCeremony(other, CeremonyRegister, doorNetwork, "{}")),
		"removes a passkey":   d.RemovePasskey(other, key.ID),
		"sets a password":     d.SetPassword(other, "", goodPassword),
		"removes a password":  d.RemovePassword(other),
		"ends other sessions": d.EndOtherSessions(other),
		"ends one":            d.EndSession(other, first.Session),
	} {
		if !errors.Is(err, ErrUnconfirmed) {
			t.Errorf("an unconfirmed session %s: %v", what, err)
		}
	}
	if alive, err := d.Alive([]ID{first.Session, other.Session}, nil); err != nil || !alive[first.Session] || alive[other.Session] {
		t.Error("pages stay open:", alive, err)
	}
	old := other
	if token, err = d.ConfirmPasskey(other, key, "{}"); err != nil {
		t.Fatal(err)
	}
	if other, err = d.Login(token); err != nil || other.MustConfirm || other.Session != old.Session {
		t.Error(other, err)
	}
	if err := d.EndOtherSessions(other); err != nil {
		t.Error(err)
	}
	if err := d.EndSession(d.enters(owner), other.Session); !errors.Is(err, ErrUnconfirmed) {
		t.Error(err)
	}
	last := d.enters(owner)
	if err := d.EndSession(last, last.Session); err != nil {
		t.Error("an unconfirmed session cannot sign out:", err)
	}
}

func TestNewDeviceIsTold(t *testing.T) {
	d := newDoor(t)
	know := func(actor Actor, cookie string, mails int) string {
		t.Helper()
		token, err := d.KnowDevice(actor, cookie, "Mozilla/5.0 Firefox/140.0")
		if err != nil || token == "" || token == cookie {
			t.Fatal(token, err)
		}
		due, err := d.ClaimMail(10)
		if err != nil || len(due) != mails {
			t.Fatalf("%d mails, not %d: %v", len(due), mails, err)
		}
		for _, mail := range due {
			if mail.Kind != MailNewDevice || mail.To.ID != actor.ID || mail.About != "Mozilla/5.0 Firefox/140.0" || mail.Link+mail.PIN != "" {
				t.Error(mail)
			}
			if err := d.MailSent(mail, true); err != nil {
				t.Fatal(err)
			}
		}
		return token
	}
	eleni, maria := d.enters(doorEmail), d.enters("maria@ormos.example")
	home := know(eleni, "", 0)   // the first sign-in ever
	next := know(eleni, home, 0) // the same browser
	know(eleni, home, 1)         // the cookie of an earlier time is nobody's
	know(eleni, "", 1)           // another browser
	know(eleni, "planted", 1)    // a cookie that was never given
	both := know(maria, next, 0) // hers for the first time, in Eleni's browser
	both = know(eleni, both, 0)  // which still knows Eleni
	know(maria, both, 0)         // and her
	d.pass(time.Minute)
	if rows := d.count("SELECT count(*) FROM device"); rows != 5 {
		t.Error(rows, "devices")
	}
}
