package db

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

// A day of 20,000 guesses from 1,000 networks: what is compared and what is
// mailed stays bounded, for an address of ours as for any other, and its owner
// signs in all the same.
func TestTwentyThousandGuesses(t *testing.T) {
	const guesses, networks, steps, logins = 20_000, 1_000, 96, 10
	for _, email := range []string{doorEmail, "nobody@kyma.example"} {
		d := newDoor(t)
		known, mail := email == doorEmail, Mail{}
		own := ""
		if known {
			own, mail = d.begin(email, "")
			if _, _, err := d.TryPIN(own, mail.PIN, ""); err != nil {
				t.Fatal(err)
			}
		}
		var compared, asked, entered int
		var mailed []time.Time
		for step := range steps {
			var begun []string
			for i := range networks / 10 { // each network comes by once in ten steps
				asked++
				cookie, err := d.BeginSignIn(email, fmt.Sprintf("198.%d.%d.0/24", step%10, i), "", "", "")
				switch {
				case err == nil:
					begun, mailed = append(begun, cookie), append(mailed, d.Now())
				case !errors.Is(err, ErrOften):
					t.Fatal(err)
				}
			}
			compared += d.besieged(begun, guesses/steps+1)
			if known && step%(steps/logins) == 0 && entered < logins {
				own = d.owner(own)
				entered++
			}
			d.pass(24 * time.Hour / steps)
		}
		if compared > 25 || compared < 20 {
			t.Errorf("%s: %d guesses were compared in a day", email, compared)
		}
		for i, first := range mailed {
			within := 0
			for _, at := range mailed[i:] {
				if at.Sub(first) < time.Hour {
					within++
				}
			}
			if within > 20 {
				t.Errorf("%s: %d mails within an hour", email, within)
			}
		}
		if known && entered != logins {
			t.Errorf("the owner signed in %d times", entered)
		}
		t.Logf("%s: %d mails of %d asked for, %d guesses compared", email, len(mailed), asked, compared)
	}
}

// besieged has all begun sign-ins guessed at in turn, and counts what was compared:
// at most five times each.
func (d *door) besieged(begun []string, guesses int) (compared int) {
	d.t.Helper()
	each := make([]int, len(begun))
	for i := 0; i < guesses && len(begun) > 0; i++ {
		n := i % len(begun)
		var wrong *WrongPIN
		if _, _, err := d.TryPIN(begun[n], fmt.Sprintf("%06d", i), ""); err == nil {
			d.t.Fatal("a guess in a million")
		} else if errors.As(err, &wrong) {
			compared++
			each[n]++
		} else if !errors.Is(err, ErrUseLink) && !errors.Is(err, ErrGone) {
			d.t.Fatal(err)
		}
	}
	for _, n := range each {
		if n > 5 {
			d.t.Errorf("%d guesses were compared for one mail", n)
		}
	}
	return compared
}

// owner signs in with the link of a mail, in the browser of the last time.
func (d *door) owner(cookie string) string {
	d.t.Helper()
	cookie, err := d.BeginSignIn(doorEmail, doorNetwork, "", cookie, "")
	if err != nil {
		d.t.Fatal("the owner may not ask: ", err)
	}
	for mails, err := d.ClaimMail(100); len(mails) > 0; mails, err = d.ClaimMail(100) {
		if err != nil {
			d.t.Fatal(err)
		}
		for _, mail := range mails {
			if own, err := d.challengeCookie(mail); err == nil && own == string(hashToken(cookie)) {
				if _, _, err := d.UseLink(mail.Link, ""); err != nil {
					d.t.Error("the owner is locked out: ", err)
				}
				return cookie
			}
		}
	}
	d.t.Error("no mail to the owner")
	return cookie
}

// challengeCookie is the hash of the cookie of the browser that asked for a mail.
func (d *door) challengeCookie(mail Mail) (hash string, err error) {
	err = d.read(func(r source) error {
		var bytes []byte
		bytes, err := value[[]byte](r, "SELECT cookie_hash FROM challenge WHERE id = ?", mail.Subject)
		hash = string(bytes)
		return err
	})
	return hash, err
}
