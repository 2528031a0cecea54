package db

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"
)

// MailSignIn is the kind of the mail with a PIN and a link.
const MailSignIn = "sign-in"

// How long mail is tried. A claim is a lease: whoever dies while sending loses
// it, and the mail goes out again with the same Message-ID.
const (
	mailLease    = time.Minute
	mailTrial    = 24 * time.Hour
	firstRetry   = 15 * time.Second
	longestRetry = 2 * time.Hour
)

// secret is what is sealed in an outbox row. About is what happened, in a mail
// that only tells of it.
type secret struct{ PIN, Link, About string }

// Mail is one message to one person. It has no text: that is made when it is
// sent, as that person.
type Mail struct {
	ID                   int64
	Kind                 string
	To                   Person
	Subject              ID // what it is about
	MessageID            string
	CreatedAt, ExpiresAt Time
	Tries                int
	PIN, Link, About     string // what was sealed; Link is a token
	Letter               Letter // what an invitation or introduction says
	LeftAt               Time   // when what it tells was handed over in this try; set by who sends it
}

// post puts a mail into the outbox. life 0 means that it does not expire.
func (tx *Tx) post(kind string, to, subject ID, content secret, life time.Duration) error {
	return tx.postTo(kind, to, "", "", subject, content, life)
}

// postTo is post to an address that belongs to nobody yet (to is 0), in a language.
func (tx *Tx) postTo(kind string, to ID, address, language string, subject ID, content secret, life time.Duration) error {
	text, err := json.Marshal(content)
	if err != nil {
		return err
	}
	expires := Time{}
	if life > 0 {
		expires = At(tx.now.Add(life))
	}
	return tx.run("INSERT INTO outbox (kind, person_id, address, language, subject_id, sealed, message_id, created_at, expires_at, next_at) VALUES (?,?,?,?,?,?,?,?,?,?)",
		kind, to, address, language, subject, tx.store.seal(string(text)), mailName(), tx.now, expires, tx.now)
}

// mailName is the left part of a Message-ID, in one case because mail programs
// do not keep it.
func mailName() string { return hex.EncodeToString(randomBytes(16)) }

// unpost erases what the mails about something carry, and keeps those that still
// wait from being sent.
func (tx *Tx) unpost(kind string, subject ID) error {
	return tx.run("UPDATE outbox SET sealed = NULL, expires_at = ? WHERE subject_id = ? AND kind = ? AND sealed IS NOT NULL", tx.now, subject, kind)
}

const dueMail = "sent_at IS NULL AND failed_at IS NULL AND next_at <= ?1"

// ClaimMail takes up to limit mails that are due. They are the caller's for a
// minute: each has to be answered with MailSent or MailFailed within it. What
// may no longer be sent is ended here: expired mail, mail to people who were
// deactivated, and invitations that do not hold any more.
func (s *Store) ClaimMail(limit int) ([]Mail, error) {
	now := At(s.Now())
	var waits bool
	if err := s.read(func(r source) (err error) {
		waits, err = value[bool](r, "SELECT EXISTS (SELECT 1 FROM outbox WHERE "+dueMail+") OR EXISTS (SELECT 1 FROM outbox WHERE sealed IS NOT NULL AND expires_at <= ?1)", now)
		return err
	}); err != nil || !waits {
		return nil, err
	}
	var claimed []Mail
	err := s.write(func(tx *Tx) (err error) {
		tx.hush()
		if err := tx.endMail(); err != nil {
			return err
		}
		claimed, err = tx.claimMail(limit)
		return err
	})
	return claimed, err
}

// endMail keeps the last error of expired mail: it says why it came too late.
func (tx *Tx) endMail() error {
	return errors.Join(
		tx.run("DELETE FROM outbox WHERE person_id IS NULL AND address = '' AND "+dueMail, tx.now),
		tx.run("UPDATE outbox SET failed_at = ?1 WHERE expires_at <= ?1 AND sent_at IS NULL AND failed_at IS NULL", tx.now),
		tx.run("UPDATE outbox SET failed_at = ?1, error = '"+MailInactive+"', sealed = NULL WHERE "+dueMail+
			" AND person_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM may_sign_in m WHERE m.person_id = outbox.person_id)", tx.now),
		// An address that nobody had may have become somebody's who may not be written to here.
		tx.run("UPDATE outbox SET failed_at = ?1, error = '"+MailInactive+"', sealed = NULL WHERE "+dueMail+
			" AND person_id IS NULL AND EXISTS (SELECT 1 FROM person p WHERE p.email = outbox.address AND (p.side = 'team' OR NOT EXISTS (SELECT 1 FROM may_sign_in m WHERE m.person_id = p.id)))", tx.now),
		tx.run("UPDATE outbox SET failed_at = ?1, expires_at = ?1, sealed = NULL WHERE "+dueMail+" AND "+staleInvitation, tx.now),
		tx.run("UPDATE outbox SET sealed = NULL WHERE sealed IS NOT NULL AND expires_at <= ?", tx.now),
	)
}

