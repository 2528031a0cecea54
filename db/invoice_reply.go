package db

// AskInvoice writes something about an invoice, from either side, and tells the other. What a
// client asks waits for an answer until the promise for bills is over; an answer of the
// team ends that. Errors: ErrPreview, ErrNotFound, Invalid.
func (s *Store) AskInvoice(actor Actor, invoice ID, body string) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		body, err := cleanComment(body)
		if err != nil {
			return err
		}
		from, hears := "may_reply_invoice_client", hearsBillTeam
		if actor.Side == Team {
			from, hears = "visible_invoice_team", hearsBill
		}
		due := Time{}
		if actor.Side == Client {
			talk, err := tx.talk()
			if err != nil {
				return err
			}
			due = At(talk.Due(PromiseBilling, tx.now.Time))
		}
		if err := tx.must(`INSERT INTO invoice_reply (id, invoice_id, author_id, body, created_at, due_at)
			SELECT ?1, m.invoice_id, ?3, ?4, ?5, ?6 FROM `+from+` m JOIN invoice i ON i.id = m.invoice_id AND i.state <> 'draft' WHERE m.viewer_id = ?3 AND m.invoice_id = ?2`, id, invoice, actor.ID, body, tx.now, due); err != nil {
			return err
		}
		if actor.Side == Team {
			if err := tx.run("UPDATE invoice_reply SET done_at = ?2 WHERE invoice_id = ?1 AND due_at IS NOT NULL AND done_at IS NULL", invoice, tx.now); err != nil {
				return err
			}
		}
		return tx.tellOf(invoice, MailInvoiceReply, id, 0, hears+" AND p.id <> ?7", actor.ID)
	})
	return id, err
}

// HandleInvoice says that what was asked about an invoice needs no answer.
func (s *Store) HandleInvoice(actor Actor, invoice ID) error {
	return s.write(func(tx *Tx) error {
		if _, err := tx.invoiceOf(actor, invoice); err != nil {
			return err
		}
		return tx.run("UPDATE invoice_reply SET done_at = ?2 WHERE invoice_id = ?1 AND due_at IS NOT NULL AND done_at IS NULL", invoice, tx.now)
	})
}

// SeeInvoice keeps that somebody of the client opened an invoice. Nobody else leaves a trace,
// whoever looks through a client least of all.
func (s *Store) SeeInvoice(actor Actor, invoice ID) error {
	return s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		tx.hush()
		return tx.must(`INSERT INTO invoice_seen (invoice_id, person_id, first_at, last_at) SELECT v.invoice_id, v.viewer_id, ?3, ?3 FROM visible_invoice_client v WHERE v.viewer_id = ?2 AND v.invoice_id = ?1
			ON CONFLICT DO UPDATE SET last_at = excluded.last_at`, invoice, actor.ID, tx.now)
	})
}

// AskedBill is a question about a bill that waits for the team.
type AskedBill struct {
	InvoiceID       ID
	Number, Company string
	Author, Body    string
	At, DueAt       Time
}

// AskedBills are the questions that wait, the one promised first first.
func (v *Viewer) AskedBills() ([]AskedBill, error) {
	return all(v.source, func(a *AskedBill) []any {
		return []any{&a.InvoiceID, &a.Number, &a.Company, &a.Author, &a.Body, &a.At, &a.DueAt}
	}, `SELECT i.id, coalesce(i.number, ''), co.name, p.name, r.body, r.created_at, r.due_at FROM visible_invoice_team v JOIN invoice i ON i.id = v.invoice_id JOIN company co ON co.id = i.company_id
		JOIN invoice_reply r ON r.invoice_id = i.id AND r.due_at IS NOT NULL AND r.done_at IS NULL JOIN person p ON p.id = r.author_id WHERE v.viewer_id = ? ORDER BY r.due_at, r.id LIMIT 200`, v.ID)
}
