package db

// States of an entry and of an expense. Where the project does not approve all stay open.
const (
	WorkOpen     = "open"
	WorkApproved = "approved"
	WorkReturned = "returned"
)

// TimeEntry is work that somebody booked, as the team reads it. Minutes were worked, Billable are
// what counts for the client; Remark is internal, Wording for clients. Amount is in minor units
// of Currency, which is "" without a budget. Shown says that the clients who see the budget see
// it, MayEdit and MayJudge what the viewer may do.
type TimeEntry struct {
	ID, ProjectID, PersonID, ServiceID, BudgetID, TaskID, InvoiceID ID
	Project, Person, Service, Budget, Task, Invoice                 string
	Day                                                             Date
	Minutes, Billable                                               int
	StartedAt, EndedAt                                              Time
	Remark, Wording                                                 string
	Amount                                                          int64
	Currency                                                        string
	State, Reason, JudgedBy                                         string
	JudgedAt, CreatedAt                                             Time
	Version                                                         int64
	Shown, MayEdit, MayJudge                                        bool
}

// entryShown says of the entry e, its service s, budget b and project p that clients who see the budget see it.
const entryShown = "(b.client_open IS 1 AND e.billable > 0 AND e.state <> 'returned' AND (p.approves = 0 OR e.state = 'approved'))"

const teamEntry = `SELECT e.id, e.project_id, e.person_id, e.service_id, b.id, e.task_id, e.invoice_id, p.name, w.name, coalesce(s.name, ''), coalesce(b.name, ''), coalesce(t.title, ''), coalesce(i.number, ''),
	e.day, e.minutes, e.billable, e.started_at, e.ended_at, e.remark, e.wording, e.amount, coalesce(b.currency, ''), e.state, e.reason, coalesce(j.name, ''), e.judged_at, e.created_at, e.version, ` + entryShown + `,
	EXISTS (SELECT 1 FROM may_edit_time_entry m WHERE m.viewer_id = v.viewer_id AND m.time_entry_id = e.id), EXISTS (SELECT 1 FROM may_judge_time_entry m WHERE m.viewer_id = v.viewer_id AND m.time_entry_id = e.id)
	FROM visible_time_entry_team v JOIN time_entry e ON e.id = v.time_entry_id JOIN project p ON p.id = e.project_id JOIN person w ON w.id = e.person_id
	LEFT JOIN budget_service s ON s.id = e.service_id LEFT JOIN budget b ON b.id = s.budget_id LEFT JOIN task t ON t.id = e.task_id LEFT JOIN invoice i ON i.id = e.invoice_id AND EXISTS (SELECT 1 FROM visible_invoice_team y WHERE y.viewer_id = v.viewer_id AND y.invoice_id = e.invoice_id) LEFT JOIN person j ON j.id = e.judged_by`

func timeEntryFields(e *TimeEntry) []any {
	return []any{&e.ID, &e.ProjectID, &e.PersonID, &e.ServiceID, &e.BudgetID, &e.TaskID, &e.InvoiceID, &e.Project, &e.Person, &e.Service, &e.Budget, &e.Task, &e.Invoice,
		&e.Day, &e.Minutes, &e.Billable, &e.StartedAt, &e.EndedAt, &e.Remark, &e.Wording, &e.Amount, &e.Currency, &e.State, &e.Reason, &e.JudgedBy, &e.JudgedAt, &e.CreatedAt, &e.Version, &e.Shown, &e.MayEdit, &e.MayJudge}
}

// TimeFilter narrows a list of entries; what is 0 or "" narrows nothing.
type TimeFilter struct {
	Project, Budget, Service, Person, Task ID
	State                                  string
	From, To                               Date
	Limit                                  int // 0 for a thousand
}

// TimeEntries are those of the viewer's projects, newest first.
func (v *Viewer) TimeEntries(f TimeFilter) ([]TimeEntry, error) {
	if f.Limit == 0 {
		f.Limit = 1000
	}
	narrowed := ""
	for _, by := range []struct {
		clause string
		set    bool
	}{{" AND e.project_id = ?2", f.Project != 0}, {" AND b.id = ?3", f.Budget != 0}, {" AND e.service_id = ?4", f.Service != 0}, {" AND e.person_id = ?5", f.Person != 0},
		{" AND e.task_id = ?6", f.Task != 0}, {" AND e.state = ?7", f.State != ""}, {" AND e.day >= ?8", f.From != ""}, {" AND e.day <= ?9", f.To != ""}} {
		if by.set {
			narrowed += by.clause
		}
	}
	return all(v.source, timeEntryFields, teamEntry+" WHERE v.viewer_id = ?1"+narrowed+" ORDER BY e.day DESC, e.created_at DESC, e.id LIMIT ?10", v.ID, f.Project, f.Budget, f.Service, f.Person, f.Task, f.State, f.From, f.To, f.Limit)
}

// TimeEntry is one of them.
func (v *Viewer) TimeEntry(id ID) (TimeEntry, error) {
	return one(v.source, timeEntryFields, teamEntry+" WHERE v.viewer_id = ? AND e.id = ?", v.ID, id)
}

// TimeEntryVersion is what an entry said before somebody changed it.
type TimeEntryVersion struct {
	Number            int
	By, Service, Task string
	At                Time
	Day               Date
	Minutes, Billable int
	Remark, Wording   string
}

// TimeEntryHistory is what an entry said, oldest first.
func (v *Viewer) TimeEntryHistory(id ID) ([]TimeEntryVersion, error) {
	return all(v.source, func(h *TimeEntryVersion) []any {
		return []any{&h.Number, &h.By, &h.At, &h.Service, &h.Task, &h.Day, &h.Minutes, &h.Billable, &h.Remark, &h.Wording}
	}, `SELECT h.number, coalesce(p.name, ''), h.changed_at, h.service, h.task, h.day, h.minutes, h.billable, h.remark, h.wording FROM visible_time_entry_team v JOIN time_entry_version h ON h.time_entry_id = v.time_entry_id
		LEFT JOIN person p ON p.id = h.changed_by WHERE v.viewer_id = ? AND v.time_entry_id = ? ORDER BY h.number`, v.ID, id)
}

// Bookable is a service on which the viewer may book time.
type Bookable struct {
	ProjectID, BudgetID, ServiceID ID
	Project, Budget, Service       string
}

// Bookables are the services of open budgets of the projects that the viewer works on, and each of
// these projects without a service (ServiceID 0).
func (v *Viewer) Bookables() ([]Bookable, error) {
	return all(v.source, func(b *Bookable) []any {
		return []any{&b.ProjectID, &b.Project, &b.BudgetID, &b.Budget, &b.ServiceID, &b.Service}
	}, `SELECT p.id, p.name, b.id, coalesce(b.name, ''), s.id, coalesce(s.name, '') FROM visible_project_team v JOIN may_work w ON w.viewer_id = v.viewer_id AND w.project_id = v.project_id JOIN project p ON p.id = v.project_id
		JOIN budget b ON b.project_id = p.id AND b.closed_at IS NULL JOIN budget_service s ON s.budget_id = b.id WHERE v.viewer_id = ?1
		UNION ALL SELECT p.id, p.name, NULL, '', NULL, '' FROM visible_project_team v JOIN may_work w ON w.viewer_id = v.viewer_id AND w.project_id = v.project_id JOIN project p ON p.id = v.project_id WHERE v.viewer_id = ?1
		ORDER BY 2 COLLATE NOCASE, 1, 4 COLLATE NOCASE, 3, 6 COLLATE NOCASE, 5`, v.ID)
}
