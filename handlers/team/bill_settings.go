package team

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// billFields are what the form of the settings of bills sends.
var billFields = []string{"name", "address", "country", "vat", "code", "mail", "account", "iban", "bic", "currency", "days", "rates", "rounding", "series", "credits", "ladder",
	"pay_en", "pay_el", "terms_en", "terms_el", "consent_en", "consent_el", "consent", "version"}

// BillSettings are what stands on every bill.
func (t *Team) BillSettings(c *fiber.Ctx) error {
	settings, err := t.Store.BillSettings(t.Actor(c))
	if err != nil {
		return err
	}
	f := settings.Form()
	form := web.FormOf(map[string]string{"name": f.Name, "address": f.Address, "country": f.Country, "vat": f.VAT, "code": f.Code, "mail": f.Mail, "account": f.Account, "iban": f.IBAN, "bic": f.BIC, "currency": f.Currency,
		"days": f.Days, "rates": f.Rates, "rounding": f.Rounding, "series": f.Series, "credits": f.Credits, "ladder": f.Ladder, "version": f.Version})
	for _, in := range db.BillTexts {
		form.Values["pay_"+in], form.Values["terms_"+in], form.Values["consent_"+in] = f.Pay[in], f.Terms[in], f.Consents[in]
	}
	if f.Consent {
		form.Values["consent"] = "yes"
	}
	return t.billSettings(c, fiber.StatusOK, form)
}

func (t *Team) billSettings(c *fiber.Ctx, status int, form web.Form) error {
	return t.stillAt(c, "settings", status, "team/bill_settings", func(s sight) (content, []live.Region, error) {
		return content{s.T("billing.title"), map[string]any{"Form": form, "Languages": db.BillTexts, "Online": t.Payments != nil, "Webhook": t.BaseURL + "/pay/stripe"}}, nil, nil
	})
}

// SetBillSettings changes them.
func (t *Team) SetBillSettings(c *fiber.Ctx) error {
	form := web.ReadForm(c, billFields...)
	v := form.Value
	f := db.BillForm{Name: v("name"), Address: v("address"), Country: v("country"), VAT: v("vat"), Code: v("code"), Mail: v("mail"), Account: v("account"), IBAN: v("iban"), BIC: v("bic"), Currency: v("currency"),
		Days: v("days"), Rates: v("rates"), Rounding: v("rounding"), Series: v("series"), Credits: v("credits"), Ladder: v("ladder"), Consent: v("consent") != "", Version: v("version"),
		Pay: map[string]string{}, Terms: map[string]string{}, Consents: map[string]string{}}
	for _, in := range db.BillTexts {
		f.Pay[in], f.Terms[in], f.Consents[in] = v("pay_"+in), v("terms_"+in), v("consent_"+in)
	}
	err := t.Store.SetBilling(t.Actor(c), f)
	if conflict := conflictOf(err); conflict != nil {
		form.Values["version"] = strconv.FormatInt(conflict.Version, 10)
		form.Mistakes = web.Mistakes{"form": t.Words(c).T("form.changed-text")}
		return t.billSettings(c, fiber.StatusConflict, form)
	}
	if form.Refused(t.Words(c), err) {
		return t.billSettings(c, fiber.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(c, "/settings/billing?said=saved-settings")
}

// SetPersonBills gives a member the right to work on bills, or takes it.
func (t *Team) SetPersonBills(c *fiber.Ctx) error {
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	return t.personChanged(c, id, t.Store.SetPersonBills(t.Actor(c), id, web.ReadForm(c, "bills").Value("bills") == "yes"), "saved")
}

// Statement is what went to and fro with a company between two days.
func (t *Team) Statement(c *fiber.Ctx) error {
	if err := t.billing(c); err != nil {
		return err
	}
	id, err := web.ParamID(c, "id")
	if err != nil {
		return err
	}
	today, err := t.Store.BillingDay()
	if err != nil {
		return err
	}
	return t.stillAt(c, "invoices", fiber.StatusOK, "team/statement", func(s sight) (content, []live.Region, error) {
		usual, err := s.UsualInvoice(id) // asks for the right to this company's bills
		if err != nil {
			return content{}, nil, err
		}
		company, err := s.Company(usual.CompanyID)
		if err != nil {
			return content{}, nil, err
		}
		list, err := s.Viewer.Invoices(db.InvoiceFilter{Company: id}, today)
		if err != nil {
			return content{}, nil, err
		}
		payments, err := s.CompanyPayments(id)
		page := web.NewStatement(c, list, payments, today)
		page.Company, page.At = company.Name, "/companies/"+id.String()+"/statement"
		return content{s.T("statement.title"), page}, nil, err
	})
}
