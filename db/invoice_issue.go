package db

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"vitrine/db/bill"
)

// DrawInvoice makes the files of a paper: the PDF, and the e-invoice.
type DrawInvoice func(bill.Paper) (pdf, xml []byte, err error)

// IssueInvoice gives a draft the next number of its series and sends it: from then on
// nothing that stands on it changes. Number, paper and files are stored in one step, so that
// there is no gap and no number without them. Errors: ErrPreview, ErrNotFound, ErrSent,
// Invalid (what is missing), *Conflict.
func (s *Store) IssueInvoice(actor Actor, id ID, version int64, draw DrawInvoice) error {
	return s.write(func(tx *Tx) error {
		i, err := tx.draftOf(actor, id)
		if err != nil {
			return err
		}
		if version != i.Version {
			return &Conflict{Version: i.Version, Theirs: map[string]string{"lines": linesText(i)}}
		}
		return tx.issue(actor.ID, i, draw)
	})
}

func (tx *Tx) issue(actor ID, i Invoice, draw DrawInvoice) error {
	today, err := billingDay(tx, tx.now.Time)
	if err != nil {
		return err
	}
	b, err := readBilling(tx)
	if err != nil {
		return err
	}
	i.IssuedOn = today
	if err := i.setDue(b); err != nil {
		return err
	}
	if err := tx.sendable(i, b); err != nil {
		return err
	}
	series, year, serial, err := tx.nextNumber(i, b)
	if err != nil {
		return err
	}
	i.Number = numberOf(series, year, serial)
	if err := tx.freeze(i); err != nil {
		return err
	}
	paper := i.Paper()
	text, err := json.Marshal(paper)
	if err != nil {
		return err
	}
	if err := tx.must(`UPDATE invoice SET state = 'sent', series = ?, year = ?, serial = ?, number = ?, issued_on = ?, due_on = ?, account = ?, iban = ?, bic = ?, paper = ?, sha256 = ?,
		issued_by = ?, issued_at = ?, version = version + 1 WHERE id = ? AND state = 'draft'`,
		series, year, serial, i.Number, i.IssuedOn, i.DueOn, i.Account, i.IBAN, i.BIC, string(text), sum(text), actor, tx.now, i.ID); err != nil {
		return err
	}
	if err := tx.fileInvoice(i.ID, paper, draw); err != nil {
		return err
	}
	if err := tx.billedChanged(i.ID); err != nil {
		return err
	}
	if err := tx.auditCompany(actor, "invoice.sent", i.CompanyID, 0, 0, i.Number); err != nil {
		return err
	}
	if i.CreditsID != 0 {
		if err := tx.settleInvoice(i.CreditsID); err != nil {
			return err
		}
	}
	if err := tx.settleInvoice(i.ID); err != nil {
		return err
	}
	return tx.invoiceSent(i)
}

func sum(text []byte) string {
	hash := sha256.Sum256(text)
	return hex.EncodeToString(hash[:])
}

// setDue settles by when it is due; a credit note never is.
func (i *Invoice) setDue(b BillSettings) error {
	if i.Kind == bill.Credit {
		i.DueOn = ""
		return nil
	}
	if i.DueOn == "" {
		days := b.Days
		if i.Days != nil {
			days = int(*i.Days)
		}
		day, err := time.Parse("2006-01-02", string(i.IssuedOn))
		if err != nil {
			return err
		}
		i.DueOn = Date(day.AddDate(0, 0, days).Format("2006-01-02"))
	}
	if i.DueOn < i.IssuedOn {
		return invalid("due", "invoice.due-past")
	}
	return nil
}

// sendable refuses what the law or arithmetic would not have.
func (tx *Tx) sendable(i Invoice, b BillSettings) error {
	switch {
	case !b.Ready():
		return invalid("seller", "invoice.seller-incomplete")
	case i.Buyer.Street == "" || i.Buyer.Country == "":
		return invalid("company", "invoice.buyer-incomplete", "Company", i.Company)
	case len(i.Lines) == 0:
		return invalid("lines", "invoice.lines-none")
	case i.Total < 0 || i.Kind == bill.Credit && i.Total == 0:
		return invalid("lines", "invoice.total-negative")
	}
	active, err := value[bool](tx, "SELECT status = 'active' FROM company WHERE id = ?", i.CompanyID)
	if err == nil && !active {
		err = invalid("company", "invoice.company-inactive")
	}
	if err != nil || i.Kind != bill.Credit {
		return err
	}
	left, err := value[int64](tx, "SELECT total - credited FROM invoice WHERE id = ? AND state = 'sent'", i.CreditsID)
	if err == ErrNotFound || err == nil && i.Total > left {
		err = invalid("lines", "invoice.credit-more")
	}
	return err
}

