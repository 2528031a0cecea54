package db

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"testing"
	"time"
)

// twins are two copies of the world: whatever is hidden happens in the second only.
func twins(t *testing.T) (plain, full *world) {
	dir, ids, at := seeded(t)
	return openWorld(t, copyFolder(t, dir), ids, at, Options{Glasses: 2}), openWorld(t, copyFolder(t, dir), maps.Clone(ids), at, Options{Glasses: 2})
}

// crowd is everything that nobody of the clients may notice, by the store's own
// methods and in numbers. site, old and beta have clients that watch.
func (w *world) crowd() {
	lea, adam, tess := w.actor("lea"), w.actor("adam"), w.actor("tess")
	site := w.id("site")
	for i := range 12 { // private tasks in every column, among and before the visible ones
		name := fmt.Sprintf("hidden %d", i)
		column := []string{Todo, Doing, Review, Done}[i%4]
		w.task("site", "lea", name, column, "private")
		before := []ID{w.id("form"), w.id("home"), w.id("copy"), w.id("logo")}[i%4]
		_, err := w.MoveTask(lea, w.id(name), column, before)
		w.must(err)
		w.edit("lea", name, func(f *TaskForm) {
			f.Estimate, f.DueOn, f.Milestone, f.Internal = "999", "2026-12-24", w.id("launch").String(), "hidden"
			f.Assignees, f.Labels = []string{w.id("mark").String(), w.id("eleni").String()}, []string{w.id("ux").String(), w.id("debt").String()}
		})
		w.must(w.AddItem(lea, w.id(name), "hidden step"))
		w.hint("mark", name, "hidden note "+name)
		_, err = w.MoveTask(lea, w.id(name), []string{Doing, Done, Todo, Review}[i%4], 0)
		w.must(err)
		if i%3 == 0 {
			w.must(w.ArchiveTask(lea, w.id(name), true))
		}
		if i%6 == 0 {
			w.must(w.ArchiveTask(lea, w.id(name), false))
		}
	}
	for _, task := range taskNames[:6] {
		w.hint("mark", task, "another note on "+task)
	}
	w.edit("lea", "home", func(f *TaskForm) { f.Internal = "quite another plan" })
	w.edit("lea", "form", func(f *TaskForm) { f.Title = "a title under the client's title" })
	w.edit("lea", "logo", func(f *TaskForm) { f.Labels = []string{w.id("debt").String()} })
	w.edit("mark", "secret", func(f *TaskForm) { f.Title, f.Estimate = "more secret", "1" })
	w.must(w.HideTasks(lea, site, []ID{w.id("secret")})) // is hidden already
	w.must(w.ShowTasks(lea, site, []ID{w.id("home")}))   // is shown already
	w.must(w.ShowTasks(lea, site, nil))
	w.must(w.ArchiveTask(lea, w.id("shelf"), true))
	w.must(w.ShowTasks(lea, site, []ID{w.id("shelf")}))
	w.must(w.HideTasks(lea, site, []ID{w.id("shelf")}))
	w.must(w.SetLabel(lea, site, 0, "worry", "red", false))
	w.must(w.SetLabel(lea, site, 0, "unused", "red", true))
	w.must(w.SetLabel(lea, site, w.id("debt"), "heavy debt", "pink", false))
	w.found("label", "name", "worry")
	w.must(w.DeleteLabel(lea, site, w.id("worry")))
	w.keep("empty")(w.AddColumn(lea, site, ColumnForm{Name: "Ideas", Kind: Todo}))
	w.must(w.MoveColumn(lea, w.id("empty"), w.id("site.todo")))
	w.must(w.EditColumn(lea, w.id("empty"), ColumnForm{Name: "Later", Kind: Done, ClientLabel: "Later"}))
	w.must(w.EditColumn(lea, w.id("site.todo"), ColumnForm{Name: "Backlog", Kind: Todo}))
	w.must(w.DeleteColumn(lea, w.id("empty"), w.id("site.todo")))
	w.must(w.editProject("lea", "site", func(f *ProjectForm) { f.Internal, f.NewTasksPrivate = "thinner", true }))
	w.must(w.EndOtherSessions(w.signIn("lea")))
	w.must(w.SetProfile(w.actor("mark"), Profile{Name: "Mark Moss", Title: "Senior", Language: "el", TimeZone: "Europe/Athens", Theme: "dark"}))
	w.must(w.SetProfile(adam, Profile{Name: "Adam Other", Language: "en", TimeZone: "UTC"}))
	_, err := w.AddPerson(NewPerson{Email: "new@ormos.test", Name: "Newt", Side: Team, Role: Member})
	w.must(err)
	w.sql("INSERT INTO file (id, project_id, task_id, name, url, created_at) VALUES (?,?,?,'f','https://files.test/y','2026')", NewID(), site, w.id("home"))
	_, err = w.Import(adam, ImportTarget{ProjectName: "Imported", Company: "Acme"}, kiln().plan(w.t), ImportOptions{})
	w.must(err)

	w.role("Unheld", "projects", "company") // and what is switched where nobody looks
	w.must(w.EditRole(adam, w.id("Unheld"), RoleForm{Name: "Held by nobody", Rights: []string{"upload"}, Version: 1}))
	w.must(w.DeleteRole(adam, w.id("Unheld")))
	w.must(w.SetFeature(adam, ForCompany, w.id("Closed"), "files", "off"))
	w.must(w.SetFeature(adam, ForProject, w.id("inhouse"), "billing", "off"))
	w.must(w.SetFeature(adam, ForCompany, w.id("Acme"), "billing", "on")) // is on already

	waiting := w.form("lea", "home") // and what is seen waits for what is not
	waiting.Needs = append(waiting.Needs, w.id("secret").String())
	w.must(w.EditTask(w.actor("lea"), w.id("home"), waiting))
	_, err = w.SetTaskDates(w.actor("lea"), w.id("secret"), DatesForm{StartsOn: "2020-01-01", DueOn: "2031-01-01", Version: w.form("lea", "secret").Version})
	w.must(err)

	w.project("quiet", "tess", ProjectForm{Name: "Quiet", Company: "Acme"})
	for i := range 5 {
		w.task("quiet", "tess", fmt.Sprintf("quiet %d", i), Doing, "shown")
		w.say("tess", fmt.Sprintf("quiet %d", i), fmt.Sprintf("quiet words %d", i))
	}
	w.project("hush", "tess", ProjectForm{Name: "Hush", Company: "Hushed"}) // another company: colleagues do see each other
	w.join("hush", "tess", "mute@hushed.test", "Mute Man", "client")
	w.task("inhouse", "adam", "more chores", Doing, "shown")
	w.must(w.RemoveMember(tess, w.id("hush"), w.id("mute")))
	w.must(w.SetProfile(w.actor("mute"), Profile{Name: "Muter", Language: "en", TimeZone: "UTC"}))
	w.hiddenTalk()
	w.previewsAndMails()
}

