package handlers

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// chooses puts a file into a field.
func (b *tab) chooses(field, name, content string) {
	b.t.Helper()
	file := filepath.Join(b.t.TempDir(), name)
	b.w.ok(os.WriteFile(file, []byte(content), 0o600))
	b.do(chromedp.SetUploadFiles(chromedp.CSS(field), []string{file}))
}

const timeReport = `User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags
Nikos,nikos@cnry-team.example,Papadopoulos,Website Redesign,,CNRY-imported words,Yes,2026-10-05,09:00:00,2026-10-05,10:30:00,01:30:00,
Someone,someone@else.example,Papadopoulos,Other,,CNRY-other words,Yes,2026-10-06,09:00:00,2026-10-06,10:00:00,01:00:00,
Nikos,nikos@cnry-team.example,Papadopoulos,Website Redesign,,Nothing,Yes,2026-10-07,09:00:00,2026-10-07,09:00:00,00:00:00,
`

// A report is sent in a browser, people and projects are confirmed, it is taken over once; clients read none of its
// words. What is no report is said in a sentence.
func TestImportOfTimeInABrowser(t *testing.T) {
	w := newWorld(t)
	leader, phone := w.browser("leader", 1300, 1000, false), w.browser("leader", 360, 740, true)
	leader.open("/import/time")
	leader.plain("where a report is sent")
	leader.chooses("#file", "report.csv", "not a report")
	leader.click(`form[action="/import/time"] button`)
	leader.says("#file-error", "The first line is not that of a time report")
	leader.chooses("#file", "report.csv", timeReport)
	leader.click(`form[action="/import/time"] button`)
	leader.says(".lede", "2 entries were found.")
	leader.plain("a report before it is taken over")
	leader.shot("import-time")
	at := eval[string](leader, "location.pathname")
	phone.open(at)
	phone.plain("a report before it is taken over, on a phone")
	phone.shot("import-time-phone")
	if got := eval[string](leader, `[...document.querySelectorAll("select")].map(e => e.selectedOptions[0].textContent.trim()).join("; ")`); !strings.HasPrefix(got, "Nikos CNRY-surname; Leave out; Leave out; Website Redesign") {
		t.Error("guessed was", got)
	}
	leader.fills("#place-1", "s"+w.parts["budget service"].String())
	leader.click(`form[action="` + at + `"] button`)
	leader.says("main .tell.good", "1 entry was taken over.")
	leader.says("main .tell.good", "1 was left out")
	leader.says("main details", "1 row to look at")
	leader.plain("what was taken over")
	leader.click(`form[action="` + at + `"] button`)
	leader.says("main .tell.good", "1 was here already")
	if w.rows("SELECT count(*) FROM time_entry WHERE source IS NOT NULL AND minutes = 90 AND amount = 9000 AND remark = 'CNRY-imported words'") != 1 {
		t.Error("it is not there once")
	}
	w.readers()
	for _, path := range w.budgetPaths() {
		if page := w.as("auditor").get(path); strings.Contains(page.bytes(), "imported words") {
			t.Errorf("%s tells a client what was written for the team", path)
		}
	}
	for _, other := range []string{"owner", "eleni"} {
		if got := w.as(other).get(at); got.status != 404 {
			t.Errorf("%s reads another's report: %d", other, got.status)
		}
	}
	leader.silent("422", "Autofocus processing was blocked")
	phone.silent("Autofocus processing was blocked")
}

// A file in which days and months may be meant either way is asked about first.
func TestImportOfTimeAsksForDates(t *testing.T) {
	w := newWorld(t)
	report := strings.NewReplacer("2026-10-05", "10/05/2026", "2026-10-06", "10/06/2026", "2026-10-07", "10/07/2026").Replace(timeReport)
	sent := w.as("leader").hands("/import/time", "file", "report.csv", []byte(report))
	at := sent.header.Get("Location")
	if page := w.as("leader").get(at); sent.status != 303 || !strings.Contains(page.body, "Which day is") || !strings.Contains(page.body, "monthfirst") {
		t.Fatal(sent.status, page.status)
	}
	if got := w.as("leader").post(at, "dates", "both"); got.status != 422 || !strings.Contains(got.body, "Say first how") {
		t.Error(got.status)
	}
	if got := w.as("leader").post(at, "dates", "monthfirst"); got.status != 303 {
		t.Error(got.status)
	}
	for _, bad := range [][]string{{"person-0", "x"}, {"place-0", "x"}, {"place-0", "pnonsense"}, {"person-0", w.people["eleni"].ID.String(), "place-1", "p" + w.project.String()}} {
		if got := w.as("leader").post(at, bad...); got.status != 422 {
			t.Errorf("%q answers %d", bad, got.status)
		}
	}
	if got := w.as("leader").post(at, "person-0", w.people["member"].ID.String(), "place-1", "p"+w.project.String()); got.status != 303 || w.rows("SELECT count(*) FROM time_entry WHERE source IS NOT NULL AND day = '2026-10-05'") != 1 {
		t.Error(got.status, w.texts("SELECT day FROM time_entry WHERE source IS NOT NULL"))
	}
}
