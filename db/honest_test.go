package db

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// An approval that came late is waited for like an answer; one that clients do not see
// is no cause that they could read.
func TestSlipsThatWaitedForAnApproval(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.inAthens("2026-06-15 10:00") // the guide was to be approved by June 5
	w.sql("DELETE FROM decision WHERE kind <> 'approval'")
	w.edit("lea", "home", func(f *TaskForm) { f.DueOn, f.StartsOn = "2026-06-20", "" })
	cause := func(task, day string) string {
		t.Helper()
		w.tick(time.Minute)
		w.edit("lea", task, func(f *TaskForm) { f.DueOn = day })
		line := w.slipsOf("site")[0]
		return line[strings.LastIndex(line, " ")+1:]
	}
	if got := cause("home", "2026-06-21"); got != Waited {
		t.Errorf("with an approval that is late: %q", got)
	}
	w.must(w.SetFeature(w.actor("adam"), ForProject, w.id("site"), "deliverables", "off"))
	if got := cause("home", "2026-06-22"); got != TeamLate {
		t.Errorf("with an approval that clients do not see: %q", got)
	}
	w.must(w.SetFeature(w.actor("adam"), ForProject, w.id("site"), "deliverables", "on"))
	w.sql("DELETE FROM deliverable_task WHERE task_id = ?", w.id("home"))
	w.sql("UPDATE task SET milestone_id = NULL WHERE id = ?", w.id("home"))
	if got := cause("home", "2026-06-23"); got != TeamLate {
		t.Errorf("with an approval of other work, and of a private task: %q", got)
	}
	w.sql("UPDATE deliverable SET milestone_id = NULL WHERE id = ?", w.id("guide"))
	w.sql("UPDATE task SET milestone_id = ? WHERE id = ?", w.id("launch"), w.id("secret")) // what the guide still is about
	w.sql("UPDATE milestone SET due_on = '2026-09-01', starts_on = NULL, version = 1 WHERE id = ?", w.id("launch"))
	w.tick(time.Minute)
	w.must(w.EditMilestone(w.actor("lea"), w.id("launch"), MilestoneForm{Name: "launch", DueOn: "2026-09-09", Version: 1}))
	if got := w.slipsOf("site")[0]; !strings.HasSuffix(got, "+8 "+TeamLate) {
		t.Errorf("a phase with an approval of a private task of it: %q", got)
	}
	for day := range 4 {
		cause("home", fmt.Sprint("2026-07-0", day+1))
	}
	w.must(w.Glass(w.id("eleni"), func(g *Glass) error {
		all, err := g.Slips(w.id("site"), 100)
		if err != nil {
			return err
		}
		some, err := g.Slips(w.id("site"), 2)
		if len(some) != 2 || some[0].All != len(all) || len(all) < 7 {
			t.Errorf("%d of %d moved dates know of %d", len(some), len(all), some[0].All)
		}
		return err
	}))
}

// What is left is never nothing, and what is done never nothing either, whatever the
// share is rounded to; equal tasks have no largest ones.
func TestShareOfWhatIsLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.pile(12) // with the poster nine that bea sees
	w.sql("UPDATE task SET estimate_minutes = 60, milestone_id = NULL WHERE project_id = ?", w.id("brand"))
	progress := func() (p ClientProgress) {
		w.must(w.Glass(w.id("bea"), func(g *Glass) error {
			list, err := g.Progress()
			p = list[w.id("brand")]
			return err
		}))
		return p
	}
	weighs := func(task string, minutes int) {
		w.sql("UPDATE task SET estimate_minutes = ? WHERE id = ?", minutes, w.id(task))
	}
	if p := progress(); p.Heavy || p.EffortLeft != 100 {
		t.Errorf("with nothing done: %+v", p)
	}
	w.must(just(w.MoveTask(w.actor("tess"), w.id("poster"), Done, 0)))
	if p := progress(); p.Heavy {
		t.Errorf("equal tasks have largest ones: %+v", p)
	}
	weighs("poster", 1)
	if p := progress(); p.EffortLeft != 95 || !p.Heavy {
		t.Errorf("with a minute done: %+v", p)
	}
	weighs("poster", 60000)
	if p := progress(); p.EffortLeft != 5 || p.Heavy {
		t.Errorf("with nearly all done: %+v", p)
	}
}
