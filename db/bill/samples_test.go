package bill

import "testing"

// What published examples of EN 16931 come to (CEN/TC 434), in minor units: their lines,
// and what they take off or add, come to the very sums that stand on them.
func TestPublishedSums(t *testing.T) {
	s := func(percent Rate) Tax { return Tax{Standard, percent * 100} }
	for _, at := range []struct {
		name  string
		paper Paper
		want  Totals
	}{
		{"a credit note", Paper{Kind: Credit, Currency: "EUR", Lines: []Line{{Quantity: 1000, Price: 10011, Tax: Tax{Category: Zero}}}},
			Totals{Sum: 10011, Net: 10011, Total: 10011, Due: 10011, Taxes: []TaxSum{{Tax{Category: Zero}, 10011, 0}}}},
		{"goods on a purchase order", Paper{Currency: "NOK", Prepaid: 100000, Lines: []Line{
			// It counts two at the price of both, takes 12.00 off and adds 12.00: nothing in all.
			{Quantity: 1000, Price: 127300, Tax: s(25)},
			{Quantity: -1000, Price: 396, Tax: s(15)},
			{Quantity: 2000, Price: 248, Tax: s(15)},
			{Quantity: -1000, Price: 2500, Tax: Tax{Category: Exempt}},
			{Quantity: 250_000, Price: 75, Tax: s(25)},
		}, Extras: []Extra{{"Loyalty", -10000, s(25)}, {"Packing", 10000, s(25)}}},
			Totals{Sum: 143650, Off: 10000, Extra: 10000, Net: 143650, Tax: 36528, Total: 180178, Due: 80178,
				Taxes: []TaxSum{{s(25), 146050, 36513}, {s(15), 100, 15}, {Tax{Category: Exempt}, -2500, 0}}}},
		{"shares of lines and of the whole", Paper{Currency: "DKK", Prepaid: 233750, Lines: []Line{
			// A tenth off and a charge of a tenth: nothing in all.
			{Quantity: 1_000_000, Price: 100, Tax: s(25)},
			{Quantity: 100_000, Price: 500, Tax: s(25)},
			{Quantity: 500_000, Price: 500, Tax: s(12)},
		}, Extras: []Extra{{"Loyalty", -15000, s(25)}, {"Packing", 15000, s(25)}}},
			Totals{Sum: 400000, Off: 15000, Extra: 15000, Net: 400000, Tax: 67500, Total: 467500, Due: 233750,
				Taxes: []TaxSum{{s(25), 150000, 37500}, {s(12), 250000, 30000}}}},
	} {
		got, err := at.paper.Reckon()
		got.Lines = nil
		if err != nil || got.Sum != at.want.Sum || got.Off != at.want.Off || got.Extra != at.want.Extra || got.Net != at.want.Net || got.Tax != at.want.Tax || got.Total != at.want.Total || got.Due != at.want.Due {
			t.Errorf("%s comes to %+v, not %+v, %v", at.name, got, at.want, err)
		}
		for i, tax := range at.want.Taxes {
			if i >= len(got.Taxes) || got.Taxes[i] != tax {
				t.Errorf("%s: taxes are %+v, not %+v", at.name, got.Taxes, at.want.Taxes)
			}
		}
	}
}
