package handlers

import (
	"strings"
	"testing"

	"vitrine/db"
)

// The report of time in a browser and for spreadsheets: it adds up, tells costs to those alone who lead, and no
// formula; what is asked for wrongly is said in a sentence.
func TestReportOfTime(t *testing.T) {
	w := newWorld(t)
	_, err := w.store.AddTime(w.actor("member"), db.TimeForm{Project: w.project.String(), Day: "2026-11-03", Minutes: "0:30", Remark: "=HYPERLINK(1)"})
	w.ok(err)
	w.ok(w.store.SetProfile(w.actor("member"), db.Profile{Name: "=Nikos", Language: "en", TimeZone: "Europe/Athens"}))
	const november = "?from=2026-11-01&to=2026-11-30"
	leader, phone := w.browser("leader", 1300, 1000, false), w.browser("leader", 360, 740, true)
	for _, b := range []*tab{leader, phone} {
		b.open("/reports/time" + november)
		b.says("main tfoot", "7 h 7 min") // 1:37 and 2:00 on the open budget, 3:00 on the other, 0:30 on none
		b.says("main tbody", "margin")
		b.plain("a report of time")
	}
	leader.shot("report")
	phone.shot("report-phone")
	leader.fills("#by", "week")
	leader.click(`form[action="/reports/time"] button`)
	leader.says("main tbody", "Week of 2 Nov 2026")
	leader.plain("a report by week")
	for _, by := range db.ReportsBy {
		if page := w.as("member").get("/reports/time" + november + "&by=" + by); page.status != 200 || strings.Contains(page.body, "margin<") || strings.Contains(page.body, "7,7") || !strings.Contains(page.body, "7 h 7 min") {
			t.Errorf("a member reads by %s: %d", by, page.status)
		}
	}
	table := w.as("member").get("/reports/time.csv" + november)
	if !strings.Contains(table.body, `'=Nikos,,427,285,0,0,0,EUR,255.00,,`) {
		t.Error(table.status, table.body)
	}
	for _, query := range []string{"?from=x", "?from=2026-02-30", "?from=2026-11-02&to=2026-11-01", "?by=cost", "?person=x"} {
		for _, path := range []string{"/reports/time", "/reports/time.csv"} {
			if got := w.as("leader").get(path + query); got.status != 422 {
				t.Errorf("%s%s answers %d", path, query, got.status)
			}
		}
	}
	leader.silent("Autofocus processing was blocked")
	phone.silent("Autofocus processing was blocked")
}
