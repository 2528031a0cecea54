package db

import (
	"vitrine/db/bill"
)

// mayBill lets those pass who work on a company's bills. For everybody else there are none.
func (tx *Tx) mayBill(actor Actor, company ID) error {
	if err := tx.notPreview(actor); err != nil {
		return err
	}
	may, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM may_bill WHERE viewer_id = ? AND company_id = ?)", actor.ID, company)
	if err == nil && !may {
		err = ErrNotFound
	}
	return err
}

// AddInvoice writes a draft, which no client sees. Errors: ErrPreview, ErrNotFound, Invalid.
func (s *Store) AddInvoice(actor Actor, form InvoiceForm) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if form.Kind == bill.Credit {
			return invalid("kind", "choice.unknown")
		}
		d, err := form.clean()
		if err != nil {
			return err
		}
		if err := tx.mayBill(actor, d.company); err != nil {
			return orChoice("company", err)
		}
		return tx.putInvoice(actor, id, d)
	})
	return id, err
}

// orChoice words a choice that is not there.
func orChoice(field string, err error) error {
	if err == ErrNotFound {
		return invalid(field, "choice.unknown")
	}
	return err
}

func (tx *Tx) putInvoice(actor Actor, id ID, d drafted) error {
	if err := tx.run("INSERT INTO invoice (id, company_id, kind, language, currency, created_by, created_at) VALUES (?,?,?,?,?,?,?)",
		id, d.company, d.Kind, d.Language, d.Currency, actor.ID, tx.now); err != nil {
		return err
	}
	return tx.setInvoice(actor, id, d)
}

// setInvoice stores what a draft says.
func (tx *Tx) setInvoice(actor Actor, id ID, d drafted) error {
	if d.contact != 0 {
		known, err := value[bool](tx, "SELECT EXISTS (SELECT 1 FROM contact WHERE company_id = ? AND person_id = ?)", d.company, d.contact)
		if err == nil && !known {
			err = invalid("contact", "choice.unknown")
		}
		if err != nil {
			return err
		}
	}
	if err := tx.must(`UPDATE invoice SET company_id = ?, contact_id = ?, language = ?, currency = ?, due_on = ?, days = ?, served_from = ?, served_to = ?, purchase_order = ?, rounding = ?,
		note = ?, terms = ?, pay = ?, exempt = ?, internal_note = ?, net = ?, tax = ?, total = ?, quiet = ?, version = version + 1 WHERE id = ? AND state = 'draft'`,
		d.company, d.contact, d.Language, d.Currency, d.DueOn, d.Days, d.From, d.To, d.Order, d.Rounding, d.Note, d.Terms, d.Pay, d.Exempt, d.Internal, d.Net, d.Tax, d.Total, d.Quiet, id); err != nil {
		return err
	}
	if err := tx.run("DELETE FROM invoice_project WHERE invoice_id = ?", id); err != nil {
		return err
	}
	for _, project := range d.projects { // a handful
		added, err := tx.exec(`INSERT INTO invoice_project (invoice_id, project_id, name) SELECT ?1, p.id, p.name FROM project p JOIN visible_project_team v ON v.project_id = p.id AND v.viewer_id = ?4
			WHERE p.id = ?2 AND p.company_id = ?3 ON CONFLICT DO NOTHING`, id, project, d.company, actor.ID)
		if err != nil {
			return err
		}
		if added == 0 {
			return invalid("projects", "choice.unknown")
		}
	}
	return tx.setLines(id, d.Lines)
}

func (tx *Tx) setLines(id ID, lines []bill.Line) error {
	if err := tx.run("DELETE FROM invoice_line WHERE invoice_id = ?", id); err != nil {
		return err
	}
	for n, l := range lines { // each is its own row
		if err := tx.run("INSERT INTO invoice_line (invoice_id, position, text, detail, quantity, unit, price, off_rate, off, category, rate) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
			id, n+1, l.Text, l.Detail, l.Quantity, l.Unit, l.Price, l.OffRate, l.Off, l.Tax.Category, l.Tax.Rate); err != nil {
			return err
		}
	}
	return nil
}

// draftOf is a draft that the actor works on; what was sent is ErrSent.
func (tx *Tx) draftOf(actor Actor, id ID) (Invoice, error) {
	i, err := tx.invoiceOf(actor, id)
	if err == nil && i.State != InvoiceDraft {
		err = ErrSent
	}
	return i, err
}

