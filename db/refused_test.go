package db

import (
	"errors"
	"strings"
	"testing"
)

// refuses does a deed that has to be refused with this error. That it changed
// nothing is for unchanged to say.
func (w *world) refuses(d deed, by Actor, x targets, want error) {
	w.t.Helper()
	if err := d.do(w, by, x); !errors.Is(err, want) {
		w.t.Errorf("%s: got %v, want %v", d.name, err, want)
	}
}

// unchanged compares every row with what was there before.
func (w *world) unchanged(before, what string) {
	w.t.Helper()
	if w.digest() != before {
		w.t.Fatalf("%s: refused, and something changed", what)
	}
}

func (w *world) asPreview(name string) Actor {
	actor := w.signIn(name)
	actor.Preview = NewID()
	return actor
}

func TestPreviewWritesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	olivia := w.asPreview("olivia")
	before := w.digest()
	for _, d := range deeds {
		switch d.name {
		case "StopPreview", "SetGhosts": // what a preview can do
		case "Here": // nobody is told that nothing is kept
			w.must(d.do(w, olivia, w.onSite()))
		default:
			w.refuses(d, olivia, w.onSite(), ErrPreview)
		}
	}
	w.unchanged(before, "in a preview")
}

// Foreign things answer as things that never existed, and nothing changes.
func TestForeignIsMissing(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	before := w.digest()
	forged := w.actor("eleni")
	forged.Side, forged.Role = Team, Owner
	for who, by := range map[string]Actor{"tess": w.actor("tess"), "dora": w.actor("dora"), "fake": w.actor("fake"),
		"vic": w.actor("vic"), "eleni": w.actor("eleni"), "sly": w.actor("sly"), "stan": w.actor("stan"), "forged": forged, "nobody": {}} {
		for _, d := range deeds {
			if d.rank == "" || clientDeed[d.rank] && (who == "eleni" || who == "forged") {
				continue
			}
			w.refuses(d, by, w.onSite(), ErrNotFound)
			w.refuses(d, by, nowhere(), ErrNotFound)
		}
		w.unchanged(before, who)
	}
	for _, d := range deeds { // who leads one project has no thing of another
		if d.rank != "" {
			w.refuses(d, w.actor("lea"), nowhere(), ErrNotFound)
		}
		if d.rank == "lead" {
			w.refuses(d, w.actor("mark"), w.onSite(), ErrDenied)
		}
	}
	for _, d := range deeds {
		if d.name == "AddProject" {
			for _, who := range []string{"dora", "eleni", "stan"} {
				w.refuses(d, w.actor(who), targets{}, ErrNotFound)
			}
		}
	}
	w.unchanged(before, "who may not")
}

