package bill

import (
	"regexp"
	"strings"
)

// vatShapes are how VAT numbers look behind the two letters of their country, as the European
// Commission lists them for its register (VIES), with those of some neighbours.
var vatShapes = map[string]*regexp.Regexp{}

func init() {
	for country, shape := range map[string]string{
		"AT": `U\d{8}`, "BE": `[01]\d{9}`, "BG": `\d{9,10}`, "CY": `\d{8}[A-Z]`, "CZ": `\d{8,10}`, "DE": `\d{9}`, "DK": `\d{8}`, "EE": `\d{9}`, "EL": `\d{9}`,
		"ES": `[A-Z0-9]\d{7}[A-Z0-9]`, "FI": `\d{8}`, "FR": `[A-HJ-NP-Z0-9]{2}\d{9}`, "HR": `\d{11}`, "HU": `\d{8}`, "IE": `\d[A-Z0-9+*]\d{5}[A-Z]{1,2}`, "IT": `\d{11}`,
		"LT": `\d{9}|\d{12}`, "LU": `\d{8}`, "LV": `\d{11}`, "MT": `\d{8}`, "NL": `[A-Z0-9+*]{10}\d{2}`, "PL": `\d{10}`, "PT": `\d{9}`, "RO": `\d{2,10}`, "SE": `\d{12}`, "SI": `\d{8}`, "SK": `\d{10}`,
		"XI": `\d{9}|\d{12}|(GD|HA)\d{3}`, "GB": `\d{9}|\d{12}|(GD|HA)\d{3}`, "CH": `E\d{9}(MWST|TVA|IVA)?`, "NO": `\d{9}(MVA)?`,
	} {
		vatShapes[country] = regexp.MustCompile("^(?:" + shape + ")$")
	}
}

// vatPrefix is what a country's VAT numbers begin with: its code, but for Greece.
func vatPrefix(country string) string {
	if country == "GR" {
		return "EL"
	}
	return country
}

// CheckVAT says whether a VAT number, without blanks and in capitals, has the shape of its country's
// (ISO 3166-1 alpha-2). It may have its country's letters before it. Of other countries any number with a digit passes.
func CheckVAT(country, number string) bool {
	prefix := vatPrefix(country)
	if shape := vatShapes[prefix]; shape != nil {
		return shape.MatchString(strings.TrimPrefix(number, prefix)) || country == "GB" && shape.MatchString(strings.TrimPrefix(number, "XI"))
	}
	return len(number) <= 20 && strings.ContainsAny(number, "0123456789")
}

// VATNumber is a party's VAT number with its country's letters before it, as EN 16931 wants it
// (BR-CO-09), "" for none.
func (p Party) VATNumber() string {
	number := strings.ToUpper(strings.NewReplacer(" ", "", ".", "", "-", "").Replace(p.VAT))
	prefix := vatPrefix(p.Country)
	if number == "" || strings.HasPrefix(number, prefix) || p.Country == "GB" && strings.HasPrefix(number, "XI") {
		return number
	}
	return prefix + number
}

// ibanLengths are those of the countries of the IBAN register (ISO 13616) that are met most.
var ibanLengths = map[string]int{"AD": 24, "AE": 23, "AL": 28, "AT": 20, "BA": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22,
	"GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15, "PL": 28,
	"PT": 25, "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TR": 26, "UA": 29, "VA": 22, "XK": 20}

// CheckIBAN says whether an account's number, without blanks and in capitals, is one: its length,
// and the remainder of 1 by 97 (ISO 13616, ISO 7064).
func CheckIBAN(text string) bool {
	if len(text) < 15 || len(text) > 34 {
		return false
	}
	if length := ibanLengths[text[:2]]; length != 0 && length != len(text) {
		return false
	}
	remainder := 0
	for i, r := range text[4:] + text[:4] {
		letter := i >= len(text)-4 && i < len(text)-2
		switch {
		case r >= '0' && r <= '9' && !letter:
			remainder = (remainder*10 + int(r-'0')) % 97
		case r >= 'A' && r <= 'Z' && i < len(text)-2:
			remainder = (remainder*100 + int(r-'A') + 10) % 97
		default:
			return false
		}
	}
	return remainder == 1
}
