package db

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"vitrine/db/bill"
)

// BillSettings are what stands on every bill unless it says otherwise. Rates are those that
// are offered, the usual one first; Ladder are the days before (below zero) and after the due day on which
// people are reminded. Texts are by language.
type BillSettings struct {
	Seller             bill.Party
	Account, IBAN, BIC string
	Currency           string
	Days               int // until a bill is due
	Rates              []bill.Rate
	Rounding           string
	Series, Credits    string // what numbers begin with, of invoices and of credit notes
	Ladder             []int
	Pay, Terms         map[string]string
	Consent            bool // payers agree that work begins at once
	Consents           map[string]string
	Version            string // of the settings
}

// BillTexts are the languages in which bills can be written.
var BillTexts = []string{"en", "el"}

// BillForm is what owner and admins fill in about bills.
type BillForm struct {
	Name, Address, Country, VAT, Code, Mail   string
	Account, IBAN, BIC, Currency, Days, Rates string
	Rounding, Series, Credits, Ladder         string
	Pay, Terms, Consents                      map[string]string
	Consent                                   bool
	Version                                   string
}

func readBilling(r source) (b BillSettings, err error) {
	type pair struct{ key, value string }
	pairs, err := all(r, func(p *pair) []any { return []any{&p.key, &p.value} }, "SELECT key, value FROM setting WHERE key >= 'bill.' AND key < 'bill/' OR key IN ('settings.version', 'workspace.name', 'workspace.address')")
	if err != nil {
		return b, err
	}
	found := map[string]string{}
	for _, p := range pairs {
		found[p.key] = p.value
	}
	b = BillSettings{Account: found["bill.account"], IBAN: found["bill.iban"], BIC: found["bill.bic"], Currency: found["bill.currency"], Rounding: found["bill.rounding"],
		Series: found["bill.series"], Credits: found["bill.credit-series"], Consent: found["bill.consent"] == "1", Version: found["settings.version"],
		Pay: map[string]string{}, Terms: map[string]string{}, Consents: map[string]string{}}
	b.Seller = bill.Party{Name: found["bill.name"], Street: found["bill.address"], Country: found["bill.country"], VAT: found["bill.vat"], Code: found["bill.code"], Mail: found["bill.email"]}
	if b.Seller.Name == "" {
		b.Seller.Name = found["workspace.name"]
	}
	if b.Seller.Street == "" {
		b.Seller.Street = found["workspace.address"]
	}
	b.Days, _ = strconv.Atoi(found["bill.days"])
	for _, text := range strings.Fields(found["bill.rates"]) {
		if rate, err := bill.ParseNumber(text, 2); err == nil {
			b.Rates = append(b.Rates, bill.Rate(rate))
		}
	}
	for _, text := range strings.Fields(found["bill.ladder"]) {
		if days, err := strconv.Atoi(text); err == nil {
			b.Ladder = append(b.Ladder, days)
		}
	}
	for _, in := range BillTexts {
		b.Pay[in], b.Terms[in], b.Consents[in] = found["bill.pay."+in], found["bill.terms."+in], found["bill.consent."+in]
	}
	return b, nil
}

// Billing reads them, for whoever of the team works on bills.
func (v *Viewer) Billing() (BillSettings, error) {
	if _, err := value[ID](v.source, "SELECT m.company_id FROM visible_company_team v JOIN may_bill m ON m.viewer_id = v.viewer_id AND m.company_id = v.company_id WHERE v.viewer_id = ? LIMIT 1", v.ID); err != nil {
		return BillSettings{}, err
	}
	return readBilling(v.source)
}

// BillSettings reads them for owner and admins.
func (s *Store) BillSettings(actor Actor) (b BillSettings, err error) {
	err = s.read(func(r source) error {
		if _, err := administers(r, actor); err != nil {
			return err
		}
		b, err = readBilling(r)
		return err
	})
	return b, err
}

// Ready says whether bills can be sent: the seller has a name, an address and a country.
func (b BillSettings) Ready() bool {
	return b.Seller.Name != "" && b.Seller.Street != "" && b.Seller.Country != ""
}

