package db

import "vitrine/db/bill"

// teamInvoice is what is read of one beyond what clients see.
const teamInvoice = "SELECT " + invoiceLineColumns + ", " + invoiceColumns + `, i.days, i.credits_id, coalesce(o.number, ''), o.issued_on, i.contact_id, coalesce(cp.name, ''), i.decision_id, i.internal_note, i.sha256, i.quiet,
	coalesce(mk.name, ''), coalesce(sn.name, ''), i.created_at, i.version, (SELECT min(first_at) FROM invoice_seen s WHERE s.invoice_id = i.id)`

const invoiceTables = ` JOIN company co ON co.id = i.company_id LEFT JOIN invoice o ON o.id = i.credits_id LEFT JOIN person cp ON cp.id = i.contact_id
	LEFT JOIN person mk ON mk.id = i.created_by LEFT JOIN person sn ON sn.id = i.issued_by`

func teamInvoiceFields(i *Invoice) []any {
	return append(invoiceFields(i), &i.Days, &i.CreditsID, &i.Credits, &i.CreditsOn, &i.ContactID, &i.Contact, &i.DecisionID, &i.Internal, &i.Hash, &i.Quiet, &i.CreatedBy, &i.IssuedBy, &i.CreatedAt, &i.Version, &i.SeenAt)
}

// readInvoice is one with all that stands on it: of a draft as it would stand there now.
func readInvoice(r source, id ID) (Invoice, error) {
	i, err := one(r, teamInvoiceFields, teamInvoice+" FROM invoice i"+invoiceTables+" WHERE i.id = ?", id)
	if err != nil {
		return i, err
	}
	return i, i.complete(r)
}

func (i *Invoice) complete(r source) (err error) {
	if err = i.fill(r, ""); err != nil {
		return err
	}
	names := "x.name"
	if i.State == InvoiceDraft {
		names = "p.name"
	}
	if i.About, err = all(r, func(p *InvoiceProject) []any { return []any{&p.ID, &p.Name} }, "SELECT p.id, "+names+" FROM invoice_project x JOIN project p ON p.id = x.project_id WHERE x.invoice_id = ? ORDER BY 2, 1", i.ID); err != nil || i.State != InvoiceDraft {
		return err
	}
	b, err := readBilling(r)
	if err != nil {
		return err
	}
	i.Seller, i.Account, i.IBAN, i.BIC = b.Seller, b.Account, b.IBAN, b.BIC
	i.Buyer, err = one(r, func(p *bill.Party) []any { return []any{&p.Name, &p.Street, &p.Country, &p.VAT, &p.Contact, &p.Mail} },
		`SELECT co.name, co.address, co.country, replace(replace(replace(co.vat_number, ' ', ''), '.', ''), '-', ''), coalesce(p.name, ''), coalesce(p.email, '') FROM company co LEFT JOIN person p ON p.id = ?2 WHERE co.id = ?1`, i.CompanyID, i.ContactID)
	return err
}

// Invoice is one that the viewer works on.
func (v *Viewer) Invoice(id ID) (Invoice, error) {
	i, err := one(v.source, teamInvoiceFields, teamInvoice+" FROM visible_invoice_team v JOIN invoice i ON i.id = v.invoice_id"+invoiceTables+" WHERE v.viewer_id = ? AND i.id = ?", v.ID, id)
	if err != nil {
		return i, err
	}
	return i, i.complete(v.source)
}

// InvoiceFile is one of its files, "pdf" or "xml", as it was sent.
func (v *Viewer) InvoiceFile(id ID, kind string) (InvoiceFile, error) {
	return one(v.source, invoiceFileFields, "SELECT f.kind, f.sha256, f.body, i.number, i.kind FROM visible_invoice_team v JOIN invoice i ON i.id = v.invoice_id JOIN invoice_file f ON f.invoice_id = i.id WHERE v.viewer_id = ? AND i.id = ? AND f.kind = ?", v.ID, id, kind)
}

