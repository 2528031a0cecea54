package views

import (
	"slices"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"vitrine/db/bill"
)

// TaxName is what a tax is called: "VAT 24%", "Reverse charge".
func (w *Words) TaxName(t bill.Tax) string {
	if charged(t) {
		return w.T("invoice-paper.tax") + " " + w.Rate(t.Rate)
	}
	return invoicing{Words: w}.tax(t)
}

// MoneyOff is Money of what was given back or paid too much, without its sign.
func (w *Words) MoneyOff(minor int64, code string) string { return w.Money(-minor, code) }

// Country is one by its code (ISO 3166-1 alpha-2) and name.
type Country struct{ Code, Name string }

// CountryName is what a country is called (ISO 3166-1 alpha-2), its code where it has no name.
func (w *Words) CountryName(code string) string {
	if region, err := language.ParseRegion(code); err == nil {
		if name := display.Regions(language.Make(w.Language)).Name(region); name != "" {
			return name
		}
	}
	return code
}

var countries sync.Map // by language

// Countries are all of them, in the order of their names.
func (w *Words) Countries() []Country {
	if known, ok := countries.Load(w.Language); ok {
		return known.([]Country)
	}
	in := language.Make(w.Language)
	names := display.Regions(in)
	var list []Country
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			region, err := language.ParseRegion(code)
			if err == nil && region.IsCountry() && region.String() == code && names.Name(region) != "" {
				list = append(list, Country{code, names.Name(region)})
			}
		}
	}
	order := collate.New(in)
	slices.SortFunc(list, func(a, b Country) int { return order.CompareString(a.Name, b.Name) })
	countries.Store(w.Language, list)
	return list
}
