package bill

import "slices"

// Problem is a rule of EN 16931-1 that a paper breaks, so that it cannot be an e-invoice.
type Problem string

// Problems are the rules that it breaks: of what can be on a paper here, all that the standard's
// validation would refuse as fatal.
func (p Paper) Problems() (broken []Problem) {
	add := func(wrong bool, rules ...Problem) {
		if wrong {
			broken = append(broken, rules...)
		}
	}
	sums, err := p.Reckon()
	add(err != nil, "BR-DEC")
	add(p.Number == "", "BR-02")
	add(p.IssuedOn == "", "BR-03")
	add(p.Seller.Name == "", "BR-06")
	add(p.Buyer.Name == "", "BR-07")
	add(p.Seller.Country == "", "BR-09")
	add(p.Buyer.Country == "", "BR-11")
	add(len(p.Lines) == 0, "BR-16")
	add(sums.Due > 0 && p.DueOn == "" && p.Terms+p.Pay == "" && p.Kind != Credit, "BR-CO-25")
	scale, known := Scale(p.Currency)
	add(!known, "BR-05")
	add(scale > 2, "BR-DEC") // no amount has more than two decimals
	has := func(category string) bool {
		return slices.ContainsFunc(sums.Taxes, func(t TaxSum) bool { return t.Category == category })
	}
	seller, buyer := p.Seller.VATNumber() != "", p.Buyer.VATNumber() != ""
	for category, rule := range map[string]Problem{Standard: "BR-S-02", Zero: "BR-Z-02", Exempt: "BR-E-02", Reverse: "BR-AE-02", Supply: "BR-IC-02", Export: "BR-G-02"} {
		add(has(category) && !seller, rule)
	}
	add(has(Reverse) && !buyer, "BR-AE-02")
	add(has(Supply) && !buyer, "BR-IC-02")
	add(has(Supply) && p.From == "" && p.To == "", "BR-IC-11") // when it was supplied
	add(has(Exempt) && p.Exempt == "", "BR-E-10")
	add(has(Outside) && len(sums.Taxes) > 1, "BR-O-11")
	for _, extra := range p.Extras {
		add(extra.Text == "", "BR-33", "BR-38")
	}
	for _, tax := range sums.Taxes {
		// Rounded line by line, tax may be off by less than a whole unit of the currency.
		off, unit := share(tax.Base, tax.Rate)-tax.Amount, int64(1)
		for range scale {
			unit *= 10
		}
		add(off <= -unit || off >= unit, "BR-CO-17")
	}
	slices.Sort(broken)
	return slices.Compact(broken)
}
