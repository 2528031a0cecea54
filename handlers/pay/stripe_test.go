package pay_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"vitrine/handlers/pay"
	"vitrine/handlers/pay/standin"
)

var at = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func provider(t *testing.T, s *standin.Stripe) pay.Provider {
	t.Helper()
	p, err := pay.Stripe(standin.Key, standin.Webhook, s.URL, s.URL)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func visit(amount int64, currency, key string) pay.Checkout {
	return pay.Checkout{Invoice: "0AbcDefGhiJ", Number: "2026-014", Title: "Invoice 2026-014", Mail: "eleni@mail.test", Language: "el", Currency: currency, Amount: amount,
		Success: "https://portal.test/ok", Cancel: "https://portal.test/no", Key: key, Expires: at.Add(time.Hour)}
}

// A page is opened once for a key, for the right amount in what Stripe counts with, and told of alike.
func TestPages(t *testing.T) {
	s := standin.New()
	defer s.Close()
	p, ctx := provider(t, s), context.Background()
	for _, c := range []struct {
		currency string
		minor    int64
		asked    string // "" for what Stripe cannot take
	}{{"EUR", 488944, "488944"}, {"JPY", 1200, "1200"}, {"KWD", 12340, "12340"}, {"KWD", 12345, ""}, {"ISK", 700, "70000"}, {"UGX", 5000, "500000"}, {"EUR", 0, ""}, {"EUR", -5, ""}, {"QQQ", 100, ""}, {"EUR", 1 << 50, ""}} {
		before := len(s.Sessions())
		made, err := p.Begin(ctx, visit(c.minor, c.currency, "key-"+c.currency))
		if c.asked == "" {
			if !errors.Is(err, pay.ErrAmount) || len(s.Sessions()) != before {
				t.Errorf("%d %s is taken: %v", c.minor, c.currency, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(c.currency, err)
		}
		form := s.Sessions()[made.ID]
		if form.Get("line_items[0][price_data][unit_amount]") != c.asked || form.Get("line_items[0][price_data][currency]") != strings.ToLower(c.currency) || form.Get("client_reference_id") != "0AbcDefGhiJ" || form.Get("payment_intent_data[metadata][invoice]") != "0AbcDefGhiJ" || form.Get("mode") != "payment" || form.Get("locale") != "el" {
			t.Errorf("%s is asked for as %v", c.currency, form)
		}
		if again, err := p.Begin(ctx, visit(c.minor, c.currency, "key-"+c.currency)); err != nil || again != made || len(s.Sessions()) != before+1 {
			t.Errorf("the same key opens %v, %v", again, err)
		}
		body := standin.Event("evt_"+c.currency, "checkout.session.completed", at, s.Visit(made.ID, "pi_1", "paid", nil))
		event, known, err := p.Read(body, standin.Sign(body, at, standin.Webhook), at)
		if err != nil || !known || event.Amount != c.minor || event.Currency != c.currency || event.Invoice != "0AbcDefGhiJ" || event.Kind != pay.Paid || event.Payment != "pi_1" || event.Session != made.ID || !event.At.Equal(at) {
			t.Errorf("%s is told as %+v, %v, %v", c.currency, event, known, err)
		}
	}
	if err := p.Refund(ctx, "pi_1", 1000, "EUR", "refund-1"); err != nil {
		t.Error(err)
	}
	if err := p.Refund(ctx, "pi_1", 1000, "EUR", "refund-1"); err != nil || len(s.Refunds()) != 1 || s.Refunds()[0].Get("amount") != "1000" || s.Refunds()[0].Get("payment_intent") != "pi_1" {
		t.Error("given back", s.Refunds(), err)
	}
	if err := p.Expire(ctx, "cs_test_1"); err != nil || len(s.Expired()) != 1 {
		t.Error(s.Expired(), err)
	}
	s.Down = true
	if _, err := p.Begin(ctx, visit(100, "EUR", "down")); err == nil || strings.Contains(err.Error(), standin.Key) || strings.Contains(err.Error(), s.URL) {
		t.Error("when it is down:", err)
	}
}

// What is forged, old, of another shape or mode is refused, and changes to a single byte are found.
func TestForgeries(t *testing.T) {
	s := standin.New()
	defer s.Close()
	p := provider(t, s)
	made, err := p.Begin(context.Background(), visit(1000, "EUR", "one"))
	if err != nil {
		t.Fatal(err)
	}
	good := standin.Event("evt_1", "checkout.session.completed", at, s.Visit(made.ID, "pi_1", "paid", nil))
	sign := func(body []byte) string { return standin.Sign(body, at, standin.Webhook) }
	if _, known, err := p.Read(good, sign(good), at); err != nil || !known {
		t.Fatal("the good one is refused:", err)
	}
	changed := func(change map[string]any) []byte {
		return standin.Event("evt_1", "checkout.session.completed", at, s.Visit(made.ID, "pi_1", "paid", change))
	}
	one := bytes.Replace(good, []byte("1000"), []byte("1001"), 1)
	live := bytes.Replace(good, []byte(`"livemode":false,"object":"event"`), []byte(`"livemode":true,"object":"event"`), 1)
	if bytes.Equal(one, good) || bytes.Equal(live, good) {
		t.Fatal("nothing was changed")
	}
	for name, c := range map[string]struct {
		body   []byte
		header string
		now    time.Time
		want   error
	}{
		"another secret":       {good, standin.Sign(good, at, "whsec_other"), at, pay.ErrSignature},
		"no header":            {good, "", at, pay.ErrSignature},
		"a header of nothing":  {good, "t=,v1=", at, pay.ErrSignature},
		"another scheme":       {good, strings.Replace(sign(good), "v1=", "v0=", 1), at, pay.ErrSignature},
		"one byte changed":     {one, sign(good), at, pay.ErrSignature},
		"another body's":       {good, sign(one), at, pay.ErrSignature},
		"a changed moment":     {good, strings.Replace(sign(good), "t=", "t=1", 1), at, pay.ErrSignature},
		"two moments":          {good, sign(good) + ",t=1", at, pay.ErrSignature},
		"no body":              {nil, sign(good), at, pay.ErrSignature},
		"five minutes old":     {good, sign(good), at.Add(301 * time.Second), pay.ErrOld},
		"of the future":        {good, sign(good), at.Add(-301 * time.Second), pay.ErrOld},
		"cut off":              {good[:len(good)-9], sign(good[:len(good)-9]), at, pay.ErrShape},
		"no JSON":              {[]byte("paid=1"), sign([]byte("paid=1")), at, pay.ErrShape},
		"an empty object":      {[]byte("{}"), sign([]byte("{}")), at, pay.ErrShape},
		"real money":           {live, sign(live), at, pay.ErrMode},
		"an amount in words":   {changed(map[string]any{"amount_total": "much"}), "", at, pay.ErrShape},
		"an amount below zero": {changed(map[string]any{"amount_total": -1000}), "", at, pay.ErrShape},
		"no amount":            {changed(map[string]any{"amount_total": nil}), "", at, pay.ErrShape},
		"no currency":          {changed(map[string]any{"currency": ""}), "", at, pay.ErrShape},
		"another thing":        {changed(map[string]any{"object": "charge"}), "", at, pay.ErrShape},
		"two invoices":         {changed(map[string]any{"client_reference_id": "0ZZZZZZZZZZ"}), "", at, pay.ErrShape},
		"paid without payment": {changed(map[string]any{"payment_intent": nil}), "", at, pay.ErrShape},
	} {
		if c.header == "" && c.want == pay.ErrShape {
			c.header = sign(c.body)
		}
		if event, known, err := p.Read(c.body, c.header, c.now); !errors.Is(err, c.want) || known {
			t.Errorf("%s is taken: %+v %v %v", name, event, known, err)
		}
	}
	if _, known, err := p.Read(good, sign(good), at.Add(299*time.Second)); err != nil || !known {
		t.Error("within five minutes it is refused:", err)
	}
	both := standin.Sign(good, at, "whsec_old") + ",v1=" + strings.Split(sign(good), "v1=")[1]
	if _, known, err := p.Read(good, both, at); err != nil || !known {
		t.Error("one of two signatures, while the secret is changed, is refused:", err)
	}
	if _, err := pay.Stripe("pk_test_public", standin.Webhook, "", ""); err == nil {
		t.Error("a public key is taken")
	}
}

// What else it tells is read too, and what is of no use passes without an error.
func TestOtherEvents(t *testing.T) {
	s := standin.New()
	defer s.Close()
	p := provider(t, s)
	made, err := p.Begin(context.Background(), visit(1000, "EUR", "one"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		kind   string
		object map[string]any
		want   string
		amount int64
	}{
		{"checkout.session.completed", s.Visit(made.ID, "pi_1", "unpaid", nil), pay.Processing, 1000},
		{"checkout.session.async_payment_succeeded", s.Visit(made.ID, "pi_1", "paid", nil), pay.Paid, 1000},
		{"checkout.session.async_payment_failed", s.Visit(made.ID, "pi_1", "unpaid", nil), pay.Failed, 1000},
		{"checkout.session.expired", s.Visit(made.ID, "", "unpaid", map[string]any{"payment_intent": nil}), pay.Expired, 1000},
		{"charge.refunded", standin.Charge("pi_1", "eur", "0AbcDefGhiJ", 1000, 400), pay.Refunded, 400},
		{"charge.dispute.created", standin.Dispute("pi_1", "eur", "needs_response", 1000), pay.Disputed, 1000},
		{"charge.dispute.closed", standin.Dispute("pi_1", "eur", "won", 1000), pay.DisputeWon, 1000},
		{"charge.dispute.closed", standin.Dispute("pi_1", "eur", "lost", 1000), pay.DisputeLost, 1000},
		{"customer.created", map[string]any{"id": "cus_1", "object": "customer"}, "", 0},
		{"charge.refunded", standin.Charge("", "eur", "", 1000, 400), "", 0},
	} {
		body := standin.Event("evt_1", c.kind, at, c.object)
		event, known, err := p.Read(body, standin.Sign(body, at, standin.Webhook), at)
		if err != nil || known != (c.want != "") || event.Kind != c.want || event.Amount != c.amount {
			t.Errorf("%s: %+v, %v, %v", c.kind, event, known, err)
		}
	}
}
