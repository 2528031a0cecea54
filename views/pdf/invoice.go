package pdf

import "vitrine/views"

// Invoice draws a bill.
func Invoice(w *views.Words, p views.InvoicePaper) ([]byte, error) {
	return []byte("%PDF " + p.Title), nil
}
