package team

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
)

// refundOnline asks the payment provider to give money back. It counts once the provider tells
// that it did.
func (t *Team) refundOnline(c *fiber.Ctx, payment db.ID, amount string) error {
	if t.Payments == nil {
		return db.ErrNotFound
	}
	name, currency, minor, before, err := t.Store.PaymentAtProvider(t.Actor(c), payment, amount)
	if err != nil {
		return err
	}
	// The same amount on top of the same refunds is the same wish: clicked twice it is done once.
	key := fmt.Sprintf("refund-%s-%d-%d", payment, before, minor)
	if err := t.Payments.Refund(c.Context(), name, minor, currency, key); err != nil {
		t.Log.Error("the payment provider did not give money back", "payment", payment, "error", err)
		return &db.Invalid{Field: "amount", Key: "payment.refund-refused"}
	}
	return nil
}
