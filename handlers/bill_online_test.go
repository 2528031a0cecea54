package handlers

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/db"
	"vitrine/handlers/pay"
	"vitrine/handlers/pay/standin"
)

// tells posts what the provider would, as it would; change alters the body after it was signed.
func (w *world) tells(id, kind string, object map[string]any, change ...string) answer {
	body := standin.Event(id, kind, time.Now(), object)
	signature := standin.Sign(body, time.Now(), standin.Webhook)
	text := string(body)
	for i := 0; i+1 < len(change); i += 2 {
		text = strings.Replace(text, change[i], change[i+1], 1)
	}
	return w.as("").send(http.MethodPost, "/pay/stripe", strings.NewReader(text), "Stripe-Signature", signature, "Content-Type", "application/json")
}

// connects lets clients pay online at a stand-in.
func (w *world) connects() *standin.Stripe {
	s := standin.New()
	w.t.Cleanup(s.Close)
	provider, err := pay.Stripe(standin.Key, standin.Webhook, s.URL, s.URL)
	w.ok(err)
	w.server.web.Payments = provider
	return s
}

// Paying online: one page however often it is clicked, one payment however often it is told, and none for
// what is forged or does not fit.
func TestPayingOnline(t *testing.T) {
	w := newWorld(t)
	id := w.parts["bill"] // 124.00, of which 20.00 came by bank
	at := "/portal/invoices/" + id.String()
	finance := w.as("finance")
	lacks(t, "the page without keys", finance.get(at).body, `action="`+at+`/pay"`)
	if answer := finance.post(at + "/pay"); answer.status != http.StatusNotFound {
		t.Error("paying without keys answers", answer.status)
	}
	if answer := w.tells("evt_0", "charge.refunded", standin.Charge("pi_1", "eur", "", 1, 1)); answer.status != http.StatusNotFound {
		t.Error("what is told without keys answers", answer.status)
	}
	s := w.connects()
	page := finance.get(at)
	has(t, "the page", page.body, `action="`+at+`/pay"`, "€104.00")
	has(t, "its policy", page.header.Get("Content-Security-Policy"), "form-action 'self' "+s.URL)
	w.agrees()
	has(t, "the page", finance.get(at).body, "Work begins at once")
	if answer := finance.post(at + "/pay"); answer.status != http.StatusUnprocessableEntity || len(s.Sessions()) != 0 {
		t.Error("without agreeing it answers", answer.status)
	}
	if answer := w.as("owner").through("finance").post(at+"/pay", "consent", "yes"); answer.status != http.StatusForbidden {
		t.Error("through a client's eyes it answers", answer.status)
	}
	s.Down = true
	if answer := finance.post(at+"/pay", "consent", "yes"); answer.status != http.StatusBadGateway || !strings.Contains(answer.body, "Nothing was paid") {
		t.Error("while the provider is down it answers", answer.status)
	}
	s.Down = false
	var clicks sync.WaitGroup
	places := make([]string, 8)
	for i := range places {
		hand := w.as("finance")
		clicks.Go(func() { places[i] = hand.post(at+"/pay", "consent", "yes").header.Get("Location") })
	}
	clicks.Wait()
	for _, place := range places {
		if place == "" || place != places[0] || len(s.Sessions()) != 1 {
			t.Fatalf("clicked eight times it leads to %v, %d pages", places, len(s.Sessions()))
		}
	}
	if kept := w.rows("SELECT count(*) FROM checkout WHERE invoice_id = ? AND consent = 'Work begins at once'", int64(id)); kept != 1 {
		t.Error("what was agreed to is kept so often:", kept)
	}
	session := strings.TrimPrefix(places[0], s.URL+"/pay/")
	paid := func(change map[string]any) map[string]any { return s.Visit(session, "pi_1", "paid", change) }
	for name, answer := range map[string]answer{
		"forged":         w.tells("evt_f1", "checkout.session.completed", paid(nil), "10400", "10401"),
		"unsigned":       w.as("").send(http.MethodPost, "/pay/stripe", strings.NewReader("{}")),
		"of real money":  w.tells("evt_f2", "checkout.session.completed", paid(nil), `"livemode":false,"object":"event"`, `"livemode":true,"object":"event"`),
		"two references": w.tells("evt_f3", "checkout.session.completed", paid(map[string]any{"client_reference_id": w.parts["fresh bill"].String()})),
	} {
		if answer.status != http.StatusBadRequest {
			t.Error(name, "answers", answer.status, answer.body)
		}
	}
	foreign := w.parts["foreign bill"].String()
	for name, object := range map[string]map[string]any{
		"another amount":   paid(map[string]any{"amount_total": 1}),
		"another currency": paid(map[string]any{"currency": "usd"}),
		"another invoice":  paid(map[string]any{"client_reference_id": foreign, "metadata": map[string]any{"invoice": foreign}}),
	} {
		if answer := w.tells("evt_"+name, "checkout.session.completed", object); answer.body != db.PayRefused {
			t.Error(name, "answers", answer.status, answer.body)
		}
	}
	if w.bill(id).Paid != 2000 || w.bill(id).Waiting != 0 {
		t.Fatal("something forged was taken:", w.bill(id).Paid)
	}
	if early := w.tells("evt_early", "charge.refunded", standin.Charge("pi_1", "eur", id.String(), 10400, 400)); early.status != http.StatusConflict {
		t.Error("a refund before its payment answers", early.status)
	}
	w.tells("evt_way", "checkout.session.completed", s.Visit(session, "pi_1", "unpaid", nil))
	has(t, "the page while it is on its way", finance.get(at).body, "Payment on its way")
	var copies sync.WaitGroup
	for range 50 {
		copies.Go(func() {
			if answer := w.tells("evt_paid", "checkout.session.async_payment_succeeded", paid(nil)); answer.status != http.StatusOK {
				t.Error("a copy answers", answer.status, answer.body)
			}
		})
	}
	copies.Wait()
	w.tells("evt_late", "checkout.session.completed", s.Visit(session, "pi_1", "unpaid", nil)) // told late: it is paid all the same
	if count := w.rows("SELECT count(*) FROM payment WHERE invoice_id = ? AND provider IS NOT NULL", int64(id)); count != 1 || w.bill(id).Left() != 0 || w.bill(id).Waiting != 0 {
		t.Errorf("fifty copies make %d payments, %d is left", count, w.bill(id).Left())
	}
	if mails := w.rows("SELECT count(*) FROM outbox WHERE kind = 'receipt' AND subject_id = (SELECT id FROM payment WHERE provider = 'pi_1') AND person_id = ?", int64(w.people["finance"].ID)); mails != 1 {
		t.Errorf("%d receipts", mails)
	}
	has(t, "the page in the end", finance.get(at).body, "received online", ">Paid")
	w.refunds(s, id, "pi_1")
}