// invoiceOf is an invoice that the actor works on.
func (tx *Tx) invoiceOf(actor Actor, id ID) (Invoice, error) {
	if err := tx.notPreview(actor); err != nil {
		return Invoice{}, err
	}
	if _, err := value[ID](tx, "SELECT invoice_id FROM visible_invoice_team WHERE viewer_id = ? AND invoice_id = ?", actor.ID, id); err != nil {
		return Invoice{}, err
	}
	return readInvoice(tx, id)
}

// EditInvoice changes a draft. Changed by somebody else in between is a *Conflict, what was
// sent already ErrSent. A credit note keeps its company and currency,
// so does a bill that carries work of a budget.
func (s *Store) EditInvoice(actor Actor, id ID, form InvoiceForm) error {
	return s.write(func(tx *Tx) error {
		old, err := tx.draftOf(actor, id)
		if err != nil {
			return err
		}
		form.Kind = map[bool]string{true: old.Kind, false: form.Kind}[old.Kind == bill.Credit]
		d, err := form.clean()
		if err != nil {
			return err
		}
		if form.Version != old.Version {
			return &Conflict{Version: old.Version, Theirs: map[string]string{"lines": linesText(old)}}
		}
		if old.Kind == bill.Credit && (d.company != old.CompanyID || d.Currency != old.Currency) {
			return invalid("currency", "invoice.credit-same")
		}
		if d.company != old.CompanyID || d.Currency != old.Currency {
			carries, err := value[bool](tx, carriesWork, id)
			if err == nil && carries {
				err = invalid("currency", "invoice.work-same")
			}
			if err != nil {
				return err
			}
		}
		if d.company != old.CompanyID {
			if err := tx.mayBill(actor, d.company); err != nil {
				return orChoice("company", err)
			}
		}
		if old.Kind != bill.Credit {
			if form.Kind == bill.Credit {
				return invalid("kind", "choice.unknown")
			}
			if err := tx.run("UPDATE invoice SET kind = ? WHERE id = ?", d.Kind, id); err != nil {
				return err
			}
		}
		return tx.setInvoice(actor, id, d)
	})
}

// linesText is what somebody else wrote meanwhile, to be compared.
func linesText(i Invoice) (text string) {
	for _, line := range i.Form().Lines {
		text += line.Text + " · " + line.Quantity + " × " + line.Price + "\n"
	}
	return text
}

// DeleteInvoice throws a draft away.
func (s *Store) DeleteInvoice(actor Actor, id ID) error {
	return s.write(func(tx *Tx) error {
		if _, err := tx.draftOf(actor, id); err != nil {
			return err
		}
		if err := tx.uncarry(id); err != nil {
			return err
		}
		return tx.must("DELETE FROM invoice WHERE id = ? AND state = 'draft'", id)
	})
}

// CopyInvoice makes a draft with the same lines; a copy of a credit note is an invoice.
func (s *Store) CopyInvoice(actor Actor, id ID) (ID, error) {
	copied := NewID()
	err := s.write(func(tx *Tx) error {
		old, err := tx.invoiceOf(actor, id)
		if err != nil {
			return err
		}
		if old.Kind == bill.Credit {
			old.Kind = bill.Invoice
		}
		return tx.copyInvoice(actor, copied, old)
	})
	return copied, err
}

// copyInvoice makes a draft of an invoice, without its days.
func (tx *Tx) copyInvoice(actor Actor, id ID, old Invoice) error {
	d := drafted{Invoice: old, company: old.CompanyID, contact: old.ContactID}
	d.DueOn, d.From, d.To = "", "", ""
	for _, project := range old.About {
		if project.ID != 0 {
			d.projects = append(d.projects, project.ID)
		}
	}
	return tx.putInvoice(actor, id, d)
}

// CreditInvoice makes the draft of a credit note that gives a whole invoice back; its lines
// can be changed before it is sent. Only what was sent can be given back.
func (s *Store) CreditInvoice(actor Actor, id ID) (ID, error) {
	credit := NewID()
	err := s.write(func(tx *Tx) error {
		old, err := tx.invoiceOf(actor, id)
		if err != nil {
			return err
		}
		if old.State != InvoiceSent || old.Kind == bill.Credit || old.Credited >= old.Total {
			return &Over{State: old.State}
		}
		old.Kind, old.Days, old.Quiet = bill.Credit, nil, false
		if err := tx.copyInvoice(actor, credit, old); err != nil {
			return err
		}
		return tx.must("UPDATE invoice SET credits_id = ? WHERE id = ?", id, credit)
	})
	return credit, err
}

