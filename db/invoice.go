package db

import (
	"time"

	"vitrine/db/bill"
)

// States of an invoice in the database: a draft is the team's alone, what was sent never
// changes, and what is void keeps its number.
const (
	InvoiceDraft = "draft"
	InvoiceSent  = "sent"
	InvoiceVoid  = "void"
)

// What an invoice is called, besides InvoiceDraft, InvoiceSent and InvoiceVoid: it follows
// from what was paid and from the day.
const (
	InvoiceSeen       = "seen"       // somebody of the client opened it (said to the team only)
	InvoiceOverdue    = "overdue"    // its day is over
	InvoicePartly     = "partly"     // paid in part
	InvoiceProcessing = "processing" // a payment is on its way
	InvoicePaid       = "paid"
	InvoiceCredited   = "credited" // given back by credit notes
	InvoiceDisputed   = "disputed" // the payer's bank was asked to take a payment back
)

// InvoiceStatuses are all of them, in the order in which lists offer them.
var InvoiceStatuses = []string{InvoiceDraft, InvoiceSent, InvoiceSeen, InvoicePartly, InvoiceProcessing, InvoiceOverdue, InvoiceDisputed, InvoicePaid, InvoiceCredited, InvoiceVoid}

// InvoiceLine is an invoice in a list. Amounts are in minor units of Currency: Paid is what
// was received less what was given back, Waiting what is on its way, Credited what
// credit notes took off.
type InvoiceLine struct {
	ID, CompanyID                ID
	Company, Kind, State, Number string
	Currency                     string
	IssuedOn, DueOn              Date
	Net, Tax, Total              int64
	Paid, Waiting, Credited      int64
	Disputed                     bool
	SeenAt                       Time // zero for clients
	Projects                     string
}

// Left is what is still owed; below zero what was paid too much. A credit note owes
// nothing, nor does what is void.
func (i InvoiceLine) Left() int64 {
	if i.Kind == bill.Credit || i.State != InvoiceSent {
		return 0
	}
	return i.Total - i.Paid - i.Credited
}

// Status is what it is called on a day.
func (i InvoiceLine) Status(today Date) string {
	switch left := i.Left(); {
	case i.State != InvoiceSent:
		return i.State
	case i.Disputed:
		return InvoiceDisputed
	case i.Kind == bill.Credit:
	case i.Credited > 0 && i.Credited >= i.Total && i.Paid <= 0:
		return InvoiceCredited
	case left <= 0:
		return InvoicePaid
	case i.Waiting >= left:
		return InvoiceProcessing
	case i.DueOn != "" && i.DueOn < today:
		return InvoiceOverdue
	case i.Paid > 0:
		return InvoicePartly
	}
	if !i.SeenAt.IsZero() {
		return InvoiceSeen
	}
	return InvoiceSent
}

// Open says that something is owed.
func (i InvoiceLine) Open() bool { return i.Left() > 0 }

// Invoice is all that stands on one. Hash is the SHA-256 of what was sent; Internal,
// Version and what follows are the team's and zero for clients.
type Invoice struct {
	InvoiceLine
	Language, Order, Rounding string
	Days                      *int64 // until it is due, for a draft without DueOn
	From, To                  Date
	Note, Terms, Pay, Exempt  string
	Account, IBAN, BIC        string
	CreditsID                 ID
	Credits                   string
	CreditsOn                 Date
	IssuedAt, VoidedAt        Time
	VoidReason                string
	Seller, Buyer             bill.Party
	About                     []InvoiceProject
	Lines                     []bill.Line
	MayPay, MayReply          bool // of clients
	ContactID, DecisionID     ID
	Contact, Internal, Hash   string
	Quiet                     bool // nobody is reminded of it
	CreatedBy, IssuedBy       string
	CreatedAt                 Time
	Version                   int64
}

// InvoiceProject is a project that an invoice is about; ID is 0 where the reader does not see it.
type InvoiceProject struct {
	ID   ID
	Name string
}