// Form is the form that would leave everything as it is.
func (b BillSettings) Form() BillForm {
	f := BillForm{Name: b.Seller.Name, Address: b.Seller.Street, Country: b.Seller.Country, VAT: b.Seller.VAT, Code: b.Seller.Code, Mail: b.Seller.Mail,
		Account: b.Account, IBAN: b.IBAN, BIC: b.BIC, Currency: b.Currency, Days: strconv.Itoa(b.Days), Rounding: b.Rounding, Series: b.Series, Credits: b.Credits,
		Pay: b.Pay, Terms: b.Terms, Consents: b.Consents, Consent: b.Consent, Version: b.Version}
	for i, rate := range b.Rates {
		if i > 0 {
			f.Rates += " "
		}
		f.Rates += bill.Short(int64(rate), 2)
	}
	for i, days := range b.Ladder {
		if i > 0 {
			f.Ladder += " "
		}
		f.Ladder += strconv.Itoa(days)
	}
	return f
}

// SetBilling changes them; owner and admins only. What was sent stays as it is.
func (s *Store) SetBilling(actor Actor, form BillForm) error {
	return s.write(func(tx *Tx) error {
		if _, err := tx.mayAdminister(actor); err != nil {
			return err
		}
		now, err := readBilling(tx)
		if err != nil {
			return err
		}
		rows, err := form.rows()
		if err != nil {
			return err
		}
		if form.Version != now.Version {
			version, _ := strconv.ParseInt(now.Version, 10, 64)
			return &Conflict{Version: version, Theirs: map[string]string{"name": now.Seller.Name}}
		}
		for _, row := range rows {
			if err := tx.run("INSERT INTO setting (key, value) VALUES (?,?) ON CONFLICT DO UPDATE SET value = excluded.value", row[0], row[1]); err != nil {
				return err
			}
		}
		if err := tx.audit(actor.ID, "billing.changed", 0, 0, ""); err != nil {
			return err
		}
		return tx.touchSettings()
	})
}

const (
	maxLadder = 8
	maxRates  = 8
)

func (f BillForm) rows() (rows [][2]string, err error) {
	add := func(key, value string) { rows = append(rows, [2]string{"bill." + key, value}) }
	for _, line := range []struct {
		key, field, text string
		max              int
	}{{"name", "name", f.Name, 200}, {"code", "code", f.Code, 60}, {"email", "mail", f.Mail, 254}, {"account", "account", f.Account, 200}, {"bic", "bic", f.BIC, 11}, {"series", "series", f.Series, 12}, {"credit-series", "credits", f.Credits, 12}} {
		text, err := cleanLine(line.field, line.text, line.max)
		if err != nil {
			return nil, err
		}
		add(line.key, text)
	}
	for _, text := range []struct{ key, field, text string }{{"address", "address", f.Address}, {"pay.en", "pay_en", f.Pay["en"]}, {"pay.el", "pay_el", f.Pay["el"]},
		{"terms.en", "terms_en", f.Terms["en"]}, {"terms.el", "terms_el", f.Terms["el"]}, {"consent.en", "consent_en", f.Consents["en"]}, {"consent.el", "consent_el", f.Consents["el"]}} {
		clean, err := cleanText(text.field, text.text, 2000)
		if err != nil {
			return nil, err
		}
		if f.Consent && strings.HasPrefix(text.key, "consent.") && clean == "" {
			return nil, invalid(text.field, "billing.consent-empty")
		}
		add(text.key, clean)
	}
	if !f.series(f.Series) {
		return nil, invalid("series", "billing.series-invalid")
	}
	if !f.series(f.Credits) || strings.EqualFold(strings.TrimSpace(f.Series), strings.TrimSpace(f.Credits)) {
		return nil, invalid("credits", "billing.series-invalid")
	}
	country, err := cleanCountry("country", f.Country)
	if err != nil {
		return nil, err
	}
	vat, err := cleanVATOf(country, "vat", f.VAT)
	if err != nil {
		return nil, err
	}
	iban := strings.ToUpper(strings.Join(strings.Fields(f.IBAN), ""))
	if iban != "" && !bill.CheckIBAN(iban) {
		return nil, invalid("iban", "billing.iban-invalid")
	}
	currency, err := cleanCurrency("currency", f.Currency)
	if err != nil {
		return nil, err
	}
	days, err := strconv.Atoi(strings.TrimSpace(f.Days))
	if err != nil || days < 0 || days > 365 {
		return nil, invalid("days", "billing.days-invalid")
	}
	rates, err := f.rates()
	if err != nil {
		return nil, err
	}
	ladder, err := f.ladder()
	if err != nil {
		return nil, err
	}
	if !oneOf(f.Rounding, bill.PerTotal, bill.PerLine) {
		return nil, invalid("rounding", "choice.unknown")
	}
	add("country", country)
	add("vat", vat)
	add("iban", iban)
	add("currency", currency)
	add("days", strconv.Itoa(days))
	add("rates", rates)
	add("ladder", ladder)
	add("rounding", f.Rounding)
	add("consent", map[bool]string{true: "1", false: "0"}[f.Consent])
	return rows, nil
}

