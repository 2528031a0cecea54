package bill

import "strings"

// CheckVAT says whether a VAT number has the shape of its country's.
func CheckVAT(country, number string) bool { return len(number) >= 4 && len(number) <= 20 }

// CheckIBAN says whether an account's number is one.
func CheckIBAN(text string) bool { return len(text) >= 15 && !strings.ContainsRune(text, ' ') }
