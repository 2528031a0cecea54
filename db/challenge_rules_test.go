package db

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestNewCodeVoidsThisBrowsersOnly(t *testing.T) {
	d := newDoor(t)
	mine, first := d.begin(doorEmail, "")
	strangers, other := d.begin(doorEmail, "")
	again, second := d.begin(doorEmail, mine)
	if _, _, err := d.TryPIN(mine, first.PIN, ""); !errors.Is(err, ErrGone) {
		t.Error("the voided PIN answers", err)
	}
	if _, _, err := d.UseLink(first.Link, ""); !errors.Is(err, ErrGone) {
		t.Error("the voided link answers", err)
	}
	if _, _, err := d.TryPIN(strangers, other.PIN, ""); err != nil {
		t.Error("another browser's PIN was voided:", err)
	}
	if _, _, err := d.TryPIN(again, second.PIN, ""); err != nil {
		t.Error(err)
	}
	if _, err := d.SignInAgain(again, doorNetwork); !errors.Is(err, ErrGone) {
		t.Error("a finished sign-in was begun again:", err)
	}
}

func TestSignInAgainKeepsAddressAndNext(t *testing.T) {
	d := newDoor(t)
	cookie, err := d.BeginSignIn(doorEmail, doorNetwork, "/portal/tasks/1?a=b", "", "")
	if err != nil {
		t.Fatal(err)
	}
	d.mail()
	if cookie, err = d.SignInAgain(cookie, doorNetwork); err != nil {
		t.Fatal(err)
	}
	mail := d.mail()
	if _, next, err := d.TryPIN(cookie, mail.PIN, ""); err != nil || next != "/portal/tasks/1?a=b" || mail.To.Email != doorEmail {
		t.Error(mail.To.Email, next, err)
	}
}

