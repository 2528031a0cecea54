package bill

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
)

// What an e-invoice says it keeps to: the core of EN 16931-1 in UBL 2.1.
const (
	customization = "urn:cen.eu:en16931:2017"
	xmlInvoice    = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
	xmlCredit     = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
	xmlAggregate  = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
	xmlBasic      = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
)

// typeCodes are UNCL 1001's: a commercial invoice, a prepayment invoice, a credit note.
var typeCodes = map[string]string{Invoice: "380", Deposit: "386", Credit: "381"}

// exemptions are the codes (VATEX) and reasons for lines that bear no tax.
var exemptions = map[string][2]string{Reverse: {"VATEX-EU-AE", "Reverse charge"}, Supply: {"VATEX-EU-IC", "Intra-Community supply"}, Export: {"VATEX-EU-G", "Export outside the EU"}, Outside: {"VATEX-EU-O", "Not subject to VAT"}}

// XML is the paper as an e-invoice: UBL 2.1 with the terms of EN 16931-1, in the order that its schema
// wants. Ask Problems first: what would break its rules is written all the same.
func (p Paper) XML() ([]byte, error) {
	sums, err := p.Reckon()
	if err != nil {
		return nil, err
	}
	u := &ubl{Paper: p, sums: sums}
	u.scale, _ = Scale(p.Currency)
	root, space := "Invoice", xmlInvoice
	if p.Kind == Credit {
		root, space = "CreditNote", xmlCredit
	}
	u.out.WriteString(xml.Header)
	u.out.WriteString("<" + root + ` xmlns="` + space + `" xmlns:cac="` + xmlAggregate + `" xmlns:cbc="` + xmlBasic + `">` + "\n")
	u.head()
	u.party("AccountingSupplierParty", p.Seller)
	u.party("AccountingCustomerParty", p.Buyer)
	u.delivery()
	u.payment()
	for _, extra := range p.Extras {
		u.extra(extra)
	}
	u.taxes()
	u.totals()
	for n, line := range p.Lines {
		u.line(n, line, sums.Lines[n])
	}
	u.out.WriteString("</" + root + ">\n")
	return u.out.Bytes(), nil
}

// ubl writes a paper, element by element.
type ubl struct {
	Paper
	sums  Totals
	scale int
	out   bytes.Buffer
	depth int
}

// in writes an element that holds others.
func (u *ubl) in(name string, inside func()) {
	u.indent()
	u.out.WriteString("<cac:" + name + ">\n")
	u.depth++
	inside()
	u.depth--
	u.indent()
	u.out.WriteString("</cac:" + name + ">\n")
}

// say writes an element with a text; an empty one is left out. with are names and values of attributes.
func (u *ubl) say(name, text string, with ...string) {
	if text == "" {
		return
	}
	u.indent()
	u.out.WriteString("<cbc:" + name)
	for i := 0; i < len(with); i += 2 {
		u.out.WriteString(" " + with[i] + `="`)
		xml.EscapeText(&u.out, []byte(with[i+1]))
		u.out.WriteString(`"`)
	}
	u.out.WriteString(">")
	xml.EscapeText(&u.out, []byte(text))
	u.out.WriteString("</cbc:" + name + ">\n")
}

func (u *ubl) indent() { u.out.WriteString(strings.Repeat("  ", u.depth+1)) }

func (u *ubl) amount(name string, minor int64) {
	u.say(name, Typed(minor, u.scale), "currencyID", u.Currency)
}

