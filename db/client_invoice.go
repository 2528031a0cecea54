package db

import "strconv"

const clientInvoices = "SELECT " + invoiceLineColumns + " FROM client_invoice i JOIN client_company co ON co.id = i.company_id AND co.name >= ''"

// Invoices are those of one of the viewer's companies (0: of all): what is still owed first, the earliest due day first, then
// the newest.
func (g *Glass) Invoices(company ID) ([]InvoiceLine, error) {
	return all(g, invoiceLineFields, clientInvoices+` WHERE ?2 IS NULL OR i.company_id = ?2 ORDER BY NOT (i.state = 'sent' AND i.kind <> 'credit' AND i.total > i.paid + i.credited),
		CASE WHEN i.state = 'sent' AND i.kind <> 'credit' AND i.total > i.paid + i.credited THEN i.due_on END, i.issued_on DESC, i.number DESC LIMIT ?1`, mostInvoices, company)
}

// invoiceOwed says of an invoice i that something has to be paid.
const invoiceOwed = "i.state = 'sent' AND i.kind <> 'credit' AND i.total > i.paid + i.waiting + i.credited"

// BillCount is how many bills somebody sees, and of how many something is owed.
type BillCount struct{ All, Owed int }

// String is "" where there are none.
func (b BillCount) String() string {
	if b.All == 0 {
		return ""
	}
	return strconv.Itoa(b.All) + "/" + strconv.Itoa(b.Owed)
}

// Bills counts the bills of one of the viewer's companies (0: of all).
func (g *Glass) Bills(company ID) (BillCount, error) {
	return one(g, func(b *BillCount) []any { return []any{&b.All, &b.Owed} }, "SELECT count(*), coalesce(sum("+invoiceOwed+"), 0) FROM client_invoice i WHERE ?1 IS NULL OR i.company_id = ?1", company)
}

// mostInvoices are shown at once: with one a week that is nearly twenty years.
const mostInvoices = 1000

// Invoice is one of them, with all that stands on it.
func (g *Glass) Invoice(id ID) (Invoice, error) {
	i, err := one(g, func(i *Invoice) []any {
		return append(invoiceFields(i), &i.CreditsID, &i.Credits, &i.CreditsOn, &i.MayPay, &i.MayReply)
	}, "SELECT "+invoiceLineColumns+", "+invoiceColumns+", i.credits_id, i.credits, i.credits_on, i.may_pay, i.may_reply FROM client_invoice i JOIN client_company co ON co.id = i.company_id AND co.name >= '' WHERE i.id = ?", id)
	if err != nil {
		return i, err
	}
	if i.About, err = all(g, func(p *InvoiceProject) []any { return []any{&p.ID, &p.Name} }, "SELECT project_id, name FROM client_invoice_project WHERE invoice_id = ? ORDER BY name", id); err != nil {
		return i, err
	}
	return i, i.fill(g, "client_")
}

// CreditNotes are the credit notes that give an invoice back.
func (g *Glass) CreditNotes(id ID) ([]InvoiceLine, error) {
	return all(g, invoiceLineFields, clientInvoices+" WHERE i.credits_id = ? ORDER BY i.issued_on, i.number", id)
}

// InvoiceFile is one of its files, "pdf" or "xml", as it was sent.
func (g *Glass) InvoiceFile(id ID, kind string) (InvoiceFile, error) {
	return one(g, invoiceFileFields, "SELECT f.kind, f.sha256, f.body, i.number, i.kind FROM client_invoice_file f JOIN client_invoice i ON i.id = f.invoice_id WHERE f.invoice_id = ? AND f.kind = ?", id, kind)
}

// InvoiceFile is the PDF or the e-invoice of an invoice.
type InvoiceFile struct {
	Kind, Hash string
	Body       []byte
	Number, Is string // what it is: bill.Invoice, bill.Credit …
}

func invoiceFileFields(f *InvoiceFile) []any {
	return []any{&f.Kind, &f.Hash, &f.Body, &f.Number, &f.Is}
}

// Payment is what was received, or given back where Amount is below zero.
type Payment struct {
	ID, InvoiceID ID
	Amount        int64
	Currency, Way string
	State         string
	PaidOn        Date
	Reference     string
	CreatedAt     Time
	CreatedBy     string // for the team
	RefundOf      ID
	Online        bool
	Back          int64 // of it what was given back already
}

func paymentFields(p *Payment) []any {
	return []any{&p.ID, &p.InvoiceID, &p.Amount, &p.Currency, &p.Way, &p.State, &p.PaidOn, &p.Reference, &p.CreatedAt}
}

const paymentColumns = "p.id, p.invoice_id, p.amount, p.currency, p.way, p.state, p.paid_on, p.reference, p.created_at"

// Payments are those of an invoice (0: of all), the earliest first.
func (g *Glass) Payments(id ID) ([]Payment, error) {
	return all(g, paymentFields, "SELECT "+paymentColumns+" FROM client_payment p WHERE ?1 IS NULL OR p.invoice_id = ?1 ORDER BY p.paid_on, p.created_at, p.id LIMIT ?2", id, 5*mostInvoices)
}

// InvoiceReply is something said about an invoice. Author is "" where it was the team and
// the reader a client.
type InvoiceReply struct {
	ID, InvoiceID ID
	Side, Author  string
	Mine          bool
	Body          string
	At, DueAt     Time
}

func invoiceReplyFields(r *InvoiceReply) []any {
	return []any{&r.ID, &r.InvoiceID, &r.Side, &r.Author, &r.Mine, &r.Body, &r.At, &r.DueAt}
}

// InvoiceReplies are what was said about an invoice, in order.
func (g *Glass) InvoiceReplies(id ID) ([]InvoiceReply, error) {
	return all(g, invoiceReplyFields, "SELECT r.id, r.invoice_id, r.side, r.author, r.mine, r.body, r.created_at, r.due_at FROM client_invoice_reply r WHERE r.invoice_id = ? ORDER BY r.created_at, r.id", id)
}

// PayConsent is what a payer agrees to before work begins at once, "" where nothing is
// asked. Source of the rule: Directive 2011/83/EU, articles 7(3), 8(8) and 16.
func (g *Glass) PayConsent(language string) (string, error) {
	on, err := value[string](g, "SELECT coalesce((SELECT value FROM client_bill_text WHERE key = 'bill.consent'), '0')")
	if err != nil || on != "1" {
		return "", err
	}
	return value[string](g, "SELECT coalesce((SELECT value FROM client_bill_text WHERE key = ?), '')", "bill.consent."+language)
}
