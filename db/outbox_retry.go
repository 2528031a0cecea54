package db

import "slices"

// retryable says whether a mail that was given up can be tried again: what it says is
// read when it is sent. What carried a PIN or a link has lost it.
func (l OutboxLine) retryable() bool {
	return slices.Contains(notified, l.Notification()) && (l.State == MailGivenUp || l.State == MailExpired)
}

// DeadMail lists the mails that were given up for a reason, newest first: for owner
// and admins.
func (s *Store) DeadMail(actor Actor) ([]OutboxLine, error) {
	lines, err := s.outboxLines(actor, false, "o.failed_at IS NOT NULL AND o.error NOT IN ('"+MailInactive+"', '"+MailNothing+"')")
	return slices.DeleteFunc(lines, func(l OutboxLine) bool { return l.State != MailGivenUp && !l.Retry }), err
}

// RetryMail has a mail that was given up tried again, now and for as long as a new one
// would be; owner and admins only. One that cannot be tried is ErrNotFound.
func (s *Store) RetryMail(actor Actor, id int64) error {
	return s.write(func(tx *Tx) error {
		if _, err := tx.mayAdminister(actor); err != nil {
			return err
		}
		tx.hush()
		kind, err := value[string](tx, "SELECT kind FROM outbox WHERE id = ? AND failed_at IS NOT NULL AND sent_at IS NULL AND error NOT IN ('"+MailInactive+"', '"+MailNothing+"')", id)
		if err != nil {
			return err
		}
		if !slices.Contains(notified, Mail{Kind: kind}.Notification()) {
			return ErrNotFound
		}
		return tx.must("UPDATE outbox SET failed_at = NULL, error = '', tries = max(tries, 1), next_at = ?1, expires_at = max(coalesce(expires_at, ''), ?2) WHERE id = ?3", tx.now, At(tx.now.Add(newsLife)), id)
	})
}
