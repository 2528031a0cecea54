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

	// Mails that nobody has used yet, over all addresses: else somebody could have
	// the portal write to strangers one after the other. Browsers that signed in
	// before are not counted.
	mailsPerPlace = 50
	// Mails to addresses that nobody has, in the whole workspace. Beyond it they are
	// kept back without a word, because saying so would tell who is known.
	registerMails = 60
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
	Language string // in which it was begun
	LinkOnly bool   // the mail carries no PIN
	Open     bool   // neither used nor expired, with tries left
	id       ID
}

// BeginSignIn mails a PIN and a link to an address and binds both to a cookie.
// network is where the request comes from, next the page to lead to afterwards,
// language what the browser asks for. An address that nobody active has takes the
// same way and gets the same answer; where registration is on, it gets a mail too.
// ErrOften when too many mails were asked for.
func (s *Store) BeginSignIn(address, network, next, oldCookie, language string) (cookie string, err error) {
	email, err := NormalEmail(address)
	if err != nil {
		return "", err
	}
	err = s.write(func(tx *Tx) (err error) {
		tx.hush()
		cookie, err = tx.beginSignIn(asked{email, network, ownPath(next), oldCookie, language, 0})
		return err
	})
	return cookie, err
}

// SignInAgain mails a new PIN for the sign-in that this browser began. ErrGone
// when it began none or has finished it, or when the invitation that it was to
// accept does not hold any more.
func (s *Store) SignInAgain(oldCookie, network string) (cookie string, err error) {
	err = s.write(func(tx *Tx) error {
		tx.hush()
		used := false
		old, err := one(tx, func(a *asked) []any { return []any{&a.email, &a.next, &a.language, &a.invitation, &used} },
			"SELECT address, next, language, invitation_id, used_at IS NOT NULL FROM challenge WHERE cookie_hash = ?", hashToken(oldCookie))
		if errors.Is(err, ErrNotFound) || used {
			return ErrGone
		}
		if err == nil && old.invitation != 0 { // over, it writes to nobody any more
			_, err = value[ID](tx, "SELECT i.id FROM invitation i WHERE i.id = ?2 AND "+openInvitation+" AND "+invitationStands, tx.now, old.invitation)
			err = gone(err)
		}
		if err == nil {
			old.network, old.cookie = network, oldCookie
			cookie, err = tx.beginSignIn(old)
		}
		return err
	})
	return cookie, err
}

// asked is what a mail is asked for with.
type asked struct {
	email, network, next, cookie, language string
	invitation                             ID
}

func (tx *Tx) beginSignIn(a asked) (cookie string, err error) {
	known, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM challenge WHERE cookie_hash = ? AND address = ? AND (known OR used_at IS NOT NULL))",
		hashToken(a.cookie), a.email)
	if err != nil {
		return "", err
	}
	if err := tx.mayMail(a.email, a.network, known); err != nil {
		return "", err
	}
	if err := tx.voidChallenge(a.cookie); err != nil {
		return "", err
	}
	guesses, err := tx.guesses(a.email)
	if err != nil {
		return "", err
	}
	to, err := tx.recipient(a)
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
	if err := tx.run(`INSERT INTO challenge (id, cookie_hash, address, network, known, person_id, pin_hash, link_hash, next, created_at, expires_at, invitation_id, registers, language)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, id, hashToken(cookie), a.email, a.network, known, to.person, pin, hashToken(mail.Link), a.next,
		tx.now, At(tx.now.Add(ChallengeLife)), a.invitation, to.registers, a.language); err != nil {
		return "", err
	}
	return cookie, tx.postTo(to.kind, to.person, to.address, a.language, id, mail, ChallengeLife)
}

// recipient is who gets the mail: a person, an address that nobody has yet, or
// nobody at all. No branch on whether the address is known: what is asked and the
// rows that are written are the same for all.
type recipient struct {
	person        ID
	registers     bool
	kind, address string
}

func (tx *Tx) recipient(a asked) (recipient, error) {
	return one(tx, func(r *recipient) []any { return []any{&r.person, &r.registers, &r.kind, &r.address} },
		`SELECT person, registers, iif(registers, '`+MailRegister+`', '`+MailSignIn+`'), iif(registers OR (person IS NULL AND ?2 IS NOT NULL), ?1, '') FROM (
			SELECT person, unknown AND is_on AND few AND ?2 IS NULL AS registers FROM (SELECT
				(SELECT p.id FROM person p JOIN may_sign_in m ON m.person_id = p.id WHERE p.email = ?1) AS person,
				NOT EXISTS (SELECT 1 FROM person p WHERE p.email = ?1) AS unknown,
				(`+registrationIsOn+`) AS is_on,
				(SELECT count(*) FROM challenge WHERE registers = 1 AND created_at > ?3) < ?4 AS few))`,
		a.email, a.invitation, At(tx.now.Add(-mailWindow)), registerMails)
}

// mayMail counts the last hour's mails for an address. A sign-in that succeeded
// is no flood, so it does not count against its network. Browsers that signed in
// before have a share of their own: strangers cannot use up somebody's mails.
func (tx *Tx) mayMail(email, network string, known bool) error {
	type mails struct{ all, strangers, known, here, place int }
	asked, err := one(tx, func(m *mails) []any { return []any{&m.all, &m.strangers, &m.known, &m.here, &m.place} },
		`SELECT count(*), count(*) FILTER (WHERE NOT known), count(*) FILTER (WHERE known AND used_at IS NULL),
			count(*) FILTER (WHERE NOT known AND used_at IS NULL AND network = ?1),
			(SELECT count(*) FROM challenge WHERE network = ?1 AND NOT known AND used_at IS NULL AND created_at > ?3)
		FROM challenge WHERE address = ?2 AND created_at > ?3`, network, email, At(tx.now.Add(-mailWindow)))
	switch {
	case err != nil:
		return err
	case asked.all >= mailsPerAddress,
		known && asked.known >= mailsForKnown,
		!known && (asked.strangers >= mailsPerAddress-mailsForKnown || asked.here >= mailsPerNetwork || asked.place >= mailsPerPlace):
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
		err = errors.Join(err, tx.unpostPIN(id))
	}
	return err
}

// unpostPIN takes back the mail of a sign-in, whichever kind it is.
func (tx *Tx) unpostPIN(challenge ID) error {
	return errors.Join(tx.unpost(MailSignIn, challenge), tx.unpost(MailRegister, challenge))
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
