package db

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"vitrine/db/hours"
)

// seenTime is how many minutes somebody sees of an entry's budget through the glass, and whether they see that
// budget.
func (w *world) seenTime(who, budget string) (minutes int, open bool) {
	w.t.Helper()
	w.must(w.Glass(w.id(who), func(g *Glass) error {
		b, err := g.Budget(w.id(budget), "2026-05-20")
		if err == ErrNotFound {
			for _, ask := range []func() (int, error){
				func() (int, error) { l, err := g.TimeEntries(w.id(budget), 0, "", ""); return len(l), err },
				func() (int, error) { l, err := g.Expenses(w.id(budget)); return len(l), err },
				func() (int, error) { l, err := g.Budgets(w.id("site"), "2026-05-20"); return len(l), err },
			} {
				if n, err := ask(); n > 0 || err != nil {
					w.t.Errorf("%s sees no budget and %d of its lines: %v", who, n, err)
				}
			}
			return nil
		}
		minutes, open = b.Figures().Billable, err == nil
		return err
	}))
	return minutes, open
}

// Both keys, and nothing else, open a budget: all combinations of the switch, the right, the feature, approval
// and the states of an entry.
func TestTwoKeys(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.sql("DELETE FROM time_entry WHERE service_id = ?", w.id("work of hours"))
	w.sql("UPDATE budget SET client_open = 0")
	lea := w.actor("lea")
	entry := w.booked("the entry", "mark", "hours", TimeForm{Minutes: "1:00"})
	for _, open := range []bool{false, true} {
		w.must(w.OpenBudget(lea, w.id("hours"), open))
		for _, approves := range []bool{false, true} {
			w.must(w.SetApproves(lea, w.id("site"), approves))
			for _, state := range []string{WorkOpen, WorkApproved, WorkReturned} {
				w.sql("UPDATE time_entry SET state = ? WHERE id = ?", state, entry)
				for _, billable := range []int{0, 45} {
					w.sql("UPDATE time_entry SET billable = ? WHERE id = ?", billable, entry)
					for _, feature := range []bool{true, false} {
						w.sql("DELETE FROM feature WHERE scope = 'project' AND scope_id = ? AND name = 'budgets'", w.id("site"))
						w.sql("INSERT INTO feature (scope, scope_id, name, is_on) VALUES ('project', ?, 'budgets', ?)", w.id("site"), feature)
						for who, right := range map[string]bool{"manu": true, "nikos": true, "eleni": false, "vic": false, "finn": false, "otto": false, "bea": false, "fred": false} {
							minutes, seen := w.seenTime(who, "hours")
							wantSeen, want := open && right && feature, 0
							if wantSeen && (state == WorkApproved || state == WorkOpen && !approves) {
								want = billable
							}
							if seen != wantSeen || minutes != want {
								t.Fatalf("%s with open %v, approves %v, %s, billable %d, feature %v: sees %v, %d minutes", who, open, approves, state, billable, feature, seen, minutes)
							}
						}
					}
				}
			}
		}
	}
}

