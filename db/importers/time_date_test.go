package importers

import (
	"strings"
	"testing"
)

// dated is a report with an entry for each pair of days.
func dated(days ...string) string {
	file := clockifyHead
	for _, day := range days {
		from, to, found := strings.Cut(day, " to ")
		if !found {
			to = from
		}
		file += `"Web","","","","Peter","","","","No","` + from + `","09:00","` + to + `","10:00","01:00:00","","",""` + "\n"
	}
	return file
}

func TestOrderOfDates(t *testing.T) {
	for _, c := range []struct {
		days  []string
		order DateOrder
		doubt bool
		first string
	}{
		{[]string{"03/04/2026"}, "", true, ""},
		{[]string{"03/04/2026", "13/04/2026"}, DayFirst, false, "2026-04-03"},
		{[]string{"03/04/2026", "04/13/2026"}, MonthFirst, false, "2026-03-04"},
		{[]string{"03-04-2026", "04-13-26"}, MonthFirst, false, "2026-03-04"},
		{[]string{"04/04/2026"}, "", false, "2026-04-04"},
		{[]string{"03.04.2026"}, "", false, "2026-04-03"},
		{[]string{"3. 4. 2026"}, "", false, "2026-04-03"},
		{[]string{"2026/03/04"}, "", false, "2026-03-04"},
		{[]string{"03/04/2026 to 04/04/2026"}, DayFirst, false, "2026-04-03"},
		{[]string{"03/04/2026 to 03/05/2026"}, MonthFirst, false, "2026-03-04"},
		{[]string{"31/05/2026 to 01/06/2026"}, DayFirst, false, "2026-05-31"},
		{[]string{"03/04/2026", "13/04/2026", "04/13/2026"}, "", true, ""},
		{[]string{"13/04/2026", "04/13/2026"}, "", true, ""},
		{[]string{"03/04/2026", "03/04/2026 to 04/04/2026", "04/13/2026"}, "", true, ""},
		{[]string{"03/04/2026", "41/41/2026"}, "", true, ""},
	} {
		p := readTime(t, dated(c.days...))
		if len(p.Entries) != len(c.days) && c.days[len(c.days)-1] != "41/41/2026" {
			t.Fatalf("%v: %s", c.days, told(p))
		}
		if p.Dates != c.order || (p.Doubt != nil) != c.doubt || p.Entries[0].Date != c.first || (p.Entries[0].Key == "") != c.doubt {
			t.Errorf("%v: %q, %+v, %q", c.days, p.Dates, p.Doubt, p.Entries[0].Date)
		}
	}
}

func TestDoubtAboutDates(t *testing.T) {
	file := dated("03/04/2026", "05/04/2026")
	p := readTime(t, file)
	same(t, "doubt", *p.Doubt, DateDoubt{Cell: "03/04/2026", DayFirst: "2026-04-03", MonthFirst: "2026-03-04"})
	same(t, "lengths are known", p.Counts(), TimeCounts{Rows: 2, Entries: 2, Seconds: 7200, Minutes: 120})
	p = readTime(t, file, DayFirst)
	same(t, "day first", []string{p.Entries[0].Date, p.Entries[1].Date, string(p.Dates)}, []string{"2026-04-03", "2026-04-05", "dayfirst"})
	p = readTime(t, file, MonthFirst)
	same(t, "month first", []string{p.Entries[0].Date, p.Entries[1].Date, string(p.Dates)}, []string{"2026-03-04", "2026-05-04", "monthfirst"})
	p = readTime(t, dated("03/04/2026", "13/04/2026"), MonthFirst)
	same(t, "the file knows better", []string{p.Entries[0].Date, string(p.Dates)}, []string{"2026-04-03", "dayfirst"})
	p = readTime(t, dated("13/04/2026", "04/13/2026"))
	same(t, "contradiction", *p.Doubt, DateDoubt{Cell: "13/04/2026", DayFirst: "2026-04-13", Contradictory: true})
	p = readTime(t, dated("13/04/2026", "04/13/2026"), DayFirst)
	same(t, "an answer to it", []any{len(p.Entries), told(p)}, []any{1, "3 -date 04/13/2026"})
	if p = readTime(t, dated("03/04/2026"), "sideways"); p.Doubt == nil {
		t.Error("an answer that is none was taken")
	}
}

func TestLengths(t *testing.T) {
	for cell, want := range map[string]int64{
		"01:29:30": 5370, "1:30": 5400, "100:00:00": 360000, "0:00": 0, "1.5": 5400, "1,5": 5400, "20,0": 72000, "0,01": 36, "0.33": 1188,
		"2.000,5": 7201800, "2,000.5": 7201800, "1'234.5": 4444200, "8": 28800, "47:06 min": 2826, "90 min": 5400, "45 sec": 45, "1.5 h": 5400,
		"-0:30": -1800, "\u22121,5": -5400, "0.000138": 0, "0.00014": 1, "1.33333333333333333": 4800, " 1:30 ": 5400,
	} {
		if got, ok := length(cell); !ok || got != want {
			t.Errorf("%q is %d, %v", cell, got, ok)
		}
	}
	for _, cell := range []string{"", "an hour", "1:60", "1:5", "1:00:60", "1:2:3:4", ":30", "1:", "1.", ".5", "1,2,3", "1.2.3", "1.23,4", "--1", "1e3", "١:٣٠", "1:30 pm", "1:00:00 min", "9999999", "9999999:00", "NaN", "1 day"} {
		if got, ok := length(cell); ok {
			t.Errorf("%q is %d", cell, got)
		}
	}
}

func TestTimesOfDay(t *testing.T) {
	for cell, want := range map[string]int{
		"10:23:52": 37432, "00:00": 0, "9:05": 32700, "12:00 AM": 0, "12:30 am": 1800, "12:00 PM": 43200, "1:05:01 p.m.": 47101, "10:23\u202fAM": 37380, "9.05 μ.μ.": 75900, "23:59:59": 86399, "9 pm": 75600,
	} {
		if got, ok := clock(cell); !ok || got != want {
			t.Errorf("%q is %d, %v", cell, got, ok)
		}
	}
	for _, cell := range []string{"", "24:00", "9", "9:5", "9:60", "13:00 pm", "0:30 am", "9:00 xm", "-1:00", "1:2:3:4", "١٠:٢٣", "noon"} {
		if got, ok := clock(cell); ok {
			t.Errorf("%q is %d", cell, got)
		}
	}
}
