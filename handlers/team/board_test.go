package team

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"vitrine/db"
	"vitrine/handlers/live"
	"vitrine/handlers/web"
)

// columnOf is the id of the column that a card stands in on a page.
func columnOf(a answer, task db.ID) string {
	for node := a.id("task-" + task.String()); node != nil; node = node.Parent {
		if column := attr(node, "data-column"); column != "" {
			return column
		}
	}
	return ""
}

func TestBoard(t *testing.T) {
	w := newWorld(t)
	board := w.get("leader", "/projects/"+w.project.String()).is(http.StatusOK)
	lanes := find(board.page, "ol", "data-column", "*")
	if len(lanes) != 3 {
		t.Fatalf("%d lanes", len(lanes))
	}
	for name, kind := range map[string]string{"gallery": db.Doing, "shipping": db.Todo, "search": db.Done, "host": db.Todo} {
		card := board.id("task-" + w.tasks[name].String())
		if attr(card, "data-kind") != kind || attr(card, "draggable") == "" {
			t.Errorf("%s is %s", name, attr(card, "data-kind"))
		}
		private := strings.Contains(attr(card, "class"), "private")
		if private != (name == "host") || strings.Contains(textOf(card), "Client sees") == private {
			t.Errorf("%s does not say who sees it: %s", name, textOf(card))
		}
		if moves := find(card, "button", "name", "column"); len(moves) != 2 {
			t.Errorf("%s can be moved to %d columns", name, len(moves))
		}
	}
	if text := textOf(board.id("task-" + w.tasks["gallery"].String())); !strings.Contains(text, "2 replies") || !strings.Contains(text, "1 note") || !strings.Contains(text, "0 of 2") {
		t.Error("the card lacks its counts:", text)
	}
	if text := textOf(board.id("region-bounds")); !strings.Contains(text, "4 shared tasks") || !strings.Contains(text, "2 private tasks, 2 notes") {
		t.Error("the bounds say", text)
	}
	if len(find(board.id("view-as"), "button", "name", "person")) != 2 {
		t.Error("not exactly the two clients who see the project can be looked through")
	}
	if w.get("member", "/projects/"+w.project.String()).has("view-as") {
		t.Error("a member is offered to look through a client")
	}
}

func TestMove(t *testing.T) {
	w := newWorld(t)
	board, task := "/projects/"+w.project.String(), w.tasks["shipping"]
	done := attr(find(w.get("leader", board).page, "ol", "data-column", "*")[2], "data-column")
	w.post("leader", "/tasks/"+task.String()+"/move", "column", done).leads(board)
	if at := columnOf(w.get("leader", board), task); at != done {
		t.Errorf("the card is in %s", at)
	}
	w.post("leader", "/tasks/"+task.String()+"/move", "column", "doing", "back", "/tasks/"+task.String()).leads("/tasks/" + task.String())
	w.post("leader", "/tasks/"+task.String()+"/move", "column", "todo", "back", "//evil.example").leads(board)

	frame := w.htmx("leader", "/tasks/"+task.String()+"/move", "column", "todo", "before", w.tasks["launch"].String()).is(http.StatusOK)
	part := find(frame.page, "hx-partial", "hx-target", "#region-board")
	if len(part) != 1 || attr(part[0], "hx-swap") != "outerMorph" {
		t.Fatal("the answer is not the board's region:", frame.body)
	}
	cards := find(find(part[0], "ol", "data-column", "*")[0], "li", "class", "card")
	if attr(cards[0], "id") != "task-"+task.String() || attr(cards[1], "id") != "task-"+w.tasks["launch"].String() {
		t.Error("the card is not before the other one")
	}
	for _, bad := range [][]string{{}, {"column", "nowhere"}, {"column", db.NewID().String()}, {"column", "todo", "before", "x"}, {"column", "todo", "before", w.tasks["foreign"].String()}} {
		w.post("leader", "/tasks/"+task.String()+"/move", bad...).is(http.StatusUnprocessableEntity)
	}
	w.post("elsewhere", "/tasks/"+task.String()+"/move", "column", "done").is(http.StatusNotFound)
	w.post("leader", "/tasks/"+w.tasks["foreign"].String()+"/move", "column", "todo").is(http.StatusNotFound)
}