// What clients cannot see changes no counter that their pages carry; what those see who hold the right moves the
// budgets' counter alone, so that it wakes nobody else.
func TestHiddenWorkWakesNobody(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	counters := func() (team, client, budgets string) {
		row := w.rows("SELECT team_version || ' ' || client_version || ' ' || budget_version FROM project WHERE id = ?", w.id("site"))[0]
		fmt.Sscan(row, &team, &client, &budgets)
		return team, client, budgets
	}
	lea := w.actor("lea")
	for name, step := range map[string]struct {
		shown bool
		do    func() error
	}{
		"a billable entry": {true, func() error {
			return just(w.AddTime(lea, TimeForm{Service: w.id("work of hours").String(), Day: "2026-05-20", Minutes: "0:10"}))
		}},
		"one that is not billable": {false, func() error {
			return just(w.AddTime(lea, TimeForm{Service: w.id("work of hours").String(), Day: "2026-05-20", Minutes: "0:10", Billable: "0"}))
		}},
		"one on a closed budget": {false, func() error {
			return just(w.AddTime(lea, TimeForm{Service: w.id("work of house plan").String(), Day: "2026-05-20", Minutes: "0:10"}))
		}},
		"one on no budget": {false, func() error {
			return just(w.AddTime(lea, TimeForm{Project: w.id("site").String(), Day: "2026-05-20", Minutes: "0:10"}))
		}},
		"a service's plan": {true, func() error {
			return w.EditService(lea, w.id("work of hours"), ServiceForm{Name: "named", Unit: "hour", Price: "60", Quantity: "11"})
		}},
		"an inner expense": {false, func() error {
			return just(w.AddExpense(lea, w.id("hours"), ExpenseForm{Day: "2026-05-20", Amount: "1"}, nil))
		}},
		"an expense": {true, func() error {
			return just(w.AddExpense(lea, w.id("hours"), ExpenseForm{Day: "2026-05-20", Amount: "1", Wording: "x", Billable: true}, nil))
		}},
		"a reply on the budget": {true, func() error { return just(w.AddReply(w.actor("manu"), w.id("hours"), "and this?")) }},
		"a note on the budget":  {false, func() error { return just(w.AddNote(lea, w.id("hours"), "among us")) }},
	} {
		team, client, budgets := counters()
		w.must(step.do())
		after, afterClient, afterBudgets := counters()
		if after == team || afterClient != client || (afterBudgets != budgets) != step.shown {
			t.Errorf("%s: team %s to %s, clients %s to %s, budgets %s to %s", name, team, after, client, afterClient, budgets, afterBudgets)
		}
	}
}

// The sum of the entries is every total, for both sides, after random bookings; and what clients read cannot
// tell what was worked.
func TestEntriesAreTheTotals(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.sql("DELETE FROM time_entry WHERE service_id = ?", w.id("work of hours"))
	w.keep("second")(w.AddService(w.actor("lea"), w.id("hours"), ServiceForm{Name: "second", Unit: "day", Price: "410", Cost: "150", Quantity: "3"}))
	random := rand.New(rand.NewPCG(8, 1))
	var minutes, billable, worth int64
	for range 40 {
		service, unit, price := "work of hours", hours.Hour, int64(6000)
		if random.IntN(2) == 0 {
			service, unit, price = "second", hours.Day, 41000
		}
		worked, counts := 1+random.IntN(400), random.IntN(400)
		if random.IntN(5) == 0 {
			counts = 0
		}
		w.must(just(w.AddTime(w.actor("mark"), TimeForm{Service: w.id(service).String(), Day: string(Date("2026-05-01").Plus(random.IntN(19))), Minutes: hours.Clock(worked), Billable: hours.Clock(counts), Sure: true})))
		minutes, billable, worth = minutes+int64(worked), billable+int64(counts), worth+hours.Amount(counts, price, unit)
	}
	w.must(w.View(w.actor("lea").Person, func(v *Viewer) error {
		b, err := v.Budget(w.id("hours"), "2026-05-20")
		if err != nil {
			return err
		}
		f, inside := b.Figures()
		entries, err := v.TimeEntries(TimeFilter{Budget: w.id("hours")})
		var sum, counts int
		var amount int64
		for _, e := range entries {
			sum, counts, amount = sum+e.Minutes, counts+e.Billable, amount+e.Amount
		}
		if int64(inside.Worked) != minutes || int64(f.Billable) != billable || f.Used != worth || int64(sum) != minutes || counts != f.Billable || amount != f.Used {
			t.Errorf("%+v %+v, booked %d %d %d, listed %d %d %d", f, inside, minutes, billable, worth, sum, counts, amount)
		}
		return err
	}))
	read := func() (text string) {
		w.must(w.Glass(w.id("manu"), func(g *Glass) error {
			b, err := g.Budget(w.id("hours"), "2026-05-20")
			if err != nil {
				return err
			}
			entries, err := g.TimeEntries(w.id("hours"), 0, "", "")
			if err != nil {
				return err
			}
			counts, amount := 0, int64(0)
			for _, e := range entries {
				counts, amount = counts+e.Minutes, amount+e.Amount
			}
			f := b.Figures()
			if int64(f.Billable) != billable || f.Used != worth || counts != f.Billable || amount != f.Used {
				t.Errorf("%+v, listed %d %d", f, counts, amount)
			}
			pace, err := g.Pace(w.id("hours"), "2026-05-20")
			text = fmt.Sprintf("%+v %+v %v", b, entries, pace)
			return err
		}))
		return text
	}
	before := read()
	w.sql("UPDATE time_entry SET minutes = (minutes + 77) % 1400, cost = cost + 5, rate = 9, remark = 'other' WHERE service_id IN (?, ?)", w.id("work of hours"), w.id("second"))
	w.sql("UPDATE budget_service SET cost = cost + 5")
	if after := read(); after != before {
		t.Errorf("worked time reaches the client:\n%s\n%s", before, after)
	}
}