// The child belongs to the parent that was checked.
func TestSwappedParents(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	lea, olivia, before := w.actor("lea"), w.actor("olivia"), w.digest()
	site := w.id("site")
	form := w.form("lea", "home")
	with := func(change func(*TaskForm)) TaskForm {
		changed := form
		change(&changed)
		return changed
	}
	for _, by := range []Actor{lea, olivia} { // olivia may change both projects, and still not mix them
		for name, pair := range map[string][2]error{
			"task to show":        {w.ShowTasks(by, site, []ID{w.id("poster")}), w.ShowTasks(by, site, []ID{NewID()})},
			"some tasks to hide":  {w.HideTasks(by, site, []ID{w.id("home"), w.id("poster")}), w.HideTasks(by, site, []ID{w.id("home"), NewID()})},
			"label":               {w.SetLabel(by, site, w.id("ink"), "x", "red", true), w.SetLabel(by, site, NewID(), "x", "red", true)},
			"label to delete":     {w.DeleteLabel(by, site, w.id("ink")), w.DeleteLabel(by, site, NewID())},
			"column to move to":   {just(w.MoveTask(by, w.id("home"), w.id("brand.todo").String(), 0)), just(w.MoveTask(by, w.id("home"), NewID().String(), 0))},
			"task to move before": {just(w.MoveTask(by, w.id("home"), Doing, w.id("poster"))), just(w.MoveTask(by, w.id("home"), Doing, NewID()))},
			"column before":       {w.MoveColumn(by, w.id("site.doing"), w.id("brand.todo")), w.MoveColumn(by, w.id("site.doing"), NewID())},
			"column for tasks":    {w.DeleteColumn(by, w.id("site.doing"), w.id("brand.todo")), w.DeleteColumn(by, w.id("site.doing"), NewID())},
			"itself for tasks":    {w.DeleteColumn(by, w.id("site.doing"), w.id("site.doing")), w.DeleteColumn(by, w.id("site.doing"), NewID())},
			"column to add to":    {just(w.AddTask(by, site, NewTask{Title: "x", Column: w.id("brand.todo").String()})), just(w.AddTask(by, site, NewTask{Title: "x", Column: NewID().String()}))},
			"role":                {w.SetClientRole(by, site, w.id("bea"), "client"), w.SetClientRole(by, site, NewID(), "client")},
			"role of the team":    {w.SetClientRole(by, site, w.id("mark"), "client"), w.SetClientRole(by, site, NewID(), "client")},
			"unknown role":        {w.SetClientRole(by, site, w.id("vic"), "owner"), w.SetClientRole(by, site, w.id("vic"), NewID().String())},
			"member":              {w.RemoveMember(by, site, w.id("tess")), w.RemoveMember(by, site, NewID())},
			"milestone": {w.EditTask(by, w.id("home"), with(func(f *TaskForm) { f.Milestone = w.id("print").String() })),
				w.EditTask(by, w.id("home"), with(func(f *TaskForm) { f.Milestone = NewID().String() }))},
			"label on a task": {w.EditTask(by, w.id("home"), with(func(f *TaskForm) { f.Labels = []string{w.id("ink").String()} })),
				w.EditTask(by, w.id("home"), with(func(f *TaskForm) { f.Labels = []string{NewID().String()} }))},
			"assignee": {w.EditTask(by, w.id("home"), with(func(f *TaskForm) { f.Assignees = []string{w.id("tess").String()} })),
				w.EditTask(by, w.id("home"), with(func(f *TaskForm) { f.Assignees = []string{NewID().String()} }))},
			"client assignee": {w.EditTask(by, w.id("home"), with(func(f *TaskForm) { f.Assignees = []string{w.id("otto").String()} })),
				w.EditTask(by, w.id("home"), with(func(f *TaskForm) { f.Assignees = []string{NewID().String()} }))},
		} {
			if pair[0] == nil || pair[1] == nil || pair[0].Error() != pair[1].Error() {
				t.Errorf("%s: of another project %v, never existing %v", name, pair[0], pair[1])
			}
		}
		w.unchanged(before, "a child of another parent")
	}
}

func TestArchivedProjectIsReadOnly(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.keep("meeting on old")(NewID(), nil)
	w.sql("INSERT INTO meeting (id, project_id, title, starts_at, minutes, created_at) VALUES (?, ?, 'x', '2026-06-02T09:00:00.000000Z', 30, '2026')", w.id("meeting on old"), w.id("old"))
	w.keep("budget of old")(NewID(), nil)
	w.sql("INSERT INTO budget (id, project_id, name, currency, kind, created_at) VALUES (?, ?, 'x', 'EUR', 'fixed', '2026')", w.id("budget of old"), w.id("old"))
	before := w.digest()
	x := targets{budget: w.id("budget of old"), meeting: w.id("meeting on old"), project: w.id("old"), task: w.id("relic"), column: w.id("old.doing"), other: w.id("old.todo"), deliverable: w.id("scroll"), decision: w.id("bygone"), asked: w.id("ancient")}
	for _, d := range deeds {
		switch {
		case strings.Contains("TickItem DeleteItem EditMilestone SetMilestoneDates DeleteMilestone", d.name):
		case d.rank == "work", strings.HasSuffix(d.name, "Decision"):
			w.refuses(d, w.actor("lea"), x, ErrDenied)
		case clientDeed[d.rank]:
			w.refuses(d, w.actor("lea"), x, ErrNotFound)
			w.refuses(d, w.actor("eleni"), x, ErrNotFound)
		}
	}
	w.unchanged(before, "an archived project")
	w.must(w.ArchiveProject(w.actor("lea"), w.id("old"), false))
	w.say("eleni", "relic", "open again")
}
