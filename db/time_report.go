package db

import (
	"slices"
	"time"
)

// ReportsBy are what a report of time can be put together by, in the order in which it is offered.
var ReportsBy = []string{"person", "project", "company", "service", "week"}

// ReportFilter says of which time a report is; what is 0 narrows nothing. Both days belong to it.
type ReportFilter struct {
	By                       string
	From, To                 Date
	Person, Project, Company ID
}

// ReportTime are sums of time, in minutes. Of what is billable, what was returned is left out; Approved,
// Waiting and Invoiced are parts of it.
type ReportTime struct{ Worked, Billable, Approved, Waiting, Invoiced int }

// Plus adds other sums.
func (t ReportTime) Plus(o ReportTime) ReportTime {
	return ReportTime{t.Worked + o.Worked, t.Billable + o.Billable, t.Approved + o.Approved, t.Waiting + o.Waiting, t.Invoiced + o.Invoiced}
}

// Used is how much of what was worked is billable, in percent.
func (t ReportTime) Used() int { return percentOf(t.Billable, t.Worked) }

// percentOf is rounded half up, 0 of nothing.
func percentOf(part, whole int) int {
	if whole == 0 {
		return 0
	}
	return (200*part + whole) / (2 * whole)
}

// ReportMoney is what billable time comes to in one currency, in minor units. Cost is what it costs inside:
// it is 0 and Inside false unless the viewer leads every project that is in it.
type ReportMoney struct {
	Currency    string
	Value, Cost int64
	Inside      bool
}

// Margin is what is left of the value.
func (m ReportMoney) Margin() int64 { return m.Value - m.Cost }

// ReportRow is a line of a report. Name is "" for time without a service or company; Of says to which
// project or company it belongs. Of weeks Name is the Monday.
type ReportRow struct {
	ID       ID
	Name, Of string
	ReportTime
	Money []ReportMoney

	key string
}

// Week is the Monday of a line by weeks.
func (r ReportRow) Week() Date { return Date(r.Name) }

// reportKeys are, by what a report is put together: what tells rows apart, what they are called and to what
// they belong, and their order. They stand in the statement: none of it comes from outside.
var reportKeys = map[string]struct{ key, id, name, of, order string }{
	"person":  {"e.person_id", "e.person_id", "w.name", "''", "3 COLLATE NOCASE, 1"},
	"project": {"e.project_id", "e.project_id", "p.name", "coalesce(co.name, '')", "4 COLLATE NOCASE, 3 COLLATE NOCASE, 1"},
	"company": {"coalesce(p.company_id, 0)", "p.company_id", "coalesce(co.name, '')", "''", "3 COLLATE NOCASE, 1"},
	"service": {"e.project_id || ' ' || coalesce(s.id, 0)", "s.id", "coalesce(s.name, '')", "p.name", "4 COLLATE NOCASE, 3 COLLATE NOCASE, 1"},
	"week":    {"date(e.day, 'weekday 0', '-6 days')", "NULL", "date(e.day, 'weekday 0', '-6 days')", "''", "1"},
}

const (
	reported = ` FROM visible_time_entry_team v JOIN time_entry e ON e.id = v.time_entry_id JOIN project p ON p.id = e.project_id JOIN person w ON w.id = e.person_id LEFT JOIN company co ON co.id = p.company_id
	LEFT JOIN budget_service s ON s.id = e.service_id LEFT JOIN budget b ON b.id = s.budget_id LEFT JOIN may_lead l ON l.viewer_id = v.viewer_id AND l.project_id = e.project_id`
	reportedOf = ` WHERE v.viewer_id = ?1 AND e.day BETWEEN ?2 AND ?3 AND (?4 IS NULL OR e.person_id = ?4) AND (?5 IS NULL OR e.project_id = ?5) AND (?6 IS NULL OR p.company_id = ?6)`
	// what of an entry is billable
	billableOf = "iif(e.state = 'returned', 0, e.billable)"
)

// TimeReport sums the time of the viewer's projects.
func (v *Viewer) TimeReport(f ReportFilter) ([]ReportRow, error) {
	by, known := reportKeys[f.By]
	if !known {
		return nil, invalid("by", "choice.unknown")
	}
	rows, err := all(v.source, func(r *ReportRow) []any {
		return []any{&r.key, &r.ID, &r.Name, &r.Of, &r.Worked, &r.Billable, &r.Approved, &r.Waiting, &r.Invoiced}
	}, `SELECT `+by.key+`, `+by.id+`, `+by.name+`, `+by.of+`, sum(e.minutes), sum(`+billableOf+`), sum(iif(e.state = 'approved', e.billable, 0)), sum(iif(p.approves AND e.state = 'open', e.billable, 0)), sum(iif(e.invoice_id IS NULL, 0, `+billableOf+`))`+
		reported+reportedOf+" GROUP BY 1 ORDER BY "+by.order, v.ID, f.From, f.To, f.Person, f.Project, f.Company)
	if err != nil {
		return nil, err
	}
	type sum struct {
		key string
		ReportMoney
	}
	sums, err := all(v.source, func(s *sum) []any { return []any{&s.key, &s.Currency, &s.Value, &s.Cost, &s.Inside} },
		`SELECT `+by.key+`, b.currency, sum(iif(e.state = 'returned', 0, e.amount)), iif(min(l.viewer_id IS NOT NULL), sum(e.cost), 0), min(l.viewer_id IS NOT NULL)`+
			reported+reportedOf+" AND b.id IS NOT NULL GROUP BY 1, 2 ORDER BY 2", v.ID, f.From, f.To, f.Person, f.Project, f.Company)
	for _, s := range sums {
		if i := slices.IndexFunc(rows, func(r ReportRow) bool { return r.key == s.key }); i >= 0 {
			rows[i].Money = append(rows[i].Money, s.ReportMoney)
		}
	}
	return rows, err
}

// ReportPeople are who booked time on the viewer's projects, by name.
func (v *Viewer) ReportPeople() ([]PersonName, error) {
	return all(v.source, func(p *PersonName) []any { return []any{&p.ID, &p.Name} }, `SELECT p.id, p.name FROM person p
		WHERE EXISTS (SELECT 1 FROM time_entry e JOIN visible_time_entry_team v ON v.time_entry_id = e.id AND v.viewer_id = ? WHERE e.person_id = p.id) ORDER BY p.name COLLATE NOCASE, p.id`, v.ID)
}

// Share is how much of the office's time from one day to another somebody worked, in percent.
func (o Office) Share(worked int, from, to Date) int { return percentOf(worked, o.Minutes(from, to)) }

// Minutes is how long the office is open from one day to another, both with it.
func (o Office) Minutes(from, to Date) int {
	at := func(day Date) time.Time {
		midnight, _ := day.Midnight()
		return time.Date(midnight.Year(), midnight.Month(), midnight.Day(), 0, 0, 0, 0, o.Zone)
	}
	return int(o.Between(at(from), at(to.Plus(1))) / time.Minute)
}
