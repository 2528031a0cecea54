package pay

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v85/webhook"
)

// What may be wrong with what came as Stripe's.
var (
	ErrSignature = errors.New("the signature is wrong")
	ErrOld       = errors.New("it is older or newer than five minutes")
	ErrShape     = errors.New("it has another shape")
	ErrMode      = errors.New("it is of another mode than the keys")
)

// window is how far what is told may lie from now, on either side.
const window = 300 * time.Second

// envelope is an event of Stripe (docs.stripe.com/api/events/object).
type envelope struct {
	ID       string `json:"id"`
	Object   string `json:"object"`
	Type     string `json:"type"`
	Created  int64  `json:"created"`
	Livemode *bool  `json:"livemode"`
	Data     struct {
		Object json.RawMessage `json:"object"`
	} `json:"data"`
}

// Read checks the signature over the whole body, the moment at which it was made, and that it is
// of the same mode as the keys.
func (s *stripe) Read(body []byte, signature string, now time.Time) (event Event, known bool, err error) {
	if err := webhook.ValidatePayloadIgnoringTolerance(body, signature, s.webhook); err != nil {
		return event, false, ErrSignature
	}
	made, err := signedAt(signature)
	if err != nil {
		return event, false, err
	}
	if off := now.Sub(made); off > window || off < -window {
		return event, false, ErrOld
	}
	var e envelope
	if err := json.Unmarshal(body, &e); err != nil || e.ID == "" || e.Object != "event" || e.Created <= 0 || e.Livemode == nil || len(e.Data.Object) == 0 {
		return event, false, ErrShape
	}
	if *e.Livemode != s.live() {
		return event, false, ErrMode
	}
	event = Event{ID: e.ID, At: time.Unix(e.Created, 0)}
	read, ok := readers[e.Type]
	if !ok {
		return event, false, nil
	}
	if err := read(e.Data.Object, &event); err != nil {
		return event, false, fmt.Errorf("%w: %s", ErrShape, e.Type)
	}
	return event, event.Kind != "", nil
}

// signedAt is the moment that a signature is for: the one "t" of its header.
func signedAt(signature string) (made time.Time, err error) {
	for part := range strings.SplitSeq(signature, ",") {
		text, ok := strings.CutPrefix(part, "t=")
		if !ok {
			continue
		}
		if !made.IsZero() {
			return made, ErrSignature
		}
		seconds, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return made, ErrSignature
		}
		made = time.Unix(seconds, 0)
	}
	if made.IsZero() {
		return made, ErrSignature
	}
	return made, nil
}

var readers = map[string]func(json.RawMessage, *Event) error{
	"checkout.session.completed":               visit(""),
	"checkout.session.async_payment_succeeded": visit(Paid),
	"checkout.session.async_payment_failed":    visit(Failed),
	"checkout.session.expired":                 visit(Expired),
	"charge.refunded":                          charged,
	"charge.dispute.created":                   disputed,
	"charge.dispute.closed":                    disputed,
}

// visit reads a checkout session. Completed and not paid yet means that the money is on its way.
func visit(kind string) func(json.RawMessage, *Event) error {
	return func(text json.RawMessage, event *Event) error {
		var of struct {
			ID        string            `json:"id"`
			Object    string            `json:"object"`
			Amount    *int64            `json:"amount_total"`
			Currency  string            `json:"currency"`
			Reference string            `json:"client_reference_id"`
			Metadata  map[string]string `json:"metadata"`
			Payment   string            `json:"payment_intent"`
			Status    string            `json:"payment_status"`
		}
		if err := json.Unmarshal(text, &of); err != nil {
			return err
		}
		if of.ID == "" || of.Object != "checkout.session" || of.Amount == nil || of.Currency == "" {
			return ErrShape
		}
		event.Kind, event.Session, event.Payment, event.Currency, event.Invoice = kind, of.ID, of.Payment, strings.ToUpper(of.Currency), of.Reference
		if of.Metadata["invoice"] != of.Reference { // both are ours: one was changed
			return ErrShape
		}
		if kind == "" {
			event.Kind = map[string]string{"paid": Paid, "unpaid": Processing}[of.Status]
		}
		if event.Payment == "" && event.Kind != Expired {
			return ErrShape
		}
		var err error
		event.Amount, err = fromStripe(*of.Amount, event.Currency)
		return err
	}
}

// charged reads a charge of which something was given back.
func charged(text json.RawMessage, event *Event) error {
	var of struct {
		Object   string            `json:"object"`
		Payment  string            `json:"payment_intent"`
		Currency string            `json:"currency"`
		Refunded *int64            `json:"amount_refunded"`
		Metadata map[string]string `json:"metadata"`
	}
	if err := json.Unmarshal(text, &of); err != nil {
		return err
	}
	if of.Object != "charge" || of.Refunded == nil || of.Currency == "" {
		return ErrShape
	}
	if of.Payment == "" { // of another way to pay than ours
		return nil
	}
	event.Kind, event.Payment, event.Currency, event.Invoice = Refunded, of.Payment, strings.ToUpper(of.Currency), of.Metadata["invoice"]
	var err error
	event.Amount, err = fromStripe(*of.Refunded, event.Currency)
	return err
}

// disputed reads a dispute, which ends won, lost, or as a mere warning.
func disputed(text json.RawMessage, event *Event) error {
	var of struct {
		Object   string `json:"object"`
		Payment  string `json:"payment_intent"`
		Currency string `json:"currency"`
		Amount   *int64 `json:"amount"`
		Status   string `json:"status"`
	}
	if err := json.Unmarshal(text, &of); err != nil {
		return err
	}
	if of.Object != "dispute" || of.Amount == nil || of.Currency == "" || of.Status == "" {
		return ErrShape
	}
	if of.Payment == "" {
		return nil
	}
	event.Kind, event.Payment, event.Currency = Disputed, of.Payment, strings.ToUpper(of.Currency)
	switch of.Status {
	case "won", "warning_closed":
		event.Kind = DisputeWon
	case "lost":
		event.Kind = DisputeLost
	}
	var err error
	event.Amount, err = fromStripe(*of.Amount, event.Currency)
	return err
}
