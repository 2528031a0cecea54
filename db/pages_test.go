package db

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// What a page says to a client, in full: what it must say, not only what it must not.
func TestWhatPagesSay(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	var said []string
	say := func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }
	w.must(w.Glass(w.id("eleni"), func(g *Glass) error {
		projects, _ := g.Projects()
		for _, p := range projects {
			say("project %s of %s: %s, %s to %s, archived %v, may comment %q, %s", p.Name, p.Company, p.Status, p.StartsOn, p.EndsOn, p.Archived, p.Replies, p.Description)
		}
		tasks, _ := g.Tasks(w.id("site"))
		for _, task := range tasks {
			line := fmt.Sprintf("task %s: %s %s %s due %s %s", task.Title, task.Kind, task.Label, task.Priority, task.DueOn, w.name(task.MilestoneID))
			for _, person := range task.Assignees {
				line += " @" + person.Name
			}
			for _, label := range task.Labels {
				line += " #" + label.Name + "/" + label.Color
			}
			say("%s", strings.TrimSuffix(line, " ?00000000000"))
		}
		ongoing, _ := g.Ongoing(0, []string{Doing, Review}, 10)
		for _, task := range ongoing {
			say("ongoing %s with %d people", task.Title, len(task.Assignees))
		}
		milestones, _ := g.Milestones(w.id("site"))
		for _, m := range milestones {
			say("milestone %s: %s to %s, %d of %d", m.Name, m.StartsOn, m.DueOn, m.Done, m.Tasks)
		}
		progress, err := g.Progress()
		p := progress[w.id("site")]
		say("progress: %d = %d done, %d doing, %d to do, %d %% left, %v", p.Total, p.Done, p.Doing, p.Todo, p.EffortLeft, p.Measured)
		return err
	}))
	want := `project Site of Acme: active, 2026-05-01 to 2026-08-01, archived false, may comment "decision deliverable milestone project task", The new site
project Old of Acme: active,  to , archived true, may comment "",
task Contact page: todo  normal due
task home: doing  high due 2026-06-10 launch @Eleni Client @Mark #ux/blue
task logo: done  normal due  launch
task copy: review Checking normal due
ongoing home with 2 people
ongoing copy with 0 people
milestone launch: 2026-05-01 to 2026-06-30, 1 of 2
milestone care:  to 2026-08-01, 0 of 0
progress: 4 = 1 done, 2 doing, 1 to do, 50 % left, true`
	for i, line := range said {
		said[i] = strings.TrimSpace(line)
	}
	if got := strings.Join(said, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// The effort that is left is told in steps of five, and only while it gives
// nothing away.
func TestEffortLeft(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	left := func() string {
		text := ""
		w.must(w.Glass(w.id("bea"), func(g *Glass) error {
			progress, err := g.Progress()
			p := progress[w.id("brand")]
			text = fmt.Sprint(p.Measured, " ", p.EffortLeft)
			return err
		}))
		return text
	}
	estimate := func(task, minutes string) {
		w.edit("tess", task, func(f *TaskForm) { f.Estimate = minutes })
	}
	w.pile(6) // two of them private
	for i, task := range []string{"poster", "task 00", "task 01", "task 03", "task 04"} {
		if got := left(); got != "false 0" {
			t.Errorf("with %d of 5 estimates: %s", i, got)
		}
		estimate(task, "60")
	}
	estimate("task 02", "60000") // private
	if got := left(); got != "true 100" {
		t.Error(got)
	}
	w.must(just(w.MoveTask(w.actor("tess"), w.id("poster"), Done, 0)))
	if got := left(); got != "true 80" {
		t.Error(got)
	}
	estimate("task 00", "100")
	if got := left(); got != "true 80" { // 280 of 340 are 82.35 %
		t.Error(got)
	}
	w.must(just(w.MoveTask(w.actor("tess"), w.id("task 00"), Done, 0)))
	if got := left(); got != "true 55" { // 180 of 340 are 52.9 %
		t.Error(got)
	}
	w.must(just(w.MoveTask(w.actor("tess"), w.id("task 01"), Done, 0)))
	if got := left(); got != "false 0" {
		t.Error("with two tasks left: ", got)
	}
}

// By which name a project shows its team.
func TestNamesOfPeople(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	for shown, want := range map[string]string{
		"full":  "team Lea Lind, team Mark Moss, client Eleni Client; Mark Moss; Mark Moss",
		"first": "team Lea, team Mark, client Eleni Client; Mark; Mark",
		"title": "team Design lead, team Developer, client Eleni Client; Developer; Developer",
		"team":  "team , client Eleni Client; ; ",
	} {
		for _, project := range []string{"site", "old"} {
			w.must(w.editProject("lea", project, func(f *ProjectForm) { f.TeamShown = shown }))
		}
		var people []string
		var author, assignee string
		w.must(w.Glass(w.id("eleni"), func(g *Glass) error {
			list, _ := g.People(w.id("site"))
			for _, p := range list {
				if p.Side == Team || p.ID == w.id("eleni") {
					people = append(people, p.Side+" "+p.Name)
				}
				if shown == "team" && p.Side == Team && p.ID != 0 {
					t.Error("the team as one has an id")
				}
			}
			thread, _ := g.Conversation(w.id("home"))
			author = thread[len(thread)-1].Author
			task, err := g.Task(w.id("home"))
			for _, p := range task.Assignees {
				if p.Side == Team {
					assignee = p.Name
				}
			}
			return err
		}))
		if got := strings.Join(people, ", ") + "; " + author + "; " + assignee; got != want {
			t.Errorf("%s: %s, want %s", shown, got, want)
		}
		look := w.look(w.id("eleni"))
		for word, in := range map[string][]string{"Lind": {"full"}, "Moss": {"full"}, "Mark": {"full", "first"}, "Developer": {"title"}, "ormos.test": nil} {
			if got := strings.Contains(look, word); got != slices.Contains(in, shown) {
				at := max(0, strings.Index(look, word))
				t.Errorf("%s: %q can be read: %v: …%s", shown, word, got, look[max(0, at-60):min(len(look), at+60)])
			}
		}
	}
}

// Who has no title is "the team" where titles are shown, and a name that is half
// an address is no surname's way out.
func TestNamesWithoutATitle(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.sql("UPDATE person SET title = '' WHERE id = ?", w.id("mark"))
	w.must(w.editProject("lea", "site", func(f *ProjectForm) { f.TeamShown = "title" }))
	named := func() (people string) {
		w.must(w.Glass(w.id("eleni"), func(g *Glass) error {
			list, err := g.People(w.id("site"))
			for _, p := range list {
				if p.Side == Team {
					people += fmt.Sprintf("%q %v, ", p.Name, p.ID != 0)
				}
				if p.Name == "" && p.ID != 0 {
					t.Error("somebody without a name has an id")
				}
			}
			return err
		}))
		return people
	}
	if got := named(); got != `"Design lead" true, "" false, ` {
		t.Error("as titles: ", got)
	}
	if look := w.look(w.id("eleni")); strings.Contains(look, "Mark") || strings.Contains(look, w.id("mark").String()) {
		t.Error("who has no title is told by name or id")
	}
	w.sql("UPDATE person SET name = 'mark.moss' WHERE id = ?", w.id("mark"))
	w.must(w.editProject("lea", "site", func(f *ProjectForm) { f.TeamShown = "first" }))
	if got := named(); got != `"Lea" true, "mark" true, ` {
		t.Error("as first names: ", got)
	}
}

// Somebody who was deactivated is in no view, whoever they were.
func TestNobodyInactiveIsInAView(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.sql("UPDATE person SET active = 0")
	for _, view := range w.rows("SELECT name FROM sqlite_master WHERE type = 'view'") {
		if noViewer[view] && view != "may_sign_in" {
			continue
		}
		if rows := w.rows("SELECT * FROM " + view); len(rows) > 0 {
			t.Errorf("%s has %d rows of people who are not active", view, len(rows))
		}
	}
}

// A role without the right to comment, as admins may make one, gives no reply box.
func TestRightsAreByName(t *testing.T) {
	alone(t)
	t.Parallel()
	w := newWorld(t)
	w.sql("DELETE FROM client_role_right WHERE role_id = 1 AND right = 'comment'")
	if _, err := w.AddReply(w.actor("eleni"), w.id("home"), "words"); err != ErrNotFound {
		t.Error(err)
	}
	w.must(w.Glass(w.id("eleni"), func(g *Glass) error {
		p, err := g.Project(w.id("site"))
		if p.Replies != "" {
			t.Error("the page offers a reply box")
		}
		return err
	}))
}

// A write that comes between the last commit and the end is answered as well.
func TestWriteAtTheVeryEnd(t *testing.T) {
	s := &Store{writes: make(chan *write, 1), stop: make(chan struct{}), ended: make(chan struct{})}
	answer := make(chan error, 1)
	go func() { answer <- s.write(func(*Tx) error { return nil }) }()
	for len(s.writes) == 0 {
		time.Sleep(time.Millisecond)
	}
	close(s.stop)
	close(s.ended)
	select {
	case err := <-answer:
		if err != errClosed {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Error("it waits for ever")
	}
}
