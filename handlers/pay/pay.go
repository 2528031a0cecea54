// Package pay is the payment provider: the one seam through which money is asked for online,
// given back, and told of. It knows nothing of the store.
package pay

import (
	"context"
	"errors"
	"time"
)

// Checkout is a visit to the provider's page. Amount is in minor units of Currency (ISO 4217);
// asking twice with the same Key makes one. Payers come back to Success or Cancel.
type Checkout struct {
	Invoice, Number, Title, Mail, Language string
	Currency, Success, Cancel, Key         string
	Amount                                 int64
	Expires                                time.Time
}

// Session is where the page is.
type Session struct {
	ID, URL string
}

// Event is what the provider told. Payment is its name for the payment; Amount is in minor
// units, of a refund all that was given back so far. Invoice is "" where it does not say.
type Event struct {
	ID, Kind                            string
	Session, Payment, Invoice, Currency string
	Amount                              int64
	At                                  time.Time
}

// Kinds of events, named as db.PayEvent has them.
const (
	Processing  = "processing"
	Paid        = "paid"
	Failed      = "failed"
	Expired     = "expired"
	Refunded    = "refunded"
	Disputed    = "disputed"
	DisputeWon  = "dispute-won"
	DisputeLost = "dispute-lost"
)

// Provider takes payments.
type Provider interface {
	// Begin opens the page of a visit.
	Begin(context.Context, Checkout) (Session, error)
	// Expire ends a page that nobody has paid on.
	Expire(ctx context.Context, session string) error
	// Refund gives an amount of a payment back: once for each key.
	Refund(ctx context.Context, payment string, amount int64, currency, key string) error
	// Read checks what came as the provider's and reads it. known is false for what is
	// of no use here.
	Read(body []byte, signature string, now time.Time) (event Event, known bool, err error)
	// Page is the origin of the provider's page, to which forms may lead.
	Page() string
}

// ErrAmount says that the provider cannot take such an amount.
var ErrAmount = errors.New("the payment provider cannot take this amount")
