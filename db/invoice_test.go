package db

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/db/bill"
)

// What was sent never changes: neither by the store nor by a statement that tries.
func TestSentBillsStay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	sent, draft := w.id("bill of Acme"), w.id("draft for Acme")
	before := w.invoice("bill of Acme")
	var kept bill.Paper
	text := w.rows("SELECT paper FROM invoice WHERE id = ?", sent)[0]
	if err := json.Unmarshal([]byte(text), &kept); err != nil || sum([]byte(text)) != before.Hash {
		t.Fatal("what was kept is not what was hashed:", err)
	}
	var seen Invoice
	w.must(w.Glass(w.id("finn"), func(g *Glass) (err error) { seen, err = g.Invoice(sent); return err }))
	for who, paper := range map[string]bill.Paper{"the team": before.Paper(), "the client": seen.Paper()} {
		paper.Projects = slices.Clone(paper.Projects)
		if read, _ := json.Marshal(paper); string(read) != text {
			t.Errorf("%s reads\n%s, sent was\n%s", who, read, text)
		}
	}
	form := before.Form()
	form.Version = before.Version
	for name, err := range map[string]error{"edit": w.EditInvoice(w.actor("adam"), sent, form), "delete": w.DeleteInvoice(w.actor("adam"), sent), "send": w.IssueInvoice(w.actor("adam"), sent, before.Version, drawn)} {
		if !errors.Is(err, ErrSent) {
			t.Errorf("%s answers %v", name, err)
		}
	}
	for _, statement := range []string{"UPDATE invoice SET total = 1", "UPDATE invoice SET number = 'X-1'", "UPDATE invoice SET note = 'x'", "UPDATE invoice SET state = 'draft', number = NULL", "UPDATE invoice SET paper = ''", "DELETE FROM invoice",
		"UPDATE invoice_line SET price = 1", "DELETE FROM invoice_line", "INSERT INTO invoice_line (invoice_id, position, text, quantity, unit, price, category) SELECT id, 9, 'x', 1, 'C62', 1, 'S' FROM invoice", "UPDATE invoice_party SET name = 'x'", "UPDATE invoice_file SET body = x'00'", "DELETE FROM invoice_file"} {
		column := "id"
		if strings.Contains(statement, "invoice_") && !strings.HasPrefix(statement, "INSERT") {
			column = "invoice_id"
		}
		if err := w.write(func(tx *Tx) error { return tx.run(statement+" WHERE "+column+" = ?", sent) }); err == nil {
			t.Errorf("%s is possible", statement)
		}
	}
	w.must(w.write(func(tx *Tx) error {
		return tx.run("UPDATE invoice SET state = 'void' WHERE id = ?", w.id("bill of Beta"))
	}))
	if err := w.write(func(tx *Tx) error {
		return tx.run("UPDATE invoice SET state = 'sent' WHERE id = ?", w.id("bill of Beta"))
	}); err == nil {
		t.Error("what is void is sent again")
	}
	w.must(w.DeleteInvoice(w.actor("adam"), draft))
}

// A status follows from what was paid, given back and the day.
func TestStatusOfBills(t *testing.T) {
	for want, i := range map[string]InvoiceLine{
		InvoiceDraft: {State: InvoiceDraft}, InvoiceVoid: {State: InvoiceVoid, Total: 100, DueOn: "2020-01-01"}, InvoiceSent: {State: InvoiceSent, Total: 100, DueOn: "2026-05-20"},
		InvoiceSeen: {State: InvoiceSent, Total: 100, SeenAt: At(time.Now())}, InvoiceOverdue: {State: InvoiceSent, Total: 100, Paid: 20, DueOn: "2026-05-19"}, InvoicePartly: {State: InvoiceSent, Total: 100, Paid: 20, DueOn: "2026-05-20"},
		InvoiceProcessing: {State: InvoiceSent, Total: 100, Paid: 20, Waiting: 80, DueOn: "2026-05-19"}, InvoicePaid: {State: InvoiceSent, Total: 100, Paid: 60, Credited: 40}, InvoiceCredited: {State: InvoiceSent, Total: 100, Credited: 100},
		InvoiceDisputed: {State: InvoiceSent, Total: 100, Paid: 100, Disputed: true},
	} {
		if got := i.Status("2026-05-20"); got != want {
			t.Errorf("%+v is %s, not %s", i, got, want)
		}
	}
	if over := (InvoiceLine{State: InvoiceSent, Total: 100, Paid: 130}); over.Left() != -30 || over.Open() || over.Status("2026-05-20") != InvoicePaid {
		t.Error("what was paid too much:", over.Left())
	}
}

