package db

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// lies says how a thread stands: with whom, since when, and what is marked.
func (w *world) lies(thread string) string {
	w.t.Helper()
	return strings.Join(w.rows(`SELECT lies_with || coalesce(' since ' || (SELECT r.body FROM reply r WHERE r.thread_id = h.id AND r.released_at = h.since LIMIT 1), '')
		|| iif(late_at IS NULL, '', ' late') || iif(handled_at IS NULL, '', ' handled') FROM thread h WHERE id = ?`, w.id(thread)), "|")
}

// TestSettle says with whom a thread lies after each of a row of steps: a capital
// is the client's word, a small letter the team's; "held" and "release", "delete X",
// "handled" and "unhandled" are what they say.
func TestSettle(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	for _, row := range []string{
		"A: team since A",
		"A B: team since A",
		"A b: client since b",
		"a: client since a",
		"A b c: client since b",
		"A b C D: team since C",
		"A held: team since A",
		"A held release: client since h",
		"A B delete-A: team since B",
		"A B delete-B: team since A",
		"A b delete-b: team since A",
		"A delete-A: ",
		"A handled:  handled",
		"A handled B: team since A handled",
		"A handled B delete-B:  handled",
		"A handled unhandled: team since A",
		"a handled: client since a",
		"A handled b: client since b handled",
		"A handled held release C: team since C handled",
	} {
		steps, want, _ := strings.Cut(row, ": ")
		t.Run(steps, func(t *testing.T) {
			w.ids["talk"] = w.task("site", "mark", "talk of "+steps, Todo, "shown")
			said := map[string]ID{}
			for _, step := range strings.Fields(steps) {
				switch {
				case step == "held":
					w.holds(60)
					said["h"] = w.keep("h")(w.AddReply(w.actor("lea"), w.id("talk"), "h"))
					w.holds(0)
				case step == "release":
					w.must(w.write(func(tx *Tx) error { return tx.release(said["h"]) }))
				case step == "handled", step == "unhandled":
					w.must(w.Handle(w.actor("mark"), w.id("talk"), step == "handled"))
				case strings.HasPrefix(step, "delete-"):
					w.must(w.write(func(tx *Tx) error {
						if err := tx.run("UPDATE reply SET deleted_at = ? WHERE id = ?", tx.now, said[step[7:]]); err != nil {
							return err
						}
						return tx.settle(w.id("talk"))
					}))
				default:
					who := "eleni"
					if step >= "a" {
						who = "lea"
					}
					said[step] = w.keep(step)(w.AddReply(w.actor(who), w.id("talk"), step))
				}
			}
			if got := w.lies("talk"); got != want {
				t.Errorf("lies %q, not %q", got, want)
			}
		})
	}
}

// TestLate: the promise that has passed is marked by its job, once, for both sides;
// one that was kept, or moved, is not.
func TestLate(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.say("eleni", "home", "When?")
	w.sql("UPDATE thread SET due_at = ? WHERE id = ?", At(w.clock.Load().Add(time.Hour)), w.id("home"))
	before, look := w.versions("site"), w.looks()
	w.must(w.LateDue(w.id("home")))
	if w.versions("site") != before || strings.Contains(w.lies("home"), "late") {
		t.Error("late before its time")
	}
	w.tick(time.Hour)
	w.must(w.LateDue(w.id("home")))
	after := w.versions("site")
	if !strings.Contains(w.lies("home"), "late") || after[0] != before[0]+1 || after[1] != before[1]+1 || w.looks() == look {
		t.Error("late is not told", w.lies("home"), before, after)
	}
	w.must(w.LateDue(w.id("home")))
	if w.versions("site") != after {
		t.Error("late is told twice")
	}
	w.say("lea", "home", "Now.")
	if got := w.lies("home"); got != "client since Now." {
		t.Error("answered, it lies", got)
	}
}

// TestVersionsOfTheClock: clients are told when their own turn or promise changes,
// and of nothing on what they do not see.
func TestVersionsOfTheClock(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.say("eleni", "home", "When?")
	for _, private := range []int{0, 1} {
		w.sql("UPDATE task SET private = ? WHERE id = ?", private, w.id("home"))
		for _, on := range []bool{true, false} {
			before := w.versions("site")
			w.must(w.Handle(w.actor("mark"), w.id("home"), on))
			if after := w.versions("site"); after[0] == before[0] || (after[1] > before[1]) != (private == 0) {
				t.Errorf("private %d, handled %v: %v, then %v", private, on, before, after)
			}
		}
	}
	before := w.versions("site")
	w.must(w.Snooze(w.actor("mark"), w.id("home"), "2026-12-24"))
	if after := w.versions("site"); after[1] != before[1] {
		t.Error("clients are told what somebody put aside")
	}
}

