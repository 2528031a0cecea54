package views

import "vitrine/db/bill"

// InvoicePaper is what an invoice says in words of a language.
type InvoicePaper struct{ Title string }

// InvoicePaper words what stands on an invoice.
func (w *Words) InvoicePaper(p bill.Paper) (InvoicePaper, error) {
	return InvoicePaper{Title: p.Number}, nil
}