func (u *ubl) head() {
	u.say("CustomizationID", customization)
	u.say("ID", u.Number)
	u.say("IssueDate", u.IssuedOn)
	if u.Kind == Credit {
		u.say("CreditNoteTypeCode", typeCodes[u.Kind])
	} else {
		u.say("DueDate", u.DueOn)
		u.say("InvoiceTypeCode", typeCodes[u.Kind])
	}
	u.say("Note", u.Note)
	u.say("DocumentCurrencyCode", u.Currency)
	if u.From != "" || u.To != "" {
		u.in("InvoicePeriod", func() {
			u.say("StartDate", u.From)
			u.say("EndDate", u.To)
		})
	}
	if u.Order != "" {
		u.in("OrderReference", func() { u.say("ID", u.Order) })
	}
	if u.Credits != "" {
		u.in("BillingReference", func() {
			u.in("InvoiceDocumentReference", func() {
				u.say("ID", u.Credits)
				u.say("IssueDate", u.CreditsOn)
			})
		})
	}
	if len(u.Projects) > 0 && u.Kind != Credit { // a credit note has no such element
		u.in("ProjectReference", func() { u.say("ID", strings.Join(u.Projects, ", ")) })
	}
}

// party is BG-4 or BG-7. An address has three lines at most.
func (u *ubl) party(name string, p Party) {
	lines := strings.FieldsFunc(p.Street, func(r rune) bool { return r == '\n' || r == '\r' })
	if len(lines) > 3 {
		lines = append(lines[:2], strings.Join(lines[2:], ", "))
	}
	at := func(n int) string {
		if n < len(lines) {
			return strings.TrimSpace(lines[n])
		}
		return ""
	}
	u.in(name, func() {
		u.in("Party", func() {
			u.in("PartyName", func() { u.say("Name", p.Name) })
			u.in("PostalAddress", func() {
				u.say("StreetName", at(0))
				u.say("AdditionalStreetName", at(1))
				u.say("CityName", p.City)
				u.say("PostalZone", p.Post)
				if at(2) != "" {
					u.in("AddressLine", func() { u.say("Line", at(2)) })
				}
				u.in("Country", func() { u.say("IdentificationCode", p.Country) })
			})
			if number := p.VATNumber(); number != "" && !u.outside() {
				u.in("PartyTaxScheme", func() {
					u.say("CompanyID", number)
					u.scheme()
				})
			}
			u.in("PartyLegalEntity", func() {
				u.say("RegistrationName", p.Name)
				u.say("CompanyID", p.Code)
			})
			if p.Contact != "" || p.Mail != "" {
				u.in("Contact", func() {
					u.say("Name", p.Contact)
					u.say("ElectronicMail", p.Mail)
				})
			}
		})
	})
}

func (u *ubl) scheme() { u.in("TaxScheme", func() { u.say("ID", "VAT") }) }

// outside says that nothing on it is subject to VAT: then no VAT number may stand on it (BR-O-02).
func (u *ubl) outside() bool {
	for _, tax := range u.sums.Taxes {
		if tax.Category == Outside {
			return true
		}
	}
	return false
}

// delivery is to the buyer's country where goods go there from another member state (BR-IC-12).
func (u *ubl) delivery() {
	for _, tax := range u.sums.Taxes {
		if tax.Category == Supply {
			u.in("Delivery", func() {
				u.say("ActualDeliveryDate", u.To)
				u.in("DeliveryLocation", func() {
					u.in("Address", func() { u.in("Country", func() { u.say("IdentificationCode", u.Buyer.Country) }) })
				})
			})
		}
	}
}

// payment is BG-16: a transfer (30), in euros a SEPA one (58).
func (u *ubl) payment() {
	if u.IBAN != "" && u.Kind != Credit {
		u.in("PaymentMeans", func() {
			code := "30"
			if u.Currency == "EUR" {
				code = "58"
			}
			u.say("PaymentMeansCode", code)
			u.say("PaymentID", u.Number)
			u.in("PayeeFinancialAccount", func() {
				u.say("ID", u.IBAN)
				u.say("Name", u.Account)
				if u.BIC != "" {
					u.in("FinancialInstitutionBranch", func() { u.say("ID", u.BIC) })
				}
			})
		})
	}
	if terms := strings.TrimSpace(u.Terms + "\n" + u.Pay); terms != "" {
		u.in("PaymentTerms", func() { u.say("Note", terms) })
	}
}