func TestUnknownTakesTheSameWay(t *testing.T) {
	d := newDoor(t)
	d.person("gone@kyma.example", Client, "")
	d.run("UPDATE person SET active = 0 WHERE email = 'gone@kyma.example'")
	for _, stranger := range []string{"nobody@kyma.example", "gone@kyma.example"} {
		cookie, err := d.BeginSignIn(stranger, doorNetwork, "", "", "")
		if err != nil || len(cookie) != 43 {
			t.Fatal(cookie, err)
		}
		shown, err := d.Challenge(cookie)
		if err != nil || shown.Address != stranger || shown.LinkOnly || !shown.Open {
			t.Error(shown, err)
		}
		if waiting := d.count("SELECT count(*) FROM outbox WHERE person_id IS NULL"); waiting != 1 {
			t.Error("the row that costs the same is missing:", waiting)
		}
		if mails, err := d.ClaimMail(10); len(mails) != 0 || err != nil {
			t.Error("mail to nobody:", mails, err)
		}
		for left := 4; left >= 0; left-- {
			var mistake *WrongPIN
			if _, _, err := d.TryPIN(cookie, "000000", ""); !errors.As(err, &mistake) || mistake.Left != left {
				t.Error(err)
			}
		}
		for asked := 1; asked < mailsPerNetwork; asked++ {
			if cookie, err = d.BeginSignIn(stranger, doorNetwork, "", cookie, ""); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := d.BeginSignIn(stranger, doorNetwork, "", cookie, ""); !errors.Is(err, ErrOften) {
			t.Error("an unknown address is limited by", err)
		}
		if _, err := d.ClaimMail(10); err != nil || d.count("SELECT count(*) FROM outbox") != 0 {
			t.Error("rows to nobody stay", err)
		}
	}
}

func TestRightPINOfSomebodyDeactivated(t *testing.T) {
	d := newDoor(t)
	cookie, mail := d.begin(doorEmail, "")
	d.run("UPDATE person SET active = 0 WHERE email = ?", doorEmail)
	var mistake *WrongPIN
	if token, _, err := d.TryPIN(cookie, mail.PIN, ""); token != "" || !errors.As(err, &mistake) {
		t.Error(token, err)
	}
	if _, _, err := d.UseLink(mail.Link, ""); !errors.Is(err, ErrGone) {
		t.Error(err)
	}
	if _, err := d.LinkPage(mail.Link); !errors.Is(err, ErrGone) {
		t.Error(err)
	}
}

func TestMailsPerNetworkAndAddress(t *testing.T) {
	d := newDoor(t)
	cookie, sent := "", 0
	for network := range 10 {
		for range 10 {
			// The same browser all the time: voiding its old sign-in must not free the place.
			next, err := d.BeginSignIn(doorEmail, fmt.Sprintf("198.51.%d.0/24", network), "", cookie, "")
			switch {
			case err == nil:
				cookie, sent = next, sent+1
			case !errors.Is(err, ErrOften):
				t.Fatal(err)
			}
		}
		if most := min((network+1)*mailsPerNetwork, mailsPerAddress-mailsForKnown); sent != most {
			t.Fatalf("%d mails after %d networks, want %d", sent, network+1, most)
		}
	}
	if _, err := d.BeginSignIn("maria@ormos.example", "198.51.0.0/24", "", "", ""); err != nil {
		t.Error("one address's mails limit another's:", err)
	}
	d.pass(mailWindow)
	if _, err := d.BeginSignIn(doorEmail, "198.51.0.0/24", "", "", ""); err != nil {
		t.Error("an hour later:", err)
	}
}

func TestKnownBrowserIsNotShutOut(t *testing.T) {
	d := newDoor(t)
	mine := ""
	for range 10 { // signing in often is no flood
		var mail Mail
		mine, mail = d.begin(doorEmail, mine)
		if _, _, err := d.TryPIN(mine, mail.PIN, ""); err != nil {
			t.Fatal(err)
		}
	}
	d.pass(mailWindow)
	for i := range 100 {
		d.BeginSignIn(doorEmail, fmt.Sprintf("198.51.%d.0/24", i), "", "", "")
	}
	d.BeginSignIn(doorEmail, doorNetwork, "", "", "")
	if _, err := d.BeginSignIn(doorEmail, doorNetwork, "", "", ""); !errors.Is(err, ErrOften) {
		t.Fatal("the flood is not stopped:", err)
	}
	for range mailsPerNetwork {
		d.BeginSignIn("maria@ormos.example", doorNetwork, "", "", "")
	}
	if _, err := d.BeginSignIn("maria@ormos.example", doorNetwork, "", mine, ""); !errors.Is(err, ErrOften) {
		t.Error("a browser is known for somebody else's address:", err)
	}
	for range mailsForKnown {
		next, err := d.BeginSignIn(doorEmail, doorNetwork, "", mine, "")
		if err != nil {
			t.Fatal("a browser that signed in before is shut out:", err)
		}
		mine = next
	}
	if _, err := d.BeginSignIn(doorEmail, doorNetwork, "", mine, ""); !errors.Is(err, ErrOften) {
		t.Error("a known browser is not limited:", err)
	}
	if mails := d.count("SELECT count(*) FROM outbox WHERE person_id = (SELECT id FROM person WHERE email = ?) AND sent_at IS NULL", doorEmail); mails != mailsPerAddress {
		t.Errorf("%d mails in an hour", mails)
	}
}

func TestGuessingLeadsToLinks(t *testing.T) {
	for _, email := range []string{doorEmail, "nobody@kyma.example"} {
		d := newDoor(t)
		type begun struct{ cookie, pin string }
		var open []begun
		for i := range 7 {
			cookie, err := d.BeginSignIn(email, fmt.Sprintf("198.51.%d.0/24", i), "", "", "")
			if err != nil {
				t.Fatal(err)
			}
			pin := ""
			if email == doorEmail {
				pin = d.mail().PIN
			}
			open = append(open, begun{cookie, pin})
		}
		compared, last := 0, error(nil)
		for _, b := range open {
			for i := range 10 {
				var mistake *WrongPIN
				_, _, last = d.TryPIN(b.cookie, wrongPIN(b.pin, i), "")
				if errors.As(last, &mistake) {
					compared++
				}
				if compared == guessesToLink-1 {
					if cookie, err := d.BeginSignIn(email, "100.64.0.0/24", "", "", ""); err == nil {
						if shown, _ := d.Challenge(cookie); shown.LinkOnly {
							t.Error("a link already after", compared)
						}
					}
				}
			}
		}
		if compared != guessesCompared || !errors.Is(last, ErrUseLink) {
			t.Errorf("%s: %d guesses were compared, then %v", email, compared, last)
		}
		if _, _, err := d.TryPIN(open[6].cookie, "000000", ""); !errors.Is(err, ErrUseLink) {
			t.Error(err)
		}
		d.ClaimMail(100)
		cookie, err := d.BeginSignIn(email, doorNetwork, "", "", "")
		if err != nil {
			t.Fatal(err)
		}
		if shown, err := d.Challenge(cookie); err != nil || !shown.LinkOnly || !shown.Open {
			t.Error("not a link only:", shown, err)
		}
		if _, _, err := d.TryPIN(cookie, "000000", ""); !errors.Is(err, ErrUseLink) {
			t.Error("a PIN was compared where none was sent:", err)
		}
		if email == doorEmail {
			mail := d.mail()
			if mail.PIN != "" || len(mail.Link) != 43 {
				t.Errorf("the mail carries %q %q", mail.PIN, mail.Link)
			}
			if _, _, err := d.UseLink(mail.Link, ""); err != nil {
				t.Error("locked out:", err)
			}
		}
		d.pass(guessWindow + ChallengeLife)
		cookie, err = d.BeginSignIn(email, doorNetwork, "", "", "")
		if err != nil {
			t.Fatal(err)
		}
		if shown, _ := d.Challenge(cookie); shown.LinkOnly {
			t.Error("a day later still no PIN")
		}
	}
}

func TestLinkInAnotherBrowser(t *testing.T) {
	d := newDoor(t)
	cookie, mail := d.begin(doorEmail, "")
	for range 10 { // a mail scanner
		if shown, err := d.LinkPage(mail.Link); err != nil || shown.Address != doorEmail {
			t.Fatal(shown, err)
		}
	}
	if d.count("SELECT count(*) FROM session") != 0 {
		t.Fatal("looking began a session")
	}
	token, next, err := d.UseLink(mail.Link, "Safari")
	if err != nil || next != "/portal" {
		t.Fatal(next, err)
	}
	if actor, err := d.Login(token); err != nil || actor.Email != doorEmail {
		t.Error(actor.Email, err)
	}
	if _, _, err := d.UseLink(mail.Link, ""); !errors.Is(err, ErrGone) {
		t.Error("the link works twice:", err)
	}
	if _, _, err := d.TryPIN(cookie, mail.PIN, ""); !errors.Is(err, ErrGone) {
		t.Error("the PIN works after the link:", err)
	}
}

func TestOwnPath(t *testing.T) {
	for _, good := range []string{"/portal", "/portal/tasks/0abc", "/projects/x?filter=mine&a=%2F", "/portal/", "/p/%CE%B1"} {
		if ownPath(good) != good {
			t.Errorf("%q is refused", good)
		}
	}
	hosts := []string{"evil.example", "evil.example/portal", "evil.example@", "evil.example:443/"}
	starts := []string{"", "//", "///", "////", "/\\", "\\\\", "\\/", "/\t/", "/\n/", "/\r\n/", "\t//", " //", "/ /", "/\x00/", "https://", "https:", "http:/", "HTTPS:\\\\",
		"javascript:", "data:", "/%2F/", "/%5C", "/..//", "/.//", "/a/..//", "/a/../..//", "/a//", "/\u00a0/", "/\u2028/", "/\u0085/", "@", "?", "#", ".", "..", "//user:pw@"}
	bad := []string{"/", "", "/sign-in", "/sign-in/pin", "/sign-out", "/a/../sign-out", "/%00", "/%zz", "/a\\b", "/" + strings.Repeat("a", 600)}
	for _, start := range starts {
		for _, host := range hosts {
			bad = append(bad, start+host)
		}
	}
	for _, payload := range bad {
		if got := ownPath(payload); got != "" {
			t.Errorf("%q became %q", payload, got)
		}
	}
	if len(bad) < 60 {
		t.Fatal("too few payloads:", len(bad))
	}
}

func TestNoSecretInTheFiles(t *testing.T) {
	d := newDoor(t)
	var secrets []string
	cookie := ""
	for i := range 10 {
		d.pass(time.Hour)
		next, err := d.BeginSignIn(doorEmail, doorNetwork, "", cookie, "")
		if err != nil {
			t.Fatal(err)
		}
		secrets = append(secrets, next)
		d.scan(secrets) // while it is sealed
		mail := d.mail()
		secrets = append(secrets, mail.Link, mail.PIN) // no time or id in the files looks like a PIN: the clock stands still
		cookie = next
		if i%2 == 0 {
			token, _, err := d.TryPIN(cookie, mail.PIN, "")
			if err != nil {
				t.Fatal(err)
			}
			secrets = append(secrets, token)
		}
	}
	link, err := d.SignInLink(doorEmail)
	if err != nil {
		t.Fatal(err)
	}
	d.scan(append(secrets, link))
	if err := d.Close(); err != nil { // everything moves from the WAL into the file
		t.Fatal(err)
	}
	if d.Store, err = Open(d.Dir(), Options{}); err != nil {
		t.Fatal(err)
	}
	d.scan(append(secrets, link))
}

func (d *door) scan(secrets []string) {
	d.t.Helper()
	files, err := filepath.Glob(filepath.Join(d.Dir(), FileName+"*"))
	if err != nil || len(files) == 0 {
		d.t.Fatal(files, err)
	}
	for _, file := range files {
		bytes, err := os.ReadFile(file)
		if err != nil {
			d.t.Fatal(err)
		}
		for i, secret := range secrets {
			if strings.Contains(string(bytes), secret) {
				d.t.Errorf("secret %d stands in %s", i, filepath.Base(file))
			}
		}
	}
}