func (w *world) editProject(who, project string, change func(*ProjectForm)) error {
	var form ProjectForm
	w.must(w.View(w.actor(who).Person, func(v *Viewer) error {
		p, err := v.Project(w.id(project))
		form = ProjectForm{Name: p.Name, Company: p.Company, Description: p.Description, Internal: p.Internal, Status: p.Status, TeamShown: p.TeamShown,
			StartsOn: string(p.StartsOn), EndsOn: string(p.EndsOn), NewTasksPrivate: p.NewTasksPrivate, Version: p.Version}
		return err
	}))
	change(&form)
	return w.EditProject(w.actor(who), w.id(project), form)
}

var idText = regexp.MustCompile(`"[0-9A-Za-z]{11}"`)

// masked replaces every id by its number in the order of appearance: what is new
// has random ids in each of the worlds.
func masked(text string) string {
	known := map[string]string{}
	return idText.ReplaceAllStringFunc(text, func(id string) string {
		if known[id] == "" {
			known[id] = fmt.Sprintf(`"#%d"`, len(known))
		}
		return known[id]
	})
}

func TestTwinWorlds(t *testing.T) {
	alone(t)
	t.Parallel()
	plain, full := twins(t)
	everybody := slices.Concat(clientNames, []string{"nobody", "lea"})
	same := func(when string, mask func(string) string) {
		t.Helper()
		for _, who := range everybody {
			a, b := mask(plain.look(plain.ids[who])), mask(full.look(full.ids[who]))
			if a != b {
				t.Errorf("%s: %s can tell the worlds apart%s", when, who, firstDifference(a, b))
			}
		}
	}
	exactly := func(text string) string { return text }
	same("before", exactly)
	full.crowd()
	same("after what is hidden", exactly)
	for _, w := range []*world{plain, full} { // what is seen happens in both, at the same times
		later := time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
		w.clock.Store(&later)
		w.visibleWork()
	}
	same("after what is seen", masked)
}

// visibleWork is a day of work that clients see.
func (w *world) visibleWork() {
	lea := w.actor("lea")
	for _, move := range []struct{ task, column, before string }{{"home", Review, "copy"}, {"form", Doing, ""}, {"logo", Doing, "form"}, {"home", Done, ""}, {"copy", Todo, ""}} {
		_, err := w.MoveTask(lea, w.id(move.task), move.column, w.ids[move.before])
		w.must(err)
	}
	w.task("site", "lea", "fresh", Todo, "shown")
	_, err := w.MoveTask(lea, w.id("fresh"), Todo, w.id("copy"))
	w.must(err)
	w.say("nikos", "fresh", "fine words")
	w.must(w.AddItem(lea, w.id("fresh"), "fresh step"))
	w.edit("lea", "home", func(f *TaskForm) { f.DueOn = "2026-06-12" })
	w.must(w.HideTasks(lea, w.id("site"), []ID{w.id("copy")}))
	w.must(w.ShowTasks(lea, w.id("site"), []ID{w.id("copy")}))
	w.must(w.editProject("lea", "site", func(f *ProjectForm) { f.TeamShown = "team" }))
}

func firstDifference(a, b string) string {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	from := max(0, at-150)
	return fmt.Sprintf("\n--- one\n%s\n--- other\n%s", a[from:min(len(a), at+150)], b[from:min(len(b), at+150)])
}
