package pay

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	stripego "github.com/stripe/stripe-go/v85"

	"vitrine/db/bill"
)

// stripe is Stripe Checkout.
type stripe struct {
	secret, webhook string
	client          *stripego.Client
	page            string
}

const (
	stripePage    = "https://checkout.stripe.com"
	stripeTimeout = 20 * time.Second
	stripeRetries = 2 // with the same key, so that nothing is done twice
)

// Stripe is a provider by its secret key and the secret with which it signs what it tells. api and page
// are "" but in tests, where a stand-in answers.
func Stripe(secret, webhook, api, page string) (Provider, error) {
	if !strings.HasPrefix(secret, "sk_") && !strings.HasPrefix(secret, "rk_") || !strings.HasPrefix(webhook, "whsec_") {
		return nil, fmt.Errorf("the keys of Stripe begin with sk_ or rk_, and with whsec_")
	}
	config := &stripego.BackendConfig{HTTPClient: &http.Client{Timeout: stripeTimeout}, MaxNetworkRetries: stripego.Int64(stripeRetries),
		EnableTelemetry: stripego.Bool(false), LeveledLogger: &stripego.LeveledLogger{Level: stripego.LevelNull}}
	if api != "" {
		config.URL = stripego.String(api)
	}
	if page == "" {
		page = stripePage
	}
	backends := &stripego.Backends{API: stripego.GetBackendWithConfig(stripego.APIBackend, config)}
	return &stripe{secret, webhook, stripego.NewClient(secret, stripego.WithBackends(backends)), page}, nil
}

func (s *stripe) Page() string { return s.page }

// live says that the keys move real money.
func (s *stripe) live() bool { return strings.Contains(s.secret[:min(len(s.secret), 8)], "_live_") }

func (s *stripe) Begin(ctx context.Context, c Checkout) (Session, error) {
	amount, err := toStripe(c.Amount, c.Currency)
	if err != nil {
		return Session{}, err
	}
	about := map[string]string{"invoice": c.Invoice, "number": c.Number}
	params := &stripego.CheckoutSessionCreateParams{
		Mode: stripego.String(string(stripego.CheckoutSessionModePayment)), ClientReferenceID: &c.Invoice, CustomerEmail: &c.Mail, Locale: &c.Language,
		SuccessURL: &c.Success, CancelURL: &c.Cancel, ExpiresAt: stripego.Int64(c.Expires.Unix()), Metadata: about,
		PaymentIntentData: &stripego.CheckoutSessionCreatePaymentIntentDataParams{Metadata: about, Description: &c.Title},
		LineItems: []*stripego.CheckoutSessionCreateLineItemParams{{Quantity: stripego.Int64(1), PriceData: &stripego.CheckoutSessionCreateLineItemPriceDataParams{
			Currency: stripego.String(strings.ToLower(c.Currency)), UnitAmount: &amount, ProductData: &stripego.CheckoutSessionCreateLineItemPriceDataProductDataParams{Name: &c.Title}}}},
	}
	params.SetIdempotencyKey(c.Key)
	made, err := s.client.V1CheckoutSessions.Create(ctx, params)
	if err != nil {
		return Session{}, told(err)
	}
	return Session{made.ID, made.URL}, nil
}

func (s *stripe) Expire(ctx context.Context, id string) error {
	_, err := s.client.V1CheckoutSessions.Expire(ctx, id, &stripego.CheckoutSessionExpireParams{})
	return told(err)
}

func (s *stripe) Refund(ctx context.Context, payment string, amount int64, currency, key string) error {
	minor, err := toStripe(amount, currency)
	if err != nil {
		return err
	}
	params := &stripego.RefundCreateParams{PaymentIntent: &payment, Amount: &minor}
	params.SetIdempotencyKey(key)
	_, err = s.client.V1Refunds.Create(ctx, params)
	return told(err)
}

// told keeps of an error what may be logged: no key, no address, no name.
func told(err error) error {
	if err == nil {
		return nil
	}
	if from, ok := err.(*stripego.Error); ok {
		return fmt.Errorf("stripe answered %d %s %s (request %s)", from.HTTPStatusCode, from.Type, from.Code, from.RequestID)
	}
	return fmt.Errorf("stripe could not be reached")
}

// Currencies that Stripe counts otherwise than in hundredths (docs.stripe.com/currencies): without decimals,
// and with three of which the last is 0. It counts ISK and UGX in hundredths though they have none.
const (
	wholeUnits = " BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF "
	thousandth = " BHD JOD KWD OMR TND "
)

// stripeScale is how many decimals Stripe counts with.
func stripeScale(currency string) int {
	switch code := " " + currency + " "; {
	case strings.Contains(wholeUnits, code):
		return 0
	case strings.Contains(thousandth, code):
		return 3
	}
	return 2
}

// toStripe puts minor units of ISO 4217 into Stripe's.
func toStripe(minor int64, currency string) (int64, error) {
	scale, known := bill.Scale(currency)
	if !known || minor <= 0 || minor > 99_999_999_99 {
		return 0, ErrAmount
	}
	by, places := minor, stripeScale(currency)
	for ; scale < places; scale++ {
		by *= 10
	}
	for ; scale > places; scale-- {
		if by%10 != 0 {
			return 0, ErrAmount
		}
		by /= 10
	}
	if places == 3 && by%10 != 0 {
		return 0, ErrAmount
	}
	return by, nil
}

// fromStripe is toStripe back.
func fromStripe(amount int64, currency string) (int64, error) {
	scale, known := bill.Scale(currency)
	if !known || amount < 0 {
		return 0, ErrAmount
	}
	places := stripeScale(currency)
	for ; scale < places; scale++ {
		if amount%10 != 0 {
			return 0, ErrAmount
		}
		amount /= 10
	}
	for ; scale > places; scale-- {
		amount *= 10
	}
	return amount, nil
}
