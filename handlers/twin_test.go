package handlers

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"vitrine/db"
)

// hiddenItems is how many private tasks come into the world.
const hiddenItems = 300

// crowd does what no client may notice, hundreds of times: private tasks of every
// kind before, between and after the others, drafts, notes, held replies, what is
// kept for the team, and another company's life.
func (w *world) crowd() {
	leader, elsewhere, kinds := w.actor("leader"), w.actor("owner"), []string{"todo", "doing", "review", "done"}
	for i := range hiddenItems {
		kind := []string{"todo", "doing", "done"}[i%3]
		id, err := w.store.AddTask(leader, w.project, db.NewTask{Title: fmt.Sprint("CNRY-crowd ", i), Column: kind, Shown: "private"})
		w.ok(err)
		w.ok(w.store.EditTask(leader, id, db.TaskForm{Title: fmt.Sprint("CNRY-crowd ", i), Estimate: "6000", Size: []string{"S", "M", "L"}[i%3], StartsOn: "2025-01-01", DueOn: "2027-12-24",
			Milestone: w.parts[":milestone"].String(), Assignees: []string{w.people["eleni"].ID.String(), w.people["member"].ID.String()}, Needs: []string{w.tasks["gallery"].String(), w.tasks["shipping"].String()}, Version: 1}))
		if i%10 == 0 { // the rest is like these
			_, err = w.store.MoveTask(leader, id, kind, []db.ID{w.tasks["gallery"], w.tasks["search"], w.tasks["shipping"]}[i/10%3])
			w.ok(err)
			w.ok(w.store.EditTask(leader, id, db.TaskForm{Title: "CNRY-crowd again", DueOn: "2028-01-01", Version: 2}))
			w.ok(w.store.AddItem(leader, id, "CNRY-crowd item"))
			_, err = w.store.AddNote(w.actor("member"), w.tasks["gallery"], "CNRY-crowd note")
			w.ok(err)
			_, err = w.store.AddNote(w.actor("member"), id, "CNRY-crowd note on a private task")
			w.ok(err)
			_, err = w.store.AddDecision(leader, w.project, db.DecisionForm{Kind: db.KindQuestion, Question: "CNRY-crowd question", FreeAnswer: true, DueOn: "2026-01-01",
				Tasks: []string{w.tasks["gallery"].String(), id.String()}, Deciders: []string{w.people["eleni"].ID.String()}})
			w.ok(err)
			_, err = w.store.AddDeliverable(leader, w.project, db.DeliverableForm{Name: fmt.Sprint("CNRY-crowd work ", i), Milestone: w.parts[":milestone"].String()})
			w.ok(err)
			w.ok(w.store.SetLabel(leader, w.project, 0, fmt.Sprint("CNRY-crowd ", i), "red", false))
			foreign, err := w.store.AddTask(elsewhere, w.other, db.NewTask{Title: "CNRY-crowd elsewhere", Column: kind, Shown: "shown"})
			w.ok(err)
			_, err = w.store.AddReply(elsewhere, foreign, "CNRY-crowd words")
			w.ok(err)
			_, err = w.store.AddMilestone(elsewhere, w.other, db.MilestoneForm{Name: "CNRY-crowd phase", DueOn: "2026-12-01"})
			w.ok(err)
		}
		if i%50 == 0 {
			w.ok(w.store.ArchiveTask(leader, id, true))
		}
	}
	for range 20 {
		_, err := w.store.AddReply(w.actor("member"), w.tasks["shipping"], "CNRY-crowd held")
		w.ok(err)
	}
	for i, kind := range kinds {
		_, err := w.store.AddColumn(leader, w.project, db.ColumnForm{Name: fmt.Sprint("CNRY-crowd column ", i), Kind: kind})
		w.ok(err)
	}
	_, err := w.store.AddProject(elsewhere, db.ProjectForm{Name: "CNRY-crowd project", Company: "Papadopoulos Ceramics"}, [3]string{"A", "B", "C"})
	w.ok(err)
}

// TestTwinPages: every page of a client is the same byte for byte whether or not
// hundreds of hidden things exist: progress, forecast, moved dates, timeline, counts,
// order and versions included.
func TestTwinPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	now := time.Now().Add(time.Minute)
	w.store.SetClock(func() time.Time { return now }) // words such as "now" stay
	w.holds(600)
	type page struct{ route, object, role string }
	before := map[page]answer{}
	for _, line := range readMatrix(t) {
		for _, role := range []string{"eleni", "viewer", "finance", "stranger"} {
			if line.method == http.MethodGet && strings.HasPrefix(line.route, "/portal") && (line.want[role] == "200" || line.object == "private") {
				before[page{line.route, line.object, role}] = w.as(role).get(w.fill(line.route, line.object))
			}
		}
	}
	w.crowd()
	for p, a := range before {
		b := w.as(p.role).get(w.fill(p.route, p.object))
		if a.status != b.status || a.body != b.body {
			t.Errorf("%s (%s) tells %s what is hidden\n%s", p.route, p.object, p.role, difference(b.body, a.body))
		} else if a.bytes() != b.bytes() {
			t.Errorf("the headers of %s (%s) tell %s what is hidden\n%s", p.route, p.object, p.role, difference(b.bytes(), a.bytes()))
		}
	}
	if len(before) < 60 {
		t.Error("only so many pages were compared:", len(before))
	}
}