// UsualInvoice is what a company's next bill says before anybody wrote on it.
func (v *Viewer) UsualInvoice(company ID) (Invoice, error) {
	if _, err := value[ID](v.source, "SELECT v.company_id FROM visible_company_team v JOIN may_bill m ON m.viewer_id = v.viewer_id AND m.company_id = v.company_id WHERE v.viewer_id = ? AND v.company_id = ?", v.ID, company); err != nil {
		return Invoice{}, err
	}
	b, err := readBilling(v.source)
	if err != nil {
		return Invoice{}, err
	}
	return usualInvoice(v.source, company, b)
}

// CreditNotes are the credit notes of an invoice, drafts too.
func (v *Viewer) CreditNotes(id ID) ([]InvoiceLine, error) {
	return all(v.source, invoiceLineFields, "SELECT "+invoiceLineColumns+" FROM visible_invoice_team v JOIN invoice i ON i.id = v.invoice_id JOIN company co ON co.id = i.company_id WHERE v.viewer_id = ? AND i.credits_id = ? ORDER BY i.created_at", v.ID, id)
}

// Payments are all of an invoice, also those that failed or were withdrawn.
func (v *Viewer) Payments(id ID) ([]Payment, error) {
	return all(v.source, func(p *Payment) []any { return append(paymentFields(p), &p.CreatedBy, &p.RefundOf, &p.Online, &p.Back) },
		"SELECT "+paymentColumns+`, coalesce(a.name, ''), p.refund_of, p.provider IS NOT NULL, coalesce((SELECT -sum(b.amount) FROM payment b WHERE b.refund_of = p.id AND b.state <> 'withdrawn'), 0)
		FROM visible_payment_team v JOIN payment p ON p.id = v.payment_id LEFT JOIN person a ON a.id = p.created_by WHERE v.viewer_id = ? AND p.invoice_id = ? ORDER BY p.paid_on, p.created_at, p.id`, v.ID, id)
}

// InvoiceReplies are what was said about an invoice, in order.
func (v *Viewer) InvoiceReplies(id ID) ([]InvoiceReply, error) {
	return all(v.source, invoiceReplyFields, `SELECT r.id, r.invoice_id, p.side, p.name, r.author_id = v.viewer_id, r.body, r.created_at, CASE WHEN r.done_at IS NULL THEN r.due_at END
		FROM visible_invoice_reply_team v JOIN invoice_reply r ON r.id = v.invoice_reply_id JOIN person p ON p.id = r.author_id WHERE v.viewer_id = ? AND r.invoice_id = ? ORDER BY r.created_at, r.id`, v.ID, id)
}

// Seen is who of the client opened an invoice, and when first.
type Seen struct {
	Name        string
	First, Last Time
}

// InvoiceSeen is everybody who opened it, the first first.
func (v *Viewer) InvoiceSeen(id ID) ([]Seen, error) {
	return all(v.source, func(s *Seen) []any { return []any{&s.Name, &s.First, &s.Last} }, `SELECT p.name, s.first_at, s.last_at FROM visible_invoice_team v JOIN invoice_seen s ON s.invoice_id = v.invoice_id JOIN person p ON p.id = s.person_id
		WHERE v.viewer_id = ? AND s.invoice_id = ? ORDER BY s.first_at`, v.ID, id)
}

// SeesBills is who of a company's people sees its bills.
func (v *Viewer) SeesBills(company ID) ([]PersonName, error) {
	return all(v.source, func(p *PersonName) []any { return []any{&p.ID, &p.Name, &p.Look} }, `SELECT p.id, p.name, EXISTS (SELECT 1 FROM may_preview y WHERE y.viewer_id = v.viewer_id AND y.person_id = p.id) FROM may_bill v JOIN may_company_client m ON m.company_id = v.company_id AND m.right = 'billing' JOIN person p ON p.id = m.viewer_id
		JOIN visible_company_team t ON t.viewer_id = v.viewer_id AND t.company_id = v.company_id WHERE v.viewer_id = ? AND v.company_id = ? ORDER BY p.name, p.id`, v.ID, company)
}

// PersonName is somebody by name; Look says that the viewer may look through them.
type PersonName struct {
	ID   ID
	Name string
	Look bool
}
