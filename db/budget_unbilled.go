package db

import (
	"vitrine/db/bill"
	"vitrine/db/hours"
)

// How time is put together on the lines of a bill: all of a service, each task of it, each entry.
const (
	GroupService = "service"
	GroupTask    = "task"
	GroupEntry   = "entry"
)

// BillGroups in the order in which they are offered.
var BillGroups = []string{GroupService, GroupTask, GroupEntry}

// BudgetBillForm says what of a budget goes on a bill: what was booked and spent up to a day. Of a
// retainer it is the month of that day. Sum is what the whole came to when it was looked at, in minor
// units without tax.
type BudgetBillForm struct {
	Until                    string
	Group                    string
	Time, Services, Expenses bool
	Sum                      int64
}

// Unbilled is what becomes one line of a bill: time, a service as it was sold, or an expense. Wording is
// what clients may read, never an internal remark. Amount is in minor units without tax; Quantity (thousandths)
// times Price is the same, or Quantity is one.
type Unbilled struct {
	Kind                   string // "time", "service" or "expense"
	Service, Task, Wording string
	From, To               Date
	Month                  string // of a retainer, as in "2026-05"
	Minutes                int
	Unit                   string // of the service
	Rate                   int64  // its price
	Quantity, Price        int64
	Amount                 int64

	service  ID
	entries  []ID
	expenses []ID
}

// unbilledTime is the time of a budget that may go on a bill and stands on none.
type unbilledTime struct {
	id, service           ID
	name, unit, task, say string
	day                   Date
	minutes               int
	price, amount         int64
}

const unbilledEntries = `SELECT e.id, s.id, s.name, s.unit, coalesce(iif(t.client_title <> '', t.client_title, t.title), ''), e.wording, e.day, e.billable, e.price, e.amount
	FROM visible_time_entry_team v JOIN time_entry e ON e.id = v.time_entry_id JOIN budget_service s ON s.id = e.service_id JOIN project p ON p.id = e.project_id
	LEFT JOIN task t ON t.id = e.task_id AND t.private = 0 AND t.archived_at IS NULL
	WHERE v.viewer_id = ?1 AND s.budget_id = ?2 AND e.invoice_id IS NULL AND e.day <= ?3 AND substr(e.day, 1, length(?4)) = ?4 AND e.billable > 0
		AND iif(p.approves, e.state = 'approved', e.state <> 'returned') ORDER BY s.position, s.id, e.day, e.created_at, e.id`

const unbilledExpenses = `SELECT x.id, x.day, x.amount, iif(x.wording <> '', x.wording, x.supplier) FROM visible_expense_team v JOIN expense x ON x.id = v.expense_id JOIN budget b ON b.id = x.budget_id JOIN project p ON p.id = b.project_id
	WHERE v.viewer_id = ?1 AND b.id = ?2 AND x.invoice_id IS NULL AND x.day <= ?3 AND x.billable = 1 AND iif(p.approves, x.state = 'approved', x.state <> 'returned') ORDER BY x.day, x.created_at, x.id`

// A change that was put on a bill by itself is not sold twice.
const unbilledServices = `SELECT s.id, s.name, s.unit, s.price, iif(b.kind = 'capped', s.pieces, s.quantity) - coalesce((SELECT sum(k.quantity) FROM service_bill k WHERE k.service_id = s.id AND k.month = ?3), 0)
	FROM visible_budget_service_team v JOIN budget_service s ON s.id = v.budget_service_id JOIN budget b ON b.id = s.budget_id
	WHERE v.viewer_id = ?1 AND b.id = ?2 AND (b.kind <> 'capped' OR s.unit = 'piece')
		AND NOT EXISTS (SELECT 1 FROM invoice i WHERE i.decision_id = s.decision_id AND i.state <> 'void') ORDER BY s.position, s.id`

