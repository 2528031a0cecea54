package db

// clientMails are the kinds of mail to clients that a look through them may show: what
// these say, the client reads on their own pages too. Mails about signing in and about
// the account are theirs alone.
const clientMails = `('` + MailInvitation + `', '` + MailIntroduction + `', '` + MailProjectAdded + `', '` + MailReplies + `', '` + MailAsked + `', '` + MailReminder + `', '` + MailClosed + `', '` + MailInvoice + `', '` + MailInvoiceDue + `', '` + MailReceipt + `', '` + MailInvoiceReply + `', '` + MailGiven + `', '` + MailGivenDue + `')`

// MailsTo are the latest mails to a client, newest first, for whoever may look through
// them. What was sealed in them is not read.
func (s *Store) MailsTo(actor Actor, person ID, limit int) ([]OutboxLine, error) {
	var list []OutboxLine
	err := s.read(func(r source) error {
		if err := looksThrough(r, actor, person); err != nil {
			return err
		}
		rows, err := all(r, mailFields, mailColumns+" WHERE o.person_id = ? AND p.side = 'client' AND o.kind IN "+clientMails+" ORDER BY o.id DESC LIMIT ?", person, limit)
		for _, row := range rows {
			row.sealed = nil
			list = append(list, s.outboxLine(row))
		}
		return err
	})
	return list, err
}

// MailTo is one of them with what its letter says. ErrNotFound is also the answer when
// that does not hold any more.
func (s *Store) MailTo(actor Actor, person ID, mail int64) (Mail, error) {
	var found stored
	now := At(s.Now())
	err := s.read(func(r source) (err error) {
		if err = looksThrough(r, actor, person); err != nil {
			return err
		}
		if found, err = one(r, mailFields, mailColumns+" WHERE o.id = ? AND o.person_id = ? AND p.side = 'client' AND o.kind IN "+clientMails, mail, person); err != nil {
			return err
		}
		found.Letter, err = lettered(r, now, found.Mail)
		return err
	})
	return found.Mail, err
}

// UsualLetter is the mail that would invite a client to a company now, or introduce the
// portal to who has joined: nothing of it is stored or sent.
func (s *Store) UsualLetter(actor Actor, company, person ID) (Mail, error) {
	m := Mail{Kind: MailInvitation, CreatedAt: At(s.Now())}
	err := s.read(func(r source) (err error) {
		if err = looksThrough(r, actor, person); err != nil {
			return err
		}
		var joined bool
		m, err = one(r, func(m *Mail) []any {
			return append([]any{&joined, &m.Letter.From, &m.Letter.Project, &m.Letter.Help}, personFields(&m.To)...)
		}, `SELECT p.joined_at IS NOT NULL, `+writer+` AND m.person_id = ?1 AND m.project_id IN (SELECT v.project_id FROM visible_project_client v WHERE v.viewer_id = ?2)),
			coalesce((SELECT CASE WHEN count(*) = 1 THEN max(pr.name) END FROM visible_project_client v JOIN project pr ON pr.id = v.project_id AND pr.company_id = ?3 AND pr.archived_at IS NULL WHERE v.viewer_id = ?2), ''),
			EXISTS (SELECT 1 FROM feature_company_client f WHERE f.company_id = ?3 AND f.name = 'help'), `+personColumns+`
			FROM contact c JOIN person p ON p.id = c.person_id WHERE c.company_id = ?3 AND c.person_id = ?2`, actor.ID, person, company)
		m.Kind = MailInvitation
		if joined {
			m.Kind, m.Letter.Project = MailIntroduction, ""
		}
		return err
	})
	return m, err
}

// looksThrough refuses who may not look through a client: to them there is none.
func looksThrough(r source, actor Actor, person ID) error {
	if actor.Preview != 0 {
		return ErrPreview
	}
	_, err := value[ID](r, "SELECT person_id FROM may_preview WHERE viewer_id = ? AND person_id = ?", actor.ID, person)
	return err
}