// InvoiceChange makes a draft of an accepted change request with its price; one that was billed
// already is ErrSent.
func (s *Store) InvoiceChange(actor Actor, decision ID, line string) (ID, error) {
	id := NewID()
	err := s.write(func(tx *Tx) error {
		if err := tx.notPreview(actor); err != nil {
			return err
		}
		type change struct {
			project, company   ID
			question, currency string
			price              *int64
			billed             bool
		}
		c, err := one(tx, func(c *change) []any {
			return []any{&c.project, &c.company, &c.question, &c.currency, &c.price, &c.billed}
		}, `SELECT d.project_id, p.company_id, e.question, e.currency, e.price, EXISTS (SELECT 1 FROM invoice i WHERE i.decision_id = d.id AND i.state <> 'void')
				OR EXISTS (SELECT 1 FROM budget_service s JOIN service_bill k ON k.service_id = s.id WHERE s.decision_id = d.id)
			FROM decision d JOIN visible_decision_team v ON v.decision_id = d.id AND v.viewer_id = ?2 JOIN edition e ON e.decision_id = d.id AND e.number = d.edition JOIN project p ON p.id = d.project_id
			WHERE d.id = ?1 AND d.kind = 'change' AND d.state = 'decided' AND p.company_id IS NOT NULL`, decision, actor.ID)
		if err != nil {
			return err
		}
		if err := tx.mayBill(actor, c.company); err != nil {
			return err
		}
		if c.billed || c.price == nil || *c.price <= 0 {
			return ErrSent
		}
		b, err := readBilling(tx)
		if err != nil {
			return err
		}
		d := drafted{company: c.company, projects: []ID{c.project}}
		if err := tx.usual(&d.Invoice, c.company, b); err != nil {
			return err
		}
		d.Currency = c.currency
		d.Lines = []bill.Line{{Text: excerptTo(c.question, 300), Detail: line, Quantity: 1000, Unit: bill.Units[0], Price: *c.price, Tax: b.usualTax()}}
		totals, err := d.Paper().Reckon()
		if err != nil {
			return invalid("lines", "amount.too-large")
		}
		d.Net, d.Tax, d.Total = totals.Net, totals.Tax, totals.Total
		if err := tx.putInvoice(actor, id, d); err != nil {
			return err
		}
		return tx.must("UPDATE invoice SET decision_id = ? WHERE id = ?", decision, id)
	})
	return id, err
}

// usualTax is the first of the rates that are offered.
func (b BillSettings) usualTax() bill.Tax {
	if len(b.Rates) == 0 || b.Rates[0] == 0 {
		return bill.Tax{Category: bill.Zero}
	}
	return bill.Tax{Category: bill.Standard, Rate: b.Rates[0]}
}

// usual fills in what stands on a company's bills unless somebody says otherwise.
func (tx *Tx) usual(i *Invoice, company ID, b BillSettings) error {
	usual, err := usualInvoice(tx, company, b)
	if err == nil {
		*i = usual
	}
	return err
}

func usualInvoice(r source, company ID, b BillSettings) (i Invoice, err error) {
	i = Invoice{Rounding: b.Rounding}
	i.Kind, i.CompanyID = bill.Invoice, company
	if i, err = one(r, func(x *Invoice) []any { *x = i; return []any{&x.Language, &x.Currency} }, `SELECT CASE WHEN language <> '' THEN language ELSE (SELECT value FROM setting WHERE key = 'workspace.language') END,
		CASE WHEN currency <> '' THEN currency ELSE ?2 END FROM company WHERE id = ?1`, company, b.Currency); err != nil {
		return i, err
	}
	if !oneOf(i.Language, BillTexts...) {
		i.Language = BillTexts[0]
	}
	days := int64(b.Days)
	i.Days, i.Pay, i.Terms = &days, b.Pay[i.Language], b.Terms[i.Language]
	return i, nil
}

func excerptTo(text string, most int) string {
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most-1]) + "…"
	}
	return text
}
