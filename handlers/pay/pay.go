// Package pay is the payment provider.
package pay

import (
	"context"
	"time"
)

type Checkout struct {
	Invoice, Number, Title, Mail, Language, Currency, Success, Cancel, Key string
	Amount                                                                 int64
	Expires                                                                time.Time
}

type Session struct {
	ID, URL string
	Expires time.Time
}

type Event struct {
	ID, Kind, Session, Payment, Invoice, Currency, Reason string
	Amount                                                int64
	At                                                    time.Time
}

type Provider interface {
	Begin(context.Context, Checkout) (Session, error)
	Refund(ctx context.Context, payment string, amount int64, currency, key string) error
	Read(body []byte, signature string, now time.Time) (Event, bool, error)
	Expire(ctx context.Context, session string) error
}
