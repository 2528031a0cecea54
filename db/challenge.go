package db

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"time"
)

// How a sign-in by e-mail is limited. The guesses that are compared in a day
// give a stranger a chance of 25 in a million per address, whatever they rotate;
// the mails per hour keep a mailbox from being flooded.
const (
	ChallengeLife   = 10 * time.Minute
	pinTries        = 5
	guessWindow     = 24 * time.Hour
	guessesToLink   = 20 // from here on the mail carries a link and no PIN
	guessesCompared = 25
	mailWindow      = time.Hour
	mailsPerNetwork = 5
	mailsPerAddress = 20
	mailsForKnown   = 5 // of them, kept for browsers that signed in before
)

// ErrOften refuses another mail for now. Addresses that nobody has are counted
// in the same way.
var ErrOften = errors.New("too many mails were asked for")

// ErrUseLink refuses a PIN because too many wrong ones were tried for the
// address. The link in the mail still works: nobody is locked out.
var ErrUseLink = errors.New("only the link in the mail can be used")

// WrongPIN says that a PIN was compared and was not the right one.
type WrongPIN struct{ Left int }

func (e *WrongPIN) Error() string { return fmt.Sprintf("wrong PIN, %d tries left", e.Left) }

// Challenge is a sign-in that this browser began.
type Challenge struct {
	Address  string
	Next     string
	LinkOnly bool // the mail carries no PIN
	Open     bool // neither used nor expired, with tries left
	id       ID
}

// BeginSignIn mails a PIN and a link to an address and binds both to a cookie.
// network is where the request comes from, next the page to lead to afterwards.
// An address that nobody active has takes the same way and gets the same answer.
// ErrOften when too many mails were asked for.
func (s *Store) BeginSignIn(address, network, next, oldCookie string) (cookie string, err error) {
	email, err := NormalEmail(address)
	if err != nil {
		return "", err
	}
	err = s.write(func(tx *Tx) (err error) {
		tx.hush()
		cookie, err = tx.beginSignIn(email, network, ownPath(next), oldCookie)
		return err
	})
	return cookie, err
}

// SignInAgain mails a new PIN for the sign-in that this browser began. ErrGone
// when it began none or has finished it.
func (s *Store) SignInAgain(oldCookie, network string) (cookie string, err error) {
	err = s.write(func(tx *Tx) error {
		tx.hush()
		type begun struct {
			address, next string
			used          bool
		}
		old, err := one(tx, func(b *begun) []any { return []any{&b.address, &b.next, &b.used} },
			"SELECT address, next, used_at IS NOT NULL FROM challenge WHERE cookie_hash = ?", hashToken(oldCookie))
		if errors.Is(err, ErrNotFound) || old.used {
			return ErrGone
		}
		if err == nil {
			cookie, err = tx.beginSignIn(old.address, network, old.next, oldCookie)
		}
		return err
	})
	return cookie, err
}

func (tx *Tx) beginSignIn(email, network, next, oldCookie string) (cookie string, err error) {
	known, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM challenge WHERE cookie_hash = ? AND address = ? AND (known OR used_at IS NOT NULL))",
		hashToken(oldCookie), email)
	if err != nil {
		return "", err
	}
	if err := tx.mayMail(email, network, known); err != nil {
		return "", err
	}
	if err := tx.voidChallenge(oldCookie); err != nil {
		return "", err
	}
	guesses, err := tx.guesses(email)
	if err != nil {
		return "", err
	}
	// No branch on whether the address is known: the same rows are written for all.
	person, err := value[ID](tx, "SELECT (SELECT p.id FROM person p JOIN may_sign_in m ON m.person_id = p.id WHERE p.email = ?)", email)
	if err != nil {
		return "", err
	}
	id, mail := NewID(), secret{Link: newToken()}
	pin := any(nil)
	if guesses < guessesToLink {
		mail.PIN = newPIN()
		pin = tx.store.keyed(id.String(), mail.PIN)
	}
	cookie = newToken()
	if err := tx.run(`INSERT INTO challenge (id, cookie_hash, address, network, known, person_id, pin_hash, link_hash, next, created_at, expires_at)
		VALUES (?,?,?,?,?,?,?,?,?,?,?)`, id, hashToken(cookie), email, network, known, person, pin, hashToken(mail.Link), next,
		tx.now, At(tx.now.Add(ChallengeLife))); err != nil {
		return "", err
	}
	return cookie, tx.post(MailSignIn, person, id, mail, ChallengeLife)
}

// mayMail counts the last hour's mails for an address. A sign-in that succeeded
// is no flood, so it does not count against its network. Browsers that signed in
// before have a share of their own: strangers cannot use up somebody's mails.
func (tx *Tx) mayMail(email, network string, known bool) error {
	type mails struct{ all, strangers, known, here int }
	asked, err := one(tx, func(m *mails) []any { return []any{&m.all, &m.strangers, &m.known, &m.here} },
		`SELECT count(*), count(*) FILTER (WHERE NOT known), count(*) FILTER (WHERE known AND used_at IS NULL),
			count(*) FILTER (WHERE NOT known AND used_at IS NULL AND network = ?)
		FROM challenge WHERE address = ? AND created_at > ?`, network, email, At(tx.now.Add(-mailWindow)))
	switch {
	case err != nil:
		return err
	case asked.all >= mailsPerAddress,
		known && asked.known >= mailsForKnown,
		!known && (asked.strangers >= mailsPerAddress-mailsForKnown || asked.here >= mailsPerNetwork):
		return ErrOften
	}
	return nil
}

// voidChallenge ends what this browser had begun, and nobody else's: else anyone
// could void the PIN that somebody is just typing. It stays counted as a mail.
func (tx *Tx) voidChallenge(cookie string) error {
	old, err := all(tx, itself[ID], "UPDATE challenge SET expires_at = ?1 WHERE cookie_hash = ?2 AND used_at IS NULL AND expires_at > ?1 RETURNING id",
		tx.now, hashToken(cookie))
	for _, id := range old {
		err = errors.Join(err, tx.unpost(MailSignIn, id))
	}
	return err
}

// guessesSince reaches back far enough to hold every guess of the last day: a
// challenge can be guessed at until it expires.
func (tx *Tx) guessesSince() Time { return At(tx.now.Add(-guessWindow - ChallengeLife)) }

func (tx *Tx) guesses(email string) (int, error) {
	return value[int](tx, "SELECT coalesce(sum(tries), 0) FROM challenge WHERE address = ? AND created_at > ?", email, tx.guessesSince())
}

func newPIN() string {
	pin, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic("no randomness: " + err.Error())
	}
	return fmt.Sprintf("%06d", pin)
}
