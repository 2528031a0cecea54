package db

import (
	"testing"
	"time"
)

// A client hears once that a task is theirs, is reminded before it is due and once after, in office hours,
// and hears nothing of what is hidden, done, somebody else's or not wanted.
func TestGivenTasksAreTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sql("UPDATE setting SET value = 'Europe/Athens' WHERE key = 'workspace.time_zone'")
	w.sql("UPDATE person SET joined_at = '2026' WHERE id = ?", w.id("eleni"))
	w.sql("DELETE FROM task_assignee WHERE person_id IN (SELECT id FROM person WHERE side = 'client')")
	w.sql("DELETE FROM given_told")
	w.sql("UPDATE task SET due_on = '2026-06-08' WHERE id = ?", w.id("home")) // a Monday
	mails := func(kind string) int {
		return len(w.rows("SELECT 1 FROM outbox WHERE kind = ? AND person_id = ?", kind, w.id("eleni")))
	}
	step := func(day, hour, given, due int) {
		t.Helper()
		w.turned(time.Date(2026, 6, day, hour, 0, 0, 0, time.UTC))
		w.must(w.GivenDue())
		w.must(w.GivenDue())
		if mails(MailGiven) != given || mails(MailGivenDue) != due {
			t.Errorf("on %d June at %d o'clock: %d and %d mails, not %d and %d", day, hour, mails(MailGiven), mails(MailGivenDue), given, due)
		}
	}
	step(3, 12, 0, 0)
	give := func(task string) {
		w.sql("INSERT INTO task_assignee (task_id, person_id) VALUES (?, ?)", w.id(task), w.id("eleni"))
	}
	give("home")
	give("logo")   // done
	give("secret") // hidden, as its name has it
	w.sql("UPDATE task SET private = 1 WHERE id = ?", w.id("secret"))
	step(3, 22, 0, 0) // in the night
	step(4, 12, 1, 0)
	step(5, 12, 1, 1) // Friday, the last open day before
	step(6, 12, 1, 1) // Saturday
	step(8, 12, 1, 1) // the day itself
	step(9, 12, 1, 2) // it is late
	step(10, 12, 1, 2)
	w.sql("UPDATE task SET due_on = '2026-06-12' WHERE id = ?", w.id("home"))
	step(11, 12, 1, 3) // another day is another reminder
	m := Mail{Kind: MailGivenDue, Subject: w.id("home"), To: Person{ID: w.id("eleni"), Side: Client}}
	if g, err := w.GivenTask(m); err != nil || g.Project != "Site" {
		t.Error(g, err)
	}
	for name, undo := range map[string][2]string{"hidden": {"UPDATE task SET private = 1 WHERE id = ?", "UPDATE task SET private = 0 WHERE id = ?"}, "not theirs": {"DELETE FROM task_assignee WHERE task_id = ?", "INSERT INTO task_assignee (task_id, person_id) SELECT ?, id FROM person WHERE name = 'Eleni Client'"}} {
		w.sql(undo[0], w.id("home"))
		if _, err := w.GivenTask(m); err != ErrNotFound {
			t.Errorf("%s: it is still told: %v", name, err)
		}
		w.sql(undo[1], w.id("home"))
	}
	w.must(w.FinishTask(w.actor("eleni"), w.id("home"), true))
	if _, err := w.GivenTask(m); err != ErrNotFound {
		t.Error("a reminder of what is done is sent:", err)
	}
	if told := w.rows("SELECT p.name FROM outbox o JOIN person p ON p.id = o.person_id WHERE o.kind = 'finished' AND o.subject_id = ?", w.id("home")); len(told) == 0 || told[0] != "Lea Lind" {
		t.Error("of the team are told", told)
	}
	step(15, 12, 1, 3)
	give("copy")
	w.must(w.SetNotifications(w.actor("eleni"), nil))
	step(16, 12, 1, 3)
}