// refunds gives a part back, and loses the rest to a dispute.
func (w *world) refunds(s *standin.Stripe, id db.ID, name string) {
	t := w.t.(*testing.T)
	owner, payment := w.as("owner"), ""
	w.ok(w.store.View(w.people["owner"], func(v *db.Viewer) error {
		list, err := v.Payments(id)
		for _, p := range list {
			if p.Online {
				payment = p.ID.String()
			}
		}
		return err
	}))
	for range 2 {
		if answer := owner.post("/payments/"+payment+"/refund", "amount", "4", "online", "yes"); answer.status != http.StatusSeeOther {
			t.Error("giving back answers", answer.status)
		}
	}
	if asked := s.Refunds(); len(asked) != 1 || asked[0].Get("amount") != "400" || asked[0].Get("payment_intent") != name {
		t.Error("asked to give back:", asked)
	}
	if answer := owner.post("/payments/"+payment+"/refund", "amount", "105", "online", "yes"); answer.status != http.StatusUnprocessableEntity {
		t.Error("more than was paid is given back:", answer.status)
	}
	for i, told := range []int64{400, 400, 300} { // again, and in the wrong order
		w.tells("evt_back"+strconv.Itoa(i), "charge.refunded", standin.Charge(name, "eur", id.String(), 10400, told))
	}
	if w.bill(id).Paid != 12000 {
		t.Error("after giving back it has", w.bill(id).Paid)
	}
	w.tells("evt_dispute", "charge.dispute.created", standin.Dispute(name, "eur", "needs_response", 10000))
	has(t, "the disputed page", w.as("finance").get("/portal/invoices/"+id.String()).body, "Disputed")
	w.tells("evt_lost", "charge.dispute.closed", standin.Dispute(name, "eur", "lost", 10000))
	if bill := w.bill(id); bill.Paid != 2000 || bill.Disputed {
		t.Errorf("after a lost dispute it has %d, disputed %v", bill.Paid, bill.Disputed)
	}
	if answer := w.tells("evt_foreign", "charge.refunded", standin.Charge("pi_of_others", "eur", "", 100, 100)); answer.body != db.PayForeign {
		t.Error("what is about others answers", answer.body)
	}
}

// agrees has payers agree to something.
func (w *world) agrees() {
	settings, err := w.store.BillSettings(w.actor("owner"))
	w.ok(err)
	form := settings.Form()
	form.Consent, form.Consents = true, map[string]string{"en": "Work begins at once", "el": "Αρχίζουμε αμέσως"}
	w.ok(w.store.SetBilling(w.actor("owner"), form))
}