// TestSnooze: it is somebody's own, until its morning or until the client writes.
func TestSnooze(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.say("eleni", "home", "When?")
	aside := func(who string) (aside bool) {
		w.must(w.View(w.actor(who).Person, func(v *Viewer) error {
			list, err := v.Inbox()
			i := slices.IndexFunc(list, func(row Waiting) bool { return row.ID == w.id("home") })
			aside = i >= 0 && !list[i].AsideUntil.IsZero()
			return err
		}))
		return aside
	}
	tomorrow := w.clock.Load().AddDate(0, 0, 1).Format(time.DateOnly)
	w.must(w.Snooze(w.actor("mark"), w.id("home"), tomorrow))
	if !aside("mark") || aside("lea") {
		t.Error("put aside for others, or not at all")
	}
	w.must(w.WakeDue(w.id("home")))
	if !aside("mark") {
		t.Error("back before its morning")
	}
	w.tick(36 * time.Hour)
	w.must(w.WakeDue(w.id("home")))
	if aside("mark") {
		t.Error("not back in the morning")
	}
	w.must(w.Snooze(w.actor("mark"), w.id("home"), w.clock.Load().AddDate(0, 0, 3).Format(time.DateOnly)))
	w.say("eleni", "home", "Still there?")
	if aside("mark") {
		t.Error("not back although the client wrote again")
	}
	for _, day := range []string{"-", "2026-13-01", "2001-01-01", "2099-01-01", w.clock.Load().Format(time.DateOnly)} {
		if _, wrong := w.Snooze(w.actor("mark"), w.id("home"), day).(*Invalid); !wrong {
			t.Errorf("put aside until %q", day)
		}
	}
}

// TestInboxByPerson: whose inbox holds what, and what of it is theirs.
func TestInboxByPerson(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.sql("UPDATE thread SET lies_with = ''")
	for _, said := range [][2]string{{"eleni", "home"}, {"eleni", "form"}, {"bea", "poster"}, {"otto", "gamma"}, {"eleni", "site"}} {
		w.say(said[0], said[1], "A question on "+said[1])
	}
	w.sql("UPDATE project SET archived_at = '2026-01-01T00:00:00.000000Z' WHERE id = ?", w.id("beta"))
	w.sql("DELETE FROM task_assignee")
	w.sql("INSERT OR IGNORE INTO mention (id, note_id, person_id) SELECT 1, n.id, ? FROM note n WHERE n.thread_id = ? LIMIT 1", w.id("adam"), w.id("home"))
	got := []string{}
	for _, who := range teamNames {
		person := w.actor(who).Person
		person.Side = Team
		w.must(w.View(person, func(v *Viewer) error {
			list, err := v.Inbox()
			line := who + ":"
			mine := 0
			for _, row := range list {
				line += " " + w.name(row.ID)
				if row.Mine {
					line, mine = line+"*", mine+1
				}
			}
			count, wrong := v.WaitsForMe()
			w.must(wrong)
			if who == "lea" {
				mine++ // what nikos proposed
			}
			if count != mine {
				t.Errorf("%s is told of %d, not %d", who, count, mine)
			}
			got = append(got, line)
			return err
		}))
	}
	want := []string{
		"olivia: site poster home form", "adam: site poster home* form", "lea: site* home* form*", "mark: site home* form",
		"tess: poster*", "dora:", "fake:",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s\nnot\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestPromises: a question is promised by the office's hours, a job waits for when
// that has passed, and other hours promise anew whatever waits, late or not.
func TestPromises(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	at := time.Date(2026, 5, 22, 16, 0, 0, 0, time.UTC) // a Friday
	w.clock.Store(&at)
	w.sql("UPDATE setting SET value = 'UTC' WHERE key = 'workspace.time_zone'")
	w.say("eleni", "home", "When?")
	due := func() string {
		return strings.Join(w.rows("SELECT due_at || iif(late_at IS NULL, '', ' late') FROM thread WHERE id = ?", w.id("home")), "")
	}
	since := strings.Join(w.rows("SELECT since FROM thread WHERE id = ?", w.id("home")), "")
	if got := due(); !strings.HasPrefix(since, "2026-05-") || got != "2026-05-27T16:01:00.000000Z" {
		t.Fatal(since, got)
	}
	jobs := func(at string) string {
		return strings.Join(w.rows("SELECT count(*) FROM job WHERE kind = 'late' AND subject_id = ? AND run_at = ?", w.id("home"), at), "")
	}
	if got := jobs(due()); got != "1" {
		t.Errorf("%s jobs wait for the promise", got)
	}
	set := func(change func(*TalkForm)) {
		settings, err := w.Talk()
		w.must(err)
		form := settings.Form()
		change(&form)
		before := w.versions("site")
		w.must(w.SetTalk(w.actor("olivia"), form))
		if after := w.versions("site"); after[0] == before[0] || after[1] == before[1] {
			t.Error("the promise changed and nobody is told")
		}
	}
	set(func(f *TalkForm) { f.PromiseReply = "2" })
	if got := due(); got != "2026-05-25T10:01:00.000000Z" || jobs(got) != "1" {
		t.Error("two hours after Friday's end", got)
	}
	w.sql("UPDATE task SET private = 1 WHERE id = ?", w.id("home"))
	w.tick(7 * 24 * time.Hour)
	before := w.versions("site")
	settings, err := w.Talk()
	w.must(err)
	form := settings.Form()
	form.PromiseReply = "1"
	w.sql("UPDATE thread SET lies_with = '' WHERE id <> ?", w.id("home"))
	w.must(w.SetTalk(w.actor("olivia"), form))
	if got, after := due(), w.versions("site"); got != "2026-05-25T09:01:00.000000Z late" || after[0] == before[0] || after[1] != before[1] {
		t.Error("a promise that has passed", got, before, after)
	}
}