// Paper is what stands on it, to be reckoned and drawn.
func (i Invoice) Paper() bill.Paper {
	p := bill.Paper{Kind: i.Kind, Number: i.Number, Language: i.Language, Currency: i.Currency, IssuedOn: string(i.IssuedOn), DueOn: string(i.DueOn),
		From: string(i.From), To: string(i.To), Order: i.Order, Rounding: i.Rounding, Credits: i.Credits, CreditsOn: string(i.CreditsOn),
		Seller: i.Seller, Buyer: i.Buyer, Lines: i.Lines, Note: i.Note, Terms: i.Terms, Pay: i.Pay, Exempt: i.Exempt, Account: i.Account, IBAN: i.IBAN, BIC: i.BIC}
	for _, project := range i.About {
		p.Projects = append(p.Projects, project.Name)
	}
	return p
}

// billingDay is today where the workspace is: by it invoices are issued, due and late.
func billingDay(r source, now time.Time) (Date, error) {
	zone, err := value[string](r, "SELECT value FROM setting WHERE key = 'workspace.time_zone'")
	if err != nil {
		return "", err
	}
	at, err := time.LoadLocation(zone)
	if err != nil {
		at = time.UTC
	}
	return Date(now.In(at).Format("2006-01-02")), nil
}

// BillingDay is today by the workspace's clock.
func (s *Store) BillingDay() (day Date, err error) {
	err = s.read(func(r source) error {
		day, err = billingDay(r, s.Now())
		return err
	})
	return day, err
}

// What is read of an invoice, by the team (invoice, with visible_invoice_team) and by clients (client_invoice).
const (
	invoiceLineColumns = "i.id, i.company_id, co.name, i.kind, i.state, coalesce(i.number, ''), i.currency, i.issued_on, i.due_on, i.net, i.tax, i.total, i.paid, i.waiting, i.credited, i.disputed"
	invoiceColumns     = "i.language, i.purchase_order, i.rounding, i.served_from, i.served_to, i.note, i.terms, i.pay, i.exempt, i.account, i.iban, i.bic, i.issued_at, i.voided_at, i.void_reason"
)

func invoiceLineFields(i *InvoiceLine) []any {
	return []any{&i.ID, &i.CompanyID, &i.Company, &i.Kind, &i.State, &i.Number, &i.Currency, &i.IssuedOn, &i.DueOn, &i.Net, &i.Tax, &i.Total, &i.Paid, &i.Waiting, &i.Credited, &i.Disputed}
}

func invoiceFields(i *Invoice) []any {
	return append(invoiceLineFields(&i.InvoiceLine), &i.Language, &i.Order, &i.Rounding, &i.From, &i.To, &i.Note, &i.Terms, &i.Pay, &i.Exempt, &i.Account, &i.IBAN, &i.BIC, &i.IssuedAt, &i.VoidedAt, &i.VoidReason)
}

// fill reads its lines, parties and projects: from the tables of that prefix, which is "client_" on a glass.
func (i *Invoice) fill(r source, prefix string) (err error) {
	if i.Lines, err = all(r, func(l *bill.Line) []any {
		return []any{&l.Text, &l.Detail, &l.Quantity, &l.Unit, &l.Price, &l.OffRate, &l.Off, &l.Tax.Category, &l.Tax.Rate}
	}, "SELECT text, detail, quantity, unit, price, off_rate, off, category, rate FROM "+prefix+"invoice_line WHERE invoice_id = ? ORDER BY position", i.ID); err != nil {
		return err
	}
	type side struct {
		role string
		bill.Party
	}
	parties, err := all(r, func(p *side) []any {
		return []any{&p.role, &p.Name, &p.Contact, &p.Street, &p.Country, &p.VAT, &p.Code, &p.Mail}
	}, "SELECT role, name, contact, address, country, vat, code, email FROM "+prefix+"invoice_party WHERE invoice_id = ?", i.ID)
	for _, p := range parties {
		if p.role == "seller" {
			i.Seller = p.Party
		} else {
			i.Buyer = p.Party
		}
	}
	return err
}