func (u *ubl) extra(extra Extra) {
	charge, amount := extra.Amount > 0, extra.Amount
	if !charge {
		amount = -amount
	}
	u.in("AllowanceCharge", func() {
		u.say("ChargeIndicator", strconv.FormatBool(charge))
		u.say("AllowanceChargeReason", extra.Text)
		u.amount("Amount", amount)
		u.in("TaxCategory", func() { u.category(extra.Tax) })
	})
}

// category is a tax: outside VAT it has no rate (BR-O-05).
func (u *ubl) category(tax Tax) {
	u.say("ID", tax.Category)
	if tax.Category != Outside {
		u.say("Percent", Short(int64(tax.Rate), 2))
	}
	u.scheme()
}

func (u *ubl) taxes() {
	u.in("TaxTotal", func() {
		u.amount("TaxAmount", u.sums.Tax)
		for _, tax := range u.sums.Taxes {
			u.in("TaxSubtotal", func() {
				u.amount("TaxableAmount", tax.Base)
				u.amount("TaxAmount", tax.Amount)
				u.in("TaxCategory", func() {
					u.say("ID", tax.Category)
					if tax.Category != Outside {
						u.say("Percent", Short(int64(tax.Rate), 2))
					}
					u.say("TaxExemptionReasonCode", exemptions[tax.Category][0])
					if tax.Category == Exempt {
						u.say("TaxExemptionReason", u.Exempt)
					}
					u.say("TaxExemptionReason", exemptions[tax.Category][1])
					u.scheme()
				})
			})
		}
	})
}

func (u *ubl) totals() {
	u.in("LegalMonetaryTotal", func() {
		u.amount("LineExtensionAmount", u.sums.Sum)
		u.amount("TaxExclusiveAmount", u.sums.Net)
		u.amount("TaxInclusiveAmount", u.sums.Total)
		if u.sums.Off != 0 {
			u.amount("AllowanceTotalAmount", u.sums.Off)
		}
		if u.sums.Extra != 0 {
			u.amount("ChargeTotalAmount", u.sums.Extra)
		}
		if u.Prepaid != 0 {
			u.amount("PrepaidAmount", u.Prepaid)
		}
		u.amount("PayableAmount", u.sums.Due)
	})
}

// line is BG-25. A price is never below zero (BR-27): the quantity is instead.
func (u *ubl) line(n int, line Line, sum LineSum) {
	name, quantity := "InvoiceLine", "InvoicedQuantity"
	if u.Kind == Credit {
		name, quantity = "CreditNoteLine", "CreditedQuantity"
	}
	count, price := int64(line.Quantity), line.Price
	if price < 0 {
		count, price = -count, -price
	}
	u.in(name, func() {
		u.say("ID", strconv.Itoa(n+1))
		u.say(quantity, Short(count, 3), "unitCode", line.Unit)
		u.amount("LineExtensionAmount", sum.Net)
		u.off(line, sum)
		u.in("Item", func() {
			u.say("Description", line.Detail)
			u.say("Name", line.Text)
			u.in("ClassifiedTaxCategory", func() { u.category(line.Tax) })
		})
		u.in("Price", func() { u.amount("PriceAmount", price) })
	})
}

// off is what is taken off a line, or comes on top of it where that is below zero: UNCL 5189,
// 95 is a discount.
func (u *ubl) off(line Line, sum LineSum) {
	if sum.Off == 0 {
		return
	}
	charge, amount := sum.Off < 0, sum.Off
	if charge {
		amount = -amount
	}
	u.in("AllowanceCharge", func() {
		u.say("ChargeIndicator", strconv.FormatBool(charge))
		if charge {
			u.say("AllowanceChargeReason", "Surcharge")
		} else {
			u.say("AllowanceChargeReasonCode", "95")
		}
		if line.OffRate > 0 && !charge {
			u.say("MultiplierFactorNumeric", Short(int64(line.OffRate), 2))
		}
		u.amount("Amount", amount)
		if line.OffRate > 0 && !charge {
			u.amount("BaseAmount", sum.Gross)
		}
	})
}
