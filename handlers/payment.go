package handlers

import (
	"errors"
	"log/slog"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/web"
)

// paying is where the payment provider tells what became of payments.
type paying struct{ *web.App }

// told takes one thing that it tells. The signature over the whole body is the proof; what
// cannot be taken yet is asked for again by answering 409.
func (p paying) told(c *fiber.Ctx) error {
	if p.Payments == nil {
		return db.ErrNotFound
	}
	told, known, err := p.Payments.Read(c.Body(), c.Get("Stripe-Signature"), p.Store.Now())
	if err != nil {
		slog.Warn("what came as the payment provider's was refused", "error", err)
		return c.Status(fiber.StatusBadRequest).SendString("refused")
	}
	if !known {
		return c.SendString("not needed")
	}
	invoice, err := db.ParseID(told.Invoice)
	if err != nil {
		invoice = 0
	}
	outcome, err := p.Store.TakePayEvent(db.PayEvent{ID: told.ID, Kind: told.Kind, Session: told.Session, Payment: told.Payment, Currency: told.Currency, Invoice: invoice, Amount: told.Amount, At: told.At})
	if errors.Is(err, db.ErrNotFound) {
		return c.Status(fiber.StatusConflict).SendString("later")
	}
	if err != nil {
		return err
	}
	if outcome == db.PayRefused {
		slog.Error("a payment does not fit its invoice", "event", told.ID, "invoice", told.Invoice)
	}
	return c.SendString(outcome)
}
