package cli

import (
	"errors"

	"vitrine/handlers/pay"
)

// stripeFlags connect paying online. Without them nobody is offered it.
type stripeFlags struct {
	Key     string `help:"Stripe's secret key, so that clients can pay online; better given by the environment." env:"VITRINE_STRIPE_KEY" placeholder:"SECRET"`
	Webhook string `help:"The secret with which Stripe signs what it tells at /pay/stripe." env:"VITRINE_STRIPE_WEBHOOK" placeholder:"SECRET"`
}

// provider is what takes payments, nil when none is configured.
func (f stripeFlags) provider() (pay.Provider, error) {
	switch {
	case f.Key == "" && f.Webhook == "":
		return nil, nil
	case f.Key == "" || f.Webhook == "":
		return nil, errors.New("paying online needs both keys, VITRINE_STRIPE_KEY and VITRINE_STRIPE_WEBHOOK")
	}
	return pay.Stripe(f.Key, f.Webhook, "", "")
}
