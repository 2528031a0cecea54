package db

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// reportOf is a report as somebody of the team reads it.
func (w *world) reportOf(who string, f ReportFilter) (rows []ReportRow) {
	w.t.Helper()
	if f.From == "" {
		f.From, f.To = "2026-05-01", "2026-05-31"
	}
	w.must(w.View(w.actor(who).Person, func(v *Viewer) (err error) { rows, err = v.TimeReport(f); return err }))
	return rows
}

// A worked example. On "hours" Mark booked 1:30 (1:15 billable), 0:30, 0:45 (returned) and 0:40 (on a bill), on
// "house plan" 3:00, on no budget 0:20: 6:45, of which 5:45 are billable. Lea booked 2:00 for nothing.
func TestTimeReport(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	said := func(rows []ReportRow) string {
		var lines []string
		for _, r := range rows {
			line := fmt.Sprintf("%s/%s %d %d %d %d %d", r.Name, r.Of, r.Worked, r.Billable, r.Approved, r.Waiting, r.Invoiced)
			for _, m := range r.Money {
				line += fmt.Sprintf(" %s %d %d %v", m.Currency, m.Value, m.Cost, m.Inside)
			}
			lines = append(lines, line)
		}
		return strings.Join(lines, "\n")
	}
	for name, c := range map[string]struct {
		who  string
		f    ReportFilter
		want string
	}{
		"by person for whoever leads": {"lea", ReportFilter{By: "person", Project: w.id("site")}, "Lea Lind/ 120 0 0 0 0 EUR 0 5000 true\nMark Moss/ 405 345 0 0 40 EUR 32500 16042 true"},
		"the same for a member":       {"mark", ReportFilter{By: "person", Project: w.id("site")}, "Lea Lind/ 120 0 0 0 0 EUR 0 0 false\nMark Moss/ 405 345 0 0 40 EUR 32500 0 false"},
		"by service":                  {"lea", ReportFilter{By: "service", Person: w.id("mark"), Project: w.id("site")}, "/Site 20 20 0 0 0\nwork of hours/Site 205 145 0 0 40 EUR 14500 8542 true\nwork of house plan/Site 180 180 0 0 0 EUR 18000 7500 true"},
		"by week":                     {"lea", ReportFilter{By: "week", Project: w.id("site")}, "2026-05-18/ 525 345 0 0 40 EUR 32500 21042 true"},
		"what waits":                  {"adam", ReportFilter{By: "project", Project: w.id("brand")}, "Brand/Acme 300 300 60 240 0 EUR 30000 12500 true"},
		"another time":                {"adam", ReportFilter{By: "project", From: "2025-01-01", To: "2025-01-31"}, ""},
		"a project of others":         {"mark", ReportFilter{By: "project", Project: w.id("beta")}, ""},
	} {
		if got := said(w.reportOf(c.who, c.f)); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
	err := w.View(w.actor("adam").Person, func(v *Viewer) error { _, err := v.TimeReport(ReportFilter{By: "cost"}); return err })
	if refusedFor(err) != "by choice.unknown" {
		t.Error(err)
	}
}

// However it is put together, the rows come to what was booked.
func TestReportsAddUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	chance := rand.New(rand.NewPCG(8, 9))
	for n := range 60 {
		budget := []string{"hours", "house plan", "care plan", "beta hours"}[chance.IntN(4)]
		by := map[string]string{"hours": "mark", "house plan": "lea", "care plan": "tess", "beta hours": "tess"}[budget]
		w.booked(fmt.Sprint("chance ", n), by, budget, TimeForm{Minutes: fmt.Sprintf("0:%02d", 1+chance.IntN(59)), Day: fmt.Sprintf("2026-%02d-%02d", 3+chance.IntN(3), 1+chance.IntN(28))})
	}
	want := w.rows("SELECT sum(minutes) || ' ' || sum(iif(state = 'returned', 0, billable)) || ' ' || sum(iif(state = 'returned', 0, amount)) || ' ' || sum(cost) FROM time_entry")[0]
	for _, by := range ReportsBy {
		var total ReportTime
		var value, cost int64
		for _, r := range w.reportOf("adam", ReportFilter{By: by, From: "2026-01-01", To: "2026-12-31"}) {
			total = total.Plus(r.ReportTime)
			for _, m := range r.Money {
				value, cost = value+m.Value, cost+m.Cost
			}
		}
		if got := fmt.Sprint(total.Worked, " ", total.Billable, " ", value, " ", cost); got != want {
			t.Errorf("by %s: %s, booked were %s", by, got, want)
		}
	}
}
