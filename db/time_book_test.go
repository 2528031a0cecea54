package db

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

// refusedFor is the field and sentence of a form's mistake, "" for none.
func refusedFor(err error) string {
	var bad *Invalid
	if errors.As(err, &bad) {
		return bad.Field + " " + bad.Key
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestTimeForms(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	service, site := w.id("work of hours").String(), w.id("site").String()
	before := w.digest()
	for name, c := range map[string]struct {
		form TimeForm
		want string
	}{
		"nothing typed":        {TimeForm{Service: service, Day: "2026-05-20"}, "minutes time.unclear"},
		"negative":             {TimeForm{Service: service, Day: "2026-05-20", Minutes: "-1:00"}, "minutes time.unclear"},
		"no time":              {TimeForm{Service: service, Day: "2026-05-20", Minutes: "0:00"}, "minutes time.nothing"},
		"longer than a day":    {TimeForm{Service: service, Day: "2026-05-20", Minutes: "25:01"}, "minutes time.too-long"},
		"longer than this day": {TimeForm{Service: service, Day: "2026-05-20", Minutes: "24:01"}, "sure time.day-full"},
		"billable too long":    {TimeForm{Service: service, Day: "2026-05-20", Minutes: "1:00", Billable: "30:00"}, "billable time.too-long"},
		"no day":               {TimeForm{Service: service, Minutes: "1:00"}, "day date.invalid"},
		"no such day":          {TimeForm{Service: service, Day: "2026-02-30", Minutes: "1:00"}, "day date.invalid"},
		"no project":           {TimeForm{Day: "2026-05-20", Minutes: "1:00"}, "project time.project-empty"},
		"a strange id":         {TimeForm{Service: "x", Day: "2026-05-20", Minutes: "1:00"}, "service choice.unknown"},
		"another's service":    {TimeForm{Service: w.id("work of beta hours").String(), Day: "2026-05-20", Minutes: "1:00"}, "service choice.unknown"},
		"no service":           {TimeForm{Service: NewID().String(), Day: "2026-05-20", Minutes: "1:00"}, "service choice.unknown"},
		"another project's":    {TimeForm{Service: service, Project: w.id("old").String(), Day: "2026-05-20", Minutes: "1:00"}, "service choice.unknown"},
		"another's task":       {TimeForm{Service: service, Task: w.id("poster").String(), Day: "2026-05-20", Minutes: "1:00"}, "task choice.unknown"},
		"for somebody else":    {TimeForm{Project: site, Person: w.id("lea").String(), Day: "2026-05-20", Minutes: "1:00"}, "your role does not allow this"},
		"another's project":    {TimeForm{Project: w.id("beta").String(), Day: "2026-05-20", Minutes: "1:00"}, "not found"},
		"an archived project":  {TimeForm{Project: w.id("old").String(), Day: "2026-05-20", Minutes: "1:00"}, "not found"},
	} {
		if _, err := w.AddTime(w.actor("mark"), c.form); refusedFor(err) != c.want {
			t.Errorf("%s: %q, want %q", name, refusedFor(err), c.want)
		}
	}
	w.unchanged(before, "what is refused")
	w.must(w.CloseBudget(w.actor("lea"), w.id("hours"), true))
	if _, err := w.AddTime(w.actor("mark"), TimeForm{Service: service, Day: "2026-05-20", Minutes: "1:00"}); refusedFor(err) != "service time.budget-closed" {
		t.Error(err)
	}
	if _, err := w.AddTime(w.actor("lea"), TimeForm{Project: site, Person: w.id("tess").String(), Day: "2026-05-20", Minutes: "1:00"}); refusedFor(err) != "person choice.unknown" {
		t.Error(err)
	}
	w.must(just(w.AddTime(w.actor("lea"), TimeForm{Project: site, Person: w.id("mark").String(), Day: "2026-05-20", Minutes: "1:00"})))
}

// Spans count by the clock on the wall where somebody is: over midnight, in the night in which an hour is
// twice there and in that in which it is missing. A day of 25 hours has 25.
func TestNightsAndClockChanges(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.sql("UPDATE person SET time_zone = 'Europe/Athens' WHERE id = ?", w.id("mark"))
	site := w.id("site").String()
	for n, c := range []struct {
		day, typed string
		minutes    int
	}{{"2026-05-20", "22:30-1:00", 150}, {"2026-10-25", "2:00-5:00", 240}, {"2026-03-29", "2:00-5:00", 120}, {"2025-03-29", "23:00-4:30", 270}} {
		w.keep(fmt.Sprint("span ", n))(w.AddTime(w.actor("mark"), TimeForm{Project: site, Day: c.day, Minutes: c.typed}))
		if got := w.rows("SELECT minutes || ' ' || day FROM time_entry WHERE id = ?", w.id(fmt.Sprint("span ", n)))[0]; got != fmt.Sprint(c.minutes, " ", c.day) {
			t.Errorf("%+v: %s", c, got)
		}
	}
	if _, err := w.AddTime(w.actor("mark"), TimeForm{Project: site, Day: "2026-03-29", Minutes: "3:10-3:50"}); refusedFor(err) != "minutes time.nothing" && refusedFor(err) != "sure time.overlaps" {
		t.Error(err)
	}
	if _, err := w.AddTime(w.actor("mark"), TimeForm{Project: site, Day: "2026-05-20", Minutes: "23:00-23:30"}); refusedFor(err) != "sure time.overlaps" {
		t.Error("work at the same time is not questioned:", err)
	}
	w.must(just(w.AddTime(w.actor("mark"), TimeForm{Project: site, Day: "2026-05-20", Minutes: "23:00-23:30", Sure: true})))
	w.must(just(w.AddTime(w.actor("mark"), TimeForm{Project: site, Day: "2026-10-25", Minutes: "21:00"})))
	if _, err := w.AddTime(w.actor("mark"), TimeForm{Project: site, Day: "2026-10-25", Minutes: "0:01"}); refusedFor(err) != "sure time.day-full" {
		t.Error("a day of more than 25 hours is not questioned:", err)
	}
	w.must(just(w.AddTime(w.actor("mark"), TimeForm{Project: site, Day: "2026-10-24", Minutes: "24:00"})))
}

// One clock runs for somebody, survives a restart, and is not believed after a night.
func TestTimer(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	mark := w.actor("mark")
	w.must(w.DropTimer(mark))
	w.turned(time.Date(2026, 5, 20, 8, 0, 0, 0, time.UTC))
	w.must(w.StartTimer(mark, TimerForm{Service: w.id("work of hours").String(), Task: w.id("home").String(), Remark: "menu"}))
	w.turned(time.Date(2026, 5, 20, 8, 20, 31, 0, time.UTC))
	w.must(w.StartTimer(mark, TimerForm{Project: w.id("site").String(), Remark: "mails"})) // books the first one
	if got := w.rows("SELECT minutes || remark || (task_id IS NOT NULL) FROM time_entry WHERE person_id = ? AND started_at = '2026-05-20T08:00:00.000000Z'", w.id("mark")); fmt.Sprint(got) != "[21menu1]" {
		t.Error(got)
	}
	if n := len(w.rows("SELECT 1 FROM timer WHERE person_id = ?", w.id("mark"))); n != 1 {
		t.Error("so many clocks run:", n)
	}
	w.Close()
	w = openWorld(t, w.Dir(), w.ids, time.Date(2026, 5, 21, 6, 0, 0, 0, time.UTC), Options{Serve: true})
	asks := func() (asks bool) {
		w.must(w.View(mark.Person, func(v *Viewer) error {
			timer, runs, err := v.Timer(w.Now(), time.UTC)
			if !runs || timer.Remark != "mails" {
				t.Error("the clock is gone", timer)
			}
			asks = timer.Asks
			return err
		}))
		return asks
	}
	if !asks() {
		t.Error("a clock that ran a night is believed")
	}
	for name, err := range map[string]error{"stop": just(w.StopTimer(mark, StopForm{})), "start": w.StartTimer(mark, TimerForm{Project: w.id("site").String()}), "nonsense": just(w.StopTimer(mark, StopForm{Minutes: "long"}))} {
		if got := refusedFor(err); got != "minutes timer.asks" && got != "minutes time.unclear" {
			t.Error(name, err)
		}
	}
	id, err := w.StopTimer(mark, StopForm{Minutes: "0:50", Billable: "0:30", Wording: "Mails"})
	w.must(err)
	if got := w.rows("SELECT minutes || ' ' || billable || ' ' || day || ' ' || wording || ' ' || remark FROM time_entry WHERE id = ?", id)[0]; got != "50 30 2026-05-20 Mails mails" {
		t.Error(got)
	}
	if _, err := w.StopTimer(mark, StopForm{}); err != ErrNotFound {
		t.Error("it is booked twice:", err)
	}
	// A task that is deleted takes its time along nowhere.
	w.turned(time.Date(2026, 5, 21, 6, 0, 0, 0, time.UTC))
	w.must(w.StartTimer(mark, TimerForm{Task: w.id("form").String()}))
	w.sql("DELETE FROM task WHERE id = ?", w.id("form"))
	w.turned(time.Date(2026, 5, 21, 6, 30, 0, 0, time.UTC))
	id, err = w.StopTimer(mark, StopForm{})
	w.must(err)
	if got := w.rows("SELECT minutes || ' ' || (task_id IS NULL) FROM time_entry WHERE id = ?", id)[0]; got != "30 1" {
		t.Error(got)
	}
	// Nor does a project that somebody has left tell them anything; what runs there can be dropped.
	w.must(w.StartTimer(mark, TimerForm{Project: w.id("site").String()}))
	w.must(w.RemoveMember(w.actor("lea"), w.id("site"), w.id("mark")))
	if _, err := w.StopTimer(mark, StopForm{}); err != ErrNotFound {
		t.Error(err)
	}
	w.must(w.View(mark.Person, func(v *Viewer) error {
		timer, runs, err := v.Timer(w.Now(), time.UTC)
		if !runs || timer.Project != "" {
			t.Error(timer)
		}
		return err
	}))
	w.must(w.DropTimer(mark))
}

// Work is judged all of it or nothing, by those who lead; one's own only where the workspace lets them; and it
// is locked once it stands on an invoice.
func TestApproval(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	lea, mark, adam := w.actor("lea"), w.actor("mark"), w.actor("adam")
	own := w.booked("lea's own", "lea", "hours", TimeForm{Minutes: "1:00", Day: "2026-05-20"})
	state := func(name string) string {
		return w.rows("SELECT state || coalesce(' ' || nullif(reason, ''), '') FROM time_entry WHERE id = ?", w.id(name))[0]
	}
	before := w.digest()
	for name, c := range map[string]struct {
		by   Actor
		j    Judgement
		want string
	}{
		"a member":             {mark, Judgement{Entries: []ID{own}, Approve: true}, "your role does not allow this"},
		"another project's":    {lea, Judgement{Entries: []ID{w.id("gallery"), w.id("beta work")}, Approve: true}, "not found"},
		"one that is none":     {lea, Judgement{Entries: []ID{w.id("gallery"), NewID()}, Approve: true}, "not found"},
		"on an invoice":        {lea, Judgement{Entries: []ID{w.id("gallery"), w.id("changed")}, Approve: true}, "your role does not allow this"},
		"nothing":              {lea, Judgement{Approve: true}, "entries time.none-chosen"},
		"without a reason":     {lea, Judgement{Entries: []ID{w.id("gallery")}}, "reason time.reason-empty"},
		"a client":             {w.actor("manu"), Judgement{Entries: []ID{w.id("gallery")}, Approve: true}, "not found"},
		"an expense elsewhere": {lea, Judgement{Entries: []ID{w.id("gallery")}, Expenses: []ID{w.id("toner")}, Approve: true}, "not found"},
	} {
		if err := w.Judge(c.by, c.j); refusedFor(err) != c.want {
			t.Errorf("%s: %q, want %q", name, refusedFor(err), c.want)
		}
	}
	w.unchanged(before, "a judgement that is refused")
	w.sql("UPDATE setting SET value = '0' WHERE key = 'time.own'")
	if err := w.Judge(lea, Judgement{Entries: []ID{own}, Approve: true}); err != ErrDenied {
		t.Error("one's own work is approved:", err)
	}
	w.must(w.Judge(adam, Judgement{Entries: []ID{own}, Approve: true}))
	w.sql("UPDATE setting SET value = '1' WHERE key = 'time.own'")
	w.must(w.Judge(lea, Judgement{Entries: []ID{own, w.id("gallery")}, Reason: "too long"}))
	if state("lea's own") != "returned too long" || state("gallery") != "returned too long" {
		t.Error(state("lea's own"), state("gallery"))
	}
	version := func(name string) (n int64) {
		fmt.Sscan(w.rows("SELECT version FROM time_entry WHERE id = ?", w.id(name))[0], &n)
		return n
	}
	form := TimeForm{Service: w.id("work of hours").String(), Day: "2026-05-20", Minutes: "0:30"}
	form.Version = version("gallery") - 1
	var stale *Conflict
	if err := w.EditTime(mark, w.id("gallery"), form); !errors.As(err, &stale) {
		t.Error("an old form is taken:", err)
	}
	form.Version = version("gallery")
	w.must(w.EditTime(mark, w.id("gallery"), form))
	if state("gallery") != "open too long" {
		t.Error(state("gallery"))
	}
	w.must(w.Judge(lea, Judgement{Entries: []ID{w.id("gallery")}, Approve: true}))
	form.Version = version("gallery")
	for name, err := range map[string]error{"its author, once it was approved": w.EditTime(mark, w.id("gallery"), form), "somebody else": w.DeleteTime(mark, own)} {
		if err != ErrDenied {
			t.Errorf("%s changes it: %v", name, err)
		}
	}
	for name, err := range map[string]error{"edit": w.EditTime(lea, w.id("changed"), TimeForm{Service: w.id("work of hours").String(), Day: "2026-05-20", Minutes: "1:00", Version: version("changed")}), "delete": w.DeleteTime(adam, w.id("changed")), "expense": w.DeleteExpense(adam, w.id("phones"))} {
		if err != ErrSent {
			t.Errorf("what stands on an invoice is changed by %s: %v", name, err)
		}
	}
}
