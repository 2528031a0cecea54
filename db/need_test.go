package db

import (
	"errors"
	"fmt"
	"testing"
)

// pace of versions: what the team and what clients have seen of the site.
func (w *world) siteVersions() (team, client int64) {
	versions, _, err := w.Versions([]ID{w.id("site")})
	w.must(err)
	return versions[w.id("site")][0], versions[w.id("site")][1]
}

func TestDatesAreSet(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	lea := w.actor("lea")
	slips := func() (found []Slip) {
		w.must(w.Glass(w.id("eleni"), func(g *Glass) (err error) { found, err = g.Slips(w.id("site"), 10); return err }))
		return found
	}
	for name, form := range map[string]DatesForm{"starts_on": {StartsOn: "soon"}, "due_on": {DueOn: "2026-02-30"}, " due_on": {StartsOn: "2026-06-02", DueOn: "2026-06-01"}} {
		form.Version = w.form("lea", "home").Version
		var bad *Invalid
		for noun, set := range map[string]func(Actor, ID, DatesForm) (ID, error){"home": w.SetTaskDates, "launch": w.SetMilestoneDates} {
			if project, err := set(lea, w.id(noun), form); !errors.As(err, &bad) || bad.Field != name[len(name)-len(bad.Field):] || project != w.id("site") {
				t.Errorf("%s of %s: %v in %v", name, noun, err, project)
			}
		}
	}
	before := slips()
	version := w.form("lea", "home").Version
	var stale *Conflict
	if _, err := w.SetTaskDates(lea, w.id("home"), DatesForm{DueOn: "2026-07-01", Version: version - 1}); !errors.As(err, &stale) || stale.Version != version {
		t.Error("an old form is taken:", err)
	}
	if _, err := w.SetMilestoneDates(lea, w.id("launch"), DatesForm{DueOn: "2026-07-01", Version: 7}); !errors.As(err, &stale) || stale.Version != 1 {
		t.Error("an old form of a phase is taken:", err)
	}
	team, client := w.siteVersions()
	w.must(just(w.SetTaskDates(lea, w.id("home"), DatesForm{DueOn: "2026-06-10", Version: version})))
	if nowTeam, now := w.siteVersions(); nowTeam != team || now != client {
		t.Error("what stays the same raises a version")
	}
	w.must(just(w.SetTaskDates(lea, w.id("home"), DatesForm{StartsOn: "2026-06-05", DueOn: "2026-06-17", Version: version})))
	w.must(just(w.SetMilestoneDates(lea, w.id("launch"), DatesForm{StartsOn: "2026-05-01", DueOn: "2026-07-07", Version: 1})))
	after := slips()
	if len(after) != len(before)+2 || after[1].TaskID != w.id("home") || after[1].Days() != 7 || after[1].Cause != TeamLate || after[0].MilestoneID != w.id("launch") || after[0].Old != "2026-06-30" {
		t.Errorf("told is %+v", after)
	}
	form := w.form("lea", "home")
	if form.StartsOn != "2026-06-05" || form.DueOn != "2026-06-17" || form.Version != version+1 {
		t.Errorf("stored is %+v", form)
	}
	_, client = w.siteVersions()
	w.must(just(w.SetTaskDates(lea, w.id("home"), DatesForm{StartsOn: "2026-06-06", DueOn: "2026-06-17", Version: version + 1})))
	if _, now := w.siteVersions(); now == client || len(slips()) != len(after) {
		t.Error("a moved beginning is told as a moved end, or not at all")
	}
	_, client = w.siteVersions()
	w.must(just(w.SetTaskDates(lea, w.id("secret"), DatesForm{DueOn: "2026-09-09", Version: w.form("lea", "secret").Version})))
	if _, now := w.siteVersions(); now != client || len(slips()) != len(after) {
		t.Error("clients are told of a private task's date")
	}
}

func TestWhatATaskWaitsFor(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.sql("DELETE FROM task_need")
	lea := w.actor("lea")
	needs := func(task, need string, ids ...string) string {
		form := w.form("lea", task)
		form.Need, form.Needs = need, ids
		err := w.EditTask(lea, w.id(task), form)
		var bad *Invalid
		if errors.As(err, &bad) {
			return bad.Field + " " + bad.Key + fmt.Sprint(bad.Args)
		}
		w.must(err)
		return ""
	}
	seen := func(who string) (found int) {
		w.must(w.Glass(w.id(who), func(g *Glass) error { list, err := g.Needs(w.id("site")); found = len(list); return err }))
		return found
	}
	id := func(name string) string { return w.id(name).String() }
	for _, c := range []struct {
		task, need string
		ids        []string
		want       string
	}{
		{"home", "", []string{id("poster")}, "needs choice.unknown[]"}, // of another project
		{"home", "", []string{NewID().String()}, "needs choice.unknown[]"},
		{"home", "", []string{id("home")}, "needs task-need.circle[task home]"},
		{"home", "poster", nil, "need task-need.unknown[]"},
		{"home", "https://portal.test/tasks/" + id("poster"), nil, "need task-need.unknown[]"},
		{"home", "home", nil, "need task-need.unknown[]"},
		{"home", " form ", nil, ""},
		{"form", "https://portal.test/tasks/" + id("logo"), nil, ""},
		{"form", "", []string{id("home"), id("logo")}, "needs task-need.circle[task home]"},
		{"logo", "home", nil, "need task-need.circle[task home]"},
		{"form", "", []string{id("logo")}, ""},
	} {
		if got := needs(c.task, c.need, c.ids...); got != c.want {
			t.Errorf("%s with %q %v: %q, not %q", c.task, c.need, c.ids, got, c.want)
		}
	}
	w.task("site", "lea", "twice", Todo, "shown")
	w.task("site", "lea", "another", Todo, "shown")
	w.edit("lea", "another", func(f *TaskForm) { f.Title = "twice" })
	if got := needs("copy", "twice"); got != "need task-need.several[]" {
		t.Error(got)
	}
	if seen("eleni") != 2 || seen("otto") != 0 {
		t.Errorf("eleni sees %d, an outsider %d", seen("eleni"), seen("otto"))
	}
	_, client := w.siteVersions()
	if got := needs("home", "secret", id("form")); got != "" {
		t.Error(got)
	}
	if _, now := w.siteVersions(); now != client || seen("eleni") != 2 {
		t.Error("clients notice that a task waits for a private one")
	}
	if got := needs("home", "copy", id("form"), id("secret")); got != "" {
		t.Error(got)
	}
	if _, now := w.siteVersions(); now == client || seen("eleni") != 3 {
		t.Error("clients do not learn what they may")
	}
	var many []string
	for i := range needsMost + 1 {
		name := fmt.Sprint("many ", i)
		w.task("site", "lea", name, Todo, "shown")
		many = append(many, id(name))
	}
	if got := needs("logo", "", many...); got != "need task-need.too-many[max 20]" {
		t.Error(got)
	}
}