func TestQuickAdd(t *testing.T) {
	w := newWorld(t)
	board := "/projects/" + w.project.String()
	page := w.get("leader", board)
	column := attr(find(page.page, "ol", "data-column", "*")[0], "data-column")
	form := page.id("new-" + column)
	button := find(form, "button", "name", "shown")[0]
	if attr(button, "value") != "shown" || !strings.Contains(textOf(button), "the client sees it") {
		t.Error("the form does not say who will see the task:", textOf(button))
	}
	w.post("leader", board+"/tasks", "column", column, "title", "A plain one", "shown", "shown").leads(board)
	frame := w.htmx("leader", board+"/tasks", "column", column, "title", "A quick one", "shown", "private").is(http.StatusOK)
	if len(find(frame.page, "hx-partial", "hx-target", "#region-board")) != 1 || !strings.Contains(frame.body, "A quick one") {
		t.Error("the answer is not the board:", frame.body)
	}
	again := w.htmx("leader", board+"/tasks", "column", column, "title", strings.Repeat("α", 501)).is(http.StatusUnprocessableEntity)
	if value(again.id("new-"+column), "title") != strings.Repeat("α", 501) || !again.has("add-error-"+column) {
		t.Error("the refused form has lost the text or the sentence")
	}
	whole := w.post("leader", board+"/tasks", "column", column, "title", "  ").is(http.StatusUnprocessableEntity)
	if !whole.has("add-error-"+column) || len(find(whole.page, "ol", "data-column", "*")) != 3 {
		t.Error("the refused form does not stand on the board")
	}
	w.post("leader", board+"/tasks", "column", column, "title", "a\xff").is(http.StatusUnprocessableEntity)
	w.post("elsewhere", board+"/tasks", "column", column, "title", "Foreign").is(http.StatusNotFound)
	w.ok(w.store.EditProject(w.actor("leader"), w.project, db.ProjectForm{Name: "Website Redesign", Company: "Papadopoulos Ceramics", NewTasksPrivate: true, Version: 1}))
	if button := find(w.get("leader", board).id("new-"+column), "button", "name", "shown")[0]; attr(button, "value") != "private" {
		t.Error("the form does not follow the project's rule")
	}
}

// TestPageIsPush: what the page holds and what the hub draws are the same bytes.
func TestPageIsPush(t *testing.T) {
	w := newWorld(t)
	for kind, path := range map[string]string{boardPage: "/projects/" + w.project.String(), listPage: "/projects/" + w.project.String() + "/list", taskPage: "/tasks/" + w.tasks["gallery"].String()} {
		key := live.PageKey{Team: true, Kind: kind, Project: w.project, Noun: w.project}
		if kind == taskPage {
			key.Noun = w.tasks["gallery"]
		}
		standings, err := w.store.Standings([]db.ID{w.people["leader"].ID, w.people["maria"].ID, w.people["owner"].ID})
		w.ok(err)
		draw := func(name string) live.Drawing {
			viewer := w.people[name].ID
			drawing, err := w.team.Drawing(web.AudienceOf(viewer, standings[db.Seat{Viewer: viewer, Project: w.project}]), key)
			w.ok(err)
			return drawing
		}
		page, leader, maria := w.get("leader", path), draw("leader"), draw("maria")
		if len(leader.Regions) < 2 || leader.Version != maria.Version {
			t.Errorf("%s: %d regions, versions %s and %s", kind, len(leader.Regions), leader.Version, maria.Version)
		}
		for i, region := range leader.Regions {
			if !strings.Contains(page.body, string(region.HTML)) {
				t.Errorf("%s: the page does not hold the region %s", kind, region.Name)
			}
			if string(maria.Regions[i].HTML) != string(region.HTML) {
				t.Errorf("%s: two of one audience see different bytes of %s", kind, region.Name)
			}
			if len(find(parse(t, region.HTML), "", "id", "region-"+region.Name)) != 1 {
				t.Errorf("%s: the region %s has not one root", kind, region.Name)
			}
		}
		if attr(page.id("version"), "value") != leader.Version {
			t.Errorf("%s: the page stands at another version", kind)
		}
		fresh := &Team{App: web.NewApp(w.store, "http://localhost", w.team.App.Log)}
		again, err := fresh.Drawing(web.AudienceOf(w.people["owner"].ID, standings[db.Seat{Viewer: w.people["owner"].ID, Project: w.project}]), key)
		w.ok(err)
		if again.Version != leader.Version || string(again.Regions[1].HTML) != string(leader.Regions[1].HTML) {
			t.Errorf("%s: drawn anew by another member it is different", kind)
		}
	}
}

