package db

// States of a mail in the outbox.
const (
	MailWaiting  = "waiting"
	MailDone     = "sent"
	MailGivenUp  = "failed"
	MailExpired  = "expired"
	MailInactive = "inactive" // to somebody who was deactivated
	MailNothing  = "nothing"  // what it told was read, taken back or hidden before it was sent
)

// OutboxLine is a mail as admins see it. PIN and Link are set while they are
// valid and could only be shown on this machine, because no mail server is set.
type OutboxLine struct {
	Mail
	State          string
	Error          string
	NextAt, EndsAt Time // next try; when it was sent or given up
	Retry          bool // it was given up and can be tried again
}

const outboxLines = 200

// Outbox lists the recent mails for owner and admins, newest first. shown says
// that mails are shown and not sent, so that what is still valid can be read
// here. What was meant for the owner only the owner reads: with it an admin
// could become the owner.
func (s *Store) Outbox(actor Actor, shown bool) ([]OutboxLine, error) {
	return s.outboxLines(actor, shown, "true")
}

func (s *Store) outboxLines(actor Actor, shown bool, which string) ([]OutboxLine, error) {
	if !actor.Admins() || actor.Preview != 0 {
		return nil, ErrDenied
	}
	var rows []stored
	if err := s.read(func(r source) (err error) {
		rows, err = all(r, mailFields, mailColumns+" WHERE (o.person_id IS NOT NULL OR o.address <> '') AND "+which+" ORDER BY o.id DESC LIMIT ?", outboxLines)
		return err
	}); err != nil {
		return nil, err
	}
	list := make([]OutboxLine, 0, len(rows))
	for _, row := range rows {
		readable := shown && row.ExpiresAt.After(s.Now()) && (row.To.Role != Owner || actor.Role == Owner)
		if !readable {
			row.sealed = nil
		}
		list = append(list, s.outboxLine(row))
	}
	return list, nil
}

func (s *Store) outboxLine(row stored) OutboxLine {
	line := OutboxLine{Mail: s.opened(row), State: MailWaiting, Error: row.error, NextAt: row.next}
	switch {
	case !row.sent.IsZero():
		line.State, line.EndsAt = MailDone, row.sent
	case !row.fail.IsZero() && (row.error == MailInactive || row.error == MailNothing):
		line.State, line.Error, line.EndsAt = row.error, "", row.fail
	case !row.fail.IsZero() && !row.ExpiresAt.IsZero() && !row.fail.Before(row.ExpiresAt.Time):
		line.State, line.EndsAt = MailExpired, row.fail
	case !row.fail.IsZero():
		line.State, line.EndsAt = MailGivenUp, row.fail
	}
	line.Retry = line.retryable()
	return line
}
