package db

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

var versionText = regexp.MustCompile(`"Version": \d+`)

// looks are what clients of every reach see, with the versions of projects taken out.
func (w *world) looks() string {
	var text strings.Builder
	for _, who := range []string{"vic", "bea", "fred"} { // what their rights let them see, in short
		w.must(w.Glass(w.id(who), func(g *Glass) error {
			projects, err := g.Projects()
			for _, p := range projects {
				p.Version = 0
				fmt.Fprintln(&text, who, p)
			}
			return err
		}))
	}
	return text.String() + versionText.ReplaceAllString(w.look(w.id("eleni")), "")
}

// What each write does to the two versions of the site. Clients' pages are woken
// by "seen", and by nothing else.
func TestClientVersionRisesWithWhatClientsSee(t *testing.T) {
	alone(t)
	t.Parallel()
	const (
		seen     = "seen"     // clients see something else, and their version rises
		hidden   = "hidden"   // clients see the same, and their version stays
		harmless = "harmless" // the version rises for what is theirs to see, though no page differs here
		own      = "own"      // only the one whose rights changed sees it: authority rises, the version stays
		still    = "still"    // nothing of this project changed
	)
	move := func(task, column, before string) func(*world, Actor) error {
		return func(w *world, lea Actor) error { return just(w.MoveTask(lea, w.id(task), column, w.ids[before])) }
	}
	edit := func(task string, change func(*world, *TaskForm)) func(*world, Actor) error {
		return func(w *world, lea Actor) error {
			form := w.form("lea", task)
			change(w, &form)
			return w.EditTask(lea, w.id(task), form)
		}
	}
	project := func(change func(*ProjectForm)) func(*world, Actor) error {
		return func(w *world, lea Actor) error { return w.editProject("lea", "site", change) }
	}
	add := func(title, shown string) func(*world, Actor) error {
		return func(w *world, lea Actor) error {
			id, err := w.AddTask(lea, w.id("site"), NewTask{Title: title, Column: Todo, Shown: shown})
			w.ids[title] = id
			return err
		}
	}
	label := func(name, title string, clients bool) func(*world, Actor) error {
		return func(w *world, lea Actor) error {
			return w.SetLabel(lea, w.id("site"), w.ids[name], title, "red", clients)
		}
	}
	column := func(name string, form ColumnForm) func(*world, Actor) error {
		return func(w *world, lea Actor) error { return w.EditColumn(lea, w.id(name), form) }
	}
	profile := func(who string, p Profile) func(*world, Actor) error {
		return func(w *world, lea Actor) error {
			p.Language, p.TimeZone = "en", "UTC"
			return w.SetProfile(w.actor(who), p)
		}
	}
	show := func(f func(*Store, Actor, ID, []ID) error, tasks ...string) func(*world, Actor) error {
		return func(w *world, lea Actor) error {
			var ids []ID
			for _, task := range tasks {
				ids = append(ids, w.id(task))
			}
			return f(w.Store, lea, w.id("site"), ids)
		}
	}
	join := func(email, role string) func(*world, Actor) error {
		return func(w *world, lea Actor) error { return just(w.AddMember(lea, w.id("site"), email, "", role)) }
	}
	leave := func(who string) func(*world, Actor) error {
		return func(w *world, lea Actor) error { return w.RemoveMember(lea, w.id("site"), w.id(who)) }
	}
	role := func(who, role string) func(*world, Actor) error {
		return func(w *world, _ Actor) error {
			return w.SetClientRole(w.actor("adam"), w.id("site"), w.id(who), role)
		}
	}
	w := newWorld(t)
	lea, looks := w.actor("lea"), w.looks()
	for _, c := range []struct {
		want, what string
		do         func(*world, Actor) error
	}{
		{seen, "a task is added", add("plain", "shown")},
		{hidden, "a private task is added", add("covert", "private")},
		{seen, "a task moves to another column", move("plain", Doing, "")},
		{seen, "a task moves within its column", move("plain", Doing, "home")},
		{seen, "a task is done", move("plain", Done, "")},
		{still, "a task is put before itself", move("plain", Done, "plain")},
		{hidden, "a private task moves", move("secret", Todo, "")},
		{hidden, "a private task moves before one that is shown", move("secret", Doing, "home")},
		{hidden, "a private task is done", move("secret", Done, "")},
		{hidden, "an archived task moves", move("shelf", Doing, "")},
		{seen, "a title changes", edit("home", func(_ *world, f *TaskForm) { f.Title = "front page" })},
		{harmless, "the estimate changes", edit("home", func(_ *world, f *TaskForm) { f.Estimate = "900" })},
		{seen, "the due date changes", edit("home", func(_ *world, f *TaskForm) { f.DueOn = "2026-06-11" })},
		{seen, "the due date goes", edit("home", func(_ *world, f *TaskForm) { f.DueOn = "" })},
		{seen, "the start changes", edit("home", func(_ *world, f *TaskForm) { f.StartsOn = "2026-06-01" })},
		{seen, "what done means changes", edit("home", func(_ *world, f *TaskForm) { f.Acceptance = "else" })},
		{seen, "the milestone changes", edit("home", func(w *world, f *TaskForm) { f.Milestone = w.id("care").String() })},
		{seen, "the priority changes", edit("home", func(_ *world, f *TaskForm) { f.Priority = "low" })},
		{seen, "somebody is taken off a task", edit("home", func(w *world, f *TaskForm) { f.Assignees = []string{w.id("mark").String()} })},
		{hidden, "an internal label is taken off", edit("home", func(w *world, f *TaskForm) { f.Labels = []string{w.id("ux").String()} })},
		{seen, "a label is taken off", edit("home", func(w *world, f *TaskForm) { f.Labels = nil })},
		{seen, "a label is put on", edit("home", func(w *world, f *TaskForm) { f.Labels = []string{w.id("ux").String()} })},
		{hidden, "internal details change", edit("home", func(_ *world, f *TaskForm) { f.Internal = "worse" })},
		{hidden, "nothing is edited", edit("home", func(_ *world, f *TaskForm) {})},
		{hidden, "the title under a client's title changes", edit("form", func(_ *world, f *TaskForm) { f.Title = "internal word" })},
		{seen, "the client's title changes", edit("form", func(_ *world, f *TaskForm) { f.ClientTitle = "Write to us" })},
		{hidden, "a private task is edited", edit("secret", func(_ *world, f *TaskForm) { f.Title, f.DueOn = "more secret", "2026-12-24" })},
		{hidden, "what is private is made private", show((*Store).HideTasks, "secret")},
		{hidden, "what is shown is shown", show((*Store).ShowTasks, "home")},
		{hidden, "an archived task is made private", show((*Store).HideTasks, "shelf")},
		{hidden, "no task is shown", show((*Store).ShowTasks)},
		{seen, "a task is made private", show((*Store).HideTasks, "home")},
		{seen, "tasks are shown", show((*Store).ShowTasks, "home", "copy")},
		{seen, "a task is archived", func(w *world, lea Actor) error { return w.ArchiveTask(lea, w.id("plain"), true) }},
		{hidden, "it is archived again", func(w *world, lea Actor) error { return w.ArchiveTask(lea, w.id("plain"), true) }},
		{seen, "it is brought back", func(w *world, lea Actor) error { return w.ArchiveTask(lea, w.id("plain"), false) }},
		{hidden, "a private task is archived", func(w *world, lea Actor) error { return w.ArchiveTask(lea, w.id("secret"), true) }},
		{hidden, "a private task is brought back", func(w *world, lea Actor) error { return w.ArchiveTask(lea, w.id("secret"), false) }},
		{seen, "a step is added", func(w *world, lea Actor) error { return w.AddItem(lea, w.id("home"), "another") }},
		{seen, "a step is ticked", func(w *world, lea Actor) error { return just(w.TickItem(lea, w.id("home step"), false)) }},
		{seen, "a step is deleted", func(w *world, lea Actor) error { return just(w.DeleteItem(lea, w.id("home step"))) }},
		{hidden, "a step of a private task is added", func(w *world, lea Actor) error { return w.AddItem(lea, w.id("secret"), "another") }},
		{hidden, "a step of a private task is ticked", func(w *world, lea Actor) error { return just(w.TickItem(lea, w.id("secret step"), true)) }},
		{hidden, "a step of a private task is deleted", func(w *world, lea Actor) error { return just(w.DeleteItem(lea, w.id("secret step"))) }},
		{seen, "a reply", func(w *world, lea Actor) error { return just(w.AddReply(lea, w.id("home"), "words")) }},
		{seen, "a reply of a client", func(w *world, _ Actor) error { return just(w.AddReply(w.actor("eleni"), w.id("home"), "words")) }},
		{seen, "a reply is edited", func(w *world, _ Actor) error {
			return just(w.EditReply(w.actor("mark"), w.id("words of mark"), "other words", 1))
		}},
		{hidden, "a held reply is edited", func(w *world, _ Actor) error {
			return just(w.EditReply(w.actor("mark"), w.id("held back"), "other words", 1))
		}},
		{hidden, "a note is edited", func(w *world, _ Actor) error {
			return just(w.EditNote(w.actor("lea"), w.id("note on site"), "other words", 1))
		}},
		{still, "a reply is edited without another word", func(w *world, _ Actor) error {
			return just(w.EditReply(w.actor("mark"), w.id("words of mark"), "other words", 2))
		}},
		{hidden, "a reply was on screen", func(w *world, _ Actor) error {
			return w.MarkRead(w.actor("eleni"), w.id("home"), w.id("words of mark"))
		}},
		{still, "it was on screen again", func(w *world, _ Actor) error {
			return w.MarkRead(w.actor("eleni"), w.id("home"), w.id("words of mark"))
		}},
		{still, "only replies of other clients were on screen", func(w *world, _ Actor) error {
			return w.MarkRead(w.actor("nikos"), w.id("site"), w.id("reply on site"))
		}},
		{seen, "a reply is deleted", func(w *world, lea Actor) error { return just(w.DeleteReply(lea, w.id("words of mark"))) }},
		{still, "it is deleted again", func(w *world, lea Actor) error { return just(w.DeleteReply(lea, w.id("words of mark"))) }},
		{hidden, "a held reply is deleted", func(w *world, lea Actor) error { return just(w.DeleteReply(lea, w.id("held back"))) }},
		{hidden, "a note is deleted", func(w *world, lea Actor) error { return just(w.DeleteNote(lea, w.id("note on site"))) }},
		{hidden, "a note", func(w *world, lea Actor) error { return just(w.AddNote(lea, w.id("home"), "words")) }},
		{hidden, "a note on a private task", func(w *world, lea Actor) error { return just(w.AddNote(lea, w.id("secret"), "words")) }},
		{hidden, "an internal label is added", label("", "doubt", false)},
		{hidden, "a label is added", label("", "joy", true)},
		{hidden, "an internal label is renamed", label("debt", "heavy debt", false)},
		{seen, "a label is renamed", label("ux", "looks", true)},
		{seen, "a label is made internal", label("ux", "looks", false)},
		{seen, "a label is made visible", label("ux", "looks", true)},
		{seen, "a label is deleted", func(w *world, lea Actor) error { return w.DeleteLabel(lea, w.id("site"), w.id("ux")) }},
		{hidden, "an internal label is deleted", func(w *world, lea Actor) error { return w.DeleteLabel(lea, w.id("site"), w.id("debt")) }},
		{hidden, "a column is added", func(w *world, lea Actor) error {
			id, err := w.AddColumn(lea, w.id("site"), ColumnForm{Name: "Ideas", Kind: Todo})
			w.ids["ideas"] = id
			return err
		}},
		{hidden, "an empty column gets a client label", column("ideas", ColumnForm{Name: "Ideas", Kind: Doing, ClientLabel: "Thinking"})},
		{hidden, "an empty column moves", func(w *world, lea Actor) error { return w.MoveColumn(lea, w.id("ideas"), w.id("site.todo")) }},
		{hidden, "a column is renamed", column("site.todo", ColumnForm{Name: "Backlog", Kind: Todo})},
		{seen, "a column gets a client label", column("site.todo", ColumnForm{Name: "Backlog", Kind: Todo, ClientLabel: "Soon"})},
		{seen, "a column changes its kind", column("site.todo", ColumnForm{Name: "Backlog", Kind: Done, ClientLabel: "Soon"})},
		{seen, "a column moves", func(w *world, lea Actor) error { return w.MoveColumn(lea, w.id("site.todo"), 0) }},
		{hidden, "an empty column is deleted", func(w *world, lea Actor) error { return w.DeleteColumn(lea, w.id("ideas"), w.id("site.todo")) }},
		{seen, "a column is deleted", func(w *world, lea Actor) error { return w.DeleteColumn(lea, w.id("site.todo"), w.id("site.doing")) }},
		{seen, "a milestone is added", func(w *world, lea Actor) error {
			return just(w.AddMilestone(lea, w.id("site"), MilestoneForm{Name: "party"}))
		}},
		{seen, "a milestone is edited", func(w *world, lea Actor) error {
			return w.EditMilestone(lea, w.id("launch"), MilestoneForm{Name: "launch party", DueOn: "2026-07-07", ReachedOn: "2026-07-07", Version: 1})
		}},
		{seen, "a milestone is deleted", func(w *world, lea Actor) error { return w.DeleteMilestone(lea, w.id("care")) }},
		{seen, "the project is renamed", project(func(f *ProjectForm) { f.Name = "The Site" })},
		{seen, "the project is described", project(func(f *ProjectForm) { f.Description = "Better" })},
		{hidden, "the project's internal description changes", project(func(f *ProjectForm) { f.Internal = "Worse" })},
		{hidden, "new tasks are private from now on", project(func(f *ProjectForm) { f.NewTasksPrivate = true })},
		{seen, "a member of the team joins", join("tess@ormos.test", "member")},
		{seen, "a member of the team leads", join("tess@ormos.test", "leader")},
		{seen, "a member of the team leaves", leave("tess")},
		{seen, "a client joins", join("nora2@acme.test", "client")},
		{hidden, "a client who sees no projects leaves", leave("finn")},
		{own, "a client's role changes what they may do", role("vic", "client")},
		{seen, "a client's role hides the project", role("vic", "client-finance")},
		{seen, "a client's role shows the project", role("vic", "client-viewer")},
		{seen, "a client leaves", leave("duo")},
		{seen, "a member's first name changes", profile("mark", Profile{Name: "Marcus Moss"})},
		{hidden, "a member's last name changes", profile("mark", Profile{Name: "Marcus Moor"})},
		{hidden, "a member's title changes", profile("mark", Profile{Name: "Marcus Moor", Title: "Boss"})},
		{seen, "a client's name changes", profile("nikos", Profile{Name: "Nikos New"})},
		{seen, "the name of somebody who has left changes", profile("fred", Profile{Name: "Fred New"})},
		{still, "the name of somebody elsewhere changes", profile("tess", Profile{Name: "Tessa Tor"})},
		{seen, "the team is shown otherwise", project(func(f *ProjectForm) { f.TeamShown = "team" })},
		{hidden, "a member of a team without names joins", join("adam@ormos.test", "member")},
		{hidden, "a member's name changes in a team without names", profile("mark", Profile{Name: "Mark Moss"})},
		{hidden, "a member of a team without names leads", join("adam@ormos.test", "leader")},
		{hidden, "a member of a team without names leaves", leave("adam")},
		{seen, "the project is archived", func(w *world, lea Actor) error { return w.ArchiveProject(lea, w.id("site"), true) }},
		{seen, "the project is brought back", func(w *world, lea Actor) error { return w.ArchiveProject(lea, w.id("site"), false) }},
	} {
		before := w.versions("site")
		if err := c.do(w, lea); err != nil {
			t.Fatalf("%s: %v", c.what, err)
		}
		w.tick(1e9)
		now := w.looks()
		differs, after := now != looks, w.versions("site")
		looks = now
		if raised := after[1] != before[1]; raised != (c.want == seen || c.want == harmless) {
			t.Errorf("%s: %s, and the clients' version rose: %v", c.what, c.want, raised)
		}
		if differs != (c.want == seen || c.want == own) && c.what != "the name of somebody elsewhere changes" {
			t.Errorf("%s: %s, and what clients see changed: %v", c.what, c.want, differs)
		}
		if raised := after[0] != before[0]; raised != (c.want != still) {
			t.Errorf("%s: %s, and the team's version rose: %v", c.what, c.want, raised)
		}
	}
}

// versions are the counters of a project: the team's and the clients'.
func (w *world) versions(project string) [2]int64 {
	w.t.Helper()
	versions, _, err := w.Versions([]ID{w.id(project)})
	if err != nil {
		w.t.Fatal(err)
	}
	return versions[w.id(project)]
}
