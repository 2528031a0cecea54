package db

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"vitrine/db/bill"
)

// modelBill is what a bill should say, reckoned by nothing but additions.
type modelBill struct {
	name            string
	id              ID
	total, credited int64
	void            bool
	payments        []*modelPayment
}

type modelPayment struct {
	id     ID
	amount int64
	back   int64
	gone   bool
}

func (b *modelBill) paid() (sum int64) {
	for _, p := range b.payments {
		if !p.gone {
			sum += p.amount - p.back
		}
	}
	return sum
}

func (b *modelBill) left() int64 {
	if b.void {
		return 0
	}
	return b.total - b.paid() - b.credited
}

// Payments against an independent count: after each of many random steps every bill, its client's
// page, the team's sums and the statement say the same; what is refused changes nothing.
func TestPaymentsAgainstAModel(t *testing.T) {
	alone(t)
	t.Parallel()
	steps := 0
	for seed := range uint64(4) {
		w := newWorld(t)
		random := rand.New(rand.NewPCG(7, seed))
		adam := w.actor("adam")
		var bills []*modelBill
		for n := range 4 {
			name := fmt.Sprint("model ", n)
			bills = append(bills, &modelBill{name: name, id: w.billed(name, "Acme"), total: 12400})
		}
		for range 90 {
			b := bills[random.IntN(len(bills))]
			now := w.clock.Load().Add(time.Duration(1+random.IntN(40)) * time.Hour)
			w.clock.Store(&now)
			today := now.UTC().Format(time.DateOnly)
			before, deed, err := "", "", error(nil)
			if random.IntN(6) == 0 {
				before = w.digest()
			}
			expect := true // that it is taken
			switch kind := random.IntN(7); kind {
			case 0, 1: // received: a part, all of it, too much
				amount := 1 + random.Int64N(16000)
				if left := b.left(); random.IntN(3) == 0 && left > 0 {
					amount = left
				}
				deed, expect = fmt.Sprint("receives ", amount), !b.void
				var id ID
				id, err = w.RecordPayment(adam, b.id, PaymentForm{Amount: bill.Typed(amount, 2), On: today, Way: "bank", Version: w.invoice(b.name).Version})
				if err == nil {
					b.payments = append(b.payments, &modelPayment{id: id, amount: amount})
				}
			case 2: // given back
				if len(b.payments) == 0 {
					continue
				}
				p := b.payments[random.IntN(len(b.payments))]
				amount := 1 + random.Int64N(p.amount)
				deed, expect = fmt.Sprint("gives back ", amount), !p.gone && amount <= p.amount-p.back
				if err = w.RefundPayment(adam, p.id, PaymentForm{Amount: bill.Typed(amount, 2), On: today}); err == nil {
					p.back += amount
				}
			case 3: // recorded by mistake
				if len(b.payments) == 0 {
					continue
				}
				p := b.payments[random.IntN(len(b.payments))]
				deed, expect = "withdraws", !p.gone && p.back == 0
				if err = w.WithdrawPayment(adam, p.id); err == nil {
					p.gone = true
				}
			case 4: // a credit note over a part, as long as that is not more than the bill
				part := 1 + random.Int64N(40)
				deed, expect = fmt.Sprint("credits ", part), !b.void && b.credited+part*124 <= b.total
				if random.IntN(3) == 0 && !b.void { // one that is never sent counts for nobody
					_, unsent := w.CreditInvoice(adam, b.id)
					w.must(unsent)
				}
				err = w.credits(b, part)
				if err == nil {
					b.credited += part * 124
				}
			case 5: // made void, only while nothing was paid or given back
				moved := slices.ContainsFunc(b.payments, func(p *modelPayment) bool { return !p.gone })
				deed, expect = "void", !b.void && !moved && b.credited == 0
				if random.IntN(4) > 0 {
					continue
				}
				if err = w.VoidInvoice(adam, b.id, "by mistake"); err == nil {
					b.void = true
				}
			case 6: // an old form, a day to come, nothing at all
				deed, expect = "is wrong", false
				form := PaymentForm{Amount: "1", On: today, Way: "bank", Version: w.invoice(b.name).Version}
				switch random.IntN(4) {
				case 0:
					form.Version--
				case 1:
					form.On = now.AddDate(0, 0, 3).Format(time.DateOnly)
				case 2:
					form.Amount = []string{"0", "-1", "1.001", "", "1e9", "99999999999999999"}[random.IntN(6)]
				default:
					form.Way = "online"
				}
				_, err = w.RecordPayment(adam, b.id, form)
			}
			steps++
			if (err == nil) != expect {
				t.Fatalf("seed %d: %s %s: %v, void %v, paid %d, credited %d", seed, b.name, deed, err, b.void, b.paid(), b.credited)
			}
			if err != nil && before != "" && w.digest() != before {
				t.Fatalf("seed %d: %s %s was refused and changed something", seed, b.name, deed)
			}
			w.agree(t, bills)
		}
	}
	t.Log(steps, "steps")
}

// credits gives back so many percent of a bill of 100.00 and 24 % by a credit note that is sent.
func (w *world) credits(b *modelBill, part int64) error {
	note, err := w.CreditInvoice(w.actor("adam"), b.id)
	if err != nil {
		return err
	}
	w.ids["note"] = note
	form := w.invoice("note").Form()
	form.Version = w.invoice("note").Version
	form.Lines[0].Price = fmt.Sprint(part)
	if err = w.EditInvoice(w.actor("adam"), note, form); err == nil {
		err = w.IssueInvoice(w.actor("adam"), note, w.invoice("note").Version, drawn)
	}
	if err != nil {
		return errors.Join(err, w.DeleteInvoice(w.actor("adam"), note))
	}
	return nil
}

// agree compares what everybody reads with the model.
func (w *world) agree(t *testing.T, bills []*modelBill) {
	t.Helper()
	for _, b := range bills {
		row := w.invoice(b.name)
		var seen Invoice
		w.must(w.Glass(w.id("finn"), func(g *Glass) (err error) { seen, err = g.Invoice(b.id); return err }))
		settled := w.rows("SELECT settled_at IS NOT NULL FROM invoice WHERE id = ?", b.id)[0] == "1"
		for reader, i := range map[string]InvoiceLine{"the team": row.InvoiceLine, "the client": seen.InvoiceLine} {
			if i.Total != b.total || i.Paid != b.paid() || i.Credited != b.credited || i.Waiting != 0 || i.Left() != b.left() || i.Total != i.Net+i.Tax {
				t.Fatalf("%s reads of %s: paid %d credited %d left %d, want %d %d %d", reader, b.name, i.Paid, i.Credited, i.Left(), b.paid(), b.credited, b.left())
			}
			if status := i.Status("2026-05-21"); (status == InvoicePaid || status == InvoiceCredited) != (!b.void && b.left() <= 0) {
				t.Fatalf("%s reads that %s is %s, left is %d", reader, b.name, status, b.left())
			}
		}
		if !b.void && settled != (b.left() <= 0) {
			t.Fatalf("%s is settled %v, left is %d", b.name, settled, b.left())
		}
	}
}
