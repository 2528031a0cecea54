package db

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// decks is a deliverable of site with a file, not delivered yet.
func (w *world) decks() ID {
	w.t.Helper()
	id := w.keep("decks")(w.AddDeliverable(w.actor("mark"), w.id("site"), DeliverableForm{Name: "decks", Milestone: w.id("care").String()}))
	w.hangs("decks", "a.txt", "first")
	return id
}

// hangs adds a file to the version of a deliverable that is being prepared.
func (w *world) hangs(deliverable, name, content string) ID {
	w.t.Helper()
	received, err := w.Receive(strings.NewReader(content), 1<<20)
	w.must(err)
	received.Name = name
	ids, err := w.AddVersionFiles(w.actor("mark"), w.id(deliverable), []*Received{received})
	w.must(err)
	return ids[0]
}

func (w *world) asks(names ...string) (list []string) {
	for _, name := range names {
		list = append(list, w.id(name).String())
	}
	return list
}

func (w *world) deliverable(who string, id ID) (d Deliverable) {
	w.t.Helper()
	w.must(w.View(w.actor(who).Person, func(v *Viewer) (err error) { d, err = v.Deliverable(id); return err }))
	return d
}

func (w *world) clientDeliverable(who string, id ID) (d ClientDeliverable, err error) {
	w.must(w.Glass(w.id(who), func(g *Glass) error { d, err = g.Deliverable(id); return nil }))
	return d, err
}

// states are the versions of a deliverable in one line, newest first.
func (d Deliverable) states() (line string) {
	line = fmt.Sprint(d.State, " ", d.Number, ":")
	for _, n := range d.Versions {
		line += fmt.Sprintf(" %d %s", n.Number, n.State)
		if n.Newest {
			line += " newest"
		}
		if !n.EndedAt.IsZero() {
			line += " ended"
		}
		line += fmt.Sprintf(" %d,", len(n.Files))
	}
	return line
}

// A version is delivered with what it holds then, and asks its deciders; the next one
// takes the question about it back as long as nobody has answered it.
func TestDeliver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.decks()
	if got := w.deliverable("mark", id).states(); got != "draft 0: 1 draft 1," {
		t.Error("prepared: ", got)
	}
	if _, err := w.clientDeliverable("eleni", id); err != ErrNotFound {
		t.Error("clients see what is being prepared: ", err)
	}
	before := w.versions("site")
	version, err := w.Deliver(w.actor("mark"), id, DeliverForm{Note: "  Look\r\n here ", DueOn: "2026-06-12", Mode: "order", MustOpen: true, Deciders: w.asks("nikos", "eleni", "nikos")})
	w.must(err)
	if after := w.versions("site"); after[0] <= before[0] || after[1] <= before[1] {
		t.Error("nobody's pages are drawn anew: ", before, after)
	}
	d := w.deliverable("mark", id)
	n := d.Versions[0]
	if d.states() != "asked 1: 1 asked newest 1," || n.ID != version || n.Note != "Look\n here" || n.DeliveredBy != "Mark Moss" || n.DeliveredByID != w.id("mark") || !n.MustOpen || d.Milestone != "care" {
		t.Error(d.states(), n)
	}
	content := sha256.Sum256([]byte("first"))
	canonical := fmt.Sprintf(`{"deliverable":"%s","files":[{"name":"a.txt","sha256":"%x","size":5}],"note":"Look\n here","number":1}`, id, content)
	if sum := sha256.Sum256([]byte(canonical)); n.SHA256 != hex.EncodeToString(sum[:]) {
		t.Errorf("the hash is not that of %s", canonical)
	}
	asked := w.rows(`SELECT concat_ws(' ', d.kind, d.state, d.edition, d.milestone_id IS NULL, d.shown_at = d.created_at, e.question, e.due_on, e.mode, e.asked_at = d.shown_at)
		FROM decision d JOIN edition e ON e.decision_id = d.id WHERE d.version_id = ?`, version)
	if !slices.Equal(asked, []string{"approval asked 1 1 1 decks 2026-06-12 order 1"}) {
		t.Error(asked)
	}
	deciders := w.rows("SELECT person_id FROM decider x WHERE decision_id = ? ORDER BY position", n.DecisionID)
	if want := []string{fmt.Sprint(int64(w.id("nikos"))), fmt.Sprint(int64(w.id("eleni")))}; !slices.Equal(deciders, want) {
		t.Error("asked are ", deciders)
	}
	if told := w.rows("SELECT audience || number FROM event WHERE kind = ? AND deliverable_id = ?", EventDelivered, id); len(told) != 1 || told[0] != "client1" {
		t.Error("told: ", told)
	}

	w.hangs("decks", "b.txt", "second")
	if got := w.deliverable("mark", id).states(); got != "asked 1: 2 draft 1, 1 asked newest 1," {
		t.Error("with the next one prepared: ", got)
	}
	_, err = w.Deliver(w.actor("lea"), id, DeliverForm{Deciders: w.asks("eleni")})
	w.must(err)
	if got := w.deliverable("mark", id).states(); got != "asked 2: 2 asked newest 1, 1 withdrawn ended 1," {
		t.Error("after the second: ", got)
	}
	w.sql("UPDATE decision SET state = 'changes', ended_at = ? WHERE state = 'asked' AND version_id IN (SELECT id FROM deliverable_version WHERE deliverable_id = ?)", At(w.Now()), id)
	_, err = w.PrepareVersion(w.actor("lea"), id)
	w.must(err)
	_, err = w.Deliver(w.actor("lea"), id, DeliverForm{Note: "Better", Deciders: w.asks("eleni")})
	w.must(err)
	if got := w.deliverable("mark", id).states(); got != "asked 3: 3 asked newest 0, 2 changes ended 1, 1 withdrawn ended 1," {
		t.Error("an answer stays: ", got)
	}
	seen, err := w.clientDeliverable("vic", id)
	if err != nil || seen.State != "asked" || seen.Number != 3 || len(seen.Versions) != 3 || seen.Versions[0].DeliveredBy != "Lea" || len(seen.Versions[2].Files) != 1 || seen.Versions[1].SHA256 == "" || !seen.Versions[0].Newest || seen.Versions[1].Newest {
		t.Error(seen, err)
	}
	w.must(w.View(w.actor("mark").Person, func(v *Viewer) error {
		list, err := v.Deliverables(w.id("site"))
		var lines []string
		for _, d := range list {
			lines = append(lines, d.Name+" "+d.states())
		}
		if want := []string{"guide asked 2: 3 draft 0, 2 asked newest 0, 1 withdrawn ended 0,", "sitemap draft 0: 1 draft 0,", "decks asked 3: 3 asked newest 0, 2 changes ended 0, 1 withdrawn ended 0,"}; !slices.Equal(lines, want) {
			t.Error("the list: ", lines)
		}
		return err
	}))
}

