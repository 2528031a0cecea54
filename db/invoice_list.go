package db

import (
	"slices"
	"strings"
	"time"

	"vitrine/db/bill"
)

// InvoiceFilter is which of the invoices a list shows. Status is one of InvoiceStatuses, "open" for whatever is
// owed, or "" for all; Text is part of a number or of a company's name.
type InvoiceFilter struct {
	Status  string
	Company ID
	Project ID
	Year    int
	Text    string
}

// InvoicesOpen is the filter of what is owed.
const InvoicesOpen = "open"

// Invoices are those that the viewer works on: drafts first, then what is owed by its due day,
// then the newest.
func (v *Viewer) Invoices(f InvoiceFilter, today Date) ([]InvoiceLine, error) {
	list, err := all(v.source, func(i *InvoiceLine) []any { return append(invoiceLineFields(i), &i.SeenAt, &i.Projects) }, "SELECT "+invoiceLineColumns+`, (SELECT min(first_at) FROM invoice_seen s WHERE s.invoice_id = i.id),
		coalesce((SELECT group_concat(name, ', ') FROM (SELECT p.name FROM invoice_project x JOIN project p ON p.id = x.project_id WHERE x.invoice_id = i.id ORDER BY p.name)), '')
		FROM visible_invoice_team v JOIN invoice i ON i.id = v.invoice_id JOIN company co ON co.id = i.company_id
		WHERE v.viewer_id = ?1 AND (?2 IS NULL OR i.company_id = ?2) AND (?3 IS NULL OR EXISTS (SELECT 1 FROM invoice_project x WHERE x.invoice_id = i.id AND x.project_id = ?3)) AND (?4 = 0 OR i.year = ?4 OR i.year IS NULL AND substr(i.created_at, 1, 4) = CAST(?4 AS TEXT))
		ORDER BY i.state <> 'draft', NOT (i.state = 'sent' AND i.kind <> 'credit' AND i.total > i.paid + i.credited), CASE WHEN i.state = 'sent' AND i.total > i.paid + i.credited THEN i.due_on END, i.issued_on DESC, i.number DESC, i.created_at DESC LIMIT ?5`,
		v.ID, f.Company, f.Project, f.Year, 10*mostInvoices)
	if err != nil {
		return nil, err
	}
	text := foldName(f.Text)
	return slices.DeleteFunc(list, func(i InvoiceLine) bool {
		status := i.Status(today)
		return f.Status == InvoicesOpen && !i.Open() || f.Status != "" && f.Status != InvoicesOpen && status != f.Status ||
			!strings.Contains(foldName(i.Number+" "+i.Company), text)
	}), nil
}

// InvoiceYears are the years in which the viewer's invoices were sent, the latest first.
func (v *Viewer) InvoiceYears() ([]int, error) {
	return all(v.source, itself[int], "SELECT DISTINCT i.year FROM visible_invoice_team v JOIN invoice i ON i.id = v.invoice_id WHERE v.viewer_id = ? AND i.year IS NOT NULL ORDER BY i.year DESC", v.ID)
}

// BillSum is what stands in one currency: by status, and of what is owed by how long it is
// late (not yet, up to 30, 60 and 90 days, longer).
type BillSum struct {
	Currency     string
	Billed, Paid int64 // sent less credit notes; received
	Owed, Late   int64
	Ages         [5]int64
	ByStatus     map[string]int64
}

// SumBills adds invoices up by their currency, in the order of the codes.
func SumBills(list []InvoiceLine, today Date) []BillSum {
	by := map[string]*BillSum{}
	for _, i := range list {
		sum := by[i.Currency]
		if sum == nil {
			sum = &BillSum{Currency: i.Currency, ByStatus: map[string]int64{}}
			by[i.Currency] = sum
		}
		sign := int64(1)
		if i.Kind == bill.Credit {
			sign = -1
		}
		sum.ByStatus[i.Status(today)] += sign * i.Total
		if i.State != InvoiceSent {
			continue
		}
		sum.Billed += sign * i.Total
		sum.Paid += i.Paid
		if left := i.Left(); left > 0 {
			sum.Owed += left
			age := Age(i.DueOn, today)
			if sum.Ages[age] += left; age > 0 {
				sum.Late += left
			}
		}
	}
	sums := make([]BillSum, 0, len(by))
	for _, sum := range by {
		sums = append(sums, *sum)
	}
	slices.SortFunc(sums, func(a, b BillSum) int { return strings.Compare(a.Currency, b.Currency) })
	return sums
}

