package db

import (
	"crypto/hmac"
	"encoding/base64"
	"slices"
)

// notified are the kinds of notification that people can switch off.
var notified = []string{MailReplies, MailDecisions, MailAnswers, MailNotes, MailProjectAdded, MailClientJoined, MailColleagueInvited}

// UnsubscribeToken is for the link in a mail that ends mails of its kind (RFC 8058).
// It holds as long as the person is there, opens nothing else and is stored nowhere:
// its last part is a hash that only this data folder's key makes.
func (s *Store) UnsubscribeToken(person ID, kind string) string {
	return base64.RawURLEncoding.EncodeToString(append([]byte(person.String()+kind), s.unsubscribing(person, kind)...))
}

func (s *Store) unsubscribing(person ID, kind string) []byte {
	return s.keyed("unsubscribe", person.String(), kind)
}

// Unsubscribe switches off for a person what a token names. A token that is none of
// ours costs a hash and changes nothing, as one of somebody who is gone does: neither
// is an error, so that nobody learns whose token holds.
func (s *Store) Unsubscribe(token string) error {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) < idLength+len(s.unsubscribing(0, "")) {
		return nil
	}
	text, proof := raw[:len(raw)-len(s.unsubscribing(0, ""))], raw[len(raw)-len(s.unsubscribing(0, "")):]
	person, err := ParseID(string(text[:idLength]))
	kind := string(text[idLength:])
	if err != nil || !slices.Contains(notified, kind) || !hmac.Equal(proof, s.unsubscribing(person, kind)) {
		return nil
	}
	var wanted bool
	if err := s.read(func(r source) (err error) {
		wanted, err = value[bool](r, "SELECT EXISTS (SELECT 1 FROM person WHERE id = ?1) AND NOT EXISTS (SELECT 1 FROM notification WHERE person_id = ?1 AND kind = ?2 AND mail = 0)", person, kind)
		return err
	}); err != nil || !wanted {
		return err
	}
	return s.write(func(tx *Tx) error {
		tx.hush()
		return tx.run("INSERT INTO notification (person_id, kind, mail) SELECT id, ?, 0 FROM person WHERE id = ? ON CONFLICT DO UPDATE SET mail = 0", kind, person)
	})
}
