package db

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
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
	home    = "203.0.113.0/24"
	address = "eleni@kyma.example"
)

func newDoor(t testing.TB) *door {
	d := &door{t: t}
	start := time.Date(2026, 5, 20, 9, 0, 0, 0, time.UTC)
	d.now.Store(&start)
	store, err := Open(t.TempDir(), Options{Clock: func() time.Time { return *d.now.Load() }})
	if err != nil {
		t.Fatal(err)
	}
	d.Store = store
	t.Cleanup(func() { d.Store.Close() })
	d.person(address, Client, "")
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

func count(d *door, query string, args ...any) int {
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
	cookie, err := d.BeginSignIn(email, home, "", cookie)
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

// wrong is a PIN that differs from the right one, by as much as wanted.
func wrong(pin string, by int) string {
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
	if mail.To.Email != address || len(mail.PIN) != 6 || len(mail.Link) != 43 {
		t.Fatalf("mail to %q with %q %q", mail.To.Email, mail.PIN, mail.Link)
	}
	token, next, err := d.TryPIN(cookie, " "+mail.PIN[:3]+" "+mail.PIN[3:]+"\n", "Firefox")
	if err != nil || next != "/portal" {
		t.Fatal(next, err)
	}
	actor, err := d.Login(token)
	if err != nil || actor.Email != address {
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
	_, mail := d.begin(address, "")
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
	cookie, mail := d.begin(address, "")
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
	cookie, mail := d.begin(address, "")
	for _, malformed := range []string{"", "12345", "1234567", "12345x", "１２３４５６"} {
		var invalid *Invalid
		if _, _, err := d.TryPIN(cookie, malformed, ""); !errors.As(err, &invalid) {
			t.Errorf("%q answers %v", malformed, err)
		}
	}
	for left := 4; left >= 0; left-- {
		var mistake *WrongPIN
		if _, _, err := d.TryPIN(cookie, wrong(mail.PIN, left), ""); !errors.As(err, &mistake) || mistake.Left != left {
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
	cookie, mail := d.begin(address, "")
	var compared atomic.Int32
	var wait sync.WaitGroup
	for i := range 100 {
		wait.Go(func() {
			var mistake *WrongPIN
			if _, _, err := d.TryPIN(cookie, wrong(mail.PIN, i), ""); errors.As(err, &mistake) {
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
		cookie, mail := d.begin(address, "")
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
		if begun := count(d, "SELECT count(*) FROM session"); sessions.Load() != 1 || begun != round+1 {
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
			cookie, err := d.BeginSignIn(fmt.Sprintf("p%d@kyma.example", i), home, "", "")
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
				if b%5 == 0 {
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

func TestNewCodeVoidsThisBrowsersOnly(t *testing.T) {
	d := newDoor(t)
	mine, first := d.begin(address, "")
	strangers, other := d.begin(address, "")
	again, second := d.begin(address, mine)
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
	if _, err := d.SignInAgain(again, home); !errors.Is(err, ErrGone) {
		t.Error("a finished sign-in was begun again:", err)
	}
}

func TestSignInAgainKeepsAddressAndNext(t *testing.T) {
	d := newDoor(t)
	cookie, err := d.BeginSignIn(address, home, "/portal/tasks/1?a=b", "")
	if err != nil {
		t.Fatal(err)
	}
	d.mail()
	if cookie, err = d.SignInAgain(cookie, home); err != nil {
		t.Fatal(err)
	}
	mail := d.mail()
	if _, next, err := d.TryPIN(cookie, mail.PIN, ""); err != nil || next != "/portal/tasks/1?a=b" || mail.To.Email != address {
		t.Error(mail.To.Email, next, err)
	}
}

func TestUnknownTakesTheSameWay(t *testing.T) {
	d := newDoor(t)
	d.person("gone@kyma.example", Client, "")
	d.run("UPDATE person SET active = 0 WHERE email = 'gone@kyma.example'")
	for _, stranger := range []string{"nobody@kyma.example", "gone@kyma.example"} {
		cookie, err := d.BeginSignIn(stranger, home, "", "")
		if err != nil || len(cookie) != 43 {
			t.Fatal(cookie, err)
		}
		shown, err := d.Challenge(cookie)
		if err != nil || shown.Address != stranger || shown.LinkOnly || !shown.Open {
			t.Error(shown, err)
		}
		if waiting := count(d, "SELECT count(*) FROM outbox WHERE person_id IS NULL"); waiting != 1 {
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
			if cookie, err = d.BeginSignIn(stranger, home, "", cookie); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := d.BeginSignIn(stranger, home, "", cookie); !errors.Is(err, ErrOften) {
			t.Error("an unknown address is limited by", err)
		}
		if _, err := d.ClaimMail(10); err != nil || count(d, "SELECT count(*) FROM outbox") != 0 {
			t.Error("rows to nobody stay", err)
		}
	}
}

func TestRightPINOfSomebodyDeactivated(t *testing.T) {
	d := newDoor(t)
	cookie, mail := d.begin(address, "")
	d.run("UPDATE person SET active = 0 WHERE email = ?", address)
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
			next, err := d.BeginSignIn(address, fmt.Sprintf("198.51.%d.0/24", network), "", cookie)
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
	if _, err := d.BeginSignIn("maria@ormos.example", "198.51.0.0/24", "", ""); err != nil {
		t.Error("one address's mails limit another's:", err)
	}
	d.pass(mailWindow)
	if _, err := d.BeginSignIn(address, "198.51.0.0/24", "", ""); err != nil {
		t.Error("an hour later:", err)
	}
}

func TestKnownBrowserIsNotShutOut(t *testing.T) {
	d := newDoor(t)
	mine := ""
	for range 10 { // signing in often is no flood
		var mail Mail
		mine, mail = d.begin(address, mine)
		if _, _, err := d.TryPIN(mine, mail.PIN, ""); err != nil {
			t.Fatal(err)
		}
	}
	d.pass(mailWindow)
	for i := range 100 {
		d.BeginSignIn(address, fmt.Sprintf("198.51.%d.0/24", i), "", "")
	}
	d.BeginSignIn(address, home, "", "")
	if _, err := d.BeginSignIn(address, home, "", ""); !errors.Is(err, ErrOften) {
		t.Fatal("the flood is not stopped:", err)
	}
	if _, err := d.BeginSignIn("maria@ormos.example", home, "", mine); err != nil {
		t.Fatal(err)
	}
	for range mailsForKnown {
		next, err := d.BeginSignIn(address, home, "", mine)
		if err != nil {
			t.Fatal("a browser that signed in before is shut out:", err)
		}
		mine = next
	}
	if _, err := d.BeginSignIn(address, home, "", mine); !errors.Is(err, ErrOften) {
		t.Error("a known browser is not limited:", err)
	}
	if mails := count(d, "SELECT count(*) FROM outbox WHERE person_id = (SELECT id FROM person WHERE email = ?) AND sent_at IS NULL", address); mails != mailsPerAddress {
		t.Errorf("%d mails in an hour", mails)
	}
}

func TestGuessingLeadsToLinks(t *testing.T) {
	for _, email := range []string{address, "nobody@kyma.example"} {
		d := newDoor(t)
		type begun struct{ cookie, pin string }
		var open []begun
		for i := range 7 {
			cookie, err := d.BeginSignIn(email, fmt.Sprintf("198.51.%d.0/24", i), "", "")
			if err != nil {
				t.Fatal(err)
			}
			pin := ""
			if email == address {
				pin = d.mail().PIN
			}
			open = append(open, begun{cookie, pin})
		}
		compared, last := 0, error(nil)
		for _, b := range open {
			for i := range 10 {
				var mistake *WrongPIN
				_, _, last = d.TryPIN(b.cookie, wrong(b.pin, i), "")
				if errors.As(last, &mistake) {
					compared++
				}
				if compared == guessesToLink-1 {
					if cookie, err := d.BeginSignIn(email, "100.64.0.0/24", "", ""); err == nil {
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
		cookie, err := d.BeginSignIn(email, home, "", "")
		if err != nil {
			t.Fatal(err)
		}
		if shown, err := d.Challenge(cookie); err != nil || !shown.LinkOnly || !shown.Open {
			t.Error("not a link only:", shown, err)
		}
		if _, _, err := d.TryPIN(cookie, "000000", ""); !errors.Is(err, ErrUseLink) {
			t.Error("a PIN was compared where none was sent:", err)
		}
		if email == address {
			mail := d.mail()
			if mail.PIN != "" || len(mail.Link) != 43 {
				t.Errorf("the mail carries %q %q", mail.PIN, mail.Link)
			}
			if _, _, err := d.UseLink(mail.Link, ""); err != nil {
				t.Error("locked out:", err)
			}
		}
		d.pass(guessWindow + ChallengeLife)
		cookie, err = d.BeginSignIn(email, home, "", "")
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
	cookie, mail := d.begin(address, "")
	for range 10 { // a mail scanner
		if shown, err := d.LinkPage(mail.Link); err != nil || shown.Address != address {
			t.Fatal(shown, err)
		}
	}
	if count(d, "SELECT count(*) FROM session") != 0 {
		t.Fatal("looking began a session")
	}
	token, next, err := d.UseLink(mail.Link, "Safari")
	if err != nil || next != "/portal" {
		t.Fatal(next, err)
	}
	if actor, err := d.Login(token); err != nil || actor.Email != address {
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
		next, err := d.BeginSignIn(address, home, "", cookie)
		if err != nil {
			t.Fatal(err)
		}
		secrets = append(secrets, next)
		scan(t, d, secrets) // while it is sealed
		mail := d.mail()
		secrets = append(secrets, mail.Link, `"`+mail.PIN+`"`, mail.PIN+" ", mail.PIN+"\x00")
		cookie = next
		if i%2 == 0 {
			token, _, err := d.TryPIN(cookie, mail.PIN, "")
			if err != nil {
				t.Fatal(err)
			}
			secrets = append(secrets, token)
		}
	}
	link, err := d.SignInLink(address)
	if err != nil {
		t.Fatal(err)
	}
	scan(t, d, append(secrets, link))
	if err := d.Close(); err != nil { // everything moves from the WAL into the file
		t.Fatal(err)
	}
	if d.Store, err = Open(d.Dir(), Options{}); err != nil {
		t.Fatal(err)
	}
	scan(t, d, append(secrets, link))
}

func scan(t *testing.T, d *door, secrets []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(d.Dir(), FileName+"*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		bytes, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, secret := range secrets {
			if strings.Contains(string(bytes), secret) {
				t.Errorf("secret %d stands in %s", i, filepath.Base(file))
			}
		}
	}
}