func (tx *Tx) claimMail(limit int) ([]Mail, error) {
	ids, err := all(tx, itself[int64], `UPDATE outbox SET tries = tries + 1, next_at = ?2
		WHERE id IN (SELECT id FROM outbox WHERE `+dueMail+` ORDER BY next_at, id LIMIT ?3) RETURNING id`, tx.now, At(tx.now.Add(mailLease)), limit)
	if err != nil {
		return nil, err
	}
	var claimed []Mail
	for _, id := range ids {
		m, err := one(tx, mailFields, mailColumns+" WHERE o.id = ?", id)
		if err != nil {
			return nil, err
		}
		if m.Letter, err = lettered(tx, tx.now, m.Mail); err != nil {
			return nil, err
		}
		claimed = append(claimed, tx.store.opened(m))
	}
	return claimed, nil
}

// stored is a row of the outbox with its recipient.
type stored struct {
	Mail
	sealed           []byte
	error            string
	next, sent, fail Time
}

const mailColumns = "SELECT o.id, o.kind, o.subject_id, o.message_id, o.created_at, o.expires_at, o.tries, o.sealed, o.error, o.next_at, o.sent_at, o.failed_at, " +
	"coalesce(p.id, 0), coalesce(p.email, o.address), coalesce(p.name, ''), coalesce(p.side, 'client'), coalesce(p.role, ''), coalesce(p.title, ''), coalesce(p.language, o.language), " +
	"coalesce(p.time_zone, 'UTC'), coalesce(p.theme, ''), coalesce(p.active, 1), coalesce(p.bills, 0) FROM outbox o LEFT JOIN person p ON p.id = o.person_id"

func mailFields(m *stored) []any {
	return append([]any{&m.ID, &m.Kind, &m.Subject, &m.MessageID, &m.CreatedAt, &m.ExpiresAt, &m.Tries, &m.sealed, &m.error, &m.next, &m.sent, &m.fail},
		personFields(&m.To)...)
}

// opened unseals what a mail carries. With another key than it was sealed with,
// as after a restore without secret.key, it carries nothing.
func (s *Store) opened(m stored) Mail {
	if text, err := s.unseal(m.sealed); err == nil {
		var content secret
		if json.Unmarshal([]byte(text), &content) == nil {
			m.PIN, m.Link, m.About = content.PIN, content.Link, content.About
		}
	}
	return m.Mail
}

// MailSent ends a mail. What it carried is erased, unless it was only shown on
// this machine (kept): then admins see it while it is valid.
func (s *Store) MailSent(m Mail, kept bool) error {
	return s.write(func(tx *Tx) error {
		tx.hush()
		return tx.run("UPDATE outbox SET sent_at = ?, error = '', sealed = iif(? AND expires_at IS NOT NULL, sealed, NULL) WHERE id = ? AND sent_at IS NULL", tx.now, kept, m.ID)
	})
}

// MailFailed notes why a mail did not go out and when it is tried next: the
// pauses double, over a day, or as long as the mail is worth sending. final means that trying again is no use.
func (s *Store) MailFailed(m Mail, cause error, final bool) error {
	why := reason(cause, m.PIN, m.Link)
	return s.write(func(tx *Tx) error {
		tx.hush()
		if err := tx.stayed(m); err != nil {
			return err
		}
		next := At(tx.now.Add(pauseAfter(m.Tries)))
		if final || next.After(m.CreatedAt.Add(mailTrial)) && !next.Before(m.ExpiresAt.Time) {
			return tx.run("UPDATE outbox SET failed_at = ?, error = ?, sealed = NULL WHERE id = ? AND sent_at IS NULL", tx.now, why, m.ID)
		}
		return tx.run("UPDATE outbox SET next_at = ?, error = ? WHERE id = ? AND sent_at IS NULL", next, why, m.ID)
	})
}

// pauseAfter doubles with every failed try.
func pauseAfter(tries int) time.Duration {
	return min(firstRetry<<min(max(tries-1, 0), 20), longestRetry)
}

// reason is one short line for admins. A server that quotes the message back
// must not put its PIN into the database.
func reason(err error, hidden ...string) string {
	text := strings.ToValidUTF8(err.Error(), "")
	for _, secret := range hidden {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "…")
		}
	}
	text, _ = cleanLine("error", text, len(text))
	if runes := []rune(text); len(runes) > 300 {
		text = string(runes[:300]) + "…"
	}
	return text
}