// The hash does not depend on the order of the files.
func TestVersionHash(t *testing.T) {
	one, two, three := versionFile{"a", "1", 1}, versionFile{"a", "2", 1}, versionFile{"ä", "0", 1}
	want, err := versionSHA256(1, 1, "<&> \u2028", []versionFile{one, two, three})
	if err != nil || want == "" {
		t.Fatal(err)
	}
	if got, _ := versionSHA256(1, 1, "<&> \u2028", []versionFile{three, two, one}); got != want {
		t.Error("another order is another hash")
	}
	none, _ := versionSHA256(1, 1, "", nil)
	for name, got := range map[string]func() (string, error){
		"number": func() (string, error) { return versionSHA256(1, 2, "", nil) }, "note": func() (string, error) { return versionSHA256(1, 1, "n", nil) },
		"thing": func() (string, error) { return versionSHA256(2, 1, "", nil) }, "file": func() (string, error) { return versionSHA256(1, 1, "", []versionFile{one}) },
	} {
		if sum, err := got(); err != nil || sum == none {
			t.Errorf("another %s is the same hash", name)
		}
	}
}

// What cannot be delivered like this is refused by field, and nothing changes.
func TestDeliverRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, mark := w.decks(), w.actor("mark")
	_, err := w.AddDeliverable(mark, w.id("site"), DeliverableForm{Name: "bare"})
	w.must(err)
	w.found("deliverable", "name", "bare")
	before := w.digest()
	good := DeliverForm{Deciders: w.asks("eleni")}
	for what, c := range map[string]struct {
		to          ID
		change      func(*DeliverForm)
		field, text string
	}{
		"nobody":            {id, func(f *DeliverForm) { f.Deciders = nil }, "deciders", "deliverable.nobody"},
		"no id":             {id, func(f *DeliverForm) { f.Deciders = []string{"eleni"} }, "deciders", "choice.unknown"},
		"without the right": {id, func(f *DeliverForm) { f.Deciders = w.asks("eleni", "vic") }, "deciders", "choice.unknown"},
		"of no project":     {id, func(f *DeliverForm) { f.Deciders = w.asks("bea") }, "deciders", "choice.unknown"},
		"of the team":       {id, func(f *DeliverForm) { f.Deciders = w.asks("lea") }, "deciders", "choice.unknown"},
		"taken off":         {id, func(f *DeliverForm) { f.Deciders = w.asks("fred") }, "deciders", "choice.unknown"},
		"a day":             {id, func(f *DeliverForm) { f.DueOn = "tomorrow" }, "due_on", "date.invalid"},
		"a mode":            {id, func(f *DeliverForm) { f.Mode = "most" }, "mode", "choice.unknown"},
		"a long note":       {id, func(f *DeliverForm) { f.Note = strings.Repeat("x", 20001) }, "note", "text.long"},
		"nothing":           {w.id("bare"), func(f *DeliverForm) {}, "note", "deliverable.empty"},
		"blanks":            {w.id("bare"), func(f *DeliverForm) { f.Note = " \n" }, "note", "deliverable.empty"},
	} {
		form := good
		c.change(&form)
		_, err := w.Deliver(mark, c.to, form)
		if refused, ok := err.(*Invalid); !ok || refused.Field != c.field || refused.Key != c.text {
			t.Errorf("%s: %v", what, err)
		}
	}
	w.unchanged(before, "what cannot be delivered")
	w.must(w.SetFeature(w.actor("adam"), ForProject, w.id("site"), "deliverables", "off"))
	if _, err := w.Deliver(mark, id, good); w.key(err) != "choice.unknown" {
		t.Error("nobody would see it: ", err)
	}
	w.must(w.SetFeature(w.actor("adam"), ForProject, w.id("site"), "deliverables", "on"))
	_, err = w.Deliver(mark, id, good)
	w.must(err)
	before = w.digest()
	good.Note = "Sent twice"
	if _, err := w.Deliver(mark, id, good); err != ErrSent {
		t.Error("the same form delivers once more: ", err)
	}
	w.unchanged(before, "delivered twice")
}

