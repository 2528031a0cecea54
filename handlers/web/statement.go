package web

import (
	"github.com/gofiber/fiber/v2"

	"vitrine/db"
)

// Statement is the page of what went to and fro with a company between two days.
type Statement struct {
	At, Company string
	Form        Form
	List        []db.Statement
	Invoices    string // what addresses of invoices begin with
}

// NewStatement reads between which days it is asked for: of this year, unless the address says more.
func NewStatement(c *fiber.Ctx, invoices []db.InvoiceLine, payments []db.Payment, today db.Date) Statement {
	form := FormOf(map[string]string{"from": c.Query("from", string(today)[:4]+"-01-01"), "to": c.Query("to", string(today))})
	from, ok := db.ParseDate(form.Value("from"))
	to, known := db.ParseDate(form.Value("to"))
	if !ok || !known {
		from, to = "", ""
	}
	return Statement{Form: form, List: db.Statements(invoices, payments, from, to), Invoices: "/invoices/"}
}
