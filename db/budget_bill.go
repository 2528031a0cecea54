package db

import (
	"vitrine/db/bill"
)

// SayUnbilled words a line of a bill in the bill's language.
type SayUnbilled func(language string, u Unbilled, currency string) (text, detail string)

// day judges what a form says; the day is that up to which work counts.
func (f BudgetBillForm) day() (Date, error) {
	until, ok := ParseDate(f.Until)
	switch {
	case !ok || until == "":
		return "", invalid("until", "date.invalid")
	case !oneOf(f.Group, BillGroups...):
		return "", invalid("group", "choice.unknown")
	}
	return until, nil
}

// Check is what is wrong with a form, as Invalid.
func (f BudgetBillForm) Check() error { _, err := f.day(); return err }

// Unbilled are the lines that a bill for a budget would have. For those who manage the budget and work on
// the company's bills; for everybody else there is nothing (ErrNotFound). Errors: Invalid.
func (v *Viewer) Unbilled(budget ID, form BudgetBillForm) ([]Unbilled, error) {
	b, err := one(v.source, func(b *budgetOf) []any { return []any{&b.ID, &b.Kind} }, `SELECT b.id, b.kind FROM visible_budget_team v JOIN budget b ON b.id = v.budget_id JOIN project p ON p.id = b.project_id
		JOIN may_bill m ON m.viewer_id = v.viewer_id AND m.company_id = p.company_id WHERE v.viewer_id = ? AND b.id = ? AND `+leads, v.ID, budget)
	if err != nil {
		return nil, err
	}
	until, err := form.day()
	if err != nil {
		return nil, err
	}
	return unbilled(v.source, v.ID, b, form, until)
}

// InvoiceBudget makes the draft of a bill from what of a budget is on none yet: time and expenses that may be
// shown to clients, and what was sold. All of it carries the bill from then on and stays as it is. Refused when
// it came to something else than form.Sum meanwhile. Errors: ErrPreview, ErrNotFound, ErrDenied, Invalid.
func (s *Store) InvoiceBudget(actor Actor, id ID, form BudgetBillForm, say SayUnbilled) (ID, error) {
	made := NewID()
	err := s.write(func(tx *Tx) error {
		b, err := tx.leadBudget(actor, id)
		if err != nil {
			return err
		}
		company, err := value[ID](tx, "SELECT company_id FROM project WHERE id = ?", b.ProjectID)
		if err != nil {
			return err
		}
		if company == 0 {
			return invalid("until", "budget.bill-no-company")
		}
		if err := tx.mayBill(actor, company); err != nil {
			return err
		}
		until, err := form.day()
		if err != nil {
			return err
		}
		lines, err := unbilled(tx, actor.ID, b, form, until)
		if err != nil {
			return err
		}
		if err := tx.draftUnbilled(actor, made, company, b, lines, form.Sum, say); err != nil {
			return err
		}
		return tx.carry(made, b, lines)
	})
	return made, err
}

// draftUnbilled makes the draft.
func (tx *Tx) draftUnbilled(actor Actor, id, company ID, b budgetOf, lines []Unbilled, sum int64, say SayUnbilled) error {
	settings, err := readBilling(tx)
	if err != nil {
		return err
	}
	d := drafted{company: company, projects: []ID{b.ProjectID}}
	if err := tx.usual(&d.Invoice, company, settings); err != nil {
		return err
	}
	d.Currency = b.Currency
	for _, u := range lines {
		sum -= u.Amount
		text, detail := say(d.Language, u, b.Currency)
		d.Lines = append(d.Lines, bill.Line{Text: excerptTo(text, 300), Detail: excerptTo(detail, 300), Quantity: bill.Quantity(u.Quantity), Unit: u.lineUnit(), Price: u.Price, Tax: settings.usualTax()})
		if u.From != "" && (d.From == "" || u.From < d.From) {
			d.From = u.From
		}
		d.To = max(d.To, u.From, u.To)
	}
	switch {
	case len(lines) == 0:
		return invalid("until", "budget.bill-nothing")
	case len(lines) > bill.MaxLines:
		return invalid("group", "invoice.lines-many", "Max", bill.MaxLines)
	case sum != 0:
		return invalid("until", "budget.bill-changed")
	}
	totals, err := d.Paper().Reckon()
	if err != nil {
		return invalid("until", "amount.too-large")
	}
	d.Net, d.Tax, d.Total = totals.Net, totals.Tax, totals.Total
	return tx.putInvoice(actor, id, d)
}

// carry puts what stands on a bill's lines on the bill.
func (tx *Tx) carry(invoice ID, b budgetOf, lines []Unbilled) error {
	var entries, expenses []ID
	for _, u := range lines {
		entries, expenses = append(entries, u.entries...), append(expenses, u.expenses...)
		if u.Kind != "service" {
			continue
		}
		// one row for each of a budget's few services
		if err := tx.run("INSERT INTO service_bill (service_id, invoice_id, month, quantity) VALUES (?,?,?,?)", u.service, invoice, u.Month, u.Quantity); err != nil {
			return err
		}
	}
	for table, ids := range map[string][]ID{"time_entry": entries, "expense": expenses} {
		list, err := jsonIDs(ids)
		if err == nil {
			err = tx.run("UPDATE "+table+" SET invoice_id = ?, version = version + 1 WHERE id IN (SELECT value FROM json_each(?))", invoice, list)
		}
		if err != nil {
			return err
		}
	}
	return tx.changedBudget(b)
}

// uncarry gives what a bill carries free to be put on another.
func (tx *Tx) uncarry(invoice ID) error {
	if err := tx.billedChanged(invoice); err != nil {
		return err
	}
	for _, statement := range []string{"UPDATE time_entry SET invoice_id = NULL, version = version + 1 WHERE invoice_id = ?", "UPDATE expense SET invoice_id = NULL, version = version + 1 WHERE invoice_id = ?", "DELETE FROM service_bill WHERE invoice_id = ?"} {
		if err := tx.run(statement, invoice); err != nil {
			return err
		}
	}
	return nil
}

// billedChanged lets everybody hear who sees a budget of which something is on a bill: its number shows there.
func (tx *Tx) billedChanged(invoice ID) error {
	budgets, err := all(tx, itself[ID], `SELECT s.budget_id FROM time_entry e JOIN budget_service s ON s.id = e.service_id WHERE e.invoice_id = ?1
		UNION SELECT budget_id FROM expense WHERE invoice_id = ?1 UNION SELECT s.budget_id FROM service_bill k JOIN budget_service s ON s.id = k.service_id WHERE k.invoice_id = ?1`, invoice)
	for _, id := range budgets { // one as a rule
		b, err := tx.budgetOf(id)
		if err == nil {
			err = tx.changedBudget(b)
		}
		if err != nil {
			return err
		}
	}
	return err
}

// carriesWork says of an invoice that time, expenses or services of a budget stand on it.
const carriesWork = `SELECT EXISTS (SELECT 1 FROM time_entry WHERE invoice_id = ?1) OR EXISTS (SELECT 1 FROM expense WHERE invoice_id = ?1) OR EXISTS (SELECT 1 FROM service_bill WHERE invoice_id = ?1)`
