// Package standin is Stripe for tests, on this machine: it opens sessions, gives money back and
// signs what it tells, in the shapes that Stripe documents (docs.stripe.com/api, version 2026-03).
package standin

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"time"
)

// The keys that it knows.
const (
	Key     = "sk_test_standin"
	Webhook = "whsec_standin"
)

// Stripe answers as Stripe would. Down makes it answer 500.
type Stripe struct {
	*httptest.Server
	mu       sync.Mutex
	sessions map[string]url.Values // by id
	keys     map[string]string     // what was answered to an idempotency key
	refunds  []url.Values
	expired  []string
	calls    int
	Down     bool
}

// New begins one on loopback.
func New() *Stripe {
	s := &Stripe{sessions: map[string]url.Values{}, keys: map[string]string{}}
	s.Server = httptest.NewServer(http.HandlerFunc(s.answer))
	return s
}

func (s *Stripe) answer(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r.ParseForm()
	w.Header().Set("Content-Type", "application/json")
	path := r.URL.Path
	switch {
	case strings.HasPrefix(path, "/pay/"):
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<!doctype html><title>Pay</title><h1>The payment page</h1>")
		return
	case r.Header.Get("Authorization") != "Bearer "+Key:
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprint(w, `{"error":{"type":"invalid_request_error","message":"Invalid API Key provided"}}`)
		return
	case s.Down:
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprint(w, `{"error":{"type":"api_error","message":"down"}}`)
		return
	}
	s.calls++
	if key := r.Header.Get("Idempotency-Key"); key != "" {
		if before, ok := s.keys[key]; ok {
			fmt.Fprint(w, before)
			return
		}
		defer func() { s.keys[key] = s.last(r) }()
	}
	switch {
	case path == "/v1/checkout/sessions":
		id := fmt.Sprintf("cs_test_%d", len(s.sessions)+1)
		s.sessions[id] = r.Form
		r.Form.Set("standin", s.session(id))
	case strings.HasSuffix(path, "/expire"):
		s.expired = append(s.expired, strings.Split(path, "/")[4])
		r.Form.Set("standin", `{"id":"`+strings.Split(path, "/")[4]+`","object":"checkout.session","status":"expired"}`)
	case path == "/v1/refunds":
		s.refunds = append(s.refunds, r.Form)
		r.Form.Set("standin", fmt.Sprintf(`{"id":"re_%d","object":"refund","status":"succeeded"}`, len(s.refunds)))
	default:
		w.WriteHeader(http.StatusNotFound)
		return
	}
	fmt.Fprint(w, s.last(r))
}

func (s *Stripe) last(r *http.Request) string { return r.Form.Get("standin") }

func (s *Stripe) session(id string) string {
	text, _ := json.Marshal(map[string]any{"id": id, "object": "checkout.session", "url": s.URL + "/pay/" + id, "status": "open"})
	return string(text)
}

// Sessions are what the pages were opened for, by their ids.
func (s *Stripe) Sessions() map[string]url.Values {
	s.mu.Lock()
	defer s.mu.Unlock()
	copied := map[string]url.Values{}
	for id, form := range s.sessions {
		copied[id] = form
	}
	return copied
}

// Refunds are what was asked to be given back.
func (s *Stripe) Refunds() []url.Values {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]url.Values(nil), s.refunds...)
}

// Expired are the pages that were ended.
func (s *Stripe) Expired() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.expired...)
}

// Visit is what a checkout session looks like when it is told of. With changes what is in it.
func (s *Stripe) Visit(id, payment, status string, with map[string]any) map[string]any {
	form := s.Sessions()[id]
	amount := json.Number(form.Get("line_items[0][price_data][unit_amount]"))
	return merged(map[string]any{"id": id, "object": "checkout.session", "amount_subtotal": amount, "amount_total": amount, "currency": form.Get("line_items[0][price_data][currency]"),
		"client_reference_id": form.Get("client_reference_id"), "customer_email": form.Get("customer_email"), "livemode": false, "metadata": map[string]any{"invoice": form.Get("metadata[invoice]"), "number": form.Get("metadata[number]")},
		"mode": "payment", "payment_intent": payment, "payment_status": status, "status": "complete", "url": nil}, with)
}

// Charge is a charge of which so much was given back.
func Charge(payment, currency, invoice string, amount, refunded int64) map[string]any {
	return map[string]any{"id": "ch_" + payment, "object": "charge", "amount": amount, "amount_refunded": refunded, "currency": currency, "payment_intent": payment, "livemode": false,
		"metadata": map[string]any{"invoice": invoice}, "refunded": refunded == amount, "status": "succeeded"}
}

// Dispute is one of a charge.
func Dispute(payment, currency, status string, amount int64) map[string]any {
	return map[string]any{"id": "dp_" + payment, "object": "dispute", "amount": amount, "currency": currency, "payment_intent": payment, "charge": "ch_" + payment, "livemode": false, "reason": "fraudulent", "status": status}
}

// Event wraps what happened as Stripe sends it.
func Event(id, kind string, at time.Time, object map[string]any) []byte {
	text, err := json.Marshal(map[string]any{"id": id, "object": "event", "api_version": "2026-03-25.dahlia", "created": at.Unix(), "data": map[string]any{"object": object}, "livemode": false,
		"pending_webhooks": 1, "request": map[string]any{"id": nil, "idempotency_key": nil}, "type": kind})
	if err != nil {
		panic(err)
	}
	return text
}

// Sign is the header that proves a body, made at a moment with a secret.
func Sign(body []byte, at time.Time, secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%d.", at.Unix())
	mac.Write(body)
	return fmt.Sprintf("t=%d,v1=%s", at.Unix(), hex.EncodeToString(mac.Sum(nil)))
}

func merged(into, with map[string]any) map[string]any {
	for key, value := range with {
		into[key] = value
	}
	return into
}