// Void is only what nothing was paid of; a credit note gives back no more than is left, and
// a payment is what the books say after each step.
func TestStepsOfBills(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	adam, acme := w.actor("adam"), w.id("bill of Acme") // 124.00, of which 12.40 were credited and 20.00 paid
	over := func(err error) bool { var o *Over; return errors.As(err, &o) }
	if err := w.VoidInvoice(adam, acme, "wrong"); !over(err) {
		t.Error("a bill that was paid in part is made void:", err)
	}
	credit, err := w.CreditInvoice(adam, acme)
	w.must(err)
	w.ids["second credit"] = credit
	if err := w.IssueInvoice(adam, credit, w.invoice("second credit").Version, drawn); !isInvalid(err, "lines") {
		t.Error("more is given back than was left:", err)
	}
	form := w.invoice("second credit").Form()
	form.Currency = "USD"
	if err := w.EditInvoice(adam, credit, form); !isInvalid(err, "currency") {
		t.Error("it is given back in another currency:", err)
	}
	form = w.invoice("second credit").Form()
	form.Lines[0].Price = "90"
	w.must(w.EditInvoice(adam, credit, form))
	w.must(w.IssueInvoice(adam, credit, w.invoice("second credit").Version, drawn))
	i := w.invoice("bill of Acme")
	if i.Credited != 1240+11160 || i.Left() != 12400-2000-12400 || !strings.HasPrefix(w.invoice("second credit").Number, "C-2026-00") {
		t.Errorf("%+v", i.InvoiceLine)
	}
	w.must(w.VoidInvoice(adam, credit, "once was enough"))
	if i = w.invoice("bill of Acme"); i.Credited != 1240 {
		t.Error("a void credit note still counts:", i.Credited)
	}
	if _, err := w.RecordPayment(adam, acme, PaymentForm{Amount: "1", On: "2026-05-21", Way: "bank", Version: i.Version}); !isInvalid(err, "on") {
		t.Error("a payment of tomorrow:", err)
	}
	if err := w.RefundPayment(adam, w.id("payment of Acme"), PaymentForm{Amount: "20.01", On: "2026-05-20"}); !isInvalid(err, "amount") {
		t.Error("more is given back than was paid:", err)
	}
	w.must(w.RefundPayment(adam, w.id("payment of Acme"), PaymentForm{Amount: "5", On: "2026-05-20"}))
	if err := w.WithdrawPayment(adam, w.id("payment of Acme")); !over(err) {
		t.Error("a payment that was given back in part is withdrawn:", err)
	}
	if i = w.invoice("bill of Acme"); i.Paid != 1500 {
		t.Error("paid is", i.Paid)
	}
}

func isInvalid(err error, field string) bool {
	var invalid *Invalid
	return errors.As(err, &invalid) && invalid.Field == field
}

// Sixteen write bills at the same time: no number is given twice and none is left out.
func TestNumbersWithoutGaps(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const writers, each = 16, 6
	var all sync.WaitGroup
	errs := make(chan error, writers*each)
	for range writers {
		all.Go(func() {
			for n := range each {
				id, err := w.AddInvoice(w.actor("adam"), InvoiceForm{Company: w.ids["Acme"].String(), Kind: bill.Invoice, Language: "en", Currency: "EUR", Rounding: bill.PerTotal, Lines: []LineForm{{Text: "Work", Price: "1", Tax: "S 24"}}})
				if err == nil && n%3 == 2 { // some fail, some are thrown away: no number is lost with them
					err = w.DeleteInvoice(w.actor("adam"), id)
				} else if err == nil {
					broken := func(bill.Paper) ([]byte, []byte, error) { return nil, nil, errors.New("no ink") }
					if err := w.IssueInvoice(w.actor("adam"), id, 2, broken); err == nil {
						errs <- errors.New("sent without its files")
					}
					err = w.IssueInvoice(w.actor("adam"), id, 2, drawn)
				}
				errs <- err
			}
		})
	}
	all.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	w.gapless(writers * each * 2 / 3)
}

// gapless fails unless at least so many bills were sent and the numbers of each series are 1 to n.
func (w *world) gapless(least int) {
	w.t.Helper()
	total := 0
	for _, series := range w.rows("SELECT DISTINCT series || '|' || year FROM invoice WHERE number IS NOT NULL") {
		name, year, _ := strings.Cut(series, "|")
		serials := w.rows("SELECT serial FROM invoice WHERE series = ? AND year = ? ORDER BY serial", name, year)
		for i, serial := range serials {
			if serial != fmt.Sprint(i+1) {
				w.t.Fatalf("series %q of %s: number %s is at place %d", name, year, serial, i+1)
			}
		}
		total += len(serials)
	}
	if total < least || len(w.rows("SELECT 1 FROM invoice i WHERE number IS NOT NULL AND (SELECT count(*) FROM invoice_file f WHERE f.invoice_id = i.id) <> 2")) != 0 {
		w.t.Errorf("%d bills were sent, at least %d were to be, each with its files", total, least)
	}
}

// Amounts are whole numbers: nothing that reckons or shows them knows a float.
func TestMoneyIsWhole(t *testing.T) {
	t.Parallel()
	var files []string
	for _, pattern := range []string{"bill/*.go", "invoice*.go", "client_invoice.go", "payment.go", "checkout.go", "bill_setting.go", "../views/invoice*.go", "../views/billing.go", "../views/money.go", "../views/quantity.go", "../handlers/pay/*.go", "../handlers/web/invoice.go", "../handlers/web/statement.go"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatal(pattern, err)
		}
		files = append(files, found...)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range floats(t, name, text) {
			t.Error(fault)
		}
	}
	for _, text := range []string{"var x float64", "var x = 0.5 + 1", `var x, _ = strconv.ParseFloat("1", 64)`, "var x = float32(1)"} {
		if floats(t, "x.go", []byte("package x\n"+text)) == nil {
			t.Error("not found:", text)
		}
	}
}

// floats are the places of a source where a float is named or written. One stands in views/money.go,
// where a library is asked for the sign between whole and part.
func floats(t *testing.T, name string, text []byte) (faults []string) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.Ident:
			if strings.Contains(strings.ToLower(n.Name), "float") {
				faults = append(faults, fmt.Sprint(set.Position(n.Pos()), ": ", n.Name))
			}
		case *ast.BasicLit:
			if n.Kind == token.FLOAT && (filepath.Base(name) != "money.go" || n.Value != "0.5") {
				faults = append(faults, fmt.Sprint(set.Position(n.Pos()), ": ", n.Value))
			}
		}
		return true
	})
	return faults
}