// Age is how late something is: 0 not yet, 1 to 3 up to so many months of 30 days, 4 longer.
func Age(due, today Date) int {
	from, ok := due.Midnight()
	to, known := today.Midnight()
	days := int(to.Sub(from) / (24 * time.Hour))
	if !ok || !known || days <= 0 {
		return 0
	}
	return min((days+29)/30, 4)
}

// Entry is a line of a statement: an invoice, a credit note or a payment, and what is owed after it.
type Entry struct {
	On        Date
	Kind      string // of the invoice, "payment" or "refund"
	InvoiceID ID
	Number    string
	Note      string
	Amount    int64 // what it adds to what is owed
	Balance   int64
}

// Statement is what went to and fro with a company in one currency between two days.
type Statement struct {
	Currency      string
	Before, After int64 // what was owed when it begins and when it ends
	Billed, Paid  int64
	Entries       []Entry
}

// Statements puts invoices and payments into order, a statement for each currency. What was void never
// counted; payments count as they were received.
func Statements(invoices []InvoiceLine, payments []Payment, from, to Date) []Statement {
	var entries []Entry
	currency, number := map[ID]string{}, map[ID]string{}
	for _, i := range invoices {
		if i.State != InvoiceSent {
			continue
		}
		amount := i.Total
		if i.Kind == bill.Credit {
			amount = -amount
		}
		currency[i.ID], number[i.ID] = i.Currency, i.Number
		entries = append(entries, Entry{On: i.IssuedOn, Kind: i.Kind, InvoiceID: i.ID, Number: i.Number, Amount: amount})
	}
	for _, p := range payments {
		if p.State != PaymentReceived || currency[p.InvoiceID] == "" {
			continue
		}
		kind := "payment"
		if p.Amount < 0 {
			kind = "refund"
		}
		entries = append(entries, Entry{On: p.PaidOn, Kind: kind, InvoiceID: p.InvoiceID, Number: number[p.InvoiceID], Note: p.Reference, Amount: -p.Amount})
	}
	slices.SortStableFunc(entries, func(a, b Entry) int {
		if order := strings.Compare(string(a.On), string(b.On)); order != 0 {
			return order
		}
		return strings.Compare(a.Number, b.Number)
	})
	by := map[string]*Statement{}
	for _, e := range entries {
		code := currency[e.InvoiceID]
		s := by[code]
		if s == nil {
			s = &Statement{Currency: code}
			by[code] = s
		}
		if to != "" && e.On > to {
			continue
		}
		s.After += e.Amount
		if e.Balance = s.After; from != "" && e.On < from {
			s.Before = s.After
			continue
		}
		if e.Kind == "payment" || e.Kind == "refund" {
			s.Paid -= e.Amount
		} else {
			s.Billed += e.Amount
		}
		s.Entries = append(s.Entries, e)
	}
	list := make([]Statement, 0, len(by))
	for _, s := range by {
		list = append(list, *s)
	}
	slices.SortFunc(list, func(a, b Statement) int { return strings.Compare(a.Currency, b.Currency) })
	return list
}

// CompanyPayments are what was received from a company, for its statement.
func (v *Viewer) CompanyPayments(company ID) ([]Payment, error) {
	return all(v.source, paymentFields, "SELECT "+paymentColumns+" FROM visible_payment_team v JOIN payment p ON p.id = v.payment_id JOIN invoice i ON i.id = p.invoice_id WHERE v.viewer_id = ? AND i.company_id = ? ORDER BY p.paid_on, p.created_at, p.id LIMIT ?", v.ID, company, 10*mostInvoices)
}
