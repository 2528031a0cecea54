package db

import (
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/bg"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/gr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/lt"
	"github.com/rickar/cal/v2/lv"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/ro"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/si"
	"github.com/rickar/cal/v2/sk"
	"github.com/rickar/cal/v2/us"
)

// holidays are the days on which a whole country is closed, by its ISO 3166 code.
var holidays = map[string][]*cal.Holiday{
	"AT": at.Holidays, "BE": be.Holidays, "BG": bg.Holidays, "CA": ca.Holidays, "CH": swiss, "CZ": cz.Holidays, "DE": de.Holidays, "DK": dk.Holidays,
	"ES": es.Holidays, "FR": fr.Holidays, "GB": gb.Holidays, "GR": greek, "HR": hr.Holidays, "IE": ie.Holidays, "IT": italian, "LT": lt.Holidays,
	"LV": lv.Holidays, "NL": nl.Holidays, "NO": no.Holidays, "PL": polish, "RO": romanian, "SE": se.Holidays, "SI": si.Holidays, "SK": slovak, "US": us.Holidays,
}

// HolidayCountries are those whose holidays are known, by code.
func HolidayCountries() []string {
	codes := make([]string, 0, len(holidays))
	for code := range holidays {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}

// What the library does not know of, or not as it is:
var (
	// New Year bears the name of Christmas there.
	greek = instead(gr.Holidays, map[*cal.Holiday]*cal.Holiday{gr.Protoxronia: gr.Protoxronia.Clone(&cal.Holiday{Name: "Πρωτοχρονιά"})})
	// It has the days of all cantons together; these are closed in nearly all of them.
	swiss = []*cal.Holiday{ch.Neujahr, ch.Karfreitag, ch.Ostermontag, ch.Auffahrt, ch.Pfingstmontag, ch.Bundesfeiertag, ch.Weihnachtstag, ch.ZweiterWeihnachtsfeiertag}
	// Legge 151/2025.
	italian = also(it.Holidays, yearly("San Francesco d'Assisi", time.October, 4, 2026))
	// The act of 6 December 2024 on days free of work.
	polish = also(pl.Holidays, yearly("Wigilia Bożego Narodzenia", time.December, 24, 2025))
	// Legea 52/2023.
	romanian = also(ro.Holidays, yearly("Boboteaza", time.January, 6, 2024), yearly("Sfântul Ioan Botezătorul", time.January, 7, 2024))
	// The consolidation laws since 2023: two are worked on for good, two in 2026 alone.
	slovak = instead(sk.Holidays, map[*cal.Holiday]*cal.Holiday{
		sk.Constitution: sk.Constitution.Clone(&cal.Holiday{EndYear: 2023}), sk.Freedom: sk.Freedom.Clone(&cal.Holiday{EndYear: 2024}),
		sk.Liberation: sk.Liberation.Clone(&cal.Holiday{Except: []int{2026}}), sk.LadyOfSorrows: sk.LadyOfSorrows.Clone(&cal.Holiday{Except: []int{2026}}),
	})
)

// yearly is a holiday on the same day of each year since one.
func yearly(name string, month time.Month, day, since int) *cal.Holiday {
	return &cal.Holiday{Name: name, Type: cal.ObservancePublic, Month: month, Day: day, StartYear: since, Func: cal.CalcDayOfMonth}
}

func also(list []*cal.Holiday, more ...*cal.Holiday) []*cal.Holiday {
	return append(slices.Clone(list), more...)
}

func instead(list []*cal.Holiday, changed map[*cal.Holiday]*cal.Holiday) []*cal.Holiday {
	list = slices.Clone(list)
	for i, holiday := range list {
		if other := changed[holiday]; other != nil {
			list[i] = other
		}
	}
	return list
}
