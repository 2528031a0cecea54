package views

import (
	"fmt"
	"html/template"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestMain fails when any test drew a page with a word missing.
func TestMain(m *testing.M) {
	code := m.Run()
	if faults := Missing(); code == 0 && len(faults) > 0 {
		fmt.Println("words missing:", strings.Join(faults, ", "))
		code = 1
	}
	os.Exit(code)
}

// noon is Thursday 14 May 2026 in Athens, the day of the design.
var noon = time.Date(2026, 5, 14, 9, 0, 0, 0, time.UTC)

// day is a date as rows have it.
type day string

func (d day) Midnight() (time.Time, bool) {
	at, err := time.Parse(time.DateOnly, string(d))
	return at, err == nil
}

// stamp is a moment as rows have it.
type stamp struct{ time.Time }

func at(text string) stamp {
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return stamp{moment.UTC()}
}

func TestDates(t *testing.T) {
	english, greek := For("en", "Europe/Athens", noon), For("el", "Europe/Athens", noon)
	for _, test := range []struct {
		what   string
		say    func(*Words) string
		en, el string
	}{
		{"a day", func(w *Words) string { return w.Day(day("2026-05-20")) }, "Wed 20 May", "Τετ 20 Μαΐ"},
		{"a day of another year", func(w *Words) string { return w.Day(day("2027-05-20")) }, "Thu 20 May 2027", "Πέμ 20 Μαΐ 2027"},
		{"today", func(w *Words) string { return w.Day(day("2026-05-14")) }, "today", "σήμερα"},
		{"tomorrow", func(w *Words) string { return w.Day(day("2026-05-15")) }, "tomorrow", "αύριο"},
		{"yesterday", func(w *Words) string { return w.Day(day("2026-05-13")) }, "yesterday", "χθες"},
		{"two days ago", func(w *Words) string { return w.Day(day("2026-05-12")) }, "Tue 12 May", "Τρί 12 Μαΐ"},
		{"alone", func(w *Words) string { return w.DayAlone(day("2026-05-15")) }, "Tomorrow", "Αύριο"},
		{"as a heading", func(w *Words) string { return w.DayHead(day("2026-05-12")) }, "Tuesday 12 May", "Τρίτη 12 Μαΐου"},
		{"as a heading, last year", func(w *Words) string { return w.DayHead(day("2025-12-31")) }, "Wednesday 31 December 2025", "Τετάρτη 31 Δεκεμβρίου 2025"},
		{"as a heading, today", func(w *Words) string { return w.DayHead(day("2026-05-14")) }, "Today", "Σήμερα"},
		{"short", func(w *Words) string { return w.DayShort(day("2026-05-14")) }, "14 May", "14 Μαΐ"},
		{"in a record", func(w *Words) string { return w.DayRecord(day("2026-04-24")) }, "24 Apr 2026", "24 Απρ 2026"},
		{"in full", func(w *Words) string { return w.DayFull(day("2026-05-20")) }, "Wednesday 20 May 2026", "Τετάρτη 20 Μαΐου 2026"},
		{"a month alone", func(w *Words) string { return w.Month(day("2026-03-01")) }, "Mar", "Μάρ"},
		{"a clock", func(w *Words) string { return w.Clock(at("2026-05-14T06:05:00Z")) }, "09:05", "09:05"},
		{"a moment today", func(w *Words) string { return w.Moment(at("2026-05-14T07:38:00Z")) }, "Today, 10:38", "Σήμερα, 10:38"},
		{"a moment before", func(w *Words) string { return w.Moment(at("2026-05-12T06:20:00Z")) }, "Tue 12 May, 09:20", "Τρί 12 Μαΐ, 09:20"},
		{"a moment past midnight there", func(w *Words) string { return w.Moment(at("2026-05-13T21:30:00Z")) }, "Today, 00:30", "Σήμερα, 00:30"},
		{"a moment in a record", func(w *Words) string { return w.MomentRecord(at("2026-04-24T13:08:00Z")) }, "24 Apr 2026, 16:08", "24 Απρ 2026, 16:08"},
		{"a moment's day", func(w *Words) string { return w.Day(at("2026-05-14T21:30:00Z")) }, "tomorrow", "αύριο"},
		{"a span in a month", func(w *Words) string { return w.Span(day("2026-03-02"), day("2026-03-20")) }, "2 to 20 Mar", "2 έως 20 Μαρ"},
		{"a span", func(w *Words) string { return w.Span(day("2026-03-16"), day("2026-05-15")) }, "16 Mar to 15 May", "16 Μαρ έως 15 Μαΐ"},
		{"a span across years", func(w *Words) string { return w.Span(day("2025-12-16"), day("2026-01-15")) }, "16 Dec 2025 to 15 Jan", "16 Δεκ 2025 έως 15 Ιαν"},
		{"a span of next year", func(w *Words) string { return w.Span(day("2027-01-16"), day("2027-02-15")) }, "16 Jan to 15 Feb 2027", "16 Ιαν έως 15 Φεβ 2027"},
		{"a span of a day", func(w *Words) string { return w.Span(day("2026-03-16"), day("2026-03-16")) }, "16 Mar", "16 Μαρ"},
		{"a span without an end", func(w *Words) string { return w.Span(day("2026-03-16"), day("")) }, "16 Mar", "16 Μαρ"},
		{"a span without a start", func(w *Words) string { return w.Span(day(""), day("2026-03-16")) }, "16 Mar", "16 Μαρ"},
		{"late", func(w *Words) string { return w.Late(day("2026-05-12")) }, "2 days late", "2 ημέρες καθυστέρηση"},
		{"late by one", func(w *Words) string { return w.Late(day("2026-05-13")) }, "1 day late", "1 ημέρα καθυστέρηση"},
		{"due today", func(w *Words) string { return w.Late(day("2026-05-14")) }, "", ""},
		{"away", func(w *Words) string { return w.Away(day("2026-05-29")) }, "15 days away", "σε 15 ημέρες"},
		{"away by one", func(w *Words) string { return w.Away(day("2026-05-15")) }, "tomorrow", "αύριο"},
		{"no date", func(w *Words) string {
			return w.Day(day("")) + w.DayAlone(stamp{}) + w.DayShort(nil) + w.Moment(stamp{}) + w.Clock(nil) + w.Late(day("")) + w.Away(nil) + w.Span(nil, nil) + string(w.DayTag(day("")))
		}, "", ""},
	} {
		if got := test.say(english); got != test.en {
			t.Errorf("%s in English is %q, want %q", test.what, got, test.en)
		}
		if got := test.say(greek); got != test.el {
			t.Errorf("%s in Greek is %q, want %q", test.what, got, test.el)
		}
	}
}

func TestDatesAcrossTheYear(t *testing.T) {
	eve := For("en", "Europe/Athens", time.Date(2026, 12, 31, 21, 59, 0, 0, time.UTC))
	if eve.Today() != "2026-12-31" || eve.Day(day("2027-01-01")) != "tomorrow" || eve.Day(day("2027-01-02")) != "Sat 2 Jan 2027" {
		t.Errorf("on New Year's eve it is %s, then %s and %s", eve.Today(), eve.Day(day("2027-01-01")), eve.Day(day("2027-01-02")))
	}
	newYear := For("en", "Europe/Athens", time.Date(2026, 12, 31, 22, 0, 0, 0, time.UTC))
	if newYear.Today() != "2027-01-01" || newYear.Day(day("2026-12-31")) != "yesterday" || newYear.Day(day("2026-12-30")) != "Wed 30 Dec 2026" {
		t.Errorf("on New Year's day it is %s, before %s and %s", newYear.Today(), newYear.Day(day("2026-12-31")), newYear.Day(day("2026-12-30")))
	}
	if got := newYear.Late(day("2026-12-30")); got != "2 days late" {
		t.Errorf("across the year's end it is %q", got)
	}
	// The same moment is another day elsewhere.
	if there := For("en", "Pacific/Honolulu", time.Date(2026, 12, 31, 22, 0, 0, 0, time.UTC)); there.Today() != "2026-12-31" {
		t.Errorf("in Honolulu it is %s", there.Today())
	}
}

func TestDatesAcrossClockChanges(t *testing.T) {
	// Clocks in Athens go forward on 29 March 2026 at 01:00 UTC, back on 25 October at 01:00 UTC.
	w := For("en", "Europe/Athens", time.Date(2026, 3, 28, 12, 0, 0, 0, time.UTC))
	if got := w.Day(day("2026-03-29")) + ", " + w.Day(day("2026-03-30")) + ", " + w.Away(day("2026-04-01")); got != "tomorrow, Mon 30 Mar, 4 days away" {
		t.Errorf("around the short day: %s", got)
	}
	if got := w.Moment(at("2026-03-29T00:59:00Z")) + "; " + w.Moment(at("2026-03-29T01:00:00Z")); got != "Tomorrow, 02:59; Tomorrow, 04:00" {
		t.Errorf("the missing hour: %s", got)
	}
	late := For("en", "Europe/Athens", time.Date(2026, 10, 26, 0, 0, 0, 0, time.UTC))
	if got := late.Late(day("2026-10-24")) + "; " + late.Day(day("2026-10-25")); got != "2 days late; yesterday" {
		t.Errorf("around the long day: %s", got)
	}
	first, second := late.MomentTag(at("2026-10-25T00:30:00Z")), late.MomentTag(at("2026-10-25T01:30:00Z"))
	if first != `<time datetime="2026-10-25T03:30+03:00">Yesterday, 03:30</time>` || second != `<time datetime="2026-10-25T03:30+02:00">Yesterday, 03:30</time>` {
		t.Errorf("the hour that comes twice: %s, %s", first, second)
	}
}

func TestTimeElements(t *testing.T) {
	w := For("el", "Europe/Athens", noon)
	for got, want := range map[template.HTML]template.HTML{
		w.DayTag(day("2026-05-20")):                   `<time datetime="2026-05-20">Τετ 20 Μαΐ</time>`,
		w.DayAloneTag(at("2026-05-14T09:00:00Z")):     `<time datetime="2026-05-14">Σήμερα</time>`,
		w.DayShortTag(day("2026-05-20")):              `<time datetime="2026-05-20">20 Μαΐ</time>`,
		w.DayRecordTag(day("2026-05-20")):             `<time datetime="2026-05-20">20 Μαΐ 2026</time>`,
		w.DayFullTag(day("2026-05-20")):               `<time datetime="2026-05-20">Τετάρτη 20 Μαΐου 2026</time>`,
		w.LateTag(day("2026-05-12")):                  `<time datetime="2026-05-12">2 ημέρες καθυστέρηση</time>`,
		w.LateTag(day("2026-05-20")):                  ``,
		w.ClockTag(at("2026-01-14T07:41:30Z")):        `<time datetime="2026-01-14T09:41+02:00">09:41</time>`,
		w.MomentRecordTag(at("2026-03-20T10:31:00Z")): `<time datetime="2026-03-20T12:31+02:00">20 Μαρ 2026, 12:31</time>`,
		w.MomentTag(time.Time{}):                      ``,
		For("en", "UTC", noon).ClockTag(noon):         `<time datetime="2026-05-14T09:00Z">09:00</time>`,
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	english, greek := For("en", "", noon), For("el", "", noon)
	for got, want := range map[string]string{
		english.Num(1234567): "1,234,567", greek.Num(1234567): "1.234.567", english.Num(int64(7)): "7",
		english.Percent(40): "40%", greek.Percent(5): "5%", english.Percent(100): "100%",
		english.Hours(1080): "18 h", english.Hours(90): "1 h 30 min", english.Hours(45): "45 min", english.Hours(0): "0 min",
		greek.Hours(90): "1 ώ. 30 λ.", greek.Hours(60 * 1200): "1.200 ώ.",
		english.N("progress.done", 1): "1 task done", english.N("progress.done", 0): "0 tasks done", english.N("progress.done", 1200): "1,200 tasks done",
		greek.N("progress.done", 1): "1 ολοκληρωμένη εργασία", greek.N("progress.done", 21): "21 ολοκληρωμένες εργασίες", greek.N("progress.done", 0): "0 ολοκληρωμένες εργασίες",
		english.N("progress.sentence", 12, "total", 15):                                                                     "12 of 15 tasks are done",
		english.T("progress.rest", "done", english.N("progress.sentence", 12, "total", 15), "percent", english.Percent(40)): "12 of 15 tasks are done, the rest is about 40% of the work.",
		english.And(nil): "", english.And([]string{"Maria"}): "Maria", english.And([]string{"Maria", "Nikos"}): "Maria and Nikos",
		greek.And([]string{"Katerina", "Maria", "Nikos"}): "Katerina, Maria και Nikos",
	} {
		if got != want {
			t.Errorf("said %q, want %q", got, want)
		}
	}
}

func TestMarkupInSentences(t *testing.T) {
	w := For("en", "", noon)
	got := w.H("event.moved.doing", "who", "<b>Nikos</b>", "task", Anchor("/tasks/4?a=1&b=2", `"><script>`))
	want := `&lt;b&gt;Nikos&lt;/b&gt; started <a href="/tasks/4?a=1&amp;b=2">&#34;&gt;&lt;script&gt;</a>`
	if string(got) != want {
		t.Errorf("got %s", got)
	}
	for _, address := range []string{"javascript:alert(1)", "//evil.example", "https://evil.example", "\x01javascript:alert(1)", "data:text/html,x"} {
		if got := Anchor(address, "x"); got != "x" {
			t.Errorf("%q became %s", address, got)
		}
	}
}

func TestUnknownReader(t *testing.T) {
	for _, zone := range []string{"", "Local", "Nowhere/City", "../../etc/passwd", "Europe/Athens\x00"} {
		if w := For("xx", zone, noon); w.Language != "en" || w.Zone != time.UTC || w.Today() != "2026-05-14" {
			t.Errorf("the zone %q gives %s, %s", zone, w.Language, w.Zone)
		}
	}
}

func TestWordsAreSafeToShare(t *testing.T) {
	w := For("el", "Europe/Athens", noon)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for i := range 200 {
				w.T("preview.as", "name", "Eleni")
				w.N("progress.done", i)
				w.Moment(noon)
				w.Num(i * 1000)
				For("en", "Europe/Athens", noon).T("page.skip")
			}
		})
	}
	all.Wait()
}

func BenchmarkWords(b *testing.B) {
	for b.Loop() {
		w := For("el", "Europe/Athens", noon)
		w.T("status.doing")
		w.DayTag(day("2026-05-20"))
		w.N("board.replies", 4)
	}
}