// TestDrawingNeedsTheAudience: who has moved to another audience, lost the project
// or is a client draws nothing.
func TestDrawingNeedsTheAudience(t *testing.T) {
	w := newWorld(t)
	key := live.PageKey{Team: true, Kind: boardPage, Project: w.project, Noun: w.project}
	standings, err := w.store.Standings([]db.ID{w.people["leader"].ID})
	w.ok(err)
	standing := standings[db.Seat{Viewer: w.people["leader"].ID, Project: w.project}]
	for _, name := range []string{"member", "elsewhere", "eleni"} { // member reads Greek
		if _, err := w.team.Drawing(web.AudienceOf(w.people[name].ID, standing), key); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("%s draws for the leader's audience: %v", name, err)
		}
	}
	task := live.PageKey{Team: true, Kind: taskPage, Project: w.project, Noun: w.tasks["foreign"]}
	if _, err := w.team.Drawing(web.AudienceOf(w.people["leader"].ID, standing), task); !errors.Is(err, db.ErrNotFound) {
		t.Errorf("a task of another project is drawn: %v", err)
	}
}

func parse(t *testing.T, text []byte) *html.Node {
	t.Helper()
	node, err := html.Parse(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	return node
}

// TestForeign: what is not theirs does not exist, whatever is asked of it.
func TestForeign(t *testing.T) {
	w := newWorld(t)
	project, task := "/projects/"+w.project.String(), "/tasks/"+w.tasks["gallery"].String()
	for _, path := range []string{project, project + "/list", project + "/log", project + "/members", project + "/settings", project + "/publish?all=yes", task, task + "/edit"} {
		w.get("elsewhere", path).is(http.StatusNotFound)
	}
	before := w.store.Generation()
	for _, path := range []string{project + "/tasks", project + "/publish", project + "/hide", project + "/members", project + "/settings", project + "/archive", project + "/columns",
		project + "/labels", project + "/milestones", task + "/edit", task + "/move", task + "/archive", task + "/replies", task + "/notes", task + "/items",
		project + "/members/" + w.people["eleni"].ID.String() + "/remove"} {
		w.post("elsewhere", path, "title", "x", "name", "x", "body", "x", "text", "x", "column", "todo", "kind", "todo", "color", "red", "email", "a@b.example", "role", "client",
			"task", w.tasks["scope"].String(), "archive", "yes", "version", "1").is(http.StatusNotFound)
	}
	if w.store.Generation() != before {
		t.Error("something was written")
	}
}

func TestArchivedProjectRests(t *testing.T) {
	w := newWorld(t)
	board := "/projects/" + w.project.String()
	w.post("leader", board+"/archive", "archive", "yes").leads(board + "/settings")
	page := w.get("leader", board).is(http.StatusOK)
	if len(find(page.page, "form", "class", "add")) > 0 || len(find(page.page, "li", "draggable", "*")) > 0 {
		t.Error("an archived project can be worked on")
	}
	w.post("leader", "/tasks/"+w.tasks["gallery"].String()+"/move", "column", "todo").is(http.StatusForbidden)
	task := w.get("leader", "/tasks/"+w.tasks["gallery"].String()).is(http.StatusOK)
	if len(find(task.page, "textarea", "name", "body")) > 0 {
		t.Error("something can be written in an archived project")
	}
	w.post("leader", board+"/archive", "archive", "no").leads(board + "/settings")
}