// There is one version at a time that is being prepared.
func TestPrepareVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mark, id := w.actor("mark"), w.id("guide")
	for range 2 {
		version, err := w.PrepareVersion(mark, id)
		if err != nil || version != w.id("guide 3") {
			t.Error(w.name(version), err)
		}
	}
	if got := w.rows("SELECT count(*), max(number) FROM deliverable_version WHERE deliverable_id = ?", id); fmt.Sprint(got) != "[3 3]" {
		t.Error(got)
	}
}

// The text changes as long as nobody else has changed it; links and a phase of other
// projects are refused.
func TestEditDeliverable(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mark, id, before := w.actor("mark"), w.id("guide"), w.versions("site")
	form := DeliverableForm{Name: " Guide  2.0 ", Description: "New", Tasks: w.asks("form", "home", "home"), Version: 1}
	w.must(w.EditDeliverable(mark, id, form))
	d := w.deliverable("lea", id)
	if d.Name != "Guide 2.0" || d.MilestoneID != 0 || d.Version != 2 || len(d.Tasks) != 2 || d.Tasks[0].ID != w.id("form") || d.Tasks[0].Kind != Todo || d.Tasks[1].ID != w.id("home") {
		t.Error(d)
	}
	if after := w.versions("site"); after[1] <= before[1] {
		t.Error("clients do not hear of it")
	}
	var stale *Conflict
	err := w.EditDeliverable(mark, id, form)
	if stale, _ = err.(*Conflict); stale == nil || stale.Version != 2 || stale.Theirs["name"] != "Guide 2.0" || stale.Theirs["description"] != "New" {
		t.Error(err)
	}
	before = w.versions("site")
	w.must(w.EditDeliverable(mark, w.id("sitemap"), DeliverableForm{Name: "map", Version: 1}))
	if after := w.versions("site"); after[1] != before[1] || after[0] == before[0] {
		t.Error("clients hear of what they do not see: ", before, after)
	}
	was := w.digest()
	for what, change := range map[string]func(*DeliverableForm){
		"name": func(f *DeliverableForm) { f.Name = " " }, "milestone": func(f *DeliverableForm) { f.Milestone = w.id("print").String() }, "tasks": func(f *DeliverableForm) { f.Tasks = w.asks("home", "poster") },
	} {
		form := DeliverableForm{Name: "x", Version: 2}
		change(&form)
		if refused, ok := w.EditDeliverable(mark, id, form).(*Invalid); !ok || refused.Field != what {
			t.Errorf("%s: %v", what, refused)
		}
		form.Version = 0
		if _, err := w.AddDeliverable(w.actor("olivia"), w.id("site"), form); err == nil {
			t.Errorf("%s of another project in a new one", what)
		}
	}
	w.unchanged(was, "a deliverable of a mixture")
}

