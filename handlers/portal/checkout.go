package portal

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/pay"
)

// providerDown says that the payment provider's page could not be opened.
type providerDown struct{ cause error }

func (e *providerDown) Error() string { return "the payment provider's page could not be opened" }

// checkout is the address of the payment provider's page for what is owed of an invoice. Where
// payers have to agree to something, they must have.
func (p *Portal) checkout(c *fiber.Ctx, id db.ID, agreed bool) (string, error) {
	var i db.Invoice
	var consent, name string
	if err := p.look(c, func(s sight) (err error) {
		if i, err = s.Glass.Invoice(id); err != nil {
			return err
		}
		name = s.space.Name
		consent, err = s.PayConsent(s.Words.Language)
		return err
	}); err != nil {
		return "", err
	}
	if consent != "" && !agreed {
		return "", &db.Invalid{Field: "consent", Key: "client-bills.consent-missing"}
	}
	visit, stale, err := p.Store.BeginCheckout(p.Actor(c), id, consent)
	if err != nil {
		return "", err
	}
	if stale != "" { // an older page for another amount; at worst it is paid too, and shown as too much
		if err := p.Payments.Expire(c.Context(), stale); err != nil {
			p.Log.Warn("an older payment page could not be ended", "invoice", id, "error", err)
		}
	}
	if visit.URL != "" {
		return visit.URL, nil
	}
	at, words := p.BaseURL+billURL(id), p.Words(c)
	session, err := p.Payments.Begin(c.Context(), pay.Checkout{Invoice: id.String(), Number: i.Number, Title: words.T("client-bills.pay-title", "number", i.Number, "workspace", name), Mail: p.Actor(c).Email,
		Language: words.Language, Currency: visit.Currency, Amount: visit.Amount, Success: at + "?said=paid", Cancel: at, Key: visit.ID.String(), Expires: visit.ExpiresAt.Time})
	if err != nil {
		return "", &providerDown{err}
	}
	return session.URL, p.Store.CheckoutBegun(visit.ID, session.ID, session.URL)
}