// Whoever does not lead reads no internal cost; whoever leads does.
func TestCostIsForThoseWhoLead(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	for who, leads := range map[string]bool{"lea": true, "adam": true, "mark": false} {
		w.must(w.View(w.actor(who).Person, func(v *Viewer) error {
			b, err := v.Budget(w.id("hours"), "2026-05-20")
			_, inside := b.Figures()
			if cost := b.Services[0].Cost; (cost == 2500) != leads || (cost == 0) == leads || (inside.Spent > 0) != leads || b.Leads != leads {
				t.Errorf("%s reads %d and %+v", who, cost, inside)
			}
			return err
		}))
	}
}

// A price that changes later changes nothing that was booked; an entry that is corrected keeps the price of
// then, one that moves takes the new service's.
func TestBookedTimeKeepsItsPrice(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	amount := func(name string) string {
		return w.rows("SELECT amount || '/' || cost FROM time_entry WHERE id = ?", w.id(name))[0]
	}
	w.booked("early", "mark", "hours", TimeForm{Minutes: "1:00", Day: "2026-05-20"})
	w.must(w.EditService(w.actor("lea"), w.id("work of hours"), ServiceForm{Name: "x", Unit: "hour", Price: "90", Cost: "50", Quantity: "10"}))
	w.booked("late", "mark", "hours", TimeForm{Minutes: "1:00", Day: "2026-05-20"})
	if amount("early") != "6000/2500" || amount("late") != "9000/5000" {
		t.Error(amount("early"), amount("late"))
	}
	w.must(w.EditTime(w.actor("mark"), w.id("early"), TimeForm{Service: w.id("work of hours").String(), Day: "2026-05-20", Minutes: "2:00", Version: 1}))
	if amount("early") != "12000/5000" {
		t.Error(amount("early"))
	}
	w.must(w.EditTime(w.actor("mark"), w.id("early"), TimeForm{Service: w.id("work of house plan").String(), Day: "2026-05-20", Minutes: "2:00", Version: 2}))
	if amount("early") != "12000/5000" { // the same price there
		t.Error(amount("early"))
	}
	if history := w.rows("SELECT number || ' ' || minutes || ' ' || service FROM time_entry_version WHERE time_entry_id = ? ORDER BY number", w.id("early")); fmt.Sprint(history) != "[1 60 x 2 120 x]" {
		t.Error(history)
	}
	var bad *Invalid
	if err := w.EditService(w.actor("lea"), w.id("work of hours"), ServiceForm{Name: "x", Unit: "day", Price: "90"}); !errors.As(err, &bad) || bad.Field != "unit" {
		t.Error(err)
	}
}

// Those who lead hear once at each share of a budget, and again after it fell below.
func TestBudgetAlerts(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.sql("DELETE FROM event WHERE kind = ?", EventBudgetAlert)
	alerts := func() string {
		return fmt.Sprint(w.rows("SELECT number || audience FROM event WHERE kind = ? AND budget_id = ? ORDER BY seq", EventBudgetAlert, w.id("spare plan")))
	}
	for n, step := range []struct{ minutes, want string }{{"4:59", "[]"}, {"0:01", "[50team]"}, {"1:00", "[50team]"}, {"2:00", "[50team 80team]"}, {"6:00", "[50team 80team 100team]"}} {
		w.booked(fmt.Sprint("step ", n), "mark", "spare plan", TimeForm{Minutes: step.minutes, Day: "2026-05-20", Sure: true})
		if alerts() != step.want {
			t.Errorf("after %s: %s, want %s", step.minutes, alerts(), step.want)
		}
	}
	w.must(w.DeleteTime(w.actor("mark"), w.id("step 4")))
	w.booked("again", "mark", "spare plan", TimeForm{Minutes: "3:00", Day: "2026-05-20", Sure: true})
	if alerts() != "[50team 80team 100team 100team]" {
		t.Error(alerts())
	}
}
