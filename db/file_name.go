package db

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	maxFileName  = 120 // letters
	maxExtension = 16  // with its dot
)

// devices are names that Windows takes for something else than a file, whatever
// ending follows: "Naming Files, Paths, and Namespaces" by Microsoft.
var devices = []string{"CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
	"LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9"}

// cleanFileName makes of any name one that can be shown and saved everywhere: the
// last part of a path, NFC, without what cannot be seen or turns the direction of
// text, without what some system reserves. It is never empty.
func cleanFileName(name string) string {
	name = norm.NFC.String(strings.ToValidUTF8(name, ""))
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r), strings.ContainsRune(`<>:"|?*`, r):
			return -1
		}
		return r
	}, name)
	name = trimFileName(strings.Join(strings.Fields(norm.NFC.String(name)), " "))
	if utf8.RuneCountInString(name) > maxFileName {
		ending := path.Ext(name)
		if utf8.RuneCountInString(ending) > maxExtension {
			ending = ""
		}
		name = strings.TrimRight(string([]rune(name)[:maxFileName-utf8.RuneCountInString(ending)]), ". ") + ending
	}
	stem, _, _ := strings.Cut(name, ".")
	if slices.Contains(devices, strings.ToUpper(strings.TrimSpace(stem))) {
		name = "_" + name
	}
	if name == "" {
		return "file"
	}
	return name
}

// trimFileName drops the dots that hide a file and those that Windows would drop.
func trimFileName(name string) string { return strings.TrimRight(strings.TrimLeft(name, ". "), ". ") }