// unbilled finds the lines of a bill for a budget. Time that is covered by what was sold is on the line of its service.
func unbilled(r source, viewer ID, b budgetOf, form BudgetBillForm, until Date) (lines []Unbilled, err error) {
	month := ""
	if b.Kind == BudgetRetainer {
		month = string(until)[:7]
	}
	entries, err := all(r, func(e *unbilledTime) []any {
		return []any{&e.id, &e.service, &e.name, &e.unit, &e.task, &e.say, &e.day, &e.minutes, &e.price, &e.amount}
	}, unbilledEntries, viewer, b.ID, until, month)
	if err != nil {
		return nil, err
	}
	if form.Services {
		sold, err := all(r, func(u *Unbilled) []any { return []any{&u.service, &u.Service, &u.Unit, &u.Price, &u.Quantity} }, unbilledServices, viewer, b.ID, month)
		if err != nil {
			return nil, err
		}
		for _, u := range sold {
			if u.Quantity > 0 {
				u.Kind, u.Month, u.Amount = "service", month, hours.Times(u.Quantity, u.Price)
				u.entries = covered(entries, u.service)
				lines = append(lines, u)
			}
		}
	}
	if form.Time && b.Kind == BudgetCapped {
		lines = append(lines, grouped(entries, form.Group)...)
	}
	if !form.Expenses {
		return lines, nil
	}
	spent, err := all(r, func(u *Unbilled) []any {
		u.Kind, u.Quantity, u.expenses = "expense", 1000, []ID{0}
		return []any{&u.expenses[0], &u.From, &u.Amount, &u.Wording}
	}, unbilledExpenses, viewer, b.ID, until)
	for _, u := range spent {
		u.Price = u.Amount
		lines = append(lines, u)
	}
	return lines, err
}

// covered is the time of a service that was sold as a whole.
func covered(entries []unbilledTime, service ID) (ids []ID) {
	for _, e := range entries {
		if e.service == service {
			ids = append(ids, e.id)
		}
	}
	return ids
}

// grouped puts time together; what was booked at another price is a line of its own.
func grouped(entries []unbilledTime, group string) (lines []Unbilled) {
	type key struct {
		service, entry ID
		task           string
		price          int64
	}
	at := map[key]int{}
	for _, e := range entries {
		if e.unit == hours.Piece {
			continue // is paid by the piece
		}
		k := key{service: e.service, price: e.price}
		switch group {
		case GroupTask:
			k.task = e.task
		case GroupEntry:
			k.entry = e.id
		}
		n, known := at[k]
		if !known {
			n = len(lines)
			at[k] = n
			u := Unbilled{Kind: "time", Service: e.name, From: e.day, Unit: e.unit, Rate: e.price}
			if group != GroupService {
				u.Task = e.task
			}
			if group == GroupEntry {
				u.Wording = e.say
			}
			lines = append(lines, u)
		}
		u := &lines[n]
		u.From, u.To = min(u.From, e.day), max(u.To, e.day)
		u.Minutes, u.Amount, u.entries = u.Minutes+e.minutes, u.Amount+e.amount, append(u.entries, e.id)
	}
	for i := range lines {
		lines[i].priced()
	}
	return lines
}

// priced counts time in its unit where that comes to exactly what the entries come to, and as one thing at
// their sum where it does not: 20 minutes are no thousandths of an hour, and each entry was rounded.
func (u *Unbilled) priced() {
	per := int(hours.Minutes(u.Unit))
	u.Quantity, u.Price = 1000, u.Amount
	if exact := u.Minutes * 1000; exact%per == 0 && hours.Times(int64(exact/per), u.Rate) == u.Amount {
		u.Quantity, u.Price = int64(exact/per), u.Rate
	}
}

// lineUnit is the code under which a bill counts it.
func (u Unbilled) lineUnit() string {
	switch {
	case u.Kind == "time" && u.Price != u.Rate:
	case u.Unit == hours.Hour:
		return "HUR"
	case u.Unit == hours.Day:
		return "DAY"
	}
	return bill.Units[0]
}
