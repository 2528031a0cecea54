package db

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"vitrine/db/bill"
)

// Of 100,000 random bills with random payments, refunds and credit notes lines, taxes, payments and what is
// left always add up, on each bill and on the statement of every fifty of them.
func TestBillsAndPaymentsAddUp(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 100000))
	currencies := []string{"EUR", "JPY", "KWD"}
	var lines []InvoiceLine
	var payments []Payment
	owed, paid := map[string]int64{}, map[string]int64{}
	for n := 1; n <= 100_000; n++ {
		paper := bill.Paper{Kind: bill.Invoice, Currency: currencies[random.IntN(3)], Rounding: []string{bill.PerTotal, bill.PerLine}[random.IntN(2)]}
		for range 1 + random.IntN(6) {
			tax := bill.Tax{Category: bill.Standard, Rate: bill.Rate(100 * (1 + random.IntN(40)))}
			if random.IntN(4) == 0 {
				tax = bill.Tax{Category: bill.Zero}
			}
			paper.Lines = append(paper.Lines, bill.Line{Quantity: bill.Quantity(random.Int64N(50_000)), Price: random.Int64N(900_000), OffRate: bill.Rate(random.IntN(3) * 500), Tax: tax})
		}
		totals, err := paper.Reckon()
		if err != nil {
			t.Fatal(err)
		}
		net, tax := int64(0), int64(0)
		for _, line := range totals.Lines {
			net += line.Net
		}
		for _, part := range totals.Taxes {
			tax += part.Amount
		}
		if net != totals.Net || tax != totals.Tax || net+tax != totals.Total {
			t.Fatalf("%+v", totals)
		}
		i := InvoiceLine{ID: ID(n), Kind: bill.Invoice, State: InvoiceSent, Number: fmt.Sprint(n), Currency: paper.Currency, IssuedOn: Date("2026-01-01").Plus(random.IntN(300)), Net: net, Tax: tax, Total: totals.Total}
		rest := i.Total
		for range random.IntN(4) {
			amount := 1 + random.Int64N(i.Total+2)
			payments = append(payments, Payment{InvoiceID: i.ID, Amount: amount, State: PaymentReceived, PaidOn: i.IssuedOn.Plus(random.IntN(60))})
			i.Paid, rest = i.Paid+amount, rest-amount
			if random.IntN(3) == 0 {
				back := 1 + random.Int64N(amount)
				payments = append(payments, Payment{InvoiceID: i.ID, Amount: -back, State: PaymentReceived, PaidOn: i.IssuedOn.Plus(60)})
				i.Paid, rest = i.Paid-back, rest+back
			}
			payments = append(payments, Payment{InvoiceID: i.ID, Amount: amount, State: []string{PaymentFailed, PaymentWithdrawn, PaymentProcessing, PaymentLost}[random.IntN(4)], PaidOn: i.IssuedOn})
		}
		if random.IntN(5) == 0 {
			part := random.Int64N(i.Total + 1)
			lines = append(lines, InvoiceLine{ID: ID(n + 1_000_000), Kind: bill.Credit, State: InvoiceSent, Number: fmt.Sprint("C", n), Currency: i.Currency, IssuedOn: i.IssuedOn, Total: part})
			i.Credited, rest = part, rest-part
		}
		if i.Left() != rest || i.Open() != (rest > 0) || (i.Status("2026-01-01") == InvoicePaid || i.Status("2026-01-01") == InvoiceCredited) != (rest <= 0) {
			t.Fatalf("%+v: left %d, want %d, %s", i, i.Left(), rest, i.Status("2026-01-01"))
		}
		lines = append(lines, i)
		owed[i.Currency], paid[i.Currency] = owed[i.Currency]+rest, paid[i.Currency]+i.Paid
		if n%50 != 0 {
			continue
		}
		middle := Date("2026-05-20")
		whole, first, second := Statements(lines, payments, "", ""), Statements(lines, payments, "", middle), Statements(lines, payments, middle.Plus(1), "")
		for at, s := range whole {
			if s.After != owed[s.Currency] || s.Paid != paid[s.Currency] || s.Before != 0 || s.Billed-s.Paid != s.After {
				t.Fatalf("%s: %+v, owed %d, paid %d", s.Currency, s.After, owed[s.Currency], paid[s.Currency])
			}
			if first[at].After != second[at].Before || second[at].After != s.After || first[at].Billed+second[at].Billed != s.Billed || len(first[at].Entries)+len(second[at].Entries) != len(s.Entries) {
				t.Fatalf("%s: the halves of a statement are not the whole", s.Currency)
			}
		}
		lines, payments, owed, paid = nil, nil, map[string]int64{}, map[string]int64{}
	}
}