// What was delivered stays; what was not goes with its files.
func TestDeleteDeliverable(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.decks()
	before := w.digest()
	if err := w.DeleteDeliverable(w.actor("lea"), w.id("guide")); w.key(err) != "deliverable.delivered" {
		t.Error(err)
	}
	w.unchanged(before, "a delivered deliverable is deleted")
	w.must(w.DeleteDeliverable(w.actor("mark"), w.id("decks")))
	w.must(w.DropBlobs())
	if held := w.blobs(); len(held) != 0 || len(w.rows("SELECT id FROM deliverable_version WHERE deliverable_id = ?", w.id("decks")))+len(w.rows("SELECT id FROM thread WHERE deliverable_id = ?", w.id("decks"))) != 0 {
		t.Error("something of it stays: ", held)
	}
}

// Clients see what was delivered, by the names that they know, and of its tasks those
// that they see.
func TestDeliverablesOfClients(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(w.ShowTasks(w.actor("lea"), w.id("site"), []ID{w.id("secret")}))
	w.edit("lea", "home", func(f *TaskForm) { f.ClientTitle = "Front page" })
	tasks := func() (titles []string) {
		d, err := w.clientDeliverable("eleni", w.id("guide"))
		w.must(err)
		for _, task := range d.Tasks {
			titles = append(titles, task.Title+"/"+task.Kind)
		}
		return titles
	}
	if got := strings.Join(tasks(), " "); got != "Front page/doing secret/doing" {
		t.Error(got)
	}
	w.must(w.HideTasks(w.actor("lea"), w.id("site"), []ID{w.id("secret")}))
	if got := strings.Join(tasks(), " "); got != "Front page/doing" {
		t.Error("a private task shows: ", got)
	}
	if linked := w.deliverable("mark", w.id("guide")).Tasks; len(linked) != 2 || !linked[1].Private || linked[0].Private {
		t.Error(linked)
	}
	for who, want := range map[string]string{"eleni": "guide", "vic": "guide", "finn": "", "bea": "", "stan": "", "lea": ""} {
		var names []string
		w.must(w.Glass(w.id(who), func(g *Glass) error {
			list, err := g.Deliverables(w.id("site"))
			for _, d := range list {
				names = append(names, d.Name)
				for _, n := range d.Versions {
					if n.Number > 2 || n.Note == "not yet" || n.SHA256 == "" {
						t.Errorf("%s sees %v", who, n)
					}
				}
			}
			return err
		}))
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s sees %s", who, got)
		}
	}
	w.must(w.SetFeature(w.actor("adam"), ForProject, w.id("site"), "deliverables", "off"))
	if _, err := w.clientDeliverable("eleni", w.id("guide")); err != ErrNotFound {
		t.Error("with deliverables switched off: ", err)
	}
}

// Asked for changes, the team has a task for them.
func TestChangesTask(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	changes := func(comment string) (task Task) {
		w.must(w.write(func(tx *Tx) error { return tx.changesTask(w.actor("eleni"), w.id("guide 2"), comment) }))
		d := w.deliverable("mark", w.id("guide"))
		w.must(w.View(w.actor("mark").Person, func(v *Viewer) error {
			for _, linked := range d.Tasks {
				if found, err := v.Task(linked.ID); err == nil && found.Description == comment {
					task = found
				}
			}
			return nil
		}))
		return task
	}
	task := changes("Bluer, please")
	if task.Title != "guide, version 2" || task.ColumnID != w.id("site.todo") || task.MilestoneID != w.id("launch") || task.Private {
		t.Errorf("%+v", task)
	}
	if d, _ := w.clientDeliverable("vic", w.id("guide")); len(d.Tasks) != 2 {
		t.Error("clients do not see it: ", d.Tasks)
	}
	w.sql("UPDATE project SET new_tasks_private = 1 WHERE id = ?", w.id("site"))
	w.sql("UPDATE board_column SET kind = 'review' WHERE id = ?", w.id("site.todo"))
	before := w.versions("site")
	if task = changes("Greener"); task.ColumnID != w.id("site.todo") || !task.Private {
		t.Errorf("without a column of things to do: %+v", task)
	}
	if d, _ := w.clientDeliverable("vic", w.id("guide")); len(d.Tasks) != 2 || w.versions("site")[1] != before[1] {
		t.Error("clients see a private one")
	}
	w.sql("UPDATE board_column SET kind = 'todo' WHERE id = ?", w.id("site.doing"))
	if task = changes("Greyer"); task.ColumnID != w.id("site.doing") {
		t.Errorf("the first column of things to do: %+v", task)
	}
	if told := w.rows("SELECT audience FROM event WHERE kind = 'task.created' AND actor_id = ? ORDER BY seq", w.id("eleni")); fmt.Sprint(told) != "[client team team]" {
		t.Error(told)
	}
}