// series are letters and digits: they become part of numbers, file names and addresses.
func (BillForm) series(text string) bool {
	return !strings.ContainsFunc(strings.TrimSpace(text), func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
}

func (f BillForm) rates() (string, error) {
	var rates []string
	for _, text := range strings.FieldsFunc(f.Rates, func(r rune) bool { return r == ' ' || r == ';' || r == '%' || r == '\n' || r == '\t' }) {
		rate, err := bill.ParseNumber(text, 2)
		if err != nil || rate < 0 || rate > int64(bill.Whole) {
			return "", invalid("rates", "billing.rates-invalid")
		}
		if short := bill.Short(rate, 2); !slices.Contains(rates, short) {
			rates = append(rates, short)
		}
	}
	if len(rates) == 0 || len(rates) > maxRates {
		return "", invalid("rates", "billing.rates-invalid")
	}
	return strings.Join(rates, " "), nil
}

func (f BillForm) ladder() (string, error) {
	var days []int
	for _, text := range strings.FieldsFunc(f.Ladder, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '\n' || r == '\t' }) {
		day, err := strconv.Atoi(strings.Replace(text, "\u2212", "-", 1))
		if err != nil || day < -30 || day > 365 {
			return "", invalid("ladder", "billing.ladder-invalid")
		}
		days = append(days, day)
	}
	slices.Sort(days)
	if days = slices.Compact(days); len(days) > maxLadder {
		return "", invalid("ladder", "billing.ladder-invalid")
	}
	var texts []string
	for _, day := range days {
		texts = append(texts, strconv.Itoa(day))
	}
	return strings.Join(texts, " "), nil
}

func cleanCurrency(field, text string) (string, error) {
	code := strings.ToUpper(strings.TrimSpace(text))
	if _, known := bill.Scale(code); !known {
		return "", invalid(field, "currency.unknown")
	}
	return code, nil
}

// cleanCountry reads a country of ISO 3166-1 alpha-2, "" for none.
func cleanCountry(field, text string) (string, error) {
	code := strings.ToUpper(strings.TrimSpace(text))
	if code == "" {
		return "", nil
	}
	region, err := language.ParseRegion(code)
	if err != nil || len(code) != 2 || !region.IsCountry() || region.String() != code {
		return "", invalid(field, "country.unknown")
	}
	return code, nil
}

// cleanVATOf reads a VAT number and checks its shape where the country's is known.
func cleanVATOf(country, field, text string) (string, error) {
	number := strings.ToUpper(strings.NewReplacer(" ", "", ".", "", "-", "").Replace(strings.TrimSpace(text)))
	if number != "" && !bill.CheckVAT(country, number) {
		return "", invalid(field, "billing.vat-invalid")
	}
	return number, nil
}
