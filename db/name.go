package db

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// sameName compares names without regard to case, in every script.
func sameName(a, b string) bool {
	return foldName(a) == foldName(b)
}

func foldName(name string) string {
	return cases.Fold().String(norm.NFC.String(strings.Join(strings.Fields(name), " ")))
}