// nextNumber is the next of a series in a year: the writer is one, so nobody has it too.
func (tx *Tx) nextNumber(i Invoice, b BillSettings) (series string, year, serial int, err error) {
	series = b.Series
	if i.Kind == bill.Credit {
		series = b.Credits
	}
	if _, err = fmt.Sscanf(string(i.IssuedOn), "%d", &year); err != nil {
		return series, year, serial, err
	}
	serial, err = value[int](tx, "SELECT coalesce(max(serial), 0) + 1 FROM invoice WHERE series = ? AND year = ?", series, year)
	return series, year, serial, err
}

// numberOf writes a number: "2026-014", "C-2026-002".
func numberOf(series string, year, serial int) string {
	if series != "" {
		series += "-"
	}
	return fmt.Sprintf("%s%d-%03d", series, year, serial)
}

// freeze keeps who sold to whom and the names of the projects as they are now.
func (tx *Tx) freeze(i Invoice) error {
	if err := tx.run("DELETE FROM invoice_party WHERE invoice_id = ?", i.ID); err != nil {
		return err
	}
	for role, p := range map[string]bill.Party{"seller": i.Seller, "buyer": i.Buyer} {
		if err := tx.run("INSERT INTO invoice_party (invoice_id, role, name, contact, address, country, vat, code, email) VALUES (?,?,?,?,?,?,?,?,?)",
			i.ID, role, p.Name, p.Contact, p.Street, p.Country, p.VAT, p.Code, p.Mail); err != nil {
			return err
		}
	}
	return tx.run("UPDATE invoice_project SET name = (SELECT p.name FROM project p WHERE p.id = project_id) WHERE invoice_id = ?", i.ID)
}

// fileInvoice draws its files. What was read back must be what was frozen: page, files and hash
// say the same for ever.
func (tx *Tx) fileInvoice(id ID, paper bill.Paper, draw DrawInvoice) error {
	read, err := readInvoice(tx, id)
	if err != nil {
		return err
	}
	before, _ := json.Marshal(paper)
	after, _ := json.Marshal(read.Paper())
	if string(before) != string(after) {
		return fmt.Errorf("invoice %s is not what was stored: %s, %s", paper.Number, before, after)
	}
	pdf, xml, err := draw(paper)
	if err != nil {
		return err
	}
	for kind, body := range map[string][]byte{"pdf": pdf, "xml": xml} {
		if len(body) == 0 {
			continue // an e-invoice cannot say everything that a paper can
		}
		if err := tx.run("INSERT INTO invoice_file (invoice_id, kind, sha256, body) VALUES (?,?,?,?)", id, kind, sum(body), body); err != nil {
			return err
		}
	}
	return nil
}

// VoidInvoice takes back one of which nothing was paid or given back. It keeps its number
// and stays to be read, marked as void.
func (s *Store) VoidInvoice(actor Actor, id ID, reason string) error {
	return s.write(func(tx *Tx) error {
		i, err := tx.invoiceOf(actor, id)
		if err != nil {
			return err
		}
		if reason, err = cleanLine("reason", reason, 300); err != nil {
			return err
		}
		if reason == "" {
			return invalid("reason", "invoice.reason-empty")
		}
		busy, err := value[bool](tx, `SELECT EXISTS (SELECT 1 FROM payment p WHERE p.invoice_id = ?1 AND p.state IN ('processing', 'received')) OR EXISTS (SELECT 1 FROM invoice c WHERE c.credits_id = ?1 AND c.state = 'sent')
			OR EXISTS (SELECT 1 FROM checkout k WHERE k.invoice_id = ?1 AND k.state = 'open' AND k.expires_at > ?2)`, id, tx.now)
		if err != nil {
			return err
		}
		if i.State != InvoiceSent || busy {
			return &Over{State: i.State}
		}
		if err := tx.must("UPDATE invoice SET state = 'void', voided_at = ?, void_reason = ?, version = version + 1 WHERE id = ? AND state = 'sent'", tx.now, reason, id); err != nil {
			return err
		}
		if err := tx.uncarry(id); err != nil {
			return err
		}
		if i.CreditsID != 0 {
			if err := tx.settleInvoice(i.CreditsID); err != nil {
				return err
			}
		}
		return tx.auditCompany(actor.ID, "invoice.void", i.CompanyID, 0, 0, i.Number)
	})
}

// SetQuiet switches the reminders of an invoice off, or on again.
func (s *Store) SetQuiet(actor Actor, id ID, quiet bool) error {
	return s.write(func(tx *Tx) error {
		if _, err := tx.invoiceOf(actor, id); err != nil {
			return err
		}
		return tx.must("UPDATE invoice SET quiet = ?, version = version + 1 WHERE id = ?", quiet, id)
	})
}
