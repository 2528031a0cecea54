package db

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// inAthens gives a world a Greek office, and a moment there.
func (w *world) inAthens(moment string) {
	w.t.Helper()
	w.sql("DELETE FROM outbox")
	w.sql("DELETE FROM job")
	w.sql("UPDATE person SET joined_at = created_at")
	w.sql("INSERT INTO setting (key, value) VALUES ('office.country', 'GR'), ('workspace.time_zone', 'Europe/Athens') ON CONFLICT DO UPDATE SET value = excluded.value")
	w.holds(0)
	w.at(moment)
}

func (w *world) at(moment string) {
	w.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", moment, athens(w.t))
	if err != nil {
		w.t.Fatal(err)
	}
	w.clock.Store(&at)
}

// puts asks a question of the site: to Eleni and Nikos, unless the form names others.
func (w *world) puts(form DecisionForm) ID {
	w.t.Helper()
	if form.Question == "" {
		form.Question = "Which one?"
	}
	form.Kind, form.FreeAnswer = KindQuestion, true
	if form.Deciders == nil {
		form.Deciders = []string{w.id("eleni").String(), w.id("nikos").String()}
	}
	id, err := w.AddDecision(w.actor("lea"), w.id("site"), form)
	if err == nil {
		err = w.AskDecision(w.actor("lea"), id, 1)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// says answers a question in somebody's own words.
func (w *world) says(who string, id ID, edition int) {
	w.t.Helper()
	if _, err := w.Answer(w.actor(who), id, AnswerForm{Edition: edition, Outcome: Free, Comment: "words of " + who}); err != nil {
		w.t.Fatal(err)
	}
}

// runsUntil lets time pass until a moment, an hour at a time, and runs each job that
// becomes due as often as is said.
func (w *world) runsUntil(moment string, times int) {
	w.t.Helper()
	until, err := time.ParseInLocation("2006-01-02 15:04", moment, athens(w.t))
	if err != nil {
		w.t.Fatal(err)
	}
	for w.clock.Load().Before(until) {
		w.tick(time.Hour)
		w.runsDue(times)
	}
}

func (w *world) runsDue(times int) {
	w.t.Helper()
	for {
		job, err := w.ClaimJob()
		if errors.Is(err, ErrNotFound) {
			return
		}
		for range times {
			switch {
			case err != nil:
			case job.Kind == JobRemind:
				err = w.RemindDue(job.Subject)
			case job.Kind == JobExpire:
				err = w.ExpireDue(job.Subject)
			}
		}
		if err == nil {
			err = w.JobDone(job)
		}
		if err != nil {
			w.t.Fatal(err)
		}
	}
}

// mailedOn are the days on which mails of a kind were put into the outbox, with how
// many, in Athens.
func (w *world) mailedOn(kind string) string {
	w.t.Helper()
	var days []string
	counts := map[string]int{}
	for _, row := range w.rows("SELECT created_at FROM outbox WHERE kind = ? ORDER BY id", kind) {
		at, err := time.Parse(timeLayout, row)
		if err != nil {
			w.t.Fatal(err)
		}
		day := at.In(athens(w.t)).Format("01-02")
		if counts[day]++; counts[day] == 1 {
			days = append(days, day)
		}
	}
	for i, day := range days {
		days[i] = fmt.Sprint(day, "x", counts[day])
	}
	return strings.Join(days, " ")
}

// The days of 2026: 23 February, 25 March, 10 and 13 April, 1 May and 1 June are Greek
// holidays.
func TestLadder(t *testing.T) {
	usual := Office{Zone: athens(t), Days: weekOf(9*60, 17*60), Country: "GR"}
	for _, c := range []struct {
		name, asked string
		due         Date
		office      Office
		want        string
	}{
		{"over weekends and a holiday", "2026-05-08 09:12", "2026-05-18", usual, "05-15 05-18 05-20 05-22 05-26 05-28 06-02 06-04 06-08 06-10"},
		{"due when it is closed: the last open day before", "2026-04-01 10:00", "2026-04-13", usual, "04-09 04-15 04-17 04-21 04-23 04-27 04-29 05-04 05-06 05-08"},
		{"three days before is a Sunday: the next open day", "2026-05-08 10:00", "2026-05-20", usual, "05-18 05-20 05-22 05-26 05-28 06-02 06-04 06-08 06-10 06-12"},
		{"due on a Sunday", "2026-05-04 10:00", "2026-05-17", usual, "05-14 05-15 05-19 05-21 05-25 05-27 05-29 06-03 06-05 06-09"},
		{"asked two days before", "2026-05-18 10:00", "2026-05-20", usual, "05-20 05-22 05-26 05-28 06-02 06-04 06-08 06-10 06-12 06-16"},
		{"asked after it was due", "2026-05-14 10:00", "2026-05-04", usual, "05-18 05-20 05-22 05-26 05-28 06-02 06-04 06-08 06-10 06-12"},
		{"without a day", "2026-04-29 16:00", "", usual, "05-05 05-08 05-13 05-18 05-21 05-26 05-29 06-04 06-09 06-12"},
		{"an office that never closes", "2026-04-29 16:00", "", Office{Zone: athens(t), Days: [7]Span{{0, 1440}, {0, 1440}, {0, 1440}, {0, 1440}, {0, 1440}, {0, 1440}, {0, 1440}}}, "05-02 05-05 05-08 05-11 05-14 05-17 05-20 05-23 05-26 05-29"},
		{"an office that never opens", "2026-04-29 16:00", "2026-05-18", Office{Zone: athens(t)}, ""},
		{"over the change of the clock", "2026-10-20 10:00", "2026-10-26", usual, "10-23 10-26 10-29 11-02 11-04 11-06 11-10 11-12 11-16 11-18"},
	} {
		asked, err := time.ParseInLocation("2006-01-02 15:04", c.asked, c.office.Zone)
		if err != nil {
			t.Fatal(err)
		}
		var days []string
		rungs := c.office.ladder(asked, c.due)
		for _, rung := range rungs {
			days = append(days, rung.Format("01-02"))
			if clock := rung.Format("15:04"); clock != "09:00" && !(clock == "08:00" && c.office.Days[0].To == 1440) {
				t.Errorf("%s: at %s", c.name, clock)
			}
		}
		if got := strings.Join(days, " "); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
		if !slices.IsSortedFunc(rungs, time.Time.Compare) || len(rungs) > mostReminders {
			t.Error(c.name, rungs)
		}
	}
}

// The whole ladder, with every job run twice and the program started anew in the middle:
// one mail to each at each rung, and an end.
func TestRemindersClimbTheLadder(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.inAthens("2026-05-08 09:12")
	w.puts(DecisionForm{DueOn: "2026-05-18", Mode: AnyOne})
	if got := w.mailedOn(MailAsked); got != "05-08x2" {
		t.Error("asked:", got)
	}
	w.runsUntil("2026-05-19 12:00", 2)
	dir, at := w.Dir(), *w.clock.Load()
	w.must(w.Close())
	w = openWorld(t, dir, w.ids, at, Options{Glasses: 2})
	w.runsUntil("2026-06-25 12:00", 2)
	if got, want := w.mailedOn(MailReminder), "05-15x2 05-18x2 05-20x2 05-22x2 05-26x2 05-28x2 06-02x2 06-04x2 06-08x2 06-10x2"; got != want {
		t.Errorf("reminded\n on %s\nnot %s", got, want)
	}
	if left := w.rows("SELECT kind FROM job WHERE done_at IS NULL"); len(left) > 0 {
		t.Error("still to come:", left)
	}
}

// What ends a ladder, and what begins another.
func TestRemindersStop(t *testing.T) {
	alone(t)
	t.Parallel()
	for what, c := range map[string]struct {
		form DecisionForm
		on18 func(w *world, id ID)
		want string
	}{
		"nothing":   {DecisionForm{DueOn: "2026-05-18"}, nil, "05-15x2 05-18x2 05-20x2 05-22x2"},
		"answered":  {DecisionForm{DueOn: "2026-05-18"}, func(w *world, id ID) { w.says("eleni", id, 1) }, "05-15x2 05-18x2"},
		"all":       {DecisionForm{DueOn: "2026-05-18", Mode: All}, func(w *world, id ID) { w.says("eleni", id, 1) }, "05-15x2 05-18x2 05-20x1 05-22x1"},
		"in order":  {DecisionForm{DueOn: "2026-05-18", Mode: InOrder}, func(w *world, id ID) { w.says("eleni", id, 1) }, "05-15x1 05-18x1 05-20x1 05-22x1"},
		"withdrawn": {DecisionForm{DueOn: "2026-05-18"}, func(w *world, id ID) { w.must(w.WithdrawDecision(w.actor("lea"), id, "")) }, "05-15x2 05-18x2"},
		"closes":    {DecisionForm{DueOn: "2026-05-18", Closes: true}, nil, "05-15x2 05-18x2"},
		"later":     {DecisionForm{DueOn: "2026-05-18"}, func(w *world, id ID) { w.changes(id, func(f *DecisionForm) { f.DueOn = "2026-05-25" }) }, "05-15x2 05-18x2 05-22x2"},
		"dateless":  {DecisionForm{DueOn: "2026-05-18"}, func(w *world, id ID) { w.changes(id, func(f *DecisionForm) { f.DueOn = "" }) }, "05-15x2 05-18x2 05-21x2"},
		"archived":  {DecisionForm{DueOn: "2026-05-18"}, func(w *world, id ID) { w.must(w.ArchiveProject(w.actor("lea"), w.id("site"), true)) }, "05-15x2 05-18x2"},
		"feature off": {DecisionForm{DueOn: "2026-05-18"}, func(w *world, id ID) {
			w.must(w.SetFeature(w.actor("adam"), ForProject, w.id("site"), "decisions", "off"))
		}, "05-15x2 05-18x2"},
		"refused": {DecisionForm{DueOn: "2026-05-18"}, func(w *world, id ID) { w.must(w.SetNotifications(w.actor("eleni"), nil)) }, "05-15x2 05-18x2 05-20x1 05-22x1"},
		"missed":  {DecisionForm{DueOn: "2026-05-18"}, func(w *world, id ID) { w.at("2026-05-22 13:00") }, "05-15x2 05-18x2 05-22x2"},
	} {
		t.Run(what, func(t *testing.T) {
			w := newWorld(t)
			w.inAthens("2026-05-08 09:12")
			id := w.puts(c.form)
			w.runsUntil("2026-05-18 12:00", 1)
			if c.on18 != nil {
				c.on18(w, id)
			}
			w.runsUntil("2026-05-23 12:00", 1)
			if got := w.mailedOn(MailReminder); got != c.want {
				t.Errorf("reminded\n on %s\nnot %s", got, c.want)
			}
		})
	}
}

// changes asks a question anew with something changed.
func (w *world) changes(id ID, change func(*DecisionForm)) {
	w.t.Helper()
	var now Decision
	w.must(w.ViewOf(w.id("lea"), func(v *Viewer) (err error) { now, err = v.Decision(id); return err }))
	form := now.Form()
	change(&form)
	w.must(w.EditDecision(w.actor("lea"), id, form))
}

// A job that died after its work, and one that two programs had, do nothing twice; the
// next rung is asked for once.
func TestReminderIsIdempotent(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.inAthens("2026-05-08 09:12")
	id := w.puts(DecisionForm{DueOn: "2026-05-18"})
	w.at("2026-05-15 09:00")
	job, err := w.ClaimJob()
	if err != nil || job.Kind != JobRemind {
		t.Fatal(job, err)
	}
	w.must(w.RemindDue(id)) // and it died
	w.tick(jobLease + time.Minute)
	again, err := w.ClaimJob()
	if err != nil || again.ID != job.ID {
		t.Fatal(again, err)
	}
	w.must(w.RemindDue(id))
	w.must(w.JobDone(again))
	if got := w.mailedOn(MailReminder); got != "05-15x2" {
		t.Error(got)
	}
	if waits := w.rows("SELECT run_at FROM job WHERE kind = 'remind' AND done_at IS NULL"); len(waits) != 1 || waits[0] != "2026-05-18T06:00:00.000000Z" {
		t.Error(waits)
	}
}

// A question that takes no answer after its day ends as that day does, where the
// workspace is: once, for the team and the log.
func TestExpire(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.inAthens("2026-05-08 09:12")
	id := w.puts(DecisionForm{DueOn: "2026-05-18", Closes: true})
	open := w.puts(DecisionForm{DueOn: "2026-05-18", Question: "Takes late answers"})
	answered := w.puts(DecisionForm{DueOn: "2026-05-18", Closes: true, Question: "Answered in time"})
	moved := w.puts(DecisionForm{DueOn: "2026-05-18", Closes: true, Question: "Asked for later"})
	state := func(id ID) string { return w.rows("SELECT state FROM decision WHERE id = ?", id)[0] }
	w.at("2026-05-18 23:59")
	w.says("nikos", answered, 1)
	w.changes(moved, func(f *DecisionForm) { f.DueOn = "2026-05-20" })
	w.at("2026-05-18 23:59")
	w.runsDue(2)
	w.must(w.ExpireDue(id)) // somebody is too early, as after a change of the zone
	if got := state(id); got != Asked {
		t.Error("before the day is over:", got)
	}
	dir, at := w.Dir(), *w.clock.Load()
	w.must(w.Close())
	w = openWorld(t, dir, w.ids, at, Options{Glasses: 2})
	w.at("2026-05-19 00:00")
	authority := w.rows("SELECT value FROM setting WHERE key = 'authority'")[0]
	w.runsDue(2)
	w.must(w.ExpireDue(id))
	if got := strings.Join([]string{state(id), state(open), state(answered), state(moved)}, " "); got != "expired asked decided asked" {
		t.Error(got)
	}
	if events := w.rows("SELECT decision_id, coalesce(actor_id, 'nobody') FROM event WHERE kind = ?", EventExpired); len(events) != 1 {
		t.Error(events)
	}
	if got := w.mails(MailUnanswered); got != "Lea Lind" {
		t.Error("told are", got)
	}
	if w.rows("SELECT value FROM setting WHERE key = 'authority'")[0] == authority {
		t.Error("what waits for whom is not looked at again")
	}
	var over *Over
	if _, err := w.Answer(w.actor("eleni"), id, AnswerForm{Edition: 1, Outcome: Free, Comment: "late"}); !errors.As(err, &over) || over.State != Expired {
		t.Error(err)
	}
	w.runsUntil("2026-05-21 01:00", 1)
	if got := state(moved); got != Expired {
		t.Error("the later day:", got)
	}
}
